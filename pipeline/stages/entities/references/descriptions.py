"""Whom "the 56-year-old", "the Kenyan", "the latter" mean: one who was just told of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from spacy.tokens import Token
from typing_extensions import override

from models import Reference
from pipeline.labels import BEFORE_NOUN, NOMINALS, PLURALS
from pipeline.neighbours import text_at
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.references.office_references import OfficeReferences
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import callings, word_set

#: How many sentences back the one may be told of whom a description means.
_REACH = 2
#: How long a description may be, in tokens.
_LENGTH = 9
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_FINITE_SINGULAR = frozenset({"has", "is", "was", "does"})


class Description(NamedTuple):
    """What describes one told of: its bounds, and the country that it tells."""

    start: int
    end: int
    country: str | None


class Descriptions(OfficeReferences):
    """Makes the references that describe a person by age, nation, belief or former work."""

    def _descriptions(self) -> Iterator[Description]:
        """Yield the stretches that may describe one who was told of before."""
        taken = {i for p in self.persons for s in p.spans for i in range(s.start, s.end)}
        taken |= {i for office in self.offices for i in range(office.start, office.end)}
        nations = {party.end: party for party in self.parties if party.is_country}
        for i in where(self.doc, frozenset({"the"})) if self.persons else ():
            head = self.doc[i].head
            if not i < head.i < i + _LENGTH or head.i in taken or not _is_whole(head):
                continue
            found = self._read_description(i, head, nations.get(head.i + 1))
            if found is not None:
                yield found

    def _read_description(
        self, i: int, head: Token, nation: PartySpan | None
    ) -> Description | None:
        """Return what "the" at token `i` and its noun describe, where it is a person's."""
        bare = Description(i, head.i + 1, None)
        if nation is not None:
            alone = nation.start == i + 1 and nation.form in {"people", "adjective"}
            return bare._replace(country=nation.code) if alone and _is_single(head) else None
        noun = head.lemma_.lower()
        if _ends_age(head):
            return bare
        if head.tag_ not in {"NN", "NNP", "JJ"}:
            return None
        if noun in word_set("describes_one") and head.pos_ in NOMINALS:
            return bare
        before = self.doc[i + 1 : head.i]
        once = {t.lower_ for t in before} & word_set("once")
        aged = any(_ends_age(token) for token in before)
        return bare if (once or aged) and noun in callings() | word_set("trade_left") else None

    def _describe(self, told: Description) -> Reference | None:
        """Return the reference of a description, if one person told of before fits it."""
        return self._told_by(told, self._described(told.start, told.country))

    def _told_by(self, told: Description, meant: Reference | None) -> Reference | None:
        """Return the reference of a description to one told of before, if there is one."""
        if meant is None:
            return None
        return self._make(
            told.start,
            told.end,
            kind="office",
            form="office",
            role=meant.role,
            role_kind=meant.role_kind,
            entity_id=meant.entity_id,
            name=meant.name,
            country=meant.country,
            actor=meant.actor,
            guessed=meant.guessed,
        )

    def _described(self, at: int, country: str | None = None) -> Reference | None:
        """Return the one person told of in the sentences before, else the one they are about.

        Nobody where another is told of whom no name is given ("a student").
        """
        number = self.sentence[at]
        near: dict[str, tuple[int, Reference]] = {}
        first = at
        for i, ref in reversed(self.actors):
            if number - self.sentence[i] > _REACH:
                break
            fits = ref.name and not ref.plural and ref.actor and i < at
            fits = fits and self.sentence[i] < number
            own = not country or ref.country == country
            if fits and (own or self._may_be_of(country or "", ref, at)):
                near.setdefault(ref.actor or "", (i, ref))
                first = i
        if not near or self._another_told(first, at):
            return None
        told = list(near.values())
        if len(told) > 1:
            last = max(self.sentence[i] for i, _ in told)
            subjects = [(i, r) for i, r in told if self.is_subject(i, r)]
            alike = all(r.role_kind for _, r in told)
            told = [(i, r) for i, r in subjects if alike and self.sentence[i] == last]
        return told[0][1] if len(told) == 1 else None

    def _another_told(self, start: int, end: int) -> bool:
        """Tell whether somebody without a name is told of between two tokens ("a student")."""
        people = callings() | word_set("somebody")
        return any(
            token.lower_ in {"a", "an", "one", "another"}
            and token.head.i > token.i
            and token.head.lemma_.lower() in people
            and token.head.dep_ not in {"attr", "appos"}
            for token in self.doc[start:end]
        )

    @override
    def _once_held(self, office: OfficeSpan) -> Reference | None:
        """Return X for "the former minister", "the Nobel laureate": no office that X holds now."""
        words = [*office.form.form.split()[-1:], *office.modifiers]
        if not office.former and not word_set("describes_one") & {*words}:
            return None
        meant = self._described(office.start) if office.determiner == "the" else None
        if meant is None or meant.actor is None:
            return None
        if office.country not in {None, meant.country} and not self._is_epithet(office, meant):
            return None
        held = self._kinds(meant)
        top = office.kind in word_set("top_office") and held & word_set("top_office")
        return None if top or office.kind in held else meant

    def _description_events(self) -> Iterator[tuple[int, int, partial[Reference | None]]]:
        for told in self._descriptions():
            yield told.start, 2, partial(self._describe, told)
        for i in where(self.doc, frozenset({"latter"})) if self.persons else ():
            half = self.doc[i].head.i > i and self.doc[i].dep_ in BEFORE_NOUN - {"poss"}
            if i and self.doc[i - 1].lower_ == "the" and not half:  # "in the latter half"
                yield i - 1, 2, partial(self._last_of_two, Description(i - 1, i + 1, None))

    def _last_of_two(self, told: Description) -> Reference | None:
        """Return B for the latter of "A met B during the latter's visit".

        Those are two of its sentence, else of the one before.
        """
        number = self.sentence[told.start]
        for back in (number, number - 1):
            near: dict[str, Reference] = {}
            for at, ref in self.actors:
                if self.sentence[at] == back and at < told.start and ref.form != "pronoun":
                    near.pop(ref.actor or "", None)
                    near[ref.actor or ""] = ref
            if near:
                two = len(near) == 2 and not any(ref.plural for ref in near.values())
                return self._told_by(told, [*near.values()][-1]) if two else None
        return None


def _ends_age(token: Token) -> bool:
    """Tell the "old" of "56-year-old"."""
    before = [t.lower_ for t in token.doc[max(0, token.i - 4) : token.i]]
    return token.lower_ == "old" and before[1:] == ["-", "year", "-"] and before[0][:1].isalnum()


def _is_whole(head: Token) -> bool:
    """Tell "the Kenyan" from the first words of "the Kenyan capital", "the conservative of"."""
    behind = head.doc[head.i + 1 : head.i + 2]
    joined = any(t.pos_ in _NOMINAL or t.lower_ in {"of", "and", "or", "-"} for t in behind)
    return not joined and head.dep_ not in {"compound", "amod", "nmod", "attr", "appos"}


def _is_single(head: Token) -> bool:
    """Tell "the Chinese" who "has come" from those who "have"."""
    if head.tag_ in PLURALS or head.text.endswith("s"):
        return False
    if not head.lower_.endswith(("ese", "ish", "ch", "sh", "ss")):
        return True
    verb = head.head
    told = {t.lower_ for t in verb.children} | {verb.lower_}
    behind = text_at(head.doc, head.i + 1)
    return verb.tag_ == "VBZ" or bool(told & _FINITE_SINGULAR) or behind in APOSTROPHE_S


__all__ = ["Descriptions"]
