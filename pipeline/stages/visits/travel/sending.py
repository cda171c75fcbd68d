"""Those whom countries send to events, and to others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import partial
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import agents_of
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, joined
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.places.place_arguments import is_of_post
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.deeds import Who, done
from pipeline.stages.visits.travel.sent_sides import of_parties, parties_told


def send(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "Belize sent its prime minister" to an event told before, or to a place.

    "These countries will send ministers" tells of one delegation each.
    """
    subject = reader.scene.subject(verb)
    if any(c.dep_ == "nsubjpass" for c in verb.children) or _is_sent_first(verb):
        yield from _those_sent(reader, verb, rule, subject)
        return
    senders = _senders(reader, verb, subject) if subject is not None else []
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if any(c.lower_ == "no" for head in objects for c in head.children):
        return  # "sent no representative"
    actors = [a for head in objects for a in reader.scene.actors(head) if not a.is_party]
    if subject is not None and not senders and subject.lemma_.lower() in word_set("sends_own"):
        senders = [a.country for a in actors if a.country and a.reference.role_kind][:1]
    envoys = [h for h in _sent_as(verb) if h.lemma_.lower() in word_set("sent_on_mission")]
    if any(h.lemma_.lower() in word_set("sent_to_stay") for h in _sent_as(verb)):
        return
    spots = reader.places(verb, ("to",)) or _behind_those_sent(reader, [*objects, *envoys])
    seen = to_whom(reader, verb, senders) if not spots and senders and objects else None
    ends = {spot.country for spot in (*spots, seen) if spot is not None}
    actors = [_from_none_of(actor, ends) for actor in joined(actors)]
    of_body = senders and not any(map(is_country, senders))  # which sends those of any land
    sent = [a for a in of_parties(actors, senders) if of_body or a.country in senders]
    if not sent:
        return
    event = None
    spot = spots[0] if spots else seen
    if spot is None:
        but = set(senders) if len(set(senders)) == 1 else set()
        event, spot = event_scene(reader, verb, but=but, of_report=True)
        if event is None:
            due = _where_sender_was_due(reader, verb)
            spot = due[0] if due else reader.gatherings.seat
            if spot is None or spot.country in senders:
                return
    several = all(a.reference.plural for a in sent)
    too: tuple[Who, ...] = ("sent", "several") if several else ("sent",)
    end = reader.scene.sentence(verb.i).end
    behind = [a for a in sent if spots and spots[0].start < a.token < end]
    behind = behind if len(behind) < len(sent) else []
    groups: list[tuple[list[Actor], Sequence[Spot | None]]] = [
        ([a for a in sent if a not in behind], spots or [spot])
    ]
    groups += _sent_elsewhere(reader, verb, spots, senders)
    for actors, places in groups:
        for place in places if actors else ():
            found = done(reader, verb, rule, actors=actors, spot=place, event=event, too=too)
            yield from (_set_out(reader, verb, made) for made in found)


def _set_out(reader: ArgumentReader, verb: Token, made: Candidate) -> Candidate:
    """Keep only the first day of "sent X to Lima on Monday", on which X set out.

    "Sent X to Lima to attend a summit on Monday" and "to a summit on Monday" keep both.
    """
    day = made.when.start
    if "event" in made.notes or len(day or "") < DAY or made.when.end != day:
        return made
    own = any(governing_verb(reader.scene.doc[at]) == verb for at in _days_told(reader, verb, day))
    return replace(made, when=When(day)) if own else made


def _days_told(reader: ArgumentReader, verb: Token, day: str | None) -> Iterator[int]:
    """Yield where the sentence tells a day."""
    sentence = reader.scene.sentence(verb.i)
    for start, _, expression in reader.clock.between(sentence.start, sentence.end):
        pair = partial(expression)
        if pair is not None and pair[0] == day:
            yield start


def _sent_elsewhere(
    reader: ArgumentReader, verb: Token, spots: Sequence[Spot], senders: Sequence[str]
) -> Iterator[tuple[list[Actor], list[Spot]]]:
    """Yield B and Quito of "sent A to Lima and B to Quito"."""
    doc, at = verb.doc, spots[-1].end if spots else len(verb.doc)
    end = reader.scene.sentence(verb.i).end
    while at < end and doc[at].pos_ not in VERBS:
        ends = reader.scene.spots(at + 1) if doc[at].lower_ == "to" else []
        named = [r for r in reader.scene.at(at - 1) if r.kind in PERSONAL_KINDS]
        if ends and named:
            actors = of_parties([Actor(named[0], at - 1, 0.9)], senders)
            yield [a for a in actors if a.country in senders], ends
            at = ends[-1].end
        at += 1


