"""Trips told by the head of a line that has no verb: "Bolsonaro in Moscow: …", "Ruto to Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from spacy.tokens import Span, Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import NOUNS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.verbless import (
    PARTS,
    actor_before,
    behind_place,
    opens_line,
    verbless_rules,
)

#: The words at which `line_heads` reads.
LINE_HEADS = frozenset({"in", "to", "for", "from"})
#: What the forms tell of who stands in the line.
_FACTS: Mapping[str, Fact] = {
    "heads_line": Fact("ongoing", weak=True),
    "welcomed_in": Fact("ongoing", weak=True),
    "back_from": Fact("completed", weak=True),
    "invited_to": Fact("invited"),
}


def line_heads(reader: ArgumentReader, prep: Token) -> Iterator[Candidate]:
    """Read "Bolsonaro in Moscow: opens a fair", "Bolsonaro to Moscow", "Bolsonaro due in Moscow".

    So "Bolsonaro back from Moscow", "Bolsonaro welcomed in Moscow", "Bolsonaro invited to Moscow".
    "Bolsonaro to Moscow: pay your debts" and "Bolsonaro's envoy to Moscow" do not fire.
    """
    if prep.lower_ not in LINE_HEADS:
        return
    link = _link(prep)
    last = actor_before(reader, link)
    spots = reader.scene.spots(prep.i + 1) if last is not None else ()
    if last is None or not spots:
        return
    actors = reader.scene.actors_before(last)
    sentence = reader.scene.sentence(prep.i)
    if not _is_head(reader, sentence, actors[0], prep):
        return
    behind = behind_place(reader, sentence, spots[-1])
    rule = _form(prep, link)
    if rule == "heads_line":
        told = _tells_presence(sentence, behind)
    else:
        alone = rule == "bound_for" and link == prep.i  # "the envoy to Moscow"
        told = _is_bare(sentence, behind) and (not alone or last.reference.kind == "person")
    if told:
        yield from _made(reader, prep, rule, actors, spots)


def _made(
    reader: ArgumentReader, prep: Token, rule: str, actors: list[Actor], spots: Sequence[Spot]
) -> Iterator[Candidate]:
    fact = _FACTS.get(rule, Fact("planned", weak=True))
    for actor, spot in product(actors, spots):
        if actor.country in {None, spot.country} or actor.reference.guessed:
            continue
        yield reader.make(
            verbless_rules()[rule],
            prep,
            actor=actor,
            spot=spot,
            fact=fact,
            phase="whole" if fact.status in MADE else "arrive",
            notes=("presence",),
        )


def _link(prep: Token) -> int:
    """Return the token behind the traveller of "X in Lima", "X due in Lima", "X off to Lima"."""
    doc, i = prep.doc, prep.i
    if doc[max(i - 2, 0) : i].text.lower() == "en route":
        return i - 2
    links = {"in": ("awaited_in", "line_welcomes"), "from": ("line_returns",)}
    linked = word_at(doc, i - 1) in word_set(*links.get(prep.lower_, ("bound_for", "line_invites")))
    return i - linked if linked or prep.lower_ in {"in", "to"} else -1


def _form(prep: Token, link: int) -> str:
    """Return which form of line it is, by what stands between the traveller and the place."""
    if prep.lower_ == "from":
        return "back_from"
    linking = prep.doc[link].lower_
    if prep.lower_ == "in":
        welcomed = linking in word_set("line_welcomes")
        return "heads_line" if link == prep.i else "welcomed_in" if welcomed else "due_in"
    return "invited_to" if linking in word_set("line_invites") else "bound_for"


def _is_head(reader: ArgumentReader, sentence: Span, actor: Actor, prep: Token) -> bool:
    """Tell whether a traveller opens a line and no verb stands before the preposition."""
    before = sentence.doc[sentence.start : prep.i]
    awaited = word_set("awaited_in", "bound_for", "line_welcomes", "line_invites")
    verbs = (t for t in before if t.pos_ in VERBS and t.lower_ not in awaited)
    return not any(not reader.scene.at(t.i) for t in verbs) and opens_line(reader, sentence, actor)


def _tells_presence(sentence: Span, at: int) -> bool:
    """Tell "X in Lima: …", and "X in Lima to sign a pact" without a verb that says when."""
    doc = sentence.doc
    if at < sentence.end and doc[at].text[-1:] == PARTS:
        return True
    at += text_at(doc, at) == ","
    aims = at + 1 < sentence.end and doc[at].tag_ == "TO" and doc[at + 1].tag_ == "VB"
    return aims and not any(t.tag_ in FINITE for t in sentence)


def _is_bare(sentence: Span, at: int) -> bool:
    """Tell a line without a verb that says when, whose place stands by itself.

    "X to Lima: pay your debts" is what X says, "X to Lima crowd" to whom.
    """
    doc = sentence.doc
    linking = word_set("awaited_in", "line_welcomes", "line_invites")
    told = (t for t in sentence if t.tag_ in FINITE and t.lower_ not in linking)
    if any(told) or sentence.text.rstrip().endswith("."):
        return False
    return at >= sentence.end or (doc[at].text != PARTS and doc[at].pos_ not in NOUNS)


__all__ = ["LINE_HEADS", "line_heads"]
