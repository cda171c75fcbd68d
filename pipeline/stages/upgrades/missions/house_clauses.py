"""Embassies that a clause tells of: "Peru's embassy in Suva, which opened in 1926, is small"."""

from __future__ import annotations

from spacy.tokens import Token

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


__all__ = ["house_of_clause"]
