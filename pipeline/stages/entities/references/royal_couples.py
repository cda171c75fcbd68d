"""Royal couples: told by first name alone, or by title alone where the text names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from pipeline.reference.fold import fold
from pipeline.reference.leaders import Leader, leaders_by_name
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan
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


def give_crowns(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give "the King", "the Queen" the land of the one royal couple that the text names.

    "The King flew to Apia. Charles and Camilla …", "King Charles and Queen Camilla …" fire; "the
    King met King Felipe", who may be his guest, and what tells of royals of two lands do not.
    """
    bare = [o for o in offices if o.country is None and _is_crown_alone(doc, o)]
    titled = [p for p in persons if p.country and _titles(p) & word_set("crown")] if bare else []
    lands = {person.country for person in titled}
    couples = {code for code in lands if len({p.name for p in titled if p.country == code}) > 1}
    joined = list(_joined_royals(doc, persons)) if bare else []
    lands |= {royal.code for _, royal in joined}
    if len(lands) != 1 or not (couples or joined):
        return
    land = next(iter(lands))
    for person, royal in joined:
        person.leader = person.leader or royal
        _give_bare(person, bare)
    for office in bare:
        office.country = land


def give_kings_lands(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give the one king that a text names the land of "the Spanish monarch" told beside him.

    "The Spanish monarch is in Rabat. King X leaves on Friday" fires; with a king of another land
    named, or monarchs of two lands, it does not.
    """
    kings = [p for p in persons if _titles(p) & word_set("crown")]
    lone = [p for p in kings if p.country is None and p.leader is None]
    taken = {office.head_start for person in persons for office in person.offices}
    crowned = (o for o in offices if set(o.form.form.split()) & word_set("crown"))
    lands = {o.country for o in crowned if o.country and o.head_start not in taken}
    if len(kings) != 1 or len(lone) != 1 or len(lands) != 1:
        return
    roots = [doc[span.start : span.end].root for span in lone[0].spans]
    hosting = word_set("receives_guest") - {"meet"}
    if any(root.dep_ == "nsubj" and root.head.lemma_ in hosting for root in roots):
        return  # "King X received the Spanish monarch"
    for office in lone[0].offices:
        office.country = office.country or next(iter(lands))


def _give_bare(person: Person, bare: Sequence[OfficeSpan]) -> None:
    """Tell by whom of a pair "the King" and by whom "the Queen" is meant."""
    known = leaders_by_name()
    for office in bare:
        if fold(f"{office.form.form} {person.name}") in known:
            office.holders = (person.spans[0],)


def _is_crown_alone(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "the King", "King" of "King and Queen arrive", from "King Felipe", "a king"."""
    if not set(office.form.form.split()) & word_set("crown") or office.plural:
        return False
    named = any(token.ent_type_ == "PERSON" for token in doc[office.end : office.end + 1])
    return not named and doc[office.head_start].text.istitle()


def _titles(person: Person) -> set[str]:
    return {word for office in person.offices for word in office.form.form.split()}


def _joined_royals(doc: Doc, persons: Sequence[Person]) -> Iterator[tuple[Person, Leader]]:
    """Yield who is of a pair "Charles and Camilla" of royals of one land, and as whom known."""
    alone = [p for p in persons if not p.offices and len(p.words) == 1]
    begins = {span.start: person for person in alone for span in person.spans}
    for first, span in ((p, span) for p in alone for span in p.spans):
        second = begins.get(span.end + 1)
        if second is None or doc[span.end].lower_ != "and":
            continue
        ours, theirs = _royals_called(first.name), _royals_called(second.name)
        if len(both := ours.keys() & theirs.keys()) == 1:
            land = next(iter(both))
            yield from ((first, ours[land]), (second, theirs[land]))


def _royals_called(name: str) -> Mapping[str, Leader]:
    """Return the known royals who are called so behind a title, by their lands."""
    known = leaders_by_name()
    titles = sorted(word_set("first_named"))
    rows = (row for title in titles for row in known.get(fold(f"{title} {name}"), ()))
    return {row.code: row for row in rows}


def _royal_before(doc: Doc, start: int, ends: dict[int, Person]) -> Person | None:
    """Return the royal of first name alone who stands before "and" and another such name."""
    at = start - 1
    if at < 1 or doc[at].lower_ != "and":
        return None
    while at > 0 and start - at <= _REACH and at not in ends and _is_of_age(doc[at - 1]):
        at -= 1
    other = ends.get(at)
    titles = _titles(other) if other else set()
    royal = other is not None and len(other.words) == 1 and titles & word_set("first_named")
    return other if royal and not titles & {"pope"} else None


def _is_of_age(token: Token) -> bool:
    return token.text == "," or token.is_digit


__all__ = ["give_crowns", "give_kings_lands", "give_royal_countries"]
