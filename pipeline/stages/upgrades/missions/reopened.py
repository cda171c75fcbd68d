"""An embassy that is reopened and was named before: "closed it in 2009 and reopened it in 2019"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.labels import UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many sentences back the embassy is looked for.
_LOOK_BACK = 2


def embassy_before(reading: Reading, token: Token) -> tuple[Token, list[Parties]] | None:
    """Return the embassy that a verb of reopening takes up, and whose and where it is.

    "Fiji closed its embassy in Lima in 2009. It reopened in 2019", "the mission was reopened",
    "Fiji's embassy in Lima, closed in 2009, reopened in 2019". Not "the shop reopened", "the
    embassy, closed for repairs in May, reopened", nor "Chad reopened its embassy", of another.
    """
    if token.lemma_.lower() not in words("reopens") or not _takes_up(token):
        return None
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if any(_hosts(reading, noun) for noun in objects):
        return None  # "Fiji's embassy in Lima … Peru reopened its embassy in Suva"
    acting = _acting(reading, token)
    for noun in _houses(reading, token):
        owners = _owners(reading, noun)
        hosts = [code for code in _hosts(reading, noun) if code not in owners]
        if acting and not acting & {*owners, *hosts}:
            continue
        if owners and hosts:
            if _is_for_a_while(noun, token):
                return None
            return noun, [frozenset({owner, host}) for owner in owners for host in hosts]
    return None


def _takes_up(token: Token) -> bool:
    """Tell "reopened it", "it reopened", "and was reopened", "the mission reopened"."""
    objects = [c for c in token.children if c.dep_ in UNDERGONE]
    told = objects or [c for c in token.children if c.dep_ == "nsubj"]
    if not told:
        return token.dep_ in {"conj", "advcl", "acl"}
    taken = words("mission_word")
    return all(n.lower_ in {"it", "which"} or n.lemma_.lower() in taken for n in told)


def _acting(reading: Reading, token: Token) -> set[str]:
    """Return who is named as the subject of a verb of reopening."""
    subjects = (c for c in token.children if c.dep_ == "nsubj")
    return {c for n in subjects for c in reading.parties.codes(n.left_edge.i, n.i + 1)}


def _is_for_a_while(noun: Token, token: Token) -> bool:
    """Tell a house that is shut for repairs, or after a bomb threat, from one that is given up."""
    told = noun.doc[noun.sent.start : token.sent.end]
    return any(t.lemma_.lower() in words("shut_for_a_while") for t in told)


def _houses(reading: Reading, token: Token) -> Iterator[Token]:
    """Yield the embassies named before a token, the nearest first; not "near the embassy"."""
    number = reading.scene.sentence_of[token.i]
    first = max(0, number - _LOOK_BACK)
    for i in range(token.i - 1, reading.scene.sentences[first].start - 1, -1):
        noun = token.doc[i]
        beside = noun.dep_ == "pobj" and noun.head.lower_ in words("beside_house")
        if noun.lemma_.lower() in words("mission_word") and not beside:
            yield noun


def _owners(reading: Reading, noun: Token) -> list[str]:
    told = [c for c in noun.children if c.dep_ in {"poss", "amod", "compound"} and c.i < noun.i]
    told += prep_objects(noun, "of")  # "the embassy of Fiji in Lima"
    own = (reading.parties.codes(node.left_edge.i, node.i + 1) for node in told)
    found = list(dict.fromkeys(code for codes in own for code in codes))
    verb = verb_above(noun)
    acting = reading.parties.owners(verb) if verb is not None and not found else []
    return found or (acting if len(acting) == 1 else [])


def _hosts(reading: Reading, noun: Token) -> list[str]:
    preps = [c for node in (noun, noun.head) for c in node.children if c.i > noun.i]
    near = [c for c in preps if c.lower_ in {"in", "to", "at"}]
    spots = (spot.country for prep in near for spot in reading.scene.spots(prep.i + 1))
    return list(dict.fromkeys(spots))


__all__ = ["embassy_before"]
