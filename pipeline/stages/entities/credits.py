"""Who is but credited with the text or a picture, which tells nothing of their country."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import word_set

_SIGNS = frozenset({",", "/", "(", "-", "–", "|"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONTRIBUTED = "contribute"
#: What opens the line of the writers, and how many tokens it has at most.
_OPENERS = frozenset({"By", "From", "BY", "FROM"})
_LINE = 20


def is_credited(doc: Doc, person: Person) -> bool:
    """Tell who wrote, edited or took what is printed, wherever it names them.

    "By Ana Ruiz, dpa", "Ana Ruiz/AP", "Editor: Ana Ruiz", "Ana Ruiz contributed to this report".
    """
    return any(_is_credit(doc, span) for span in person.spans)


def _is_credit(doc: Doc, name: NameSpan) -> bool:
    if name.source == "byline":
        return True
    before = doc[name.start - 1].text if name.start else ""
    behind = [token.text.lower() for token in doc[name.end : name.end + 2]]
    if behind[:1] and doc[name.end].lemma_ == _CONTRIBUTED:
        return True
    if behind[:1] and behind[0] in _SIGNS and behind[-1] in word_set("picture_agency"):
        return True
    return (before == "By" and not doc[name.start - 1].is_sent_start) or _is_in_line(doc, name)


def _is_in_line(doc: Doc, name: NameSpan) -> bool:
    """Tell a line of writers: "From Ana Ruiz, Lagos and Juan Mora, Kano"."""
    start = name.start
    while start > max(0, name.start - _LINE) and not doc[start - 1].is_space:
        start -= 1
    line = doc[start : start + _LINE]
    end = next((token.i for token in line if token.i >= name.end and token.is_space), len(doc))
    whole = end <= start + _LINE and all(t.tag_ not in _FINITE for t in doc[start:end])
    return whole and doc[start].text in _OPENERS


__all__ = ["is_credited"]
