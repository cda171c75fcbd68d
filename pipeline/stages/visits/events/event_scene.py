"""The event of which a passage tells, and where it is held."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from models.visit import MADE
from pipeline.discourse.beside_news import is_of_other_matter, is_of_time_before
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.rites import is_known
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_names import is_named_otherwise
from pipeline.stages.visits.events.event_owners import is_of_person, owner_of
from pipeline.stages.visits.events.event_places import place_of_body
from pipeline.stages.visits.events.event_seats import (
    describes_rite,
    held_at,
    host_of,
    is_body_led,
    named_for,
)
from pipeline.stages.visits.events.told_occasions import is_of_rite, land_of_occasion
from pipeline.stages.visits.places.passages import is_by_the_way
from pipeline.stages.visits.tables import word_set

#: How many sentences back the event may be told.
_REACH = 3


def event_scene(
    reader: ArgumentReader,
    token: Token,
    *,
    needs_event: bool = True,
    own_place: bool = False,
    reach: int = _REACH,
    but: Collection[str | None] = (),
    listed: range = range(0),
    of_report: bool = False,
) -> tuple[Token | None, Spot | None]:
    """Return the event at which a passage is set and its place, told here or shortly before.

    Args:
        listed: the tokens of a list of guests, whose places are those of their offices.
        needs_event: whether the report's place alone is not enough.
        own_place: whether a place in the token's own sentence is enough.
        reach: how many sentences back the event may be told.
        but: countries where it cannot be.
        of_report: whether the one event of the whole report will do, however far off it is told.
    """
    scene = reader.scene
    number = scene.sentence_of[token.i]
    first: Token | None = None
    for back, at in scene.backwards(number, reach):
        sentence = scene.sentences[at]
        if back and any(is_occasion(t) and is_by_the_way(scene, t, token.i) for t in sentence):
            continue
        held_then = [t for t in sentence if is_occasion(t) and not is_of_office(scene, t)]
        event = min(held_then, key=lambda t: t.lower_ == "events", default=None)
        if event is None and back == 1 and listed:
            # "over dinner at the Ritz in Lima. Among those present were A and B"
            event = next((t for t in sentence if _is_meal(scene, t)), None)
        if (
            event is not None
            and first is not None
            and (_is_further(first, event) or is_named_otherwise(scene, first, event))
        ):
            continue  # "a meeting in Kampala" is not where the funeral was
        own_event = first is None
        first = first or event
        if event is None and (back or not own_place):
            continue
        held = held_at(scene, event) if event is not None else None
        if held is None and event is not None and own_event:
            held = named_for(scene, event)  # "the leaders who will attend the Lima summit are"
        if held is None and event is not None and own_event:
            held = reader.gatherings.own(event)
            held = held or (None if back else reader.gatherings.meant(event))
        if held is not None and scene.bounds(held.reference)[0] in listed:
            held = host_of(scene, event) if event is not None else None
        if back and of_report and held is None and _is_beside_report(reader, event, token):
            first = None if own_event else first
            continue
        spot = held or place_of(reader, sentence, token.i, listed=listed)
        if spot is None and event is not None:
            spot = (owner_of if is_of_person(event) else land_of_occasion)(scene, event)
            # "will attend the funeral of Tonga's king" in a report on "his funeral in Zagreb"
            chief = reader.understood.at_chief_event(token.i, event=event) if spot else None
            spot = chief or spot
            if spot is not None and scene.bounds(spot.reference)[0] in listed:
                spot = None  # "the funeral, in the presence of A, B and C": nobody buries them
        if spot is not None and spot.country not in but:
            return first or token, spot
        own = spot is not None and spot is held and event is first
        if own and spot is not None and _is_told_in(scene, spot, sentence):
            return first, None  # "Peru's president was in attendance at a fair in Lima"
    if first is None and needs_event:
        again = _of_rite_again(reader, token, but)
        return again if again[1] is not None or not of_report else _of_report(reader, token, but)
    if first is not None and (held := place_of_body(reader, first)) is not None:
        return first, held if held.country not in but else None
    if first is not None and any(c.lower_ in {"a", "an"} for c in first.children):
        goers = _where_goer_is(reader, first) if first.sent != token.sent else None
        if goers is not None and goers.country not in but:
            return first, goers
        return first, None  # "will send ministers to a fair", wherever it may be
    if reader.understood.is_called_on(token.i, but):
        return first, None
    but = {*but, *_left(reader, number, reach)}
    rite = reader.understood.at_rite(token.i) if first is None and listed else None
    if rite is not None and rite.country not in but:
        return first, rite
    told = _away_from_here(reader, token, first, but)
    told = told or reader.understood.set_in(token.i, but=but, event=first)
    if told is None and first is not None:
        told = reader.understood.at_chief_event(token.i, but=but, event=first)
    if told is None and of_report and first is not None and _may_be_of_report(first, token):
        return _of_report(reader, token, but)
    return first, told


def _away_from_here(
    reader: ArgumentReader, token: Token, event: Token | None, but: Collection[str | None]
) -> Spot | None:
    """Return where the report's own event is held, if that is not where it was written.

    "Manama: Nine leaders will attend the summit in Kuwait. … Mali will send its premier to the
    summit", which is none in Bahrain.
    """
    here = reader.scene.here
    if event is None or here is None:
        return None
    name = event.lemma_.lower()
    any_of_them = name in word_set("nameless_event", "any_event")
    if not any_of_them and name not in reader.understood.names_of_report(token.i):
        return None
    meant = None if any_of_them else event
    spot = reader.understood.at_chief_event(token.i, but=but, event=meant)
    return spot if spot is not None and spot.country != here.country else None


def _of_rite_again(
    reader: ArgumentReader, token: Token, but: Collection[str | None]
) -> tuple[Token | None, Spot | None]:
    """Return "the occasion", "the service" of a sentence, and where the report's rite is held."""
    sentence = reader.scene.sentence(token.i)
    told = (t for t in sentence if t.lemma_.lower() in words("rite_told_again") and is_known(t))
    again = next(told, None)
    spot = reader.understood.at_rite(token.i) if again is not None else None
    return (again, spot) if spot is not None and spot.country not in but else (None, None)


