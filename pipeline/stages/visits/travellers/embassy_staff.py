"""Who comes from an embassy in the land itself: "a team of the Peruvian embassy went to Cusco"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.neighbours import word_behind
from pipeline.stages.visits.tables import word_set

#: How far behind "a team from" the embassy is named, and before its leader the team, in tokens.
_REACH, _LED_REACH = 8, 14
#: How many sentences back "the delegation" may have been told of.
_BACK = 3
_FROM = frozenset({"of", "from", "at"})


def is_of_embassy(scene: Scene, actor: Actor) -> bool:
    """Tell "officials of the Chilean embassy", "a team from it, led by X", who live in the land.

    "A delegation visited the Chilean embassy", "X, led by staff of the embassy" do not fire.
    """
    return any(
        _names_embassy(noun) or _was_of_embassy(scene, noun) for noun in _groups(scene, actor)
    )


def _groups(scene: Scene, actor: Actor) -> Iterator[Token]:
    """Yield the noun of those who go, or of those whom the one who goes leads."""
    start, end = scene.bounds_of(actor.reference)
    if not actor.reference.name:
        yield from (t for t in scene.doc[start:end] if t.lemma_.lower() in word_set("staff"))
        return
    first = max(scene.sentence(start).start, start - _LED_REACH)
    led = False
    for token in reversed(scene.doc[first:start]):
        led = led or token.lower_ in word_set("led_by")
        if led and token.lemma_.lower() in word_set("staff"):
            yield token
            return


def _names_embassy(noun: Token) -> bool:
    """Tell "officials of the Chilean embassy", with nothing but its name between."""
    doc = noun.doc
    if word_behind(noun) not in _FROM:
        return False
    for token in doc[noun.i + 2 : noun.i + _REACH]:
        two = doc[token.i : token.i + 2].text.lower()  # "the High Commission"
        if {token.lemma_.lower(), two} & word_set("embassy"):
            return True
        if token.is_punct or token.pos_ in {"VERB", "AUX", "NOUN"}:
            return False
    return False


def _was_of_embassy(scene: Scene, noun: Token) -> bool:
    """Tell "the delegation" that was one of an embassy where it was told of first."""
    if not any(c.lower_ in {"the", "its"} for c in noun.children):
        return False
    number = scene.sentence_of[noun.i]
    before = scene.sentences[max(0, number - _BACK) : number]
    return any(
        token.lemma_ == noun.lemma_ and _names_embassy(token) for each in before for token in each
    )


__all__ = ["is_of_embassy"]
