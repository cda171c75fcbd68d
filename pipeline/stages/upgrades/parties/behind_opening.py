"""States that act behind an opening phrase, to which the parse gives them.

"Amid the war between Oman and Yemen, Peru, Chile and Fiji recognised it": these three.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from pipeline.labels import ANY_SUBJECTS, AUXILIARIES, TENSED, TIMES
from pipeline.stages.upgrades.parties.named import NamedParties
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars
from pipeline.stages.upgrades.tables import words

_BESIDE = frozenset({"ADV", "AUX", "PART"})
#: What opens a phrase behind which one acts, by its tag; a verb ("Following the coup") as well.
_OPENS = frozenset({"IN", "VBG"})
_AND = frozenset({"and", "&"})
#: "Led by Peru, Chad and Fiji recognised it": all three.
_LED = "led"


@dataclass(frozen=True)
class Named:
    """A party of a list; `start` and `end` are its first token and that behind it."""

    code: str
    start: int
    end: int


def acting_behind_opening(
    parties: NamedParties, verb: Token, bars: Bars = NO_BARS
) -> dict[str, int]:
    """Return the states right before a verb without a subject, each with its first token.

    They stand behind the phrase that opens the sentence. "After talks with Oman, Peru recognised
    it" tells of Peru, "Led by Oman, Peru and Chad recognised it" of all; "Together with Oman, Peru
    did" is read elsewhere, "The same day, Peru did" may be parsed as if the day did it, and "With
    Peru and Chile recognised, talks went on" tells of neither.
    """
    while verb.dep_ == "xcomp" and verb.head.i < verb.i:
        verb = verb.head  # "are poised to recognise it"
    told = (c for c in verb.children if c.dep_ in ANY_SUBJECTS)
    subjects = [c for c in told if c.lower_ not in words("subject_float")]
    timed = bool(subjects) and all(_is_time(c) for c in subjects)
    own = bool(subjects) and not timed
    end = _before_apposition(_before_verb(verb), verb)
    auxes = (c for c in verb.children if c.dep_ in AUXILIARIES)
    says = verb.tag_ in TENSED or any(c.tag_ in TENSED | {"MD"} for c in auxes)
    opening = parties.scene.sentence(verb.i)[0]
    # "After talks with Oman, Peru recognised it", parsed as if talks did it: no clause to any other
    misread = opening.dep_ == "mark" and opening.head == verb and verb.dep_ == "ROOT"
    opens = timed or opening.tag_ in _OPENS or opening.lower_ == _LED
    if (own and not misread) or not (says and opens) or opening.lower_ in words("together_with"):
        return {}
    if any(t.tag_ in TENSED | {"MD"} for t in verb.doc[opening.i : end]):
        return {}
    listed = _listed_before(parties, opening.i, end, bars)
    first = 0 if opening.lower_ == _LED else _first_acting(verb, listed)
    return {named.code: named.start for named in listed[first:]}


def _before_apposition(end: int, verb: Token) -> int:
    """Return the end of the "Peru" of "Peru, another state of the region, recognised it"."""
    start, doc = verb.sent.start, verb.doc
    if end - 1 <= start or doc[end - 1].text != ",":
        return end
    opens = next((i for i in range(end - 2, start, -1) if doc[i].text == ","), None)
    if opens is None or doc[opens + 1].pos_ != "DET" or doc[opens - 1].pos_ != "PROPN":
        return end
    return opens


def _is_time(subject: Token) -> bool:
    """Tell the "day" of "The same day, Peru and Chad recognised it", parsed as their list."""
    dated = subject.ent_type_ in TIMES or subject.lemma_.lower() in words("moment")
    return dated and subject.left_edge.i == subject.sent.start


def _before_verb(verb: Token) -> int:
    """Return where "on Tuesday formally recognised" begins, at the last token but these."""
    at = verb.i
    while at > verb.sent.start:
        before = verb.doc[at - 1]
        dated = before.ent_type_ in TIMES
        dated = dated or (before.pos_ == "ADP" and verb.doc[at].ent_type_ in TIMES)
        aside = before.pos_ in _BESIDE or before.lower_ in words("subject_float")
        if not (dated or aside):
            break
        at -= 1
    return at


def _listed_before(parties: NamedParties, low: int, end: int, bars: Bars) -> list[Named]:
    """Return the parties named right before a token, with nothing between but what joins them."""
    scene = parties.scene
    found: list[Named] = []
    at = end - 1
    while at > low:
        told = [r for r in scene.at(at) if r.form == "name" and scene.bounds(r)[1] == at + 1]
        codes = [(c, r) for r in told for c in parties.codes(*scene.bounds(r), bars)]
        if codes and (not found or found[0].start > at + 1):
            code, reference = codes[0]
            found.insert(0, Named(code, scene.bounds(reference)[0], at + 1))
            at = found[0].start - 1
        elif found and scene.doc[at].lower_ in words("party_joint"):
            at -= 1
        else:
            break
    return found if found and found[-1].end == end else []


def _first_acting(verb: Token, listed: list[Named]) -> int:
    """Return the number of the first that acts: behind the comma that ends the opening phrase.

    Of "between Oman and Yemen, Peru, Chile and Fiji" that is Peru; of "with Oman, Peru" as well.
    """
    joints = [
        {t.lower_ for t in verb.doc[one.end : other.start]} for one, other in pairwise(listed)
    ]

    def opens(number: int) -> bool:
        before = verb.doc[listed[0].start - 1].text if number == 0 else ""
        return "," in (joints[number - 1] if number else {before})

    last = len(listed) - 1
    if last < 1 or not joints[-1] & _AND:
        return last if last >= 0 and opens(last) else len(listed)
    start = last - 1
    while start and not joints[start - 1] & _AND:
        start -= 1
    first = start + 1 if start else 0
    return next((n for n in range(first, last) if opens(n)), len(listed))


__all__ = ["acting_behind_opening"]
