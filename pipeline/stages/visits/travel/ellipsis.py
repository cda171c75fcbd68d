"""Trips told without a verb of their own: "as did B", "so will C", "and D in August"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import AUXILIARIES, FINITE, NOUNS, OBJECTS, SUBJECTS, VERBS
from pipeline.neighbours import agents_of, text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, joined
from pipeline.stages.visits.days.each_date import listed_dates, of_phase
from pipeline.stages.visits.lists.guest_lists import list_end, listed
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.lands_besides import lands_besides
from pipeline.stages.visits.travellers.forerunners import behind_names, came_before, list_at

_COMPLEMENTS = OBJECTS | {"acomp", "attr", "xcomp", "ccomp"}
#: How many sentences back the verb that is left out may stand.
_REACH = 1


@lru_cache(maxsize=1)
def likewise_words() -> frozenset[str]:
    """Return the words at which `likewise` reads."""
    return word_set("likewise_auxiliary", "since_whom") | {"followed"}


def likewise(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "as did B", "so will C", ", followed by D": the trip told last, of another."""
    yield from came_before(reader, token)
    if token.lower_ not in word_set("likewise_auxiliary") | {"followed"}:
        return
    actors = joined(_likewise_actors(reader, token))
    model = _last_told(reader, token, reader.told)
    if model is None or not actors or not _goes_with(token, token.doc[model.at]):
        return
    if _leads_to_region(reader, token):
        return
    # "will be followed by D" as well
    future = token.lower_ in {"will", "would"} or tense_of(token) in {"future", "infinitive"}
    for actor in actors:
        if actor.country is None or actor.country == model.destination:
            continue
        if token.tag_ == "VB" and model.actor is not None and actor.key == model.actor.key:
            continue  # "A came, the first Pole to do so"
        named = reader.scene.bounds_of(actor.reference)[1]
        told = (named, behind_names(reader, named), token.i + 1, token.i + 2, token.i + 3)
        ends = [end for end in told if end < token.sent.end]
        dates = next((found for end in ends if (found := reader.clock.behind(end))), [])
        fact = replace(model.fact, status="planned") if future else model.fact
        if _is_done_before(token) or _was_whom(token):
            fact = Fact("completed")
        yield replace(
            model,
            rule="likewise",
            at=token.i,
            actor=actor,
            origin=actor.country,
            fact=fact,
            when=reader.clock.when(dates, phase="whole") if dates else model.when,
            score=model.score * 0.85,
            first=False,
            kind=None,
            hosts=(),
        )


def _leads_to_region(reader: ArgumentReader, token: Token) -> bool:
    """Tell "will be followed to Africa by A", who may go to other lands of it."""
    to = text_at(token.doc, token.i + 1) == "to"
    return to and not reader.scene.spots(token.i + 2)


def _was_whom(token: Token) -> bool:
    """Tell the "do" of "the first to do so was X"."""
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return token.tag_ == "VB" and behind[:1] == ["so"] and behind[1:] in (["was"], ["were"])


def _likewise_actors(reader: ArgumentReader, token: Token) -> list[Actor]:
    doc = token.doc
    if token.lower_ == "followed" and text_at(doc, token.i + 1) == "suit":
        return _named_before(reader, token)
    if token.lower_ == "followed":
        heads = agents_of(token)
        heads = [h for h in heads if not _goes_elsewhere(reader, h)]
        return [a for h in heads for a in reader.scene.actors(h) if a.reference.name]
    before = doc[token.i - 1] if token.i else None
    too = before is not None and doc[max(0, token.i - 2) : token.i].text.lower() == "so too"
    if before is not None and (before.lower_ in {"as", "so"} or too):
        return list_at(reader, token.i + 1) or _named_behind(reader, token.i + 1)
    # "as Benedict XVI had in 2012", "after B did", "B did the same"
    behind = doc[token.i + 1 : token.i + 3].text.lower()
    same = behind.split(" ")[0] == "likewise" or behind in word_set("the_same_done")
    if not same and _is_so(reader, token):
        return _named_before(reader, token)
    for reference in reader.scene.at(token.i - 1) if token.i else ():
        start = reader.scene.bounds(reference)[0]
        led = start > 0 and doc[start - 1].lower_ in word_set("likewise_of")
        led = led and token.dep_ not in AUXILIARIES and not _is_completed(token)
        if reference.kind in PERSONAL_KINDS and reference.form != "pronoun" and (led or same):
            last = Actor(reference, token.i - 1, 0.9)
            return reader.scene.actors_before(last) if same else [last]
    return []


def _goes_elsewhere(reader: ArgumentReader, head: Token) -> bool:
    """Tell the B of "A flies to Fiji, followed by B, who flies to Peru", whose trip is told."""
    clauses = [c for c in head.children if c.dep_ == "relcl"]
    return any(reader.scene.spots(t.i) for c in clauses for t in c.subtree if t.i > c.i)


