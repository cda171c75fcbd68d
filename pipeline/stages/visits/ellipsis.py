"""Trips told without a verb of their own: "as did B", "so will C", "and D in August"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.timing import When
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the verb that is left out may stand.
_REACH = 1
_NOMINAL = frozenset({"person", "office"})


@lru_cache(maxsize=1)
def likewise_words() -> frozenset[str]:
    """Return the words at which `likewise` reads."""
    return word_set("likewise_auxiliary") | {"followed", "following", "after"}


def likewise(
    reader: ArgumentReader, token: Token, told: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "as did B", "so will C", ", followed by D": the trip told last, of another."""
    yield from came_before(reader, token)
    if token.lower_ not in word_set("likewise_auxiliary") | {"followed"}:
        return
    actors = _likewise_actors(reader, token)
    model = _last_told(reader, token, told)
    if model is None or not actors:
        return
    future = token.lower_ in {"will", "would"}
    for actor in actors:
        if actor.country is None or actor.country == model.destination:
            continue
        dates = reader.clock.behind(reader.scene.bounds_of(actor.reference)[1])
        dates = dates or reader.clock.behind(token.i + 1)
        yield replace(
            model,
            rule="likewise",
            at=token.i,
            actor=actor,
            origin=actor.country,
            fact=replace(model.fact, status="planned") if future else model.fact,
            when=reader.clock.when(dates, phase="whole") if dates else model.when,
            score=model.score * 0.85,
            first=False,
            kind=None,
            hosts=(),
        )


