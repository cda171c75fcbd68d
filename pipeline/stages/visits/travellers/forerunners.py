"""Who came before: "the third leader to arrive after B", "the first visit since B in 1988"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import ENDS_PHRASE, GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

_SCORE = 0.6
#: How many tokens behind "since" the name begins ("since that of the then premier B in 1988").
_REACH = 8
#: Within how many tokens a list begins: "two of Peru's oldest friends in the south, A and B".
_LIST_REACH = 18
#: What joins an office, its land and its holder's name.
_WITHIN = frozenset({"of", "the", ",", "'s", "’s"})
#: How many sentences back the trip may stand of which a forerunner's is told.
_BACK = 1


def came_before(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "A landed, the third leader to arrive after B": who came before came as well.

    So did the B of "the first visit since B in 1988", "no premier has come since B's trip in 1988",
    "the last premier to do so was B, in 1988", but not of "the first since B took office in 1988".
    """
    if token.lower_ not in _forerunner_words():
        return
    model = trip_told(reader, token)
    if model is None:
        return
    since = token.lower_ in word_set("since_whom")
    found = list(_forerunners(reader, token.i + 1)) if since and _ranks(reader, token) else []
    if token.lower_ in word_set("was_whom") and _is_last_of_them(reader, token):
        found = list(_forerunners(reader, token.i + 1))
    told = token.lower_ in words("after_which") and _closes_rank(reader, token)
    if not found and (found := _days_before(reader, token, model)):
        told = True
    for actor, dates in found:
        origin = actor.country or model.origin
        if origin in {None, model.destination} or actor.is_party or model.is_of(actor):
            continue
        if not (dates or told):
            continue
        yield replace(
            model.another("likewise", token.i, score=_SCORE),
            actor=in_office(actor, model, origin),
            origin=origin,
            when=_when(reader, dates or (_counted_in(reader, token) if told else [])),
        )


@lru_cache(maxsize=1)
def _forerunner_words() -> frozenset[str]:
    """Return the words at which `came_before` reads."""
    return word_set("since_whom", "was_whom")


def in_office(actor: Actor, model: Candidate, origin: str | None) -> Actor:
    """Give who is counted among "the first premiers to come" the office of the one that is told."""
    holder = model.actor.reference if model.actor is not None else None
    if holder is None or actor.reference.role_kind:
        return actor
    told = {"role": holder.role, "role_kind": holder.role_kind, "country": origin}
    return replace(actor, reference=actor.reference.model_copy(update=told))


def _when(reader: ArgumentReader, dates: list[Token]) -> When:
    """Return the time behind a name, which is his trip's, though "since" stands before both."""
    told = reader.clock.after(dates[0].i) if dates else None
    now = reader.scene.article.published
    if told and now and len(told) == MONTH and told > now[:7]:
        told = f"{int(told[:4]) - 1}{told[4:]}"  # "will be the first since B's March visit"
    return When(told, told)


def _counted_in(reader: ArgumentReader, token: Token) -> list[Token]:
    """Return the "this month" of "the second leader to visit Peru this month after B"."""
    start = reader.scene.sentence(token.i).start
    between = token.doc[start : token.i]
    to = next((t.i for t in reversed(between) if t.lower_ == "to" and t.dep_ == "aux"), token.i)
    counted = [d for d, _, _ in reader.clock.between(to, token.i)]
    return [token.doc[d] for d in counted if token.doc[d].lower_ == "this"][:1]


def trip_told(reader: ArgumentReader, token: Token) -> Candidate | None:
    """Return the last trip told in the sentence of a token or the one before."""
    number = reader.scene.sentence_of[token.i]
    for candidate in reversed(reader.told):
        if number - reader.scene.sentence_of[candidate.at] > _BACK:
            return None
        if candidate.destination and candidate.actor is not None and candidate.status:
            return candidate
    return None


