"""Bodies that one joins or leaves in turn: "joined the EU in 1995, NATO in 2004 and the OECD".

Told by the order of the words, since the parse hangs such bodies and days anywhere.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE
from pipeline.stages.upgrades.memberships.bodies import named_at
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: The first body stands within so many tokens of the word that tells the step.
_REACH = 9
#: So many bodies with a day of their own are a row.
_LEAST = 2


def dated_bodies(reading: Reading, token: Token) -> dict[str, str | None]:
    """Return the day on which one joined or left each of a row of bodies; empty for no such row.

    Of "In 1995 it joined the EU, followed by NATO in 2004" the first has none behind it.

    "Joined the EU in 1995, NATO in 2004", "became a member of the EU in 1995 and of NATO in 2004"
    fire; "joined the EU in 1995 and left NATO in 2004", "joined the EU and NATO in 1995" do not.
    """
    doc, end = token.doc, reading.scene.sentence(token.i).end
    at = token.i + 1
    while at < min(end, token.i + _REACH) and _body_at(reading, at)[0] is None:
        at += 1
    found: dict[str, str | None] = {}
    waiting: list[str] = []
    days, last = 0, at
    while at < end:
        if waiting and not found and doc[at].lower_ in words("next_body"):
            found, waiting, days = dict.fromkeys(waiting), [], 1
        body, behind = _body_at(reading, at)
        if body is not None:
            waiting.append(body)
            last = at
            told = reading.clock.date_behind(behind)
            at = behind if told is None else told[1]
            if told is not None:
                found |= {code: told[0] for code in waiting if code not in found}
                waiting, days = [], days + 1
        elif doc[at].lower_ in words("body_joint", "partner_joint"):
            at += 1
        else:
            break
    if days and at < end and doc[at].tag_ in FINITE | {"MD"} and _opens_clause(doc, last):
        found.popitem()
        days -= 1
    return found if days >= _LEAST else {}


def named_behind(reading: Reading, token: Token) -> set[str]:
    """Return the bodies that a sentence names behind a token."""
    behind = token.doc[token.i + 1 : reading.scene.sentence(token.i).end]
    return {code for node in behind if (code := named_at(reading, node)) is not None}


def _opens_clause(doc: Doc, body: int) -> bool:
    """Tell the NATO of "joined the EU in 1995, and NATO in 2004 praised it"."""
    before = [t.lower_ for t in doc[max(0, body - 3) : body] if t.lower_ != "the"]
    return before[-2:] == [",", "and"]


def _body_at(reading: Reading, at: int) -> tuple[str | None, int]:
    """Return the body whose name begins at a token, and the token behind the name."""
    bodies = words("has_members", "agency_of_states")
    told = [r for r in reading.scene.at(at) if r.country in bodies]
    if not told:
        return None, at
    longest = max(told, key=lambda r: len(r.text))
    return longest.country, max(reading.scene.bounds(longest)[1], at + 1)


__all__ = ["dated_bodies", "named_behind"]
