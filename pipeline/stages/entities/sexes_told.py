"""Whether a person is told to be a woman or a man."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.reference.fold import fold
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import sexes, word_set


def sex_of(doc: Doc, person: Person) -> str | None:
    """Return "female" or "male" by the name, else by what the person is called, or None.

    "Mrs Rojas", "Queen Margrethe", "Dilma Rousseff", "Le Thi Hoa" are women; of "Rojas" nothing is
    told.
    """
    given = sex_by_name(person)
    if given is not None:
        return given
    called = {doc[span.start - 1].lower_ for span in person.spans if span.start}
    called |= {doc[span.start].lower_ for span in person.spans}
    held = person.offices or [office for span in person.spans for office in span.offices]
    called |= {word for office in held for word in fold(office.title).split()}
    called = {word.strip(".") for word in called} - word_set("pronoun")
    told = [sex for sex in ("female", "male") if called & word_set(sex)]
    return told[0] if len(told) == 1 else None


def sex_by_name(person: Person) -> str | None:
    """Return "female" or "male" by given name or another part of the name, None if none tells."""
    return sexes().get(_given(person)) or _by_parts(fold(person.name).split()[1:])


def _by_parts(parts: Sequence[str]) -> str | None:
    """Tell a woman by words behind a given name ("Thi", "Olegovna"), or a man ("bin")."""
    for sex in ("female", "male"):
        endings = tuple(word_set(f"{sex}_ending"))
        if any(p in word_set(f"{sex}_part") or p.endswith(endings) for p in parts):
            return sex
    return None


def _given(person: Person) -> str:
    """Return the folded given name, "" where the text gives but a surname of one unknown."""
    name = person.name.split()
    if len(name) < 2 and person.leader is not None:
        name = person.leader.name.split()
    name = [word for word in name if word.lower() not in word_set("before_given_name")]
    return fold(name[0]) if len(name) > 1 or len(person.name.split()) > 1 else ""


def addressed_sex(doc: Doc, name: NameSpan) -> str | None:
    """Return "female" of "Mrs Rojas", "male" of "Mr Rojas", None where no such word stands."""
    word = word_at(doc, name.start - 1).strip(".")
    if word not in word_set("address", "address_of_woman"):
        return None
    return next((sex for sex in ("female", "male") if word in word_set(sex)), None)


__all__ = ["addressed_sex", "sex_by_name", "sex_of"]
