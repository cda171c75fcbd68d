"""The likeliest country of a person to whom the text gives none.

Where neither office nor adjective nor a known leader tells, a ranker weighs the countries that
the article names: how often, how near, beside whom, and how well the person's name fits each.
Its weights are learned (`country_weights.csv`, made by `pipeline.evaluation.fit_countries`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from functools import lru_cache

from pipeline.lexicon import Row, load_table
from pipeline.recorder import Recorder
from pipeline.reference.countries import is_country
from pipeline.reference.names import name_shares
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.countries.home import (
    NATIONAL,
    Home,
    bears_title,
    may_sit,
    speaks_for_state,
)
from pipeline.stages.entities.countries.odds import choice, distance, is_beyond_doubt, part
from pipeline.stages.entities.countries.span_matters import MattersOfSpans
from pipeline.stages.entities.countries.whereabouts import Whereabouts, misfits
from pipeline.stages.entities.parties import is_leaning
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.phrases import Phrases
from pipeline.stages.entities.tables import PACKAGE, word_set

Features = Mapping[str, float]
#: Who a person is, and what tells for each country and for none.
Choice = tuple[Person, Mapping[str | None, Features]]

#: So many countries are weighed, those that the article names most.
MOST_COUNTRIES = 12
#: By how much the log-odds of a country, or of none, must be over those of what rules say, for who
#: holds a leading office, and for who is told to be nothing where more than a few countries are
#: told of; by cross-validation. For all others nothing.
MARGIN, UNTOLD_MARGIN, FEW_COUNTRIES = 0.5, 0.5, 2
#: The same, in a text of but so few sentences, which names countries by chance, for who holds no
#: office of a state.
FEW_SENTENCES, PLAIN_MARGIN = 3, 1.9
#: By how much the odds of a country rise whose towns somebody tours: a minister of farming does
#: so at home, and a foreign minister abroad almost as often.
HOME_TOURED, ABROAD_TOURED = 4.0, 0.5
#: Over how many tokens the nearness of a country falls to a third, and what is beside a name.
_FAR, _BESIDE, _ADJECTIVE_REACH = 8, 3, 4
#: In how many first sentences a country leads the article.
_LEAD_SENTENCES = 3
#: What is no share stays above 0, that it has a logarithm.
_LEAST_SHARE = 1e-3
#: The tables of weights for who holds a leading office, and for all others.
_LEADERS, _OTHERS = "leader_weights.csv", "country_weights.csv"
_PREPOSITIONS = frozenset(["in", "to", "with", "of", "from", "for", "and", "the", "against", "at"])
#: What begins the name of a feature of none.
_NONE = "none_"
#: The features that tell more or less by what kind of person it is.
_BY_KIND: tuple[str, ...] = ("home", "share", "before", "before_here", "after_here", "last_here")
_BY_KIND += ("near", "name", "first_here", "guess", "dateline", "most", "of_known", "foreign")
_BY_KIND += ("behind",)
_BY_CALLING = ("phrase_before", "phrase_behind", "home", "most_share")
_BY_SCOPE = ("home", "share", "name", "before_here", "last_here", "near", "dateline")
#: Which features tell more or less by a trait, or by what a trait is ("scope=national").
_BY_TRAIT = {"for_state": _BY_KIND, "no_office": _BY_KIND, "says": _BY_KIND}
_BY_TRAIT |= {"scope": _BY_SCOPE, "is": _BY_CALLING}

_CHOICES: Recorder[list[Choice]] = Recorder("choices", list)


class Weight(Row):
    """How much a feature tells for a country, or against it."""

    feature: str
    weight: float


def recording() -> AbstractContextManager[list[Choice]]:
    """Keep the choices that are made within, to learn the weights from."""
    return _CHOICES.recording()


def may_be_weighed(person: Person) -> bool:
    """Tell persons of no told country from those whose surroundings would mislead.

    A relative is of nobody's office; diplomats and soldiers stand beside the country where they
    serve, whom a message reaches beside its sender's; who has but a surname ("Albright met …") is
    known anyway.
    """
    posted = {office.form.scope for office in person.offices} | person.kinds
    resident = not posted.isdisjoint({"diplomatic", "military"})
    resident = resident and posted.isdisjoint(word_set("top_office"))  # "Premier Commodore X"
    surname = not person.offices and person.is_of_one_word
    held = (o for o in person.offices if o.kind != "envoy")  # sent by whom, is not told
    of_state = leads(person) or any(office.form.scope in NATIONAL for office in held)
    foreign = person.foreign_to is not None and not (of_state and person.country is None)
    misled = person.is_of_nobody or foreign or resident or surname
    misled = misled or any(office.of_many for office in person.offices)
    unsure = person.country is None or (person.by_actor and leads(person))
    return unsure and not misled


def leads(person: Person) -> bool:
    """Tell presidents, ministers and royals, of whom news tells whom they visit and receive."""
    return not word_set("leading_office").isdisjoint(person.kinds)


def assign_likely(
    ground: Ground,
    persons: Sequence[Person],
    home: Home,
    matters: MattersOfSpans,
    body_start: int,
) -> None:
    """Give persons whose country nothing tells the likeliest, or leave them without one.

    Nobody is of a country of which only paragraphs of another matter tell, but one whose own tells
    of none but lands that he goes to: his, with a known leader, is told of elsewhere.

    Args:
        persons: those of the article without a country, or with one that is but guessed.
        home: the country for which the article writes.
        matters: the article's.
        body_start: where the text behind the dateline begins, in characters.
    """
    if not persons or not (ground.lands or home.told):
        return
    ranker = _Ranker(ground, persons, home, body_start)
    sink = _CHOICES.kept
    few = len(ground.sentence_starts) <= FEW_SENTENCES
    odds: dict[int, dict[str | None, float]] = {}
    gone: dict[int, set[str]] = {}
    margins: dict[int, float] = {}
    led = {ground.country(unit) for unit in ground.units if leads(unit.person)}
    for person in persons:
        plain = ranker.plain(person)
        if sink is not None:
            sink.append((person, plain))
        at, away = person.spans[0].start, {*ranker.gone_to(person)}
        open_to = led if matters.only_names(at, away) else {home.code} if home.told else set()
        open_to = open_to if bears_title(ground.doc, person) else set()
        others = {c for c in ranker.codes if c not in open_to and matters.is_apart(at, c)}
        others |= {person.foreign_to} if person.foreign_to else set()
        for office in person.offices:
            others |= {code for code in ranker.codes if not may_sit(code, office)}
        told = ranker.sent_home_by(person)
        gone[id(person)] = away | (others - told)
        weights = _weights(_LEADERS if leads(person) else _OTHERS)
        odds[id(person)] = {code: _score(told, weights) for code, told in crossed(plain).items()}
        for toured in {*ranker.toured(person)} - gone[id(person)]:
            odds[id(person)][toured] = odds[id(person)].get(toured, 0.0) + _at_home(person)
        for home_land in told - gone[id(person)] if gone[id(person)] else ():
            odds[id(person)][home_land] = odds[id(person)].get(home_land, 0.0) + HOME_TOURED
        margins[id(person)] = _margin(person, plain, few=few)
        if home.told and person.country == home.code and any(map(speaks_for_state, person.offices)):
            del odds[id(person)][None]  # some country's they are
    _agree(ground, odds)
    chosen = [(p, choice(p, odds[id(p)], gone[id(p)], margin=margins[id(p)])) for p in persons]
    for person, code in chosen:
        if code != person.country:
            _give(person, code)
        person.beyond_doubt = is_beyond_doubt(person, odds[id(person)], code)


def _at_home(person: Person) -> float:
    """Return how much it tells for a country that a person goes about in its towns."""
    abroad = word_set("goes_abroad")
    return ABROAD_TOURED if person.kinds and person.kinds <= abroad else HOME_TOURED


def _margin(person: Person, plain: Mapping[str | None, Features], *, few: bool) -> float:
    """Return how far the odds of a person must be apart, in a text of few sentences or of more."""
    if leads(person):
        return MARGIN
    firm = any(office.kind in {"business", "spokesperson"} for office in person.offices)
    if any(office.form.scope in NATIONAL for office in person.offices) and not firm:
        return 0.0
    if few:
        return PLAIN_MARGIN
    many = len(plain) > FEW_COUNTRIES + 1
    return UNTOLD_MARGIN if many and f"{_NONE}is=bare" in plain[None] else 0.0


def _agree(ground: Ground, odds: dict[int, dict[str | None, float]]) -> None:
    """Weigh "ministers A, B and C" together, who are of one country, of that of those known."""
    listed: dict[int, dict[int, Person]] = {}
    for unit in ground.units:
        for office in unit.name.offices:
            if office.form.office not in word_set("top_office") and leads(unit.person):
                listed.setdefault(office.start, {})[id(unit.person)] = unit.person
    for group in listed.values():
        unsure = [odds[number] for number in group if number in odds]
        known = {person.country for number, person in group.items() if number not in odds}
        if len(group) < 2 or not unsure:
            continue
        codes = sorted(set.intersection(*map(set, unsure)), key=str)
        mean = {code: sum(told[code] for told in unsure) / len(unsure) for code in codes}
        if len(known) == 1 and known != {None}:
            mean = dict.fromkeys(known, math.inf)
        for number in group:
            if number in odds:
                odds[number] = mean


def _give(person: Person, code: str | None) -> None:
    """Give a person the country, by their offices of a state if they have one."""
    for office in person.offices:
        office.country = code if speaks_for_state(office) else None
    if code and person.country is None:
        person.countries.append(code)
    person.guessed = code is not None


@lru_cache(maxsize=2)
def _weights(table: str) -> Mapping[str, float]:
    return {row.feature: row.weight for row in load_table(PACKAGE, table, Weight)}


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


class _Ranker:
    """Knows what an article tells of each of its countries."""

    def __init__(
        self, ground: Ground, persons: Sequence[Person], home: Home, body_start: int
    ) -> None:
        self.ground = ground
        self.home = home
        self.whereabouts = Whereabouts(ground, body_start)
        self.phrases = Phrases(ground)
        unknown = {id(person) for person in persons}
        self.known = [
            (unit.start, code)
            for unit in ground.units
            if id(unit.person) not in unknown and (code := ground.country(unit))
        ]
        self.units: dict[int, list[Unit]] = {}
        for unit in ground.units:
            if id(unit.person) in unknown:
                self.units.setdefault(id(unit.person), []).append(unit)
        self.lands = [(at, code) for at, code in ground.lands if not is_leaning(ground.doc, at)]
        self.places: dict[str, list[int]] = {}
        for at, code in self.lands:
            self.places.setdefault(code, []).append(at)
        lands = Counter(code for _, code in self.lands if is_country(code))
        #: How often each country is told of, with those that texts lean to.
        self.named = Counter(code for _, code in ground.lands)
        of_known = Counter(code for _, code in self.known if is_country(code))
        self.codes = self._codes(lands, of_known)
        shared = self._general(lands, of_known, body_start)
        self.general = {code: shared[code] for code in self.codes}
        self.most = lands.most_common(1)[0][0] if lands else None

    def _codes(self, lands: Counter[str], of_known: Counter[str]) -> list[str]:
        """Return the countries that are weighed, home among them."""
        told = lands + of_known
        if self.home.code and is_country(self.home.code):
            told[self.home.code] += 1
        return sorted(code for code, _ in told.most_common(MOST_COUNTRIES))

    def _general(
        self, lands: Counter[str], of_known: Counter[str], body_start: int
    ) -> Mapping[str, dict[str, float]]:
        """Return what is told of each country wherever a person stands."""
        ground, home, doc = self.ground, self.home, self.ground.doc
        states = Counter(code for _, code in ground.states)
        offices = Counter(o.country for o in ground.offices if o.country)
        foreign = {o.country for o in ground.offices if o.foreign and not o.plural}
        starts = ground.sentence_starts[_LEAD_SENTENCES : _LEAD_SENTENCES + 1]
        lead = starts[0] if starts else len(ground.doc)
        most = lands.most_common(1)[0][0] if lands else None
        return {
            code: {
                "share": part(lands, code),
                "state_share": part(states, code),
                "most": code == most,
                "only": len(self.codes) == 1,
                "of_known": part(of_known, code),
                "of_none_known": of_known[code] == 0,
                "foreign": code in foreign,
                "offices": part(offices, code),
                "home": code == home.code,
                "home_sure": code == home.code and home.sure,
                "home_told": code == home.code and home.told,
                "dateline": any(doc[at].idx < body_start for at in self.places.get(code, ())),
                "leads": any(at < lead for at in self.places.get(code, ())),
            }
            for code in self.codes
        }

    def plain(self, person: Person) -> Mapping[str | None, Features]:
        """Return what tells for each country, and for none."""
        units = self.units[id(person)]
        kind = self._kind(person, units)
        kind |= {f"is={calling}": 1.0 for calling in self.phrases.callings(person, units)}
        beside = self._in_phrases(units)
        shares = name_shares(person.name, self.codes)
        best = max(shares, key=lambda code: shares[code], default=None)
        found: dict[str | None, Features] = {}
        trips = self._trips(person, units)
        for code in self.codes:
            told = {**self.general[code], **self._around(code, units)}
            told |= {name: code in codes for name, codes in trips.items()}
            told["actor"] = person.by_actor and code == person.country
            told["guess"] = code == person.country
            if shares:
                told["name"] = shares[code]
                told["name_best"] = code == best
                told["name_log"] = math.log(shares[code] + _LEAST_SHARE)
            told["phrase_before"], told["phrase_behind"] = code in beside[0], code in beside[1]
            told["most_share"] = self.named[code] / max(1, max(self.named.values(), default=0))
            found[code] = {name: float(value) for name, value in told.items() if value}
        none = {f"{_NONE}{name}": value for name, value in kind.items()}
        none |= {"none": 1.0, "none_countries": len(self.codes) / MOST_COUNTRIES}
        none |= {"none_name": max(shares.values(), default=0.0)}
        found[None] = {**none, "none_guessed": float(person.country is None)}
        return found

    def _in_phrases(self, units: Sequence[Unit]) -> tuple[Collection[str], Collection[str]]:
        """Return the countries named in the phrases before a person's names, and behind them."""
        phrases = self.phrases
        before = {i for unit in units for i in phrases.before(unit)}
        behind = {i for unit in units for i in phrases.behind(unit)}
        lands = self.ground.lands
        return (
            {code for at, code in lands if at in before},
            {code for at, code in lands if at in behind},
        )

    def sent_home_by(self, person: Person) -> AbstractSet[str]:
        """Return the countries to which a leader goes back, or whose envoys stand beside him."""
        told = self.whereabouts.back[id(person)]
        envoys = self.whereabouts.envoys(self.units[id(person)]) if leads(person) else frozenset()
        return told | (envoys - {*self.gone_to(person), person.foreign_to})

    def gone_to(self, person: Person) -> Collection[str]:
        """Return the countries to which a person goes, but for home, in which one travels too.

        So too the guest's, where who receives him stands without a country, and all others' goals.
        """
        home = {self.home.code} if self.home.told else set()
        gone = self.whereabouts.goals_of(person)
        for unit in self.units[id(person)] if person.by_actor or leads(person) else ():
            there, whose = self.whereabouts.met(unit)
            gone |= (whose if there else set()) | self.whereabouts.guests(unit)
            gone |= self.whereabouts.opposites(unit) | self.whereabouts.received(unit)
        return gone - home

    def toured(self, person: Person) -> Collection[str]:
        """Return the country in whose towns a person goes about, where they go to no other.

        None where the article is told to write for another.
        """
        about = self.whereabouts.about[id(person)] & set(self.codes)
        other = self.home.told and self.home.code not in about
        away = self.whereabouts.away[id(person)] | self.whereabouts.left[id(person)]
        return about if len(about) == 1 and not other and not away - about else frozenset()

    def _trips(self, person: Person, units: Sequence[Unit]) -> Mapping[str, Collection[str]]:
        """Return the countries to which a person goes, where and by whom they are met, and such."""
        where, me = self.whereabouts, id(person)
        met = [where.met(unit) for unit in units]
        return {
            "away": where.away[me],
            "left": where.left[me],
            "back": where.back[me],
            "host": frozenset().union(*(there for there, _ in met)),
            "guest": frozenset().union(*(whose for _, whose in met)),
            "taken": where.taken(person),
            "misfit": misfits(person, self.codes),
        }

    def _kind(self, person: Person, units: Sequence[Unit]) -> dict[str, float]:
        """Return what kind of person it is, and how they are told of."""
        doc = self.ground.doc
        kind: dict[str, float] = {
            "office": bool(person.offices),
            "no_office": not person.offices,
            "for_state": any(map(speaks_for_state, person.offices)),
            "one_word": len(person.name.split()) == 1,
            "often": len(person.spans) > 1,
            "former": any(office.former for office in person.offices),
            "says": any(
                t.lemma_ in word_set("tells") for u in units for t in doc[u.end : u.end + 1]
            ),
        }
        for office in person.offices:
            kind[f"kind={office.kind}"] = kind[f"scope={office.form.scope}"] = True
        return {name: 1.0 for name, value in kind.items() if value}

    def _around(self, code: str, units: Sequence[Unit]) -> dict[str, float]:
        """Return where a country is told of beside a person."""
        ground, doc, at = self.ground, self.ground.doc, units[0].start
        first, end = ground.sentence_start(at), ground.sentence_end(at)
        here = self.lands[bisect_left(self.lands, (first, "")) :]
        here = here[: bisect_left(here, (end, ""))]
        before = [told for place, told in here if place < at]
        behind = [told for place, told in here if place > at]
        last = bisect_left(self.lands, (at, "")) - 1
        known = bisect_left(self.known, (at, ""))
        previous, following = self.known[:known][-1:], self.known[known : known + 1]
        apart = min(distance(self.places.get(code, ()), unit.start) for unit in units)
        mine = [place for place, told in here if told == code]
        told = {
            "near": math.exp(-apart / _FAR),
            "beside": apart <= _BESIDE,
            "share_here": len(mine) / max(1, len(here)),
            "before": previous[0][1] == code if previous else False,
            "before_here": bool(previous) and previous[0] >= (first, "") and previous[0][1] == code,
            "after": following[0][1] == code if following else False,
            "after_here": bool(following) and following[0] < (end, "") and following[0][1] == code,
            "last_told": last >= 0 and self.lands[last][1] == code,
            "told_here": code in before,
            "first_here": before[:1] == [code],
            "last_here": before[-1:] == [code],
            "behind": code in behind,
            "next_here": behind[:1] == [code],
            "genitive": any(doc[place + 1 : place + 2].text in APOSTROPHE_S for place in mine),
            "adjective": any(0 < at - place <= _ADJECTIVE_REACH for place in mine),
        }
        for place in mine:
            word = doc[place - 1].lower_ if place else ""
            if word in _PREPOSITIONS:
                told[f"after_{word}"] = True
        return told


def crossed(plain: Mapping[str | None, Features]) -> Mapping[str | None, Features]:
    """Return what is told, and what of it is told of which kind of person."""
    kind = [name.removeprefix(_NONE) for name in plain[None]]
    pairs = [(trait, name) for trait in kind for name in _BY_TRAIT.get(trait.partition("=")[0], ())]
    return {
        code: told
        if code is None
        else {**told, **{f"{t}*{name}": told[name] for t, name in pairs if name in told}}
        for code, told in plain.items()
    }


__all__ = ["Choice", "Features", "assign_likely", "crossed", "leads", "may_be_weighed", "recording"]
