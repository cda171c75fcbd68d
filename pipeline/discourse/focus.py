"""Whom a text speaks of at a word: the one told of last before it."""

from __future__ import annotations

from models.entity import ACTOR_KINDS
from pipeline.discourse.actors import ActorReader
from pipeline.discourse.groups import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.together import SUBJECTS


class FocusReader(ActorReader):
    """Reads who is told of before a word."""

    def nearest_before(self, i: int, *, reach: int = 25) -> Actor | None:
        """Return the last actor of the sentence before token `i`: where the parse gives none."""
        start = max(self.sentence(i).start, i - reach)
        for at in range(i - 1, start - 1, -1):
            if self.doc[at].dep_ in {"compound", "nmod"} and not self.doc[at].ent_type_:
                continue  # "a foreign ministers meeting"
            for reference in self.at(at):
                if reference.kind not in ACTOR_KINDS or not reference.country:
                    continue
                if self._owned_by_office(reference) is None:
                    return Actor(reference, at, 0.7)
        return None

    def other_antecedent(self, actor: Actor, ends: set[str]) -> Actor | None:
        """Return who else a pronoun may mean where its reading would travel only home."""
        if actor.reference.form != "pronoun" or ends != {actor.country}:
            return None
        number = self.sentence_of[actor.token]
        if any(t.lemma_.lower() in words("goes_home_again") for t in self.sentences[number]):
            return None
        for back in range(2):
            if number - back < 0:
                break
            sentence = self.sentences[number - back]
            told = [
                Actor(reference, i, 0.8)
                for i in range(sentence.start, min(sentence.end, actor.token))
                for reference in self.at(i)
                if reference.kind == "person" and reference.form != "pronoun"
            ]
            if any(a.key == actor.key for a in told):
                return None  # it is he of whom the sentence speaks, on a trip at home
            others = [a for a in told if a.country and a.country not in ends]
            if others:
                return others[0]
        return None

    def focus(self, i: int, *, back: int = 2) -> Actor | None:
        """Return the person told of last before token `i`, subjects first, `back` sentences far."""
        number = self.sentence_of[i]
        for distance in range(back + 1):
            if number - distance < 0:
                break
            sentence = self.sentences[number - distance]
            found = [
                Actor(reference, at, 0.75)
                for at in range(sentence.start, min(sentence.end, i))
                for reference in self.at(at)
                if reference.kind == "person" and reference.country
            ]
            subjects = [a for a in found if self.doc[a.token].dep_ in SUBJECTS]
            if found:
                return (subjects or found)[-1]
        return None


__all__ = ["FocusReader"]
