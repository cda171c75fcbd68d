"""By which words one is asked to come."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import NOTHING, Fact
from pipeline.discourse.governing import accepts, governing_verb, is_accepted
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.headings import is_passive_of_headline
from pipeline.labels import OBJECTS, PAST, SUBJECTS, UNDERGONE


def is_asked(verb: Token) -> bool:
    """Tell "received an invitation on Monday to visit", where the trip hangs on the verb.

    So the "extended" of "an invitation extended by X to Y to visit".
    """
    objects = [c for c in verb.children if c.dep_ in UNDERGONE]
    objects += (
        [verb.head] if verb.dep_ == "acl" and verb.lemma_ in words("gives_invitation") else []
    )
    return not accepts(verb) and any(c.lemma_ in words("invitation") for c in objects)


def fact_of_invitation(invitation: Token) -> Fact:
    """Return what an invitation tells of a trip: accepted, asked for, or nothing where none came.

    "Has not received an invitation to Lima", "no invitation has been sent" are no invitation; "did
    not accept the invitation" is one.
    """
    verb = governing_verb(invitation)
    if is_accepted(invitation):
        return Fact("invited" if verb is not None and is_negated(verb) else "planned")
    given = verb is not None and verb.lemma_ in words("invitation_comes")
    none = any(c.lower_ == "no" for c in invitation.children)
    if given and verb is not None and (none or is_negated(verb)):
        return NOTHING
    return Fact("invited")


def made_on(invitation: Token) -> Token | None:
    """Return the verb of "left Lima at the king's invitation to attend a forum", where one goes.

    Not of "moved on the invitation to visit Lima", "went home following an invitation to visit".
    """
    over = invitation.head
    asked = any(c.dep_ == "poss" or c.lower_ in {"of", "from"} for c in invitation.children)
    if over.lower_ != "at" and not (asked and over.lower_ in words("upon")):
        return None
    verb = governing_verb(invitation)
    return verb if verb is not None and verb.lemma_ in words("moves", "leaves_again") else None


def is_requested(verb: Token, above: Token) -> bool:
    """Tell "asked in a request for X to visit Lima", "requested that X visit" from his own wish.

    "X's request to visit Lima" asks nobody else to come.
    """
    if verb.lemma_ not in words("comes_if_asked") or verb.tag_ not in {"VB", "VBP"}:
        return False
    subject = any(c.dep_ in SUBJECTS and c.i < verb.i for c in verb.children)
    modal = any(c.tag_ == "MD" for c in verb.children)
    return subject and not modal and above.lemma_.lower() in words("requests")


def asks_to_go(above: Token) -> bool:
    """Tell "asked to visit Lima", where nobody but who would go is told to be asked for it."""
    passive = any(c.dep_ in {"nsubjpass", "auxpass", *OBJECTS} for c in above.children)
    return above.lemma_ == "ask" and above.pos_ == "VERB" and not passive


def is_way_cleared(verb: Token) -> bool:
    """Tell "cleared the way for X to visit Lima", who may come now, from "found a way to visit"."""
    way = verb.head
    marked = any(c.lower_ == "for" and c.dep_ == "mark" for c in verb.children)
    return marked and way.lemma_ == "way" and way.head.lemma_ in words("clears_way")


def is_asked_to(verb: Token, above: Token) -> bool:
    """Tell "was asked to come to Lima", "Peru asked X to come" from "asked his envoy to go".

    Nor "asked to come", of which nobody else is asked, nor "was asked to speak". "Peru welcomes the
    minister to visit" asks him, too, which may hang on him; "the first minister to visit" does not,
    nor "welcomed him to tour the plant", "welcomes him to Lima to attend", "welcomes his plan to".
    """
    if verb.lemma_ not in words("comes_if_asked"):
        return False
    if above.dep_ in OBJECTS and above.head.lemma_ == "welcome":
        first = any(c.tag_ == "JJ" and c.lower_ in words("ranks_one") for c in above.children)
        asks = not first and above.lemma_ not in words("told_of_coming")
        asks = asks and _may_ask(above.head, verb)
        return asks and tense_of(verb) == "infinitive" and not is_negated(above.head)
    if above.lemma_ not in words("asks_over"):
        return False
    if above.lemma_ == "welcome" and not _may_ask(above, verb):
        return False
    if tense_of(verb) != "infinitive" or is_negated(above):
        return False
    if any(c.dep_ == "nsubjpass" for c in above.children):
        return not any(c.dep_ == "agent" and _is_own(h) for c in above.children for h in c.children)
    if is_passive_of_headline(above):
        return True  # "Kishida asked to come to Lima", a line
    asked = [c for c in above.children if c.dep_ in OBJECTS and c.i < verb.i]
    asked += [c for c in verb.children if c.dep_ == "nsubj" and above.i < c.i]
    return bool(asked) and not any(_is_own(who) for who in asked)


def _may_ask(welcome: Token, verb: Token) -> bool:
    """Tell "welcomes X to visit", "said it welcomed X to visit" from what is told as done."""
    if welcome.tag_ in PAST and (welcome.dep_ != "ccomp" or verb.lemma_ == "tour"):
        return False
    return all(c.dep_ != "prep" or c.i > verb.i for c in welcome.children if c.i > welcome.i)


def _is_own(who: Token) -> bool:
    """Tell "his envoy", "their envoy X"."""
    return any(t.dep_ == "poss" and t.pos_ == "PRON" and t.i <= who.i for t in who.subtree)


__all__ = [
    "asks_to_go",
    "fact_of_invitation",
    "is_asked",
    "is_asked_to",
    "is_requested",
    "is_way_cleared",
    "made_on",
]
