"""What stands behind a verb that tells a change once more: "took the same step"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, OBJECTS, SUBJECTS
from pipeline.neighbours import prep_objects, word_behind
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.upgrades.outcome.undertakings import is_set_going
from pipeline.stages.upgrades.tables import Echo, words

_RELATIVES = frozenset({"that", "which"})
#: Parts of speech of what opens more about a noun.
_LEADING = frozenset({"ADP", "PART", "SCONJ"})


def is_object(node: Token, echo: Echo) -> bool:
    """Tell the "suit" of "followed suit" for an echo of it, of whatever else one may follow."""
    if node.lemma_.lower() not in echo.objects and node.lower_ not in echo.objects:
        return False
    if node.lower_ == "it" and node.head.lemma_ == "join":
        return False  # "joined it in 2011", the bloc
    around = {node.lower_, *(child.lower_ for child in node.children)}
    if "no" in around or (echo.pair and _is_about_else(node)):
        return False
    if echo.alone and _is_told_of(node, echo):
        return False
    return not echo.modifiers or bool(around & set(echo.modifiers))


def _is_told_of(node: Token, echo: Echo) -> bool:
    """Tell "took the first step", "made the move to the euro" from "made the move in May"."""
    behind = node.doc[node.i + 1 : node.i + 2]
    leads = any(t.pos_ in _LEADING and t.lower_ not in words("comes_when") for t in behind)
    return leads or any(c.lower_ not in echo.modifiers for c in node.children if not c.is_punct)


def is_given_too(token: Token) -> bool:
    """Tell "the same status was granted to Peru", told as one with the change before.

    Also "Peru received such status, too", "the process of granting it to Peru was launched", and
    "Peru joined them", with nothing said of in what.
    """
    if is_set_going(token) or (token.lemma_ == "join" and _joins_alone(token)):
        return True
    near = {node.lower_ for node in token.subtree}
    made = token.lemma_.lower() in words("give", "receive")
    given = made and token.tag_ in {"VBD", "VBN", "VBG"}
    return given and bool(near & words("likewise"))


def _joins_alone(verb: Token) -> bool:
    """Tell "Peru and Chad joined them later" from "joined them in talks", "will join them"."""
    said = (c for c in verb.children if c.dep_ not in SUBJECTS | OBJECTS and not c.is_punct)
    when = {"advmod", "npadvmod", "cc", "conj"}
    return verb.tag_ == "VBD" and all(
        c.dep_ in when and c.lower_ not in words("denies") for c in said
    )


def behind_following(verb: Token) -> list[Token]:
    """Return the "step" of "the move comes after a similar step", "follows a similar step"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    return objects + prep_objects(verb, "after", "following")


def told_right_behind(verb: Token) -> list[Token]:
    """Return the "so" of "did so months later", the "same" of "did the same hours later".

    The parse hangs them on "months" and "hours".
    """
    if verb.lemma_ != "do":
        return []
    first = verb.i + 1 + (word_behind(verb) == "the")
    behind = verb.doc[first : first + 1]
    return [t for t in behind if t.head != verb and t.head.dep_ in {"advmod", "npadvmod"}]


def turned_subject(verb: Token) -> Token | None:
    """Return the "states" of "as had three other states", the "Peru" of "so has Peru".

    The parse may take them for what is had.
    """
    if verb.lemma_ not in words("stands_for_deed") or not verb.i:
        return None
    if verb.nbor(-1).lower_ not in words("leads_to_doer"):
        return None
    behind = (c for c in verb.children if c.i > verb.i and c.dep_ in OBJECTS | SUBJECTS)
    noun = next(behind, None)
    return next(iter(prep_objects(noun, "of")), noun) if noun is not None else None


def is_step_taken(verb: Token, echo: Echo) -> bool:
    """Tell "Peru cut ties, a step that Chad took in 2010", "a move already made by Chad".

    Not "a step that took Chad by surprise", "that Chad took as an insult".
    """
    noun = verb.head
    start = noun.left_edge.i
    if verb.dep_ not in ADNOMINAL or noun.lemma_.lower() not in echo.objects or start < 1:
        return False
    own = [c for c in verb.children if c.dep_ in (OBJECTS | SUBJECTS) or c.dep_ == "agent"]
    done = [c for c in own if c.dep_ in OBJECTS]
    acting = any(c.dep_ in {"nsubj", "agent"} and c.lower_ not in _RELATIVES for c in own)
    how = any(c.lower_ in words("takes_how") for c in verb.children)
    apart = verb.doc[start - 1].text in OPENS_APPOSITION
    return apart and acting and not how and all(c.lower_ in _RELATIVES for c in done)


def _is_about_else(paper: Token) -> bool:
    """Tell "signed one of the largest deals", "a similar pact on gas", "signed another on trade".

    Not "signed one on Monday".
    """
    if any(child.lower_ in words("tells_about") for child in paper.children):
        return True
    behind = paper.doc[paper.i + 1 : paper.i + 2]
    leads = [c for prep in behind if prep.lower_ in words("tells_about") for c in prep.children]
    return any(not noun.ent_type_ and noun.pos_ == "NOUN" for noun in leads)


__all__ = [
    "behind_following",
    "is_given_too",
    "is_object",
    "is_step_taken",
    "told_right_behind",
    "turned_subject",
]
