"""Where those have met of whom one is told elsewhere in the report to be abroad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.iso_lengths import DAY
from pipeline.labels import NOUNS, OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.meetings.meeting_sides import meeting_sides
from pipeline.stages.visits.tables import verb_rules, word_set

#: How many days before the report a trip may have begun on which one is.
_STAY = 4
#: How many sentences of a report tell its news, so that a meeting of no day is of these days.
_LEAD = 4
#: The same of a report of the days of a stay, of which it tells the first.
_ARRIVED = 12
_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "'d", "’d"})


def met_beside_guests(reader: ArgumentReader, tokens: Sequence[Token]) -> Iterator[Candidate]:
    """Read "A said so at a meeting with B. A is in Lima for the summit": B is in Lima as well.

    Both are of other lands, the report has no dateline and tells of many who meet. "A has met B
    twice. A is in Lima for the summit", "A met B in May" and a B who is told to be elsewhere do not
    fire.

    Args:
        tokens: the words of the report of which no trip was read.
    """
    if reader.scene.here is not None or not tokens or not _tells_of_gathering(reader):
        return
    for token in tokens:
        sides, others = _who_met(reader, token)
        for one, other in ((a, b) for a in sides for b in others):
            for known, guest in ((one, other), (other, one)):
                spot = _where_is(reader, known)
                if spot is not None and _is_guest_there(reader, guest, spot):
                    yield from _met(reader, token, known=known, guest=guest, spot=spot)


def _tells_of_gathering(reader: ArgumentReader) -> bool:
    """Tell a report of a summit or a forum from that of a visit."""
    body = reader.scene.article.body_start
    meets, press = word_set("meets_many") - words("remote"), word_set("of_the_press")
    return any(
        t.lemma_.lower() in meets and press.isdisjoint(c.lower_ for c in t.children)
        for t in reader.scene.doc
        if t.pos_ in NOUNS and t.idx >= body
    )


def _who_met(reader: ArgumentReader, token: Token) -> tuple[list[Actor], list[Actor]]:
    """Return both sides of "A met B", "A held talks with B", "A said at a meeting with B"."""
    scene = reader.scene
    if reader.is_remote(token):
        return [], []
    if token.pos_ == "VERB":
        rules = verb_rules().get(token.lemma_.lower(), ())
        meets = any(rule.frame == "meet" and rule.id == "meet" for rule in rules)
        return meeting_sides(reader, token) if meets else ([], [])
    if token.pos_ != "NOUN" or token.lemma_.lower() not in word_set("met_at"):
        return [], []
    preps = [c for c in token.children if c.lower_ == "with" and c.i > token.i]
    others = [a for prep in preps for head in prep.children for a in scene.actors(head)]
    sides = [a for c in token.children if c.dep_ == "poss" for a in scene.actors(c)]
    verb = governing_verb(token)
    at = token.dep_ == "pobj" and token.head.lower_ in word_set("in_a_meeting", "once_met")
    told = verb is not None and (
        (at and verb.lemma_ in words("speech"))
        or (token.dep_ in {*OBJECTS, "conj"} and verb.lemma_ in word_set("holds_meeting"))
    )
    subject = scene.subject(verb) if verb is not None and told and not sides else None
    return sides or (scene.actors(subject) if subject is not None else []), others


def _where_is(reader: ArgumentReader, actor: Actor) -> Spot | None:
    """Return the one land abroad where somebody is told to be at the time of the report.

    Of one who is told to have been in another land as well it is left open where he met whom.
    """
    published = reader.scene.article.published or ""
    told = [c for c in reader.told_of(actor) if c.destination and c.status]
    now = [c for c in told if c.status == "ongoing" or _is_of_days(c, published)]
    places = [c.spot for c in now if c.spot is not None and is_country(c.spot.country)]
    lands = {c.destination for c in told if c.status in MADE}
    return places[0] if places and len(lands) == 1 and actor.country not in lands else None


def _is_there_yet(reader: ArgumentReader, actor: Actor) -> bool:
    told = reader.told_of(actor)
    return any(c.status == "ongoing" or c.fact.reason == "arrived" for c in told)


def _is_of_days(candidate: Candidate, published: str) -> bool:
    """Tell a trip that was made within the days of the report."""
    start = candidate.when.start or ""
    made = candidate.status == "completed" and len(start) == len(published) == DAY
    return made and start <= published and near(start, published, _STAY)


def _is_guest_there(reader: ArgumentReader, guest: Actor, spot: Spot) -> bool:
    """Tell whether a leader of a third land can be there: in office, told to be nowhere else."""
    reference = guest.reference
    leads = bool(reference.name) and reference.role_kind in words("leading_class")
    foreign = is_country(guest.country or "") and guest.country != spot.country
    if not leads or not foreign or guest.is_party or reference.plural or reference.guessed:
        return False
    if (reference.role or "").split(" ")[0].lower() in word_set("former"):
        return False  # a former leader goes to few summits
    return not any(c.status and c.destination for c in reader.told_of(guest))


def _met(
    reader: ArgumentReader, token: Token, *, known: Actor, guest: Actor, spot: Spot
) -> Iterator[Candidate]:
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    if verb is None or known.country == guest.country:
        return
    fact = fact_of_verb(verb)
    perfect = any(c.lower_ in _PERFECT for c in verb.children)
    if fact.status not in MADE or fact.reason == "pluperfect" or perfect:
        return
    rule = next(r for r in verb_rules()["meet"] if r.id == "meet")
    fact = Fact("ongoing", weak=True) if _is_there_yet(reader, known) else fact
    made = reader.make_met(rule, token, actor=guest, spot=spot, fact=fact)
    published = reader.scene.article.published or ""
    day = made.day or made.when.start or ""
    body = [s for s in reader.scene.sentences if s.end_char > reader.scene.article.body_start]
    told = _ARRIVED if any(c.when.start for c in reader.told_of(known)) else _LEAD
    news = token.i < body[min(told, len(body)) - 1].end
    if (near(day, published, _STAY) and len(day) == DAY) if day else news:
        yield made


__all__ = ["met_beside_guests"]
