"""Where a meeting was held: the place in its sentence that is no other's, if not at a distance."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import FINITE, TENSED, VERBS
from pipeline.stages.visits.events.gatherings import is_when_held
from pipeline.stages.visits.meetings.at_distance import is_at_distance, words_of_distance
from pipeline.stages.visits.places.place_arguments import (
    PlaceArguments,
    is_of_where,
    leads_nowhere,
)
from pipeline.stages.visits.tables import noun_rules, word_set

#: How a meeting's verb hangs on another, which may have a place of its own.
_BESIDE = frozenset({"conj", "pcomp", "advcl"})
#: What stands before the house in which those met.
_AT_HOUSE = frozenset({"at", "in", "inside"})
#: How many days on an event lies for which those have not yet come who met ahead of it.
_DAYS_ON = 10


class LocalPlaces(PlaceArguments):
    """Reads where the meetings of one scene were held, if not at a distance."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: Of the sentences asked of before, by number, their words of a contact at a distance.
        self._remote: dict[int, list[Token]] = {}

    def local_spot(self, verb: Token, country: str | None) -> Spot | None:
        """Return the place "in" or "at" which a meeting was held, in its sentence.

        Of "met A in Lima on Monday and will hold talks with B in Quito" the talks have their own,
        however near the other stands.
        """
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        if is_of_where(verb) or is_when_held(verb):
            told = reversed(self.where(verb))  # "visited Peru and Chile, where they met"
            return next((s for s in told if country in {None, s.country}), None)
        before = self._of_stay_before(verb) or self._of_clause_before(verb)
        if before is not None:
            return before if country in {None, before.country} else None
        found = None
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ != "here" and not self.scene.is_where(i):
                continue
            start = i if doc[i].lower_ == "here" else i + 1
            for spot in self.scene.spots(start)[:1]:
                other = _is_of_other(doc[i], verb) or _is_of_event_ahead(self.scene, doc[i], verb)
                other = other or leads_nowhere(doc[i]) or self._is_of_later_day(doc[i], verb)
                if other or (not spot.place and _is_of_topic(doc[i], verb)):
                    continue
                if self.is_behest(spot) or _is_where_told(self.scene, doc[i], verb):
                    continue
                if country is None or spot.country == country:
                    within = verb in doc[i].ancestors or i == verb.i
                    near = (not _is_own(doc[i], verb), not within, abs(i - verb.i))
                    if found is None or near < found[0]:
                        found = (near, spot)
        return found[1] if found else self._of_house(verb, country)

    def _is_of_later_day(self, prep: Token, verb: Token) -> bool:
        """Tell Bern of "met A and B on Monday; on Tuesday he held talks in Bern"."""
        later = next((t for t in prep.ancestors if t.pos_ in VERBS), None)
        if later is None or not verb.i < later.i < prep.i or verb.tag_ not in FINITE:
            return False
        joints = [t.i for t in verb.doc[verb.i : later.i] if t.text == ";" or t.dep_ == "cc"]
        if not joints:
            return False
        start = self.scene.sentence(verb.i).start
        own = self.clock.between(start, joints[-1])
        return bool(own) and bool(self.clock.between(joints[-1], later.i))

    def _of_house(self, verb: Token, country: str | None) -> Spot | None:
        """Return Peru of "met A at the Peruvian foreign ministry", "at the MFA of Peru".

        None of "met A at a ministry", nor of "the ministry of Peru's ally Chile".
        """
        scene = self.scene
        for prep in verb.doc[verb.i + 1 : scene.sentence(verb.i).end]:
            if prep.lower_ not in _AT_HOUSE or verb not in prep.ancestors:
                continue
            house = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if house is None or house.lower_ not in word_set("house_of_host"):
                continue
            named = {r.country: r for t in house.subtree for r in scene.at(t.i) if r.country}
            told = next(iter(named.values()), None)
            if told is not None and len(named) == 1 and country in {None, told.country}:
                return Spot(told.country or "", None, told, *scene.bounds(told))
        return None

    def _of_stay_before(self, verb: Token) -> Spot | None:
        """Return the Chile of "came to Lima after visiting Chile and meeting its president".

        "Came to Lima after visiting Chile, and met its president" has none, nor has "after visiting
        Chile and meeting Peru's president in Cusco".
        """
        stay = verb.head
        behind = verb.dep_ == "conj" and verb.tag_ == stay.tag_ == "VBG" and stay.dep_ == "pcomp"
        if not behind or stay.head.lower_ not in word_set("of_other_time"):
            return None
        if any(t.lower_ in {"in", "at"} and self.scene.spots(t.i + 1) for t in verb.subtree):
            return None
        places = (self.scene.spots(i) for i in range(stay.i + 1, verb.i))
        return next((spots[0] for spots in places if spots), None)

    def _of_clause_before(self, verb: Token) -> Spot | None:
        """Return the Chile of "landed in Lima after a visit to Chile, during which she met A".

        So of "Chile, where she met A and held talks with B", which has no place of its own.
        """
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in VERBS:
            clause = clause.head
        if clause.dep_ != "relcl":
            return None
        if any(t.lower_ in {"in", "at"} and self.scene.spots(t.i + 1) for t in verb.subtree):
            return None
        if clause != verb and is_of_where(clause):
            return next(iter(reversed(self.where(clause))), None)
        during = next((c for c in clause.lefts if c.lower_ == "during"), None)
        if during is None or all(c.lower_ != "which" for c in during.children):
            return None
        heads = (
            t for t in (clause.head, *clause.head.ancestors) if t.lemma_.lower() in noun_rules()
        )
        trip = next(heads, None)
        places = (self.scene.spots(i) for i in range(trip.i + 1, during.i)) if trip else ()
        return next((spots[0] for spots in places if spots), None)

    def is_behest(self, spot: Spot) -> bool:
        """Tell the country of "began talks at Peru's request", which is no place."""
        tokens = self.scene.doc[spot.start : spot.end + 2]
        return any(token.lower_ in word_set("at_whose") for token in tokens)

    def is_remote(self, verb: Token) -> bool:
        """Tell whether what a verb tells is of a call or a letter, not of one handed over."""
        number = self.scene.sentence_of[verb.i]
        if number not in self._remote:
            self._remote[number] = words_of_distance(self.scene.sentence(verb.i))
        far = self._remote[number]
        return bool(far) and is_at_distance(verb, far)


