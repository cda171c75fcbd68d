"""Cities, regions and landmarks, each with the country it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from pipeline.labels import TIMES
from pipeline.neighbours import text_at
from pipeline.reference.countries import capital, code_today, country_codes, country_name
from pipeline.reference.fold import fold
from pipeline.reference.leaders import given_names
from pipeline.reference.places import Place, find_place, opens_place, seat_of, seat_population
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.body_houses import body_house
from pipeline.stages.entities.spans import NameSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import not_names, word_set, world_regions
from pipeline.stages.entities.towns_told_with import PREDICATES, land_of_part, lies_in, told_with

_LABELS = frozenset({"GPE", "LOC", "FAC"})
#: Without a preposition or the model's word for it, a name must be of a city this large.
SURE_POPULATION = 500_000
#: A small town shares its name with much else; the model must have marked it.
SMALL_POPULATION = 50_000
MAX_PLACE_TOKENS = 5
#: Airports called after men have longer names ("Félix Houphouët-Boigny International Airport").
_MAX_AIRPORT_TOKENS = 9
#: A homonym in a country that the article names outweighs one at most so many times as large.
_RATIO = 5
#: One that is large for its country, by its capital, outweighs any that no capital and no city of a
#: million is: the San Pedro of Belize where the article names Belize.
_OF_CAPITAL, _WELL_KNOWN = 10, 1_000_000


#: What joins the words of a town's name ("Medellin de Bravo").
_PARTICLES = frozenset({"de", "del", "do", "da", "di"})


class PlaceFinder:
    """Finds places in one Doc; homonyms go to a country that the article names."""

    def __init__(
        self,
        doc: Doc,
        parties: Sequence[PartySpan],
        names: Sequence[NameSpan],
        *,
        dateline_end: int = 0,
    ) -> None:
        """Note what is taken; a place before offset `dateline_end` needs no other sign."""
        self.doc, self.dateline_end = doc, dateline_end
        bounds = [(span.start, span.end) for span in parties]
        bounds += [(span.start, span.end) for span in names]
        self.taken = {i for start, end in bounds for i in range(start, end)}
        self.names = {span.start for span in names}
        self.counts = Counter(party.code for party in parties if party.is_country)
        self.lands = {code_today(code) for code in self.counts}
        self._land_at = {party.start: party for party in parties if party.is_country}
        self._body_at = {party.start: party for party in parties if not party.is_country}

    def find(self) -> Iterator[PlaceSpan]:
        """Yield places from left to right; but a body’s house, none overlaps a party or a name.

        Where the text names the capital of a land that it does not name, or a place that only this
        land has, as Lahore, "Punjab" may be that's.
        """
        found = list(self._found())
        told = (p for p in found if p.city == seat_of(p.country) or len(self._lands_of(p)) == 1)
        seats = {p.country for p in told} - set(self.counts)
        if any(seats & self._lands_of(p) - {p.country} for p in found):
            self.counts.update(seats)
            found = list(self._found())
        yield from found

    def _lands_of(self, place: PlaceSpan) -> set[str]:
        """Return the lands in which a place of that name lies."""
        return {each.country for each in find_place(place.name)}

    def _found(self) -> Iterator[PlaceSpan]:
        end = 0
        for token in self.doc:
            if token.i < end:
                continue
            house = body_house(token, self._body_at, self._town_behind)
            if house is not None:
                yield house
                end = house.end
                continue
            if not token.text[:1].isupper():
                continue
            if token.i in self.taken:
                if (seat := self._seat(token.i)) is not None:
                    yield seat
                    end = seat.end
                continue
            if not opens_place(token.text, apart=bool(token.whitespace_)):
                continue  # most capitalized words begin none of the names, however long
            found = self._at(token.i)
            if found is not None:
                yield found
                end = found.end

    def _seat(self, i: int) -> PlaceSpan | None:
        """Return the house of a body whose name begins at token `i`: "NATO headquarters"."""
        body, seats = self._body_at.get(i), word_set("seat_of_body")
        if body is None:
            return None
        end = body.end + (self.doc[body.end - 1].lower_ not in seats)
        text = self.doc[i:end].text
        if self.doc[end - 1 : end].text.lower() not in seats:
            return None
        place = next((p for p in find_place(text) if p.kind == "landmark"), None)
        return PlaceSpan(i, end, text, place.country, place.city) if place else None

    def _at(self, i: int) -> PlaceSpan | None:
        furthest = self._airport_end(i) or min(i + MAX_PLACE_TOKENS, len(self.doc))
        free = next((j for j in range(i, furthest) if j in self.taken), furthest)
        for end in range(free, i, -1):
            if not self.doc[end - 1].text[0].isalnum() and not self._is_saints_town(i, end):
                continue
            text = " ".join(self.doc[i:end].text.split())
            if text in world_regions():
                return None
            if (text.isupper() and len(text) < 4) or self._is_of_old(text, end):
                continue
            if self._is_part_of_town(text, end):
                continue
            places = () if self._is_of_many(text) else self._so_called(text)
            if places and self._is_of_unknown_part(end, places):
                continue
            if places and self._is_named_as_land(text, places):
                continue  # the "Jamaica" of "the Jamaica Observer", which is no town in New York
            land = self._land_behind(end, places) if places else None
            dated = land is not None and self.doc[i].idx < self.dateline_end
            if places and (dated or self._is_place(i, end, places)):
                places = [p for p in places if land in {None, p.country}]
                if land is not None and not places:
                    return PlaceSpan(i, end, text, land, text)  # a village of a known name
                place = self._choose(places, end)
                town = self._town_behind(end) if place.kind == "landmark" else None
                if town is not None and town.country != place.country:
                    return PlaceSpan(i, end, text, town.country, town.name)
                city = self._city(place)
                return PlaceSpan(i, end, place.name, place.country, city)
        return None

    def _is_saints_town(self, i: int, end: int) -> bool:
        """Tell the "St. John's" that is a town from what is John's."""
        owned = self.doc[end - 1].text in APOSTROPHE_S and end - i > 2
        return owned and self.doc[i].lower_.rstrip(".") in {"st", "saint"}

    def _is_part_of_town(self, text: str, end: int) -> bool:
        """Tell the "Central" of "Central Jakarta" from a town of that name."""
        behind = text_at(self.doc, end)
        part = text.lower() in word_set("part_of_town") and behind.istitle()
        return part and opens_place(behind, apart=False)

    def _is_of_old(self, text: str, end: int) -> bool:
        """Tell the "Roman" of "Roman Emperor Nero" from the town in Romania."""
        behind = text_at(self.doc, end)
        return text.lower() in word_set("of_old") and not (behind == "," or "ROU" in self.lands)

    def _is_of_unknown_part(self, end: int, places: Sequence[Place]) -> bool:
        """Tell the "Mustang" of "Mustang district" in Nepal from the town in a land not named."""
        part = text_at(self.doc, end) in word_set("part_called_so")
        towns = all(p.kind == "city" and p.population < SURE_POPULATION for p in places)
        return part and towns and not self._is_of_article(places)

    @cached_property
    def _airports(self) -> dict[str, Place]:
        """The airports that the text names, by the first word of their names."""
        found: dict[str, Place] = {}
        for token in self.doc:
            if token.text != "Airport":
                continue
            for first in range(max(0, token.i - _MAX_AIRPORT_TOKENS + 1), token.i):
                text = self.doc[first : token.i + 1].text
                site = next((p for p in find_place(text) if p.kind == "landmark"), None)
                if site is not None:
                    found.setdefault(self.doc[first].text, site)
                    break
        return found

    def _so_called(self, text: str) -> Sequence[Place]:
        """Return the places of a name; Harare by "Salisbury" where the article is of Zimbabwe.

        And the airport of "landed at Bole", which another sentence calls by its full name.
        """
        places = find_place(text)
        site = self._airports.get(text) if places else None
        if site is not None and not self._is_of_article(places):
            return (site,)
        if text.lower() not in word_set("once_called"):
            return places
        now = [place for place in places if fold(place.name) == fold(text)]
        return places if {p.country for p in places if p not in now} & self.lands else now

    def _land_behind(self, end: int, places: Sequence[Place]) -> str | None:
        """Return Ireland of "Castletown in southeast Ireland", Barbados of "Hastings, Barbados"."""
        told = lies_in(self.doc, end, self._land_at)
        large = any(place.capital or place.population >= SURE_POPULATION for place in places)
        if told is not None or large:
            return told
        return told_with(self.doc, end, self._land_at) or land_of_part(self.doc, end, self.taken)

    def _town_behind(self, end: int) -> Place | None:
        """Return Nairobi of "the Peace Palace in the capital Nairobi", behind a landmark's end."""
        at = end + 1
        if text_at(self.doc, end) != "in":
            return None
        while at < len(self.doc) and self.doc[at].lower_ in word_set("before_town"):
            at += 1
        if at < len(self.doc) and self.doc[at].ent_type_ in TIMES:
            return None  # "at the White House in March", which is no town here
        for last in range(min(at + MAX_PLACE_TOKENS, len(self.doc)), at, -1):
            named = self.doc[at].text.istitle() and find_place(self.doc[at:last].text)
            if town := next((p for p in named or () if p.kind == "city"), None):
                return town
        return None

    def _is_named_as_land(self, text: str, places: Sequence[Place]) -> bool:
        """Tell a town that shares its name with a country where it is not."""
        codes = country_codes(text)
        return bool(codes) and all(p.kind == "city" and p.country not in codes for p in places)

    def _is_of_many(self, text: str) -> bool:
        """Tell a "State Palace", as several lands have one, of none that the article names."""
        if text.lower() not in word_set("common_landmark"):
            return False
        return not any(self.counts[place.country] for place in find_place(text))

    def _airport_end(self, i: int) -> int:
        """Return the token behind the "Airport" of the capitalized name at token `i`, or 0."""
        for token in self.doc[i : i + _MAX_AIRPORT_TOKENS]:
            text = token.text
            if text in {"Airport", "Airbase"}:
                return token.i + 1
            if text == "Base" and self.doc[token.i - 1 : token.i + 1].text == "Air Base":
                return token.i + 1
            if not (text[:1].isupper() or text in word_set("within_airport")):
                return 0
        return 0

    def _city(self, place: Place) -> str | None:
        return place.name if place.kind == "city" else place.city

    def _is_place(self, start: int, end: int, places: Sequence[Place]) -> bool:
        doc = self.doc
        first = doc[start]
        marked = any(doc[i].ent_type_ in _LABELS for i in range(start, end))
        if self._is_part_of_more(end) or self._names_airport(end, places):
            return False
        if text_at(doc, end).istitle() and first.lower_ in word_set("saint_word"):
            return False  # the "Santa" of "Santa Familia"
        if end - start == 1 and first.lower_ in word_set("site_noun") and self._goes_with(start):
            return False  # the "Temple" of "the Muktinath Temple"
        if end - start == 1 and text_at(doc, start - 1) in word_set("opens_place_name"):
            return False  # the "Sur" of "Lanao del Sur", the "Ann" of "St Ann parish"
        largest = max(place.population for place in places)
        small = largest < SURE_POPULATION and not self._is_of_article(places)
        goes_on = text_at(doc, end) not in word_set("of_airport")
        if small and goes_on and self._airport_end(start) > end:
            return False  # the "King" of "King Khalid Air Base", not the "Dubai" of its airport
        known = any(place.capital or place.kind != "city" for place in places)
        if not known and largest < SURE_POPULATION and self._names_site(end):
            return False
        if first.idx < self.dateline_end:
            return known or largest >= SMALL_POPULATION
        if self._opens_event(start, end):
            return known or largest >= SMALL_POPULATION
        if marked:
            return known or largest >= SMALL_POPULATION or end - start > 1 or self._after(first)
        if self._is_plain_capital(start, end, places):
            return True
        if first.is_sent_start and end - start == 1 and first.pos_ != "PROPN":
            return False
        if self._after(first) or self._of_institution(first) or self._is_stop(first):
            return known or largest >= SMALL_POPULATION
        if first.ent_type_ in {"PERSON", "ORG"} and end - start < 2:
            return known and first.ent_type_ != "PERSON" and doc[start].ent_iob_ == "B"
        return first.pos_ == "PROPN" and (known or largest >= SURE_POPULATION)

    def _goes_with(self, i: int) -> bool:
        """Tell whether the word at token `i` goes on a name before it."""
        before = text_at(self.doc, i - 1)
        return before.istitle() and self.doc[i - 1].head == self.doc[i]

    def _is_plain_capital(self, start: int, end: int, places: Sequence[Place]) -> bool:
        """Tell a capital that acts, which the model takes for a name or at a head for a word.

        So one that is left or has its day ("Kigali on Friday"). Not "Victoria", nor "Male", a word.
        """
        first = self.doc[start]
        seats = [place for place in places if place.capital]
        if not seats or end >= len(self.doc):
            return False
        before = self.doc[start - 1]
        opened = before.is_sent_start and before.pos_ == "ADP"  # "After Dakar and Lima, X flew"
        alone = first.pos_ == "PROPN" and (opened or not before.text[:1].isupper())
        if not (first.is_sent_start or alone):
            return False
        text = self.doc[start:end].text
        behind = self.doc[end]
        said = behind.text in word_set("behind_capital") or behind.pos_ in PREDICATES
        said = said or self.doc[start - 1].lemma_ in word_set("goes_by_place")
        of_person = fold(text) in given_names() or text.lower() in not_names()
        return said and not of_person and fold(capital(seats[0].country) or "") == fold(text)

    def _after(self, token: Token) -> bool:
        """Tell a place by the word before it, or before what describes it ("in war-torn Juba")."""
        doc, at = self.doc, token.i - 1
        while at > 0 and self._describes(at):
            at -= 3 if doc[at - 1].text == "-" else 1
        return at >= 0 and doc[at].lower_ in word_set("before_place")

    def _is_stop(self, token: Token) -> bool:
        """Tell the "Dakar" of "the next stop is Dakar", "the last leg will be Dakar"."""
        over = self.doc[token.i - 1] if token.i else token
        is_it = over.lemma_ == "be" and over.i < token.i
        return is_it and any(
            c.dep_ == "nsubj" and c.lemma_ in word_set("is_a_place") for c in over.children
        )

    def _of_institution(self, token: Token) -> bool:
        """Tell the "Oslo" of "the University of Oslo"."""
        before = [t.lower_ for t in self.doc[max(0, token.i - 2) : token.i]]
        return before[1:] == ["of"] and before[0] in word_set(
            "institution", "seat_noun", "seat_head"
        )

    def _describes(self, i: int) -> bool:
        token = self.doc[i]
        if not token.is_lower or token.lower_ in word_set("before_place"):
            return False
        return token.pos_ == "ADJ" or token.tag_ == "VBN" or self.doc[i - 1].text == "-"

    def _is_part_of_more(self, end: int) -> bool:
        """Tell "Paris" of "Paris Hilton" or "Paris Agreement": a capitalized word follows.

        "Paris University" and "London School of Economics" stand in their towns.
        """
        doc = self.doc
        following = doc[end] if end < len(doc) else None
        if following is None or following.is_sent_start:
            return False
        if following.lower_ in word_set("institution") and following.text.istitle():
            return False
        if following.lower_ in _PARTICLES and doc[end + 1 : end + 2].text.istitle():
            return not following.text.istitle()  # the "Medellin" of "Medellin de Bravo"
        if end in self.names:
            return False  # "In Lima | Ruiz will meet the king"
        if following.text[:1].isupper() and following.ent_iob_ == "I":
            if self._ends_in_event(end):
                return False
            return doc[end - 1].ent_type_ in {"ORG", "PERSON", "LAW", "EVENT", "PRODUCT"}
        return False

    def _opens_event(self, start: int, end: int) -> bool:
        """Tell the "Paris" of "the Paris Peace Forum", which is held there."""
        doc = self.doc
        inside = end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].text[0].isupper()
        opens = doc[start].ent_iob_ == "B" or (start > 0 and doc[start - 1].lower_ == "the")
        return inside and opens and self._ends_in_event(end)

    def _ends_in_event(self, at: int) -> bool:
        """Tell whether the name that goes on at a token is that of an event, held in its town."""
        doc = self.doc
        while at + 1 < len(doc) and doc[at + 1].ent_iob_ == "I" and doc[at + 1].text[0].isupper():
            at += 1
        return doc[at].lower_ in word_set("event_of_town")

    def _names_site(self, end: int) -> bool:
        """Tell the "Independence" of "Independence Monument" from the town."""
        following = text_at(self.doc, end)
        return following.istitle() and following.lower() in word_set("site_noun")

    def _names_airport(self, end: int, places: Sequence[Place]) -> bool:
        """Tell the "Henderson" of "Henderson Airport": whom it is called after has no say where.

        A capital, or a town of a country that the article names, does.
        """
        following = [token.text for token in self.doc[end : end + 2]]
        if "Airport" not in following or following[0] not in {"Airport", "International"}:
            return False
        return not self._is_of_article(places)

    def _is_of_article(self, places: Sequence[Place]) -> bool:
        """Tell a capital, or a town of a country that the article names."""
        return any(place.capital or self.counts[place.country] for place in places)

    def _choose(self, places: Sequence[Place], end: int) -> Place:
        doc = self.doc
        named = None
        if end + 1 < len(doc) and doc[end].text in {",", "("}:
            text = doc[end + 1].text
            named = next((p for p in places if self._names(text, p)), None)
        if named is not None:
            return named
        capitals = [place for place in places if place.capital]
        if capitals and capitals[0] in find_place(capital(capitals[0].country) or ""):
            return capitals[0]
        largest = max(place.population for place in places)
        return max(
            places,
            key=lambda place: (
                min(self.counts[place.country], 1) * _is_weighty(place, largest),
                place.population,
            ),
        )

    def _names(self, text: str, place: Place) -> bool:
        """Tell the country or a division of it, as the Texas of "Paris, Texas"."""
        if country_name(place.country).startswith(text):
            return True
        divisions = () if country_codes(text) else find_place(text)
        return any(p.kind == "region" and p.country == place.country for p in divisions)


def _is_weighty(place: Place, largest: int) -> bool:
    """Tell a town of a named country that may be meant beside a larger one of its name."""
    if place.population * _RATIO >= largest:
        return True
    return largest < _WELL_KNOWN and place.population * _OF_CAPITAL >= seat_population(
        place.country
    )


__all__ = ["PlaceFinder"]
