"""States with which a change's parties are only compared: they are none of them.

"Raised their ties to a strategic partnership, the same tier as Lima's ties with Peking"; "on a par
with those it has with Chile and Peru"; "a rank so far reserved for Chile"; "the second such
pact after one with Chile".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.stages.upgrades.tables import words

#: How far behind "same" or "par" the word stands that names what is compared, in tokens.
_REACH = 5
#: No more tokens than this tell with whom something is compared.
_LONGEST = 24


def compared(scene: Scene) -> frozenset[int]:
    """Return the tokens of what a text only compares with."""
    found: set[int] = set()
    marks = words("compares", "ranks_by", "stands_for_deal")
    for token in scene.tokens:
        if token.lower_ in marks:
            start = _behind(token)
            if start is not None:
                found.update(_told(scene, start))
    return frozenset(found)


def _behind(token: Token) -> int | None:
    """Return the token behind the "as" of "the same rank as", the "with" of "on a par with"."""
    doc, end = token.doc, min(token.i + _REACH, token.sent.end)
    if token.lower_ in words("stands_for_deal"):
        at = token.i - 1 - (token.i > 1 and doc[token.i - 1].lower_ == "the")  # "like the one with"
        near = [t.lower_ for t in (*doc[max(at, 0) : at + 1], *doc[token.i + 1 : token.i + 2])]
        like = near[:1] != [] and near[0] in words("follows_deal") and near[-1] == "with"
        return token.i + 2 if like else None
    if token.lower_ in words("ranks_by"):
        before = {t.lower_ for t in doc[max(token.i - 2, 0) : token.i]}
        # "just below Fiji's partnership with Peru", not "the level above theirs"
        return token.i + 1 if before & words("ranks") else None
    leads = {"as", "that"} if token.lower_ == "same" else words("compares_with")
    for i in range(token.i + 1, end):
        if doc[i].lower_ in leads:
            return i + 1
        when = doc[i].lemma_.lower() in words("moment")
        if token.lower_ != "same" or when or doc[i].pos_ in {"VERB", "AUX", "PUNCT"}:
            return None
    return None


def _told(scene: Scene, start: int) -> Iterator[int]:
    """Yield the tokens of a comparison, up to the next clause."""
    doc, end = scene.doc, min(scene.sentence(start - 1).end, start + _LONGEST)
    stands = words("keeps", "give", "standing")
    for i in range(start, end):
        token = doc[i]
        if token.pos_ in VERBS and token.lemma_.lower() not in stands:
            return
        if token.text in {";", ":"}:
            return
        if token.text == "," and not _goes_on(scene, i + 1, end):
            return
        yield i


def _goes_on(scene: Scene, start: int, end: int) -> bool:
    """Tell the comma of "as Chile, Peru and Chad" from one that closes the comparison."""
    behind = start + (text_at(scene.doc, start) in {"and", "or", "the"})
    return behind < end and any(r.country for r in scene.at(behind))


__all__ = ["compared"]
