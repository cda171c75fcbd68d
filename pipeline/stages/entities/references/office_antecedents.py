"""Which actor told of before, or behind, an office means: "the ambassador", "the king"."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from pipeline.labels import NOUNS, OBJECTS, PAST, SUBJECTS, VERBS
from pipeline.neighbours import word_at
from pipeline.signs import GENITIVES
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.guests_of_report import GuestsOfReport, is_hosted
from pipeline.stages.entities.references.office_fits import (
    fits_office,
    has_other_crown,
    has_other_portfolio,
    is_called_so,
    is_chief_over,
    is_mere_official,
    is_second,
)
from pipeline.stages.entities.references.referring import LOOK_BACK
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import covered_classes, word_set

_HIS = frozenset({"his", "her"})
_INDEFINITE = frozenset({"a", "an"})
_YEAR = re.compile(r"(?:19|20)\d\d")
#: How far behind its "to" begins the name of him whom an aide serves, in tokens.
_PATRON_REACH = 4
#: So many of those whom an office may mean are compared, the last told of: a sentence without end
#: holds any number of them.
_MOST = 40


class OfficeAntecedents(GuestsOfReport, ABC):
    """Finds whom offices mean, with what the readers of pronouns and descriptions know."""

    def _patron(self, office: OfficeSpan) -> Reference | None:
        """Return X of "X's deputy", "an adviser to X", whoever "his" means."""
        first, end = self.doc[office.start], office.start - 1
        if office.kind in {"counterpart", "visitor"}:
            return None
        if first.lower_ in _HIS and first.dep_ == "poss":
            style = self.doc[office.start + 1 : office.start + 2].text.istitle()  # "His Majesty"
            return None if style else self._third_person(first)
        behind = word_at(self.doc, office.end)
        if office.form.office in word_set("aide") and behind in {"to", "of"}:
            reach = range(office.end + 1, office.end + _PATRON_REACH)
            starts = (p.spans[0] for p in self.persons if p.spans[0].start in reach)
            return next((self._person(self._bearers[s.start], s) for s in starts), None)
        if end < 1 or self.doc[end].text not in GENITIVES:
            return None
        named = (s for p in self.persons for s in p.spans if s.end == end)
        return next((self._person(self._bearers[s.start], s) for s in named), None)

    def _owner_before(self, office: OfficeSpan) -> OfficeSpan | None:
        """Return the king of "the king's representative", who is another."""
        end = office.start - 1
        if end < 1 or self.doc[end].text not in GENITIVES:
            return None
        return next((o for o in self.offices if o.end == end), None)

    @abstractmethod
    def _third_person(self, token: Token) -> Reference | None:
        """Return whom "he", "his" or "her" means."""

    @cached_property
    def _bearers(self) -> Mapping[int, Person]:
        """The persons by where their names start."""
        return {span.start: person for person in self.persons for span in person.spans}

    def _antecedent(self, office: OfficeSpan) -> Reference | None:
        """Return the actor that a definite office means: told of before it, else behind it."""
        if office.kind == "counterpart":
            return None
        fitting = self._fitting(office)
        if office.former and not office.country:
            fitting = [entry for entry in fitting if entry[1].actor in self._retired[office.kind]]
            if not fitting:
                return self._once_held(office)
        if self.is_of_then(office):
            fitting = [entry for entry in fitting if entry[1].actor in self._retired[office.kind]]
        fitting = _without_any_holder(self._still_in_office(fitting))
        if not office.former:
            now = [e for e in fitting if e[1].actor not in self._past_holders[office.kind]]
            fitting = now if now or office.country else fitting
        fitting = [e for e in fitting if not self.is_mourned(e[0])] or fitting
        if fitting:
            nearest = max(fitting, key=lambda entry: self._closeness(office, *entry))
            return (self._of_report(office, nearest, fitting) or nearest)[1]
        if office.former and office.country:
            meant = self._once_held(office)
            if meant is not None and meant.country != office.country:
                return meant  # "the former Norwegian premier", who heads a body of states
        country = office.country or office.home
        if not office.country and (described := self._once_held(office)) is not None:
            return described
        if not country:
            return self._crowned_ahead(office)
        later = [p for p in self.persons if p.country == country and not office.former]
        for person in later:
            if has_other_portfolio(office, person.kinds):
                continue
            if is_mere_official(office, person.kinds):
                continue  # "Peru's top trade official is here. President X spoke"
            if self._leads_others(office, " ".join(o.title for o in person.offices)):
                continue
            if fits_office(office.kind, person.kinds) and person.spans[0].start > office.start:
                meant = self._person(person, person.spans[0])
                if is_chief_over(meant.role or "", office):
                    continue
                if has_other_crown(office, meant) or self._is_of_other_sex(office, meant):
                    continue  # "The King and Queen of Peru will come. King X and Queen Y …"
                return meant
        return None

    def is_of_then(self, office: OfficeSpan) -> bool:
        """Tell "the then Chilean president", who is not the President X that visits now."""
        before = self.doc[max(0, office.start - 2) : office.head_start]
        return office.former and any(t.lower_ == "then" for t in before)

    def _still_in_office(self, fitting: list[tuple[int, Reference]]) -> list[tuple[int, Reference]]:
        """Leave out who is named but once, of years ago, beside another holder of the office.

        Mary Stone of "Secretary John Harper landed. In 2010, Secretary Mary Stone saw Chile. The
        secretary will fly on": he will, not she.
        """
        told = {actor.actor for _, actor in fitting if actor.name}
        if len(told) < 2:
            return fitting
        often = {key for key in told if self._mentions[key] > 1}
        kept = [e for e in fitting if e[1].actor in often or not self._is_of_years_ago(e[0])]
        return kept if often and kept else fitting

    def _of_report(
        self,
        office: OfficeSpan,
        nearest: tuple[int, Reference],
        fitting: list[tuple[int, Reference]],
    ) -> tuple[int, Reference] | None:
        """Return whom a report is of, rather than one of that office who is named but once in it.

        "Premier X of Kenya will be in Rome. Italian Premier Y invited X. The premier will then go
        to Malta": X will. Not "The Italian premier will …", nor where Y is named again, or comes to
        where X is at home.
        """
        acts = any(t.dep_ in SUBJECTS for t in self.doc[office.head_start : office.head_end])
        bare = office.country is None and office.determiner == "the" and not office.modifiers
        key = nearest[1].actor
        if not acts or not bare or not nearest[1].name or self._mentions[key] > 1:
            return None
        of_more = [e for e in fitting if e[1].country not in {None, nearest[1].country}]
        of_more = [e for e in of_more if self._mentions[e[1].actor] > 1]
        ground = self._grounds[self.sentence[nearest[0]]]
        alike = [e for e in of_more if office.kind in self._kinds(e[1])]
        alike = [e for e in alike if e[1].country not in ground]
        return alike[0] if alike and len({e[1].actor for e in alike}) == 1 else None

    @cached_property
    def _mentions(self) -> Mapping[str | None, int]:
        """How often each person is named."""
        return Counter({self.ids["person", str(p.number)]: len(p.spans) for p in self.persons})

    def _is_of_years_ago(self, at: int) -> bool:
        """Tell "four years back", "in 2010", told in the sentence of token `at`."""
        sent = self.doc[at].sent
        return any(t.lower_ in word_set("years_ago") or _YEAR.fullmatch(t.text) for t in sent)

    @abstractmethod
    def _once_held(self, office: OfficeSpan) -> Reference | None:
        """Return X for "the former minister", "the Nobel laureate": no office that X holds now."""

    @cached_property
    def _retired(self) -> Mapping[str, set[str]]:
        """Who is told to have held an office of each class and to hold it no more."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.persons:
            for office in person.offices:
                if office.former:
                    found[office.kind].add(self.ids["person", str(person.number)])
        return found

    @cached_property
    def _past_holders(self) -> Mapping[str, set[str]]:
        """Who is told to have held an office of each class, and nowhere as its holder.

        "Ghana's president" behind "former Ghanaian president X" is another.
        """
        held: dict[str, set[str]] = defaultdict(set)
        for person in self.persons:
            for office in person.offices:
                if not office.former:
                    held[office.kind].add(self.ids["person", str(person.number)])
        gone: dict[str, set[str]] = defaultdict(set)
        for kind, actors in self._retired.items():
            gone[kind] = actors - held[kind]
        return gone

    def _crowned_ahead(self, office: OfficeSpan) -> Reference | None:
        """Return X of "The king spoke of his trip. It was the first of King X"."""
        number = self.sentence[office.start]
        for person in self.persons if office.form.form in word_set("crown") else ():
            first = person.spans[0]
            near = 0 <= self.sentence[first.start] - number <= 1 and first.start > office.start
            if near and any(o.form.form == office.form.form for o in first.offices):
                return self._person(person, first)
        return None

    def _fitting(self, office: OfficeSpan) -> list[tuple[int, Reference]]:
        """Return the actors that an office may mean: those near before it, else the last."""
        guests = self._report_guests(office)
        return (self._fitting_of(office, guests) if guests else []) or self._fitting_of(office)

    def _fitting_of(
        self, office: OfficeSpan, guests: frozenset[str] = frozenset()
    ) -> list[tuple[int, Reference]]:
        """Return the actors that an office may mean.

        Args:
            office: what is to mean one of them.
            guests: the only ones whom it may mean, however far before; any if none is given.
        """
        possessive = office.determiner in word_set("possessive")
        ours = office.determiner == "our" and office.country is None
        number = self.sentence[office.start]
        others = [t for t in (self._done_to_by(office), self._teller_of(office)) if t is not None]
        patron, owner = self._patron(office), self._owner_before(office)
        fitting: list[tuple[int, Reference]] = []
        for at, actor in reversed(self.actors):
            far = number - self.sentence[at] > LOOK_BACK
            if (far and fitting) or len(fitting) == _MOST:
                break
            if guests and actor.actor not in guests:
                continue
            if actor.plural or (ours and actor.country != office.home):
                continue
            if patron is not None and actor.actor == patron.actor:
                continue  # "X's adviser" is not X
            if owner is not None and owner.start <= at < owner.end:
                continue  # nor is "the king's representative" the king
            if possessive and self.sentence[at] == number:
                continue
            if self.sentence[at] == number and any(self.heads(at, actor, t) for t in others):
                continue  # "Premier X welcomed the leader", who is not X
            if self._means(office, actor):
                fitting.append((at, actor))
                if far:
                    break
        return fitting

    def _done_to_by(self, office: OfficeSpan) -> Token | None:
        """Return the subject of the verb whose object an office is.

        Of "gave a dinner for the visiting leader" too, where a guest is told of.
        """
        head = self.doc[office.head_end - 1]
        guest = is_hosted(office)
        while guest and head.dep_ == "pobj" and head.head.head.pos_ in NOUNS:
            head = head.head.head
        verb = head.head.head if guest and head.dep_ == "pobj" else head.head
        if head.dep_ not in ({"dobj", "obj", "pobj"} if guest else OBJECTS):
            return None
        doer = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        who = doer is not None and doer.lower_ == "who" and verb.dep_ == "relcl"
        return verb.head if who else doer

    def _teller_of(self, office: OfficeSpan) -> Token | None:
        """Return the X of "Acting Premier X said that the premier had landed", who is another."""
        for clause in self.doc[office.head_end - 1].ancestors:
            if clause.dep_ == "ccomp" and clause.head.lemma_ in word_set("speech"):
                return next((c for c in clause.head.children if c.dep_ in SUBJECTS), None)
        return None

    def _closeness(
        self, office: OfficeSpan, at: int, actor: Reference
    ) -> tuple[bool, int, bool, bool, bool, bool, int, bool, int]:
        """Rank an actor for an office: called so, near, a subject of an earlier sentence."""
        kinds = self._kinds(actor)
        role = (actor.role or "").lower()
        named_so = f" {office.form.form} " in f" {role} " and not is_second(role, office)
        vague = "*" in covered_classes().get(office.kind, ())  # "the official" may be anybody
        called = 2 * named_so or int(vague and office.kind in kinds)
        back = self.sentence[office.start] - self.sentence[at]
        # "His guest", "the visiting president" is he whom the subject met.
        hosted = is_hosted(office)
        leads = back > 0 and self.is_subject(at, actor)
        leads = leads and (not hosted or self._comes(at, actor))
        named = bool(office.country and actor.name)  # rather than "his Australian counterpart"
        # "The Head of State" in capitals is he of the outlet's own country.
        capital = self.doc[office.head_start].text[:1].isupper()
        ours = capital and office.home_told and office.home == actor.country and not hosted
        abroad = actor.country not in self._grounds[self.sentence[at]]
        away = hosted and abroad
        # "The minister flew in on Monday" is of the guest whom another received in his own capital.
        came = abroad and self._has_arrived(office)
        # "The secretary" is the minister rather than his press secretary.
        acts = not named_so or office.kind in kinds or "spokesperson" not in kinds
        return acts, called, named, ours, away, came, -back, leads, at

    @cached_property
    def _grounds(self) -> Mapping[int, set[str]]:
        """The countries of the places of each sentence, where a guest is not at home."""
        found: dict[int, set[str]] = defaultdict(set)
        for place in self.places:
            found[self.sentence[place.start]].add(place.country)
        return found

    def _has_arrived(self, office: OfficeSpan) -> bool:
        """Tell "the minister flew in", "the premier, who landed on Monday"."""
        head = self.doc[office.head_end - 1]
        clauses = (c for c in (head.head, *head.children) if c.tag_ in PAST)
        of_him = head.dep_ in SUBJECTS
        return any(
            c.lemma_ in word_set("arrival") and (of_him or c.dep_ == "relcl") for c in clauses
        )

    def _comes(self, at: int, actor: Reference) -> bool:
        """Tell X of "X called on Y", "X arrived", whom "the visitor" means rather than Y."""
        tokens = self._tokens(at, actor)
        told = (t for t in (*tokens, *self._apposed_to(tokens)) if t.dep_ == "nsubj")
        return any(t.head.lemma_ in word_set("comes_to") for t in told)

    def _means(self, office: OfficeSpan, actor: Reference) -> bool:
        kinds = self._kinds(actor)
        fits = fits_office(office.kind, kinds) or self._is_top_envoy(office, kinds)
        fits = fits or is_called_so(office, actor)
        if not fits and not self._is_epithet(office, actor):
            return False
        if has_other_portfolio(office, kinds) or has_other_crown(office, actor):
            return False
        if is_mere_official(office, kinds - {"head_of_organization"}):
            return False
        if self._is_of_other_sex(office, actor) or self._leads_others(office, actor.role or ""):
            return False
        if is_chief_over(actor.role or "", office):
            return False
        if office.country:
            own = actor.country == office.country or self._is_of_agency(office, actor)
            return own or self._is_epithet(office, actor)
        if office.determiner is None and office.form.office != "visitor":
            return office.kind in kinds or self._opens_bare(office)
        return True

    def _is_of_agency(self, office: OfficeSpan, actor: Reference) -> bool:
        """Tell "the head of the UN health agency", who leads the WHO told of before."""
        if office.country != "UN" or actor.country not in word_set("un_family"):
            return False
        told = {t.lower_ for t in self.doc[office.start : office.end]}
        return not told.isdisjoint(word_set("body_of_states"))

    def _leads_others(self, office: OfficeSpan, roles: str) -> bool:
        """Tell "the Malian army leader", "the Hamas leader" from one who leads the country.

        Nor is "the Malian leader" he of the Malian opposition, told of before.
        """
        if not office.form.form.endswith("leader"):
            return False
        at, head = office.head_start, self.doc[office.head_end - 1]
        before = (t for t in self.doc[max(0, at - 3) : at + 1] if t.head == head or t.i == at)
        told = {t.lower_ for t in before}
        own = set(roles.lower().split())
        led = told & word_set("led_by_others")
        if office.country and "opposition" in own and "opposition" not in told:
            return True
        return bool(led) and not led & own

    def _is_top_envoy(self, office: OfficeSpan, kinds: frozenset[str]) -> bool:
        """Tell "the top Chilean envoy", who is the foreign minister told of before."""
        words = {t.lower_ for t in self.doc[max(0, office.start - 1) : office.head_start]}
        ranked = office.kind == "envoy" and bool(words & {"top", "chief"})
        return ranked and "foreign_minister" in kinds

    def _is_of_other_sex(self, office: OfficeSpan, actor: Reference) -> bool:
        """Tell "the duchess" from a prince of her country, who is told of before."""
        called = set(office.form.form.split())
        told = {sex for sex in ("female", "male") if called & word_set(sex)}
        role = set((actor.role or "").lower().split())
        of_role = next((sex for sex in ("female", "male") if role & word_set(sex)), None)
        known = self.sexes.get(actor.actor or "", of_role)
        titled = office.kind in {"royal", "head_of_state", "spouse"}
        return titled and known is not None and bool(told) and known not in told

    def _opens_bare(self, office: OfficeSpan) -> bool:
        """Tell "Official to visit Lima", the way of headlines and summaries, from "an official"."""
        doc, end = self.doc, office.end
        if not doc[office.start].is_sent_start or end >= len(doc):
            return False
        return doc[end].pos_ in VERBS or doc[end].tag_ == "TO"

    def _kinds(self, actor: Reference) -> frozenset[str]:
        known = self.kinds.get(actor.actor or "")
        if known is not None:
            return known
        return frozenset({actor.role_kind} if actor.role_kind else ())


def _without_any_holder(fitting: list[tuple[int, Reference]]) -> list[tuple[int, Reference]]:
    """Leave out who holds an office of one in general, beside one of its country who is named.

    "Macron will visit Peru, the first visit by a French president. The president will fly on": he
    will. "A French minister" may be another than the one who is named, and of two who are named,
    as behind "the first since Chirac's visit", either may be meant.
    """
    holders = {(actor.actor, actor.country) for _, actor in fitting if actor.name}
    lands = [country for _, country in holders]
    named = {country for country in lands if lands.count(country) == 1}
    return [
        (at, actor)
        for at, actor in fitting
        if actor.name
        or actor.country not in named
        or actor.role_kind not in word_set("held_by_one")
        or actor.text.partition(" ")[0].lower() not in _INDEFINITE
    ]


__all__ = ["OfficeAntecedents"]
