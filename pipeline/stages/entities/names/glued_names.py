"""Names to which a lost space or a bracket has glued more, or which it parts ("Luis] Ruiz")."""

from __future__ import annotations

import re
from collections.abc import Collection

from spacy.tokens import Doc

from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name, leaders_by_surname, leaders_named
from pipeline.stages.entities.tables import word_set

#: A verb of speech without the space before it, and a bracket that opens within a word.
_VERB = re.compile(r"(?<=[a-zà-ÿ])(?:said|says|told)$")
_BRACKET = re.compile(r"(?<=\w)[(\[].*$")
#: The last word of a heading, glued to the first of the story: "SAYSThe".
_RUN_ON = re.compile(r"[A-Z]{3,}[A-Z][a-z]+|[a-z]{3,}[A-Z][a-z]+")
#: How many letters of a last word are left at least.
_SHORTEST = 3
#: How far before a name the bracket may open in which it begins, in tokens.
_REACH = 8


def unglued(text: str, words: Collection[str], names: Collection[str] = ()) -> str:
    """Return a name without the verb or bracket glued to its last word.

    "Ana Ruizsaid" becomes "Ana Ruiz" where the text has a Ruiz, or one leads a country; "Kais
    Bensaid" stays.

    Args:
        words: those of the text.
        names: those of two words and more that the model marks.
    """
    text = _BRACKET.sub("", text)
    cut = _VERB.sub("", text)
    last = cut.split()[-1] if cut.strip() else ""
    if cut != text and (last in words or fold(last) in leaders_by_surname()):
        return cut
    return _without_word(text, words, names) or text


def _without_word(text: str, words: Collection[str], names: Collection[str]) -> str:
    """Return the "Ana Ruiz" of "Ana Ruizand", whom the text or the world knows, or ""."""
    first, _, last = text.rpartition(" ")
    if not first or not last.isalpha() or leaders_named(text):
        return ""
    for word in word_set("glued_word"):
        cut = text.removesuffix(word)
        if cut == text or len(last) - len(word) < _SHORTEST:
            continue
        called = len(word) > _SHORTEST and last.removesuffix(word) in words
        if called or cut in names or fold(cut) in leaders_by_name():
            return cut
    return ""


def is_run_on(text: str) -> bool:
    """Tell "SAYSThe" from a name: the end of a heading and the first word behind it."""
    prefixes = tuple(word_set("glued_prefix"))
    return bool(_RUN_ON.fullmatch(text)) and not text.lower().startswith(prefixes)


def over_editors_bracket(doc: Doc, start: int, end: int) -> int:
    """Return the end of the name of "[Peru's President Luis] Osorio", half of it the editor's.

    Not of "[said Luis] On Monday", "[Luis], Osorio".
    """
    last = doc[end + 1 : end + 2]
    if end + 1 >= len(doc) or doc[end].text != "]" or not doc[end].whitespace_:
        return end
    opens = next((t for t in reversed(doc[max(0, start - _REACH) : start]) if t.text in "[]"), None)
    named = last.text.istitle() and last[0].is_alpha and last[0].pos_ == "PROPN"
    other = last[0].ent_type_ not in {"", "PERSON", "ORG"} or last[0].is_sent_start
    return end + 2 if opens is not None and opens.text == "[" and named and not other else end


__all__ = ["is_run_on", "over_editors_bracket", "unglued"]
