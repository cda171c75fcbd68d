"""Members listed with the date of each: "its members are Peru (1990), Chad (1995) and Fiji"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.dates.listed import Partner, dated_partners
from pipeline.stages.upgrades.memberships.bodies import body_before, body_of_member, named_at
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: Words of which a sentence that holds such a list has one.
MEMBERS = frozenset({"members", "member", "observers"})
_OBSERVER = "observer"
#: Such a list has so many members with a date at least.
_LEAST = 2
#: How far back the body of "the members are" may be named, in sentences.
_BACK = 2
#: How surely such a list tells memberships, as the score of a rule.
_SCORE = 0.7


def read_members(reading: Reading, sentence: Span) -> Iterator[Candidate]:
    """Yield the membership of each of "the bloc's members are Peru (1990) and Chad (1995)".

    Not of "members that held the chair were Peru (1990) and Chad (1995)".
    """
    members = next((t for t in sentence if _is_plural_member(t)), None)
    if members is None or any(t.lemma_.lower() in words("not_of_joining") for t in sentence):
        return
    listed = dated_partners(reading, members.i + 1, sentence.end)
    listed = [partner for partner in listed if is_country(partner.code)]
    body = _body_of(reading, members) if len(listed) >= _LEAST else None
    if body is not None:
        yield from (_told(members, body, partner) for partner in listed)


def _is_plural_member(token: Token) -> bool:
    if token.tag_ != "NNS":
        return False
    own = token.lemma_.lower() in words("member_of_body") | {_OBSERVER}
    kind = token.lemma_.lower() in words("part_of_body")
    return own or (kind and any(c.lemma_.lower() == "member" for c in token.children))


def _body_of(reading: Reading, members: Token) -> str | None:
    """Return the body that a list of members is of, named in its sentence or before."""
    own = body_of_member(reading, members)
    sentence = reading.scene.sentence(members.i)
    told = (named_at(reading, t) for t in sentence[: members.i - sentence.start])
    near = own or next((code for code in told if code is not None), None)
    return near or body_before(reading, members, back=_BACK)


def _told(members: Token, body: str, partner: Partner) -> Candidate:
    return Candidate(
        rule="member_list",
        at=members.i,
        parties=frozenset({body, partner.code}),
        level=_OBSERVER if members.lemma_.lower() == _OBSERVER else MEMBER,
        level_text=members.text,
        change="upgrade",
        status="completed",
        date=partner.date,
        score=_SCORE,
        owners=(partner.code,),
    )


__all__ = ["MEMBERS", "read_members"]
