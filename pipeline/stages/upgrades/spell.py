"""The upgrades stage's account of itself: a candidate in words, and why a trigger gave none."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words


def spell(candidate: Candidate) -> str:
    """Return a candidate's arguments in one line."""
    parts = [
        " – ".join(sorted(candidate.parties)),
        f"{candidate.change} to {candidate.level or 'no named level'}",
        candidate.status,
        candidate.date or "no date",
        f"score {candidate.score:.2f}",
    ]
    return ", ".join(parts)


def note_silence(reading: Reading, token: Token, trigger: Trigger) -> None:
    """Note why a trigger gave no candidate; "reached" without a word of relations is none."""
    sentence = reading.scene.sentence(token.i)
    levels = reading.levels.by_sentence.get(reading.scene.sentence_of[token.i])
    if not levels and not any(t.lemma_.lower() in words("tie") for t in sentence):
        return
    if not reading.levels.of(token):
        trace.silent(token.i, trigger.id, "no level of relations stands with it")
    else:
        trace.silent(token.i, trigger.id, "no two parties are told with it")


__all__ = ["note_silence", "spell"]
