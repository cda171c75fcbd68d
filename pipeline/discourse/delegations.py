"""Who a delegation is: he who leads it, wherever the text says so."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.discourse.groups import Actor
from pipeline.discourse.rosters import RosterReader
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, VERBS
from pipeline.neighbours import prep_objects, text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES

#: How far back "the delegation" looks for the one that it means, in tokens.
_DELEGATION_REACH = 150
#: How far behind a delegation "led by" stands, and behind that the one who leads, in tokens.
_LED_REACH, _LEADER_REACH = 8, 22
#: How far "Led by X" is from its delegation at the sentence's head, and "leads" from its own.
_FRONTED_REACH, _LEADS_REACH = 45, 10
#: How many sentences from where its leader is told a delegation without article may be his.
_NEAR = 4
#: How many sentences behind a delegation "the group led by X" may mean it.
_AGAIN = 2
_RELATIVES = frozenset({"who", "that"})


class DelegationReader(RosterReader, ABC):
    """Puts the leaders of delegations for them."""

    def _led(self, actor: Actor) -> Actor:
        """Put the leader of a delegation for the delegation."""
        actor = self._by_sender(self._of_the_bloc(actor)) if actor.country is None else actor
        if actor.reference.kind == "office" and actor.reference.plural:
            # "officials headed by the deputy premier", who alone counts
            start, end = self.bounds_of(actor.reference)
            led = self._leader_behind(end, actor.country)
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
        first = self.sentences[max(0, self.sentence_of[body.i] - _NEAR)].start
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
        told = {t.lower_ for t in self.doc[start : end + 1]}
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

    @abstractmethod
    def actor(self, head: Token) -> Actor | None:
        """Return the actor that the noun phrase headed by `head` names."""

    def _leader_behind(self, end: int, country: str | None) -> Actor | None:
        """Return X of "… led by X" right behind a delegation that ends before token `end`."""
        last = self.sentence(end - 1).end  # "A delegation came. Peru is led by X"
        for token in self.doc[end : min(end + _LED_REACH, last)]:
            led = token.lower_ in words("led") and token.i + 1 < len(self.doc)
            by = led and token.nbor().lower_ == "by"
            found = self._official_behind(token.i + 2) if by else self._at_head(token)
            if found is not None:
                own = {"country": found.reference.country or country}
                return replace(found, reference=found.reference.model_copy(update=own))
        return None

    def _leader_of_group(self, group: Token) -> Actor | None:
        """Return X of "the group led by Foreign Minister X", "a team headed by the minister".

        Not of "the rebel group led by X", "the team led by coach X", nor "a group led by Peru".
        """
        told = {t.lower_ for t in group.lefts}
        if told & words("private_delegation") or group.tag_ == "NNS":
            return None
        led = [c for c in group.children if c.lower_ in words("led") and c.i > group.i]
        if not any(c.lower_ == "by" for verb in led for c in verb.children):
            return None
        again = self._called_again(group)
        leader = self._leader_behind(group.i + 1, again.country if again is not None else None)
        if leader is None or leader.reference.role_kind in words("leads_group"):
            return leader
        return self._as_official(leader, group.i, group.i) if again is not None else None

    def _sent_members(self, members: Token) -> Actor | None:
        """Return the delegation of "members of a Peruvian delegation", of which no head is told."""
        behind = prep_objects(members, "of")
        behind += [c for c in members.children if c.dep_ == "compound"]  # "the delegation members"
        told = [a for h in behind if (a := self.actor(h)) is not None]
        return next((a for a in told if a.reference.kind == "delegation" and a.country), None)

    def _called_again(self, group: Token) -> Reference | None:
        """Return the delegation told a sentence or two before that "the group" means."""
        if all(t.lower_ not in {"the", "this"} for t in group.children):
            return None
        return self._sent_before(group)

    def _sent_before(self, token: Token) -> Reference | None:
        """Return the delegation told last in the sentences right before a token's."""
        number = self.sentence_of[token.i]
        for sentence in reversed(self.sentences[max(0, number - _AGAIN) : number]):
            for i in range(sentence.end - 1, sentence.start - 1, -1):
                sent = [r for r in self.at(i) if r.kind == "delegation" and not r.plural]
                if sent:
                    return sent[0]
        return None

    def _under(self, under: Token) -> Actor | None:
        """Return X of "a team under Deputy Minister X", "under the leadership of X".

        "A team under orders from X", "a team under X's command" name none.
        """
        at = under.i + 1
        own = self.doc[at : at + 3]
        if len(own) == 3 and own[1].lower_ in words("leadership") and own[2].lower_ == "of":
            at += 3
        found = self._official_behind(at)
        if found is None:
            return None
        start = self.bounds_of(found.reference)[0]
        return found if self.doc[at:start].text.lower() in {"", "the", "its", "their"} else None

    def _at_head(self, prep: Token) -> Actor | None:
        """Return X of "under Deputy Minister X", "with Deputy Minister X at its head"."""
        if prep.lower_ == "under":
            return self._under(prep)
        return self._with(prep) if prep.lower_ == "with" else None

    def _with(self, prep: Token) -> Actor | None:
        """Return X of "a team, with Deputy Minister X at its head"."""
        found = self._official_behind(prep.i + 1)
        if found is None:
            return None
        start, end = self.bounds_of(found.reference)
        while any(r.actor == found.reference.actor for r in self.at(end)):
            end += 1  # "Deputy Minister X"
        behind = self.doc[end : end + 3].text.lower()
        near = self.doc[prep.i + 1 : start].text.lower() in {"", "the", "its", "their"}
        return found if near and behind.startswith(tuple(words("at_its_head"))) else None

    def _official_behind(self, at: int) -> Actor | None:
        """Return the first person or office behind token `at`."""
        for i in range(at, min(at + _LEADER_REACH - 2, len(self.doc))):
            for reference in self.at(i):
                if reference.kind not in PERSONAL_KINDS:
                    continue
                end = self.bounds(reference)[1]
                if reference.plural and reference.kind == "office" and self._is_name_at(end):
                    continue  # "led by envoys X and Y"
                if text_at(self.doc, end) not in GENITIVES:
                    return Actor(reference, i)  # not the president of "the president's envoy X"
        return None

    def _is_name_at(self, i: int) -> bool:
        """Tell whether a person is named from token `i` on."""
        return i < len(self.doc) and any(r.kind == "person" and r.name for r in self.at(i))

    # Leaders told elsewhere

    def _told_leader(self, actor: Actor) -> Actor | None:
        """Return who leads a delegation by what other sentences tell.

        "A Peruvian delegation is in Oslo. Led by Speaker X, it …", "Mr X, who heads the
        delegation". Only one person may be told to lead one of its country.
        """
        reference = actor.reference
        start = self.bounds_of(reference)[0]
        before = {t.lower_ for t in self.doc[max(0, start - 1) : self.bounds_of(reference)[1]]}
        if reference.plural or before & words("another_one"):
            return None
        number = self.sentence_of[start]
        known = self.doc[start].lower_ in {"the", "this", "that"}
        leaders: dict[str, Actor] = {}
        for leader, country, sent in self._leaders:
            if sent < start and {self.doc[sent].lower_, self.doc[start].lower_} <= {"a", "an"}:
                continue  # "A Peruvian delegation, led by X, is here. A Peruvian team came in May"
            told = None if leader.reference.guessed else leader.country
            theirs = {told, country} - {None}
            sender = reference.country
            # A body's mission may be led by anybody, but is no country's delegation.
            theirs = theirs if is_country(sender or "") else {country} - {None}
            if sender and theirs and sender not in theirs:
                continue
            if known or abs(number - self.sentence_of[leader.token]) <= _NEAR:
                leaders.setdefault(leader.key, leader)
        named = [one for one in leaders.values() if one.reference.name]
        if len(named or leaders) != 1:
            return None
        leader = next(iter(named or leaders.values()))
        surely = None if leader.reference.guessed else leader.country
        own = {"country": surely or reference.country or leader.country}
        return replace(leader, reference=leader.reference.model_copy(update=own))

    @cached_property
    def _leaders(self) -> list[tuple[Actor, str | None, int]]:
        """Those told to lead a delegation, of which country it is, and its token."""
        found: list[tuple[Actor, str | None, int]] = []
        for token in self.tokens:
            for leader, delegation in self._leads(token):
                found.append((leader, delegation.country, self.bounds(delegation)[0]))
        return found

    def _leads(self, token: Token) -> Iterator[tuple[Actor, Reference]]:
        """Yield who is told at a token to lead a delegation, and which."""
        by = token.i + 1 < len(self.doc) and token.nbor().lower_ == "by"
        if token.lower_ in words("led") and by:
            delegation = self._delegation_before(token.i) or self._fronted(token)
            if delegation is None and token.head.lemma_.lower() in words("led_group"):
                delegation = self._called_again(token.head)
            if delegation is None and any(c.lower_ in {"it", "which"} for c in token.children):
                delegation = self._sent_before(token)  # "It is led by X"
            leader = self._official_behind(token.i + 2)
        elif token.lemma_ in words("leads") and token.pos_ == "VERB":
            delegation = self._delegation_behind(token.i + 1, _LEADS_REACH)
            leader = self._who_leads(token) if delegation is not None else None
        elif token.lower_ in words("delegation_head"):
            told = [r for r in self.at(token.i) if r.kind in PERSONAL_KINDS]
            office = next((r for r in told if "delegation" in r.text.lower()), None)
            delegation = office or self._delegation_behind(token.i + 1, _LEADS_REACH // 2)
            leader = self._named_beside(token, delegation) if delegation is not None else None
            if office is not None and office.name:
                leader = Actor(office, token.i)
        else:
            return
        if leader is not None and delegation is not None:
            yield leader, delegation

    def _delegation_before(self, at: int) -> Reference | None:
        """Return the delegation of "a delegation, led by X", "is here. Led by X, …".

        "A delegation is in Oslo. Norway is led by X" has none.
        """
        start = self.sentence(at).start
        first = -1 if start == at else start - 1
        for i in range(at - 1, max(first, at - _LED_REACH), -1):
            sent = [r for r in self.at(i) if r.kind == "delegation" and not r.plural]
            if sent:
                return sent[0]
        return None

    def _delegation_behind(self, at: int, reach: int) -> Reference | None:
        for i in range(at, min(at + reach, len(self.doc))):
            sent = [r for r in self.at(i) if r.kind == "delegation" and not r.plural]
            if sent:
                return sent[0]
            if self.doc[i].pos_ in VERBS or self.doc[i].text in {",", ".", ";"}:
                return None
        return None

    def _fronted(self, led: Token) -> Reference | None:
        """Return the delegation of "Led by X, the delegation …" at a sentence's head."""
        start = self.sentence(led.i).start
        if any(t.is_alpha for t in self.doc[start : led.i]):
            return None
        for i in range(led.i, min(led.i + _FRONTED_REACH, len(self.doc))):
            sent = [r for r in self.at(i) if r.kind == "delegation" and not r.plural]
            if sent:
                return sent[0]
        return None

    def _who_leads(self, verb: Token) -> Actor | None:
        """Return X of "X is leading a delegation", "X, who heads the delegation"."""
        subject = self.subject(verb)
        if subject is None:
            return None
        if subject.lower_ in _RELATIVES and subject.head.dep_ in ADNOMINAL:
            subject = subject.head.head
        for token in (subject, *(c for c in subject.children if c.dep_ in {"appos", "compound"})):
            for reference in self.at(token.i):
                held = reference.kind == "office" and reference.country and not reference.plural
                if (reference.kind in PERSONAL_KINDS and reference.name) or held:
                    return Actor(reference, token.i)
        return None

    @abstractmethod
    def subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """Return the token that heads a verb's subject, shared and raised ones included."""

    def _named_beside(self, noun: Token, delegation: Reference) -> Actor | None:
        """Return X of "X, head of the delegation", "the head of the delegation, X"."""
        end = self.bounds(delegation)[1]
        for i in range(noun.i - 1, max(-1, noun.i - 4), -1):
            named = [r for r in self.at(i) if r.kind == "person" and r.form in {"name", "short"}]
            if named:
                return Actor(named[0], i)
        behind = self._titled(end + (text_at(self.doc, end) == ","))
        return Actor(behind, self.bounds(behind)[0]) if behind is not None else None


__all__ = ["DelegationReader"]
