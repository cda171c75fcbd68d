"""Which body of states a noun names: "the EU", "the BRICS bloc", "the group's", "its member"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.labels import OWNER_OR_MODIFIERS, TIMES
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many sentences back the body may be named that "the bloc" takes up.
_LOOK_BACK = 3
_TAKES_UP = frozenset({"the", "this", "that", "its"})
#: By what a member stands before or behind the name of its body.
MEMBER_OF = ("of", "in", "to", "within", "at")


def body_named(reading: Reading, noun: Token) -> str | None:
    """Return the body that a noun names or takes up; None for what is only of a body.

    "The African Union", "the BRICS group", "the regional bloc" fire; "the EU summit", "NATO allies"
    do not.
    """
    own = named_at(reading, noun) or _agency_at(reading, noun)
    if own is not None:
        return own if not (_calls_else(reading, noun) or _is_organ(noun, own)) else None
    if noun.lemma_.lower() not in words("body_kind"):
        taken_up = noun.lower_ in {"it", "which"} or noun.tag_ == "WDT"
        return body_before(reading, noun) if taken_up and not _is_of_paper(noun) else None
    near = [c for c in noun.children if c.dep_ in OWNER_OR_MODIFIERS or c.dep_ == "appos"]
    near += [n for known in noun.subtree if _names(known) for n in prep_objects(known, "as")]
    named = next((code for c in near if (code := named_at(reading, c)) is not None), None)
    if named is None and noun.pos_ == "PROPN" and any(c.pos_ == "PROPN" for c in near):
        return None  # "the Human Rights Council", which is no body told of before
    if named is not None and _is_organ(noun, named):
        return None
    near_words = {c.lower_ for c in noun.children}
    takes = bool(near_words & _TAKES_UP) and not near_words & words("of_all_states")
    if noun.lemma_.lower() in words("ranks_of_body"):
        takes = takes and "its" in near_words  # "joined the ranks" of whoever did the same
    if named is not None or not takes or prep_objects(noun, "of"):
        return named
    return body_before(reading, noun) or only_body(reading)


def body_of_member(reading: Reading, noun: Token) -> str | None:
    """Return the body of "the 32nd member of NATO", "a BRICS member", "its newest member state"."""
    called = [c for c in noun.children if c.dep_ in OWNER_OR_MODIFIERS]
    member = noun.lemma_.lower() in words("member_of_body")
    kind = noun.lemma_.lower() in words("many_parties", "part_of_body")
    member = member or (kind and any(c.lemma_.lower() == "member" for c in called))
    if not member or any(c.lower_ in words("member_of_less") for c in called):
        return None
    behind = (body_named(reading, node) for node in prep_objects(noun, *MEMBER_OF))
    found = next((code for code in behind if code is not None), None)
    if found is None and not prep_objects(noun, *MEMBER_OF):
        before = (named_at(reading, c) or _of_owner(reading, c) for c in called)
        found = next((code for code in before if code is not None), None)
    return found


def body_of_seat(reading: Reading, noun: Token) -> str | None:
    """Return the body of "membership of the Council of Europe", "EU membership"."""
    behind = (body_named(reading, node) for node in prep_objects(noun, *MEMBER_OF))
    before = (named_at(reading, c) for c in noun.children if c.dep_ == "compound")
    return next((code for code in (*behind, *before) if code is not None), None)


def body_within(reading: Reading, noun: Token) -> str | None:
    """Return the body of "NATO", "leaders of the African Union", "Arab League ministers"."""
    own = body_named(reading, noun)
    if own is not None:
        return own
    below = (node for node in noun.subtree if node.dep_ != "relcl")
    return next((code for node in below if (code := named_at(reading, node)) is not None), None)


def bodies_in(reading: Reading, noun: Token) -> Iterator[str]:
    """Yield the bodies of "the EU and NATO", none of "the EU and Peru"."""
    found = [body_named(reading, node) for node in (noun, *noun.conjuncts)]
    lands = (r.kind == "country" for node in noun.conjuncts for r in reading.scene.at(node.i))
    if found[0] is not None and not any(lands):
        yield from dict.fromkeys(code for code in found if code is not None)


def named_at(reading: Reading, token: Token) -> str | None:
    """Return the body whose name holds a token, also "Community (ECOWAS)" by its letters."""
    told = reading.scene.at(token.i)
    if not any(r.kind == "organization" and r.country in words("has_members") for r in told):
        letters = [c for c in token.children if c.dep_ == "appos" and token.ent_type_ == "ORG"]
        near = (r for c in letters for r in reading.scene.at(c.i) if r.kind == "organization")
        return next((r.country for r in near if r.country in words("has_members")), None)
    bodies = (r for r in told if r.country in words("has_members"))
    return max(bodies, key=lambda r: len(r.text)).country


def _agency_at(reading: Reading, token: Token) -> str | None:
    """Return the agency of many states that a token names: "the IMF", "the World Bank"."""
    told = (r.country for r in reading.scene.at(token.i) if r.kind == "organization")
    return next((code for code in told if code in words("agency_of_states")), None)


def only_body(reading: Reading) -> str | None:
    """Return the one body of states that an article names, be it far from "the grouping"."""
    told = {r.country for r in reading.scene.references if r.kind == "organization"}
    bodies = [code for code in told if code in words("has_members")]
    return bodies[0] if len(bodies) == 1 else None


def _is_of_paper(which: Token) -> bool:
    """Tell the "which" of "the EU's trade agreement, which it joined", that of no body."""
    clause = next((a for a in which.ancestors if a.dep_ == "relcl"), None)
    return clause is not None and clause.head.lemma_.lower() in words("joined_paper")


def _names(verb: Token) -> bool:
    """Tell the "known" of "the group of economies known as BRICS"."""
    return verb.dep_ == "acl" and verb.lemma_.lower() in words("names_body")


def _of_owner(reading: Reading, token: Token) -> str | None:
    """Return the body of "its 11th member", "the bloc's newest member"."""
    if token.dep_ != "poss":
        return None
    return (
        body_before(reading, token)
        if token.lower_ in {"its", "their"}
        else body_named(reading, token)
    )


def _is_organ(noun: Token, body: str) -> bool:
    """Tell the "Council" of "the UN Human Rights Council" from that of the Council of Europe."""
    return body in words("has_organs") and noun.lemma_.lower() in words("organ_of_body")


def _calls_else(reading: Reading, noun: Token) -> bool:
    """Tell the "EU" of "the EU fair", however it is parsed, from that of "the EU bloc"."""
    ends = (reading.scene.bounds(r)[1] for r in reading.scene.at(noun.i))
    behind = (t for end in ends for t in noun.doc[end : end + 1])
    return any(
        t.pos_ in {"NOUN", "ADJ"}
        and t.ent_type_ not in TIMES
        and t.lemma_.lower() not in words("body_kind")
        for t in behind
    )


def body_before(reading: Reading, token: Token, *, back: int = _LOOK_BACK) -> str | None:
    """Return the body named last before a token, not far back.

    Where a clause stands first, that which the sentence is of: "Since it joined the bloc, the EU".
    """
    scene = reading.scene
    number = scene.sentence_of[token.i]
    first = scene.sentences[max(0, number - back)].start
    for at in range(token.i - 1, first - 1, -1):
        code = named_at(reading, token.doc[at])
        if code is not None:
            return code
    root = scene.sentences[number].root
    subject = scene.subject(root) if root.i > token.i else None
    own = named_at(reading, subject) if subject is not None and subject != token else None
    return own or _body_of_page(reading, token)


def _body_of_page(reading: Reading, token: Token) -> str | None:
    """Return the body that a page tells of most, below the heading of one of several countries."""
    parties = reading.parties
    headed = parties.sections.partner(token.idx)
    if headed is None or not is_country(headed):
        return None
    return next((c for c, _ in parties.counts.most_common() if c in words("has_members")), None)


__all__ = [
    "MEMBER_OF",
    "bodies_in",
    "body_before",
    "body_named",
    "body_of_member",
    "body_of_seat",
    "body_within",
    "named_at",
    "only_body",
]
