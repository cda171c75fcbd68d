"""What looks like a change in relations and is none."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from models.entity import LAND_KINDS, PARTY_KINDS
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import own_verb, verb_above
from pipeline.labels import (
    ADNOMINAL,
    COMPLEMENTS,
    OBJECTS,
    OWNER_OR_MODIFIERS,
    PRESENT,
    SUBJECTS,
    UNDERGONE,
)
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words


def is_not_party(scene: Scene, token: Token) -> bool:
    """Tell a firm's or a university's partnership by its subject or partner."""
    verb = own_verb(token)
    subject = scene.subject(verb) if verb is not None else None
    if subject is not None and subject.lower_ in words("relative") and verb is not None:
        subject = verb.head  # "the firms that cut ties with Peru"
    doers = [subject, *subject.conjuncts] if subject is not None else []
    doers += [n for head in doers for n in _counted(head)]
    if not _is_of_relations(token) and any(
        names_body(scene, head) for head in (*doers, *_moved(token))
    ):
        return True
    over = [subject, *token.ancestors] if subject is not None else [*token.ancestors]
    papers = [n for node in over for n in prep_objects(node, "of")]
    if any(_is_among(scene, node) for node in (*over, *papers)):
        return True
    if any(names_body(scene, head) for head in _makers(token)):
        return True
    return any(
        child.lower_ == "with"
        and any(_is_no_partner(scene, c) for c in child.children)
        and not _is_apart(child, token)
        for child in token.subtree
    )


def _is_apart(prep: Token, token: Token) -> bool:
    """Tell the "with" of "cut ties with Peru, buying arms with the firm", of another clause."""
    above = list(prep.ancestors)
    between = above[: above.index(token)] if token in above else above
    return any(node.pos_ == "VERB" and node.dep_ in {"advcl", "conj"} for node in between)


def _moved(verb: Token) -> Iterator[Token]:
    """Yield the "backers" of "forced its backers to cut ties", who cut them."""
    over = verb.head
    if verb.dep_ in COMPLEMENTS and over.lemma_.lower() in words("moves"):
        yield from (c for c in over.children if c.dep_ == "dobj" and over.i < c.i < verb.i)
        yield from (c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN")


def _counted(head: Token) -> Iterator[Token]:
    """Yield the "migrants" of "thousands of migrants", "a lot of migrants"."""
    if head.pos_ == "NUM" or head.lemma_.lower() in words("number_of", "many"):
        yield from prep_objects(head, "of")


def rises_by_itself(scene: Scene, token: Token) -> bool:
    """Tell "the consul rose to chargé d'affaires", "the issue rose to the level of envoys".

    Only ties, a status or a state rise to a level of relations.
    """
    subject = scene.subject(token) if token.lemma_.lower() in words("rises") else None
    if subject is None or token.pos_ != "VERB":
        return False
    lemma = subject.lemma_.lower()
    if lemma in words("relation", "rising", "party_noun") or subject.pos_ == "PRON":
        return False
    return not any(r.kind in PARTY_KINDS for r in scene.at(subject.i))


def _is_no_partner(scene: Scene, head: Token) -> bool:
    """Tell "ties with the firm", "ties with the pastor" from "after a row with a pastor".

    So "ties with the British crown", which may act for its state itself.
    """
    if _is_private(scene, head) or head.lemma_.lower() in words("throne"):
        return head.head.head.lemma_.lower() in words("tie")
    return names_body(scene, head) or _is_of_politics(head)


def _is_of_politics(head: Token) -> bool:
    """Tell "ties with far-right parties" from "an agreement with both parties"."""
    before = {t.lower_ for t in head.subtree if t.i < head.i}
    return head.lower_ == "parties" and bool(before & words("party_kind"))


def _is_people(scene: Scene, head: Token) -> bool:
    """Tell "people who have ties in Lima" from "the people of Peru", who stand for their state."""
    if head.lemma_.lower() not in words("people"):
        return False
    clauses = (c for c in head.children if c.dep_ == "relcl")
    apart = {t.i for clause in clauses for t in clause.subtree}
    return not any(r.country for t in head.subtree if t.i not in apart for r in scene.at(t.i))


def _is_private(scene: Scene, head: Token) -> bool:
    """Tell "the donor" from "the donor Peru", "a key player, Peru", which is a state.

    Also "commentator Ana Lopes".
    """
    near = (head, *(c for c in head.children if c.dep_ == "appos"))
    named = (r for c in near for r in scene.at(c.i))
    called = [c.lower_ for c in head.children if c.dep_ == "compound" and c.pos_ == "NOUN"]
    private = bool({head.lemma_.lower(), *called} & words("private_person"))
    if head.lemma_ == "host" and any(c.dep_ == "poss" for c in head.children):
        return False  # "Peru's president and his host, that of Chad"
    return private and not any(r.kind == "country" for r in named)


def _makers(token: Token) -> Iterator[Token]:
    """Yield whom "was signed by A and B", "a partnership between A and B was signed" names."""
    signed = [c for c in token.children if c.dep_ in UNDERGONE]
    for prep in (c for node in (token, *signed) for c in node.children):
        if prep.dep_ == "agent" or (prep.lower_ == "between" and prep.head != token):
            for head in (c for c in prep.children if c.dep_ == "pobj"):
                yield from (head, *head.conjuncts)


def _is_among(scene: Scene, paper: Token) -> bool:
    """Tell "the memorandum of the city government and the provincial council"."""
    if paper.lemma_.lower() not in words("document"):
        return False
    preps = [child for child in paper.children if child.lower_ in {"of", "between", "among"}]
    heads = [node for prep in preps for node in prep.children if node.dep_ == "pobj"]
    heads += [other for head in (paper, *heads) for other in head.conjuncts]
    return any(names_body(scene, head) or _is_of_town(head) for head in heads)


def _is_of_town(head: Token) -> bool:
    """Tell the "city government" of a place from that of a state."""
    return any(child.lower_ in words("not_party") for child in head.children)


def _is_of_relations(token: Token) -> bool:
    """Tell "the raising of the relationship", which no firm or newspaper that tells of it makes."""
    of = [c for c in token.children if c.lower_ == "of"] if token.pos_ == "NOUN" else []
    return any(node.lemma_.lower() in words("tie") for prep in of for node in prep.children)


def is_of_domain(noun: Token) -> bool:
    """Tell "economic relations", "unofficial diplomatic ties", of which no level is told."""
    described = [c for c in noun.children if c.dep_ in {"amod", "compound"}]
    described += [other for node in described for other in node.conjuncts]
    said = {node.lower_ for node in described}
    below = bool(said & words("unofficial"))
    return below or (bool(said & words("domain")) and "diplomatic" not in said)


def is_of_sector(span: Span) -> bool:
    """Tell the level of "a strategic partnership on green hydrogen", which is one of a field alone.

    So that of "on response to climate change". Not of "a strategic partnership on Monday", "on the
    basis of equality".
    """
    behind = span.doc[span.end] if span.end < len(span.doc) else None
    if behind is None or behind.lower_ not in {"on", "in"} or behind.head not in span.root.subtree:
        return False
    nouns = [n for c in behind.children if c.dep_ == "pobj" for n in (c, *c.conjuncts)]
    nouns += [n for c in nouns for n in c.children if c.lemma_.lower() in words("field_of")]
    nouns += [n for c in nouns if c.lower_ == "of" for n in c.children]
    nouns += [n for c in nouns for n in prep_objects(c, "to", "of", "for")]
    near = [(*n.children, *(t for t in n.subtree if t.i < n.i)) for n in nouns]
    named = {n.lemma_.lower() for n in nouns} | {t.lower_ for told in near for t in told}
    return bool(named & words("sector"))


def names_body(scene: Scene, head: Token) -> bool:
    """Tell "the firm", "the World Council of Churches" from what acts for a state."""
    if any(r.kind == "organization" and r.country for r in scene.at(head.i)):
        return False
    if head.lower_.removesuffix("s") in words("raised_mission", "relation", "document"):
        return False  # nor does "the Joint Communiqué" name one
    if _is_state_organ(scene, head) or _is_spelled_out(scene, head):
        return False
    if _is_of_relations(head):
        return False
    if _is_capital(scene, head) or _is_called_giant(head) or _calls_states(scene, head):
        return False
    if _is_people(scene, head):
        return True
    political = head.lower_ == "party" and head.tag_ == "NN"
    called = (c.lemma_.lower() for c in head.children if c.dep_ == "compound" and c.tag_ == "NN")
    private = _is_private(scene, head) or head.lemma_.lower() in words("not_party")
    private = private or (head.tag_ == "NNP" and not words("not_party").isdisjoint(called))
    if (political or private) and not _is_of_states(head):
        return not _is_of_body(scene, head)
    if scene.at(head.i):
        return _is_within_name(scene, head)
    of_state = words("state_body", "party_noun")  # "the West African Nation of Burkina Faso"
    return head.ent_type_ == "ORG" and head.lower_.removesuffix("s") not in of_state


def _is_capital(scene: Scene, head: Token) -> bool:
    """Tell the "City" of "Panama City", which stands for its state, from a city's government."""
    named = (r for r in scene.at(head.i) if r.kind in LAND_KINDS and r.country)
    return any(scene.bounds(r)[0] < head.i == scene.bounds(r)[1] - 1 for r in named)


