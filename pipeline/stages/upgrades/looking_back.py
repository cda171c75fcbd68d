"""The parties that a sentence does not name, from what stands before it."""

from __future__ import annotations

from pipeline.stages.upgrades.named import NamedParties, Parties

#: How many sentences back parties are looked for that the sentence does not name.
LOOK_BACK = 6
#: Told of so many times more than the next, a party is the one meant.
CLEARLY = 1.6


class LookingBack(NamedParties):
    """Finds parties by what the article told before."""

    def other(self, before: int, known: set[str]) -> str | None:
        """Return the party told of most beside `known`, the title's and the nearest first."""
        ranked = [(c, n) for c, n in self.counts.most_common(3) if c not in known]
        if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
            return ranked[0][0]
        pair = self.pair_before(before)
        if pair is not None and known & pair:
            return min(pair - known, default=None)
        return next((code for code, _ in self.counts.most_common() if code not in known), None)

    def pair_before(self, before: int) -> Parties | None:
        """Return the pair told of last before a token, else the two told of most."""
        scene = self.scene
        if not scene.sentences:
            return None
        number = scene.sentence_of[min(before, len(scene.doc) - 1)]
        seen: set[str] = set()
        for back in range(1, min(LOOK_BACK, number) + 1):
            sentence = scene.sentences[number - back]
            seen |= set(self.codes(sentence.start, sentence.end))
            if len(seen) >= 2:
                ranked = sorted(seen, key=lambda code: (-self.counts[code], code))
                return frozenset(ranked[:2])
        most = self.counts.most_common(2)
        return frozenset(code for code, _ in most) if len(most) == 2 else None


__all__ = ["LookingBack"]
