"""Which states are recognised: "recognised Peru and Chile", "recognition of Peru"."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import has_subject
from pipeline.labels import FINITE, PLURALS, SUBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.outcome.misread import is_next_doer, opens_clause
from pipeline.stages.upgrades.parties.passing import is_doer
from pipeline.stages.upgrades.tables import words


def is_won(noun: Token) -> bool:
    """Tell "won recognition from Peru", "was granted recognition by Peru"."""
    return won_by(noun) is not None


def won_by(noun: Token) -> Token | None:
    """Return the "won" of "won recognition from Peru", "won promises of recognition from it"."""
    promise = promise_of(noun)
    got = promise if promise is not None else noun
    verb = got.head
    if noun.pos_ != "NOUN" or got.dep_ != "dobj" or verb.pos_ != "VERB":
        return None
    if any(child.lower_ == "for" for child in (*noun.children, *verb.children)):
        return None  # "won recognition for its films"
    given = verb.lemma_.lower() in words("announce")
    given = given and any(child.dep_ == "nsubjpass" for child in verb.children)
    given = given or verb.lemma_.lower() in words("wins") or is_sought(noun)
    return verb if given else None


def promise_of(noun: Token) -> Token | None:
    """Return the "promises" of "promises of recognition"."""
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "on"} else None
    told = over is not None and over.lemma_.lower() in words("promise_of_recognition")
    return over if told else None


def is_sought(noun: Token) -> bool:
    """Tell "is seeking recognition from Peru" from "is seeking recognition"."""
    sought = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("seeks_recognition")
    return sought and bool([n for v in (noun, noun.head) for n in prep_objects(v, "from")])


def all_recognised(scene: Scene, token: Token) -> list[str]:
    """Return the states that are recognised: the object, and those joined to it by name.

    Of "the Baltic states of Estonia and Latvia", "the republics Fiji and Tonga" these two.
    """
    named = _named_as_states(scene, token) or _group_of_lands(scene, token)
    if named:
        return named
    target = recognised(scene, token)
    if target is None or target.country is None:
        return _behind_day(scene, token)
    joined = [
        reference.country
        for head in recognised_objects(token)
        for node in (*head.conjuncts, *(c for c in head.children if c.dep_ == "nmod"))
        for reference in scene.at(node.i)
        if reference.kind == "country" and reference.form == "name" and reference.country
        if head.dep_ == "nsubjpass" or not opens_clause(node)
    ]
    listed = _listed_behind(scene, target) if target.form == "name" else []
    return list(dict.fromkeys([target.country, *joined, *listed]))


def _behind_day(scene: Scene, verb: Token) -> list[str]:
    """Return the Peru of "recognised on Monday Peru as a state", which the parse takes for a place.

    Not of "recognised on Monday Peru's losses", "that Peru was right".
    """
    doc, sentence = scene.doc, scene.sentence(verb.i)
    dates = scene.dates_in(verb.idx, sentence.end_char) if verb.pos_ == "VERB" else ()
    day = next((d for d in dates if d.end > verb.idx + len(verb)), None)
    if day is None or recognised_objects(verb):
        return []
    led = doc[verb.i + 1 : sentence.end]
    at = next((t.i for t in led if t.idx >= day.end), sentence.end)
    between = [t for t in doc[verb.i + 1 : at] if t.idx < day.start]
    told = {t.lower_ for t in between} <= {"on", "in", "this"}
    named = (r for r in (scene.at(at) if at < sentence.end and told else ()) if r.form == "name")
    state = next((r for r in named if r.kind == "country" and r.country), None)
    if state is None or state.country is None:
        return []
    end = scene.bounds(state)[1]
    other = any(t.text in {"'s", "’s"} or t.tag_ in FINITE for t in doc[end : end + 1])
    return [] if other else [state.country]


def _named_as_states(scene: Scene, token: Token) -> list[str]:
    """Return the states named behind the "states" or "republics" whose recognition is told."""
    for head in recognised_objects(token):
        below = prep_objects(head, "of")
        many = below[0] if head.lemma_.lower() in words("statehood") and below else head
        kinds = {many.lemma_.lower(), many.lower_.removesuffix("s")}
        if many.tag_ not in PLURALS or not kinds & words("named_states"):
            continue
        firsts = [c for c in many.children if c.dep_ == "appos"]
        firsts += prep_objects(many, "of")
        heads = [node for first in firsts for node in (first, *first.conjuncts) if node.i > many.i]
        told = [r for node in heads for r in scene.at(node.i)]
        codes = [r.country for r in told if r.kind == "country" and r.form == "name" and r.country]
        if len(codes) > 1:
            return list(dict.fromkeys(codes))
    return []


def _group_of_lands(scene: Scene, token: Token) -> list[str]:
    """Return the lands of "recognised the three Baltic states", "the independence of" these."""
    for head in recognised_objects(token):
        for node in (head, *prep_objects(head, "of")):
            spots = (node.i - 1, node.i) if node.i else ()
            for codes in (lands_at(scene.doc, i) for i in spots):
                if codes:
                    return list(codes)
    return []


def _listed_behind(scene: Scene, target: Reference) -> list[str]:
    """Return the states of "the independence of Peru, Chile and Fiji" behind the first."""
    head = scene.doc[scene.bounds(target)[1] - 1]
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return []
    named = (r for node in head.conjuncts for r in scene.at(node.i))
    return [r.country for r in named if r.kind == "country" and r.form == "name" and r.country]


def recognised(scene: Scene, token: Token) -> Reference | None:
    """Return the country that is recognised, not what of it is ("Spain's efforts")."""
    target: tuple[Token, Reference] | None = None
    for head in recognised_objects(token):
        if any(child.lower_ == "over" for child in head.children):
            return None
        if scene.at(head.i) and any(child.lower_ in words("of_regime") for child in head.children):
            return None  # "the recognition of the new Iraq"
        if _is_of_rulers(head):
            return None
        if any(other.lemma_ in words("rights") for other in head.conjuncts):
            return None  # "recognises Israel and its right to exist"
        target = target or _country_under(scene, head)
        if target is None or target[0] == head or is_statehood(head):
            continue
        if head.lemma_.lower() not in words("state_noun"):
            return None
    return target[1] if target else None


def _is_of_rulers(head: Token) -> bool:
    """Tell "recognised the interim government of Peru", "its US-backed one", from its state.

    "As the sole legitimate government of China" is of the state.
    """
    near = {c.lower_ for c in head.children}
    backed = any(c.tag_ == "VBN" and c.i and c.nbor(-1).text == "-" for c in head.children)
    told = backed or bool(near & words("of_regime", "claims"))
    rulers = head.lemma_.lower() in words("rulers") and told
    return rulers and not near & {"sole", "only"}


def names_no_state(token: Token) -> bool:
    """Tell "recognised the people's republics of Donetsk and Luhansk", which few take for any."""
    below = (t for noun in recognised_objects(token) for t in noun.subtree)
    return any(t.lower_ in words("no_state") for t in below if t.i > token.i)


def recognised_objects(token: Token) -> list[Token]:
    """Return the nouns of what is recognised: the "Peru" of "recognised Peru"."""
    if token.pos_ == "VERB":
        found = [c for c in token.children if c.dep_ in UNDERGONE]
        found = [c for c in found if not is_next_doer(c, token)]
        found = found or _shared_subject(token)
        relative = any(node.lower_ in words("relative") for node in found)
        participle = not found and token.dep_ == "acl" and token.tag_ == "VBN"
        bare = not found and token.dep_ == "relcl"
        bare = bare and any(c.dep_ == "nsubj" for c in token.children)
        return [_named_before(token.head)] if relative or participle or bare else found
    verb = won_by(token)
    if verb is not None:
        return [c for c in verb.children if c.dep_ in SUBJECTS]
    found = prep_objects(token, "of")
    if not found and any(prep.lower_ == "by" for prep in token.children):
        found = prep_objects(token, "for")
    given = token.dep_ == "dobj" and token.head.lemma_.lower() in words("announce")
    over = (*token.children, *token.head.children) if given and not found else ()
    return found or [node for prep in over if prep.lower_ == "to" for node in prep.children]


def _named_before(noun: Token) -> Token:
    """Return the "Peru" of "Peru, an entity that Chad recognised in 1983"."""
    told = noun.dep_ == "appos" and noun.lemma_.lower() in words("state_noun", "called_no_state")
    return noun.head if told else noun


def is_statehood(noun: Token) -> bool:
    """Tell Peru's "independence", and its "declaration of independence"."""
    below = prep_objects(noun, "of")
    told = below if noun.lemma_.lower() in words("of_statehood") else [noun]
    return any(node.lemma_.lower() in words("statehood") for node in told)


def _shared_subject(verb: Token) -> list[Token]:
    """Return the "Peru" of "Peru broke with Chad and was recognised by Fiji"."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    own = has_subject(verb)
    if verb.dep_ != "conj" or verb.tag_ != "VBN" or not passive or own:
        return []
    return [c for c in verb.head.children if c.dep_ in SUBJECTS]


def _country_under(scene: Scene, head: Token) -> tuple[Token, Reference] | None:
    """Return the first country named in a phrase, at most two steps below its head."""
    below = [node for child in head.children for node in child.children]
    for node in [head, *head.children, *below]:
        for reference in scene.at(node.i):
            lemma = head.lemma_.lower()
            government = node != head and (lemma in words("state_noun") or is_statehood(head))
            itself = node == head and node.pos_ == "PROPN"
            named = (
                reference.form == "name"
                or itself
                or (reference.form in {"metonym", "adjective"} and government)
            )
            named = named and not is_doer(scene.doc, scene.bounds(reference)[1])
            if reference.kind == "country" and named:
                return node, reference
    return None


__all__ = [
    "all_recognised",
    "is_sought",
    "is_statehood",
    "is_won",
    "names_no_state",
    "promise_of",
    "recognised",
    "recognised_objects",
    "won_by",
]
