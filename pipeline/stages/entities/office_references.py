"""Whom "the ambassador" and "his counterpart" mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from pipeline.stages.entities.office_words import OWN_LAND
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.referring import LOOK_BACK, SUBJECTS, Referring
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import covered_classes, word_set

_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_HIS = frozenset({"his", "her"})
#: How many sentences back "the country" may be told of.
_LAND_REACH = 2
#: How far behind its "to" begins the name of him whom an aide serves, in tokens.
_PATRON_REACH = 4
#: What a country is to the noun beside it that it owns.
_OWNING = frozenset({"poss", "compound", "amod", "nmod"})
#: So many of those whom an office may mean are compared, the last told of: a sentence without end
#: holds any number of them.
_MOST = 40


def fits_office(kind: str, kinds: frozenset[str]) -> bool:
    """Tell whether an office of class `kind` may be held by one who holds `kinds`.

    "leader" fits a head of state; "foreign_minister" does not.
    """
    covered = covered_classes().get(kind, frozenset())
    return kind in kinds or "*" in covered or bool(covered & kinds)


def _has_other_portfolio(office: OfficeSpan, kinds: frozenset[str]) -> bool:
    """Tell "the commerce minister", who is not the foreign minister told of before.

    Nor is "the deputy minister" the deputy of a parliament.
    """
    if office.kind == "deputy_minister" and office.form.form != "deputy":
        return kinds == {"legislator"}
    return office.kind == "minister" and office.kind not in kinds and " " in office.title


def _has_other_crown(office: OfficeSpan, actor: Reference) -> bool:
    """Tell "the king", who is no president told of before, nor "the president" a king."""
    crowns = word_set("crown")
    role = set((actor.role or "").lower().split())
    called = set(office.form.form.split()) & crowns
    if not role or called & {"monarch", "majesty"}:
        return False
    if called:
        alike = {"emir", "amir"} if called & {"emir", "amir"} else called
        return not role & alike and not role & {"monarch", "majesty", "custodian"}
    return office.form.form == "president" and bool(role & crowns)


class OfficeReferences(Referring):
    """Makes the references that are offices."""

    def _office(self, office: OfficeSpan) -> Reference:
        if office.determiner == OWN_LAND and office.country is None:
            office = replace(office, country=self._land_before(office.start))
        if office.determiner == "its" and office.country is None:
            office = replace(office, country=self._land_of_its(office))
        if office.country is None and (owner := self._of_possessor(office)) is not None:
            office = replace(office, country=owner)
        delegation = office.kind == "delegation"
        first = "first" in office.modifiers
        definite = office.determiner not in {"a", "an", "another"} and not first
        base: dict[str, object] = {
            "kind": "delegation" if delegation else "office",
            "form": "office",
            "role": office.title,
            "role_kind": office.kind,
            "plural": office.plural,
            "definite": definite,
        }
        if office.plural or delegation:
            return self._several(office, base)
        antecedent = self._antecedent(office) if definite else None
        if antecedent is not None and (antecedent.name or not office.shared):
            return self._known(office, base, antecedent)
        if office.kind == "counterpart":
            return self._counterpart(office, base)
        country = office.country or office.home or self._body_of_many(office)
        key = f"office-{office.kind}-{country}" + (f"-{office.title}" if office.shared else "")
        if not definite or not country:
            key += f"-{office.head_start}"
        base |= {"guessed": office.country is None, "country": country, "actor": key}
        return self._make(office.start, office.end, **base)

    def _of_possessor(self, office: OfficeSpan) -> str | None:
        """Return Peru's for "Peruvian President X's deputy", "his envoy", "an adviser to X"."""
        patron, end = self._patron(office), office.start - 1
        first = self.doc[office.start]
        if first.lower_ == "its" and first.dep_ == "poss":
            return self._land_that_does(first)
        if patron is not None or office.kind == "counterpart":
            return patron.country if patron is not None else None
        if end < 1 or self.doc[end].text not in _GENITIVES:
            return None
        return next((o.country for o in self.offices if o.end == end and o.country), None)

    def _land_that_does(self, its: Token) -> str | None:
        """Return Kenya's for "Kenya said it had sent its foreign minister"."""
        for verb in (node for node in its.ancestors if node.pos_ in {"VERB", "AUX"}):
            subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
            if subjects and subjects[-1].lower_ != "it":
                at = subjects[-1].i
                lands = (p for p in self.parties if p.is_country and p.start <= at < p.end)
                return next((p.code for p in lands if p.form != "adjective"), None)
        return None

    def _patron(self, office: OfficeSpan) -> Reference | None:
        """Return X of "X's deputy", "an adviser to X", whoever "his" means."""
        first, end = self.doc[office.start], office.start - 1
        if office.kind in {"counterpart", "visitor"}:
            return None
        if first.lower_ in _HIS and first.dep_ == "poss":
            style = self.doc[office.start + 1].text.istitle()  # "His Majesty"
            return None if style else self._third_person(first)
        behind = self.doc[office.end : office.end + 1].text.lower()
        if office.form.office in word_set("aide") and behind in {"to", "of"}:
            reach = range(office.end + 1, office.end + _PATRON_REACH)
            starts = (p.spans[0] for p in self.persons if p.spans[0].start in reach)
            return next((self._person(self._bearers[s.start], s) for s in starts), None)
        if end < 1 or self.doc[end].text not in _GENITIVES:
            return None
        named = (s for p in self.persons for s in p.spans if s.end == end)
        return next((self._person(self._bearers[s.start], s) for s in named), None)

    def _third_person(self, _token: Token) -> Reference | None:
        """Return whom a pronoun means; the reader of pronouns knows."""
        return None

    def _body_of_many(self, office: OfficeSpan) -> str | None:
        """Return the body whose "the Secretary-General" is: the one told of most that has one."""
        if office.form.form not in word_set("of_body_of_many") or office.determiner != "the":
            return None
        heads = word_set("body_of_many")
        family = word_set("un_family")  # whose agencies the UN's press tells of
        codes = ("UN" if p.code in family else p.code for p in self.parties)
        told = Counter(code for code in codes if code in heads)
        return told.most_common(1)[0][0] if told else None

    def _held_by(self, office: OfficeSpan, name: NameSpan) -> Reference:
        """Return the one of "a Peruvian envoy" whom a sentence behind it names."""
        person = self._bearers[name.start]
        own = {"article_id", "start", "end", "text", "form"}
        fields = self._person(person, name).model_dump(exclude=own)
        fields |= {
            "role": fields["role"] or office.title,
            "role_kind": fields["role_kind"] or office.kind,
            "form": "office",
        }
        if office.kind == "delegation":
            fields["kind"] = "delegation"
        return self._make(office.start, office.end, **fields)

    @cached_property
    def _bearers(self) -> Mapping[int, Person]:
        """The persons by where their names start."""
        return {span.start: person for person in self.persons for span in person.spans}

    def _land_before(self, at: int) -> str | None:
        """Return the country told of last before token `at`, by name or place rather than else."""
        for back in range(_LAND_REACH + 1):
            number = self.sentence[at] - back
            named = [p for p in self.parties if p.start < at and self.sentence[p.start] == number]
            lands = [(p.start, p.form != "adjective", p.code) for p in named if p.is_country]
            lands += [
                (place.start, True, place.country)
                for place in self.places
                if place.start < at and self.sentence[place.start] == number
            ]
            if lands:
                return max(lands, key=lambda land: (land[1], land[0]))[2]
        return None

    def _land_of_its(self, office: OfficeSpan) -> str | None:
        """Return Peru for the "its" of "Peru backs the pact, and its premier flew to Lima".

        Also that of "Peru's ministry said its envoy …"; not that of "Peru warned the firm, which
        said its president …", nor of "praised Peru for its president".
        """
        doc = self.doc
        if not any(doc[i].dep_ in SUBJECTS for i in range(office.head_start, office.head_end)):
            return None
        number = self.sentence[office.start]
        for at in range(office.start - 1, -1, -1):
            back = number - self.sentence[at]
            if back > 1:
                return None
            token = doc[at]
            main = back == 0 or token.head.dep_ == "ROOT"
            if token.dep_ in SUBJECTS and main and token.pos_ != "PRON":
                return self._land_at(token)
        return None

    def _land_at(self, subject: Token) -> str | None:
        """Return the party that a subject is, or whose ministry or envoy it is."""
        heads = {subject.i, *(c.i for c in subject.children if c.dep_ in _OWNING)}
        official = subject.lemma_.lower() in word_set("speaks_for_land") or any(
            o.head_start <= subject.i < o.head_end for o in self.offices
        )
        for party in self.parties:
            named = party.start <= subject.i < party.end
            beside = official and any(party.start <= i < party.end for i in heads)
            if (named or beside) and (party.is_country or party.acts):
                return party.code
        return None

    def _several(self, office: OfficeSpan, base: dict[str, object]) -> Reference:
        """Return the reference of a plural or a delegation, which is an actor of its own."""
        members = office.countries if len(office.countries) > 1 else ()
        country = office.country or (office.home if not members else None)
        key = f"{office.kind}-{country}-{office.plural}-{office.head_start}"
        base |= {"country": country, "members": members, "actor": key}
        base |= {"guessed": country is not None and office.country is None}
        return self._make(office.start, office.end, **base)

    def _known(
        self, office: OfficeSpan, base: dict[str, object], antecedent: Reference
    ) -> Reference:
        """Return the reference of an office whose holder was told of."""
        base |= {
            "role": antecedent.role or office.title,
            "role_kind": antecedent.role_kind or office.kind,
            "entity_id": antecedent.entity_id,
            "name": antecedent.name,
            "country": office.country or antecedent.country,
            "actor": antecedent.actor,
        }
        return self._make(office.start, office.end, **base)

    def _antecedent(self, office: OfficeSpan) -> Reference | None:
        """Return the actor that a definite office means: told of before it, else behind it."""
        if office.kind == "counterpart":
            return None
        fitting = self._fitting(office)
        if office.former and not office.country:
            fitting = [entry for entry in fitting if entry[1].actor in self._retired[office.kind]]
            if not fitting:
                return self._once_held(office)
        if fitting:
            return max(fitting, key=lambda entry: self._closeness(office, *entry))[1]
        country = office.country or office.home
        if not office.country and (described := self._once_held(office)) is not None:
            return described
        if not country:
            return self._crowned_ahead(office)
        later = [p for p in self.persons if p.country == country and not office.former]
        for person in later:
            if _has_other_portfolio(office, person.kinds):
                continue
            if self._leads_others(office, " ".join(o.title for o in person.offices)):
                continue
            if fits_office(office.kind, person.kinds) and person.spans[0].start > office.start:
                return self._person(person, person.spans[0])
        return None

    def _once_held(self, office: OfficeSpan) -> Reference | None:
        """Return X for "the former minister", "the Nobel laureate": no office that X holds now."""
        raise NotImplementedError

    @cached_property
    def _retired(self) -> Mapping[str, set[str]]:
        """Who is told to have held an office of each class and to hold it no more."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.persons:
            for office in person.offices:
                if office.former:
                    found[office.kind].add(self.ids["person", str(person.number)])
        return found

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
        possessive = office.determiner in word_set("possessive")
        ours = office.determiner == "our" and office.country is None
        number = self.sentence[office.start]
        doer, patron = self._done_to_by(office), self._patron(office)
        fitting: list[tuple[int, Reference]] = []
        for at, actor in reversed(self.actors):
            far = number - self.sentence[at] > LOOK_BACK
            if (far and fitting) or len(fitting) == _MOST:
                break
            if actor.plural or (ours and actor.country != office.home):
                continue
            if patron is not None and actor.actor == patron.actor:
                continue  # "X's adviser" is not X
            if possessive and self.sentence[at] == number:
                continue
            if doer is not None and self.sentence[at] == number and self.heads(at, actor, doer):
                continue  # "Premier X welcomed the leader", who is not X
            if self._means(office, actor):
                fitting.append((at, actor))
                if far:
                    break
        return fitting

    def _done_to_by(self, office: OfficeSpan) -> Token | None:
        """Return the subject of the verb whose object an office is."""
        head = self.doc[office.head_end - 1]
        if head.dep_ not in {"dobj", "obj"}:
            return None
        return next((c for c in head.head.children if c.dep_ in SUBJECTS), None)

    def _closeness(
        self, office: OfficeSpan, at: int, actor: Reference
    ) -> tuple[int, bool, bool, bool, int, bool, int]:
        """Rank an actor for an office: called so, near, a subject of an earlier sentence."""
        named_so = f" {office.form.form} " in f" {(actor.role or '').lower()} "
        vague = "*" in covered_classes().get(office.kind, ())  # "the official" may be anybody
        called = 2 * named_so or int(vague and office.kind in self._kinds(actor))
        back = self.sentence[office.start] - self.sentence[at]
        # "His guest", "the visiting president" is he whom the subject met.
        hosted = office.form.office == "visitor" or "visiting" in office.modifiers
        leads = back > 0 and self.is_subject(at, actor)
        leads = leads and (not hosted or self._comes(at, actor))
        named = bool(office.country and actor.name)  # rather than "his Australian counterpart"
        # "The Head of State" in capitals is he of the outlet's own country.
        capital = self.doc[office.head_start].text[:1].isupper()
        ours = capital and office.home_told and office.home == actor.country and not hosted
        away = hosted and actor.country not in self._grounds[self.sentence[at]]
        return called, named, ours, away, -back, leads, at

    @cached_property
    def _grounds(self) -> Mapping[int, set[str]]:
        """The countries of the places of each sentence, where a guest is not at home."""
        found: dict[int, set[str]] = defaultdict(set)
        for place in self.places:
            found[self.sentence[place.start]].add(place.country)
        return found

    def _comes(self, at: int, actor: Reference) -> bool:
        """Tell X of "X called on Y", "X arrived", whom "the visitor" means rather than Y."""
        tokens = self._tokens(at, actor)
        told = (t for t in (*tokens, *self._apposed_to(tokens)) if t.dep_ == "nsubj")
        return any(t.head.lemma_ in word_set("comes_to") for t in told)

    def _means(self, office: OfficeSpan, actor: Reference) -> bool:
        kinds = self._kinds(actor)
        if not fits_office(office.kind, kinds) and not self._is_top_envoy(office, kinds):
            return False
        if _has_other_portfolio(office, kinds) or _has_other_crown(office, actor):
            return False
        if self._is_of_other_sex(office, actor) or self._leads_others(office, actor.role or ""):
            return False
        if office.country:
            return actor.country == office.country
        if office.determiner is None and office.form.office != "visitor":
            return office.kind in kinds or self._is_of_headline(office)
        return True

    def _leads_others(self, office: OfficeSpan, roles: str) -> bool:
        """Tell "the Malian army leader", "the Hamas leader" from one who leads the country."""
        if not office.form.form.endswith("leader"):
            return False
        at, head = office.head_start, self.doc[office.head_end - 1]
        before = (t for t in self.doc[max(0, at - 3) : at + 1] if t.head == head or t.i == at)
        led = {t.lower_ for t in before} & word_set("led_by_others")
        return bool(led) and not led & set(roles.lower().split())

    def _is_top_envoy(self, office: OfficeSpan, kinds: frozenset[str]) -> bool:
        """Tell "the top Chilean envoy", who is the foreign minister told of before."""
        words = {t.lower_ for t in self.doc[max(0, office.start - 1) : office.head_start]}
        ranked = office.kind == "envoy" and bool(words & {"top", "chief"})
        return ranked and "foreign_minister" in kinds

    def _is_of_other_sex(self, office: OfficeSpan, actor: Reference) -> bool:
        """Tell "the duchess" from a prince of her country, who is told of before."""
        known = self.sexes.get(actor.actor or "")
        called = set(office.form.form.split())
        told = {sex for sex in ("female", "male") if called & word_set(sex)}
        titled = office.kind in {"royal", "head_of_state", "spouse"}
        return titled and known is not None and bool(told) and known not in told

    def _is_of_headline(self, office: OfficeSpan) -> bool:
        """Tell "Official to visit Lima", the way of headlines and summaries, from "an official"."""
        doc, end = self.doc, office.end
        if not doc[office.start].is_sent_start or end >= len(doc):
            return False
        return doc[end].pos_ in {"AUX", "VERB"} or doc[end].tag_ == "TO"

    def _kinds(self, actor: Reference) -> frozenset[str]:
        known = self.kinds.get(actor.actor or "")
        if known is not None:
            return known
        return frozenset({actor.role_kind} if actor.role_kind else ())

    def _counterpart(self, office: OfficeSpan, base: dict[str, object]) -> Reference:
        """Give "his Chinese counterpart" the office of the one it is the counterpart of."""
        role = next((ref for _, ref in reversed(self.actors) if ref.role), None)
        known = self._named_counterpart(office, role) if role is not None else None
        known = known or (self._only_counterpart(office, role) if role is not None else None)
        if known is not None:
            return self._known(office, base, known)
        if role is not None:
            base = {**base, "role": role.role, "role_kind": role.role_kind}
        key = f"office-{base['role_kind']}-{office.country}"
        return self._make(office.start, office.end, country=office.country, actor=key, **base)

    def _only_counterpart(self, office: OfficeSpan, peer: Reference) -> Reference | None:
        """Return the one other of a peer's class of whom the sentences before tell by name.

        "Premier A met Premier B. A took his Nordic counterpart to a farm": B.
        """
        if office.country is not None or office.plural or peer.role_kind is None:
            return None
        before = [t.lower_ for t in self.doc[max(0, office.start - 2) : office.start]]
        if not {office.determiner, *before} & word_set("possessive"):
            return None
        number = self.sentence[office.start]
        found: dict[str | None, Reference] = {}
        for at, actor in reversed(self.actors):
            if number - self.sentence[at] > LOOK_BACK:
                break
            alike = peer.role_kind in self._kinds(actor) and actor.country != peer.country
            if actor.name and alike and self.sentence[at] != number:
                found.setdefault(actor.actor, actor)
        return next(iter(found.values())) if len(found) == 1 else None

    def _named_counterpart(self, office: OfficeSpan, peer: Reference) -> Reference | None:
        """Return the one of an office's country whom the text names and gives a peer's class."""
        if office.country is None or office.plural or peer.role_kind is None:
            return None
        number = self.sentence[office.start]
        for at, actor in reversed(self.actors):
            if number - self.sentence[at] > LOOK_BACK:
                break
            if (
                actor.name
                and actor.country == office.country
                and peer.role_kind in self._kinds(actor)
            ):
                return actor
        return self._counterpart_ahead(office, peer)

    def _counterpart_ahead(self, office: OfficeSpan, peer: Reference) -> Reference | None:
        """Return B of "A flew to Lima to meet her Chilean counterpart. A will see Minister B".

        B is the only one of that country and of A's class whom the text names.
        """
        alike = [
            person
            for person in self.persons
            if person.country == office.country and peer.role_kind in person.kinds
        ]
        if len(alike) != 1 or alike[0].spans[0].start < office.start:
            return None
        return self._person(alike[0], alike[0].spans[0])


__all__ = ["OfficeReferences", "fits_office"]
