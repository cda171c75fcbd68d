"""Several who did the same with one ("Peru and Chad cut ties with Syria"), and what they did next.

The change told behind is of all of them with that one: "They restored relations in 2020".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token
from typing_extensions import override

from pipeline.discourse.numbers import number_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import own_verb, verb_above
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.statuses import Statuses
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.passing import is_of_aim
from pipeline.stages.upgrades.tables import words

#: How many sentences behind a fan its parties may do the next.
_FAN_REACH = 2
_PAIR = 2


class Fans(Statuses):
    """Reads the change of several parties with one that they had another change with."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The pairs of the change told last where it has several, and the number of its sentence.
        self._fan: tuple[Parties, ...] = ()
        self._fan_told = 0
        #: With whom the change told last was made, where that is one.
        self._met: frozenset[str] = frozenset()
        #: Who made that change, where that is one.
        self._maker: str | None = None

    def note_told(self, token: Token, told: Sequence[Parties], doers: Collection[str]) -> None:
        """Remember all the pairs of one trigger, and none of the trigger before."""
        pairs = tuple(dict.fromkeys(told))
        self._met = frozenset().union(*pairs) - set(doers)
        self._maker = next(iter(doers)) if len(set(doers)) == 1 else None
        self._fan = pairs if len(pairs) > 1 and _hub_of(pairs) is not None else ()
        self._fan_told = self.scene.sentence_of[token.i]

    @override
    def other(self, before: int, known: set[str], *, acting: bool = False) -> str | None:
        """Return the party told of most beside `known`; the hub, of one that did it with others."""
        hub = _hub_of(self._fan) if self._is_near(before) else None
        if hub is not None and len(known) == 1 and known < frozenset().union(*self._fan) - {hub}:
            return hub
        return super().other(before, known, acting=acting)

    @override
    def status(self, token: Token, level: Level) -> list[Parties]:
        """Return who has a status; of "these nations will attain it" those told of right before."""
        found = super().status(token, level)
        hub = _hub_of(self._fan) if self._is_near(token.i) else None
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if found or hub is None or is_country(hub) or subject is None:
            return found
        definite = any(c.lower_ in words("definite") for c in subject.children)
        taken = (definite or subject.lower_ == "they") and _takes_up(subject, len(self._fan))
        return list(self._fan) if taken else []

    def other_of(self, token: Token, known: set[str], *, acting: bool) -> str | None:
        """Return the party told of most; of "cut ties to open some with Beijing" not that one.

        What is left for it is its rival, where the text speaks of that.
        """
        sentence = self.scene.sentence(token.i)
        named = self.codes(sentence.start, sentence.end)
        aims = {code for code, i in named.items() if is_of_aim(self.scene.doc[i], token)}
        if not aims:
            return self.other(sentence.start, known, acting=acting)
        left = sorted(words("contested") & set(self.counts) - aims - known)
        return left[0] if len(left) == 1 else None

    def maker_before(self, token: Token) -> str | None:
        """Return the Peru of "Peru broke with Chad, which meant to open ties with Oman"."""
        here = self._fan_told == self.scene.sentence_of[token.i]
        return self._maker if here else None

    def met_again(self, token: Token, owners: Sequence[str]) -> list[str]:
        """Return the Oman of "Peru broke with Oman. Chad cut ties with the sultanate", "with it".

        Not where the clause or one before it, since that change, names others that it may take up.
        """
        gap = self.scene.sentence_of[token.i] - self._fan_told
        if len(owners) != 1 or len(self._met) != 1 or not 0 <= gap <= _FAN_REACH:
            return []
        head = one_met(token)
        if head is None or self.scene.at(head.i) or set(owners) & self._met:
            return []
        lands = self.scene.lands_of(head)
        if lands is not None and not self._met <= lands:
            return []
        start = self.scene.sentence(token.i).start
        if gap > 1:  # "Chad's ally Fiji has a base in Mali" between
            start = self.scene.sentences[self._fan_told + 1].start
        before = self.codes(start, head.left_edge.i)
        told = frozenset().union(*list(self.pairs)[-1:])
        return list(self._met) if set(before) <= {*owners, *told} else []

    def met_last(self, token: Token, owners: Sequence[str]) -> str | None:
        """Return the Oman of "Peru broke with Oman. Chad lowered the level of its mission"."""
        gap = self.scene.sentence_of[token.i] - self._fan_told
        near = len(self._met) == 1 and 0 <= gap <= _FAN_REACH and not set(owners) & self._met
        return next(iter(self._met)) if near else None

    def fanned_again(self, token: Token) -> Sequence[Parties]:
        """Return the pairs of "They restored relations", "Ties were restored" behind a fan.

        Nothing where the clause or one since the fan names other parties, or counts others ("the
        two sides" of four), nor of what they do "with each other".
        """
        hub = _hub_of(self._fan) if self._is_near(token.i) else None
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if hub is None or verb is None or subject is None:
            return ()
        spokes = frozenset().union(*self._fan) - {hub}
        objects = {c.lower_ for c in verb.children if c.dep_ == "dobj"}
        again = bool(objects & words("pronoun_object")) or subject.lemma_ in words("tie")
        if again and set(self.owners(token)) == spokes:
            return self._fan  # "opened ties with Syria in 1970 and cut them in 1980"
        made_whole = token.lemma_.lower() in words("done_next")
        if not (again or made_whole) or not self._names_only(token, {hub}):
            return ()
        return self._fan if _takes_up(subject, len(spokes)) else ()

    def _is_near(self, at: int) -> bool:
        """Tell a token in the fan's sentence, or so near behind that it is still spoken of."""
        gap = self.scene.sentence_of[min(at, len(self.scene.doc) - 1)] - self._fan_told
        return bool(self._fan) and 0 <= gap <= _FAN_REACH

    def _names_only(self, token: Token, allowed: set[str]) -> bool:
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.sentences[number]
        if any(told in sentence.text.lower() for told in words("reciprocal")):
            return False
        known = frozenset().union(*self._fan)
        between = self.scene.sentences[self._fan_told + 1 : number]
        if any(len(set(self.codes(s.start, s.end)) - known) > 1 for s in between):
            return False
        return set(self.codes(sentence.start, sentence.end)) <= allowed


def one_met(token: Token) -> Token | None:
    """Return the "it" of "cut ties with it", "lowered its ties with the Gulf state", else None."""
    own = own_verb(token)
    for prep in token.subtree:
        for head in prep.children if prep.lower_ == "with" and verb_above(prep) == own else ():
            definite = any(c.lower_ == "the" for c in head.children)
            state = head.tag_ == "NN" and head.lemma_.lower() in words("party_noun")
            if head.lower_ == "it" or (state and definite):
                return head
    return None


def _takes_up(subject: Token, several: int) -> bool:
    """Tell "they", "all four", "the countries", "relations" from "it", "the two sides" of four."""
    if any(t.lower_ in words("others") for t in subject.subtree):
        return False  # "two more states restored relations"
    many = subject.tag_ == "NNS" and subject.lemma_.lower() in words("many_parties", "tie")
    counted = {number_of(t) or 0 for t in (subject, *subject.children) if t.pos_ == "NUM"}
    counted |= {_PAIR} if subject.lower_ == "both" else set()
    taken = many or subject.lower_ in words("fan_subject") or bool(counted)
    return taken and counted <= {0, several}


def _hub_of(pairs: Sequence[Parties]) -> str | None:
    """Return the one party that all pairs share, if there is just one."""
    shared = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(shared)) if len(shared) == 1 else None


__all__ = ["Fans"]
