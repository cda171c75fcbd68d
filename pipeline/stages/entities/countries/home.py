"""The country for which an article writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.labels import PLURALS
from pipeline.reference.countries import is_country
from pipeline.stages.entities.countries.affiliations import usual_offices
from pipeline.stages.entities.countries.foreign_marks import foreign_marks
from pipeline.stages.entities.countries.outlet import DATELINE_WEIGHT, Sign
from pipeline.stages.entities.countries.span_matters import MattersOfSpans
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: Scopes of offices that are a country's.
NATIONAL = frozenset({"national", "royal", "subnational", "party"})
#: From so many votes on a country is the article's own.
SURE_VOTES = 2
#: A place or leader of a country tells as much as so many mentions of the country.
PLACE_WEIGHT = 2
#: How many sentences before a leader their country may be told.
_SALIENT_SENTENCES = 2
#: How many sentences open an article; where somebody goes in them it tells of to its end.
_LEAD_SENTENCES = 3
#: How many tokens stand between an office and a name at most (", Sir").
_STYLED = 2
#: So often is the other country named, and so many times as often as any third.
CLEAR_MENTIONS = 3


class Home(NamedTuple):
    """The country for which an article writes, and how far that is sure.

    `sure` where one country stands out, `told` where more than a count of names tells so.
    """

    code: str | None
    sure: bool
    told: bool = False


def home_country(
    doc: Doc,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    outlet: Sequence[Sign],
    *,
    abroad: Collection[str] = (),
    body_start: int = 0,
) -> Home:
    """Return the country for which an article writes: whose offices it gives without a country.

    An Irish paper's "the Foreign Minister" is Ireland's. Known leaders whose office stands
    without a country vote, the higher the office the more, and what tells the outlet's country;
    one whose officials are given with their country is rather another. Without votes it is the
    country named most, its places counted in; what only marks the foreign is not counted.

    Args:
        abroad: the countries that the writer visits.
        body_start: where the text behind the dateline begins, in characters.
    """
    votes: Counter[str] = Counter()
    for code, weight in outlet:
        votes[code] += weight
    votes += _votes_of_leaders(persons, _Salient(doc, offices, parties, places, body_start))
    others = {o.country for o in offices if o.country and o.foreign and not o.plural} | {*abroad}
    for code in abroad:
        votes.pop(code, None)
    told = {sign.code for sign in outlet if sign.weight > DATELINE_WEIGHT}
    datelined = {sign.code for sign in outlet if not told}
    for code in (others & set(votes)) - datelined:
        votes[code] -= 1
    marks = foreign_marks(doc, parties, places, offices)
    parties = [party for party in parties if party.start not in marks]
    places = [place for place in places if place.start not in marks]
    best = votes.most_common(1)
    if best and best[0][1] >= SURE_VOTES:
        return Home(best[0][0], sure=True, told=True)
    named = Counter(2 * [party.code for party in parties if party.is_country])
    named.update(place.country for place in places)  # a place tells half as much
    for code in abroad:
        named.pop(code, None)
    ranked = _discounted(named, others).most_common(2)
    sure = bool(ranked) and (len(ranked) < 2 or 2 * ranked[0][1] >= 3 * ranked[1][1])
    if votes and (not sure or ranked[0][0] in votes):
        return Home(votes.most_common(1)[0][0], sure=True, told=True)
    if sure:
        return Home(ranked[0][0], sure=True)
    return Home(_likeliest(persons, parties, places, others), sure=False)


def _likeliest(
    persons: Sequence[Person],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    others: Collection[str],
) -> str | None:
    """Return the country of most mentions, places and leaders, the first told of if equal.

    Args:
        others: countries whose officials are told of as those of another country.
    """
    told = sorted([(p.start, p.code) for p in parties if p.is_country])
    counts = Counter(code for _, code in told)
    near = dict.fromkeys((place.name, place.country) for place in places)
    for _, country in near:
        counts[country] += PLACE_WEIGHT
    for person in persons:
        if person.leader is not None and is_country(person.leader.code):
            counts[person.leader.code] += PLACE_WEIGHT
    ranked = _discounted(counts, others).most_common(1)
    return ranked[0][0] if ranked else None


def _discounted(counts: Mapping[str, int], others: Collection[str]) -> Counter[str]:
    """Return twice the counts, but once those of countries that are told of as others."""
    return Counter({code: count * (1 + (code not in others)) for code, count in counts.items()})


class _Salient:
    """Tells whether a leader's country is told where they are introduced.

    Any outlet may then leave it out before their office.
    """

    def __init__(
        self,
        doc: Doc,
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
        body_start: int,
    ) -> None:
        self.doc = doc
        self.lead = next((s.start for s in islice(doc.sents, _LEAD_SENTENCES, None)), len(doc))
        self.others = [(o.start, o.country) for o in offices if o.foreign and not o.plural]
        self.manned = [(o.start, o.country) for o in offices if o.foreign and o.plural]
        named = [(p.start, p.code, p.form == "name") for p in parties if p.is_country]
        named += [(place.start, place.country, False) for place in places]
        self.there = [
            (at, code)
            for at, code, whole in named
            if doc[at].idx >= body_start and self._is_there(at, whole=whole)
        ]

    def _is_there(self, at: int, *, whole: bool) -> bool:
        """Tell where somebody goes or is: "visited Chad", "a trip to Lima", "in Peru"."""
        doc = self.doc
        at -= at > 0 and doc[at - 1].lower_ == "the"
        homeward = (t.lemma_.lower() in word_set("homeward") for t in doc[max(0, at - 3) : at])
        if at == 0 or any(homeward):
            return False
        before = doc[at - 1]
        if before.lemma_ in word_set("destination_verb") or before.lower_ == "to":
            return True
        return whole and before.lower_ in word_set("destination_preposition")

    def told(self, person: Person, code: str) -> bool:
        """Tell "visited Japan and met Premier Kishida", "the Japanese envoy. Premier Kishida".

        So "Japanese officials told of Premier Kishida's trip", in one sentence.
        """
        office = next((span for span in person.spans if span.offices), person.spans[0])
        sentence = self.doc[office.start].sent
        first = sentence.start
        for _ in range(_SALIENT_SENTENCES):
            first = self.doc[first - 1].sent.start if first else 0
        there = [at for at, other in self.there if other == code]
        if any(at < self.lead or first <= at < sentence.end for at in there):
            return True
        if any(sentence.start <= at < office.start for at, other in self.manned if other == code):
            return True
        return any(at < office.start for at, other in self.others if other == code)


def _votes_of_leaders(persons: Sequence[Person], salient: _Salient) -> Counter[str]:
    """Let each known leader whose office stands without a country vote for theirs."""
    votes: Counter[str] = Counter()
    told_first = min((person.spans[0].start for person in persons), default=0)
    for person in persons:
        leader = person.leader
        if leader is None or not is_country(leader.code) or person.countries:
            continue
        if any(office.country for office in person.offices) or salient.told(person, leader.code):
            continue
        kinds = {o.form.office for o in person.offices if _tells_home(o)}
        if kinds:
            # The one told of first is whose outlet this is most likely to be.
            first = person.spans[0].start == told_first
            votes[leader.code] += 1 + bool(kinds & word_set("top_office")) + first
    return votes


def _tells_home(office: OfficeSpan) -> bool:
    """Tell "the Amir" from "King Charles" and "Pope Francis", whom all call so."""
    everywhere = office.form.form in word_set("first_named") and office.determiner != "the"
    return office.form.scope in NATIONAL and not everywhere and office.form.office != "pope"


def assign_home(
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    home: Home,
    matters: MattersOfSpans,
) -> None:
    """Give the home country to offices of a state that stand without one.

    A country that is but likeliest is given to persons alone, who surely have one; a resident
    ambassador is of the other country that the article is about. One of which nothing but its name
    tells gives nobody a country of whom another matter tells.
    """
    if home.code is None:
        return
    other = _other(parties, home.code)
    for person in persons:
        if not home.told and matters.is_apart(person.spans[0].start, home.code):
            continue
        if person.country is None and not person.is_of_nobody:
            firm = any(office.kind == "business" for office in person.offices)
            for office in person.offices:
                if firm and office.form.scope == "organization":
                    continue  # "Acme Industries Chairman and Managing Director X"
                if person.foreign_to == home.code:
                    office.country, person.guessed = other, True
                elif not may_have(home.code, office):
                    continue  # "Senator X" in news of Taiwan
                elif speaks_for_state(office) and not _is_posted_to(office, home.code, parties):
                    office.country = home.code if home.told else _usual(office, home.code)
                    person.guessed = True
                elif office.form.office == "ambassador" and home.sure and other:
                    office.country = other
                    person.guessed = True
    for office in offices if home.sure else ():
        bare = office.country is None and office.determiner in {None, "the", "our"}
        national = office.form.scope == "national" and office.kind != "counterpart"
        single = not office.plural or _has_portfolios(office)
        if not home.told and matters.is_apart(office.start, home.code):
            continue
        if bare and national and single and may_have(home.code, office):
            office.home, office.home_told = home.code, home.told


def _is_posted_to(office: OfficeSpan, code: str, parties: Sequence[PartySpan]) -> bool:
    """Tell the land of "Ambassador to Peru", "envoy for peace in Peru" from the sender's."""
    within = (p.code for p in parties if office.head_end <= p.start < office.end)
    return (office.posted or office.kind == "envoy") and code in within


