"""Whom a plural means: "the leaders of Italy and Peru", "the two presidents", "the couple"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from models import Reference
from models.entity import PARTY_KINDS
from pipeline.discourse.determiners import is_some
from pipeline.discourse.numbers import number_of
from pipeline.discourse.party_lists import PartyListReader
from pipeline.discourse.tables import group_kinds, words
from pipeline.labels import SUBJECTS
from pipeline.neighbours import text_at
from pipeline.reference.offices import former_words

#: By how many letters a portfolio is known again ("defence", "Defense").
_STEM = 5
#: How many titles "the Duke and Duchess" have, and how many "both" are.
_PAIR = 2
#: How many words may stand between the names of a couple ("X and her husband, Sir Y").
_COUPLE_REACH = 8


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
        return self.reference.kind in PARTY_KINDS


class GroupReader(PartyListReader):
    """Reads the members of plurals."""

    def each_of(self, actor: Actor) -> list[Actor]:
        """Return each of "the leaders of France and Italy", "ministers from Peru and Chile"."""
        return self._members(self._of_several(actor))

    def _members(self, actor: Actor) -> list[Actor]:
        """Return each of "the leaders of France and Italy", by name where the text names him."""
        reference = actor.reference
        several = reference.plural or (reference.kind == "delegation" and reference.members)
        if not several or reference.kind not in {"office", "delegation"}:
            return [actor]
        codes = dict.fromkeys(reference.members or (reference.country or "",))
        codes |= dict.fromkeys(self._further_members(reference))
        some = dict.fromkeys(self._some_members(reference)) if not reference.members else {}
        if "" in codes or (len(some) > 1 and list(codes) == list(some)[:1]):
            codes = some or codes  # "envoys from many states, including Chad and Mali", not of Chad
        offices = _portfolios(reference.role or "", many=len(codes) > 1)
        if "" in codes or (len(codes) + len(offices) < 2 and (reference.country in codes)):
            return self._of_one_land(actor) or [actor]
        if len(offices) < 2:
            return [self._member(actor, code) for code in codes]
        return [self._minister(actor, code, role) for code in codes for role in offices]

    def _of_one_land(self, actor: Actor) -> list[Actor]:
        """Return both of "A and B of Peru spoke. The two Peruvian ministers left", by name.

        So many must be told of in the sentence before, or in this one before the word, no more.
        """
        reference = actor.reference
        start, end = self.bounds(reference)
        counts = [n for t in self.doc[max(0, start - 1) : end] if (n := _count_of(t)) is not None]
        if not counts or reference.kind != "office" or not reference.country:
            return []
        number = self.sentence_of[start]
        begin = self.sentences[max(0, number - 1)].start
        told = self._persons_in(self.doc[begin:start])
        own = [r for r in told if r.country == reference.country and _fits_group(reference, r)]
        named = {r.actor: r for r in own}
        if len(named) != counts[0]:
            return []
        return [Actor(each, actor.token, 0.85) for each in named.values()]

    def _minister(self, actor: Actor, code: str, role: str) -> Actor:
        """Return one of "the foreign and defence ministers of Peru and Chile", named if told."""
        stem = role.lower().split()[0][:_STEM]
        named = (
            r
            for r in self.references
            if r.kind == "person" and r.country == code and r.form != "pronoun"
            if "minister" in (r.role or "").lower() and stem in (r.role or "").lower()
        )
        one = next(named, None)
        return _holder(actor, code, role) if one is None else Actor(one, actor.token, 0.9)

    def _member(self, actor: Actor, code: str) -> Actor:
        reference = actor.reference
        several = reference.role_kind == "official"  # of each country more than one
        sent = reference.kind == "delegation"
        led = reference.role_kind is None or reference.role_kind in words("leading_class")
        named = [
            r
            for r in (self.references if led and not sent else ())  # "Peruvian envoys": unnamed
            if r.kind == "person"
            and r.country == code
            and r.form != "pronoun"
            and (r.role_kind is None or r.role_kind in words("leading_class"))
            and is_former(reference) == is_former(r)
            and _fits_group(reference, r)
            and not _has_other_ministry(reference, r)
        ]
        if named:
            return Actor(named[0], actor.token, 0.9)
        own = {"country": code, "members": (), "plural": several}
        held = "former-" if is_former(reference) else ""
        own |= {"actor": f"office-{held}{reference.role_kind}-{code}"}
        return Actor(reference.model_copy(update=own), actor.token, actor.share)

    def _both(self, head: Token) -> Iterator[Actor]:
        """Yield the persons whom "the two leaders" means, the last named of each country."""
        group = next(
            (r for r in self.at(head.i) if r.kind == "group" and r.role_kind == "persons"), None
        )
        if group is None:
            return
        told = [self._last_of(group, code) for code in group.members]
        found = [Actor(*one, 0.9) for one in told if one is not None]
        if found and self._are_others(head, max(a.token for a in found), alone=len(found) == 1):
            return
        yield from found

    def _are_others(self, head: Token, last: int, *, alone: bool) -> bool:
        """Tell "the two" of "X spoke. Two miners fled. The two were held", neither of whom is X.

        Args:
            last: the token at which the last of those is named whom the group seems to mean.
            alone: whether only one of them is named.
        """
        if head.tag_ != "CD" and head.lower_ != "both":
            return False
        between = (t for t in self.doc[last + 1 : head.i] if t.dep_ in SUBJECTS)
        many = (
            t
            for t in between
            if (alone and t.tag_ == "NNS") or any(c.dep_ == "conj" for c in t.children)
        )
        return any((not self.at(t.i) or t.tag_ != "NNS") and self._is_of_folk(t) for t in many)

    def _is_of_folk(self, told: Token) -> bool:
        """Tell "two miners", "X and his son" from "trade and aid", "schools and shops"."""
        if told.lemma_.lower() in words("other_folk") or told.ent_type_ == "PERSON":
            return True
        return any(r.kind == "person" for r in self.at(told.i))

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
        """Give "foreign ministers from Peru and Chile", "envoys from the EU and NATO" their own."""
        reference = actor.reference
        at = self.bounds_of(reference)[1]
        if not reference.plural or reference.members:
            return actor
        codes = self._of_group(at)
        if text_at(self.doc, at) == "from":
            codes = tuple(dict.fromkeys(self._parties_from(at)))
        if len(codes) < 2:
            return actor
        told = reference.model_copy(update={"members": codes, "country": codes[0]})
        return Actor(told, actor.token, actor.share)

    def _of_group(self, at: int) -> tuple[str, ...]:
        """Return the members of "the two countries" in "the ministers of the two countries"."""
        if text_at(self.doc, at) != "of":
            return ()
        behind = (r for i in range(at + 1, min(at + 3, len(self.doc))) for r in self.at(i))
        return next((r.members for r in behind if r.kind == "group"), ())

    def _of_couple(self, head: Token) -> Iterator[Actor]:
        """Yield both of "the royal couple" of "King X and Queen Y", the last told of before.

        Where only one is named beside no other, who holds the office. Of "the couple, A and B,"
        these alone, and nobody before "a couple from Leeds" told of since.
        """
        number = self.sentence_of[head.i]
        behind = self.doc[head.i + 1 : self.sentences[number].end]
        if behind[:1].text == "," and behind[1:2].text.istitle():
            pair = self._persons_in(behind)[:2]
            if len(pair) > 1 and self._are_couple(*pair):
                yield from (Actor(each, head.i, 0.85) for each in pair)
            return
        for sentence in reversed(self.sentences[:number]):
            if any(token.lower_ == "couple" and _is_another(token) for token in sentence):
                return
            named = self._persons_in(sentence)
            for one, other in pairwise(named):
                if self._are_couple(one, other):
                    yield from (Actor(each, head.i, 0.85) for each in (one, other))
                    return
            crowned = [each for each in named if each.role_kind in words("crowned")]
            if crowned:
                yield Actor(crowned[0], head.i, 0.85)
                return

    def _of_titled_couple(self, head: Token) -> list[Actor]:
        """Return both of "the Duke and Duchess" of "Prince X and Y", the one such couple named.

        Nobody for "the Duke and Duchess" beside "King X and Queen Y", nor where two are named; for
        ", the Earl and Countess of Kent," only those before it.
        """
        called = (r.text.lower() for r in self.at(head.i) if r.role and "and" in r.text.lower())
        titles = next((told for text in called if "and" in (told := text.split())), [])
        if len(words("royal_title") & set(titles)) < _PAIR:
            return []
        crowns = words("royal_title") - {"prince", "princess", *titles}
        pairs: dict[tuple[str | None, ...], tuple[Reference, Reference]] = {}
        number = self.sentence_of[head.i]
        apposed = head.left_edge.i > 0 and head.nbor(head.left_edge.i - head.i - 1).text == ","
        for sentence in self.sentences[number if apposed else 0 : number + 1]:
            for one, other in pairwise(self._persons_in(sentence)):
                own = f"{one.role or ''} {other.role or ''}".lower().split()
                if self._are_couple(one, other) and crowns.isdisjoint(own):
                    pairs[one.actor, other.actor] = one, other
        both = next(iter(pairs.values()), ()) if len(pairs) == 1 else ()
        return [Actor(each, head.i, 0.85) for each in both]

    def _persons_in(self, sentence: Span) -> list[Reference]:
        """Return who is named in a sentence, mention by mention."""
        told = (r for i in range(sentence.start, sentence.end) for r in self.at(i))
        named = {r.start: r for r in told if r.kind == "person" and r.name}
        return [named[start] for start in sorted(named)]

    def _are_couple(self, one: Reference, other: Reference) -> bool:
        """Tell "King X and Queen Y", "President X and her husband Y" from two ministers.

        So "Prince X and Y", of whom the second is called by first name alone.
        """
        if one.actor == other.actor or one.country != other.country:
            return False
        between = self.doc.text[one.end : other.start].split()
        if "and" not in between or len(between) > _COUPLE_REACH:
            return False
        spouse = "spouse" in {one.role_kind, other.role_kind}
        bare = other.role is None and " " not in (other.name or " ")  # "Prince William and Kate"
        return spouse or (_is_royal(one) and (bare or _is_royal(other)))


def _count_of(token: Token) -> int | None:
    """Return the two of "the two ministers", "both ministers", None of other words."""
    count = _PAIR if token.lower_ == "both" else number_of(token)
    return count if count is not None and count >= _PAIR else None


def _is_another(couple: Token) -> bool:
    """Tell "a British couple", told of for the first time, from "a couple of ministers"."""
    return is_some(couple) and all(child.lower_ != "of" for child in couple.children)


def _is_royal(reference: Reference) -> bool:
    titles = (reference.role or "").lower().split()
    return any(word in words("royal_title") for word in titles)


def _portfolios(role: str, *, many: bool) -> list[str]:
    """Return the offices of "foreign and defence ministers", "ministers of trade and oil".

    Args:
        many: whether they are of more than one country: then these are ministers of one portfolio.
    """
    told = role.replace(",", " ,").split()
    head = next((w for w in told if w.lower() in words("portfolio_heads")), None)
    if head is None or "and" not in told:
        return []
    one, at = (
        head.removesuffix("s").removesuffix("ie") + "y" * head.endswith("ies"),
        told.index(head),
    )
    before, behind = " ".join(told[:at]), " ".join(told[at + 1 :])
    if " and " in f" {before} ":
        parts = [part.strip() for part in before.replace(" and ", " , ").split(",")]
        return [f"{part} {one}" for part in parts if part]
    if many or not behind.startswith("of "):
        return []
    parts = [part.strip() for part in behind[3:].replace(" and ", " , ").split(",")]
    return [f"{one} of {part}" for part in parts if part]


def _holder(actor: Actor, code: str, role: str) -> Actor:
    """Return the one of several ministers who holds an office."""
    own = {"country": code, "members": (), "plural": False, "role": role}
    own |= {"actor": f"office-{role.lower()}-{code}"}
    return Actor(actor.reference.model_copy(update=own), actor.token, actor.share)


def _is_of_leaders(group: Reference) -> bool:
    return (group.role or group.text).split()[-1].lower() in words("leader_plural")


def _fits_group(group: Reference, person: Reference) -> bool:
    """Tell whether one of "the two presidents" may be a person whose office is known."""
    told = (group.role or group.text).lower().split()
    kind = group_kinds().get(" ".join(told[-2:])) or group_kinds().get(told[-1])
    return kind is None or person.role_kind in {None, "counterpart", *kind}


def is_former(reference: Reference) -> bool:
    """Tell "former presidents", none of whom is "President X"."""
    return not former_words().isdisjoint((reference.role or "").lower().split()[:1])


def _has_other_ministry(group: Reference, person: Reference) -> bool:
    """Tell the premier from one of "the foreign ministers of Peru and Chile", and the reverse.

    So a foreign minister from one of "the leaders of Peru and Chile".
    """
    kind = group.role_kind or ""
    if kind == "leader":
        return (person.role_kind or "").endswith("minister")
    own = kind.endswith("_minister") or kind == "head_of_government"
    matter = kind.removesuffix("_minister")[:_STEM] if kind.endswith("_minister") else ""
    words_held = (person.role or "").lower().split()
    if person.role_kind == "minister" and matter and any(w.startswith(matter) for w in words_held):
        return False  # "Cabinet Secretary for Defence X" is one of the defence ministers
    return own and person.role_kind not in {None, "counterpart", kind}


def without_described(actors: list[Actor]) -> list[Actor]:
    """Leave out "his counterparts from China and Japan" where the two are named behind.

    Also the rest of a named one's party: "A and other Chadian officials".
    """
    named = {a.country for a in actors if a.reference.name}
    if not named:
        return actors
    return [a for a in actors if a.reference.name or not _is_rest(a, named)]


def _is_rest(actor: Actor, lands: Collection[str | None]) -> bool:
    told = (actor.reference.text or "").lower()
    rest = "other" in told.split() and actor.country in {None, *lands}
    peer = any(word in told for word in words("peer"))
    return actor.reference.plural and (peer or rest)


__all__ = ["Actor", "GroupReader", "is_former", "without_described"]
