"""Who acts: the persons and offices that noun phrases name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token
from typing_extensions import override

from models import Reference
from models.entity import ACTOR_KINDS, NAME_FORMS, PARTY_KINDS
from pipeline.discourse.determiners import is_some
from pipeline.discourse.groups import Actor, without_described
from pipeline.discourse.listed_lands import of_land_before
from pipeline.discourse.owned import OwnedReader
from pipeline.discourse.rosters import is_apposed
from pipeline.discourse.tables import words
from pipeline.discourse.together import RELATIVES, SUBJECTS
from pipeline.labels import ADNOMINAL, PLURALS, VERBS
from pipeline.neighbours import prep_objects, text_at
from pipeline.reference.countries import is_country

#: How far behind "envoys" of "envoys to the talks in Lima, A and B" its names begin at most.
_MATTER = 8


class ActorReader(OwnedReader):
    """Reads actors by the parse, and by position where the parse gives none."""

    @override
    def actors(self, head: Token) -> list[Actor]:
        """Return the actors that a noun phrase and those listed with it name."""
        if head.i not in self._acting:
            self._acting[head.i] = self._read_actors(head)
        return list(self._acting[head.i])

    def _read_actors(self, head: Token) -> list[Actor]:
        if (together := self.together(head)) is not None:
            return together
        found: dict[str, Actor] = {}
        for leader in self._both(head):
            found[leader.key] = leader
        if found:
            return list(found.values())
        if named := self._named_apart(head):
            return named
        if any(r.kind == "group" and r.role_kind == "persons" for r in self.at(head.i)):
            return self.of_lands_told(head)
        if head.lower_ == "couple" and not is_some(head):
            return list(self._of_couple(head))
        if couple := self._of_titled_couple(head):
            return couple
        if grouped := self._grouped(head):
            return grouped
        whose = head.lower_ in RELATIVES or _is_all_of_whom(head)
        if whose and head.head.dep_ in ADNOMINAL:
            head = self._one_among(self._antecedent_list(head))
        elif head.pos_ == "NOUN":
            head = _of_many(self._one_among(head))
        elif head.tag_ == "CD":  # "two of his counterparts, A of Peru and B of Mali"
            peers = (h for h in prep_objects(head, "of") if h.lemma_ == "counterpart")
            head = next(peers, head)
        styled, head = head, _titled(head)  # "we, the ministers", "Their Majesties the King"
        head = self._called_behind_clause(head)
        if named := self.named_behind(head.i) or self._holders_with(head):
            return named
        joined = (_titled(c) for c in (head.conjuncts or styled.conjuncts) if c.i > head.i)
        heads = [*self._crowned_before(head), head, *joined]
        for each in heads:
            if each != head and self._is_companion(head, each):
                continue
            actor = self.actor(each)
            told = self.at(each.i)
            shared = [r for r in told if r.kind == "person"] or [
                r for r in told if r.kind == "office" and not r.plural
            ]  # "the foreign and defence ministers"
            if len({r.actor for r in shared}) > 1:  # "the presidents of Peru (X) and Chile (Y)"
                found |= {a.key: a for a in (Actor(r, each.i, 0.95) for r in shared)}
                continue
            known = list(found.values())
            if actor is not None and known and is_apposed(known[0].reference, actor.reference):
                continue
            for single in self._members(actor) if actor is not None else ():
                beside = _beside_spouse(single, found)
                found.setdefault(beside.key, beside)
        for first in list(found.values())[:1]:
            for other in self._listed_backwards(first):
                before = {single.key: single for single in self._members(other)}
                found = {**before, **{key: a for key, a in found.items() if key not in before}}
            for other in self._listed(first):
                for single in self._members(other):
                    found.setdefault(single.key, single)
        return self._with_two_offices(without_described(self._sharing_land(list(found.values()))))

    def _with_two_offices(self, actors: list[Actor]) -> list[Actor]:
        """Take "Deputy Premier, Minister of Trade of Peru X" for one who holds two offices.

        "The premier, Foreign Minister X and Defence Minister Y" are three.
        """
        if len(actors) != 2:
            return actors
        first, second = (actor.reference for actor in actors)
        if first.kind != "office" or first.plural or second.kind != "person" or not second.name:
            return actors
        if (envoy := self._now_of_body(actors)) is not None:
            return [envoy]
        if first.country not in {second.country, None}:
            return actors
        (_, at), (start, end) = self.bounds_of(first), self.bounds_of(second)
        more = {r.actor for r in self.at(end + 1)}  # "…, Minister of Trade and Minister of Defence"
        listed = text_at(self.doc, end) in {"and", "&"} and second.actor not in more
        return actors if listed or self.doc[at:start].text != "," else actors[1:]

    def _now_of_body(self, actors: list[Actor]) -> Actor | None:
        """Return X of "The UN envoy to Mali, former Peruvian minister X": one, sent by the UN.

        "The UN envoy, Peruvian minister X and" others are several.
        """
        office, person = (actor.reference for actor in actors)
        former = (person.role or "").lower().startswith(("former ", "ex-"))
        start = self.bounds_of(person)[0]
        between = self.doc[self.bounds_of(office)[1] : start]
        if not former or is_country(office.country or "") or not office.country:
            return None
        led = [token.lower_ for token in between if token.lower_ not in {"the", "a"}]
        if led[:1] not in ([","], ["and"]) or any(t.pos_ in VERBS for t in between):
            return None
        if not all(word.startswith(("former", "ex")) for word in led[1:2]):
            return None  # ", as well as", ", along with"
        named = {"country": office.country, "role": office.role, "role_kind": office.role_kind}
        return replace(actors[1], reference=person.model_copy(update=named))

    def _sharing_land(self, actors: list[Actor]) -> list[Actor]:
        """Give both of "the president and the premier of Peru" its last word."""
        shared: list[Actor] = []
        for n, actor in enumerate(actors):
            following = actors[n + 1] if n + 1 < len(actors) else None
            if following is not None and self._is_of_pair_with(actor, following):
                own = {"country": following.country, "guessed": False}
                own |= {"actor": f"office-{actor.reference.role_kind}-{following.country}"}
                actor = replace(actor, reference=actor.reference.model_copy(update=own))
            actor = of_land_before(actor, shared[-1]) if shared else actor
            if shared and shared[-1].key == actor.key:
                actor = _beside_spouse(actor, {actor.key: shared[-1]})
            shared.append(actor)
        return shared

    def _is_of_pair_with(self, one: Actor, other: Actor) -> bool:
        """Tell "the king" from "queen of Peru" right behind, whose land is his."""
        first, second = one.reference, other.reference
        if first.kind != "office" or first.name or first.plural or second.plural:
            return False
        crowned = words("crowned")
        royal = first.role_kind in crowned and second.role_kind in crowned
        if second.kind != "office" and not (second.kind == "person" and royal):
            return False  # "the emperor and Empress X of Japan"
        unsure = first.country is None or first.guessed
        between = self.doc[self.bounds_of(first)[1] : self._phrase_start(second)]
        joined = {t.lower_ for t in between} in ({"and"}, {"and", "the"})
        return unsure and other.country is not None and not second.guessed and joined

    def _crowned_before(self, head: Token) -> list[Token]:
        """Return the king of "the King and Queen Consort", whom the parse hangs on his consort."""
        own = {r.actor for r in self.at(head.i)}
        before = (c for c in head.children if c.dep_ in {"nmod", "compound"} and c.i < head.i)
        return [
            token
            for token in before
            if any(c.dep_ == "cc" for c in token.children)
            and any(r.kind == "office" and r.actor not in own for r in self.at(token.i))
        ][:1]

    def _grouped(self, head: Token) -> list[Actor]:
        """Return the officials of "a group of Peruvian officials", who travel as one."""
        if self.at(head.i) or head.lemma_.lower() not in words("one_group_of"):
            return []
        behind = prep_objects(head, "of")
        many = [h for h in behind if h.tag_ == "NNS"]
        told = [a for h in many if (a := self.actor(h)) is not None and self._may_be_group(h, a)]
        one = {"plural": False}
        return [replace(a, reference=a.reference.model_copy(update=one)) for a in told[:1]]

    def _may_be_group(self, noun: Token, actor: Actor) -> bool:
        """Tell officials, or him who is told elsewhere to lead them."""
        sent = any(r.form == "office" for r in self.at(noun.i))
        return actor.reference.plural or (sent and bool(actor.reference.name))

    def named_behind(self, i: int) -> list[Actor]:
        """Return A and B of "Malian ministers A (defence) and B", "the two premiers, A and B".

        Also of "Malian envoys ex-premier A and general B", "Mali's envoys to Chad, A and B,".
        """
        told = next((r for r in self.at(i) if r.kind == "office" and r.plural), None)
        if told is None:
            return []
        at = self.bounds(told)[1]
        at += text_at(self.doc, at) in {",", ":", "–", "—", "--"}
        named = [r for r in self.at(at) if r.kind == "person" and r.form in {"name", "short"}]
        first = self._first_held(told) or next((r for r in named if self.bounds(r)[0] == at), None)
        first = first or self._apposed_to(self.bounds(told)[1], self.doc[i].head)
        if (
            first is None
            or first.country is None
            or (
                first.country not in {told.country, *told.members}
                and not self._first_held(told)
                and (told.country or self.doc[i].lemma_ != "counterpart")
            )
        ):
            return []
        listed = self.actors_from(Actor(first, self.bounds(first)[1] - 1))
        return [_of_office(actor, told) for actor in listed] if len(listed) > 1 else []

    def _named_apart(self, head: Token) -> list[Actor]:
        """Return A and B of "the two ministers, A of Peru and B of Mali, met", who are such.

        Of "the two sides, A's and B's, met" no office is told.
        """
        group = any(r.kind == "group" and r.plural for r in self.at(head.i))
        parted = text_at(self.doc, head.i + 1) in {",", ":", "–", "—", "--", "-"}
        if not group or not parted or head.lower_ not in words("holders_plural"):
            return []
        names = (c for c in head.children if c.dep_ == "appos" and c.i > head.i)
        first = next(
            (r for c in names for r in self.at(c.i) if r.kind == "person" and r.name), None
        )
        listed = self.actors_from(Actor(first, self.bounds(first)[1] - 1)) if first else []
        return [self._in_office(actor) for actor in listed] if len(listed) > 1 else []

    def _in_office(self, actor: Actor) -> Actor:
        """Let one count who is told to be of a group of officials."""
        if actor.reference.role_kind or not actor.reference.name:
            return actor
        own = {"role_kind": "delegation"}
        return replace(actor, reference=actor.reference.model_copy(update=own))

    def _holders_with(self, head: Token) -> list[Actor]:
        """Return A and B of "envoys general A and minister B left", whom the parse takes for B."""
        if head.dep_ not in SUBJECTS or head.ent_type_ != "PERSON":
            return []
        beside = (c for c in head.head.children if c.dep_ in SUBJECTS and c.i < head.i)
        for noun in beside:
            named = self.named_behind(noun.i) if noun.tag_ in PLURALS else []
            if any(a.token == head.i or a.key in {r.actor for r in self.at(head.i)} for a in named):
                return named
        return []

    def _apposed_to(self, at: int, verb: Token) -> Reference | None:
        """Return A of "envoys to Chad, ex-premier A and general B, arrived", behind the envoys.

        Args:
            at: the token behind the plural office.
            verb: what those do who hold it: no name behind it is theirs.
        """
        if verb.i < at or verb.pos_ not in VERBS:
            return None
        comma = next((t.i for t in self.doc[at : at + _MATTER] if t.text == ","), at)
        for token in self.doc[comma + (comma > at) : verb.i]:
            apart = (
                token.pos_ in {"VERB", "AUX", "ADP"} and token.tag_ != "VBN"
            )  # "retired general"
            if apart or token.text in {",", ".", ";", "("}:
                return None
            named = (r for r in self.at(token.i) if r.kind == "person")
            if first := next((r for r in named if r.form in {"name", "short"}), None):
                return first
        return None

    def actors_from(self, first: Actor) -> list[Actor]:
        """Return an actor and those that the list goes on with behind it."""
        found = {first.key: first}
        for other in self._listed(first):
            for single in self._members(other):
                found.setdefault(single.key, single)
        return list(found.values())

    def listed_at(self, i: int) -> list[Actor]:
        """Return the persons of the list that begins at token `i`, whatever the parse."""
        first = self._titled(i)
        if first is None:
            return []
        return self.actors_from(Actor(first, self.bounds(first)[1] - 1, 0.9))

    def offices_at(self, i: int) -> list[Actor]:
        """Return each of "the leaders of Peru and Mali", "envoys from the EU" at token `i`."""
        offices = (r for r in self.at(i) if r.kind == "office" and r.form == "office")
        return [a for r in offices for a in self.each_of(Actor(r, i, 0.9)) if a.country]

    def actors_before(self, last: Actor) -> list[Actor]:
        """Return an actor and those listed before him ("A and B, in town for talks")."""
        before = list(self._listed_backwards(last))
        return [*(each for a in reversed(before) for each in self._members(a)), last]

    def _antecedent_list(self, relative: Token) -> Token:
        """Return the first of the list that "A and B, who are …" looks back to."""
        clause = relative.head
        noun = clause.head
        plural = any(t.lower_ in {"are", "were", "have"} for t in [clause, *clause.children])
        while plural and noun.dep_ == "conj" and noun.head != noun:
            noun = noun.head
        return self._from_lands(noun) if relative.lower_ in words("of_persons") else noun

    def _from_lands(self, noun: Token) -> Token:
        """Return the ministers of "ministers from Peru and Chile, who came here"."""
        land = noun
        while land.dep_ == "conj" and land.head != land:
            land = land.head
        listed = land.dep_ == "pobj" and any(r.form == "name" for r in self.at(land.i))
        if not listed or land.head.lower_ not in words("lists_lands"):
            return noun
        holders = land.head.head
        return holders if any(r.plural and r.role for r in self.at(holders.i)) else noun

    def _one_among(self, noun: Token) -> Token:
        """Return A of "A was among the leaders who attended", "among the envoys and guests".

        Not of "A is among the delegation arriving in Lima", who is but of its number.
        """
        first = noun
        while first.dep_ == "conj" and first.head != first:
            first = first.head
        above = first.head.head if first.head.lower_ == "of" else first
        noun = above if above.dep_ == "pobj" and above.head.lower_ == "among" else noun
        node = noun.head
        if node.lower_ == "of" and node.head.lower_ == "one":
            node = node.head
        verb = node.head
        if noun.dep_ != "pobj" or node.lower_ not in {"among", "one"} or verb.lemma_ != "be":
            return noun
        if noun.tag_ == "NN" and noun.lemma_ in words("sent_group"):
            return noun
        return self.subject(verb) or noun

    @override
    def actor(self, head: Token) -> Actor | None:
        """Return the actor that the noun phrase headed by `head` names."""
        if head.lower_ in RELATIVES and head.head.dep_ in {"relcl", "ccomp", "acl"}:
            return self.actor(head.head.head) if head.head.head != head else None
        if head.lower_ == "whose":
            clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
            return self.actor(clause.head) if clause is not None else None
        direct = [r for r in self.at(head.i) if r.kind in ACTOR_KINDS]
        if direct:
            named = [r for r in direct if r.kind == "person"]
            told = (named or direct)[0]
            owned = self._owned_by_office(told)
            if owned is not None:
                return self.actor(owned) if self.at(owned.i) else None
            return self._led(self._of_several(Actor(told, head.i)))
        group = next((r for r in self.at(head.i) if r.kind == "group"), None)
        if group is not None and head.lemma_ == "delegation":
            return self._leader_behind(head.i + 1, group.country)
        if group is not None:
            return None
        for child in head.children:
            if child.dep_ in {"appos", "compound", "flat"} and child.pos_ == "PROPN":
                inner = [r for r in self.at(child.i) if r.kind == "person"]
                if inner:
                    return Actor(inner[0], child.i)
        party = next((r for r in self.at(head.i) if r.kind in PARTY_KINDS), None)
        if party is not None and party.country and party.form in NAME_FORMS:
            holder = self._holder_behind(party) or self._holder_of(party, head)
            return holder or Actor(party, head.i, 0.5)
        if head.lower_ == "members":
            return self._sent_members(head)
        seat = self.government_at(head)
        if seat is None and head.lemma_.lower() in words("led_group"):
            return self._leader_of_group(head)
        return Actor(seat, head.i, 0.5) if seat is not None else None


def _of_office(actor: Actor, many: Reference) -> Actor:
    """Let B of "Malian ministers A of trade and B of defence" hold the office of both."""
    reference = actor.reference
    if reference.role_kind or not reference.name or not reference.guessed:
        return actor
    own = {"role": many.role, "role_kind": many.role_kind, "country": many.country}
    return replace(actor, reference=reference.model_copy(update={**own, "guessed": False}))


def _of_many(noun: Token) -> Token:
    """Return the leaders of "a string of leaders", "a series of visiting ministers"."""
    if noun.lemma_.lower() not in words("quantity_of"):
        return noun
    of = next((c for c in noun.children if c.lower_ == "of" and c.i > noun.i), None)
    return next((c for c in of.children if c.dep_ == "pobj"), noun) if of is not None else noun


def _titled(head: Token) -> Token:
    """Return the king of "His Majesty the King", the ministers of "we, the ministers"."""
    if head.lower_ not in words("apposed_to"):
        return head
    return next((c for c in head.children if c.dep_ == "appos"), head)


def _beside_spouse(actor: Actor, told: Mapping[str, Actor]) -> Actor:
    """Tell the queen of "the king and queen of Peru" from him, of whose office's class she is."""
    titles = (actor.reference.role or "").lower().split()
    role = next((word for word in titles if word in words("consort", "consort_style")), None)
    couple = "and" in titles  # "the Duke and Duchess of Sussex"
    if actor.key not in told or actor.reference.name or role is None or couple:
        return actor
    other = {"actor": f"{actor.key}-{role}"}
    return replace(actor, reference=actor.reference.model_copy(update=other))


def _is_all_of_whom(head: Token) -> bool:
    """Tell the "all" of "the ministers, all of whom came here"."""
    behind = head.doc[head.i + 1 : head.i + 3].text.lower()
    return behind == "of whom" and head.lower_ in words("all_of")


__all__ = ["Actor", "ActorReader"]
