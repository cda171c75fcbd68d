"""One change for each state that makes it with the same one, with its own day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.upgrade import Change, UpgradeStatus
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.counted_lists import apart_by
from pipeline.stages.upgrades.dates.respective import listed_dates, respective_dates
from pipeline.stages.upgrades.outcome.status import is_meant
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.recognisers import own_days
from pipeline.stages.upgrades.tables import Trigger


def each_doer(
    reading: Reading,
    token: Token,
    trigger: Trigger,
    owners: Sequence[str],
    code: str | None,
    level_text: str,
    status: UpgradeStatus,
    change: Change = "establishment",
    level: str = "recognition",
) -> Iterator[Candidate]:
    """Yield the recognition of a state, or its end, one for each that grants it.

    Likewise the membership of a body, one for each that joins or leaves it.
    """
    pairs = [frozenset({code, owner}) for owner in owners if code and code != owner]
    in_turn = respective_dates(reading, token, pairs) | listed_dates(reading, token, pairs)
    own = own_days(reading, token) if len(pairs) > 1 else {}
    apart = apart_by(reading.parties, token.i) if len(pairs) > 1 else {}
    for owner in owners:
        if code and owner and code != owner:
            pair = frozenset({code, owner})
            shared = reading.clock.since(token) or reading.date(token)
            date = in_turn.get(pair) or own.get(owner) or apart.get(owner, shared)
            date = reading.last_weekday(token, date) if date is not None else None
            if date is not None and is_meant(token) and not reading.is_to_come(date):
                date = None  # the day on which the intention is told
            if status == "completed" and date is not None and reading.is_to_come(date):
                status = "planned"
            elif status == "planned" and date is not None and reading.is_over(token, date):
                status = "completed"
            yield Candidate(
                rule=trigger.id,
                at=token.i,
                parties=pair,
                level=level,
                level_text=level_text,
                change=change,
                status=status,
                date=date,
                score=trigger.score,
                owners=(owner,),
                named=token.pos_ == "NOUN" and date is None,
            )


__all__ = ["each_doer"]
