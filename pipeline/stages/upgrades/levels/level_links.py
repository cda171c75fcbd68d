"""How a level hangs on the word that changes it."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import ADNOMINAL, ANY_SUBJECTS, OBJECTS, PAST, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.outcome.misread import is_misread_clause, raised_from
from pipeline.stages.upgrades.tables import making_verbs, noun_triggers, triggers_of, words
from pipeline.stages.upgrades.ties.relations import built_on_with

#: How far behind its relations ", established in 1974" may stand, in tokens.
_TRAILS = 9
#: How many words may follow "observer" in "observer status of the bloc was granted".
_LOST_REACH = 6
_LOWER = frozenset({"downgrade", "severance"})
_RELATIVES = frozenset({"that", "which", "whom", "who"})
#: What leads from such a participle to its time.
_AT_A_TIME = frozenset({"on", "in", "during", "at"})


def is_trigger(token: Token) -> bool:
    """Tell a word that changes a level: the "cut" of "cut ties", the "restoration" of them."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return lemma in making_verbs()
    return token.pos_ == "NOUN" and lemma in noun_triggers()


def hangs_on(root: Token, token: Token) -> bool | None:
    """Tell whether a level hangs on a trigger or on another; None where on neither."""
    raised = _raised_over(root)
    if raised is not None:
        return token == raised
    if _is_of_object(root, token):
        return True
    node = root
    for _ in range(8):
        if node == token:
            return True
        other = node != root and is_trigger(node) and not _is_signed(node, token)
        if other and built_on_with(token) != node:
            return False
        if node.head == node:
            return None
        if node.head == token and _stands_beside(node, token):
            return False
        if node.pos_ == "VERB" and node != root and node.dep_ not in {"xcomp", "conj", "acl"}:
            return None
        node = node.head
    return None


def _stands_beside(verb: Token, token: Token) -> bool:
    """Tell the "stand" of "were set up in 1970 and now stand at it", which is what is now."""
    joined = verb.dep_ == "conj" and verb.lemma_.lower() in words("standing", "keeps")
    return joined and verb.tag_ in {"VBZ", "VBP", "VB"} and tense_of(token) == "past"


def is_of_clause_behind(token: Token, root: Token) -> bool:
    """Tell "upgraded their ties, because the partnership rests on trust", which is raised to none.

    What a clause behind a change tells of a level is nothing that the change makes.
    """
    clause = root.head
    acts = root.dep_ in SUBJECTS and clause.pos_ in VERBS and clause != token
    behind = token.i < root.i < clause.i and tense_of(clause) in {"present", "past", "future"}
    return acts and behind and token in clause.ancestors


def _is_of_object(root: Token, token: Token) -> bool:
    """Tell "hailed the elevation of ties with Peru to a partnership", whose "to" is hailed's.

    Also "opened talks with Peru on a partnership".
    """
    prep = root.head
    over = prep.head
    talks = prep.lower_ in words("matter_of_talks") and token.lemma_.lower() in words("talks")
    judged = prep.lower_ == "to" and over.pos_ == "VERB"
    judged = judged and (not is_trigger(over) or over.lemma_.lower() in words("judges"))
    return (
        (judged or talks)
        and is_trigger(token)
        and token.pos_ == "NOUN"
        and (token.head == prep.head and token.dep_ in UNDERGONE and token.i < prep.i)
    )


def _is_signed(paper: Token, verb: Token) -> bool:
    """Tell the "declaration" of "signed a partnership declaration with Peru", only a paper."""
    signed = verb.lemma_.lower() in words("signs") and paper.head == verb
    return signed and paper.dep_ in UNDERGONE and paper.lemma_.lower() in words("document")


