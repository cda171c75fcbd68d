"""Which noun a clause means by an embassy, and which missions are those of states."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words


def house_of_clause(token: Token, objects: list[Token]) -> list[Token]:
    """Return the embassy of "Peru's embassy, which opened in 1926," and of "…, opened in 1926,".

    None of "the envoy who opened a fair": what a verb opens is no embassy over it.
    """
    relative = token.dep_ == "relcl" and all(n.lower_ in words("relative") for n in objects)
    participle = token.dep_ == "acl" and token.tag_ == "VBN" and not objects
    noun = token.head
    while noun.pos_ == "PROPN" and noun.dep_ in {"pobj", "appos"}:
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    house = noun.lemma_.lower() in words("mission") - {"ambassador", "ambassadors"}
    return [noun] if house and ((relative and objects) or participle) else objects


def is_in_each_other(node: Token) -> bool:
    """Tell the missions of "opened missions in each other's capitals" from those of nuns."""
    places = [*prep_objects(node, "in"), *prep_objects(node.head, "in")]
    return any(c.lower_ == "other" and c.dep_ == "poss" for n in places for c in n.children)


__all__ = ["house_of_clause", "is_in_each_other"]