def _is_so(reader: ArgumentReader, did: Token) -> bool:
    """Tell "B did so in 1985", "did so two years later" from "did so well", "did so much"."""
    so = text_at(did.doc, did.i + 1) == "so" and did.lower_ in word_set("did_so")
    at = did.i + 2
    return so and (bool(reader.clock.behind(at)) or text_at(did.doc, at) in {".", ",", ";", "too"})


def _named_before(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return the B of "B did so in 1985", "B followed suit"."""
    subject = reader.scene.subject(verb)
    found = reader.scene.actors(subject) if subject is not None else []
    return [a for a in found if a.reference.kind in PERSONAL_KINDS and a.reference.name]


def _is_completed(did: Token) -> bool:
    """Tell the "is" of "before B is due", the "did" of "after B did harm" from "after B did"."""
    return any(c.dep_ in _COMPLEMENTS and c.i > did.i for c in did.children)


def _is_done_before(did: Token) -> bool:
    """Tell "is there a week after B did", "came two days after B had"."""
    mark = next((c for c in did.children if c.lower_ == "after" and c.i < did.i), None)
    before = did.doc[mark.i - 1].lemma_ if mark is not None and mark.i else ""
    return before in word_set("passed_since")


def _goes_with(did: Token, told: Token) -> bool:
    """Tell "A arrived, as did B" from "while A was in Lima caused alarm, as did B's words"."""
    head, node = did.head, told
    if did.dep_ != "advcl" or head.pos_ not in VERBS:
        return True
    while node != head:
        if node.head == node or (node.pos_ in VERBS and any(c.dep_ == "nsubj" for c in node.lefts)):
            return False
        node = node.head
    return True


def _named_behind(reader: ArgumentReader, at: int) -> list[Actor]:
    """Return A and B of "as will two old friends -- A and B", "so too will his father, A"."""
    if at >= len(reader.scene.doc):
        return []
    sentence = reader.scene.sentence(at)
    found = listed(reader, at, list_end(reader, at, sentence))
    return [actor for actor in found if actor.reference.name]


def _last_told(reader: ArgumentReader, token: Token, told: Sequence[Candidate]) -> Candidate | None:
    number = reader.scene.sentence_of[token.i]
    for candidate in reversed(told):
        if number - reader.scene.sentence_of[candidate.at] > _REACH:
            return None
        actor = candidate.actor
        several = actor is not None and actor.reference.plural and token.lower_ != "will"
        if actor is not None and not several and candidate.status is not None:
            return candidate
    return None


def gapped_dates(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "and Kenya's Kenyatta in August" behind "Ghana's Akufo-Addo was here in June".

    So of "will be here in June"; B of "arrived on Monday, and B on Tuesday" has a first day alone.
    """
    told = {"completed", "planned"}
    whole = [c for c in made if c.status in told]
    if not whole or fact_of_verb(verb).status not in told:
        return
    model = whole[0]
    scene, doc = reader.scene, verb.doc
    starts = reader.clock.starts
    for at in range(verb.i + 2, scene.sentence(verb.i).end):
        dated = doc[at].lower_ in {"in", "on"} and starts & {at + 1, at + 2}
        if not dated and at not in starts:
            continue
        named = at - _is_set_off(doc, at)
        for reference in scene.at(named - 1):
            start, end = scene.bounds(reference)
            actor = Actor(reference, named - 1, 0.9)
            land = _land_of_gap(actor, model)
            apart = end < at and not _is_set_off_holder(reader, start, at)
            if (
                end != named
                or apart
                or land in {None, model.destination}
                or _is_argument(doc, start)
            ):
                continue
            beside = any(t.pos_ == "VERB" for t in doc[verb.i + 1 : start])
            if model.status == "planned" and beside:
                continue  # "will be in Lima on Friday to meet A and B's president on Saturday"
            both = any(c.is_of(actor) for c in made) and not starts & {*range(verb.i, start)}
            if both or model.is_of(actor):
                continue  # "received A and B on Monday": both on that day
            for when in _whens_of_gap(reader, at):
                yield replace(
                    model,
                    at=named - 1,
                    actor=actor,
                    origin=land,
                    when=of_phase(model, when),
                    score=model.score * 0.85,
                    first=False,
                    count=1,
                    kind=None,
                    hosts=(),
                )


def _is_set_off(doc: Doc, at: int) -> bool:
    """Tell the comma before the date of "and its premier, B, in June"."""
    return at > 1 and doc[at - 1].text == ","


def _is_set_off_holder(reader: ArgumentReader, start: int, at: int) -> bool:
    """Tell the B of "and its premier, B, in June" from "after its premier, B, in June, fell"."""
    holder = reader.scene.doc[start]
    while holder.dep_ in {"appos", "compound"}:
        holder = holder.head
    doc = reader.scene.doc
    end = next(i for i in range(at + 1, len(doc) + 1) if i not in reader.clock.covered)
    goes_on = any(t.tag_ in FINITE for t in doc[end : end + 2])
    apart = doc[start - 1].text == "," and holder.i < start and not goes_on
    return apart and holder.dep_ not in SUBJECTS and not reader.scene.spots(at + 1)


def without_gapped(made: Sequence[Candidate], gapped: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the B that has a year of his own in "received A in 1981 and B in 1987"."""
    actors = [c.actor for c in gapped if c.actor is not None]
    return [c for c in made if not any(c.is_of(a) and c.actor is not None for a in actors)]


def _land_of_gap(told: Actor, model: Candidate) -> str | None:
    """Return whose trip a date alone tells of, None where it tells of nobody who may travel.

    Kennedy of "President Eisenhower was here in 1959, Kennedy in 1961" is of the same land.
    """
    reference, first = told.reference, model.actor
    if reference.form == "pronoun" or reference.plural:
        return None
    if reference.kind == "office":
        return told.country if reference.role_kind else None
    if reference.kind != "person":
        return None
    ruled = first is not None and first.reference.role_kind in words("crowned")
    return told.country or (model.origin if ruled else None)


def _whens_of_gap(reader: ArgumentReader, at: int) -> Iterator[When]:
    """Yield the days of "Nixon in 1969 and 1970", a trip each, or of the one date at token `at`."""
    doc = reader.scene.doc
    dates = [[doc[i]] for i in listed_dates(reader, at)]
    for date in dates or [reader.clock.behind(at) or [doc[at]]]:
        yield reader.clock.when(date, phase="whole")


def gapped_lands(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "and Britain in May" behind "visited Peru in March to open a fair": another trip.

    Only a country that is joined to the verb, and that has days of its own. So Peru of "Besides
    Peru, she will visit Chile".
    """
    yield from lands_besides(reader, verb, made)
    seen = {c.destination for c in made}
    model = next((c for c in made if c.spot is not None and c.spot.start > verb.i), None)
    if model is None or model.status not in {"completed", "planned"}:
        return
    for land in verb.children:
        spots = reader.scene.spots(land.i) if land.dep_ == "conj" and land.pos_ in NOUNS else []
        when = _dated_behind(reader, spots if len(spots) == 1 else [])
        if not when or spots[0].country in seen or verb.doc[land.i - 1].dep_ != "cc":
            continue
        yield _as(model, land.i, spots[0], when)
        seen.add(spots[0].country)
    for listed_lands, when in _lists_behind_days(reader, verb, model):
        for spot in listed_lands:
            if spot.country not in seen:
                yield _as(model, spot.start, spot, when)


def _lists_behind_days(
    reader: ArgumentReader, verb: Token, model: Candidate
) -> Iterator[tuple[Sequence[Spot], When]]:
    """Yield "and Chile and Cuba on 20 May" behind "will visit Peru between Monday and Friday".

    However the parse hangs them; not behind a further verb, nor where none of the first list's days
    stand before: "will visit Peru and Chile on 20 May".
    """
    assert model.spot is not None
    doc, end = verb.doc, reader.scene.sentence(verb.i).end
    for _, behind, _ in reader.clock.between(model.spot.end, end):
        at = behind + (text_at(doc, behind) == ",")
        if text_at(doc, at) != "and" or any(t.tag_ in FINITE for t in doc[verb.i + 1 : at]):
            continue
        spots = reader.scene.spots(at + 1)
        joined = bool(spots) and spots[0].start == at + 1
        joined = joined and not reader.scene.is_owner(spots[0].reference)  # "and Peru's premier"
        if joined and (when := _dated_behind(reader, spots)):
            yield spots, when


def _as(model: Candidate, at: int, spot: Spot, when: When) -> Candidate:
    """Return the trip of a telling to a further land, on other days."""
    return replace(
        model,
        at=at,
        spot=spot,
        destination=spot.country,
        when=of_phase(model, when),
        day=None,
        score=model.score * 0.85,
        first=False,
        count=1,
        hosts=(),
    )


def _dated_behind(reader: ArgumentReader, spots: Sequence[Spot]) -> When:
    """Return the days that stand right behind the last place of a list.

    Not those of "Ghana in May signed it", a clause of its own.
    """
    days = reader.clock.behind(spots[-1].end) if spots else []
    if not days:
        return When()
    end = next(i for i in range(days[-1].i, len(days[-1].doc) + 1) if i not in reader.clock.covered)
    signed = any(t.tag_ in FINITE for t in days[-1].doc[end : end + 1])
    return When() if signed else reader.clock.when(days, phase="whole")


def _is_argument(doc: Doc, start: int) -> bool:
    """Tell whether a name belongs to a phrase rather than opening one behind "and" or a comma."""
    at = start - 1
    while at > 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in {"'s", "’s", "the", "of"}):
        at -= 1
    return doc[at].lower_ not in {"and", ",", ";", ":", "–", "—", "--", "while", "then", "by"}


__all__ = ["gapped_dates", "gapped_lands", "likewise", "likewise_words", "without_gapped"]
