"""Whether a change is done, planned or only proposed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import has_subject, verb_above, whole_verb
from pipeline.headings import is_headline_plan
from pipeline.labels import ADNOMINAL, COMPLEMENTS, NOUNS, PAST, VERBS
from pipeline.stages.upgrades.dates.done_late import wait_of
from pipeline.stages.upgrades.echoes.lead_followed import lead_followed
from pipeline.stages.upgrades.outcome.announced import is_for_later
from pipeline.stages.upgrades.outcome.conditions import has_condition, is_conditional
from pipeline.stages.upgrades.outcome.denials import is_unmade
from pipeline.stages.upgrades.outcome.discussed import is_attained, is_demanded, is_under_discussion
from pipeline.stages.upgrades.outcome.governors import (
    UNTENSED,
    becomes_one,
    decision_taken,
    instructs,
    is_in_view,
    is_judged_as,
    is_one_that_did,
    paper_aimed,
    paper_before,
    paper_that,
    paper_vowing,
    rules_over,
    shows_will,
    status_of_one,
    status_of_paper,
    status_under,
)
from pipeline.stages.upgrades.outcome.misread import gerund_of, is_misread
from pipeline.stages.upgrades.outcome.noun_status import noun_status
from pipeline.stages.upgrades.outcome.paper_status import (
    is_by_document,
    is_document,
    is_laid_down,
    is_paper_ahead,
    is_signed,
)
from pipeline.stages.upgrades.outcome.tenses import tense_status
from pipeline.stages.upgrades.outcome.undertakings import (
    announcer,
    bargain,
    is_asked_for,
    is_forced,
    is_granted_by,
    is_in_principle,
    is_put_off,
    is_set_going,
    keeper,
)
from pipeline.stages.upgrades.parties.orders import foretold, has_become, order_before
from pipeline.stages.upgrades.recognition.gained import cut_for
from pipeline.stages.upgrades.tables import words

#: How a verb may hang on the word that says whether it happened.
_LINKS = frozenset(
    [
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "conj",
        "pcomp",
        "prep",
        "pobj",
        "dobj",
        "relcl",
        "aux",
        "dep",
    ],
)


#: How many words above a trigger "the way" is looked for.
_WAY_REACH = 3


def status_of(scene: Scene, token: Token) -> UpgradeStatus | None:
    """Return the status of the change that a trigger tells; None where it is denied."""
    status = _status_told(scene, token)
    ahead = is_in_principle(token) or is_put_off(token)
    return "planned" if status == "completed" and ahead else status


def _status_told(scene: Scene, token: Token) -> UpgradeStatus | None:
    if is_unmade(token):
        return None
    if is_attained(token):
        return "completed"
    if is_under_discussion(token) or is_demanded(token):
        return "proposed"
    if is_set_going(token):
        return "planned"
    struck = bargain(token)
    if struck is not None:
        return struck
    if token.pos_ in NOUNS:
        return noun_status(token)
    if gerund_of(token) is not None:
        return noun_status(token.head)
    if is_misread(token):
        return "completed"
    describes = token.dep_ == "amod" or (token.dep_ == "compound" and token.tag_ == "VBG")
    if describes and token.head.pos_ == "NOUN":
        return noun_status(token.head)
    return _verb_status(scene, whole_verb(token))


def _is_to_be_announced(verb: Token) -> bool:
    """Tell "will confirm that it is cutting ties" from "will confirm that it cut them"."""
    told = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in words("decided")
    return told and tense_of(verb) in {"present", "progressive"} and tense_of(verb.head) == "future"


def _is_to_be_said(verb: Token) -> bool:
    """Tell "are expected to say that they have cut ties" from "are pleased to say so".

    Also ""we have cut ties," they are expected to say".
    """
    said = verb.head
    if verb.dep_ != "ccomp":
        return False
    if said.lemma_.lower() in words("planned"):
        said = next((c for c in said.children if c.dep_ == "xcomp" and c.i > verb.i), said)
    told = said.lemma_.lower() in words("said") and said.tag_ == "VB"
    over = said.dep_ in COMPLEMENTS and said.head.lemma_.lower() in words("planned")
    return told and over


def _gone_so_far(verb: Token) -> Token | None:
    """Return the "go" of "could go as far as cutting ties", "has gone so far as to cut them"."""
    at = verb.i - (verb.i > 0 and verb.nbor(-1).lower_ == "to") - 1
    if at < 1 or verb.doc[at - 1 : at + 1].text.lower() != "far as":
        return None
    return next((node for node in verb.ancestors if node.lemma_ == "go"), None)


def _is_in_wake(verb: Token) -> bool:
    """Tell the "cutting" of "pledged support in the wake of Peru cutting ties", which it did."""
    over = (verb.head, verb.head.head, verb.head.head.head)
    wake = verb.tag_ == "VBG" and verb.dep_ in {"acl", "pcomp"}
    return wake and any(node.lemma_.lower() in words("wake_of") for node in over)


def _is_way_paved(verb: Token) -> bool:
    """Tell "paved the way for Peru to restore ties", which it may do, from "to restore in 2012"."""
    if tense_of(verb) != "infinitive" or any(t.ent_type_ == "DATE" for t in verb.subtree):
        return False
    for node in islice(verb.ancestors, _WAY_REACH):
        way = node if node.lower_ == "way" else None
        way = way or next((c for c in node.children if c.lower_ == "way"), None)
        if way is not None and way.dep_ == "dobj":
            return way.head.lemma_.lower() in words("paves")
    return False


def _verb_status(scene: Scene, verb: Token) -> UpgradeStatus | None:
    if wait_of(verb) is not None or _is_in_wake(verb):
        return "completed"
    if _is_way_paved(verb):
        return "proposed"
    if is_headline_plan(verb) and not is_negated(verb):
        return "planned"
    gone = _gone_so_far(verb)
    if gone is not None:
        return tense_status(gone)
    had_done = _had_done(verb)
    if had_done is not None:
        return _verb_status(scene, had_done)
    own = tense_status(verb)
    if _is_left_to_do(verb):
        return "planned"
    if verb.dep_ == "csubj" and is_spoken_of(verb.head):
        return "proposed"
    if own is None or is_conditional(verb) or has_condition(verb):
        return None
    for told in chain(_behind_preposition(scene, verb), _beside(scene, verb, own)):
        return told
    node = verb
    infinitive = tense_of(verb) in UNTENSED and not auxiliaries_of(verb) & words("modal")
    if infinitive and (cut := cut_for(verb)) is not None:
        return tense_status(cut)
    if infinitive and (paper := paper_before(verb) or paper_vowing(verb)) is not None:
        return status_of_paper(paper)
    if infinitive and (taken := decision_taken(verb)) is not None:
        return tense_status(taken)
    for _ in range(6):
        head = node.head
        if head == node or node.dep_ not in _LINKS:
            break
        if node.dep_ == "conj" and head.pos_ == "VERB":
            infinitive = infinitive and tense_of(head) in UNTENSED
            node = head
            continue
        if node.dep_ in {"relcl", "advcl"} and not infinitive:
            break
        for told in _by_word_over(scene, verb, node, own, infinitive=infinitive):
            return told
        if head.pos_ in VERBS and not infinitive:
            break
        node = head
    return _by_itself(scene, verb, node, own, infinitive=infinitive)


def _is_left_to_do(verb: Token) -> bool:
    """Tell "recognised it, with Peru soon to follow"."""
    beside = verb.dep_ == "pcomp" and verb.head.lower_ == "with"
    acts = any(c.dep_ == "nsubj" for c in verb.children)
    return beside and acts and tense_of(verb) == "infinitive" and not is_negated(verb)


def _behind_preposition(scene: Scene, verb: Token) -> Iterator[UpgradeStatus | None]:
    """Yield, the surest first, what a preposition makes of the "opening" of "after opening"."""
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG":
        return
    short = verb.head.head.lower_ in words("left_undone") and verb.head.lower_ == "of"
    if short or verb.head.lower_ in words("left_undone"):
        yield None
    if verb.head.lower_ in words("done_before"):
        yield "completed"
    if verb.head.lower_ in told_words("toward") or is_in_view(verb):
        yield "proposed"
    if verb.head.lower_ == "with" and has_subject(verb):
        above = verb_above(verb.head)  # "talks are under way, with Peru opening an embassy"
        yield tense_status(above) if above is not None else "completed"
    means = verb.head.head
    if (lead := lead_followed(verb)) is not None:
        yield _verb_status(scene, lead.head)
    if is_paper_ahead(means):
        yield "planned"
    if verb.head.lower_ == "by" and means.pos_ == "NOUN":
        shown = verb_above(means)  # "showed their commitment by raising ties"
        if shown is not None:
            untensed = tense_of(shown) in UNTENSED
            yield _verb_status(scene, shown) if untensed else tense_status(shown)
    if verb.head.lower_ == "by" and means.pos_ == "VERB" and tense_of(means) in UNTENSED:
        proof = shows_will(means)
        yield tense_status(proof) if proof is not None else _verb_status(scene, means)
    if verb.head.lower_ in {"by", "in"} and means.pos_ == "VERB" and tense_of(means) == "future":
        yield "planned"  # "will partner in opening an embassy"


def _beside(scene: Scene, verb: Token, own: UpgradeStatus) -> Iterator[UpgradeStatus | None]:
    """Yield, the surest first, what the words beside a verb tell, whatever stands over it.

    "The decision to cut ties was announced", "an order that has become law".
    """
    if _trails(verb):
        yield tense_status(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and is_paper_ahead(verb.head):
        yield "planned"  # "a pact raising ties is to be signed"
    if own == "completed" and (_is_to_be_announced(verb) or _is_to_be_said(verb)):
        yield "planned"
    announced = announcer(verb)
    if announced is not None:
        noun = announced.head.head
        taken = noun.tag_ == "NN" and noun.lemma_.lower() in words("taken")
        if taken and noun.head.lemma_.lower() in words("moves"):
            yield "proposed"  # "urged a move by Peru to cut ties"
        yield "completed" if taken or noun.lemma_ == "decision" else "planned"
    kept_by = keeper(verb)
    if kept_by is not None:
        yield "proposed" if is_conditional(kept_by) else tense_status(kept_by)
    order = order_before(verb)
    ahead = foretold(order, verb) if order is not None else None
    if ahead is not None:
        yield ahead[0]
    if order is not None and has_become(order):
        yield "completed"
    if tense_of(verb) == "infinitive" and _is_the_first_to(scene, verb):
        yield "completed"
    forced = is_forced(verb)
    if forced is not None:
        yield forced
    if own == "planned" and is_by_document(verb):
        yield "completed"
    paper = paper_that(verb) if own == "planned" and not is_for_later(verb) else None
    if paper is not None and is_signed(paper):
        yield status_of_paper(paper)


def _by_word_over(
    scene: Scene, verb: Token, node: Token, own: UpgradeStatus, *, infinitive: bool
) -> Iterator[UpgradeStatus | None]:
    """Yield, the surest first, what the word over one of a verb's clauses makes of it.

    "Agreed that ties will be raised", "ruled out raising them", "the first state to raise them".

    Args:
        node: the verb, or a word between it and the one that is asked of.
        infinitive: whether no tense has been met so far.
    """
    head = node.head
    if node.dep_ == "ccomp" and own != "completed" and _is_settled(node, head):
        yield tense_status(head)
    if node.dep_ == "ccomp" and head.lemma_.lower() in words("denied"):
        yield None
    if node.dep_ == "ccomp" and _is_improbable(head):
        yield None
    if node.dep_ == "xcomp" and node.tag_ == "VBN" and head.lemma_.lower() in words("denied"):
        yield None  # "denied having cut ties"
    if node.dep_ in {"xcomp", "pcomp", "ccomp"} and _is_ruled_out(head):
        yield None
    if node.dep_ == "ccomp" and own == "planned" and head.lemma_.lower() in words("hoped"):
        yield "proposed"
    if node == verb and verb.tag_ == "VBG" and head.lemma_.lower() in words("entails"):
        yield "completed" if tense_of(head) == "past" else "proposed"
    if node.dep_ == "ccomp" and is_asked_for(node, head):
        yield "proposed"
    if node.dep_ in {"acl", "relcl", "xcomp", "advcl"} and is_one_that_did(head):
        above = verb_above(head)
        yield status_of_one(above) if above is not None else "completed"
    if node.dep_ in {"xcomp", "advcl"} and infinitive and becomes_one(head):
        yield status_of_one(head)
    if node.dep_ in {"xcomp", "ccomp", "advcl"} and infinitive and is_judged_as(head):
        yield "completed" if tense_of(head) == "past" else "proposed"
    if head.pos_ == "NOUN" and infinitive and any(c.lower_ == "no" for c in head.children):
        yield None  # "sees no reason to cut ties"
    if head.pos_ == "NOUN" and head.lemma_.lower() in words("aim") and infinitive:
        yield "proposed"
    if node.dep_ == "xcomp" and head.lemma_ == "go" and head.tag_ == "VBG":
        yield None if is_negated(head) else "planned"  # "is going to recognise"
    if _goes_on(head):
        would = "would" in auxiliaries_of(head)
        yield "completed" if would else tense_status(head)  # "would go on to recognise"
    turned = node.dep_ in {"xcomp", "advcl"} and node.i - head.i == len(("to", "recognise"))
    if turned and infinitive and head.lemma_.lower() in words("turns_over"):
        yield status_of(scene, head)  # "with Peru switching to recognise Beijing"
    if (paper := paper_aimed(head)) is not None:
        yield status_of_paper(paper)
    if is_granted_by(head):
        yield tense_status(head.head)
    if infinitive and instructs(head) and verb.lemma_.lower() not in words("cuts"):
        yield "planned"
    if infinitive and rules_over(head):
        yield status_under(head, verb)
    if node.dep_ == "ccomp" and own == "planned" and head.lemma_.lower() in words("declared"):
        yield "completed" if is_document(scene, head) else own
    if node.dep_ == "ccomp" and own == "planned" and is_laid_down(scene, head):
        yield "completed"


def _by_itself(
    scene: Scene, verb: Token, node: Token, own: UpgradeStatus, *, infinitive: bool
) -> UpgradeStatus | None:
    """Return the status of a verb over which no word decides, up to `node`."""
    if verb.dep_ == "advcl" and tense_of(verb) == "infinitive" and _comes_to_sign(verb):
        return "planned"
    if infinitive and own == "completed" and tense_of(verb) == "infinitive":
        above = verb_above(node)
        named = verb.dep_ in {"acl", "relcl", "advcl"} and _is_name(scene, verb.head)
        if above is None and (named or (verb.dep_ == "ROOT" and scene.subject(verb) is not None)):
            return "planned"  # the headline "Peru, Chad to upgrade ties"
        decided = above is not None and above.lemma_.lower() in words("decided")
        return tense_status(above) if decided and above is not None else "proposed"
    return own


def _is_name(scene: Scene, noun: Token) -> bool:
    """Tell the "Samoa" of a headline, which the parse may take for a plural."""
    return noun.pos_ == "PROPN" or any(r.form == "name" for r in scene.at(noun.i))


def _is_improbable(word: Token) -> bool:
    """Tell the word over "unlikely that it will cut ties", also "seems" with "unlikely" behind."""
    told = [word, *(c for c in word.children if c.dep_ in {"acomp", "oprd"})]
    return any(token.lemma_.lower() in words("improbable") for token in told)


def _goes_on(verb: Token) -> bool:
    """Tell "went on to", "would go on to", of what came later."""
    return verb.lemma_ == "go" and any(
        c.lower_ == "on" and c.i == verb.i + 1 for c in verb.children
    )


def is_meant(token: Token) -> bool:
    """Tell the "recognise" of "announced their intent to recognise Peru", which is to come."""
    meant = words("intent") - words("decided")
    return token.dep_ in ADNOMINAL and token.head.lemma_.lower() in meant


def _had_done(verb: Token) -> Token | None:
    """Return the "have" of "plan to have their ties raised", which tells the tense."""
    over = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else verb.head
    done = verb.tag_ in PAST and verb.dep_ in {"acl", "ccomp", "xcomp"}
    bare = over.lemma_ in {"have", "get", "see"} and over.tag_ == "VB"
    bare = bare and over.dep_ not in {"aux", "advcl"}
    return over if done and bare and over.i < verb.i else None


def _trails(verb: Token) -> bool:
    """Tell "looked further, opening relations with Chad" from "looked at opening relations"."""
    head = verb.head
    clause = verb.dep_ == "advcl" and verb.tag_ == "VBG" and head.pos_ in VERBS
    marked = any(c.dep_ in {"mark", "advmod", "prep"} and c.i < verb.i for c in verb.children)
    return clause and not marked and head.i < verb.i and verb.nbor(-1).text == ","


def is_spoken_of(verb: Token) -> bool:
    """Tell "raising their ties was under discussion", "is our aim", of what "was a mistake"."""
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ in {"attr", "acomp", "prep"}]
    nodes = [*behind, *(node for c in behind if c.dep_ == "prep" for node in c.children)]
    on = (n for c in behind if c.lower_ == "on" for n in c.children)
    return any(node.lemma_.lower() in words("proposed", "aim") for node in nodes) or any(
        node.lemma_.lower() in words("wish_list") for node in on
    )


def _is_settled(verb: Token, head: Token) -> bool:
    """Tell "agreed that ties will be raised", "agreed that they should be"."""
    could = auxiliaries_of(verb) & {"may", "might", "could", "can"}
    return head.lemma_.lower() in words("resolved") and not could


def _is_ruled_out(verb: Token) -> bool:
    """Tell "ruled out restoring ties", where the parse may hang it on the "out"."""
    rule = verb.head if verb.lower_ == "out" else verb
    out = any(child.lower_ == "out" for child in rule.children)
    return rule.lemma_.lower() == "rule" and rule.pos_ == "VERB" and out and not is_negated(rule)


def _comes_to_sign(verb: Token) -> bool:
    """Tell "will visit in June to sign a partnership" from "will visit to seek one"."""
    signs = verb.lemma_.lower() in words("signs") and verb.head.pos_ == "VERB"
    return signs and tense_of(verb.head) == "future" and not is_negated(verb.head)


def _is_the_first_to(scene: Scene, verb: Token) -> bool:
    """Tell "the first country to break ties with Oman was Peru", "it made Peru the third to"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    behind = scene.doc[verb.i : scene.sentence(verb.i).end]
    told = any(t.dep_ == "attr" and t.head.lower_ in {"was", "were", "is"} for t in behind)
    made = verb.dep_ == "ccomp" and verb.head.lemma_ == "make"
    return subject is not None and (told or made) and is_one_that_did(subject)


__all__ = ["is_meant", "is_spoken_of", "status_of"]
