"""Whether a person is told to be a woman or a man, so that "he" or "she" may mean them."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.reference.fold import fold
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.tables import sexes, word_set


def sex_of(doc: Doc, person: Person) -> str | None:
    """Return "female" or "male" by given name, else by what the person is called, or None.

    "Mrs Rojas", "Queen Margrethe", "Dilma Rousseff" are women; of "Rojas" nothing is told.
    """
    given = sexes().get(_given(person))
    if given is not None:
        return given
    called = {doc[span.start - 1].lower_ for span in person.spans if span.start}
    called |= {doc[span.start].lower_ for span in person.spans}
    called |= {word for office in person.offices for word in fold(office.title).split()}
    called = {word.strip(".") for word in called} - word_set("pronoun")
    told = [sex for sex in ("female", "male") if called & word_set(sex)]
    return told[0] if len(told) == 1 else None


def _given(person: Person) -> str:
    """Return the folded given name, "" where the text gives but a surname of one unknown."""
    name = person.name.split()
    if len(name) < 2 and person.leader is not None:
        name = person.leader.name.split()
    name = [word for word in name if word.lower() not in word_set("before_given_name")]
    return fold(name[0]) if len(name) > 1 or len(person.name.split()) > 1 else ""


__all__ = ["sex_of"]