def _ranks(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether a sentence counts trips before a token: "the first to visit", "none came"."""
    sentence = reader.scene.sentence(token.i)
    before = token.doc[sentence.start : token.i]
    counted = any(t.lower_ in word_set("rank", "counts_trips") for t in before)
    told = sentence if len(before) == 1 else before  # "Not since B in 1988 has a premier come"
    return counted and any(t.lemma_.lower() in word_set("ranked_verb", "ranked_noun") for t in told)


def _is_last_of_them(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "The last premier to visit was", "The only other leader to have done so is"."""
    start = reader.scene.sentence(verb.i).start
    before = [t.lower_ for t in verb.doc[start : verb.i]]
    if not set(before) & (word_set("rank", "counts_trips")) or "to" not in before:
        return False
    behind = verb.doc[start + before.index("to") : verb.i]
    goes = word_set("ranked_verb", "does_so")
    return behind[-1].lemma_ in goes or any(t.lemma_ in goes for t in behind)


def _forerunners(reader: ArgumentReader, i: int) -> Iterator[tuple[Actor, list[Token]]]:
    """Yield who is listed in "after Paul VI in 1969 and John Paul II in 1980", with the dates."""
    doc, at = reader.scene.doc, i
    while found := list_at(reader, at):
        end = max(reader.scene.bounds_of(actor.reference)[1] for actor in found)
        while end < len(doc) and doc[end].pos_ == "PROPN":
            end += 1
        end = _past_trip(doc, end)
        bracketed = text_at(doc, end) == "("
        dates = reader.clock.behind(end + bracketed)
        if end < len(doc) and doc[end].pos_ in VERBS:
            return  # "since B took office", "since B went there", which the verb tells
        shared = [] if bracketed else dates
        yield from ((actor, date_in_bracket(reader, actor) or shared) for actor in found)
        if not dates:
            return
        at = dates[0].i + 1 + bracketed
        while at < len(doc) and doc[at].lower_ in {",", "and"}:
            at += 1
        if at == len(doc) or doc[at - 1].lower_ not in {",", "and"}:
            return


def _days_before(
    reader: ArgumentReader, token: Token, model: Candidate
) -> list[tuple[Actor, list[Token]]]:
    """Return B of "A is visiting Peru a week after B", of whom nothing more is told.

    Not of "a week after B's death", "a week after B took office".
    """
    doc, start = token.doc, reader.scene.sentence(token.i).start
    days = (
        token.lower_ == "after" and token.i and doc[token.i - 1].lemma_ in word_set("passed_since")
    )
    if not days or not start <= model.at < token.i:
        return []
    if any(t.pos_ in VERBS for t in doc[model.at + 1 : token.i]):
        return []
    heads = (c for c in token.children if c.dep_ == "pobj")
    named = [a for head in heads for a in reader.scene.actors(head) if a.reference.role_kind]
    ends = {reader.scene.bounds_of(a.reference)[1] for a in named}
    closed = bool(ends) and text_at(doc, max(ends)) in ENDS_PHRASE
    return [(a, []) for a in named] if closed else []


def date_in_bracket(reader: ArgumentReader, actor: Actor) -> list[Token]:
    """Return the 1967 of "after Paul VI (1967), John Paul II (1979)", told of one name alone."""
    doc, end = reader.scene.doc, behind_names(reader, reader.scene.bounds_of(actor.reference)[0])
    return reader.clock.behind(end + 1) if text_at(doc, end) == "(" else []


def _past_trip(doc: Doc, end: int) -> int:
    """Return the token behind "B's", "B's state visit"."""
    if word_at(doc, end) not in GENITIVES:
        return end
    at = end + 1
    while at < min(len(doc), end + 4) and doc[at].pos_ in {"ADJ", "NOUN"}:
        at += 1
        if doc[at - 1].lemma_ in word_set("ranked_noun"):
            return at
    return end + 1


def _closes_rank(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether "the third leader to arrive" stands before a token, no other verb between."""
    doc, start, end = token.doc, reader.scene.sentence(token.i).start, token.i
    if doc[end - 1].text == ",":  # "the second to visit since the war began, after B"
        end = next((i for i in range(start, end) if doc[i].lower_ == "since"), end)
    verbs = [i for i in range(start, end) if doc[i].pos_ in VERBS]
    if not verbs or doc[verbs[-1] - 1].lower_ != "to":
        return False
    lemma = doc[verbs[-1]].lemma_.lower()
    ranked = {t.lower_ for t in doc[max(start, verbs[-1] - 9) : verbs[-1]]}
    return lemma in word_set("ranked_verb") and bool(ranked & word_set("rank"))


def list_at(reader: ArgumentReader, i: int) -> list[Actor]:
    """Return the actors of the list that starts at token `i` or a few words behind."""
    end = min(reader.scene.sentence(i).end, i + _LIST_REACH) if i < len(reader.scene.doc) else i
    for at in range(i, end):
        found = [r for r in reader.scene.at(at) if r.kind in PERSONAL_KINDS and r.form != "pronoun"]
        if found:
            named = [r for r in found if r.kind == "person"]
            return reader.scene.actors_from(Actor((named or found)[0], at, 0.9))
        token = reader.scene.doc[at]
        if token.pos_ in {"VERB", "AUX", "PRON"} and token.lower_ != "that":
            return []
    return []


def behind_names(reader: ArgumentReader, i: int) -> int:
    """Return the token behind the office, land and name at token `i` ("the premier of Peru, A")."""
    doc = reader.scene.doc
    while i < len(doc) and (reader.scene.at(i) or doc[i].lower_ in _WITHIN):
        i += 1
    return i


__all__ = ["behind_names", "came_before", "date_in_bracket", "in_office", "list_at", "trip_told"]
