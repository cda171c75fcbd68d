"""Whom a plural means: "the leaders of Italy and Peru", "the two presidents", "the couple"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.tables import group_kinds, words
from pipeline.discourse.text import Text


@dataclass(frozen=True)
class Actor:
    """Who travels or receives, as far as the text says."""

    reference: Reference
    token: int
    share: float = 1.0  # how surely this is the argument meant

    @property
    def key(self) -> str:
        """One key for one actor of the article."""
        return self.reference.actor or f"at-{self.reference.start}"

    @property
    def country(self) -> str | None:
        """The party that the actor belongs to."""
        return self.reference.country

    @property
    def is_party(self) -> bool:
        """Whether a country or organization itself stands as the actor."""
        return self.reference.kind in {"country", "organization"}


class GroupReader(Text):
    """Reads the members of plurals."""

    def each_of(self, actor: Actor) -> list[Actor]:
        """Return each of "the leaders of France and Italy", "ministers from Peru and Chile"."""
        return self._members(self._of_several(actor))

    def _members(self, actor: Actor) -> list[Actor]:
        """Return each of "the leaders of France and Italy", by name where the text names him."""
        reference = actor.reference
        if not reference.plural or reference.kind != "office":
            return [actor]
        codes = dict.fromkeys(reference.members or (reference.country or "",))
        codes |= dict.fromkeys(self._further_members(reference))
        if len(codes) < 2 or "" in codes:
            return [actor]
        return [self._member(actor, code) for code in codes]

    def _further_members(self, reference: Reference) -> Iterator[str]:
        """Yield the countries with which "the leaders of Tuvalu, Palau" goes on."""
        at = self._behind_bracket(self.bounds_of(reference)[1])
        while at < len(self.doc) and self.doc[at].lower_ in {",", "and"}:
            while at < len(self.doc) and self.doc[at].lower_ in {",", "and", "the"}:
                at += 1
            named = [r for r in self.at(at) if r.kind == "country" and r.form == "name"]
            end = self.bounds(named[0])[1] if named else at
            if not named or self.doc[end : end + 1].text in {"'s", "’s"}:
                return
            yield named[0].country or ""
            at = self._behind_bracket(end)

    def _behind_bracket(self, i: int) -> int:
        """Return the token behind the bracket that opens at token `i` ("Peru (X)"), or `i`."""
        inside = [t.text for t in self.doc[i : i + 8]]
        opened = inside[:1] == ["("] and ")" in inside
        if inside[:1] == [","]:  # "X, left, and Y", "X, second from right, and Y"
            side = next((n for n, word in enumerate(inside[1:], 1) if word in {",", ")"}), 0)
            told = {word.lower() for word in inside[1:side]}
            return i + side if told and told <= words("side_in_picture") else i
        return i + inside.index(")") + 1 if opened else i

    def _member(self, actor: Actor, code: str) -> Actor:
        reference = actor.reference
        several = reference.role_kind == "official"  # of each country more than one
        named = [
            r
            for r in (() if several else self.references)
            if r.kind == "person"
            and r.country == code
            and r.form != "pronoun"
            and (r.role_kind is None or r.role_kind in words("leading_class"))
            and _fits_group(reference, r)
            and not _has_other_ministry(reference, r)
        ]
        if named:
            return Actor(named[0], actor.token, 0.9)
        own = {"country": code, "members": (), "plural": several}
        own |= {"actor": f"office-{reference.role_kind}-{code}"}
        return Actor(reference.model_copy(update=own), actor.token, actor.share)

    def _both(self, head: Token) -> Iterator[Actor]:
        """Yield the persons whom "the two leaders" means, the last named of each country."""
        group = next(
            (r for r in self.at(head.i) if r.kind == "group" and r.role_kind == "persons"), None
        )
        if group is None:
            return
        for code in group.members:
            if (found := self._last_of(group, code)) is not None:
                yield Actor(*found, 0.9)

    def _last_of(self, group: Reference, code: str) -> tuple[Reference, int] | None:
        """Return who was named last of one country of a group, of "leaders" one who leads it."""
        told = (
            (reference, i)
            for i in range(self.bounds(group)[0] - 1, -1, -1)
            for reference in self.at(i)
            if reference.kind == "person"
            and reference.country == code
            and _fits_group(group, reference)
        )
        last = next(told, None)
        lead = words("leads_land")
        if last is None or last[0].role_kind in lead or not _is_of_leaders(group):
            return last
        return next((one for one in told if one[0].role_kind in lead), last)

    def _of_several(self, actor: Actor) -> Actor:
        """Give "foreign ministers from Peru and Chile" their countries."""
        reference = actor.reference
        at = self.bounds_of(reference)[1]
        if not reference.plural or reference.members or self.doc[at : at + 1].text != "from":
            return actor
        at += 1
        codes: dict[str, None] = {}
        while at < len(self.doc):
            named = [r for r in self.at(at) if r.kind == "country" and r.form == "name"]
            if named and named[0].country:
                codes[named[0].country] = None
                at = self.bounds(named[0])[1]
            elif self.doc[at].lower_ in {",", "and", "the"}:
                at += 1
            else:
                break
        if len(codes) < 2:
            return actor
        told = reference.model_copy(update={"members": tuple(codes), "country": next(iter(codes))})
        return Actor(told, actor.token, actor.share)

    def _of_couple(self, head: Token) -> Iterator[Actor]:
        """Yield the one of "the royal couple" who holds the office: the last told of before."""
        number = self.sentence_of[head.i]
        for sentence in reversed(self.sentences[:number]):
            for i in range(sentence.start, sentence.end):
                for reference in self.at(i):
                    crowned = reference.role_kind in words("crowned")
                    if reference.kind == "person" and reference.name and crowned:
                        yield Actor(reference, head.i, 0.85)
                        return


def _is_of_leaders(group: Reference) -> bool:
    return (group.role or group.text).split()[-1].lower() in words("leader_plural")


def _fits_group(group: Reference, person: Reference) -> bool:
    """Tell whether one of "the two presidents" may be a person whose office is known."""
    noun = (group.role or group.text).split()[-1].lower()
    kind = group_kinds().get(noun)
    return kind is None or person.role_kind in {None, "counterpart", *kind}


def _has_other_ministry(group: Reference, person: Reference) -> bool:
    """Tell the premier from one of "the foreign ministers of Peru and Chile"."""
    kind = group.role_kind or ""
    return kind.endswith("_minister") and person.role_kind not in {None, "counterpart", kind}


__all__ = ["Actor", "GroupReader"]