def _has_portfolios(office: OfficeSpan) -> bool:
    """Tell "the trade and oil ministers", each one holder of an office, from "the ministers"."""
    return office.determiner == "the" and " and " in office.title


def may_have(country: str, office: OfficeSpan) -> bool:
    """Tell whether a country may have the office: no republic has "the king", nor all senators."""
    title = set(office.form.form.split())
    if not may_sit(country, office):
        return False
    if title & word_set("crown"):
        return country in word_set("monarchy")
    return office.form.form != "president" or country not in word_set("no_president")


def may_sit(country: str, office: OfficeSpan) -> bool:
    """Tell whether a country has the house that a member sits in: no senator is of China."""
    return office.form.form not in word_set("senator") or country in word_set("senate")


def _usual(office: OfficeSpan, home: str) -> str:
    """Return USA for "Rep." and the like, unless the article writes for one that has such too."""
    row = usual_offices().get(office.form.form)
    return home if row is None or home in row.also.split() else row.code


def _other(parties: Sequence[PartySpan], home: str) -> str | None:
    """Return the country beside its own that an article names by far the most."""
    named = Counter(party.code for party in parties if party.is_country and party.code != home)
    ranked = named.most_common(2)
    if not ranked or ranked[0][1] < CLEAR_MENTIONS:
        return None
    clear = len(ranked) < 2 or ranked[0][1] >= CLEAR_MENTIONS * ranked[1][1]
    return ranked[0][0] if clear else None


def bears_title(doc: Doc, person: Person) -> bool:
    """Tell "President X", as news calls its own, from the X of "Premiers" over a list."""
    single = [o.end for o in person.offices if doc[o.end - 1].tag_ not in PLURALS]
    return any(0 <= span.start - end <= _STYLED for span in person.spans for end in single)


def speaks_for_state(office: OfficeSpan) -> bool:
    """Tell whether an office without a country is one of some state."""
    if office.of_many:
        return False  # "African Free Trade Area Secretary-General X"
    if office.form.scope in NATIONAL or office.form.form in word_set("public_head"):
        return True
    if office.form.scope == "diplomatic":
        return office.posted or "ministry" in office.form.form.split()
    if office.form.office == "official" and office.public:
        return True  # "an official of the foreign ministry"
    return office.form.scope == "organization" and office.public and not office.organization


__all__ = [
    "NATIONAL",
    "Home",
    "assign_home",
    "bears_title",
    "home_country",
    "may_have",
    "may_sit",
    "speaks_for_state",
]