def _calls_states(scene: Scene, head: Token) -> bool:
    """Tell the "producers" of "gas producers Qatar and Oman", which are states, from firms."""
    behind = scene.at(head.i + 1) if head.tag_ == "NNS" and head.i + 1 < len(head.doc) else ()
    return any(r.kind in PARTY_KINDS and r.form == "name" for r in behind)


def _is_called_giant(head: Token) -> bool:
    """Tell "the Asian giant", which is a state, from "the Asian oil giant"."""
    near = [c for c in head.children if c.dep_ in {"amod", "compound"}]
    kinds = {c.lower_ for c in near}
    return head.lemma_ in words("giant") and bool(kinds) and kinds <= words("giant_of")


def _is_of_body(scene: Scene, head: Token) -> bool:
    """Tell the "Council" of "the SCO Council", which acts for a party."""
    council = head.lemma_.lower() in words("body_organ") and head.text[:1].isupper()
    return council and any(
        r.kind == "organization" and r.country for child in head.children for r in scene.at(child.i)
    )


def _is_of_states(head: Token) -> bool:
    """Tell "a group of ten Asian nations" from a group of firms."""
    of = prep_objects(head, "of")
    return any(node.tag_ == "NNS" and node.lemma_.lower() in words("many_parties") for node in of)


