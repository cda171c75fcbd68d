"""The body of a step that does not name it: "Peru, which joined in 2013", "years after it quit"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.labels import AUXILIARIES, COMPLEMENTS, OBJECTS, TIMES
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.memberships.bodies import body_before, body_named, only_body
from pipeline.stages.upgrades.memberships.members import doing_states
from pipeline.stages.upgrades.outcome.misread import is_next_doer
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many sentences back a status is given by the body that a step leaves unsaid.
_STATUS_BACK = 3
#: What says more of a step than when it was taken.
_MORE = OBJECTS | COMPLEMENTS | {"prt", "agent", "acomp", "oprd", "attr", "dative"}


def body_unsaid(reading: Reading, token: Token) -> str | None:
    """Return the body that a verb leaves unsaid, told of before in a matter of members.

    "The bloc's youngest member is Peru, which joined in 2013" fires; "Peru, which joined in the
    talks", "Peru left for the bloc's summit" do not.
    """
    lemma = token.lemma_.lower()
    near = {"object" if c.dep_ in OBJECTS else c.lower_ for c in token.children}
    if lemma in words("with_prep") and {"out", "object"} <= near:  # "years after it pulled it out"
        return body_before(reading, token, back=0)
    if lemma not in words("step_of_body_alone") or _says_more(token):
        return None
    beside = [c for c in token.head.children if c.dep_ in OBJECTS] if token.dep_ == "conj" else []
    if token.dep_ == "conj" and not beside:
        beside = prep_objects(token.head, "from")  # "withdrew from it in 2008 and returned in 2021"
    if beside:  # "left the bloc in 2008 and returned in 2021", not "left its mission and returned"
        return next(filter(None, (body_named(reading, noun) for noun in beside)), None)
    return body_told_of(reading, token)


def body_told_of(reading: Reading, token: Token) -> str | None:
    """Return the body of a step that names none, where it or the sentence is of its members."""
    scene, dated = reading.scene, reading.date(token) is not None
    sentence = scene.sentence(token.i)
    told = _is_of_members(sentence, token)
    own = body_before(reading, token, back=0) if dated or told else None
    if own is not None:
        return own
    before = scene.beside(scene.sentence_of[token.i], step=-1)
    told = dated and before is not None and _is_of_members(before, token)
    if told or (dated and _is_of_status(reading, token)):
        return body_before(reading, scene.doc[sentence.start])
    return None


def _is_of_status(reading: Reading, token: Token) -> bool:
    """Tell "Peru became a partner of it. The step was agreed in May. Chad joined in 2011".

    Only of the one body that the article names, by a state that names no more.
    """
    body, number = only_body(reading), reading.scene.sentence_of[token.i]
    states = doing_states(reading, token)
    if body is None or token.tag_ != "VBD" or not states or not all(map(is_country, states)):
        return False
    near = range(max(0, number - _STATUS_BACK), number)
    levels = (lv.name for i in near for lv in reading.levels.by_sentence.get(i, ()))
    return bool(set(levels) & words("conferred"))


def _is_of_members(sentence: Span, token: Token) -> bool:
    """Tell a sentence that says who belongs to a body, by another word than the token."""
    return any(t.lemma_.lower() in words("of_members") and t != token for t in sentence)


def _says_more(token: Token) -> bool:
    below = [c for c in token.children if not is_next_doer(c, token)]
    if any(c.dep_ in _MORE for c in below):
        return True
    if any(c.dep_ in AUXILIARIES and c.dep_ == "auxpass" for c in below):
        return True
    preps = (c for c in below if c.dep_ == "prep" and c.lower_ not in words("beside_step_in_body"))
    return any(all(n.ent_type_ not in TIMES for n in prep.children) for prep in preps)


__all__ = ["body_told_of", "body_unsaid"]
