"""Where persons go, whom they meet there, and which offices are taken: what tells their countries.

Who goes to a country is not of it, and who receives a guest in one is; a country has one president.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.reference.leaders import leaders
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.countries.home_legs import is_back
from pipeline.stages.entities.lands_gone_to import is_gone_to
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.tables import word_set

#: How far behind a verb or noun of travel its place stands, and how far before one its traveller.
_REACH, _CLIMB = 12, 4
#: How many sentences before a meeting its place may be told.
_BACK = 3
#: How many tokens of a sentence are read on either side of a name.
_LONGEST = 60
_BOUND = frozenset({"conj", "xcomp", "ccomp", "advcl", "pcomp", "prep", "dobj", "pobj", "attr"})
#: What stands before the counterpart of a subject, who is of another country.
_THEIRS = frozenset({"his", "her", "their"})

#: How many tokens from a town's name on tell to what end one is in it.
_TOWN = 4
#: How many sentences behind who is abroad his land's envoys may be told of.
_ENVOYS_BEHIND = 2
#: How many lands of a list are gone back over.
_LISTED = 12

Codes = frozenset[str]


class Whereabouts:
    """Knows of each person of one article where the text says that they go, and where they host."""

    def __init__(self, ground: Ground, body_start: int) -> None:
        self.ground, self.doc = ground, ground.doc
        self.covering = {i: unit for unit in ground.units for i in range(unit.start, unit.end)}
        datelined = [c for at, c in ground.sites if self.doc[at].idx < body_start]
        self.here = datelined[-1] if datelined else None
        self.site_at = dict(ground.sites)
        self.lands = {at for at, _ in ground.states}
        #: Countries by person: gone to, left for another, gone back to.
        self.away: dict[int, set[str]] = defaultdict(set)
        self.left: dict[int, set[str]] = defaultdict(set)
        self.back: dict[int, set[str]] = defaultdict(set)
        #: Countries by person of whose towns and regions alone they are told to go to some.
        self.about: dict[int, set[str]] = defaultdict(set)
        self.gone: list[tuple[int, str]] = []
        telling = word_set("journey_noun", "goes", "homeward", "departs", "leads") | {"be"}
        for token in self.doc:
            if token.lemma_.lower() in telling:
                self._read(token)
        for token in self.doc:
            if token.tag_ == "VBN" and token.lemma_ in word_set("travels_with"):
                self._read_companions(token)
        self.gone.sort()

    def goals_of(self, person: Person) -> set[str]:
        """Return where a person goes, but not back, and with it where but others go."""
        gone = self.away[id(person)] - self.back[id(person)]
        return gone | self.goals if gone else gone

    @cached_property
    def goals(self) -> Codes:
        """The countries that the article names but as those to which somebody goes, and not back.

        Nor those that somebody left for another.
        """
        told = {at: code for at, code in self.ground.lands if is_country(code)}
        led = {at: self._first_of_list(at, told) for at in told}
        otherwise = {c for at, c in told.items() if not is_gone_to(self.doc, led[at], at + 1)}
        own = set().union(*self.back.values(), *self.left.values())
        return frozenset(told.values()) - otherwise - own

    def _first_of_list(self, at: int, lands: Mapping[int, str]) -> int:
        """Return the first of the lands that a list up to token `at` names."""
        for _ in range(_LISTED):
            before = at - 1 - (self.doc[at - 1 : at].text.lower() == "the")
            if before < 1 or self.doc[before].lower_ not in {",", "and"}:
                break
            before -= self.doc[before - 1].text == ","
            if before - 1 not in lands:
                break
            at = before - 1
        return at

    # Trips

    def _read(self, token: Token) -> None:
        lemma = token.lemma_.lower()
        noun = token.pos_ in NOUNS and lemma in word_set("journey_noun")
        verb = token.pos_ == "VERB" and lemma in word_set("goes")
        homeward = lemma in word_set("homeward") or (verb and is_back(self.doc, token))
        leaves = token.pos_ == "VERB" and lemma in word_set("departs")
        verb = verb or self._is_there(token) or self._leads_there(token)
        if not (noun or verb or homeward or leaves):
            return
        units = self._travellers(token)
        places = dict(self._places(token, units))
        if leaves:
            to = {code for word, (code, _) in places.items() if word == "for"}
            for unit in units:
                self.away[id(unit.person)] |= to
                self.left[id(unit.person)] |= {code for code, _ in places.values()} - to
            return
        if homeward:
            for unit in units:
                self.back[id(unit.person)] |= {
                    c for w, (c, _) in places.items() if w in {"to", "in"}
                }
            return
        there = {code for word, (code, _) in places.items() if word != "from"}
        self.gone += [(token.i, code) for code in there]
        for unit in units:
            lands = {code for word, (code, inner) in places.items() if word != "from" and not inner}
            self.away[id(unit.person)] |= lands
            self.about[id(unit.person)] |= there - lands

    def _is_there(self, be: Token) -> bool:
        """Tell "is in Lima to attend the summit", "was in Lima for talks", who is a guest there."""
        at = be.i + 2
        if be.lemma_ != "be" or self.doc[at - 1 : at].text.lower() != "in":
            return False
        at += self.doc[at : at + 1].text.lower() == "the"
        if at not in self.site_at:
            return False
        behind = self.doc[at + 1 : at + 1 + _TOWN]
        return any(t.lower_ in word_set("purpose_of_stay") for t in behind)

    def _leads_there(self, verb: Token) -> bool:
        """Tell "led a delegation to Peru", who is no Peruvian."""
        if verb.pos_ != "VERB" or verb.lemma_ not in word_set("leads"):
            return False
        led = (c for c in verb.children if c.dep_ in OBJECTS)
        return any(c.lemma_.lower() in word_set("team_led_abroad") for c in led)

    def _read_companions(self, verb: Token) -> None:
        """Note that A and B go where he goes in "He will be accompanied by A and B"."""
        head = self._subject(verb)
        chief = self._person(head) if head is not None else None
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        if chief is None or agent is None or not self.away[id(chief.person)]:
            return
        behind = self.ground.between(agent.i, self.ground.sentence_end(verb.i))
        for unit in self._listed(behind[0]) if behind else ():
            self.away[id(unit.person)] |= self.away[id(chief.person)]

    def _places(
        self, token: Token, units: Sequence[Unit]
    ) -> Iterator[tuple[str, tuple[str, bool]]]:
        """Yield the places told behind a word of travel, by the prepositions before them.

        With each stands whether it is a town or region of its land, which is not named itself.

        Args:
            units: those who go; "the visit by A and B to Peru" has more of them before its place.
        """
        listed = max((unit.end for unit in units[1:]), default=token.i)
        end = min(self.ground.sentence_end(token.i), max(token.i, listed) + _REACH)
        for i in range(token.i + 1, end):
            word = self.doc[i]
            if word.lower_ == "here" and self.here:
                yield "here", (self.here, False)
            if i not in self.site_at:
                continue
            before = self.doc[i - 1 - (self.doc[i - 1].lower_ == "the")]
            direct = before == token
            if direct or before.lower_ in {"to", "in", "at", "for", "from", "into"}:
                code = self.site_at[i]
                inner = i in self.ground.inner and not self._is_named(code, i, end)
                yield "" if direct else before.lower_, (code, inner)

    def _is_named(self, code: str, start: int, end: int) -> bool:
        """Tell Peru of "Cusco, Peru", "Cusco in southern Peru"."""
        return any(self.site_at.get(i) == code for i in range(start + 1, end) if i in self.lands)

    def _travellers(self, token: Token) -> Sequence[Unit]:
        """Return the persons whose going a verb or noun tells, all of a list."""
        head = self._owner(token) if token.pos_ in NOUNS else None
        head = head or self._subject(token)
        first = self._person(head) if head is not None else None
        return self._listed(first) if first is not None else ()

    def _listed(self, first: Unit) -> Sequence[Unit]:
        """Return a person with those listed behind: "President A, Minister B and Minister C"."""
        listed = [first]
        for unit in self.ground.between(first.end, self.ground.sentence_end(first.end - 1)):
            gap = self.doc[listed[-1].end : unit.start].text.lower()
            if gap not in {",", "and"} | word_set("joins_last_land"):
                break
            listed.append(unit)
        return listed

    def _owner(self, noun: Token) -> Token | None:
        """Return whom a noun of travel names as its traveller."""
        places = [place for prep in noun.children for place in prep.children]
        for child in (*noun.children, *(c for place in places for c in place.children)):
            if child.dep_ == "poss" and child.head == noun and child.i in self.covering:
                return child
            inner = child.children if child.lower_ in {"of", "by"} else ()
            named = next((one for one in inner if one.i in self.covering), None)
            if named is not None:
                return named
        return None

    def _subject(self, token: Token) -> Token | None:
        """Return the subject of a word or of what it depends on."""
        node = token
        for _ in range(_CLIMB):
            for child in node.children:
                if child.dep_ in SUBJECTS:
                    return child
            if node.dep_ in ADNOMINAL:
                return node.head
            if node.dep_ not in _BOUND or node.head == node:
                return None
            node = node.head
        return None

    def _person(self, token: Token) -> Unit | None:
        """Return the person that a token names, or whom "he" most likely means."""
        if token.i in self.covering:
            return self.covering[token.i]
        if token.lower_ in {"he", "she"}:
            first = self.ground.sentence_start(token.i, back=1)
            told = self.ground.between(first, token.i)
            return told[0] if told else None
        inner = (c.i for c in token.children if c.dep_ in {"appos", "compound"})
        return next((self.covering[i] for i in inner if i in self.covering), None)

    # Meetings

    def envoys(self, units: Sequence[Unit]) -> Codes:
        """Return Fiji of "Premier X landed in Honiara, met by Fiji's ambassador", if it is one.

        Args:
            units: the mentions of who is abroad, who is of the land whose envoys stand beside him.
        """
        ground, behind = self.ground, units[-1].end - 1
        last = min(ground.sentence(behind) + _ENVOYS_BEHIND, len(ground.sentences) - 1)
        within = range(units[0].start, ground.sentences[last].end)
        near = (o for o in ground.offices if o.head_start in within)
        codes = (o.country or "" for o in near if o.form.scope == "diplomatic")
        sent = frozenset(code for code in codes if is_country(code))
        return sent if len(sent) == 1 else frozenset()

    def met(self, unit: Unit) -> tuple[Codes, Codes]:
        """Return the countries where somebody meets a person, and those of who does.

        Of "Premier A of Mali visited Chad and met President B" these are Chad's and Mali's.
        """
        at = unit.start
        start = max(self.ground.sentence_start(at), at - _LONGEST)
        words = [t for t in self.doc[start:at] if t.lemma_.lower() in word_set("meets")]
        if not words:
            return frozenset(), frozenset()
        guests = [u for u in self.ground.between(start, words[-1].i) if u.person != unit.person]
        whose = {code for u in guests[:1] if (code := self.ground.country(u))}
        offices = self.ground.offices
        told = offices[
            bisect_left(self.ground.heads, start) : bisect_left(self.ground.heads, words[-1].i)
        ]
        if not whose:
            whose = {office.country for office in told[:1] if office.country}
        away = {code for u in guests for code in self.away[id(u.person)]}
        sites, end = self.ground.sites, min(self.ground.sentence_end(at), at + _LONGEST)
        sites = sites[bisect_left(sites, (start, "")) : bisect_left(sites, (end, ""))]
        here = [code for i, code in sites if self._is_place(i)]
        there = [code for code in here if code not in whose]
        if not there:
            first = self.ground.sentence_start(at, back=_BACK)
            gone = self.gone[bisect_left(self.gone, (first, "")) : bisect_left(self.gone, (at, ""))]
            there = [code for _, code in gone if code not in whose][-1:]
        if not there and len(away - whose) == 1:
            there = list(away - whose)
        return frozenset(there), frozenset(whose)

    def guests(self, unit: Unit) -> Codes:
        """Return the countries of whom a person invites or receives, or who comes to their rites.

        "President A welcomed Mali's premier", "was asked to Lima by President A", "Mali's premier
        came to the inauguration of President A".
        """
        doc, at = self.doc, unit.start
        rite = at - 4 if doc[max(0, at - 3) : at].text.lower() == "-in of" else at - 2
        if rite > 0 and doc[at - 1].lower_ == "of" and doc[rite].lemma_ in word_set("rite"):
            first = self.ground.sentence_start(at)
            told = self.ground.between(max(first, at - _LONGEST), at)
            return frozenset(code for other in told if (code := self.ground.country(other)))
        for token in doc[unit.start : unit.end]:
            verb = token.head.head if token.dep_ == "pobj" else token.head
            if verb.lemma_ not in word_set("receives"):
                continue
            role = {"dobj"} if token.dep_ in SUBJECTS else {"nsubjpass"}
            asked = token.dep_ in SUBJECTS or token.head.lower_ == "by"
            heads = (self._person(c) for c in verb.children if c.dep_ in role)
            found = {self.ground.country(other) for other in heads if other is not None}
            if asked and found - {None}:
                return frozenset(code for code in found if code)
        return frozenset()

    def received(self, unit: Unit) -> Codes:
        """Return the country that receives a person: Peru of "Peru welcomed President A and B"."""
        found: set[str] = set()
        for token in self.doc[unit.start : unit.end]:
            first = token
            while first.dep_ == "conj":
                first = first.head
            verb = first.head
            if first.dep_ == "dobj" and verb.lemma_ in word_set("receives"):
                hosts = (c.i for c in verb.children if c.dep_ in SUBJECTS)
                found |= {self.site_at[i] for i in hosts if i in self.lands and i in self.site_at}
        return frozenset(found)

    def opposites(self, unit: Unit) -> Codes:
        """Return the countries of those whom a person meets as another state's.

        Peru's of "Premier A called his Peruvian counterpart", "A received the Peruvian envoy",
        "A shook hands with Peruvian Minister B".
        """
        offices, heads = self.ground.offices, self.ground.heads
        end = min(self.ground.sentence_end(unit.start), unit.start + _LONGEST)
        behind = offices[bisect_left(heads, unit.end) : bisect_left(heads, end)]
        behind = [office for office in behind if office.country]
        if not behind:
            return frozenset()
        met = self._met_by(unit)
        met |= {self.covering[i].start for i in met if i in self.covering}
        return frozenset(
            office.country
            for office in behind
            if office.country
            and (
                (office.kind == "counterpart" and office.determiner in _THEIRS)
                or any(office.start <= i < office.head_end for i in met)
            )
        )

    def _met_by(self, unit: Unit) -> frozenset[int]:
        """Return the heads of those whom a person receives or meets, "X met Y" or "with Y"."""
        for token in self.doc[unit.start : unit.end]:
            verb = token.head
            talks = verb.lemma_ in word_set("talks_with")
            if token.dep_ not in SUBJECTS or not (talks or verb.lemma_ in word_set("receives")):
                continue
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            met = [] if talks and verb.lemma_ != "meet" else objects
            words = [verb, *objects] if talks else []
            beside = [c for word in words for c in word.children if c.lower_ == "with"]
            met += [inner for word in beside for inner in word.children if inner.dep_ == "pobj"]
            return frozenset(inner.i for one in met for inner in (one, *one.conjuncts))
        return frozenset()

    def _is_place(self, i: int) -> bool:
        before = self.doc[i - 1 - (self.doc[i - 1].lower_ == "the")] if i else None
        goes = word_set("destination_verb", "goes")
        return before is not None and (
            before.lower_ in {"in", "at", "to"} or before.lemma_.lower() in goes
        )

    # Offices

    def taken(self, person: Person) -> Codes:
        """Return the countries of which others hold the office that a person holds alone."""
        sole = {o.form.office for o in person.offices if not o.former} & word_set("top_office")
        if not sole:
            return frozenset()
        return frozenset(
            code
            for kind in sole
            for code, holders in self._held[kind].items()
            if holders - {id(person)}
        )

    @cached_property
    def _held(self) -> Mapping[str, Mapping[str, set[int]]]:
        """The persons who are told to hold the leading offices, by class and country."""
        held: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for unit in self.ground.units:
            for office in unit.name.offices if not unit.person.guessed else ():
                if office.country and not office.former:
                    held[office.form.office][office.country].add(id(unit.person))
        return held


def misfits(person: Person, codes: Sequence[str]) -> Codes:
    """Return the countries that have no such office: kings of republics, premiers of the USA."""
    titles = {word for office in person.offices for word in office.form.form.split()}
    governed, monarchies = _governed(), word_set("monarchy")
    found: set[str] = set()
    if titles & word_set("crowned_title"):
        found |= {code for code in codes if code not in monarchies}
    if "president" in titles and any(o.form.office == "head_of_state" for o in person.offices):
        found |= {code for code in codes if code in monarchies - word_set("presidents_too")}
    if titles & {"premier", "prime"}:
        found |= {code for code in codes if code not in governed}
    return frozenset(found)


@lru_cache(maxsize=1)
def _governed() -> Codes:
    """Return the countries that have had heads of government beside those of state."""
    return frozenset(row.code for row in leaders() if row.office == "head_of_government")


__all__ = ["Whereabouts", "misfits"]
