"""Who travels by a verb: its subject, or whom its clause means by that."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS, SUBJECTS, VERBS
from pipeline.neighbours import prep_objects, text_at
from pipeline.stages.visits.candidate import joined
from pipeline.stages.visits.meetings.local_places import LocalPlaces
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travel.aboard import aboard
from pipeline.stages.visits.travel.led_side import of_led_side
from pipeline.stages.visits.travellers.beside_those import beside_those
from pipeline.stages.visits.travellers.others_clause import is_of_judged, is_of_others, is_some_of
from pipeline.stages.visits.travellers.tellers import chief_of

#: How many sentences back the trip may be told of which "we" speak who tell of it.
_WE_REACH = 3
#: What may stand between "envoys" and "two of whom": "of Peru,".
_LAND_BEHIND = frozenset({"ADP", "DET", "PROPN", "ADJ", "PUNCT"})


class TravellerArguments(LocalPlaces):
    """Reads who travels by the triggers of one scene."""

    def travellers(self, verb: Token, spots: Sequence[Spot | None] = ()) -> list[Actor]:
        """Return who travels by a verb; one whose own country the place is does not."""
        actors = of_led_side(self.scene, verb, self._subjects(verb))
        actors = [chief_of(self.scene, verb, each, self.told) or each for each in actors]
        actors = _gone_with(self.scene, verb, actors) or actors
        ends = {spot.country for spot in spots if spot is not None}
        actors = joined([each for actor in actors for each in self._each(actor)])
        actors = [a for a in actors if not self.sends(a)] or actors
        actors = [self.scene.other_antecedent(actor, ends) or actor for actor in actors]
        return [*actors, *self._gone_beside(verb, actors), *self._as_well(verb, actors)]

    def _as_well(self, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
        """Return B of "A has also arrived, as well as Premier B", told behind the verb.

        Not of "A has visited Peru, as well as its premier, B", whom he saw.
        """
        if not actors or any(c.dep_ in OBJECTS for c in verb.children):
            return []
        for token in verb.children:
            if token.i < verb.i + 2 or token.doc[token.i - 2 : token.i + 1].text.lower() != (
                "as well as"
            ):
                continue
            named = self.scene.listed_at(token.i + 1)
            keys = {actor.key for actor in actors}
            return [a for a in named if a.reference.role_kind and a.country and a.key not in keys]
        return []

    def _gone_beside(self, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
        """Return the Chilean minister of "A of Peru, along with B of Chile, arrived in Lima".

        Behind the verb ("A arrived in Lima, along with B of Chile") he only goes with A.
        """
        own = {actor.country for actor in actors}
        if None in own or any(actor.reference.plural for actor in actors):
            return []
        beside = beside_those(self.scene, verb, own=own)
        beside = [a for a in beside if a.token < verb.i and not a.reference.plural]
        return [a for a in beside if a.reference.role_kind]

    def _each(self, actor: Actor) -> list[Actor]:
        """Return each of "envoys from Peru and Chile are among those who travelled"."""
        of_one = not actor.reference.plural or actor.reference.members
        return [actor] if of_one else self.scene.each_of(actor)

    def sends(self, actor: Actor) -> bool:
        """Tell A of "Upon the directives of A, B left for Peru", whom the parse has leave too."""
        doc, end = self.scene.doc, self.scene.bounds_of(actor.reference)[0]
        for token in doc[self.scene.sentence(actor.token).start : end]:
            of = text_at(doc, token.i + 1) == "of"
            if of and token.lemma_.lower() in word_set("sends_by"):
                told = (r for i in (token.i + 2, token.i + 3) for r in self.scene.at(i))
                return any(r.actor == actor.reference.actor for r in told)
        return False

    def _subjects(self, verb: Token) -> list[Actor]:
        subject = _who_defies(verb) or self.scene.subject(verb)
        if followed := self._followed(verb, subject):
            return followed
        planned = verb.dep_ == "acl" and verb.head.lemma_ in word_set("own_plan")
        if planned and subject in {None, verb.head}:
            return self._of_plan(verb)
        if subject is not None and verb.lemma_ == "come" and subject.lemma_ in noun_rules():
            return []  # "the trip comes ahead of a visit to Lima"
        sent = subject is not None and any(r.kind == "delegation" for r in self.scene.at(subject.i))
        if subject is not None and subject.lemma_.lower() in word_set("vehicle") and not sent:
            return aboard(self.scene, subject, verb)
        if subject is not None and is_some_of(subject):
            return self._some_of(subject, verb)
        if subject is not None and (owners := self._of_trip(subject)):
            return owners
        if subject is not None:
            actors = [a for a in self.scene.actors(subject) if not a.is_party]
            if actors:
                return actors
            if subject.pos_ in NOUNS and not self.scene.at(subject.i):
                return []
            if any(r.kind in {"country", "group"} for r in self.scene.at(subject.i)):
                return []
            if {subject.lower_, subject.head.head.lower_} & word_set("of_things"):
                return []  # "everything which comes from Peru"
            if self._is_thing(subject):
                return []
            if subject.lower_ in word_set("unknown_some") and not self.scene.at(subject.i):
                return []  # "said some had gone to Peru"
            unknown = subject.lower_ in {"they", "it", "he", "she"}
            if is_of_others(self.scene, subject) or (unknown and not self.scene.at(subject.i)):
                return []
        elif verb.dep_ == "amod" or is_of_judged(verb):
            return []  # "newly arrived jets", "praised the decision to go"
        return self.who_are_we(verb, subject) or self._nearest(verb)

    def who_are_we(self, verb: Token, subject: Token | None) -> list[Actor]:
        """Return X of "“We flew to Lima”, X said", and whose trip it is that X has told of."""
        if subject is None or subject.lower_ != "we":
            return []
        return self._of_chief(verb, self._said_by(verb))

    def _nearest(self, verb: Token) -> list[Actor]:
        """Return B of "A said that B is on the point of leaving"; A and B where both open it."""
        last = self.scene.nearest_before(verb.i)
        if last is None:
            return []
        listed = self.scene.actors_before(last)
        first = self.scene.bounds_of(listed[0].reference)[0]
        opening = self.scene.doc[self.scene.sentence(verb.i).start : first]
        opens = first <= last.token < verb.i and not any(t.pos_ in VERBS for t in opening)
        return [a for a in listed if a.country == last.country] if opens else [last]

    def _is_thing(self, subject: Token) -> bool:
        """Tell the "which" of "hailed aid which reached Peru" from that of "the train which"."""
        thing = subject.head.head
        if subject.lower_ not in {"that", "which"} or subject.head.dep_ != "relcl":
            return False
        carries = thing.lemma_.lower() in word_set("vehicle") | words("led_group")
        return thing.pos_ == "NOUN" and not carries and not self.scene.at(thing.i)

    def _of_trip(self, subject: Token) -> list[Actor]:
        """Return whose trip it is by "It is her second trip after visiting Peru"."""
        if subject.lower_ not in {"it", "this"} or subject.head.lemma_ != "be":
            return []
        trips = (c for c in subject.head.children if c.dep_ == "attr" and c.lemma_ in noun_rules())
        owners = (c for trip in trips for c in trip.children if c.dep_ == "poss")
        return [a for owner in owners for a in self.scene.actors(owner) if not a.is_party]

    def _some_of(self, subject: Token, verb: Token) -> list[Actor]:
        """Return the envoys of "envoys of Peru, two of whom flew"; none of "rockets, two of which".

        Nor X of "X sent lawmakers, two of whom flew to Lima".
        """
        near = self.scene.nearest_before(verb.i)
        if near is None or near.reference.name or subject.doc[subject.i + 2].lower_ != "whom":
            return []
        between = self.scene.doc[self.scene.bounds(near.reference)[1] : subject.i]
        return [near] if between and all(t.pos_ in _LAND_BEHIND for t in between) else []

    def _said_by(self, verb: Token) -> list[Actor]:
        """Return X of "X, flanked by Y, said, 'We are happy to be in Peru'"."""
        told = next((t for t in verb.ancestors if t.lemma_ in words("speech")), None)
        sayer = self.scene.subject(told) if told is not None else None
        return [a for a in self.scene.actors(sayer) if not a.is_party] if sayer is not None else []

    def _of_chief(self, verb: Token, said: Sequence[Actor]) -> list[Actor]:
        """Return A for the "we" of "A's visit to Peru is off. "We will go later," his aide said".

        Where the speaker's own trip has been told, it is his.
        """
        number = self.scene.sentence_of
        near = [c for c in self.told if 0 <= number[verb.i] - number[c.at] <= _WE_REACH]
        told = [c.actor for c in near if c.actor is not None and c.status and c.destination]
        keys, lands = {a.key for a in said}, {a.country for a in said}
        if not said or not told or any(a.key in keys for a in told):
            return list(said)
        chief = told[-1]
        return [chief] if chief.country in lands and not chief.reference.plural else list(said)

    def _of_plan(self, verb: Token) -> list[Actor]:
        """Return who would go by "Plans to visit Peru were dropped": who travelled last."""
        near = self.scene.nearest_before(verb.i)
        if near is not None:
            return [near]
        number = self.scene.sentence_of
        last = next(reversed(self.told), None)
        if last is None or last.actor is None or number[verb.i] - number[last.at] != 1:
            return []
        return [] if last.actor.reference.plural or last.status is None else [last.actor]

    def _followed(self, verb: Token, subject: Token | None) -> list[Actor]:
        """Return X of "told reporters travelling with X to Peru"."""
        reporters = verb.head if subject is None or verb.dep_ == "acl" else subject
        if verb.lemma_ not in word_set("press_goes") or reporters.lemma_ not in word_set("press"):
            return []
        heads = prep_objects(verb, "with")
        if any(head.pos_ == "PRON" for head in heads):
            told = self.scene.subject(reporters.head)
            heads = [told] if told is not None and told != reporters else []
        return [a for head in heads for a in self.scene.actors(head) if not a.is_party]


def _who_defies(verb: Token) -> Token | None:
    """Return X of "X defied doctors' orders to fly to Lima": not the doctors."""
    told, over = verb.head, verb.head.head
    if verb.dep_ not in {"acl", "advcl", "xcomp"} or verb.tag_ != "VB":
        return None
    over = told if told.pos_ == "VERB" else over
    if over.lemma_ not in word_set("defies"):
        return None
    subject = next((c for c in over.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ == "who" and over.dep_ == "relcl":
        return over.head
    return subject


def _gone_with(scene: Scene, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
    """Return the leader of his own land with whom one of his people goes.

    "X went with a letter from the president", "the president flew with Minister X" do not fire.
    """
    prep = next((c for c in verb.children if c.lower_ == "with" and c.i > verb.i), None)
    if prep is None or len(actors) != 1 or _leads(actors[0]):
        return []
    beside = [a for c in prep.children if c.dep_ == "pobj" for a in scene.actors(c)]
    led = [a for a in beside if _leads(a) and a.reference.name]
    return led if led and led[0].country in {actors[0].country, None} else []


def _leads(actor: Actor) -> bool:
    reference = actor.reference
    return reference.kind == "person" and reference.role_kind in words("leads_land")


__all__ = ["TravellerArguments"]
