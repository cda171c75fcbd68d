"""Who takes part in a meeting that names them: "talks in Rome that also included A and B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_noun, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, TENSED
from pipeline.neighbours import prep_objects, text_at, word_at
from pipeline.signs import APOSTROPHE_S, GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.at_events import event_at
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.seats import seat_before
from pipeline.stages.visits.tables import verb_rules, word_set

#: What stands between what is said and who says it.
_SPOKEN_BY = frozenset({"from", "by"})


def participants(reader: ArgumentReader, mark: Token) -> Iterator[Candidate]:
    """Read those whom a word like "including", "involving" names of a meeting or of who met.

    "Leaders gathered in Rome, including A", "the talks in Rome involved A" fire; "the agenda in
    Rome included A's plan", "leaders, including A, condemned the raid in Rome" do not.
    """
    if mark.lower_ not in word_set("names_participants") or reader.is_remote(mark):
        return
    guests = _guests(reader, mark)
    told = _meeting(reader, mark, guests) if guests else None
    if told is None:
        return
    spot, fact, anchor = told
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    for guest in guests:
        if guest.country not in {None, spot.country} and not is_seated(guest, spot.country):
            yield reader.make_met(
                rule,
                anchor,
                actor=guest,
                spot=spot,
                fact=fact,
            )


def participant_words() -> frozenset[str]:
    """Return the words at which `participants` reads."""
    return word_set("names_participants")


def _guests(reader: ArgumentReader, mark: Token) -> list[Actor]:
    """Return the persons of the list behind a word, if one of them holds an office."""
    at = mark.i + 1
    if mark.lower_ == "among":
        if word_at(mark.doc, at) not in {"them", "others", "whom"}:
            return []
        at += 1
    elif mark.lower_ in _SPOKEN_BY and not _are_spoken(mark):
        return []
    while word_at(mark.doc, at) in {":", "both", "were", "are", "also"}:
        at += 1
    named = listed_from(reader, at)
    led = any(
        a.reference.role_kind in words("leading_class") | word_set("heads_body") for a in named
    )
    last = named[-1] if named else None
    owned = last is not None and text_at(mark.doc, last.token + 1) in APOSTROPHE_S
    return [a for a in named if not a.reference.guessed] if led and not owned else []


def listed_from(reader: ArgumentReader, at: int) -> list[Actor]:
    """Return the persons of the list at a token, and the offices that it gives without a name."""
    scene, found = reader.scene, list[Actor]()
    while at < len(scene.doc):
        listed = [a for a in scene.listed_at(at) if a.reference.name]
        behind = scene.listed_at(_behind_owner(reader, at))
        listed = listed or [a for a in behind if a.reference.name]
        listed = listed or [
            a
            for a in scene.offices_at(at)
            if not a.reference.plural and scene.bounds_of(a.reference)[0] == at
        ]
        if not listed:
            break
        found += listed
        at = end = max(scene.bounds_of(a.reference)[1] for a in listed)
        while text_at(scene.doc, at) in {",", ";", "and"}:
            at += 1
        if at == end:
            break
    return found


def _behind_owner(reader: ArgumentReader, at: int) -> int:
    """Return the token behind "Peru's" at token `at`, else `at`."""
    scene = reader.scene
    for i in range(at, min(at + 2, len(scene.doc))):  # "the Philippines'"
        for place in scene.places_in(i, i + 1):
            end = scene.bounds(place)[1]
            if text_at(scene.doc, end) in GENITIVES:
                return end + 1
    return at


def _are_spoken(mark: Token) -> bool:
    """Tell the "from" of "speeches from A and B", the "by" of "addresses by A and B"."""
    return mark.i > 0 and mark.nbor(-1).lemma_.lower() in word_set("speech_noun")


def _meeting(
    reader: ArgumentReader, mark: Token, guests: Sequence[Actor]
) -> tuple[Spot, Fact, Token] | None:
    """Return where those met whom a word names, whether they did, and the word that tells it."""
    verb = mark if _is_verb(mark) else governing_verb(mark)
    noun = _noun(reader, mark, verb)
    if noun is not None:
        spot = reader.local_spot(noun, None) or seat_before(reader, noun)
        spot = spot or (event_at(reader, noun) if is_event(noun) else None)
        if spot is None and _are_callers(noun):
            spot = reader.understood.set_in(mark.i, but={a.country for a in guests})
        return (spot, _fact(noun, mark), noun) if spot is not None else None
    if verb is None or verb == mark or verb.lemma_ not in word_set("<gathers>"):
        return None
    spot = reader.local_spot(verb, None) or next(iter(reader.places(verb, ("on", "upon"))), None)
    return (spot, fact_of_verb(verb), verb) if spot is not None and spot.start < mark.i else None


def _noun(reader: ArgumentReader, mark: Token, verb: Token | None) -> Token | None:
    """Return the meeting that includes those named, or that heard what they said."""
    if mark.lower_ in _SPOKEN_BY:
        heard = verb is not None and verb.lemma_ in word_set("hears")
        subject = reader.scene.subject(verb) if heard and verb is not None else None
    elif _is_verb(mark) and mark.dep_ in ADNOMINAL:
        subject = mark.head
    elif _is_verb(mark):
        subject = reader.scene.subject(mark)
    else:
        subject = mark.head
    if subject is None or subject.pos_ not in NOUNS:
        return None
    if verb is not None and _is_object(subject, verb):
        brought = reader.scene.subject(verb)  # "the summit drew leaders, including"
        subject = brought if brought is not None and is_event(brought) else subject
    subject = _whole(subject)
    met = subject.lemma_.lower() in word_set("met_at") or is_event(subject)
    met = met or _are_callers(subject)
    return subject if met else None


def _are_callers(noun: Token) -> bool:
    """Tell the "visitors" of "previous visitors, including A"."""
    told = noun.lemma_.lower() in word_set("visitor_noun") and noun.tag_ == "NNS"
    return told and any(c.lower_ in word_set("called_before") for c in noun.children)


def _is_object(noun: Token, verb: Token) -> bool:
    while noun.dep_ in {"conj", "appos"} and noun.head != noun:
        noun = noun.head
    return noun.dep_ in OBJECTS and noun.head == verb


def _is_verb(mark: Token) -> bool:
    """Tell "the talks included", "talks involving" from "leaders met, including"."""
    return mark.pos_ == "VERB" and mark.dep_ != "prep"


def _whole(part: Token) -> Token:
    """Return the conference of "the opening of the conference"."""
    if part.lemma_.lower() not in word_set("part_of_event"):
        return part
    heads = [h for h in prep_objects(part, "of") if h.dep_ == "pobj"]
    return heads[0] if heads else part


def _fact(noun: Token, mark: Token) -> Fact:
    """Return what is told of a meeting: by its own verb, or by that which names who was there.

    Those who came before have done so long since.
    """
    if _are_callers(noun):
        return Fact("completed", reason="pluperfect")
    if _is_verb(mark) and mark.tag_ in TENSED and mark.dep_ != "relcl":
        return fact_of_verb(mark)
    return fact_of_noun(noun)


__all__ = ["listed_from", "participant_words", "participants"]