def _is_state_organ(scene: Scene, head: Token) -> bool:
    """Tell "the Chadian National Council", which acts for its state, from a city's council.

    So do "the Senate of Chad", and "the council of ministers" alone, told of whose it is before.
    """
    lemma = head.lemma_.lower()
    organ = lemma in words("legislature") or (
        lemma in words("state_organ")
        and any(c.lower_ in words("organ_kind") for c in head.children)
    )
    if _is_of_ministers(head):
        named = {r.kind for node in head.subtree for r in scene.at(node.i)}
        if named <= {"office"}:
            return True
    elif not organ:
        return False
    owners = (*head.children, *prep_objects(head, "of"))
    return any(r.kind == "country" for c in owners for r in scene.at(c.i))


def _is_of_ministers(head: Token) -> bool:
    """Tell "Peru's Council of Ministers" from the council of a town."""
    lemma = head.lemma_.lower()
    if lemma != "council" and lemma not in words("body_organ"):
        return False
    return any(n.lemma_.lower() in words("cabinet_of") for n in prep_objects(head, "of"))


def _is_spelled_out(scene: Scene, head: Token) -> bool:
    """Tell the "Association of Southeast Asian Nations (ASEAN)", a party by its short name."""
    named = (t for t in head.subtree if t.dep_ == "appos" and t.ent_type_ == "ORG")
    return any(r.kind == "organization" and r.country for t in named for r in scene.at(t.i))


def _is_within_name(scene: Scene, head: Token) -> bool:
    """Tell "Air Greenland", a firm's name that holds a country's."""
    return (
        head.ent_type_ == "ORG"
        and head.dep_ != "compound"
        and any(
            child.dep_ == "compound"
            and child.ent_type_ == "ORG"
            and child.ent_iob_ == "B"
            and not scene.at(child.i)
            for child in head.children
        )
    )


def is_only_aim(token: Token) -> bool:
    """Tell "signed papers in an effort to elevate ties", of which that is only the aim.

    Also "so as to elevate ties".
    """
    doc, at = token.doc, token.i
    if doc[max(0, at - 3) : at].text.lower() == "so as to":
        return True
    return any(
        node.lemma_.lower() in words("aim") and node.pos_ == "NOUN" for node in token.ancestors
    )


def confers_none(token: Token, span: Span | None) -> str | None:
    """Return why a status is given to nobody; None where it may be given.

    Args:
        span: the words of the status.
    """
    if stands_by_now(token):
        return "what stands by now, not what was done"
    if span is not None and _is_of_those_called(token, span):
        return "what those are called of whom another thing is told"
    return "what anyone with the status gets" if is_any_one(token) else None


def is_of_none(verb: Token, span: Span | None) -> bool:
    """Tell "the visit produced no strategic partnership" from "a partnership, no small feat".

    So "the strategic partnership has yielded results", which are not a partnership.
    """
    made = span.root if span is not None else None
    if made is None or made.dep_ not in OBJECTS or made.head != verb:
        return made is not None and verb.lemma_ in words("bears_result")
    return any(c.lower_ == "no" and c.i < made.i for c in made.children)


def _is_of_those_called(token: Token, span: Span) -> bool:
    """Tell "announced that 21 dialogue partner countries would not come", none of them new."""
    return any(
        noun.tag_ == "NNS"
        and noun.lemma_.lower() in words("many_parties")
        and noun.dep_ in SUBJECTS
        and noun.head != token
        for noun in token.doc[span.end : span.end + 1]
    )


