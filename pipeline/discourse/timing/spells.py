"""The days from one to another that stand far behind a trip, with nothing else to be of."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.discourse.timing.acts import is_of_other_deed
from pipeline.discourse.timing.placed import PlacedDates
from pipeline.labels import VERBS

#: How far behind its trigger a spell of days may stand, in tokens.
_REACH = 60


class SpellDates(PlacedDates):
    """Finds the spell of a trip that a long aside parts from it."""

    def _days_apart(self, trigger: Token) -> int | None:
        """Return the index of the days of a trip that stand far behind it, or below its heading.

        "Will visit Lima, together with a large delegation of bankers, …, from 3 to 5 June" fires;
        "will visit Lima, …, where a fair is held from 3 to 5 June" does not.
        """
        far = [i for i in self._within(trigger.i + 1, trigger.sent.end) if self._is_spell(i)]
        near = len(far) == 1 and self._dates[far[0]][0] - trigger.i <= _REACH
        if near and self._may_be_of(far[0], trigger):
            return far[0]
        return self._days_below(trigger)

    def _is_spell(self, index: int) -> bool:
        """Tell "from 3 to 5 June", "between Monday and Wednesday"."""
        start, _, date = self._dates[index]
        whole = "/" in date.value and date.grain == "day"
        opened = self._word_before(start) in words("before_spell")
        return opened and (whole or self._range_partner(index) is not None)

    def _may_be_of(self, index: int, trigger: Token) -> bool:
        """Tell whether no verb and no event of another clause has the days of a spell.

        What one is ("Peru, which is a land of many hills, from 3 to 5 June") does not last so long.
        """
        doc, start = self.scene.doc, self._dates[index][0]
        verb = self._verb_over(index)
        if verb is not None and not _lets_days_pass(verb, trigger):
            return False
        if is_of_other_deed(self._root(index), trigger):
            return False  # "will visit Lima …, after a strike from Monday to Wednesday"
        held = words("event", "trip_noun")
        if trigger.lemma_ in words("goes_to_aim"):
            return True  # "is to attend, with her ministers, …, a summit from 3 to 5 June"
        return not any(
            t.lemma_.lower() in held and t.ent_type_ != "DATE" and not _is_of(t, trigger)
            for t in doc[trigger.i + 1 : start]
        )


def _lets_days_pass(verb: Token, trigger: Token) -> bool:
    """Tell a verb under which days may be of a trip: its own, one over it, its aim, or "is"."""
    if verb == trigger or verb in trigger.ancestors or verb.lemma_ == "be":
        return True
    return verb.tag_ == "VB" and trigger in verb.ancestors


def _is_of(noun: Token, trigger: Token) -> bool:
    """Tell the summit of "will attend a summit", "will visit Lima for a summit"."""
    for node in noun.ancestors:
        if node == trigger:
            return True
        if node.pos_ in VERBS:
            return False
    return False


__all__ = ["SpellDates"]