def _is_of_another_time(verb: Token) -> bool:
    """Tell "weeks after the premier met A", "two days before he met A"."""
    for mark in verb.children:
        if mark.dep_ == "mark" and mark.lower_ in {"after", "before"} and mark.i > 0:
            return mark.nbor(-1).lemma_ in words("days_and_more")
    return False


def _is_own(prep: Token, verb: Token) -> bool:
    """Tell the place of "held talks with B in Quito", not that of "talks on mines in Quito".

    Nor is the Lima of "arrived in Lima after holding talks with B in Quito", however near it is.
    """
    if verb.dep_ not in _BESIDE:
        return True
    for node in prep.ancestors:
        if node == verb:
            return True
        if node.pos_ in VERBS or (node.pos_ == "ADP" and node.lower_ != "with"):
            return False
    return False


def _is_of_other(prep: Token, verb: Token) -> bool:
    """Tell the place of a further verb ("met A, a day after opening a fair in Bonn"), or of "from".

    "flew from a summit in Bonn to meet A" is no meeting in Bonn.
    """
    within = takewhile(lambda node: node != verb, prep.ancestors)  # not "a call from A, who met B"
    sources = [t for t in within if t.lower_ == "from" and t.dep_ == "prep"]
    anywhere = is_of_whole_area(prep)
    if any(t.head.lemma_ not in words("peer") for t in sources) and not anywhere:
        return True  # not "met her counterpart from Peru Ana Soto in Bonn"
    if _is_of_matter(prep, verb) or _is_of_trip_before(prep, verb) or _is_days_apart(prep, verb):
        return True
    over = prep.head.head if prep.head.dep_ == "advmod" else prep.head
    if over.lemma_ == "be" and over != verb and over not in set(verb.ancestors):
        return True  # "met A and was in Bonn", "was back in Bonn"
    governor = _past_holding(next((t for t in prep.ancestors if t.pos_ == "VERB"), verb), verb)
    if prep.i < verb.i and governor != verb and _is_of_another_time(verb):
        return True
    if any(t.lower_ == "since" and governor in t.ancestors for t in prep.ancestors):
        return True  # "since the start of the war in Gaza"
    if governor == verb or (governor.dep_ == "conj" and governor.head == verb):
        return False
    return governor not in set(verb.ancestors)


def is_of_whole_area(prep: Token) -> bool:
    """Tell the "in" of "met bankers from around the world in Bonn": the world is not in Bonn."""
    return prep.head.lemma_ in word_set("whole_area")


def _is_of_trip_before(prep: Token, verb: Token) -> bool:
    """Tell the place of "After a stop in Lima, A met B", who may be met at the next.

    Not that of "After a summit in Lima, A met B", nor of "After his arrival in Lima", where one is
    still.
    """
    nodes = list(prep.ancestors) if prep.i < verb.i else []
    trip = next((n for n, node in enumerate(nodes) if node.lemma_ in noun_rules()), None)
    if trip is None or trip + 1 >= len(nodes):
        return False
    if noun_rules()[nodes[trip].lemma_].id in word_set("arrival"):
        return False
    return nodes[trip].dep_ == "pobj" and nodes[trip + 1].lower_ in word_set("of_other_time")


