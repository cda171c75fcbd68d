"""What a clause behind a change tells of it: "the restoration of ties announced on Thursday"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.timing.of_trips import partial
from pipeline.labels import ADNOMINAL, NOUNS
from pipeline.stages.upgrades.dates.dates_beside import DatesBeside
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.tables import Trigger, noun_triggers, words


def day_of_clause_behind(clock: DatesBeside, token: Token) -> str | None:
    """Return the day of "hailed the resumption of ties with Peru that was announced on Thursday".

    Not that of "the resumption of ties with Peru, which signed a grain pact on Thursday". Also of
    "the first to withdraw it was Peru, which made the decision on Thursday".
    """
    for verb in _clauses(token) if token.pos_ in NOUNS else _steps_of_last(token):
        told = clock.between(verb.left_edge.i, verb.right_edge.i + 1)
        pairs = [pair for pair in (partial(date) for _, _, date in told) if pair is not None]
        if len(pairs) == 1:
            return single(pairs[0])
    return None


def tells_of_noun(token: Token, trigger: Trigger) -> bool:
    """Tell the "announced" of "the resumption of ties announced on Thursday", which opens none."""
    if trigger.id not in {"make", "open_ties"} or token.dep_ not in ADNOMINAL:
        return False
    changes = {
        row.change
        for noun in token.ancestors
        if noun.pos_ in NOUNS
        for row in noun_triggers().get(noun.lemma_.lower(), ())
        if token in _clauses(noun)
    }
    return bool(changes & {"restoration", "severance", "downgrade"})


def _steps_of_last(verb: Token) -> Iterator[Token]:
    """Yield the "took" of "the first to do it was Peru, which took the step in 2017"."""
    if verb.dep_ not in ADNOMINAL or verb.tag_ != "VB":
        return
    for clause in verb.sent[verb.i + 1 - verb.sent.start :]:
        objects = (c for c in clause.children if c.dep_ == "dobj")
        named_last = clause.dep_ == "relcl" and clause.head.dep_ == "attr"
        if named_last and any(c.lemma_.lower() in words("step") for c in objects):
            yield clause


def _clauses(noun: Token) -> Iterator[Token]:
    """Yield the clauses under a change that tell that it was announced, agreed, signed."""
    for verb in noun.subtree:
        if verb.dep_ in ADNOMINAL and verb.lemma_.lower() in words("made_known_then"):
            acts = {c.dep_: c for c in verb.children if c.dep_ in {"nsubj", "dobj"}}
            doer, done = acts.get("nsubj"), acts.get("dobj")
            itself = doer is None or doer.lower_ in words("relative")
            if itself and (done is None or done.lower_ in words("in_force")):
                yield verb


__all__ = ["day_of_clause_behind", "tells_of_noun"]