def _raised_over(root: Token) -> Token | None:
    """Return the "raised" of "raised the ties set up in 1974 to a partnership", which leads there.

    The parse hangs the "to" on the clause that tells how the ties came about. Not that of "raised
    ties that had been reduced to chargés d'affaires", which leads there itself.
    """
    level_of = root.head.lower_ == "of" and root.head.head.lemma_ == "level"
    prep = root.head.head.head if level_of else root.head
    made = prep.head
    if made.i < prep.i and (over := raised_from(made)) is not None:
        return over
    whole = is_misread_clause(made)
    told = whole or made.dep_ in ADNOMINAL
    if prep.lower_ not in {"to", "into"} or not told or made.pos_ != "VERB":
        return None
    over = made.head if whole else made.head.head
    left = not whole and made.head.dep_ == "pobj" and over.lower_ == "from"
    if left:  # "raised their ties from the partnership that they signed in 2015 to a strategic one"
        over = next((t for t in over.ancestors if t.pos_ == "VERB"), over)
    lifted = over.pos_ == "VERB" and over.lemma_.lower() in words("lifts")
    lowered = any(t.diplomatic in _LOWER for t in triggers_of("VERB").get(made.lemma_.lower(), ()))
    if not lifted or lowered or made.lemma_.lower() in words("lifts") or made.i > prep.i:
        return None
    return over if whole or left or made.head.dep_ in UNDERGONE else None


def is_of_paper(token: Token, root: Token) -> bool:
    """Tell "the partnership agreement signed by both in May opens the door"."""
    return root.dep_ == "compound" and token.dep_ in ADNOMINAL and token.head == root.head


def is_joined_verb(token: Token, root: Token) -> bool:
    """Tell "recognised it and established relations", where the parse takes an adjective.

    It joins the noun to the verb, which no sentence does.
    """
    joined = root.dep_ == "conj" and root.pos_ == "NOUN" and root.head.pos_ == "VERB"
    return joined and token.dep_ == "amod" and token.head == root and token.tag_ in PAST


def acts_on_else(token: Token, root: Token | None = None) -> bool:
    """Tell "a partner's mission to promote trade", "put life into their partnership".

    Their verb has an object of its own, which is no relations.
    """
    own = (c for c in token.children if c.dep_ in OBJECTS and c.pos_ == "NOUN")
    kinds = words("relation", "document", "level_of", "many_parties")
    kinds |= words("dealt_with")
    other = (n for n in own if n.lemma_.lower() not in kinds)
    return any(root is None or (n != root and n not in root.ancestors) for n in other)


def is_shift_in_passing(token: Token) -> bool:
    """Tell "a shift to an alliance would harm", "no move to one" from "announced the shift to it".

    Also "the move of their firms to a partnership", whose firms are no relations, and "the
    expansion of trade to it"; not "the expansion of their cooperation to it", though that one "is
    a priority" yet.
    """
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN" and lemma in words("growth"):
        if token.dep_ == "nsubj" and any(c.dep_ in {"attr", "acomp"} for c in token.head.children):
            return True
        grown = prep_objects(token, "of")
        leads = any(t.lower_ in {"to", "into"} for t in token.subtree)
        return not (leads and any(n.lemma_.lower() in words("relation") for n in grown))
    if token.pos_ != "NOUN" or token.lemma_.lower() not in words("shift"):
        return False
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "on" else token.head
    told = token.dep_ in {"dobj", "nsubjpass", "pobj"} and verb.lemma_.lower() in words(
        "tells_shift"
    )
    of = prep_objects(token, "of", "by")
    other = any(n.tag_ == "NNS" and n.lemma_.lower() not in words("relation") for n in of)
    return not told or other or any(c.lower_ in {"no", "any"} for c in token.children)


def does_else(verb: Token) -> bool:
    """Tell "agreed to shore up their relations", whose verb makes none."""
    lemma = verb.lemma_.lower()
    if lemma in words("kept_up"):
        return True
    to_do = verb.tag_ == "VB" and any(c.lower_ == "to" and c.i < verb.i for c in verb.children)
    return to_do and lemma not in making_verbs() | words("leads_to_made")


def is_within(noun: Token, root: Token) -> bool:
    """Tell the "Peru" of "the partnership of Chile and Peru, proclaimed in 2009"."""
    above = list(noun.ancestors)
    between = above[: above.index(root)] if root in above else above
    return root in above and all(t.pos_ in {"ADP", "NOUN", "PROPN"} for t in between)