def came_before(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "A landed, the third leader to arrive after B": who came before came as well."""
    if token.lower_ not in {"after", "following"} or not _closes_rank(reader, token):
        return
    number = reader.scene.sentence_of[token.i]
    told = [c for c in reader.told if reader.scene.sentence_of[c.at] == number and c.destination]
    for actor, dates in _forerunners(reader, token.i + 1) if told else ():
        if actor.country in {None, told[-1].destination} or actor.is_party:
            continue
        yield replace(
            told[-1],
            rule="likewise",
            at=token.i,
            actor=actor,
            origin=actor.country,
            fact=Fact("completed"),
            when=reader.clock.when(dates, phase="whole") if dates else When(),
            score=0.6,
            first=False,
            kind=None,
            hosts=(),
        )


def _forerunners(reader: ArgumentReader, i: int) -> Iterator[tuple[Actor, list[Token]]]:
    """Yield who is listed in "after Paul VI in 1969 and John Paul II in 1980", with the dates."""
    doc, at = reader.scene.doc, i
    while found := _list_at(reader, at):
        end = max(reader.scene.bounds_of(actor.reference)[1] for actor in found)
        while end < len(doc) and doc[end].pos_ == "PROPN":
            end += 1
        dates = reader.clock.behind(end)
        yield from ((actor, dates) for actor in found)
        if not dates:
            return
        at = dates[0].i + 1
        while at < len(doc) and doc[at].lower_ in {",", "and"}:
            at += 1
        if at == len(doc) or doc[at - 1].lower_ not in {",", "and"}:
            return


def _closes_rank(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether "the third leader to arrive" stands before a token, no other verb between."""
    doc, start = token.doc, reader.scene.sentence(token.i).start
    verbs = [i for i in range(start, token.i) if doc[i].pos_ in {"VERB", "AUX"}]
    if not verbs or doc[verbs[-1] - 1].lower_ != "to":
        return False
    lemma = doc[verbs[-1]].lemma_.lower()
    ranked = {t.lower_ for t in doc[max(start, verbs[-1] - 9) : verbs[-1]]}
    return lemma in word_set("ranked_verb") and bool(ranked & word_set("rank"))


def _likewise_actors(reader: ArgumentReader, token: Token) -> list[Actor]:
    doc = token.doc
    if token.lower_ == "followed":
        heads = [h for c in token.children if c.dep_ == "agent" for h in c.children]
        return [a for h in heads for a in reader.scene.actors(h) if a.reference.name]
    before = doc[token.i - 1] if token.i else None
    if before is not None and before.lower_ in {"as", "so"}:
        return _list_at(reader, token.i + 1)
    # "as Benedict XVI had in 2012"
    for reference in reader.scene.at(token.i - 1) if token.i else ():
        start = reader.scene.bounds(reference)[0]
        if reference.kind == "person" and start and doc[start - 1].lower_ == "as":
            return [Actor(reference, token.i - 1, 0.9)]
    return []


def _list_at(reader: ArgumentReader, i: int) -> list[Actor]:
    """Return the actors of the list that starts at token `i` or right behind an article there."""
    end = min(reader.scene.sentence(i).end, i + 8) if i < len(reader.scene.doc) else i
    for at in range(i, end):
        found = [r for r in reader.scene.at(at) if r.kind in _NOMINAL and r.form != "pronoun"]
        if found:
            named = [r for r in found if r.kind == "person"]
            return reader.scene.actors_from(Actor((named or found)[0], at, 0.9))
        if reader.scene.doc[at].pos_ in {"VERB", "AUX", "PRON"}:
            return []
    return []


def _last_told(reader: ArgumentReader, token: Token, told: Sequence[Candidate]) -> Candidate | None:
    number = reader.scene.sentence_of[token.i]
    for candidate in reversed(told):
        if number - reader.scene.sentence_of[candidate.at] > _REACH:
            return None
        actor = candidate.actor
        if actor is not None and not actor.reference.plural and candidate.status is not None:
            return candidate
    return None


def gapped_dates(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "and Kenya's Kenyatta in August" behind "Ghana's Akufo-Addo was here in June"."""
    whole = [c for c in made if c.status == "completed"]
    if not whole or fact_of_verb(verb).status != "completed":
        return
    model = whole[0]
    scene, doc = reader.scene, verb.doc
    starts = reader.clock.starts
    for at in range(verb.i + 2, scene.sentence(verb.i).end):
        dated = doc[at].lower_ in {"in", "on"} and starts & {at + 1, at + 2}
        if not dated and at not in starts:
            continue
        for reference in scene.at(at - 1):
            start, end = scene.bounds(reference)
            if reference.kind != "person" or reference.form == "pronoun" or end != at:
                continue
            if reference.country in {None, model.destination} or _is_argument(doc, start):
                continue
            actor = Actor(reference, at - 1, 0.9)
            if model.actor is not None and actor.key == model.actor.key:
                continue
            yield replace(
                model,
                at=at - 1,
                actor=actor,
                origin=reference.country,
                when=reader.clock.when(reader.clock.behind(at) or [doc[at]], phase="whole"),
                score=model.score * 0.85,
                first=False,
                count=1,
                kind=None,
                hosts=(),
            )


def each_date(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Part the trips of "visited Lima in 2011, 2015 and 2018", "visits to Lima in May and June"."""
    if paired := _respectively(reader, made):
        return paired
    places = {c.spot.country for c in made if c.spot is not None}
    found: list[Candidate] = []
    for model in made:
        single = model.status == "completed" and model.spot is not None and len(places) == 1
        dates = _listed_dates(reader, model.spot.end) if single and model.spot is not None else []
        if len(dates) < 2 or model.count not in {0, 1, len(dates)}:
            found.append(model)
            continue
        for number, at in enumerate(dates):
            when = reader.clock.when([reader.scene.doc[at]], phase="whole")
            own = replace(model, when=when, day=None, count=1)
            found.append(own if not number else replace(own, at=at, first=False, hosts=()))
    return found


def _respectively(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Pair "visited Lima and Quito in 2011 and 2018, respectively"; empty where nothing pairs."""
    spots = sorted({c.spot.end: c.spot for c in made if c.spot is not None}.items())
    if len(spots) < 2:
        return []
    dates = _listed_dates(reader, spots[-1][0])
    doc, last = reader.scene.doc, dates[-1] if dates else 0
    told = "respectively" in {token.lower_ for token in doc[spots[-1][0] : last + 4]}
    if not told or len(dates) != len(spots):
        return []
    when = {
        end: reader.clock.when([doc[at]], phase="whole")
        for (end, _), at in zip(spots, dates, strict=True)
    }
    return [replace(c, when=when[c.spot.end]) if c.spot is not None else c for c in made]


def _listed_dates(reader: ArgumentReader, at: int) -> list[int]:
    """Return where the months or years of a list begin that stands behind a place."""
    doc, end = reader.scene.doc, reader.scene.sentence(at - 1).end
    found: list[int] = []
    for start, behind, date in reader.clock.between(at, end):
        between = {token.lower_ for token in doc[at:start]}
        link = word_set("joins_dates") if found else word_set("before_dates")
        deed = any(t.pos_ in {"VERB", "AUX"} for t in doc[behind : behind + 1])
        told = not found or governing_verb(doc[start]) == governing_verb(doc[found[0]])
        told = told and not (found and deed)
        if date.grain not in {"year", "month"} or not between <= link or not told:
            break  # "went to Lima in 2018 and in 2019 signed a pact"
        found.append(start)
        at = behind
    return found


def _is_argument(doc: Doc, start: int) -> bool:
    """Tell whether a name belongs to a phrase rather than opening one behind "and" or a comma."""
    at = start - 1
    while at > 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in {"'s", "’s", "the", "of"}):
        at -= 1
    return doc[at].lower_ not in {"and", ",", ";", ":", "–", "—", "while", "then", "by"}


__all__ = ["each_date", "gapped_dates", "likewise", "likewise_words"]
