"""Whether two events of one kind bear other names: "the SCO summit", "the EU-Africa Summit"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import NOMINALS
from pipeline.neighbours import text_at
from pipeline.stages.visits.tables import word_set

#: How far before its head an event's name begins, in tokens.
_REACH = 8
_JOINTS = frozenset({"-", "–", "'s", "’s", "of", "on", "and", "(", ")", "+"})


def is_named_otherwise(scene: Scene, event: Token, other: Token) -> bool:
    """Tell "the EU-Africa Summit" from "the SCO summit in Astana": both are named, not alike.

    "The summit", "the Shanghai Cooperation Organization summit", "the Astana summit" may be the
    SCO summit in Astana.
    """
    one, two = _names(scene, event), _names(scene, other)
    if not one or not two or one & two:
        return False
    return not (_initials(event) & two or _initials(other) & one)


def _names(scene: Scene, event: Token) -> set[str]:
    """Return the words that name an event, in lower case, and the bodies that these mean.

    None for one that is named for a town, by which any event held there may be called.
    """
    found: set[str] = set()
    for token in (*_before(event), *names_behind(event)):
        if any(r.kind == "place" or r.form == "metonym" for r in scene.at(token.i)):
            return set()
        found |= {r.country for r in scene.at(token.i) if r.country}
        found.add(token.lower_)
    return found


def _initials(event: Token) -> set[str]:
    """Return "sco" for "the (summit of the) Shanghai Cooperation Organization (summit)"."""
    named = ("".join(t.text[0] for t in words) for words in (_before(event), names_behind(event)))
    return {letters.lower() for letters in named if len(letters) > 1}


def _before(event: Token) -> list[Token]:
    """Return the capitalised words of an event's name before its head."""
    start = max(event.sent.start - 1, event.i - _REACH)
    return _named(event.doc[at] for at in range(event.i - 1, start, -1))[::-1]


def names_behind(event: Token) -> list[Token]:
    """Return the capitalised words of "the Summit of the Caspian Littoral States"."""
    of = text_at(event.doc, event.i + 1) == "of"
    return _named(event.doc[event.i + 2 : min(event.sent.end, event.i + _REACH)]) if of else []


def _named(tokens: Iterable[Token]) -> list[Token]:
    """Return the capitalised words up to the first that no name has."""
    found: list[Token] = []
    for token in tokens:
        named = token.text[:1].isupper() or token.text[:1].isdigit()
        if named and token.pos_ in NOMINALS and not token.is_sent_start:
            if token.lower_ not in word_set("any_events_name"):
                found.append(token)
        elif token.lower_ not in _JOINTS and token.lower_ not in word_set("any_events_name"):
            break
    return found


__all__ = ["is_named_otherwise", "names_behind"]