def is_any_one(token: Token) -> bool:
    """Tell "a country named major non-NATO ally gets loans", which tells of nobody."""
    noun = token.head
    if token.dep_ not in ADNOMINAL or noun.lemma_.lower() not in words("many_parties"):
        return False
    if noun.dep_ in {"attr", "appos"}:
        return False
    lowers = {child.lower_ for child in noun.children if child.dep_ in {"det", "nummod", "amod"}}
    bare = noun.tag_ == "NNS" and not lowers
    return bare or (bool(lowers) and lowers <= words("any_one"))


def stands_by_now(token: Token) -> bool:
    """Tell "has currently named 18 states allies", "several states are designated as allies".

    Not "several states were designated as allies in 2009", "has named Peru an ally".
    """
    if any(c.lower_ in words("by_now") for c in token.children):
        return True
    if token.tag_ != "VBN" or token.lemma_.lower() not in words("classed"):
        return False
    passive = any(c.dep_ == "auxpass" and c.tag_ in PRESENT for c in token.children)
    subjects = (c for c in token.children if c.dep_ == "nsubjpass" and c.tag_ == "NNS")
    return passive and any(n.lemma_.lower() in words("many_parties") for n in subjects)


def is_remembered(scene: Scene, token: Token) -> bool:
    """Tell a change whose anniversary is kept from one that is made."""
    if any(_is_anniversary(node) for node in token.ancestors) or _is_long_since(scene, token):
        return True
    if _is_of_years(token):
        return True
    paper = token.dep_ in UNDERGONE and token.lemma_.lower() in words("document")
    if paper and _is_long_since(scene, token.head):
        return True  # "the fourth anniversary since they signed the declaration"
    if token.dep_ == "relcl" and token.head.lemma_.lower() in words("document"):
        # "marked the anniversary on Monday of the treaty that restored their ties"
        outer = token.head
        while outer.dep_ == "pobj" and outer.head.lower_ == "of":
            outer = outer.head.head
        # not "signed the text of a treaty that raised their ties"
        beside = outer.dep_ == "pobj" and outer != token.head
        return beside and any(_is_anniversary(t) for t in token.doc[token.sent.start : token.i])
    since = token.head if token.head.lower_ == "since" and token.head.i else None
    if since is not None and since.nbor(-1).lemma_.lower() in {"year", "decade"}:
        return True  # "marked 30 years since the restoration"
    if token.lemma_.lower() not in words("founding"):
        return False
    if token.head.lower_ == "since":
        # "the first visit since the restoration of ties" tells that they were restored of late.
        return token.lemma_.lower() not in words("renewal")
    return any(_is_anniversary(t) for t in scene.sentence(token.i))


def _is_of_years(token: Token) -> bool:
    """Tell "a hundred years of the opening of relations", "marks a decade since opening them".

    So "a dozen years in which ties were severed", of how it was, not "the year in which".
    """
    of = token.head
    if token.dep_ == "relcl" and of.tag_ == "NNS" and of.lemma_.lower() in words("years"):
        return any(c.lower_ in {"in", "during"} for c in token.children)
    years = of.head if of.lower_ in {"of", "since", "from"} else of
    noun = token.pos_ == "NOUN" or token.tag_ == "VBG"
    if noun and of.lower_ == "since" and years.lemma_.lower() in words("passed"):
        return any(c.lemma_.lower() in words("years") for c in years.children)
    return noun and years.lemma_.lower() in words("years")


def _is_long_since(scene: Scene, token: Token) -> bool:
    """Tell "thirty years have passed since ties were opened", "the 45th anniversary since"."""
    if not any(child.lower_ == "since" for child in token.children):
        return False
    over = verb_above(token)
    passed = over is not None and over.lemma_.lower() in words("passed")
    since = next(child for child in token.children if child.lower_ == "since")
    passed = passed or (since.i > 0 and since.nbor(-1).lemma_.lower() in words("years"))
    return passed or any(_is_anniversary(t) for t in scene.sentence(token.i))


def _is_anniversary(token: Token) -> bool:
    return token.lemma_.lower() in words("anniversary")


def is_of_member(noun: Token) -> bool:
    """Tell the "alliance" of "became alliance members", "its 31st member", which is a body."""
    member = noun.head.lemma_.lower() in words("member_of_body")
    return noun.dep_ in OWNER_OR_MODIFIERS and member


__all__ = [
    "confers_none",
    "is_not_party",
    "is_of_domain",
    "is_of_member",
    "is_of_none",
    "is_of_sector",
    "is_only_aim",
    "is_remembered",
    "names_body",
    "rises_by_itself",
]
