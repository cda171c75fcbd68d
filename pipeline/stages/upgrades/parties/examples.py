"""Lists that name some of many states, or those that are none of them.

"Several states, including Peru and Chile, cut ties"; "all states but Peru cut ties".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.numbers import number_of
from pipeline.discourse.scene import Scene
from pipeline.labels import FINITE, SUBJECTS
from pipeline.neighbours import text_at
from pipeline.signs import STROKES
from pipeline.stages.upgrades.tables import words

#: How many tokens behind "several states" their examples may begin.
_REACH = 16
#: How many tokens before "but" the "all" stands that it takes them from.
_ALL_REACH = 8
#: How many tokens "the four new member states are" takes, and how it begins.
_NAMED_REACH = 7
_DEFINITE = frozenset({"the", "these", "those"})


class Lists(Protocol):
    """Reads lists of parties."""

    scene: Scene

    def listed_from(self, i: int) -> dict[str, int]:
        """Return the parties of the list that token `i` opens."""


def examples_of(lists: Lists, many: Token) -> list[str]:
    """Return the parties that a sentence names right behind "several states" as some of them.

    Also behind "the states that cut ties include".
    """
    doc = many.doc
    meant = pointed_at(lists, many) or of_group(many)
    if meant:
        return meant
    told = _includes(many)
    if told is not None:
        if not any(r.country for i in range(many.i, told.i) for r in lists.scene.at(i)):
            return []  # "the states that cut ties include" tells not with whom
        return list(lists.listed_from(_behind_colon(doc, told.i + 1)))
    counted = _counted_out(lists, many)
    if counted:
        return counted
    end = min(lists.scene.sentence(many.i).end, many.i + _REACH)
    for i in range(many.i + 1, end):
        if doc[i].tag_ in FINITE:
            own = many.dep_ in SUBJECTS and many.head in {doc[i], doc[i].head}
            return _told_behind(lists, many) if own else []
        behind = _behind_opener(doc, i)
        found = lists.listed_from(behind) if behind else {}
        if found:
            colon = doc[i].text == ":"
            acts = colon and _has_verb(doc, max(found.values()))
            return [] if acts or (colon and _names_others(lists.scene, many, i)) else list(found)
    return _told_behind(lists, many)


def pointed_at(lists: Lists, many: Token) -> list[str]:
    """Return the three that "those nations" means, listed before it in its sentence.

    Not of "those two nations", which are a pair.
    """
    below = list(many.children)
    if all(c.lower_ not in words("pointing") for c in below):
        return []
    if any(c.dep_ in {"nummod", "relcl", "acl"} for c in below):
        return []
    start = lists.scene.sentence(many.i).start
    told = [list(lists.listed_from(i)) for i in range(start, many.i)]
    return max((found for found in told if len(found) > 1), key=len, default=[])


def of_group(many: Token) -> list[str]:
    """Return the lands of "the three Baltic states", "the Baltics"."""
    at = (many.i - 1, many.i) if many.i else (many.i,)
    return next((list(codes) for i in at if (codes := lands_at(many.doc, i))), [])


def _counted_out(lists: Lists, many: Token) -> list[str]:
    """Return both of "with the two Gulf states, Peru and Chad", just so many as are counted.

    None of "with two states, Peru and Chad said", nor of "the two states, Peru and Chad, met".
    """
    doc = many.doc
    count = next((number_of(c) or 0 for c in many.children if c.dep_ == "nummod"), 0)
    acts = many.dep_ in SUBJECTS
    if acts or count < len(("one", "other")) or text_at(doc, many.i + 1) != ",":
        return []
    listed = lists.listed_from(many.i + 2)
    end = max(listed.values(), default=many.i + 2)
    closed = text_at(doc, end) == "," or not _has_verb(doc, end)
    return list(listed) if len(listed) == count and closed else []


def _has_verb(doc: Doc, at: int) -> bool:
    """Tell the "Peru" of "ties with three states: Peru said so", which is none of them."""
    return any(t.tag_ in FINITE for t in doc[at : at + 3])


def _told_behind(lists: Lists, many: Token) -> list[str]:
    """Return those of "ties with three states this year: Peru, …", "three states. They are …"."""
    doc, end = many.doc, lists.scene.sentence(many.i).end
    last = next((i for i in range(end - 1, many.i, -1) if _opens_list(doc[i])), None)
    behind = lists.scene.beside(lists.scene.sentence_of[many.i], step=1) if last is None else None
    at = _behind_they_are(behind) if behind is not None else None
    again = at is not None and _is_same_noun(doc[at - 2], many)
    if not again and _names_others(lists.scene, many, end if last is None else last):
        return []
    if last is not None:
        listed = lists.listed_from(last + 1)
        closed = all(t.is_punct or t.is_space for t in doc[max(listed.values(), default=0) : end])
        return list(listed) if closed else []
    if behind is None or at is None:
        return []
    listed = lists.listed_from(_behind_colon(doc, at))
    closed = doc[max(listed.values(), default=at) : behind.end].text.strip() in {"", "."}
    return list(listed) if closed else []


def _is_same_noun(named: Token, many: Token) -> bool:
    """Tell the "countries" of "those countries are", the three of "the three new partners are"."""
    counts = [
        next((number_of(c) for c in n.children if c.dep_ == "nummod"), None) for n in (named, many)
    ]
    counts[0] = counts[0] or number_of(named)
    return named.lemma_ == many.lemma_ or (counts[0] is not None and counts[0] == counts[1])


def _opens_list(mark: Token) -> bool:
    """Tell the colon of "three states have done so: Peru, …", and a dash that stands so."""
    spaced = mark.text in STROKES and mark.i and mark.nbor(-1).whitespace_ and mark.whitespace_
    return mark.text == ":" or bool(spaced)


def _behind_they_are(sentence: Span) -> int | None:
    """Return where the list of "They are Peru and Chad", "Among them: Peru and Chad" begins.

    Also that of "These countries are Peru and Chad", "The three new members are".
    """
    told = [t.lower_ for t in sentence[:3]]
    for token in sentence[:_NAMED_REACH] if told[:1] and told[0] in _DEFINITE else ():
        if token.lower_ in words("names_examples"):
            named = sentence[token.i - sentence.start - 1]
            kinds = words("many_parties", "member_of_body", "partner_of_body")
            plural = named.tag_ in {"NNS", "CD"}
            fits = named.lemma_.lower() in kinds or number_of(named) is not None
            return token.i + 1 if plural and fits else None
    among = told[:1] == ["among"]
    they, verb = (*told[among:], "", "")[:2]
    lists = verb in words("names_examples") or (among and verb == ":")
    return sentence.start + among + 2 if they in words("those_named") and lists else None


def _names_others(scene: Scene, many: Token, end: int) -> bool:
    """Tell "three states before flying to two allies: Peru, …", whose list may be of the latter.

    Not "three states in recent weeks: Peru, …", nor "named three states as its allies", nor "three
    states, including some of Africa. Among them: Peru, …".
    """
    end = next((t.i for t in many.doc[many.i : end] if _opens_some(t)), end)
    dates = scene.dates_in(many.idx, many.doc[end - 1].idx + 1)
    ties = words("relation")
    acts = many.dep_ in SUBJECTS and many.i < many.head.i < end
    start = many.head.i + 1 if acts else many.i + 1
    rest = (t for t in many.doc[start:end] if t.lemma_.lower() not in ties)
    rest = (t for t in rest if t.tag_ == "NNS" or t.pos_ == "VERB")
    rest = (t for t in rest if not _is_step_into_body(t))
    others = (t for t in rest if not (t.dep_ == "pobj" and t.head.lower_ == "as"))
    return any(all(not d.start <= t.idx < d.end for d in dates) for t in others)


def _is_step_into_body(token: Token) -> bool:
    """Tell both words of "invited two states to become members: Peru and Chad"."""
    verb = token.head if token.dep_ == "attr" else token
    return verb.tag_ == "VB" and verb.lemma_ in words("step_asked_for")


def _opens_some(token: Token) -> bool:
    """Tell the "including" behind which nothing is told but kinds of states."""
    rest = token.doc[token.i + 1 : token.sent.end]
    kinds = {"NOUN", "ADJ", "DET", "NUM", "ADP", "PUNCT", "PROPN", "CCONJ", "SPACE"}
    states = any(t.lemma_.lower() in words("many_parties") for t in rest)
    return token.lower_ in words("namely") and states and all(t.pos_ in kinds for t in rest)


def _includes(many: Token) -> Token | None:
    """Return the "include" or "are" of "states that cut ties include", "the list of states is".

    Also that of "among the states that cut ties are".
    """
    if all(child.dep_ != "relcl" for child in many.children):
        return None
    if many.dep_ == "pobj" and many.head.lower_ == "among":
        verb = many.head.head
        return verb if verb.lemma_ == "be" and many.right_edge.i < verb.i else None
    noun = many.head.head if many.dep_ == "pobj" and many.head.lower_ == "of" else many
    verb = noun.head
    counts = verb.lemma_ == "be" or verb.lemma_.lower() in words("includes")
    return verb if noun.dep_ == "nsubj" and noun.i < many.right_edge.i < verb.i and counts else None


def _behind_colon(doc: Doc, at: int) -> int:
    """Return the token behind a colon, or a "now", at token `at`."""
    while at < len(doc) - 1 and (doc[at].text == ":" or doc[at].dep_ == "advmod"):
        at += 1
    return at


def _behind_opener(doc: Doc, i: int) -> int | None:
    """Return the token behind "including", "such as", "among them", "-" at token `i`."""
    word, before = doc[i].lower_, doc[i - 1].lower_
    opens = word in words("namely") or word in {"-", "(", "notably"}
    opens = opens or f"{before} {word}" in words("opens_examples")
    return i + 1 if opens else None


def excepted(scene: Scene) -> frozenset[int]:
    """Return the tokens of the names behind "except", "with the exception of", "all but"."""
    found: set[int] = set()
    openers = words("except")
    for token in scene.tokens:
        if token.lower_ in openers and _excepts(token):
            found.update(_named_behind(scene, token.i + 1))
    return frozenset(found)


def _excepts(token: Token) -> bool:
    """Tell "all states but Peru" from "all states but also Peru", "other than" from "than"."""
    doc, word = token.doc, token.lower_
    before = doc[token.i - 1].lower_ if token.i else ""
    if word == "than":
        return before == "other"
    if word == "but":
        near = {t.lower_ for t in doc[max(0, token.i - _ALL_REACH) : token.i]}
        return bool(near & words("every"))
    return True


def _named_behind(scene: Scene, start: int) -> Iterator[int]:
    """Yield the tokens of the names that a list names from token `start` on."""
    doc, at = scene.doc, start
    while at < scene.sentence(start - 1).end:
        named = [r for r in scene.at(at) if r.country]
        if named:
            end = scene.bounds(named[0])[1]
            yield from range(at, end)
            at = end
        elif doc[at].lower_ in words("in_exception") and not _acts_behind(doc, at):
            at += 1
        else:
            return


def _acts_behind(doc: Doc, at: int) -> bool:
    """Tell the comma of "unlike Peru, Chile cut ties", behind which the subject stands."""
    behind = doc[at + 1 : at + 4]
    return doc[at].text == "," and any(t.dep_ in SUBJECTS for t in behind)


__all__ = ["examples_of", "excepted", "pointed_at"]