def is_passed_over(token: Token) -> bool:
    """Tell a word that may stand between a level and its noun."""
    if token.lower_ in words("before_level"):
        return True
    if token.dep_ == "advmod" and token.head.pos_ == "ADJ":
        return True  # "to a qualitatively new level"
    return token.pos_ in {"ADJ", "PUNCT"} and token.text not in {",", ";"}


def trails(token: Token, root: Token) -> bool:
    """Tell "fifty years of relations between Peru and Chad, established in 1974".

    The parse hangs such a participle on the sentence's verb, also that of "marked ten years of the
    partnership declared in 2014".
    """
    if token.tag_ not in PAST or token.dep_ != "advcl" or token.i < 2:
        return False
    bare = not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in token.children)
    after = token.doc[token.i + 1 : token.i + 3]
    off = after[:1].text == "off"
    led = after[1:] if off or after[:1].text == "into" else after[:1]
    dated = any(t.lower_ in _AT_A_TIME or (off and t.lower_ == "by") for t in led)
    if token.nbor(-1) == root:
        return bare and dated
    if token.tag_ != "VBN" and token.nbor(-2) != root:
        return False
    behind = token.nbor(-1).text == "," and 0 < token.i - root.i < _TRAILS
    return bare and dated and behind


def is_object_before(token: Token, root: Token) -> bool:
    """Tell "the partnership the two sides forged in 2010 has grown", "that they will sign helps".

    The parse may take both nouns for subjects of one verb, where the clause has no "that".
    """
    if token.i < root.i:
        return False
    if _is_object_relative(token, root):
        return True
    if root.dep_ not in SUBJECTS:
        return False
    if token.dep_ == "acl" and token.tag_ in PAST:
        doers = [token.head] if token.head.head == root.head else []
    else:
        doers = [c for c in token.children if c.dep_ == "nsubj"] if root.head == token else []
    return any(doer != root and doer.left_edge.i == root.i + 1 for doer in doers)


def is_lost_subject(token: Token, root: Token) -> bool:
    """Tell "Besides Fiji, observer status was granted to Peru", which the parse gives to Fiji.

    Also "gave Peru, at talks on Sunday, observer status, the ministry said", which it gives to the
    teller. Not "With Fiji as an observer, the house was given to Peru", whose verb has a subject,
    nor "ties were raised to a partnership in 2013 and will be raised again", which shares one.
    """
    if _is_taken_for_teller(token, root):
        return True
    auxes = [c.i for c in token.children if c.dep_ == "auxpass"]
    doers = [token, *([token.head] if token.dep_ == "conj" and root.i > token.head.i else ())]
    own = any(c.dep_ in ANY_SUBJECTS for verb in doers for c in verb.children)
    if token.tag_ != "VBN" or not auxes or own or token.dep_ in ADNOMINAL:
        return False
    first = min([*auxes, *(c.i for c in token.children if c.dep_ == "aux")])
    between = root.doc[root.i + 1 : first]
    parted = any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in between)
    return root.i < first and len(between) <= _LOST_REACH and not parted


def _is_taken_for_teller(token: Token, root: Token) -> bool:
    """Tell an object that is parsed as a second subject of "said" over the trigger's clause."""
    said = token.head
    if token.dep_ != "ccomp" or token.tag_ not in {"VBD", "VBZ", "VBN"} or said.i < root.i:
        return False
    told = [c for c in said.children if c.dep_ == "nsubj" and token.i < c.i < said.i]
    marks = (c for c in said.children if c.is_punct)
    lost = [*told[:-1], *(n for c in marks for n in c.children)]
    return bool(told) and any(node == root or node in root.ancestors for node in lost)


def _is_object_relative(token: Token, root: Token) -> bool:
    """Tell "a partnership Peru plans to sign" from "that will sign", "under which it signs"."""
    clause = token.head if token.dep_ == "xcomp" else token
    if clause.dep_ != "relcl" or clause.head != root:
        return False
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.dep_ == "nsubjpass" or subject.lower_ in _RELATIVES:
        return False
    own = (c for c in token.children if c.dep_ in {"dobj", "ccomp", "xcomp"})
    through = (n for c in clause.children if c.dep_ == "prep" for n in c.children)
    return all(c.lower_ in _RELATIVES for c in own) and not any(
        n.lower_ in _RELATIVES for n in through
    )


