"""Private persons, named beside an event, who are of no country that the article tells."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import word_set

#: How far behind a name the noun of its apposition stands, in tokens.
_REACH = 5
#: Of how many years one is told in "Rasel, 40,".
_YOUNGEST, _OLDEST = 1, 110
_SIGNS = frozenset({",", "("})
#: What ends the phrase that tells who one is.
_CLOSING = frozenset({",", ".", ";", ":", ")"})


def is_private(doc: Doc, person: Person) -> bool:
    """Tell a resident, a pupil, a victim's father from those of whom a country's news tells.

    "Teacher Ana Ruiz", "Ana Ruiz, the mother of a pupil,", "Ana Ruiz (14)" and "their daughter,
    Ana" fire; one who holds an office does not.
    """
    if person.leader is not None:
        return False
    if person.offices:
        return all(o.form.form in word_set("private_person") for o in person.offices)
    return any(_is_aged(doc, span) or _is_told_private(doc, span) for span in person.spans)


def _is_aged(doc: Doc, name: NameSpan) -> bool:
    """Tell "Ana Ruiz, 34, said", "Ana Ruiz (14)", "34-year-old Ana Ruiz"."""
    if doc[max(0, name.start - 4) : name.start].text.lower().endswith("-year-old"):
        return True
    behind = doc[name.end : name.end + 3]
    if len(behind) < 2 or behind[0].text not in _SIGNS:
        return False
    told = behind[1].text
    aged = told.isascii() and told.isdigit() and _YOUNGEST <= int(told) <= _OLDEST
    return aged and behind[-1].text in _CLOSING


def _is_told_private(doc: Doc, name: NameSpan) -> bool:
    """Tell the worker of "school worker X", the mother of "X, whose mother", "X, a resident"."""
    private = word_set("private_person")
    at = name.start - 1
    at -= at > 0 and doc[at].text == ","
    if at >= 0 and doc[at].text.islower() and doc[at].lemma_ in private:
        # "his father X" is whosever the one is of whom one tells
        return not any(t.tag_ in {"PRP$", "POS"} for t in doc[max(0, at - 2) : at])
    if at >= 0 and doc[at].is_sent_start and doc[at].lemma_.lower() in private:
        return True
    if doc[name.end : name.end + 1].text != ",":
        return False
    for token in doc[name.end + 1 : name.end + 1 + _REACH]:
        if token.text in _CLOSING or token.pos_ in {"VERB", "AUX", "ADP"}:
            return False
        if token.lemma_ in private and token.text.islower():
            return True
    return False


__all__ = ["is_private"]
