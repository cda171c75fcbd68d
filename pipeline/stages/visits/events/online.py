"""Events held over screens, to which nobody travels, where another sentence tells so."""

from __future__ import annotations

from spacy.tokens import Span, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.tables import word_set

#: How many sentences back an event may be told to be held over screens.
_REACH = 2


def is_online(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell who joins an event that one of the sentences just before calls "virtual".

    Or met, or led a side, at what the sentence behind calls "the virtual meeting".
    """
    number = reader.scene.sentence_of[candidate.at]
    event = "event" in candidate.notes
    if event or "meeting" in candidate.notes or candidate.rule in word_set("side_led"):
        behind = reader.scene.beside(number, step=1)
        if behind is not None and _goes_on_online(behind):
            return True
    if not event:
        return False
    for _, n in reader.scene.backwards(number, _REACH):
        sentence = reader.scene.sentences[n]
        online = any(
            t.lower_ in word_set("held_online") and not _is_of_one(reader, t) for t in sentence
        )
        if online and any(is_event(t) or t.lemma_ in word_set("meets") for t in sentence):
            return not any(t.lower_ in word_set("held_in_person") for t in sentence)
    return False


def _is_of_one(reader: ArgumentReader, word: Token) -> bool:
    """Tell the "remotely" of "A and B were at the summit, while C joined remotely", C's alone."""
    verb = word.head
    if word.dep_ != "advmod" or verb.lemma_ not in word_set("takes_part_afar"):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    told = reader.scene.at(subject.i) if subject is not None else ()
    return any(r.kind in PERSONAL_KINDS and not r.plural for r in told)


def _goes_on_online(sentence: Span) -> bool:
    """Tell "The virtual annual meeting was aimed at trade", not "A virtual meeting will follow"."""
    for token in sentence:
        if token.lower_ not in word_set("held_online"):
            continue
        meeting = token.head
        held = is_event(meeting) or meeting.lemma_ in word_set("met_at")
        known = any(c.lower_ in words("definite") for c in meeting.children)
        if held and known and meeting.dep_ in SUBJECTS:
            return tense_of(meeting.head) != "future"
    return False


__all__ = ["is_online"]
