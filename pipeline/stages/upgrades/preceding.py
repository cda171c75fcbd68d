"""Those who did the same before: "the fifth country to renew ties, after Togo and Liberia"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.doers import is_one_of_order
from pipeline.stages.upgrades.orders import order_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How far behind "following" the "by" of "a similar decision by" stands, in tokens.
_SIMILAR = 6


def read_preceding(
    reading: Reading, token: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the changes of those listed behind "after", where one is the next of several."""
    first = next((c for c in made if c.status == "completed" and c.change != "upgrade"), None)
    makers = [code for code in first.owners if code in first.parties] if first is not None else []
    if first is None or len(makers) != 1:
        return
    owner = makers[0]
    known = {code for candidate in made for code in candidate.parties}
    if _is_joined_in(token):
        for code in reading.parties.listed_from(token.head.head.i + 1):
            if code not in known:
                yield _of_another(first, owner, code, None)
        return
    is_next = _is_next(token)
    doc = reading.scene.doc
    order = order_before(token)
    for i in range((order or token).i + 1, reading.scene.sentence(token.i).end - 1):
        if doc[i].lower_ not in words("after_others"):
            continue
        likewise = _behind_similar(doc, i + 1)
        listed = _listed(reading, likewise or i + 1)
        end = max((behind for _, behind, _ in listed), default=0)
        if not listed or doc[end - 1].dep_ == "nsubj" or doc[end : end + 1].text in {"'s", "’s"}:
            continue
        whole = len(listed) > 1 and _closes(reading, end)
        if not (is_next or likewise or whole) and not _are_earlier(listed, first.date):
            continue
        for code, _, told in listed:
            if code not in known:
                yield _of_another(first, owner, code, told)
        return


def _behind_similar(doc: Doc, start: int) -> int | None:
    """Return the token behind "a similar decision by", which others took before; else None."""
    phrase = [token.lower_ for token in doc[start : start + _SIMILAR]]
    at = next((n for n, word in enumerate(phrase) if word in {"by", "of", "from"}), None)
    if at is None or not set(phrase[:at]) & words("likewise"):
        return None
    step = any(token.lemma_.lower() in words("step") for token in doc[start : start + at])
    return start + at + 1 if step else None


def _closes(reading: Reading, end: int) -> bool:
    """Tell a list that ends its sentence ("cuts ties with Peru after Chile, Chad")."""
    rest = reading.scene.doc[end : reading.scene.sentence(end - 1).end]
    return all(token.is_punct or token.is_space for token in rest)


def _of_another(first: Candidate, owner: str, code: str, date: str | None) -> Candidate:
    """Return the change that another made with the same partner before."""
    return replace(
        first,
        rule="preceding",
        parties=(first.parties - {owner}) | {code},
        date=date,
        report=None,
        owners=(code,),
        score=round(first.score * 0.85, 3),
    )


def _is_joined_in(token: Token) -> bool:
    """Tell "joined Peru and Chile in cutting ties", "followed Peru in recognising it"."""
    joins = token.head.head.lemma_.lower() in words("joins")
    return token.dep_ == "pcomp" and token.head.lower_ == "in" and joins


def _listed(reading: Reading, start: int) -> list[tuple[str, int, str | None]]:
    """Return those listed, the token behind each and its date ("Togo in 2009 and Peru in 2011")."""
    found: list[tuple[str, int, str | None]] = []
    at: int | None = start
    while at is not None:
        behind = reading.parties.listed_from(at)
        at = None
        for code, end in behind.items():
            told = reading.clock.date_behind(end)
            found.append((code, end, told[0] if told else None))
            at = told[1] if told else None
    return found


def _are_earlier(listed: Sequence[tuple[str, int, str | None]], date: str | None) -> bool:
    """Tell "following Egypt in 1979 and Jordan in 1994" of ties opened in 2020."""
    return date is not None and all(told is not None and told < date for _, _, told in listed)


def _is_next(token: Token) -> bool:
    """Tell whether a trigger hangs on "the fifth country", or on the verb that names it so."""
    if order_before(token) is not None:
        return True
    over = token.head if token.dep_ in {"xcomp", "ccomp", "advcl"} else None
    named = [c for c in over.children if c.dep_ in {"attr", "nsubj", "dobj"}] if over else []
    nodes = [*token.ancestors, *(n for n in named if n.i < token.i), *_own_subject(token)]
    return any(n.pos_ in {"NOUN", "ADJ"} and is_one_of_order(n) for n in nodes)


def _own_subject(token: Token) -> list[Token]:
    """Return the "nation" of "made Peru the third nation to open ties", as the parse has it."""
    return [c for c in token.children if c.dep_ == "nsubj"]


__all__ = ["read_preceding"]
