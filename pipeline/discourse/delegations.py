"""Who a delegation is: he who leads it, wherever the text says so."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token
from typing_extensions import override

from models import Reference
from pipeline.discourse.delegation_leaders import NEAR, LeaderReader, is_of_body
from pipeline.discourse.groups import Actor
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.neighbours import prep_objects, word_at
from pipeline.reference.countries import is_country

#: How far back "the delegation" looks for the one that it means, in tokens.
_DELEGATION_REACH = 150
#: How many tokens behind a delegation may tell whom it is of.
_OF_WHOM = 3


class DelegationReader(LeaderReader, ABC):
    """Puts the leaders of delegations for them."""

    def _led(self, actor: Actor) -> Actor:
        """Put the leader of a delegation for the delegation."""
        actor = self._by_sender(self._of_the_bloc(actor)) if actor.country is None else actor
        if actor.reference.kind == "office" and actor.reference.plural:
            # "officials headed by the deputy premier", who alone counts
            start, end = self.bounds_of(actor.reference)
            led = self._leader_behind(end, actor.country) or self._leader_of_those(actor)
            return self._as_official(led, start, end) if led is not None else actor
        if actor.reference.kind == "office" and actor.country is None:
            return self._of_delegation(actor)
        if actor.reference.kind != "delegation":
            return actor
        start, end = self.bounds_of(actor.reference)
        led = self._headed_beside(start) or self._leader_behind(end, actor.country)
        led = led or self._told_leader(actor)
        led = self._as_official(led, start, end) if led is not None else None
        if led is None and actor.country is None and self.doc[start].lower_ in {"the", "this"}:
            led = self._told_delegation(start)
        if led is None and actor.country is None:
            return self._whose_part(actor) or self._announced(actor)
        return led or actor

    def _leader_of_those(self, many: Actor) -> Actor | None:
        """Return X of "Peruvian officials flew in. They are led by X", who alone counts."""
        start = self.bounds_of(many.reference)[0]
        led = next((one for one, _, sent in self._leaders if sent == start), None)
        if led is None or not many.reference.plural:
            return None
        body = is_of_body(led.reference, many.country)
        own = {"country": many.country if body else led.country or many.country}
        return replace(led, reference=led.reference.model_copy(update=own))

    @override
    def _members(self, actor: Actor) -> list[Actor]:
        reference = actor.reference
        own = bool(reference.country) and not reference.guessed
        if reference.kind != "delegation" or not reference.plural or own or reference.members:
            return super()._members(actor)
        start, end = self.bounds_of(reference)  # "received two delegations. The first, led by X"
        led = [one for one, _, sent in self._leaders if sent == start]
        return [self._as_official(one, start, end) for one in led] or super()._members(actor)

    @override
    def _member(self, actor: Actor, code: str) -> Actor:
        reference = actor.reference
        if reference.kind == "delegation":
            start, end = self.bounds_of(reference)
            number = self.sentence_of[start]
            for one, country, _ in self._leaders:
                if country == code and abs(number - self.sentence_of[one.token]) <= NEAR:
                    own = {"country": code}
                    one = replace(one, reference=one.reference.model_copy(update=own))
                    return self._as_official(one, start, end)
        return super()._member(actor, code)

    def _of_the_bloc(self, sent: Actor) -> Actor:
        """Give "a team from the bloc", "the bloc's envoys" the body that was told of last."""
        reference, noun = sent.reference, self.doc[sent.token]
        if reference.kind != "delegation" and reference.form != "office":
            return sent
        behind = prep_objects(noun, "from", "of")
        if (own_body := self._named_bloc(behind)) is not None:
            own = {"country": own_body.country, "guessed": False}
            return replace(sent, reference=reference.model_copy(update=own))
        bodies = (b for b in (*noun.children, *behind) if b.lemma_.lower() in words("body_again"))
        body = next((b for b in bodies if any(c.lower_ == "the" for c in b.children)), None)
        if body is None or self.at(body.i) or any(c.dep_ == "compound" for c in body.children):
            return sent  # "a team from the trade union"
        first = self.sentences[max(0, self.sentence_of[body.i] - NEAR)].start
        for i in range(body.i - 1, first - 1, -1):
            told = (r for r in self.at(i) if r.kind == "organization" and r.country)
            if named := next((r for r in told if not is_country(r.country or "")), None):
                own = {"country": named.country, "guessed": False}
                return replace(sent, reference=reference.model_copy(update=own))
        return sent

    def _named_bloc(self, senders: Sequence[Token]) -> Reference | None:
        """Return ECOWAS of "a team from the bloc ECOWAS", "from the bloc, ECOWAS,"."""
        for sender in senders:
            called = {t.lemma_.lower() for t in sender.subtree} & words("body_again")
            named = (sender, *(c for c in sender.children if c.dep_ == "appos"))
            told = (r for t in named for r in self.at(t.i) if r.kind == "organization")
            body = next((r for r in told if r.country and not is_country(r.country)), None)
            if called and body is not None:
                return body
        return None

    def _by_sender(self, sent: Actor) -> Actor:
        """Give "envoys sent by Peru", "a team representing the Peruvian premier" their land."""
        reference = sent.reference
        if sent.country is not None or reference.name or reference.form != "office":
            return sent
        at = self.bounds_of(reference)[1]
        marks = [m for m in words("sent_by") if self.doc[at : at + 3].text.lower().startswith(m)]
        at += max((len(m.split()) for m in marks), default=0)
        at += bool(marks) and word_at(self.doc, at) == "the"
        if not marks or at >= len(self.doc):
            return sent
        sender = next((r for r in self.at(at) if r.country and not r.guessed), None)
        if sender and word_at(self.doc, self.bounds_of(sender)[1]) in words("private_delegation"):
            return sent  # "a delegation comprising representatives of Peruvian companies"
        own = {"country": sender.country if sender is not None else None, "guessed": False}
        return replace(sent, reference=reference.model_copy(update=own))

    def _headed_beside(self, start: int) -> Actor | None:
        """Return X of "X, and his delegation", "X and the accompanying delegation"."""
        at = start
        while at and self.doc[at - 1].lower_ in words("before_escort"):
            at -= 1
        told = {t.lower_ for t in self.doc[at : start + 2]}
        if not told & words("of_leader") or at < 2 or self.doc[at - 1].lower_ != "and":
            return None
        last = at - 2 - (self.doc[at - 2].text == ",")
        return next((Actor(r, last) for r in self.at(last) if r.kind == "person"), None)

    def _whose_part(self, sent: Actor) -> Actor | None:
        """Return X of "X saw Lima as part of a delegation that went on to Quito", who went too.

        Of "Peruvian Senator X is part of a delegation" it is a Peruvian one.
        """
        of = self.doc[sent.token].head
        part = of.head if of.lower_ == "of" else None
        if part is None or part.lower_ not in {"part", "member"}:
            return None
        apart = part.head.lower_ == "as"
        verb = part.head.head if apart else part.head
        subject = self.subject(verb) if verb.pos_ in VERBS else None
        goes = self.actor(subject) if subject is not None else None
        if goes is None or not goes.reference.name or not goes.country:
            return None
        own = {"country": goes.country, "guessed": True}
        same = replace(sent, reference=sent.reference.model_copy(update=own))
        return goes if apart else same if verb.lemma_ == "be" else None

    def _announced(self, sent: Actor) -> Actor:
        """Give the delegation of "the Peruvian premier said a delegation would fly" his land."""
        clause = self.doc[sent.token].head
        above = clause.head
        if clause.dep_ != "ccomp" or above.lemma_ not in words("speech"):
            return sent
        speaker = next((c for c in above.children if c.dep_ == "nsubj"), None)
        country = self._land_of(speaker) if speaker is not None else None
        if country is None:
            return sent
        own = {"country": country, "guessed": True}
        return replace(sent, reference=sent.reference.model_copy(update=own))

    def _land_of(self, speaker: Token) -> str | None:
        """Return the country for which one speaks: "Peru's premier", "the Peruvian ministry"."""
        told = self.actor(speaker)
        if told is not None:
            return told.country
        if speaker.lemma_.lower() not in words("host_noun", "speaks_of_delegation"):
            return None
        near = (c for c in speaker.children if c.dep_ in {"amod", "poss", "compound"})
        return next((r.country for c in near for r in self.at(c.i) if r.country), None)

    def _as_official(self, leader: Actor, start: int, end: int) -> Actor:
        """Let one of whom no office is told count who leads a delegation of state.

        Args:
            start: where the delegation's phrase begins, which ends before token `end`.
        """
        reference = leader.reference
        behind = end + _OF_WHOM * (word_at(self.doc, end) == "of")  # "of Peruvian exporters"
        told = {t.lower_ for t in self.doc[start : behind + 1]}
        if reference.role_kind or not reference.name or told & words("private_delegation"):
            return leader
        own = {"role_kind": "delegation"}
        return replace(leader, reference=reference.model_copy(update=own))

    def _of_delegation(self, leader: Actor) -> Actor:
        """Give the adviser of "a Peruvian delegation led by an adviser" its country."""
        start = self.bounds_of(leader.reference)[0]
        led = self.doc[max(0, start - 2) : start].text.lower().split()
        if start < 3 or led[-1:] != ["by"] or led[0] not in words("led"):
            return leader
        sent = [r for r in self.at(start - 3) if r.kind == "delegation" and r.country]
        if not sent:
            return leader
        own = {"country": sent[0].country, "guessed": False}
        return replace(leader, reference=leader.reference.model_copy(update=own))

    def _told_delegation(self, before: int) -> Actor | None:
        """Return whose delegation was told of last before token `before` ("The delegation …")."""
        for at in self._unread(before):
            self._meant[at] = self.actor(self.doc[at])
        for at in range(before - 1, max(-1, before - _DELEGATION_REACH), -1):
            told = self._meant.get(at)
            if told is not None and told.country is not None:
                return told
        return None

    def _unread(self, before: int) -> Iterator[int]:
        """Yield the delegations before a token, first to last, each once.

        Each may mean one before it: asked anew from each behind it, they would be asked twice as
        often for every one more.
        """
        for at in range(self._read_up_to, before):
            self._read_up_to = at + 1
            if self.doc[at].lemma_ == "delegation" and self.doc[at].dep_ != "poss":
                yield at

    #: Up to which token delegations are read, and whom each means, by its token.
    _read_up_to = 0

    @cached_property
    def _meant(self) -> dict[int, Actor | None]:
        return {}

    def _leader_of_group(self, group: Token) -> Actor | None:
        """Return X of "the group led by Foreign Minister X", "a team under the minister".

        Not of "the rebel group led by X", "the team led by coach X", nor "a group led by Peru".
        """
        told = {t.lower_ for t in group.lefts}
        if told & words("private_delegation") or group.tag_ == "NNS":
            return None
        senders = prep_objects(group, "from", "of")  # "a team from Peru's party, led by X"
        below = [c for node in (group, *senders) for c in node.children if c.i > group.i]
        led = [c for c in below if c.lower_ in words("led")]
        under = any(c.lower_ == "under" for c in below)
        if not (under or any(c.lower_ == "by" for verb in led for c in verb.children)):
            return None
        again = self._called_again(group)
        leader = self._leader_behind(group.i + 1, again.country if again is not None else None)
        if leader is None or leader.reference.role_kind in words("leads_group"):
            return leader
        served = {h.lemma_.lower() for h in senders} | {
            *(leader.reference.role or "").lower().split()
        }
        if leader.reference.role_kind and served & words("sends_group"):
            return leader  # "a group from the ruling party led by X, one of its directors"
        return self._as_official(leader, group.i, group.i) if again is not None else None

    def _sent_members(self, members: Token) -> Actor | None:
        """Return the delegation of "members of a Peruvian delegation", of which no head is told."""
        behind = prep_objects(members, "of")
        behind += [c for c in members.children if c.dep_ == "compound"]  # "the delegation members"
        told = [a for h in behind if (a := self.actor(h)) is not None]
        return next((a for a in told if a.reference.kind == "delegation" and a.country), None)


__all__ = ["DelegationReader"]
