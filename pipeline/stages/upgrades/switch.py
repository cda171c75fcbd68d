"""Recognition switched from one capital to another."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.upgrade import Change
from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.status import status_of
from pipeline.stages.upgrades.tables import Trigger, words

#: How far behind the trigger the two ends are looked for, in tokens.
_REACH = 16
_CHANGES: tuple[tuple[str, Change], ...] = (("from", "severance"), ("to", "establishment"))


def read_switch(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "switched recognition from Taipei to Beijing": one tie lost, one made."""
    told = {node.lemma_.lower() for node in token.subtree} & words("switched")
    if not told:
        return
    level = "recognition" if "recognition" in told else "diplomatic_relations"
    status = status_of(reading.scene, token)
    owners = reading.parties.owners(token)
    if status is None or not owners:
        return
    ends = _ends(reading.scene, token)
    date = reading.date(token)
    for word, change in _CHANGES:
        if word in ends and ends[word] != owners[0]:
            yield Candidate(
                rule=trigger.id,
                at=token.i,
                parties=frozenset({owners[0], ends[word]}),
                level=level,
                change=change,
                status=status,
                date=date,
                score=trigger.score,
            )


def _ends(scene: Scene, token: Token) -> dict[str, str]:
    """Return the country behind the first "from" and "to" that have one."""
    found: dict[str, str] = {}
    for i in range(token.i + 1, min(scene.sentence(token.i).end, token.i + _REACH)):
        word = scene.doc[i].lower_
        spots = scene.spots(i + 1) if word in {"from", "to"} else ()
        if spots:
            found.setdefault(word, spots[0].country)
    return found


__all__ = ["read_switch"]
