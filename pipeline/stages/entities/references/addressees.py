"""Whom "you" means where a trip is told: the one to whom an official speaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import text_at
from pipeline.stages.entities.references.referring import LOOK_BACK
from pipeline.stages.entities.references.speakers import HEADING, Speakers
from pipeline.stages.entities.tables import word_set

_TOLD = frozenset({"VBD", "VBN", "VBG"})


class Addressees(Speakers):
    """Finds who is spoken to at a pronoun of the second person."""

    def _addressee(self, token: Token) -> Reference | None:
        """Return whom "you" means, told by whoever speaks to a single other official.

        It is the other one of a transcript's two speakers, whom a heading says he has met or alone
        names beside him, or, in quotation marks, the one official of another country told of just
        before.
        """
        speaker = self._speaker(token)
        called = self._called(token)
        if called is not None:
            return called
        if speaker is None and not self._is_quoted(token) and self._label_before(token) is None:
            return self._saluted or self._sole_guest
        if speaker is None or speaker.actor is None:
            return None
        if self._is_quoted(token):
            return _sole(self._told_before(token), speaker)
        if self._label_before(token) is not None:
            other = _sole(self._labelled_persons(), speaker)
            if other is not None:
                return other
        heading = [(at, ref) for at, ref in self.actors if ref.start <= HEADING and ref.name]
        met = _sole((ref for at, ref in heading if self._is_met(at)), speaker)
        return met or _sole((ref for _, ref in heading if ref.role_kind), speaker)

    def _called(self, token: Token) -> Reference | None:
        """Return X of "President X, your visit honours us", by whose name the sentence begins."""
        for at, ref in self.actors:
            if not ref.name or self.sentence[at] != self.sentence[token.i] or at > token.i:
                continue
            title = self.doc[self.doc[at].sent.start : at]
            begins = all(t.text[:1].isupper() or t.is_punct for t in title)
            if begins and ref.kind == "person" and ref.role_kind:
                return ref if self.article.text[ref.end : ref.end + 1] == "," else None
        return None

    @cached_property
    def _sole_guest(self) -> Reference | None:
        """Return the one official whom "Toasts of the President and X of Peru" names."""
        opening = {
            form for t in self.doc if t.idx < HEADING for form in (t.lower_, t.lemma_.lower())
        }
        if not opening & word_set("spoken"):
            return None
        named = (ref for _, ref in self.actors if ref.kind == "person" and ref.name)
        heading = {ref.actor: ref for ref in named if ref.start <= HEADING and ref.role_kind}
        return next(iter(heading.values())) if len(heading) == 1 else None

    @cached_property
    def _saluted(self) -> Reference | None:
        """The official whom the first salutation of a speech names, where nobody gives it.

        "Your Excellency Ana Tora, President of Fiji," above "I welcome you to Peru" fires; a line
        that ends as a sentence does not.
        """
        named = (ref for _, ref in self.actors if ref.kind == "person" and ref.name)
        heading = (ref for ref in named if ref.start <= HEADING and ref.role_kind)
        return next((ref for ref in heading if self._is_saluted(ref)), None)

    def _told_before(self, token: Token) -> Iterator[Reference]:
        """Yield the named officials told of at most a few sentences before a quotation."""
        number = self.sentence[token.i]
        for at, ref in self.actors:
            near = number - self.sentence[at] <= LOOK_BACK
            if near and ref.name and ref.role_kind and not self._is_quoted(self.doc[at]):
                yield ref

    def _labelled_persons(self) -> Iterator[Reference]:
        """Yield those whom the labels of a transcript name, those further on too."""
        for person in self.persons:
            for span in person.spans:
                start = self.doc[span.start].idx
                if any(begin <= start < end for begin, end in self._labels):
                    yield self._person(person, span)


#: The words by which one who is spoken to is meant.
SPOKEN_TO = frozenset({"you", "your"})


def is_spoken_to(token: Token) -> bool:
    """Tell the "you" of a trip: "welcome you to Lima", "your visit", "you are paying a visit".

    Neither "you can visit Lima", which is anybody's, nor "welcome you all".
    """
    head = token.head
    if token.lower_ == "your":
        return token.dep_ == "poss" and head.lemma_.lower() in word_set("trip_of_guest")
    if token.lower_ != "you" or text_at(token.doc, token.i + 1) in {"all", "both"}:
        return False
    if _is_welcomed(token) or _is_thanked(token):
        return True
    if token.dep_ in OBJECTS or (token.dep_ in SUBJECTS and head.tag_ == "VB"):
        return head.lemma_ in word_set("hosts_you")
    told = head.tag_ in _TOLD and not any(c.tag_ == "MD" for c in head.children)
    return token.dep_ in SUBJECTS and told and head.lemma_ in word_set("comes_to_us")


def _is_welcomed(you: Token) -> bool:
    """Tell the "you" of "let me extend to you and your delegation a warm welcome"."""
    verb = you.head.head if you.head.lower_ == "to" else you.head
    if verb.lemma_ not in word_set("gives_welcome"):
        return False
    return any(c.dep_ in OBJECTS and c.lower_ == "welcome" for c in verb.children)


def _is_thanked(you: Token) -> bool:
    """Tell the "you" of "thank you for visiting Lima", "thanked you for coming"."""
    if you.dep_ not in OBJECTS or you.head.lemma_ != "thank":
        return False
    fors = (c for c in you.head.children if c.lower_ == "for")
    return any(c.lemma_ in word_set("comes_to_us") for prep in fors for c in prep.children)


def _sole(told: Iterator[Reference], speaker: Reference) -> Reference | None:
    """Return the one of those told who is of another country than the speaker."""
    others = {
        ref.actor: ref
        for ref in told
        if ref.kind == "person" and ref.actor != speaker.actor and ref.country != speaker.country
    }
    return next(iter(others.values())) if len(others) == 1 else None


__all__ = ["SPOKEN_TO", "Addressees", "is_spoken_to"]
