"""What the heads of firms say of their firms: "We have become strategic partners"."""

from __future__ import annotations

from spacy.tokens import Token

from models.entity import PARTY_KINDS
from pipeline.discourse.scene import Actor, Scene
from pipeline.labels import FINITE, SUBJECTS, VERBS
from pipeline.neighbours import text_at
from pipeline.signs import QUOTES
from pipeline.stages.upgrades.tables import words

#: Classes of office of those who lead firms; the second also of those who lead bodies of states.
_OF_FIRMS, _OF_BODIES = "business", "head_of_organization"


def is_said_by_firm(scene: Scene, token: Token) -> bool:
    """Tell ""We have raised our cooperation to a partnership," the chief executive said".

    Not where he speaks of states: "Peru and Chad have raised their ties," he said.
    """
    speaker = _speaker_over(token)
    if speaker is None or not any(_leads_firm(a) for a in scene.actors(speaker)):
        return False
    own = [t for t in token.subtree if t.i < speaker.left_edge.i or t.i > speaker.right_edge.i]
    return not any(r.kind in PARTY_KINDS for t in own for r in scene.at(t.i))


def _speaker_over(token: Token) -> Token | None:
    """Return who says the clause of a token, of a quotation in which "we" or nobody acts."""
    for verb in (token, *token.ancestors):
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if verb.pos_ not in VERBS or subject is None:
            continue
        if verb.lemma_.lower() in words("proclaims", "speaks"):
            return subject
        if subject.lower_ not in words("speaks_of_own") and not (
            {c.lower_ for c in subject.children} & words("speaks_of_own")
        ):
            return None
    return _behind_quote(token)


def _behind_quote(token: Token) -> Token | None:
    """Return the "A" of ""… a partnership," A told them", whatever the parser makes of "told"."""
    for verb in token.doc[token.i + 1 : token.sent.end]:
        if verb.tag_ in FINITE and verb.lemma_.lower() in words("speaks"):
            subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
            if subject is not None and text_at(token.doc, subject.left_edge.i - 1) in QUOTES:
                return subject
    return None


def _leads_firm(actor: Actor) -> bool:
    kind = actor.reference.role_kind
    return kind == _OF_FIRMS or (kind == _OF_BODIES and actor.country is None)


__all__ = ["is_said_by_firm"]
