"""Leaders who are named but as those after whom a government is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_surname
from pipeline.reference.places import find_place
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.tables import word_set

#: What joins "the Bush and Obama administrations".
_JOINTS = frozenset({"and", "or", "&", ","})


def named_by_administration(
    doc: Doc, persons: Sequence[Person]
) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the surname, country and tokens of each leader whom no name of his own tells of.

    "The Obama administration" fires in a text that does not name him; "the port administration"
    and "the Lima administration" do not. They are mentions of the government, of nobody who acts.
    """
    within = {i for person in persons for span in person.spans for i in range(span.start, span.end)}
    told = {word for person in persons for span in person.spans for word in span.text.split()}
    found: dict[str, tuple[str, list[int]]] = {}
    of_leader = word_set("of_leader")
    for token in doc:
        if token.lower_ not in of_leader:
            continue
        for leader in _before(token):
            code = _country(leader)
            named = leader.text in told or leader.i in within  # "the Bashar al-Assad regime"
            if code is not None and not named:
                found.setdefault(leader.text, (code, []))[1].append(leader.i)
    for name, (code, tokens) in found.items():
        yield name, code, tokens


def _before(token: Token) -> Iterator[Token]:
    """Yield the Bush and the Obama of "the Bush and Obama administrations"."""
    doc, at = token.doc, token.i - 1
    if at >= 0:
        yield doc[at]
    many = token.lower_.endswith("s")
    while many and at > 1 and doc[at - 1].lower_ in _JOINTS:
        at -= 2
        yield doc[at]


def _country(token: Token) -> str | None:
    """Return the country that one of the name led, as far as it is of one alone."""
    before = token.doc[token.i - 1] if token.i and not token.is_sent_start else None
    longer = before is not None and before.text.istitle() and before.lower_ != "the"
    seat = any(place.capital for place in find_place(token.text))  # "the Washington administration"
    if not token.text.istitle() or longer or seat:
        return None
    rows = leaders_by_surname().get(fold(token.text), ())
    codes = {row.code for row in rows if row.office in word_set("top_office")}
    if len(codes) > 1 and "USA" in codes:
        return "USA"  # news says "administration" of its governments alone
    return next(iter(codes)) if len(codes) == 1 else None


__all__ = ["named_by_administration"]
