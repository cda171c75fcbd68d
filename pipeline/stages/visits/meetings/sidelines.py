"""What is done on the sidelines of an event: its place is the event's, and it is no trip."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.stages.visits.tables import word_set


def are_on_sidelines(tokens: Iterable[Token]) -> bool:
    """Tell words among which is the "sidelines" of "on the sidelines of a summit in Quito"."""
    return any(is_edge(token) for token in tokens)


def is_edge(token: Token) -> bool:
    """Tell the "sidelines" of "said on the sidelines of a summit in Quito"."""
    return token.lemma_ in word_set("edge_of_event")


__all__ = ["are_on_sidelines", "is_edge"]