def _of_report(
    reader: ArgumentReader, token: Token, but: Collection[str | None]
) -> tuple[Token | None, Spot | None]:
    """Return the event of the report and its place, for a list of guests that names none."""
    told = reader.understood.of_report(token.i)
    return told if told is not None and told[1].country not in but else (None, None)


def _where_goer_is(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return Madrid of "X flew to Madrid. On Sunday he will attend a rally", held there."""
    verb = governing_verb(event)
    if verb is None or verb.lemma_ not in word_set("attends_bare"):
        return None
    subject = reader.scene.subject(verb)
    keys = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    told = (
        c
        for c in reversed(reader.told)
        if c.at < event.i and c.actor is not None and c.actor.key in keys
    )
    last = next(told, None)
    if last is None or last.status not in MADE or last.previous:
        return None
    return last.spot


def _is_beside_report(reader: ArgumentReader, event: Token | None, token: Token) -> bool:
    """Tell the wedding of "X put off his wedding to attend", in a report on somebody's funeral.

    Args:
        event: one of which no place is told, and which another sentence names.
    """
    if event is None or event.lemma_.lower() in word_set("nameless_event", "any_event"):
        return False
    named = reader.understood.names_of_report(token.i)
    own = any(t.dep_ == "poss" and t.tag_ == "PRP$" for t in event.children)
    return own and bool(named) and event.lemma_.lower() not in named


def _may_be_of_report(event: Token, token: Token) -> bool:
    """Tell "the conclave" from "a summit", and what was told but in passing before.

    "The venue was built for the games of 2010" stands beside the report's own event.
    """
    bare = event.i > 0 and event.nbor(-1).lower_ == "the"
    return event.sent != token.sent or (bare and event.pos_ == "NOUN")


def is_of_office(scene: Scene, token: Token) -> bool:
    """Tell the council of "the European Council president", the "crown" of "the crown prince".

    So the house of "X, Speaker of the National Assembly".
    """
    told = [token]
    if token.text[:1].isupper() and token.dep_ == "pobj" and token.head.lower_ == "of":
        if is_body_led(token):
            return True
        told.append(token.head.head)
    return any(r.kind in {"person", "office"} for t in told for r in scene.at(t.i))


def _is_meal(scene: Scene, token: Token) -> bool:
    """Tell "dinner at the Ritz in Lima", a meal of which it is told where it was."""
    return token.lemma_.lower() in word_set("meal_of_visit") and held_at(scene, token) is not None


def _is_told_in(scene: Scene, spot: Spot, sentence: Span) -> bool:
    """Tell a place of the sentence itself from one that another tells of its event."""
    return sentence.start <= scene.bounds(spot.reference)[0] < sentence.end


def _left(reader: ArgumentReader, number: int, reach: int) -> set[str | None]:
    """Return the countries of "left Peru to attend the summit", which is not held there."""
    found: set[str | None] = set()
    for _, at in reader.scene.backwards(number, reach):
        for verb in reader.scene.sentences[at]:
            if verb.pos_ == "VERB" and verb.lemma_ in word_set("leaves_for_event"):
                found |= {spot.country for spot in reader.scene.spots(verb.i + 1)}
    return found


def _is_further(event: Token, other: Token) -> bool:
    """Tell a common noun's event told before another of its own name ("a summit", "the burial").

    "The funeral" is no "security meeting in Kampala" of which a sentence before it tells.
    """
    named_so = event.lemma_.lower() == other.lemma_.lower()
    nameless = word_set("nameless_event")
    if other.lemma_.lower() in nameless and event.lemma_.lower() not in nameless:
        indefinite = any(c.lower_ in {"a", "an"} for c in other.children)
        return indefinite and event.pos_ == "NOUN" and event.lemma_ not in word_set("any_event")
    vague = {event.lemma_.lower(), other.lemma_.lower()} & nameless
    return not named_so and not vague and event.pos_ == other.pos_ == "NOUN"


def is_occasion(token: Token) -> bool:
    """Tell "summit", "funeral", and the verbs of an oath, a burial, an opening.

    No headline's "Holden meets leaders", which the tagger may take for a noun.
    """
    lemma = token.lemma_.lower()
    if token.lower_ == "meets":
        return False
    if lemma in word_set("swearing_in"):
        return not any(c.lemma_ in word_set("signed_in_sorrow") for c in token.children)
    if is_of_rite(token):
        return True
    listed = lemma in words("event") or token.lower_ in words("event")
    noun = token.pos_ in NOUNS or describes_rite(token)
    return (noun and listed and lemma not in word_set("no_rite")) or _is_great_match(token)


def _is_great_match(token: Token) -> bool:
    """Tell the World Cup final, to which heads of state come, from any other final."""
    if token.lower_ != "final":
        return False
    led = [c for c in token.children if c.dep_ == "compound"] + list(prep_objects(token, "of"))
    return any(t.lower_ in word_set("great_matches") for t in led)


def place_of(
    reader: ArgumentReader,
    sentence: Span,
    i: int,
    *,
    verb: Token | None = None,
    listed: range = range(0),
) -> Spot | None:
    """Return where a sentence is set: the place behind "in" or "at", "here", "there".

    Args:
        listed: tokens to leave out.
        i: the token to which the nearest of several places belongs.
        verb: the verb to whose phrases the place must belong; None for any.
    """
    scene = reader.scene
    found: list[tuple[bool, int, Spot]] = []
    for token in sentence:
        if (verb is not None and not _is_of(token, verb)) or token.i in listed:
            continue
        if token.lower_ in {"in", "at", "on", "near", "outside"} or _is_of_town(token):
            spots = reader.spots(token.i + 1, ())
            inside = reader.understood.located(token.i + 1, spots[0].end) if spots else ()
            if scene.is_of_matter(token.i + 1) or is_of_absent(token):
                continue  # "to end the war in Sudan", "as the president is in Lima"
            if spots and scene.bounds(spots[0].reference)[0] in listed:
                continue  # "leaders, including those of Peru and Chile, arrived in the capital"
            if spots and (any(inside) or spots[0].start > token.i):
                place = scene.doc[spots[0].start]
                if is_of_other_matter(place) and i not in range(sentence.start, sentence.end):
                    continue  # "She was buried on Monday. She had died in Lima"
                before = is_of_time_before(scene, place)
                found.append((before, abs(token.i - i), spots[0]))
        elif token.lower_ == "here" and token.pos_ == "ADV" and not _presents(token):
            ground = scene.here or scene.ground()
            if ground is not None:
                found.append((False, abs(token.i - i), ground))
        elif token.lower_ == "there" and token.dep_ == "advmod" and token.i > sentence.start:
            spot = reader.understood.there(token.i, but=_lands_of_doer(scene, token.head))
            if spot is not None:
                found.append((False, abs(token.i - i), spot))
    return min(found, key=lambda entry: entry[:2])[2] if found else None


def _is_of_town(of: Token) -> bool:
    """Tell the "of" of "Thousands lined the streets of Lima for the funeral"."""
    return of.lower_ == "of" and of.head.lemma_ in word_set("part_of_town")


def _lands_of_doer(scene: Scene, verb: Token) -> set[str | None]:
    """Return the Peru of "Peru's X was there, and so was Y", who is not told to be at home."""
    subject = scene.subject(verb)
    return {a.country for a in scene.actors(subject)} - {None} if subject is not None else set()


def is_of_absent(prep: Token) -> bool:
    """Tell where he is who is not there: "in the absence of X, who is in Lima", "as X was in Lima".

    So "with X in Lima, his deputy chaired the meeting".
    """
    be = prep.head
    beside = be.head if be.dep_ == "pobj" else be
    if beside.lower_ == "with":
        return beside.is_sent_start is True
    if be.lemma_ != "be" or be.dep_ not in {"relcl", "advcl"}:
        return False
    if be.dep_ == "advcl":
        return any(c.lower_ in word_set("of_excuse") for c in be.children if c.dep_ == "mark")
    return any(node.lemma_.lower() in word_set("absence") for node in be.ancestors)


def _presents(here: Token) -> bool:
    """Tell "Here is a list of those who came", which is of no place."""
    return here.i == here.sent.start and here.head.lemma_ == "be" and here.head.i == here.i + 1


def _is_of(token: Token, verb: Token) -> bool:
    """Tell "sat in the front row in Lima", not "spoke of the protests in Lima"."""
    if token.head == token:
        return False
    for node in token.ancestors:
        if node == verb:
            return True
        if node.pos_ in VERBS:
            return False
        if node.pos_ in {"ADP", "SCONJ"} and node.lower_ in word_set("of_a_topic"):
            return False
    return False


__all__ = ["event_scene", "is_occasion", "is_of_absent", "is_of_office", "place_of"]
