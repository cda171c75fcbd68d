"""What looks like a person's name and is none: places, ships, prizes, firms, storms."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

from spacy.tokens import Token

from pipeline.lexicon import Row, load_table
from pipeline.neighbours import word_at
from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name, leaders_by_surname
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import APOSTROPHE_S, HYPHENS, STROKES
from pipeline.stages.entities.countries.affiliations import seat_of
from pipeline.stages.entities.gazetteer import Gazetteer
from pipeline.stages.entities.names.known_names import single_leaders
from pipeline.stages.entities.names.name_reach import NameReach, without_note
from pipeline.stages.entities.names.told_towns import is_told_town, is_town_of_land, is_town_of_verb
from pipeline.stages.entities.once import once
from pipeline.stages.entities.tables import (
    PACKAGE,
    institution_words,
    name_words,
    sexes,
    word_set,
)

#: A city of at least so many inhabitants outweighs the model's PERSON on a single word.
CITY_POPULATION = 100_000
#: How many tokens before a name the word "ships" may stand.
_LIST_REACH = 8
#: How many words of a name the model may have left out before "Airport".
_LONGER = 2
#: How far behind a name the noun of "the rebel-held main city of" stands, and what leads to it.
_APPOSED = 7
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "VERB", "PUNCT"})
#: How far before his post the word for a diplomat stands: "ambassador of the Republic of Peru to".
_POSTED = 7
#: What makes the name before it the first of several.
_LISTS = frozenset({",", "and", "&"})
#: The tokens of a word with a hyphen.
_HYPHENED = 3
#: So many words have names whose given name tells that the others name no hall.
_SEVERAL_NAMES = 3
_TOWARDS = re.compile(r" (?:North|South)[-–](?:East|West)$")
_DASHED = re.compile(r"[.–-]{2,}")


class Bearer(Row):
    """An outlet, group, firm or figure whose name looks like a person's."""

    form: str
    kind: Literal["outlet", "group", "firm", "figure"]


@lru_cache(maxsize=1)
def _bearers() -> Gazetteer[str]:
    rows = load_table(PACKAGE, "name_bearers.csv", Bearer)
    return Gazetteer((row.form, row.kind) for row in rows)


