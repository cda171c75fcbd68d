"""Whether a change is done, planned or only proposed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import has_subject, verb_above, whole_verb
from pipeline.headings import is_headline_plan
from pipeline.labels import ADNOMINAL, NOUNS, PRESENT, VERBS
from pipeline.stages.upgrades.dates.done_late import wait_of
from pipeline.stages.upgrades.echoes.lead_followed import lead_followed
from pipeline.stages.upgrades.outcome.announced import is_for_later
from pipeline.stages.upgrades.outcome.conditions import has_condition, is_conditional
from pipeline.stages.upgrades.outcome.denials import is_unmade
from pipeline.stages.upgrades.outcome.discussed import (
    is_attained,
    is_demanded,
    is_needed,
    is_under_discussion,
)
from pipeline.stages.upgrades.outcome.governors import (
    UNTENSED,
    becomes_one,
    decision_taken,
    instructs,
    is_in_view,
    is_judged_as,
    is_one_that_did,
    notes_exchanged,
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
from pipeline.stages.upgrades.outcome.put_back import status_put_back
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
from pipeline.stages.upgrades.outcome.words_over import (
    comes_to_sign,
    goes_on,
    gone_so_far,
    had_done,
    is_improbable,
    is_in_wake,
    is_left_to_do,
    is_ruled_out,
    is_settled,
    is_spoken_of,
    is_to_be_announced,
    is_to_be_said,
    is_way_paved,
    trails,
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


def status_of(scene: Scene, token: Token) -> UpgradeStatus | None:
    """Return the status of the change that a trigger tells; None where it is denied."""
    status = _status_told(scene, token)
    if status == "completed" and (put_back := status_put_back(token)) is not None:
        return put_back
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


def _verb_status(scene: Scene, verb: Token) -> UpgradeStatus | None:
    if wait_of(verb) is not None or is_in_wake(verb):
        return "completed"
    if is_way_paved(verb):
        return "proposed"
    if is_headline_plan(verb) and not is_negated(verb):
        return "planned"
    gone = gone_so_far(verb)
    if gone is not None:
        return tense_status(gone)
    over = had_done(verb)
    if over is not None:
        return _verb_status(scene, over)
    own = tense_status(verb)
    if is_left_to_do(verb):
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
    if infinitive and (sent := notes_exchanged(verb)) is not None:
        return tense_status(sent)
    if infinitive and (taken := decision_taken(verb)) is not None:
        return tense_status(taken)
    for _ in range(6):
        head = node.head
        if head == node or node.dep_ not in _LINKS:
            break
        if node.dep_ == "conj" and node != verb and has_subject(node):
            break  # "we met, and we are taking steps to raise ties"
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


def _hopes(head: Token) -> bool:
    """Tell "hoped that ties would be raised", "voiced hope that they would", "hopes rose that"."""
    grow = head.lemma_.lower() in words("hopes_do")
    said = (c for c in head.children if c.dep_ == "dobj" or (grow and c.dep_ == "nsubj"))
    return any(node.lemma_.lower() in words("hoped") for node in (head, *said))


def _behind_preposition(scene: Scene, verb: Token) -> Iterator[UpgradeStatus | None]:
    """Yield, the surest first, what a preposition makes of the "opening" of "after opening".

    So of the "raised" of "after being raised".
    """
    gerund = verb.tag_ == "VBG" or any(c.lower_ == "being" for c in verb.children)
    if verb.dep_ != "pcomp" or not gerund:
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
    thanked = verb.head.lower_ in {"for", "on"} and means.lemma_.lower() in words("thanked_for")
    if thanked and tense_of(means) in UNTENSED:
        yield "completed"  # "I want to thank Peru for opening relations"
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
    if trails(verb):
        yield tense_status(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and is_paper_ahead(verb.head):
        yield "planned"  # "a pact raising ties is to be signed"
    if own == "completed" and (is_to_be_announced(verb) or is_to_be_said(verb)):
        yield "planned"
    announced = announcer(verb)
    if announced is not None:
        over = announced.head.head
        noun = over if over.dep_ != "acl" else over.head  # "the decision made by Peru to cut ties"
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
    told = paper_that(verb) if own == "completed" and verb.tag_ in PRESENT else None
    if told is not None and (later := status_of_paper(told)) != "completed":
        yield later  # "will sign a pact that raises their ties"


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
    if node.dep_ == "ccomp" and own != "completed" and is_settled(node, head):
        yield tense_status(head)
    if node.dep_ == "ccomp" and head.lemma_.lower() in words("denied"):
        yield None
    if node.dep_ == "ccomp" and is_improbable(head):
        yield None
    if node.dep_ == "xcomp" and node.tag_ == "VBN" and head.lemma_.lower() in words("denied"):
        yield None  # "denied having cut ties"
    if node.dep_ in {"xcomp", "pcomp", "ccomp"} and is_ruled_out(head):
        yield None
    if node.dep_ in {"ccomp", "acl"} and own == "planned" and _hopes(head):
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
    aimed_at = is_needed(head) or head.lemma_.lower() in words("aim")
    if head.pos_ == "NOUN" and infinitive and aimed_at:
        yield "proposed"
    if node.dep_ == "xcomp" and head.lemma_ == "go" and head.tag_ == "VBG":
        yield None if is_negated(head) else "planned"  # "is going to recognise"
    if goes_on(head):
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
    if verb.dep_ == "advcl" and tense_of(verb) == "infinitive" and comes_to_sign(verb):
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


def is_meant(token: Token) -> bool:
    """Tell the "recognise" of "announced their intent to recognise Peru", which is to come."""
    meant = words("intent") - words("decided")
    return token.dep_ in ADNOMINAL and token.head.lemma_.lower() in meant


def _is_the_first_to(scene: Scene, verb: Token) -> bool:
    """Tell "the first country to break ties with Oman was Peru", "it made Peru the third to"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    behind = scene.doc[verb.i : scene.sentence(verb.i).end]
    told = any(t.dep_ == "attr" and t.head.lower_ in {"was", "were", "is"} for t in behind)
    made = verb.dep_ == "ccomp" and verb.head.lemma_ == "make"
    return subject is not None and (told or made) and is_one_that_did(subject)


__all__ = ["is_meant", "status_of"]
