"""Who is told to lead a delegation: "a team led by X", "Mr X, who heads the delegation"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from models.entity import ACTOR_KINDS, PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.groups import Actor, is_former
from pipeline.discourse.rosters import RosterReader
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES

#: How far behind a delegation "led by" stands, and behind that the one who leads, in tokens.
_LED_REACH, _LEADER_REACH = 8, 22
#: How far "Led by X" is from its delegation at the sentence's head, and "leads" from its own.
_FRONTED_REACH, _LEADS_REACH = 45, 10
#: How far behind its delegation a clause's end may say who leads it, in tokens.
_TRAILING_REACH = 25
#: What stands before the land to which a delegation goes.
_TO_LAND = frozenset({"in", "to", "for"})
_IS = frozenset({"is", "was", "are", "were"})
#: How many sentences from where its leader is told a delegation without article may be his.
NEAR = 4
#: How many sentences behind a delegation "the group led by X" may mean it.
_AGAIN = 2
#: How far behind several envoys "led by" stands, with a comma between.
_RIGHT_BEHIND = 2
_RELATIVES = frozenset({"who", "that"})


class LeaderReader(RosterReader, ABC):
    """Reads who leads which delegation."""

    @abstractmethod
    def actor(self, head: Token) -> Actor | None:
        """Return the actor that the noun phrase headed by `head` names."""

    def _leader_behind(self, end: int, country: str | None) -> Actor | None:
        """Return X of "… led by X" right behind a delegation that ends before token `end`."""
        last = self.sentence(end - 1).end  # "A delegation came. Peru is led by X"
        for token in self.doc[end : min(end + _TRAILING_REACH, last)]:
            if token.i >= end + _LED_REACH and not self._trails(token, end):
                continue
            led = token.lower_ in words("led") and token.i + 1 < len(self.doc)
            by = led and token.nbor().lower_ == "by"
            found = self._official_behind(token.i + 2) if by else self._at_head(token)
            if found is not None and _is_of_other_land(found.reference, country):
                return None  # "The Danish team praised Nepal's rise under Premier X"
            if found is not None:
                own = {"country": found.reference.country or country}
                if is_of_body(found.reference, country):
                    own = {"country": country}
                return replace(found, reference=found.reference.model_copy(update=own))
        return None

    def _trails(self, token: Token, end: int) -> bool:
        """Tell the "led" of "The delegation landed in Lima on Monday for talks, led by X".

        Not that of one who is told of between: "The delegation met the team of Peru, led by X".
        """
        if token.lower_ not in words("led") and token.lower_ != "with":
            return False
        if token.i < 1 or self.doc[token.i - 1].text != ",":
            return False
        for i in range(end, token.i):
            gone_to = word_at(self.doc, i - 1 - (word_at(self.doc, i - 1) == "the")) in _TO_LAND
            kinds = {r.kind for r in self.at(i)}
            if kinds & ACTOR_KINDS or (kinds & PARTY_KINDS and not gone_to):
                return False
        return True

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
        return found if self._leads_to_office(at, start) else None

    def _leads_to_office(self, at: int, start: int) -> bool:
        """Tell what may stand before an office: "the", its land ("under Lao Minister X")."""
        return all(
            t.lower_ in {"the", "its", "their"} or any(r.kind == "country" for r in self.at(t.i))
            for t in self.doc[at:start]
        )

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
        near = self._leads_to_office(prep.i + 1, start)
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
                if text_at(self.doc, self.phrase_end(reference)) not in GENITIVES:
                    return Actor(reference, i)  # not the president of "the president's envoy X"
        return None

    def _is_name_at(self, i: int) -> bool:
        """Tell whether a person is named from token `i` on."""
        return i < len(self.doc) and any(r.kind == "person" and r.name for r in self.at(i))

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
        senders: dict[str, str | None] = {}
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
            if known or abs(number - self.sentence_of[leader.token]) <= NEAR:
                leaders.setdefault(leader.key, leader)
                senders.setdefault(leader.key, country)
        named = [one for one in leaders.values() if one.reference.name]
        if len(named or leaders) != 1:
            return None
        leader = next(iter(named or leaders.values()))
        surely = None if leader.reference.guessed else leader.country
        own = {"country": surely or reference.country or leader.country}
        sender = reference.country or senders[leader.key]
        if is_of_body(leader.reference, sender):
            own = {"country": sender}
        return replace(leader, reference=leader.reference.model_copy(update=own))

    @cached_property
    def _leaders(self) -> list[tuple[Actor, str | None, int]]:
        """Those told to lead a delegation, of which country it is, and its token."""
        found: list[tuple[Actor, str | None, int]] = []
        told = words("led", "delegation_head", "leadership")
        for token in self.tokens:
            if token.lower_ in told or token.lemma_ in words("leads"):
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
            if delegation is None and any(c.lower_ == "they" for c in token.children):
                delegation = self._sent_before(token) or self._many_before(token)
            leader = self._official_behind(token.i + 2)
            delegation = delegation or self._one_of_many(token, leader)
        elif self._is_of_those(token):
            delegation = self._sent_before(token) or self._many_before(token)
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
        if leader is None or delegation is None:
            return
        if delegation.kind == "delegation" and delegation.country is None:
            many = self._many_before(token)  # "Envoys of ECOWAS came. The delegation is led by X"
            if many is not None and many.country and many.role_kind in words("sent_class"):
                yield leader, many
        elif delegation.plural and self.doc[self.bounds(delegation)[0]].lower_ in {"the", "these"}:
            many = self._many_before(token)  # "Congressmen flew in. The lawmakers, led by X, …"
            own = {leader.country, delegation.country} - {None}
            ours = many is not None and (not own or many.country in own)
            if many is not None and ours and many.role_kind == delegation.role_kind:
                yield leader, many
        yield leader, delegation

    def _is_of_those(self, token: Token) -> bool:
        """Tell the "head" of "At its head is X", the "heading" of "Heading them was X".

        So the "leadership" of "It is under the leadership of X".
        """
        before = self.doc[max(0, token.i - 3) : token.i].text.lower()
        if token.lower_ in words("delegation_head"):
            opens = before in {"at its", "at their"} or before.endswith((". at its", ". at their"))
            return opens and word_at(self.doc, token.i + 1) in _IS
        if token.lower_ in words("leadership"):
            at, subject = token.i - 3, token.i - 4
            led = before.endswith(" under the") and word_at(self.doc, at) in _IS
            return led and word_at(self.doc, subject) in {"it", "they"}
        if token.tag_ != "VBG" or token.lemma_ not in words("leads") or not token.is_sent_start:
            return False
        return self.doc[token.i + 1 : token.i + 3].text.lower() in words("them_is")

    def _many_before(self, token: Token) -> Reference | None:
        """Return the officials told last in the sentence right before a token's."""
        number = self.sentence_of[token.i]
        before = self.sentences[number - 1] if number else ()
        many = (r for t in before for r in self.at(t.i) if r.kind == "office" and r.plural)
        return next(many, None)

    def _one_of_many(self, led: Token, leader: Actor | None) -> Reference | None:
        """Return the one of "two delegations, one from Peru led by X", "The first was led by X".

        It is of the land told beside it, else of its leader's.
        """
        start = self.sentence(led.i).start
        told = self.doc[max(start, led.i - _LED_REACH) : led.i]
        lands = [r for t in told for r in self.at(t.i) if r.kind == "country"]
        if leader is None or not (lands or any(t.lower_ in words("one_of_many") for t in told)):
            return None
        number = self.sentence_of[led.i]
        for i in range(led.i - 1, self.sentences[max(0, number - _AGAIN)].start - 1, -1):
            many = [r for r in self.at(i) if r.kind == "delegation" and r.plural]
            if not many:
                continue
            own = lands[-1].country if lands else leader.country
            if many[0].members and own not in many[0].members:
                return None
            return many[0].model_copy(update={"country": own, "members": ()})
        return None

    def _delegation_before(self, at: int) -> Reference | None:
        """Return the delegation of "a delegation, led by X", "is here. Led by X, …".

        "A delegation is in Oslo. Norway is led by X" has none.
        """
        start = self.sentence(at).start
        first = -1 if start == at else start - 1
        for i in range(at - 1, max(first, at - _LED_REACH), -1):
            sent = [r for r in self.at(i) if r.kind == "delegation" and not r.plural]
            if i >= at - _RIGHT_BEHIND:  # "the ECOWAS representatives, headed by X"
                many = (r for r in self.at(i) if r.kind == "office" and r.plural)
                sent += (r for r in many if r.role_kind in words("sent_class"))
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


def _is_of_other_land(leader: Reference, sender: str | None) -> bool:
    """Tell who surely is of another land than a delegation, which he does not lead."""
    surely = leader.country if not leader.guessed else None
    return is_country(sender or "") and is_country(surely or "") and surely != sender


def is_of_body(leader: Reference, sender: str | None) -> bool:
    """Tell the envoy of "an ECOWAS team led by the former president X": he serves who sent him.

    The president in office whom ECOWAS sends is his country's all the same.
    """
    return bool(sender) and not is_country(sender or "") and is_former(leader)


__all__ = ["NEAR", "LeaderReader", "is_of_body"]
