"""What a verb's own form tells of a trip: its auxiliaries, its tense, a feeling over it."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.against_plan import is_against_plan
from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import NOTHING, TIMED, UNDONE, WILL, WISHED, Fact
from pipeline.discourse.hearsay import is_of_another
from pipeline.discourse.lasting_verbs import goes_on_since, is_of_years, stays_on
from pipeline.discourse.outcome import goes_on_now, is_bound, is_only_wished, is_soon
from pipeline.discourse.suppositions import (
    is_behind_plan,
    is_given_up,
    is_hypothetical,
    is_improbable,
)
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, has_day, has_weekday, tense_of
from pipeline.discourse.verbs import has_subject
from pipeline.labels import COMPLEMENTS, OBJECTS, PAST, PREP_COMPLEMENTS, VERBS
from pipeline.neighbours import word_at

#: How a clause or phrase hangs on the verb with which it goes on: "while visiting", "after talks".
_MEANWHILE = frozenset({"advcl", "pcomp", "prep", "pobj"})


def fact_of_form(verb: Token) -> Fact | None:
    """Return what "has gone", "will go", "would have gone" tells; None for "to go", "going"."""
    if is_negated(verb):
        return Fact("cancelled", weak=True) if is_against_plan(verb) else NOTHING
    if is_of_another(verb):
        return NOTHING
    if _greets(verb):
        return Fact("ongoing")
    longer = (c.i for c in verb.children if c.lower_ == "longer" and c.dep_ == "advmod")
    if any(word_at(verb.doc, i - 1) in {"no", "any"} for i in longer):
        told = "would" in auxiliaries_of(verb) and _fact_of_would(verb).status == "planned"
        ahead = tense_of(verb) == "future" or told  # "said that she would no longer go"
        bound = tense_of(verb) == "progressive" and verb.lemma_ in words("bound_for")
        ahead = ahead or bound  # "is no longer going to Lima"
        return Fact("cancelled", weak=True) if ahead else NOTHING
    if is_hypothetical(verb):
        return Fact(None, reason="hypothetical")
    if is_only_wished(verb) or is_improbable(verb):
        return Fact(None, reason=WISHED)
    auxiliaries = auxiliaries_of(verb)
    if "would" in auxiliaries:
        return _fact_of_would(verb)
    if auxiliaries & {"can", "ca", "should", "must"}:
        return Fact(None, reason="modal")
    if {"to", "have"} <= auxiliaries and (
        verb.head.lower_ in {"was", "were"} or _was_supposed(verb.head)
    ):
        return Fact("cancelled", weak=True, reason=UNDONE)
    if {"to", "have"} <= auxiliaries and verb.head.lemma_ in words("plan") | {"be"}:
        return Fact("planned", weak=True)  # "is expected to have gone"
    if _is_beside_undone(verb):
        return Fact("cancelled", weak=True, reason=UNDONE)
    if _goes_on_then(verb):
        return Fact("planned", weak=True)
    tense = tense_of(verb)
    if tense == "past" and word_at(verb.doc, verb.i - 1) in words("almost"):
        return NOTHING  # "nearly flew to Lima"
    if tense in {"future", "infinitive"} and stays_on(verb):
        return Fact("ongoing", weak=verb.lemma_ != "remain" or tense == "infinitive")
    if tense == "future":
        return Fact("planned", reason=WILL)
    if tense in {"progressive", "present"} and is_soon(verb):
        return Fact("planned")
    if tense == "progressive":
        if is_bound(verb):
            return Fact("planned", weak=True)
        moves = verb.lemma_ in words("bound_for", "comes_somewhere")
        return Fact("ongoing", reason=TIMED if moves and has_weekday(verb) else "")
    if tense == "past" and (is_behind_plan(verb) or _is_said_to_go(verb)):
        return Fact("planned", weak=True)
    if tense == "past":
        perfect = _perfect(verb)
        if perfect == "perfect" and (goes_on_since(verb) or goes_on_now(verb)):
            return Fact("ongoing")
        if perfect and is_of_years(verb):
            perfect = "pluperfect"
        return Fact("completed", weak=True, reason=perfect)
    if tense == "present" and _is_of_one_to_be(verb):
        return Fact("planned", weak=True)
    if tense == "present":
        return Fact("ongoing", weak=True, reason=TIMED if has_day(verb) else "present")
    return None


def _is_beside_undone(verb: Token) -> bool:
    """Tell the "go" of "had been due to stay until Friday and then go on to Lima".

    "Is due to stay until Friday and then go on" does not fire.
    """
    if verb.dep_ != "conj" or verb.tag_ != "VB" or auxiliaries_of(verb) - {"to"}:
        return False
    infinitive = verb.head.tag_ == "VB" and verb.head.dep_ in COMPLEMENTS
    over = verb.head.head if infinitive else verb.head
    meant = verb.lemma_ not in words("about_trip") and not has_subject(verb)
    return meant and over.i < verb.i and over.pos_ in VERBS | {"ADJ"} and is_given_up(over)


def _goes_on_then(verb: Token) -> bool:
    """Tell the "fly" of "is due to stay in Lima until Friday and then fly to Quito"."""
    beside = verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB"
    return beside and verb.lemma_ in words("bound_for") and stays_on(verb.head)


def _was_supposed(participle: Token) -> bool:
    """Tell "was supposed to have flown to Lima", of a plan that was not kept.

    "Is supposed to have flown", "was reported to have flown" do not fire.
    """
    was = not auxiliaries_of(participle).isdisjoint({"was", "were"})
    return was and participle.lemma_ in words("supposed_to_have")


def _is_said_to_go(verb: Token) -> bool:
    """Tell "said that she was going to Lima", "she was flying to Lima, she said", which is to come.

    Not "said that she was going to Lima when it rained", "on Monday", "had said that she was", nor
    ""I was going to Lima," she said", whose tense is its own.
    """
    said = verb.head if verb.dep_ == "ccomp" else None
    said = said or next((c for c in verb.children if c.dep_ in {"ccomp", "parataxis"}), None)
    off = is_bound(verb) or verb.lemma_ in words("sends_one")
    if said is None or verb.tag_ != "VBG" or not off:
        return False
    told = said.tag_ == "VBD" and said.lemma_ in words("speech") and not _perfect(said)
    between = verb.doc[min(said.i, verb.i) : max(said.i, verb.i)]
    quoted = any(t.text in words("quote_mark") for t in between)
    return told and not quoted and not _was_under_way(verb)


def _was_under_way(verb: Token) -> bool:
    """Tell "was going to Lima when it rained", "at the time", "that night", "after leaving Oslo".

    And "had been going to Lima".
    """
    for word in verb.children:
        below = {c.lower_ for c in word.children}
        if word.i < verb.i:
            continue
        if word.dep_ == "advcl" and below & {"when", "as", "while"}:
            return True
        if word.dep_ == "npadvmod" and word.lemma_ in words("moment") and "that" in below:
            return True
        aims = [c for c in word.children if c.dep_ in PREP_COMPLEMENTS]
        if word.lower_ == "at" and any(c.lemma_ in words("moment") for c in aims):
            return True
        if word.lower_ == "after" and any(c.lemma_ in words("leaves_again") for c in aims):
            return True
    return bool(_perfect(verb))


def _is_of_one_to_be(verb: Token) -> bool:
    """Tell "Peru will be the first land that she visits", which she has not visited yet."""
    one = verb.head
    told = verb.dep_ == "relcl" and one.dep_ == "attr" and one.head.lemma_ == "be"
    return told and tense_of(one.head) == "future"


def _greets(verb: Token) -> bool:
    """Tell "allow me to welcome you to Lima", said to one who is there.

    So "let me extend to you a warm welcome to Lima". Not "I would like to welcome you in Lima
    soon", "let me welcome you in Lima next year".
    """
    above = verb.head.lemma_ in words("lets_greet") and verb.dep_ in COMPLEMENTS
    by_noun = any(c.lower_ == "welcome" for c in verb.children if c.dep_ in OBJECTS)
    if not above or not (by_noun or verb.lemma_ in words("greets")):
        return False
    dative = [c for c in verb.children if c.lower_ == "to" and c.dep_ in {"prep", "dative"}]
    objects = (c for node in (verb, *dative) for c in node.children if c.dep_ in OBJECTS)
    if not any(c.lower_ == "you" for c in objects):
        return False
    later = words("not_yet_greeted")
    behind = verb.doc[verb.i : verb.sent.end]
    return not is_negated(verb.head) and not any(t.lower_ in later for t in behind)


def _perfect(verb: Token) -> str:
    """Return "perfect" for "has gone", "pluperfect" for "had gone", also of its conjuncts."""
    node = verb
    while node.dep_ == "conj" and node.tag_ == "VBN" and not auxiliaries_of(node):
        node = node.head
    auxiliaries = auxiliaries_of(node)
    if auxiliaries & words("perfect_now", "perfect_of_many"):
        return "perfect"
    return "pluperfect" if auxiliaries & {"had", "'d", "’d"} else ""


def _fact_of_would(verb: Token) -> Fact:
    first = verb  # "said that she would skip the talks and would fly to Lima"
    while first.dep_ == "conj" and "would" in auxiliaries_of(first.head):
        first = first.head
    if first != verb and is_hypothetical(first):
        return Fact(None, reason="hypothetical")
    head = _teller(first)
    by = any(c.lower_ == "by" for c in verb.children)
    ahead = verb.dep_ == "ccomp" and verb.head.i < verb.i  # "said she would have left by then"
    if "have" in auxiliaries_of(verb) and not by and not ahead:
        return Fact("cancelled", weak=True, reason=UNDONE)  # "would have gone on to Lima, he said"
    told = first.dep_ in {"ccomp", "relcl", "conj", "advcl", "ROOT", "parataxis"} and (
        head.lemma_ in words("speech") or head == first or first.dep_ == "relcl"
    )
    told = told or _is_said_in(first, head)
    return Fact("planned", weak=True) if told or head.tag_ in PAST else NOTHING


def _is_said_in(verb: Token, statement: Token) -> bool:
    """Tell "said in a statement that she would visit Lima", hung on the statement by the parse.

    So "the announcement that she would". Not "there is a report that she would", "no announcement
    that she would", "hopes in an aside that".
    """
    that = verb.dep_ == "acl" and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.lefts)
    over = statement.head
    if that and statement.lemma_ in words("announces"):
        none = any(c.lower_ in {"no", "any"} for c in statement.lefts)
        return not none and not (over.pos_ in VERBS and is_negated(over))
    said = statement.dep_ == "pobj" and over.lower_ in {"in", "on", "at", "via", "through"}
    return that and said and over.head.lemma_ in words("speech")


def _teller(verb: Token) -> Token:
    """Return the head of a verb, "said" of "said while visiting Lima that she would go to Quito".

    The parse hangs what is said on the nearer "visiting".
    """
    head = verb.head
    that = verb.dep_ == "ccomp" and any(
        c.lower_ == "that" and c.dep_ == "mark" for c in verb.children
    )
    while that and head.lemma_ not in words("speech") and head.dep_ in _MEANWHILE:
        head = head.head
    return head if head.lemma_ in words("speech") else verb.head


def fact_of_feeling(verb: Token, feeling: Token) -> Fact:
    """Read "was glad to come", "is happy to be here".

    "Would be glad to come", "is not happy to host" tell of no trip.
    """
    verbal = {"VERB", "AUX"}
    above = feeling.head if feeling.pos_ not in verbal and feeling.head.pos_ in verbal else feeling
    if auxiliaries_of(above) & {"would", "should", "could", "'d", "’d"}:
        return Fact(None, reason=WISHED)
    if tense_of(above) == "future":
        return Fact("planned", weak=True)
    if is_negated(above) and tense_of(above) == "present":
        return NOTHING
    now = tense_of(above) == "present"
    hosts = verb.lemma_ in words("has_guest") and now
    under_way = verb.tag_ == "VBG" and "be" in auxiliaries_of(verb)  # "is glad to be visiting"
    there = (verb.lemma_ == "be" or hosts or under_way) and "have" not in auxiliaries_of(verb)
    return Fact("ongoing" if there else "completed", weak=not (there and now))


def is_gladness(word: Token) -> bool:
    """Tell the "glad" of "glad to host", the "is" of "is a pleasure to host", "gives me joy to"."""
    nouns = words("glad_noun")
    if word.lower_ in words("glad"):
        return True
    if word.lemma_.lower() in nouns and word.dep_ in {"attr", "dobj"}:
        return word.head.lemma_ in words("feels")
    if word.pos_ not in VERBS or word.lemma_ not in words("feels"):
        return False
    return any(c.dep_ in {"attr", "dobj"} and c.lemma_.lower() in nouns for c in word.children)


__all__ = ["fact_of_feeling", "fact_of_form", "is_gladness"]
