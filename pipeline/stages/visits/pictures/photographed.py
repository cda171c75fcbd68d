"""Who is said to stand left and right in a picture, or acts in it, was where it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Spot
from pipeline.labels import PRESENT
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.pictures.caption import Caption, caption_of
from pipeline.stages.visits.pictures.shown import acting, lined_up, said_to_stand
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.verbless import verbless_rules

#: The rule by which a caption tells who is in the picture.
PHOTOGRAPHED = "photographed"


def photographed(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "President A, left, greets President B at the palace in Lima, May 3".

    "President A, left without a choice, spoke of the talks in Lima" does not fire.
    """
    if token.lower_ not in word_set("taken_in"):
        return
    caption = caption_of(reader.scene.sentence(token.i))
    spot = _taken_in(reader, token, caption)
    if spot is None or reader.is_remote(token) or caption.is_of_story or caption.shows_likeness:
        return
    rule = verbless_rules()[PHOTOGRAPHED]
    end = token.i
    shown = lined_up(reader, caption, end) or said_to_stand(reader, caption, end)
    if _is_of_camera(reader, caption, spot) and not _is_of_somebody(token):
        shown += acting(reader, caption, end, but={actor.key for actor in shown})
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
            notes=("presence", "inside"),
        )


def _taken_in(reader: ArgumentReader, prep: Token, caption: Caption) -> Spot | None:
    """Return the place behind a preposition, the last of a caption, with a date or its end."""
    spots = reader.scene.spots(prep.i + 1)
    if not spots or reader.scene.is_of_matter(prep.i + 1):
        return None
    end = spots[-1].end
    behind = caption.sentence.doc[end : caption.sentence.end]
    if any(t.lower_ in word_set("shown_in") and reader.scene.spots(t.i + 1) for t in behind):
        return None
    last = _is_last(behind) and (spots[0].is_town or caption.is_lined_up)
    return spots[0] if last or reader.clock.behind(end) else None


def _is_last(behind: Span) -> bool:
    """Tell whether nothing stands behind a place but the agency in its bracket."""
    told = [t.i for t in behind if t.text != "(" and t.is_alpha]
    opened = next((t.i for t in behind if t.text == "("), None)
    return not told or (opened is not None and opened < told[0])


def _is_of_camera(reader: ArgumentReader, caption: Caption, spot: Spot) -> bool:
    """Tell "A speaks at a news conference in Lima on May 3, 2016", whose day has long been told.

    So a picture of no day: "A waves to a crowd in Lima". A plan in the present names no year: "A
    speaks at the forum in Lima on May 3". With a year alone further doings are a picture's: "A
    feeds a llama near Lima, Peru, 1984", not "A opposes the pact signed in Lima, 1984".
    """
    told = caption.told
    behind = reader.scene.doc[spot.end : caption.sentence.end]
    dated = [t for t in behind if t.i in reader.clock.covered]
    years = [t for t in dated if t.is_digit and len(t) == 4]
    bare = bool(years) and years == [t for t in behind if t.is_alpha or t.is_digit][-1:]
    bare = bare and _is_after_comma(years[0]) and told.lemma_ in word_set("done_in_picture")
    seen = caption.is_seen or (bare and told.tag_ in PRESENT)
    return seen and bool(years or not dated)


def _is_after_comma(year: Token) -> bool:
    return year.i > 0 and year.doc[year.i - 1].text == ","


def _is_of_somebody(prep: Token) -> bool:
    """Tell "A meets B, who has led the fight in Lima": there is B's fight, not the picture."""
    clauses = (t for t in prep.ancestors if t.dep_ == "relcl")
    return any(c.lower_ == "who" for clause in clauses for c in clause.children)


__all__ = ["PHOTOGRAPHED", "photographed"]
