"""Captions of photographs: those who are said to stand left and right are where it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.at_home import is_seated
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.picture_signs import is_lined_up, stands_aside
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.verbless import verbless_rules


def captioned(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "President A, left, greets President B at the palace in Lima, May 3".

    "President A, left without a choice, spoke of the talks in Lima" does not fire.
    """
    if token.lower_ not in word_set("taken_in"):
        return
    sentence = reader.scene.sentence(token.i)
    spot = _taken_in(reader, token, sentence)
    if spot is None or reader.is_remote(token) or _tells_past(sentence):
        return
    rule = verbless_rules()["photographed"]
    shown = _lined_up(reader, sentence, token.i) or _shown(reader, sentence, token.i)
    if _is_of_camera(reader, sentence, spot) and not _is_of_somebody(token):
        shown += _acting(reader, sentence, token.i, but={actor.key for actor in shown})
    for actor in shown:
        reference = actor.reference
        heads = reference.role_kind in word_set("heads_body")
        if actor.country == spot.country or not (heads or is_country(actor.country or "")):
            continue
        if reference.guessed or not reference.role_kind or is_seated(actor, spot.country):
            continue
        yield reader.make(
            rule,
            token,
            actor=actor,
            spot=spot,
            fact=Fact("completed", weak=True),
            phase="whole",
            score=rule.score,
            notes=("presence", "inside"),
        )


def _taken_in(reader: ArgumentReader, prep: Token, sentence: Span) -> Spot | None:
    """Return the place behind a preposition, the last of a caption, with a date or its end."""
    spots = reader.scene.spots(prep.i + 1)
    if not spots or reader.scene.is_of_matter(prep.i + 1):
        return None
    end = spots[-1].end
    for later in sentence.doc[end : sentence.end]:
        if later.lower_ in {"in", "at"} and reader.scene.spots(later.i + 1):
            return None
    behind = sentence.doc[end : sentence.end]
    last = _is_last(behind) and (spots[0].is_town or is_lined_up(sentence))
    return spots[0] if last or reader.clock.behind(end) else None


def _is_last(behind: Span) -> bool:
    """Tell whether nothing stands behind a place but the agency in its bracket."""
    told = [t.i for t in behind if t.text != "(" and t.is_alpha]
    opened = next((t.i for t in behind if t.text == "("), None)
    return not told or (opened is not None and opened < told[0])


def _tells_past(sentence: Span) -> bool:
    """Tell a sentence of a story from a caption, which tells what is seen; and a likeness."""
    words = {t.lemma_.lower() for t in sentence if t.pos_ != "VERB"}  # "(not pictured)" is there
    root = sentence.root
    aside = root.lower_ == "left" and sentence.doc[root.i - 1 : root.i].text in {",", "("}
    return (root.tag_ == "VBD" and not aside) or bool(words & word_set("likeness"))


def _is_of_camera(reader: ArgumentReader, sentence: Span, spot: Spot) -> bool:
    """Tell "A speaks at a news conference in Lima on May 3, 2016", whose day has long been told.

    So a picture of no day: "A waves to a crowd in Lima". A plan in the present names no year: "A
    speaks at the forum in Lima on May 3". With a year alone further doings are a picture's: "A
    feeds a llama near Lima, Peru, 1984", not "A opposes the pact signed in Lima, 1984".
    """
    told = sentence.root
    behind = reader.scene.doc[spot.end : sentence.end]
    dated = [t for t in behind if t.i in reader.clock.covered]
    years = [t for t in dated if t.is_digit and len(t) == 4]
    bare = bool(years) and years == [t for t in behind if t.is_alpha or t.is_digit][-1:]
    bare = bare and _is_after_comma(years[0]) and told.lemma_ in word_set("done_in_picture")
    seen = told.lemma_ in word_set("seen_by_camera") or bare
    return told.tag_ in {"VBZ", "VBP"} and seen and bool(years or not dated)


