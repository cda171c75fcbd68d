"""Those who did the same before: "the fifth country to renew ties, after Togo and Liberia"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.makers import is_one_of_order
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words


def read_preceding(
    reading: Reading, token: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the changes of those listed behind "after", where one is the next of several."""
    first = next((c for c in made if c.status == "completed" and c.change != "upgrade"), None)
    owner = first.owners[0] if first is not None and len(first.owners) == 1 else None
    if first is None or owner not in first.parties or not _is_next(token):
        return
    doc = reading.scene.doc
    for i in range(token.i + 1, reading.scene.sentence(token.i).end - 1):
        if doc[i].lower_ not in words("after_others"):
            continue
        listed = reading.parties.listed_from(i + 1)
        end = max(listed.values(), default=0)
        if not listed or doc[end - 1].dep_ == "nsubj" or doc[end : end + 1].text in {"'s", "’s"}:
            continue
        for code, behind in listed.items():
            if code not in first.parties:
                told = reading.clock.date_behind(behind)
                yield replace(
                    first,
                    rule="preceding",
                    parties=(first.parties - {owner}) | {code},
                    date=told[0] if told else None,
                    report=None,
                    owners=(code,),
                    score=round(first.score * 0.85, 3),
                )
        return


def _is_next(token: Token) -> bool:
    """Tell whether a trigger hangs on "the fifth country"."""
    return any(node.pos_ == "NOUN" and is_one_of_order(node) for node in token.ancestors)


__all__ = ["read_preceding"]
