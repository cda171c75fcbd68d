"""Those whom countries send to events, and by whom they are represented there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import partial
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import OBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import agents_of, prep_objects, word_behind
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, joined
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.places.place_arguments import is_of_post
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.deeds import Who, done
from pipeline.stages.visits.travel.represented import (
    gapped_pairs,
    is_subject_next,
    lands_behind,
    represented_by_clause,
)
from pipeline.stages.visits.travellers.deputies import acts_at_home

_STOOD_FOR = frozenset({"country", "person", "office"})
#: How far before "representing" the one who stands for another may be, in tokens.
_BESIDE = 8


def represent(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "Belize was represented by X", "X represented Belize" at an event abroad.

    Also "X, standing in for the president", "Belize will be represented at ministerial level".
    """
    if acts_at_home(reader.scene, verb):
        return
    agents = agents_of(verb)
    agents += [
        h for c in verb.children for d in c.conjuncts if d.dep_ == "agent" for h in d.children
    ]
    subject = represented_by_clause(reader.scene, verb) or reader.scene.subject(verb)
    theirs = _parties(reader, subject) if subject is not None else []
    if not theirs and agents and subject is not None:
        theirs = lands_behind(reader.scene, verb, subject)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    agents = agents or (_behind_event(verb) if passive else [])
    gapped = gapped_pairs(reader.scene, verb) if agents else []
    if gapped:  # "Peru was represented by its premier, Chile by X": each by its own
        agents = [head for head in agents if head.i < gapped[0].start]
    if agents:
        actors = [a for head in agents for a in reader.scene.actors(head)]
        actors = [a for a in actors if not gapped or a.token < gapped[0].start]
        ends = [(a, reader.scene.phrase_end(a.reference) - 1) for a in actors]
        actors = [a for a, end in ends if not is_subject_next(reader.scene.doc, end)]
    elif passive and subject is not None:
        parties = [a for a in reader.scene.actors(subject) if a.is_party]
        actors = [_at_level(verb, party) for party in parties]
    elif any(_stands_for(reader, head) for head in _represented(verb)):
        heads = _sent_to(verb) or ([subject] if subject is not None else [])
        beside = _beside(reader, verb)
        actors = [beside] if beside else [a for head in heads for a in reader.scene.actors(head)]
        actors = [_of_house(reader, verb, actor) for actor in actors]
    else:
        return
    actors = [a for a in actors if not _is_further_title(reader, a, actors)]
    sure = (a.country for a in actors if not (theirs and a.reference.guessed))
    lands = {code for code in sure if code}
    event, spot = event_scene(reader, verb, but=lands if len(lands) == 1 else (), of_report=True)
    if event is None:
        told = _spot_of(reader, verb) if passive and agents else None
        spot = told or reader.gatherings.seat
        by_name = theirs if passive and agents else _lands_represented(reader, verb, actors)
        if spot is None and by_name:  # in a report of a rite, a summit
            spot = reader.understood.at_chief_event(verb.i, but=by_name)
    if spot is None:
        return
    too: tuple[Who, ...] = ("several",) if agents and theirs else ()
    actors = list(_of_parties(actors, theirs)) if theirs else actors
    for pair in gapped:
        named = [_own(head, a) for head in pair.heads for a in reader.scene.actors(head)]
        actors += _of_parties(named, pair.lands)
    yield from done(reader, verb, rule, actors=actors, spot=spot, event=event, too=too)


