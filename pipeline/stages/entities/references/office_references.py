"""Whom "the ambassador" and "his counterpart" mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spacy.tokens import Token

from models import Reference
from pipeline.labels import OWNER_OR_MODIFIERS, SUBJECTS, VERBS
from pipeline.neighbours import prep_objects, word_at
from pipeline.stages.entities.offices.office_words import OWN_LAND
from pipeline.stages.entities.references.office_antecedents import OfficeAntecedents
from pipeline.stages.entities.references.referring import LOOK_BACK
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many sentences back "the country" may be told of.
_LAND_REACH = 2


class OfficeReferences(OfficeAntecedents):
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
        definite = definite and not self._is_ranked(office)
        base: dict[str, object] = {
            "kind": "delegation" if delegation else "office",
            "form": "office",
            "role": office.title,
            "role_kind": office.kind,
            "plural": office.plural,
            "definite": definite,
        }
        if office.plural and office.kind == "counterpart" and office.determiner != "their":
            base |= self._office_of_peer()
        if office.plural or delegation:
            return self._several(office, base)
        # "the Duke and Duchess of Kent" are not the one royal told of
        couple = len(word_set("crowned") & set(office.form.form.split())) > 1
        antecedent = self._antecedent(office) if definite and not couple else None
        if antecedent is not None and _is_other_royal(office, antecedent):
            antecedent = None
        if antecedent is not None and (antecedent.name or not office.shared):
            return self._known(office, base, antecedent)
        if office.kind == "counterpart":
            return self._counterpart(office, base)
        country = office.country or (self._land_of_teller(office) if definite else None)
        country = country or office.home or self._body_of_many(office)
        royal = office.kind == "royal" and " " in office.title
        key = f"office-{office.kind}-{country}" + (
            f"-{office.title}" if office.shared or royal else ""
        )
        if not definite or not country or self.is_of_then(office):
            key += f"-{office.head_start}"
        base |= {"guessed": office.country is None, "country": country, "actor": key}
        return self._make(office.start, office.end, **base)

    def _is_ranked(self, office: OfficeSpan) -> bool:
        """Tell "the last Lao premier to visit", who need not be the one told of before."""
        before = self.doc[max(0, office.start - 2) : office.head_start]
        ranked = not word_set("rank").isdisjoint(token.lower_ for token in before)
        return ranked and word_at(self.doc, office.end) == "to"

    def _of_possessor(self, office: OfficeSpan) -> str | None:
        """Return Peru's for "Peruvian President X's deputy", "his envoy", "an adviser to X"."""
        patron = self._patron(office)
        first = self.doc[office.start]
        if first.lower_ == "its" and first.dep_ == "poss":
            return self._land_that_does(first)
        if patron is not None or office.kind == "counterpart":
            return patron.country if patron is not None else None
        owner = self._owner_before(office)
        return owner.country if owner is not None else None

    def _land_of_teller(self, office: OfficeSpan) -> str | None:
        """Return Norway for "Norway's palace said that the king will travel to Lima"."""
        if office.determiner != "the" or office.plural:
            return None
        teller = self._teller_of(office)
        return self._land_at(teller) if teller is not None else None

    def _land_that_does(self, its: Token) -> str | None:
        """Return Kenya's for "Kenya said it had sent its foreign minister"."""
        for verb in (node for node in its.ancestors if node.pos_ in VERBS):
            subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
            if subjects and subjects[-1].lower_ != "it":
                at = subjects[-1].i
                lands = (p for p in self.parties if p.is_country and p.start <= at < p.end)
                return next((p.code for p in lands if p.form != "adjective"), None)
        return None

    def _body_of_many(self, office: OfficeSpan) -> str | None:
        """Return the body whose "the Secretary-General" is: the one told of most that has one."""
        definite = office.determiner in {"the", "our"}
        if office.form.form not in word_set("of_body_of_many") or not definite:
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

        Also that of "Peru's ministry said its envoy …", and of "a Peruvian team led by its envoy";
        not that of "Peru warned the firm, which said its president …", nor of "praised Peru for its
        president".
        """
        doc = self.doc
        if (led := self._land_led(office)) is not None:
            return led
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

    def _land_led(self, office: OfficeSpan) -> str | None:
        """Return Peru for the "its" of "a Peruvian delegation led by its envoy"."""
        by = self.doc[office.start - 1] if office.start else None
        if by is None or by.lower_ != "by" or by.head.tag_ != "VBN":
            return None
        noun = by.head.head
        teams = (o for o in self.offices if o.kind == "delegation" and o.start <= noun.i < o.end)
        return next((o.country for o in teams if o.country), None)

    def _land_at(self, subject: Token) -> str | None:
        """Return the party that a subject is, or whose ministry or envoy it is."""
        heads = {subject.i, *(c.i for c in subject.children if c.dep_ in OWNER_OR_MODIFIERS)}
        heads |= {land.i for land in prep_objects(subject, "of")}
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
        styled = word_set("style_of_crown") & set((antecedent.role or "").lower().split())
        crowned = styled and word_set("crowned") & set(office.form.form.split())
        base |= {
            "role": office.title if crowned else antecedent.role or office.title,
            "role_kind": antecedent.role_kind or office.kind,
            "entity_id": antecedent.entity_id,
            "name": antecedent.name,
            "country": antecedent.country or office.country,
            "actor": antecedent.actor,
        }
        return self._make(office.start, office.end, **base)

    def _counterpart(self, office: OfficeSpan, base: dict[str, object]) -> Reference:
        """Give "his Chinese counterpart" the office of the one it is the counterpart of."""
        role = self._last_holder()
        known = self._named_counterpart(office, role) if role is not None else None
        known = known or (self._only_counterpart(office, role) if role is not None else None)
        if known is not None:
            return self._known(office, base, known)
        base = {**base, **self._office_of_peer()}
        key = f"office-{base['role_kind']}-{office.country}"
        return self._make(office.start, office.end, country=office.country, actor=key, **base)

    def _last_holder(self) -> Reference | None:
        """Return the office holder told of last, whose counterpart another is."""
        return next((ref for _, ref in reversed(self.actors) if ref.role), None)

    def _office_of_peer(self) -> dict[str, object]:
        """Return the office of "his counterparts (from Peru and Chile)", where one is told.

        Not asked of "the generals and their counterparts", who need not be the last holder's peers.
        """
        peer = self._last_holder()
        return {"role": peer.role, "role_kind": peer.role_kind} if peer is not None else {}

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


def _is_other_royal(office: OfficeSpan, antecedent: Reference) -> bool:
    """Tell the Duke of Kent from the Prince of Wales, told of before."""
    told, own = (antecedent.role or "").lower(), office.title.lower()
    royal = office.kind == antecedent.role_kind == "royal"
    return royal and " " in told and " " in own and told != own


__all__ = ["OfficeReferences"]
