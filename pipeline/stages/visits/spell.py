"""The visits stage's account of itself: a candidate in words, and why a trigger gave none."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.labels import NOUNS, UNDERGONE, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.places.place_arguments import PLACE_REACH
from pipeline.stages.visits.tables import Frame, VerbRule, noun_rules, verb_rules

#: How close a place stands behind "is", in tokens.
NEAR = 4
#: What a verb's frame needs, where its own words and its subject are there.
_WANTED: Mapping[Frame, str] = {
    "visit": "its object is no country or place abroad",
    "attend": "no event abroad is named",
    "receive": "no guest from another country is named",
    "meet": "nothing tells which of those who meet has travelled",
    "invite": "nobody is invited from another country",
    "deictic": "no place is to be understood from what was told before",
}


def why_no_trip(fact: Fact) -> str:
    """Return why words that could tell of a trip make none of it."""
    reason = "denied, or not told as made" if fact.reason in {"", "no trip"} else fact.reason
    return f"told as no trip: {reason}"


def spell(candidate: Candidate) -> str:
    """Return a candidate's arguments in one line."""
    reference = candidate.actor.reference if candidate.actor else None
    who = (reference.name or reference.role or reference.text) if reference else "no visitor"
    when = candidate.when.start or candidate.when.end
    parts = [
        f"{who}, {candidate.origin or '?'} → {candidate.destination or '?'}",
        candidate.status or why_no_trip(candidate.fact),
        _days(candidate) if when else "no date",
        f"score {candidate.score:.2f}",
    ]
    return ", ".join(parts)


def _days(candidate: Candidate) -> str:
    start, end = candidate.when.start, candidate.when.end
    return str(start) if start == end else f"{start or '…'} to {end or '…'}"


def note_silence(reader: ArgumentReader, token: Token) -> None:
    """Note why a token that is a trigger by its lemma gave no candidate."""
    lemma = token.lemma_.lower()
    senses = verb_rules().get(lemma, ()) if token.pos_ in VERBS else ()
    meant = [rule for rule in senses if _is_meant(token, rule)]
    for rule in meant:
        # To "visit" a host, or with him, is looked for only behind to visit a land.
        if rule is meant[0] or rule.frame not in {"meet", "joint"}:
            trace.silent(token.i, rule.id, _missing(reader, token, rule))
    if token.pos_ in NOUNS and lemma in noun_rules():
        rule_of_noun = noun_rules()[lemma]
        trace.silent(token.i, rule_of_noun.id, "neither a visitor nor a place stands with the noun")


def _is_meant(verb: Token, rule: VerbRule) -> bool:
    """Tell whether the words that make a verb a trigger stand with it ("take" with "part")."""
    # "is", "spoke", "signed" are triggers by the place that stands close behind them alone.
    needs_place = rule.frame in {"stay", "presence", "carry", "deictic"}
    reach = NEAR if needs_place else PLACE_REACH
    behind = {token.lower_ for token in verb.doc[verb.i + 1 : min(verb.i + reach, verb.sent.end)]}
    children = {child.lower_ for child in verb.children}
    if rule.all_particles and not rule.all_particles & (children | behind):
        return False
    objects = {c.lemma_.lower() for c in verb.children if c.dep_ in UNDERGONE}
    if rule.all_objects and not rule.all_objects & objects:
        return False
    return not needs_place or bool(set(rule.preps) & (children | behind))


def _missing(reader: ArgumentReader, verb: Token, rule: VerbRule) -> str:
    """Return what a verb sense looks for and does not find."""
    fact = fact_of_verb(verb)
    if fact.status is None:
        return why_no_trip(fact)
    spots = reader.places(verb, rule.preps) if rule.preps else []
    if rule.preps and not spots:
        return f"no country or place behind “{' / '.join(rule.preps)}”"
    if not reader.travellers(verb, spots):
        subject = reader.scene.subject(verb)
        told = f" (its subject is “{subject.text}”)" if subject is not None else ""
        return f"no office holder, named person or delegation does it{told}"
    return _WANTED.get(rule.frame, "its arguments do not make a trip abroad")


__all__ = ["note_silence", "spell", "why_no_trip"]
