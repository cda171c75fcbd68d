"""Who is but credited with the text or a picture, which tells nothing of their country."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import word_set

_SIGNS = frozenset({",", "/", "(", "-", "–", "|"})
_CONTRIBUTED = "contribute"


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
    return before == "By" and not doc[name.start - 1].is_sent_start


__all__ = ["is_credited"]