def _is_further_title(reader: ArgumentReader, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Tell the "Deputy Premier" of "led by X, Vice President, Deputy Premier and Chairman"."""
    told = actor.reference
    start = reader.scene.bounds(told)[0]
    bare = reader.scene.doc[start].pos_ != "DET" and reader.scene.doc[start].tag_ != "PRP$"
    before = any(a.reference.name and a.token < start for a in actors)
    return before and bare and not (told.name or told.plural or told.members)


def _of_house(reader: ArgumentReader, verb: Token, actor: Actor) -> Actor:
    """Give X of "X represented the British royal family" the land of those for whom he stands."""
    if actor.country:
        return actor
    near = [c for head in _represented(verb) for c in head.children if c.dep_ in {"amod", "poss"}]
    lands = [r.country for c in near for r in reader.scene.at(c.i) if r.kind == "country"]
    own = {"country": lands[0], "guessed": False} if lands else {}
    return replace(actor, reference=actor.reference.model_copy(update=own))


def _own(head: Token, actor: Actor) -> Actor:
    """Leave open the land of "its minister", which is the one told right before."""
    owned = any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in head.children)
    if not owned or actor.reference.name:
        return actor
    return replace(actor, reference=actor.reference.model_copy(update={"country": None}))


def _behind_event(verb: Token) -> list[Token]:
    """Return X of "was represented at the summit by X", which the parse gives to the summit."""
    return [h for t in verb.subtree if t.lower_ == "by" and t.i > verb.i for h in t.children]


def _spot_of(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of "is being represented in Lima by its foreign minister"."""
    places = (c for c in verb.children if c.lower_ == "in" and c.i > verb.i)
    return next((spots[0] for c in places if (spots := reader.scene.spots(c.i + 1))), None)


def _represented(verb: Token) -> list[Token]:
    """Return for whom one stands: the object of "represents", Y of "stands in for Y"."""
    behind = prep_objects(verb, "for")
    return [*(c for c in verb.children if c.dep_ in OBJECTS), *behind]


def _lands_represented(
    reader: ArgumentReader, verb: Token, actors: Sequence[Actor]
) -> Collection[str]:
    """Return the lands of "X represented Peru" if X is of one of these, else none."""
    told = (r for head in _represented(verb) for r in reader.scene.at(head.i))
    lands = {r.country for r in told if r.kind == "country" and r.country}
    return lands if lands and all(actor.country in lands for actor in actors) else ()


def _beside(reader: ArgumentReader, verb: Token) -> Actor | None:
    """Return A of "received A, the vice-president, representing his president"."""
    if verb.tag_ != "VBG" or verb.dep_ == "ROOT":
        return None
    nearest = reader.scene.nearest_before(verb.i, reach=_BESIDE)
    if nearest is None or reader.scene.doc[verb.i - 1].pos_ == "AUX":
        return None
    objects = {"dobj", "obj", "appos", "conj"}
    node = reader.scene.doc[nearest.token]
    while node.dep_ in {"appos", "conj", "compound", "pobj", "prep"} and node.head != node:
        node = node.head
    return nearest if node.dep_ in objects and not nearest.reference.plural else None


def _sent_to(verb: Token) -> list[Token]:
    """Return X of "sent X to represent him", who goes for the one who sends."""
    if verb.dep_ not in {"xcomp", "advcl", "ccomp", "acl"} or verb.tag_ != "VB":
        return []
    if verb.head.lemma_ in word_set("deputes"):
        return [c for c in verb.head.children if c.dep_ in UNDERGONE]
    return [c for c in verb.children if c.dep_ == "nsubj"]


def _at_level(verb: Token, party: Actor) -> Actor:
    """Read who comes of "will be represented at ministerial level", else the country itself."""
    levels = dict(row.split(" ", 1) for row in word_set("level_of_guest"))
    for token in verb.subtree:
        graded = word_behind(token) in {"level", "-"}
        if graded and token.lower_ in levels and party.country:
            kind, role = levels[token.lower_].split(" ")
            own = {"kind": "office", "form": "office", "role": role, "role_kind": kind}
            own["actor"] = f"office-{kind}-{party.country}"
            office = party.reference.model_copy(update={**own, "name": None})
            return replace(party, reference=office, share=1.0)
    return party


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
    sent = [a for a in _of_parties(actors, senders) if of_body or a.country in senders]
    if not sent:
        return
    event = None
    spot = spots[0] if spots else seen
    if spot is None:
        but = set(senders) if len(set(senders)) == 1 else set()
        event, spot = event_scene(reader, verb, but=but, of_report=True)
        if event is None:
            spot = reader.gatherings.seat
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
            actors = _of_parties([Actor(named[0], at - 1, 0.9)], senders)
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
    several = bool(going) and all(a.reference.plural for a in going)
    too: tuple[Who, ...] = ("sent", "several") if several else ("sent",)
    for spot in reader.places(verb, ("to",))[:1] if going else ():
        if not _is_posting(verb):
            yield from done(reader, verb, rule, actors=going, spot=spot, too=too)


def _is_posting(verb: Token) -> bool:
    """Tell "was sent to Lima as consul", who stays there."""
    return any(c.lower_ == "as" and c.i > verb.i for c in verb.children)


def _senders(reader: ArgumentReader, verb: Token, subject: Token) -> list[str]:
    """Return who sends: countries or a body; "it" of "Belize said it would send" is who says so."""
    above = verb.head
    if subject.lower_ == "it" and verb.dep_ == "ccomp" and above.lemma_ in words("speech"):
        sayer = reader.scene.subject(above)
        return _parties(reader, sayer, bodies=True) if sayer is not None else []
    return _parties(reader, subject, bodies=True)


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


def _sent_as(verb: Token) -> list[Token]:
    """Return "envoys" of "sent X and Y as envoys to Quito"."""
    return [h for c in verb.children if c.lower_ == "as" and c.i > verb.i for h in c.children]


def _of_parties(actors: Sequence[Actor], parties: Sequence[str]) -> Iterator[Actor]:
    """Give those whose country the text leaves open the ones that send them, one each.

    As many named ones as there are countries are of these in their order.
    """
    unsure = all(a.reference.name and (a.reference.guessed or not a.country) for a in actors)
    if unsure and len(actors) == len(parties) > 1:
        for actor, code in zip(actors, parties, strict=True):
            told = {"country": code, "guessed": False}
            yield replace(actor, reference=actor.reference.model_copy(update=told))
        return
    for actor in actors:
        reference = actor.reference
        if reference.guessed and actor.country in parties:
            sure = reference.model_copy(update={"guessed": False})
            yield replace(actor, reference=sure)
            continue
        known = actor.country is not None and not reference.guessed
        if known or (reference.name and len(parties) > 1):
            yield actor
            continue
        for code in parties:
            own: dict[str, object] = {"country": code, "guessed": False}
            if not reference.name:
                own["actor"] = f"{actor.key}-{code}"
            if len(parties) > 1 and reference.kind == "delegation":
                own["plural"] = False  # "Peru and Chile sent delegations": one each
            yield Actor(reference.model_copy(update=own), actor.token, actor.share)


def _parties(reader: ArgumentReader, head: Token, *, bodies: bool = False) -> list[str]:
    """Return the countries that a subject names: "Peru and Chile", "the government of Peru".

    "These countries" are those listed in the sentence before.

    Args:
        bodies: whether a body of several countries is one of them, which sends its own people.
    """
    told = {a.country: None for a in reader.scene.actors(head) if a.country}
    if not told:  # "Oslo sent its ministers"
        told = {r.country: None for r in reader.scene.at(head.i) if r.kind == "place" and r.country}
    if not told and head.lemma_.lower() in words("host_noun") | word_set("sends_as_state"):
        near = [c for c in head.children if c.dep_ in {"amod", "poss", "compound"}]
        near += prep_objects(head, "of")
        told = {r.country: None for c in near for r in reader.scene.at(c.i) if r.country}
    if not told and head.lower_ in words("lands"):
        told = dict.fromkeys(_listed_before(reader, head))
    return [code for code in told if code is not None and (bodies or is_country(code))]


def _listed_before(reader: ArgumentReader, head: Token) -> list[str]:
    """Return the countries listed in the sentence before "these countries"."""
    number = reader.scene.sentence_of[head.i]
    pointed = {c.lower_ for c in head.children} & word_set("looks_back")
    if not pointed or not number:
        return []
    before = reader.scene.sentences[number - 1]
    lists = ([s.country for s in reader.scene.spots(i)] for i in range(before.start, before.end))
    longest = max(lists, key=len, default=[])
    return longest if len(longest) > 1 else []


def _stands_for(reader: ArgumentReader, head: Token) -> bool:
    """Tell the country, union of states, government or person for whom one stands."""
    here = reader.scene.at(head.i)
    named = any(r.kind in _STOOD_FOR or (r.kind == "organization" and r.country) for r in here)
    royal = any(c.lower_ == "royal" for c in head.children)
    if royal and head.lemma_.lower() in word_set("royal_house"):
        return True
    return named or head.lemma_.lower() in words("host_noun") | word_set("sends_as_state")


__all__ = ["represent", "send", "to_whom"]