def _is_of_somebody(prep: Token) -> bool:
    """Tell "A meets B, who has led the fight in Lima": there is B's fight, not the picture."""
    clauses = (t for t in prep.ancestors if t.dep_ == "relcl")
    return any(c.lower_ == "who" for clause in clauses for c in clause.children)


def _is_after_comma(year: Token) -> bool:
    return year.i > 0 and year.doc[year.i - 1].text == ","


def _acting(reader: ArgumentReader, sentence: Span, end: int, *, but: set[str]) -> list[Actor]:
    """Return who does what a picture shows, and whom he does it with or to."""
    found: dict[str, Actor] = {}
    for i in range(sentence.start, end):
        for reference in reader.scene.at(i):
            named = reference.kind == "person" and reference.name and reference.form != "pronoun"
            if named and reader.scene.bounds(reference)[1] == i + 1 and _acts(sentence.doc[i]):
                actor = Actor(reference, i, 0.9)
                found.setdefault(actor.key, actor)
    return [actor for key, actor in found.items() if key not in but]


def _acts(name: Token) -> bool:
    """Tell a subject, an object, or one "with" whom something is done, by the parse."""
    node = name
    while node.dep_ in {"conj", "appos", "compound", "flat", "nmod"} and node.head != node:
        node = node.head
    if node.dep_ in {"nsubj", "nsubjpass", "dobj", "obj"}:
        return node.head.pos_ in {"VERB", "AUX"}
    return node.dep_ == "pobj" and node.head.lower_ in word_set("beside_in_picture")


def _lined_up(reader: ArgumentReader, sentence: Span, end: int) -> list[Actor]:
    """Return all of "(From left) President A, Premier B and King C link hands", by position."""
    if not is_lined_up(sentence):
        return []
    found: dict[str, Actor] = {}
    for i in range(sentence.start, end):
        for reference in reader.scene.at(i):
            if reference.kind == "person" and reference.name and reference.form != "pronoun":
                actor = Actor(reference, i, 0.9)
                found.setdefault(actor.key, actor)
    return list(found.values())


def _shown(reader: ArgumentReader, sentence: Span, end: int) -> list[Actor]:
    """Return those who are said to stand somewhere in the picture, and whom they are with."""
    found: dict[str, Actor] = {}
    for i in range(sentence.start, end):
        for reference in reader.scene.at(i):
            named = reference.kind == "person" and reference.name and reference.form != "pronoun"
            if not named or reader.scene.bounds(reference)[1] != i + 1:
                continue
            listed = found and (_is_of_land(reader, i + 1) or _is_beside(reader, reference.start))
            if stands_aside(i + 1, sentence) or listed:
                actor = Actor(reference, i, 0.9)
                found.setdefault(actor.key, actor)
    return list(found.values())


def _is_of_land(reader: ArgumentReader, i: int) -> bool:
    """Tell the "(Peru)" of "A, left, with President B (Peru) and Premier C (Togo)" at token `i`."""
    doc = reader.scene.doc
    inside = reader.scene.at(i + 1) if doc[i : i + 1].text == "(" else ()
    lands = [r for r in inside if r.kind == "country" and r.form == "name"]
    return any(doc[end : end + 1].text == ")" for r in lands for end in reader.scene.bounds(r)[1:])


def _is_beside(reader: ArgumentReader, start: int) -> bool:
    """Tell B of "A, left, shakes hands with his host, President B", "A, left, and B"."""
    doc = reader.scene.doc
    first = next((i for i, offset in enumerate(reader.scene.starts) if offset == start), 0)
    at = first - 1
    while at > 0 and (reader.scene.at(at) or doc[at].lower_ in word_set("before_pictured")):
        at -= 1
    linked = doc[at].lower_ in {"with", "and", "alongside", "beside"}
    acted = doc[at].tag_ in {"VBZ", "VBP"} or doc[at].lemma_ in word_set("meets_guest")
    return linked or acted


__all__ = ["captioned"]