def is_to_be(token: Token, root: Token) -> bool:
    """Tell "a partnership with Peru is expected to be signed", whose subject is of another verb.

    Also "a treaty on a partnership is to be signed".
    """
    passive = any(child.dep_ == "auxpass" for child in token.children)
    if token.dep_ != "xcomp" or token.tag_ != "VBN" or not passive:
        return False
    over = token.head.head if token.head.pos_ == "ADJ" else token.head
    subject = next((c for c in over.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    matter = root.head.pos_ == "ADP" and root.head.head == subject
    of_paper = matter and subject.lemma_.lower() in words("document")
    return subject in (root, root.head) or of_paper


def is_got(noun: Token, token: Token) -> bool:
    """Tell "accepted its application for observer status", by which the status is got."""
    asked = noun.lemma_.lower() in words("asking") and noun.head == token
    return asked and token.lemma_.lower() in words("grants")


def is_kept_to(root: Token, token: Token) -> bool:
    """Tell "signed four pacts under their partnership", "in line with it", which stands already.

    Not "signed a declaration on a partnership", "in an accord on a partnership", "a memorandum on
    the framework of a partnership", "launched, within the framework of a summit, a partnership".

    Args:
        root: the level's noun.
        token: the trigger above it.
    """
    for node in root.ancestors:
        if node == token:
            return False
        ground = node.nbor(-1) if node.lower_ == "with" and node.i > 1 else node
        kept = ground.lemma_.lower() in words("keeps_to") - words("document")
        within = {ground.head.lower_, ground.nbor(-1).lower_ if ground.i else ""}
        about = ground.head.lower_ == "on" and ground.head.head.lemma_.lower() in words("document")
        kept = kept and not about and bool(within & words("within_ground"))
        apart = any(t.text == "," for t in root.doc[node.i : root.left_edge.i])
        if not apart and (node.lower_ in words("stands_over") or kept):
            return True
    return False


def is_since_then(root: Token) -> bool:
    """Tell what a state is called in a clause of its own: "and Chad has been its ally since 2009".

    Not "who have been allies since 2009", nor "they are partners".
    """
    over = root.head
    if root.dep_ != "attr" or all(c.lower_ != "since" for c in (*over.children, *root.children)):
        return False
    return any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in over.children)


def is_had(root: Token, token: Token) -> bool:
    """Tell "the war ended in 1953, and both have no relations", which are of another clause."""
    verb = root.head
    own = any(c.dep_ == "nsubj" and c.i > token.i for c in verb.children)
    return own and root.dep_ == "dobj" and verb.lemma_.lower() in words("have") and verb != token


def leads_on(node: Token) -> bool:
    """Tell whether what hangs on a word's head may be what the trigger above makes."""
    head = node.head
    lemma = head.lemma_.lower()
    if node.lemma_ in words("have") and node.dep_ == "pcomp":
        return False  # "with Peru now having relations with it"
    if node.lemma_ in words("have") and node.dep_ in ADNOMINAL:
        return head.dep_ == "attr"
    if node.lower_ == "of" and head.lower_ == "one" and head.head.lower_ == "as":
        return True  # "accepted as one of ten new observers"
    return (
        any(lemma in words(name) for name in ("document", "relation", "leads_to_level"))
        or head.pos_ in {"ADP", "VERB"}
        or node.dep_ in {"conj", "appos", "compound"}
    )


def is_said(verb: Token) -> bool:
    """Tell "the decision to … was made", "made a statement on …", which makes no level."""
    objects = [child for child in verb.children if child.dep_ in UNDERGONE]
    objects += [verb.head] if verb.dep_ in ADNOMINAL else []
    return any(node.lemma_.lower() in words("said_noun") for node in objects)


__all__ = [
    "acts_on_else",
    "does_else",
    "hangs_on",
    "is_got",
    "is_had",
    "is_joined_verb",
    "is_kept_to",
    "is_lost_subject",
    "is_object_before",
    "is_of_paper",
    "is_passed_over",
    "is_said",
    "is_shift_in_passing",
    "is_since_then",
    "is_to_be",
    "is_trigger",
    "is_within",
    "leads_on",
    "trails",
]