def _is_sent_first(verb: Token) -> bool:
    """Tell "Sent to Lima by the president, X met …"."""
    led = any(c.dep_ == "agent" or c.lower_ == "to" for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and led


def _those_sent(
    reader: ArgumentReader, verb: Token, rule: VerbRule, subject: Token | None
) -> Iterator[Candidate]:
    """Read "X was sent to Lima by the president"; an ambassador is sent to stay."""
    actors = reader.scene.actors(subject) if subject is not None else []
    going = [a for a in actors if not a.is_party and a.reference.role_kind != "ambassador"]
    senders = [code for head in agents_of(verb) for code in parties_told(reader, head)]
    going = list(of_parties(joined(going), senders)) if len(senders) == 1 else going
    several = bool(going) and all(a.reference.plural for a in going)
    too: tuple[Who, ...] = ("sent", "several") if several else ("sent",)
    for spot in reader.places(verb, ("to",))[:1] if going else ():
        if not _is_posting(verb):
            found = done(reader, verb, rule, actors=going, spot=spot, too=too)
            yield from (_set_out(reader, verb, made) for made in found)


def _is_posting(verb: Token) -> bool:
    """Tell "was sent to Lima as consul", who stays there."""
    return any(c.lower_ == "as" and c.i > verb.i for c in verb.children)


def _senders(reader: ArgumentReader, verb: Token, subject: Token) -> list[str]:
    """Return who sends: countries or a body; "it" of "Belize said it would send" is who says so."""
    above = verb.head
    if subject.lower_ == "it" and verb.dep_ == "ccomp" and above.lemma_ in words("speech"):
        sayer = reader.scene.subject(above)
        return parties_told(reader, sayer, bodies=True) if sayer is not None else []
    return parties_told(reader, subject, bodies=True)


def _from_none_of(actor: Actor, ends: Collection[str]) -> Actor:
    """Leave open the land of "sent a mission to Peru", which is not Peru's."""
    reference = actor.reference
    if reference.name or actor.country not in ends:
        return actor
    return replace(actor, reference=reference.model_copy(update={"country": None}))


def to_whom(reader: ArgumentReader, verb: Token, senders: Sequence[str]) -> Spot | None:
    """Return the country of him to whom, to meet whom or to give whom a message one is sent.

    Those "from Peru, Chile and Fiji" are met who knows where.
    """
    met = [head for purpose in verb.children for head in _met_by(purpose)]
    heads = met or [h for to in _told_to(verb) for h in to.children if h.dep_ == "pobj"]
    found: dict[str, Spot] = {}
    for head in heads:
        for reference in reader.scene.at(head.i):
            if not (reference.kind in PERSONAL_KINDS and reference.role_kind):
                continue
            if reference.role_kind in word_set("posted_abroad"):
                continue  # "talks with the Peruvian ambassador", who is not in Peru
            start, end = reader.scene.bounds(reference)
            for each in reader.scene.each_of(Actor(reference, head.i)):
                code = each.country
                if code and code not in senders and is_country(code):
                    found.setdefault(code, Spot(code, None, reference, start, end))
    return next(iter(found.values())) if len(found) == 1 else None


def _met_by(purpose: Token) -> Iterator[Token]:
    """Yield whom one is sent to "meet", to "deliver a message to", or goes "for talks with"."""
    if purpose.lower_ in {"for", "to"}:
        for talks in (c for c in purpose.children if c.lemma_ in word_set("met_at")):
            beside = (c for c in talks.children if c.lower_ == "with")
            yield from (h for c in beside for h in c.children if h.dep_ == "pobj")
        return
    if purpose.tag_ != "VB" or purpose.lemma_ not in word_set("sent_to_do"):
        return
    for child in purpose.subtree:
        given = child.dep_ in {"pobj", "dative"} and child.head.lower_ in {"to", "with"}
        if given or (child.dep_ in OBJECTS and child.head == purpose):
            yield child


def _told_to(verb: Token) -> Iterator[Token]:
    """Yield the "to" of "sent a special envoy to President X"."""
    for child in verb.children:
        if child.lower_ == "to" and child.i > verb.i:
            yield child
        elif child.dep_ in OBJECTS:
            yield from (c for c in child.children if c.lower_ == "to" and c.i > child.i)


def _behind_those_sent(reader: ArgumentReader, objects: Sequence[Token]) -> list[Spot]:
    """Return the place of "sent a delegation led by X to Quito", which the parse hangs on it.

    Not of "sent X, ambassador to Quito, to the summit", who is posted there.
    """
    for head in objects:
        for token in head.subtree:
            led = token.lower_ == "to" and not is_of_post(token)
            spots = reader.scene.spots(token.i + 1) if led else []
            if spots:
                return spots
    return []


def _where_sender_was_due(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return Peru of "will not go to Peru and is sending X instead", "called off a trip to Peru,".

    Not of "will not go to Peru and sends a letter", "went to Peru and sent X to Chile".
    """
    if verb.dep_ not in {"conj", "advcl"} or verb.head.i > verb.i or not _is_instead(verb):
        return []
    above = verb.head
    if above.lemma_ in words("goes_abroad"):
        stays = verb.dep_ == "conj" and is_negated(above)
        return reader.places(above, ("to",)) if stays else []
    off = (c for c in above.children if c.dep_ in OBJECTS and c.lemma_ in words("trip_noun"))
    noun = next(off, None) if off_by(above) is not None else None
    return reader.places(noun, ("to",)) if noun is not None else []


def _is_instead(verb: Token) -> bool:
    """Tell "sent X instead", "in his place", "in her stead"."""
    for child in verb.children:
        if child.lower_ == "instead" and child.i > verb.i:
            return True
        if child.lower_ == "in" and any(
            c.lower_ in word_set("in_ones_place") for c in child.children
        ):
            return True
    return False


def _sent_as(verb: Token) -> list[Token]:
    """Return "envoys" of "sent X and Y as envoys to Quito"."""
    return [h for c in verb.children if c.lower_ == "as" and c.i > verb.i for h in c.children]


__all__ = ["send", "to_whom"]