class NotPersons(NameReach):
    """Tells other things that bear names from persons."""

    @once
    def _is_something_else(self, start: int, end: int) -> bool:
        """Tell whether what stands from token `start` to `end` is no person."""
        if start in self._bearers and start not in self.title_ends:
            return True
        if self._is_plain_person(start, end):
            return False
        if self._is_of_things(start, end) or self._is_told_a_thing(start):
            return True
        if self._is_bound_word(start, end) or self._is_channel(start):
            return True
        if self._is_saints_place(start, end) or self._is_town(start, end):
            return True
        if self._is_told_a_party(start, end) or self._is_told_a_body(end):
            return True
        if self.doc[max(0, start - 2) : start].text.lower() in word_set("before_constituency"):
            return True
        if start and seat_of(self.doc, start - 1):
            return True  # the "R-SC" of "Lindsey Graham (R-SC)"
        ended = without_note(self.doc[end - 1].text) != self.doc[end - 1].text
        if ended and end - start == 1 and start not in self.title_ends:
            return fold(without_note(self.doc[start].text)) not in leaders_by_surname()
        following = self.doc[end] if end < len(self.doc) and not ended else None
        if following is not None and self._names_a_thing(following):
            return not following.is_sent_start and not self._holds_office(start, end)
        if following is not None and self._is_of_longer_thing(end):
            return True
        definite = start > 0 and self.doc[start - 1].lower_ == "the" and end - start > 1
        site = definite and following is not None and following.lower_ in word_set("site_of_name")
        if site or (following is not None and following.lower_ in word_set("geographic_noun")):
            return start not in self.title_ends
        if self._is_seat(start, end):
            return True
        if end - start == 1:
            chambers = self.doc[start].lower_ in word_set("plural_body") and (
                start - 1 in self.in_party or self.doc[end : end + 1].text == "of"
            )
            return chambers or self._is_body_of(end) or self._is_single_place(start)
        if start in self.title_ends:
            return False
        last = end - (self.doc[end - 1].lower_ in word_set("noun_of_place"))  # "Kandy Case"
        return self._is_whole_place(start, last)

    @cached_property
    def _bearers(self) -> frozenset[int]:
        """The tokens of outlets, groups, firms and figures that the model takes for persons."""
        hits = _bearers().find(self.doc)
        return frozenset(i for hit in hits for i in range(hit.start, hit.end))

    def _is_of_longer_thing(self, end: int) -> bool:
        """Tell the "Ana Maria" of "Ana Maria | Ruiz International Airport", not all of its name."""
        doc, at = self.doc, end
        while at < len(doc) and at - end < _LONGER and doc[at].text.istitle():
            if at in self.in_party or at in self.in_office or doc[at].is_sent_start:
                return False
            at += 1
            facility = doc[at : at + 1].text.istitle() and self._names_a_thing(doc[at])
            if facility and not doc[at].is_sent_start:
                return True
        return False

    def _is_of_things(self, start: int, end: int) -> bool:
        """Tell a name by its own words: "Ministry", "Kuehne+Nagel", "BRP Ramon Alcaraz"."""
        words = name_words()
        lowers = [
            without_note(token.lower_)
            for token in self.doc[start:end]
            if token.i == start or self.doc[token.i - 1].text != "-"  # "Bensley-Mills"
        ]
        if institution_words() & set(lowers) or words["facility"] & set(lowers[1:]):
            return True
        if lowers[:2] == ["non", "-"]:
            return True  # "a Major | Non-NATO Ally"
        if _TOWARDS.search(self.doc[start:end].text):
            return True  # "Martin North-East MP", a constituency
        odd = "+" in lowers[-1] or _DASHED.search(lowers[-1])
        if (
            len(lowers) == _HYPHENED
            and lowers[1] in HYPHENS
            and lowers[2] in word_set("place_tail")
        ):
            return True  # "the Bundang-dong scandal"
        if len(lowers) > 1 and lowers[0] in word_set("place_head"):
            return start not in self.title_ends and not self._is_called(start)  # "Kiryat Sefer"
        site = lowers[0] in words["facility"] and lowers[0] not in word_set("surname_too")
        if len(lowers) == 1 and site:
            return not self._is_called(start)  # "General Motors"
        crowned = start > 0 and self.doc[start - 1].lower_ in word_set("crowned")
        if len(lowers) == 1 and crowned and lowers[0] in words["facility"]:
            return self.doc[start - 1].text.istitle()  # "King Street"
        if lowers[0] in word_set("bound_prefix") and self.doc[start + 1 : start + 2].text == "-":
            return True
        digits = any(char.isdigit() for lower in lowers for char in lower)
        return (
            bool(odd)
            or digits
            or lowers[0] in words["ship"]
            or lowers[0] in words["movement"]
            or lowers[0] in word_set("storm")
        )

    def _is_bound_word(self, start: int, end: int) -> bool:
        """Tell the "anti-Putin", "Trump-appointed" and "Kim-Trump" that describe something else."""
        text = self.doc[start:end].text.replace("–", "-")
        first, hyphen, last = text.partition("-")
        if not hyphen or any(map(str.isspace, text)) or leaders_by_name().get(fold(text)):
            return False
        if first.lower() in word_set("bound_prefix") or last in word_set("bound_participle"):
            return True
        surnames = leaders_by_surname()
        return "-" not in last and all(
            fold(side) in surnames or side in self.last_words or side in single_leaders()
            for side in (first, last)
        )

    @cached_property
    def last_words(self) -> frozenset[str]:
        """Return the last words of the names that the model found, a surname as a rule."""
        named = (e for e in self.doc.ents if e.label_ == "PERSON" and " " in e.text)
        return frozenset(self.doc[e.end - 1].text for e in named)

    def _is_place_ahead(self, i: int) -> bool:
        """Tell the Lima of "From Lima Ruiz goes on to Quito", where the text has an Ana Ruiz.

        Not the "Paris" of "In Paris Hilton we have a guest".
        """
        doc = self.doc
        opens = 0 < i < len(doc) - 1 and doc[i - 1].is_sent_start
        if not opens or doc[i - 1].lower_ not in word_set("opens_with_place"):
            return False
        named = [e for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and e.end != i + 2]
        called = {doc[at].text for e in named for at in (e.start, e.end - 1)}
        one = doc[i : i + 2].text in {e.text for e in named}
        return doc[i + 1].text in called and not one and bool(find_place(doc[i].text))

    def _post_ahead(self, start: int, end: int) -> int:
        """Return how many tokens of a name are a post: Lima in "envoy to Lima Ana Ruiz".

        So in "Ambassador of Peru to Lima Ana Ruiz", "the Mayor of Lima Ana Ruiz"; none where
        nothing is left of the name.
        """
        doc = self.doc
        lead = word_at(doc, start - 1)
        if start < 2 or lead not in {"to", "of"}:
            return 0
        before = {t.lower_ for t in doc[max(0, start - _POSTED) : start - 1] if not t.is_punct}
        seated = lead == "of" and doc[start - 2].lower_ in word_set("seated_in_town")
        if not seated and (lead == "of" or before.isdisjoint(word_set("posted_to"))):
            return 0
        last = end - (lead == "of")  # "the Governor of San Jose"
        lengths = (
            n for n in (2, 1) if start + n < last and find_place(doc[start : start + n].text)
        )
        return next(lengths, 0)

    def _is_town(self, start: int, end: int) -> bool:
        """Tell the "Sde Boker" of "met in Sde Boker, Israel" from a person of that name."""
        doc = self.doc
        if is_told_town(doc, end):
            return True
        if end - start < 2 or start in self.title_ends or self._leads_a_land(start, end):
            return False
        return is_town_of_land(doc, start, end, self.in_party) or is_town_of_verb(doc, start)

    def _leads_a_land(self, start: int, end: int) -> bool:
        return bool(leaders_by_name().get(fold(" ".join(self.doc[start:end].text.split()))))

    def _is_told_a_body(self, end: int) -> bool:
        """Tell "Mae Fah, an online newspaper," from "X, a newspaper editor,"."""
        doc, at = self.doc, end + 1
        if doc[end : end + 1].text != "," or doc[at : at + 1].text.lower() not in {"a", "an"}:
            return False
        while at < end + _APPOSED and at < len(doc) and doc[at].pos_ in _BEFORE_NOUN - {"PUNCT"}:
            at += 1
        return doc[at - 1].text in word_set("body_noun") and doc[at - 1].pos_ == "NOUN"

    def _is_told_a_party(self, start: int, end: int) -> bool:
        """Tell the "Stram Kors" of "the far-right Stram Kors (Hard Line) party"."""
        doc = self.doc
        if not start or doc[start - 1].text not in word_set("party_adjective"):
            return False
        if doc[end : end + 1].text == "(":
            closes = (
                i + 1 for i in range(end, min(end + _APPOSED, len(doc))) if doc[i].text == ")"
            )
            end = next(closes, end)
        return doc[end : end + 1].text in word_set("party_noun")

    def _is_channel(self, start: int) -> bool:
        """Tell the "CCTV" of "state broadcaster CCTV" from a person who broadcasts."""
        doc = self.doc
        broadcaster = start > 1 and doc[start - 1].lower_ in word_set("channel_noun")
        return broadcaster and doc[start - 2].lower_ in word_set("channel_owner")

    def _is_saints_place(self, start: int, end: int) -> bool:
        """Tell the "Peter" of "St. Peter's Square", the "Mary" of "St Mary's"."""
        doc = self.doc
        saint = start > 0 and doc[start - 1].lower_ in {"st", "st.", "saint"}
        return saint and end - start == 1 and doc[end : end + 1].text in APOSTROPHE_S

    def _names_a_thing(self, token: Token) -> bool:
        """Tell whether a capitalized word makes what stands before it a thing's name."""
        named = token.lower_ in name_words()["facility"] or token.lower_ in institution_words()
        return named and token.text[:1].isupper()

    def _holds_office(self, start: int, end: int) -> bool:
        """Tell A and B of "A B President of Peru" from "Air Peru President C", what C presides.

        So those of "President A B Premier C D", a list whose lines are run on.
        """
        doc = self.doc
        offices = [o for o in self.offices if o.start == end]
        office = next((o for o in offices if o.head_start == end), None)
        of = office is not None and doc[office.head_end : office.head_end + 1].text == "of"
        if end - start < 2 or not (of or (offices and start in self.title_ends)):
            return False
        return all(token.ent_type_ == "PERSON" for token in doc[start:end])

    def _is_told_a_thing(self, start: int) -> bool:
        """Tell a name by the word before it: "the frigate", "Typhoon", "my dog", "the firm"."""
        before = self.doc[start - 1].lower_ if start else ""
        if before == "_":
            return True  # the title of a work in italics
        if before in name_words()["ship"] or before in word_set("storm", "animal"):
            return True
        firm = before in word_set("firm_noun") and start not in self.title_ends
        return firm or self._is_aboard(start)

    def _is_called(self, start: int) -> bool:
        """Tell whether "Mr." stands before a name that a town or a firm has as well."""
        return start > 0 and self.doc[start - 1].lower_ in word_set("plain_address")

    def _is_mere_style(self, start: int, end: int) -> bool:
        """Tell a "H.H. Sheikh" or an "I." that the model took for a name."""
        honorifics = name_words()["honorific"]
        tokens = self.doc[start:end]
        if all(
            t.lower_ in honorifics or t.lower_ == "st" or not _has_letters(t.text, 1)
            for t in tokens
        ):
            return True
        return not any(_has_letters(token.text, 2) for token in tokens)

    def _is_seat(self, start: int, end: int) -> bool:
        """Tell the "Ialibu-Pangia" of "Ialibu-Pangia MP Peter O'Neill", where he was elected."""
        doc = self.doc
        if start in self.title_ends or " " in doc[start:end].text or end >= len(doc):
            return False
        return end in self.in_office and doc[end].text[:1].isupper() and not doc[end].is_sent_start

    def _is_aboard(self, start: int) -> bool:
        """Tell a further ship of a list ("the tugs Mosaed and | Ezzat Adel")."""
        doc, i = self.doc, start - 1
        while i > max(0, start - _LIST_REACH) and (
            doc[i].text in {",", "and", "–", "—", "--"} or doc[i].text.istitle()
        ):
            i -= 1
        if i < 0 or i >= start - 1:
            return False
        return doc[i].lower_ in name_words()["ship"] or doc[i].lower_ in word_set("animal")

    def _is_body_of(self, end: int) -> bool:
        """Tell the "Gazprom" of "Gazprom's Alexei Miller" from a person."""
        doc = self.doc
        if end + 2 >= len(doc) or doc[end].text not in APOSTROPHE_S:
            return False
        owned = doc[end + 1 : end + 3]
        return all(t.ent_type_ == "PERSON" and t.text.istitle() for t in owned) and (
            doc[end - 1].text not in single_leaders()
        )

    def _is_plain_person(self, start: int, end: int) -> bool:
        """Tell a person whose surname is a word of institutions ("Samantha Power")."""
        doc = self.doc
        surname = end - start == 2 and doc[end - 1].lower_ in word_set("surname_too")
        surname = surname or self._is_of_surnames(start, end)
        if not surname or (start and doc[start - 1].lower_ in {"the", "of", "in"}):
            return False
        if self._is_whole_place(start, end) and start not in self.title_ends:
            return False  # "travels to Ho Chi Minh City"
        marked = all(token.ent_type_ == "PERSON" for token in doc[start:end])
        after = doc[end] if end < len(doc) else None
        return (
            marked
            and doc[start].lower_ not in institution_words()
            and (after is None or not after.text[:1].isupper() or bool(after.is_sent_start))
        )

    def _is_of_surnames(self, start: int, end: int) -> bool:
        """Tell "Alec Douglas Home", "Matt Mills Brown", whose given name is known, from a hall."""
        doc = self.doc
        given = doc[start].text
        if end - start < _SEVERAL_NAMES or not (is_name_word(given) or fold(given) in sexes()):
            return False
        things = name_words()["facility"] | institution_words()
        odd = {token.lower_ for token in doc[start + 1 : end]} & things
        return bool(odd) and odd <= word_set("surname_too")

    def _is_whole_place(self, start: int, end: int) -> bool:
        """Tell a "Khon Kaen" that the model took for a person."""
        text = " ".join(self.doc[start:end].text.split())
        return not self._leads_a_land(start, end) and bool(find_place(text))

    def _opens_dateline(self, i: int) -> bool:
        """Tell the "LIMA – …" below a heading that ends in a title."""
        dash = self.doc[i + 1 : i + 2].text in STROKES
        return dash and self.doc[i].text.isupper() and bool(find_place(self.doc[i].text))

    def _stands_behind_several(self, i: int) -> bool:
        """Tell the Bonn of "told reporters Bonn would help" from "Senators Paris and Ruiz"."""
        several = i > 0 and self.doc[i - 1].tag_ == "NNS" and self.doc[i - 1].text.islower()
        return several and self.doc[i + 1 : i + 2].text not in _LISTS

    def _is_single_place(self, i: int) -> bool:
        token = self.doc[i]
        titled = i in self.title_ends and not self._stands_behind_several(i)
        if self._is_called(i) or (titled and not self._opens_dateline(i)):
            return False
        if len(token.text) < 3 and not token.text[:1].isupper():
            return True
        places = find_place(token.text)
        if i > 2 and self.doc[i - 1].lower_ == "of" and self.doc[i - 2].ent_type_ == "PERSON":
            return bool(places)
        placed = i > 0 and self.doc[i - 1].lower_ in word_set("locative")
        if placed and (places or self.doc[i - 1].lower_ == "in"):
            return token.text not in single_leaders()
        if any(place.capital for place in places):
            return True
        large = any(place.population >= CITY_POPULATION for place in places)
        return large and not self._speaks_as_leader(token)

    def _speaks_as_leader(self, token: Token) -> bool:
        """Tell the Bush of "Bush said", who led a state, from a town that is called so."""
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in word_set("speech")
        rows = leaders_by_surname().get(fold(token.text), ()) if speaks else ()
        return any(row.office in word_set("top_office") for row in rows)


def _has_letters(word: str, count: int) -> bool:
    """Tell whether a word has so many letters; nearly all are of nothing else."""
    return (len(word) >= count and word.isalpha()) or sum(map(str.isalpha, word)) >= count


__all__ = ["NotPersons"]
