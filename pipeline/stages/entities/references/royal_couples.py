"""Those of a royal couple who are told by first name alone: "Prince William and Kate"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.tables import word_set

#: How many tokens, as an age, may stand between the two: "Prince William, 39, and Kate".
_REACH = 4


def give_royal_countries(doc: Doc, persons: Sequence[Person]) -> None:
    """Give who is joined to a royal by first name alone the royal's country.

    "Prince William and Kate arrived" fires; "Prince William and Kate Miller", "President Ruto and
    Kate", "Prince William met Kate" do not.
    """
    ends = {span.end: person for person in persons for span in person.spans}
    for person in persons:
        bare = not person.offices and person.country is None and len(person.words) == 1
        for span in person.spans if bare else ():
            other = _royal_before(doc, span.start, ends)
            if other is not None and other.country is not None:
                person.countries.append(other.country)
                person.stands = True
                break


def _royal_before(doc: Doc, start: int, ends: dict[int, Person]) -> Person | None:
    """Return the royal of first name alone who stands before "and" and another such name."""
    at = start - 1
    if at < 1 or doc[at].lower_ != "and":
        return None
    while at > 0 and start - at <= _REACH and at not in ends and _is_of_age(doc[at - 1]):
        at -= 1
    other = ends.get(at)
    titles = {word for o in other.offices for word in o.form.form.split()} if other else set()
    royal = other is not None and len(other.words) == 1 and titles & word_set("first_named")
    return other if royal and not titles & {"pope"} else None


def _is_of_age(token: Token) -> bool:
    return token.text == "," or token.is_digit


__all__ = ["give_royal_countries"]
