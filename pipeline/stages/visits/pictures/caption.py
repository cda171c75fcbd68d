"""By what the caption of a picture is told from a sentence of the story, read once a sentence."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from pipeline.labels import PRESENT, VERBS
from pipeline.once_a_doc import once_a_doc
from pipeline.stages.visits.tables import word_set

#: How many tokens behind a name may say where in the picture one stands.
_SIDE = 6
#: How many tokens of a caption may stand before it says from where it counts.
_OPENING = 9
#: In how many tokens behind a caption its credit stands, and what ends it.
_CREDIT_REACH = 20
_CREDIT_ENDS = frozenset({")", "."})
#: What opens the words that say where one stands, and what closes them.
_ASIDES = {",": ",", "(": ")"}
#: What stands by a verb that is a base indeed: "will attend", "to attend", "did not attend".
_BEFORE_BASE = frozenset({"MD", "TO"})
_HELPS = frozenset({"aux", "neg"})


class Caption:
    """The signs of a caption in a sentence, each looked for once, where it is asked for."""

    def __init__(self, sentence: Span) -> None:
        self.sentence = sentence
        #: The verb by which it tells, by the parse.
        self.told = sentence.root

    @cached_property
    def is_lined_up(self) -> bool:
        """Whether it says from where it counts those whom it names: "From left, A, B and C"."""
        start = self.sentence.start
        opening = self.sentence.doc[start : start + _OPENING].text.lower()
        return any(counted in opening for counted in word_set("lined_up"))

    @cached_property
    def asides(self) -> frozenset[int]:
        """The tokens at which ", left," and "(second from right)" begin."""
        sentence = self.sentence
        return frozenset(i for i in range(sentence.start, sentence.end) if _is_aside(i, sentence))

    @property
    def says_sides(self) -> bool:
        """Whether it tells "A (L) meets B (R)", "From left, A, B and C pose", "A, left, greets"."""
        return self.is_lined_up or bool(self.asides)

    @cached_property
    def has_credit(self) -> bool:
        """Whether the photographer's agency stands right behind, as in "(A. Rojas/AP)".

        Not "Getty Images sued a firm", "he told AFP/RFI", which tell something.
        """
        doc, end = self.sentence.doc, self.sentence.end
        behind = doc[end : end + _CREDIT_REACH]
        credit = list(takewhile(_goes_on, behind))
        inside = doc[end : end + len(credit)].text
        tells = any(token.pos_ in VERBS for token in credit)
        return not tells and any(agency in inside for agency in word_set("photo_agency"))

    @cached_property
    def is_seen(self) -> bool:
        """Whether it tells by what a camera sees."""
        return is_seen(self.told)

    @cached_property
    def shows_likeness(self) -> bool:
        """Whether a poster or a statue is in it, which shows who is not there.

        "(not pictured)" is a verb, and who poses "for a group picture" is there.
        """
        named = (t for t in self.sentence if t.pos_ != "VERB" and t.head.lower_ != "for")
        return not word_set("likeness").isdisjoint(t.lemma_.lower() for t in named)

    @cached_property
    def is_of_story(self) -> bool:
        """Whether it tells of the past, not what is seen; ", left," is no verb."""
        return self.told.tag_ == "VBD" and self.told.i - 1 not in self.asides

    @cached_property
    def is_verbless(self) -> bool:
        """Whether it tells by no verb: "A meeting B in Lima", "Photo shows A with B in Lima"."""
        told = [t for t in self.sentence if t.pos_ in VERBS and not _is_participle(t)]
        return not told or (len(told) == 1 and _shows(told[0]))


def caption_of(sentence: Span) -> Caption:
    """Return the reading of a sentence, the same to all who ask."""
    read = _captions(sentence.doc)
    found = read.get(sentence.start)
    if found is None:
        found = read[sentence.start] = Caption(sentence)
    return found


@once_a_doc
def _captions(_: Doc) -> dict[int, Caption]:
    """Return the readings of a Doc's sentences, by the tokens at which they start."""
    return {}


def is_seen(verb: Token, *, also: Collection[str] = ()) -> bool:
    """Tell the present of what a camera sees, "A shakes hands with B", also where taken for a base.

    "A and B deliver a statement" is parsed both ways; "A did not attend the talks" is none.

    Args:
        also: further tags for which the parse may take it.
    """
    bare = all(c.tag_ not in _BEFORE_BASE and c.dep_ not in _HELPS for c in verb.children)
    base = verb.tag_ == "VB" and bare
    present = base or verb.tag_ in PRESENT or verb.tag_ in also
    return present and verb.lemma_ in word_set("seen_by_camera")


def is_photo(token: Token) -> bool:
    """Tell the noun of "Photo shows A with B in Lima", "a file photo of A"."""
    return token.lemma_.lower() in word_set("photograph")


def _goes_on(token: Token) -> bool:
    """Tell what a credit goes on behind, up to its bracket's, sentence's or line's end."""
    return token.text not in _CREDIT_ENDS and "\n" not in token.text


def _is_aside(i: int, sentence: Span) -> bool:
    doc = sentence.doc
    closing = _ASIDES.get(doc[i].text)
    if closing is None:
        return False
    for at in range(i + 1, min(i + _SIDE, sentence.end)):
        if doc[at].text == closing:
            return at > i + 1
        if doc[at].lower_ not in word_set("side_of_picture"):
            return False
    return False


def _is_participle(verb: Token) -> bool:
    """Tell the verbs of "A meeting B in Lima", "A seen in Lima"."""
    return verb.tag_ == "VBG" or (verb.tag_ == "VBN" and verb.lower_ in word_set("pictured"))


def _shows(verb: Token) -> bool:
    """Tell the "shows" of "Photo shows A with B in Lima"."""
    shown = verb.lemma_ in word_set("photo_does")
    return shown and any(c.dep_ == "nsubj" and is_photo(c) for c in verb.children)


__all__ = ["Caption", "caption_of", "is_photo", "is_seen"]
