"""Those who did the same before, told behind a verb: "the move follows a similar one by Chad"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.echoes.copies import EchoCopies
from pipeline.stages.upgrades.echoes.echo_deeds import follows_in_deed, is_step_told
from pipeline.stages.upgrades.echoes.echo_objects import behind_following, is_object
from pipeline.stages.upgrades.tables import Echo, words

#: How many sentences back the change is told that the step before it was like.
_BACK = 2
_TAKEN_UP = frozenset({"this", "that", "it"})


class DoneBefore(EchoCopies):
    """Reads the echoes whose objects made the change before their subjects."""

    def _before_it(self, token: Token, echo: Echo) -> Iterator[Candidate]:
        """Read "Peru recognised it. Peru followed Chad and Fiji", who had done it before."""
        doers = set(self.reading.parties.owners(token))
        made = [c for c in self.history if set(c.owners) == doers and c.owners]
        source = made[-1] if made and follows_in_deed(token) else None
        kept = source.parties - doers if source is not None else frozenset[str]()
        if source is None or source.status != "completed" or len(kept) != 1:
            return
        for code in self._objects(token):
            if code not in source.parties:
                yield self._copy(source, token, echo, code, min(kept), None, "completed")

    def _like_step(self, token: Token, echo: Echo) -> Iterator[Candidate]:
        """Read "Peru cut ties with Oman. The move follows a similar step by Chad on Sunday".

        Not "The visit follows a similar step by Chad", "Fiji follows a similar path".
        """
        subject = self.scene.subject(token)
        if subject is None or not self._is_step(subject):
            return
        number = self.scene.sentence_of[token.i]
        near = (c for c in self.history if number - self.scene.sentence_of[c.at] <= _BACK)
        source = max(near, key=lambda candidate: candidate.at, default=None)
        step = next((n for n in behind_following(token) if is_object(n, echo)), None)
        if source is None or step is None or source.status != "completed":
            return
        end = max(step.right_edge.i, token.right_edge.i) + 1
        others = [code for code in self._makers_of(step) if code not in source.owners]
        date = self.reading.clock.within(step.i, end) if len(others) == 1 else None
        for code in others:
            kept = self._kept(source, code)
            if kept is not None:
                yield self._copy(source, token, echo, code, kept, date, "completed")

    def _is_step(self, noun: Token) -> bool:
        """Tell "the move", "this", "Peru's decision", of one told before."""
        owned = any(c.dep_ == "poss" and self.scene.at(c.i) for c in noun.children)
        owned = owned and noun.lemma_.lower() in words("step", "news")
        return owned or noun.lower_ in _TAKEN_UP or is_step_told(noun)

    def _makers_of(self, step: Token) -> list[str]:
        """Return Chad of "Chad's similar move", "a similar step taken by Chad"."""
        owner = next((c for c in step.children if c.dep_ == "poss"), None)
        codes = self.reading.parties.codes
        if owner is not None:
            return list(codes(owner.left_edge.i, owner.i + 1))
        by = (n for n in step.subtree if n.lower_ in {"by", "from", "of"} and n.i > step.i)
        return next((list(self.reading.parties.listed_from(n.i + 1)) for n in by), [])


__all__ = ["DoneBefore"]