def _is_where_told(scene: Scene, prep: Token, verb: Token) -> bool:
    """Tell the place of "'I will meet A tomorrow,' B told reporters in Lima": B is there today."""
    told = next((t for t in prep.ancestors if t.pos_ == "VERB"), None)
    if told is None or told.lemma_ not in words("speech") or told not in verb.ancestors:
        return False
    if tense_of(verb) != "future" and "would" not in auxiliaries_of(verb):
        return False
    who, teller = scene.subject(verb), scene.subject(told)
    if who is None or teller is None:
        return False
    if who.lower_ in {"i", "we"}:
        return True
    keys = {a.key for a in scene.actors(teller)}
    return any(a.key in keys for a in scene.actors(who))


def _is_days_apart(prep: Token, verb: Token) -> bool:
    """Tell the place of "met A a week before the summit in Lima", "ahead of last week's summit".

    Not that of "met A before the summit in Lima", "met A on Monday in Lima, a day before it", nor
    of "met A a day before the end of the summit in Lima", which goes on.
    """
    for node in takewhile(lambda token: token != verb, prep.ancestors):
        led = node.dep_ in {"prep", "advmod"} and node.i > verb.i
        if led and node.lower_ in word_set("of_other_time"):
            if _is_amid(node):
                return False
            before = node.nbor(-1).lemma_.lower()
            dated = (c for c in node.subtree if c.dep_ == "poss" and c.ent_type_ == "DATE")
            return before in words("days_and_more") or any(c.i < prep.i for c in dated)
    return False


def _is_of_event_ahead(scene: Scene, prep: Token, verb: Token) -> bool:
    """Tell the place of "met A in May ahead of a summit in Lima in July", not "in Lima today"."""
    published = scene.article.published
    if published is None or prep.i < verb.i or tense_of(verb) != "past":
        return False
    for node in takewhile(lambda token: token != verb, prep.ancestors):
        if node.dep_ not in {"prep", "advmod"} or node.i <= verb.i:
            continue
        leads_up = any(t.lemma_ in word_set("leads_up") for t in node.doc[node.i : node.i + 4])
        if leads_up or node.lower_ in word_set("of_other_time"):
            rest = node.doc[node.i : scene.sentence(verb.i).end]  # where the parse may hang the day
            last = next((t for t in rest if t.tag_ in TENSED), rest[-1])
            dates = scene.dates_in(node.idx, last.idx)
            days = (str(d.earliest) for d in dates if d.earliest)
            return any(days_between(published, day) > _DAYS_ON for day in days)
    return False


def _is_amid(prep: Token) -> bool:
    """Tell "before the end of the summit", "after its opening" from "before its opening"."""
    edges = {"before": "ends_event", "after": "opens_event"}.get(prep.lower_)
    told = [t for c in prep.children for t in (c, *c.lefts)]
    return edges is not None and any(t.lemma_.lower() in word_set(edges) for t in told)


def _is_of_matter(prep: Token, verb: Token) -> bool:
    """Tell "will meet A to discuss the summit, to be held in Lima", which is the summit's place."""
    between = verb.doc[verb.i + 1 : prep.i]
    aims = (t for t in between if t.tag_ == "VB" and t.lemma_ in word_set("of_a_matter"))
    return any(verb in aim.ancestors for aim in aims) and prep.head != verb


def _past_holding(governor: Token, verb: Token) -> Token:
    """Return the verb over "a meeting scheduled to take place in Lima", which is held there.

    And "met" over "met envoys representing Peru in Lima", where the envoys are met.
    """
    while governor != verb and governor.dep_ in {"acl", "relcl", "xcomp"}:
        stands = governor.dep_ == "acl" and governor.lemma_ in word_set("says_for_whom")
        if governor.lemma_ not in word_set("holds_event") and not stands:
            break
        governor = next((t for t in governor.ancestors if t.pos_ == "VERB"), verb)
    return governor


def _is_of_topic(prep: Token, verb: Token) -> bool:
    """Tell "met A and agreed on a fund for schools in Peru": not all that is done is done there."""
    for node in prep.ancestors:
        if node == verb or node.pos_ == "VERB":
            return False
        if node.pos_ == "ADP" and node.lower_ in word_set("of_a_topic"):
            governor = next((t for t in node.ancestors if t.pos_ == "VERB"), verb)
            return governor != verb
    return False


__all__ = ["LocalPlaces", "is_of_whole_area"]
