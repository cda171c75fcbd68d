"""Guests called so: "the visiting Malian minister", "met visiting French Senator X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from models import Reference
from models.entity import LAND_KINDS, PERSONAL_KINDS
from models.visit import MADE, MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before, to_month
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, NOMINALS, NOUNS, PREP_COMPLEMENTS, TIMES, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.hosts.guest_awaited import is_of_old
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.triggers import VISITING

#: A guest of whom something is told that lies longer back has gone home, in days.
GUEST_DAYS = 3
#: How verbs tell whom a guest is with.
_WITH_HOST = frozenset({"meet", "receive"})
#: How far behind "visiting" a guest's name may begin, in tokens.
_TITLE_REACH = 9
#: How far before "visiting" the guest's being met may be told, past where and when, in tokens.
_SET_REACH = 13
_OF_SETTING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON"})
#: How many sentences back a host may be told to have come himself.
_AWAY_REACH = 2


def visiting_guest(reader: ArgumentReader, word: Token) -> Actor | None:
    """Return the minister of "the visiting Malian minister", "Visiting Mali's minister X said".

    Also the envoys of "envoys visiting from Mali".
    """
    if word.lower_ != VISITING:
        return None
    if reader.scene.is_place_gone_to(word):
        return None
    from_home = word.dep_ == "acl" and text_at(word.doc, word.i + 1) == "from"
    if word.dep_ == "amod" or from_home:
        guest = reader.scene.actor(word.head)
        if guest is None and word.head.dep_ == "compound":
            guest = reader.scene.actor(word.head.head)  # "visiting EU trade envoy X"
        return None if guest is not None and _is_done_by(reader, word, guest) else guest
    if (met := _before_finite(reader, word)) is not None:
        return met
    if _is_beside(word) or _is_doing(word) or _joined_host(reader, word) is not None:
        return _behind(reader, word)
    doc, start = word.doc, word.i + 1
    owner = next((i for i in range(start, min(start + 4, len(doc))) if doc[i].tag_ == "POS"), 0)
    taken_for_deed = word.dep_ == "csubj" and word.head.lemma_ not in word_set("no_guest_verb")
    opens = (
        word.is_title or word_at(doc, word.i - 1) == ","
    )  # "In Lima, visiting Malian premier X laid"
    if not opens or not (owner or taken_for_deed):
        return None
    owned = reader.scene.at(owner - 1 if owner else start)
    countries = {r.country for r in owned if r.kind == "country"}
    for at in range(start, min(start + 11, len(doc))):
        for reference in reader.scene.at(at):
            if reference.kind == "person" and reference.country in countries:
                behind = reader.scene.bounds(reference)[1]
                return Actor(reference, at) if text_at(doc, behind) != "," else None
    return None


def _is_done_by(reader: ArgumentReader, word: Token, guest: Actor) -> bool:
    """Tell the president of "a dinner hosted by President X in honour of the visiting president".

    He is not X, though he was named last.
    """
    verb = governing_verb(word.head)
    agents = [c for c in verb.children if c.dep_ == "agent"] if verb is not None else []
    told = (d for agent in agents for d in agent.children if d.dep_ == "pobj")
    doers = [d for d in told if word not in d.subtree]
    return guest.key in {a.key for d in doers for a in reader.scene.actors(d)}


def _is_beside(word: Token) -> bool:
    """Tell "spoke beside visiting Minister X", "talks with visiting Minister X"."""
    guest = word.head if word.dep_ == "amod" else word
    prep = guest.head
    before = word.doc[max(0, word.i - 2) : word.i]
    between = before[-1:].text.lower() == "the"
    if guest.dep_ not in PREP_COMPLEMENTS or prep.i != word.i - 1 - between:
        return False
    next_to = prep.i and prep.lower_ == "to"  # "stood next to visiting Minister X"
    return (prep.nbor(-1) if next_to else prep).lower_ in word_set("beside_guest")


def _is_doing(word: Token) -> bool:
    """Tell "talks led by visiting Minister X" from "broke with custom by visiting Minister X"."""
    prep = word.head
    by = word.dep_ == "pcomp" and prep.lower_ == "by"
    return by and prep.head.tag_ == "VBN" and prep.i == prep.head.i + 1


def _joined_host(reader: ArgumentReader, word: Token) -> Reference | None:
    """Return A of "signed by President A and visiting Minister X".

    Not of "after meeting President A and visiting Minister X in Accra", where one visits him.
    """
    doc = word.doc
    if word.i < 2 or doc[word.i - 1].lower_ != "and" or word.head.tag_ == "VBG":
        return None
    for reference in reader.scene.at(word.i - 2):
        holder = reference.kind in PERSONAL_KINDS and reference.role_kind
        if holder and not reference.plural and is_country(reference.country or ""):
            return reference
    return None


def _behind(reader: ArgumentReader, word: Token) -> Actor | None:
    """Return X of "talks between visiting British premier X and Y", parsed as who visits X."""
    doc = word.doc
    for at in range(word.i + 1, min(word.i + _TITLE_REACH, len(doc))):
        if doc[at].pos_ in VERBS or doc[at].text == ",":
            return None
        for reference in reader.scene.at(at):
            behind = doc[reader.scene.bounds(reference)[1] :][:1]
            titled = any(t.pos_ in NOUNS for t in behind)  # "visiting US Secretary X"
            land = reference.kind in LAND_KINDS and reference.form != "adjective"
            if land and not titled:
                return None  # "with visiting Lima"
            if reference.kind == "person" and reference.form == "name":
                return Actor(reference, at)
    return None


def visiting(reader: ArgumentReader, word: Token, actor: Actor) -> Iterator[Candidate]:
    """Read a visiting guest as one of his hosts' country, else of the dateline's.

    "Visiting Malian premier X and Foreign Minister Y" are two, where both are Malian.
    """
    for guest in _listed(reader, word, actor):
        yield from _visits(reader, word, guest)


def _listed(reader: ArgumentReader, word: Token, guest: Actor) -> list[Actor]:
    """Return a guest and those of his country who are listed with him behind "visiting"."""
    told = (Actor(r, i) for i in range(word.i + 1, guest.token) for r in reader.scene.at(i))
    named = (a for a in told if a.reference.kind == "person" and a.reference.form == "name")
    first = next((a for a in named if a.country == guest.country), guest)
    listed = reader.scene.actors_from(first)
    if guest.key not in {one.key for one in listed}:
        listed = [guest]
    own = (one for one in listed if one.country == guest.country and one.reference.name)
    return [guest if one.key == guest.key else one for one in own] or [guest]


def _visits(reader: ArgumentReader, word: Token, actor: Actor) -> Iterator[Candidate]:
    """Read one of those whom "visiting" is said of."""
    if actor.is_party or actor.reference.plural:
        return
    here = reader.scene.here
    host, place = _ground(reader, word, actor)
    spot = (place or (here if host is None else None)) if here is not None else None
    fact, when = _of_guest(reader, word)
    land = spot.country if spot is not None else host if here is not None else None
    if told := _trips_now(reader, word, actor, land):
        land = land or told[0].destination
        if all(_is_ahead(reader, trip) for trip in told):
            fact, when = Fact("planned", weak=True), When()
        elif fact.status == "completed":
            fact, when = Fact("ongoing"), When()  # "the visiting premier took office in 2021"
    if actor.country is not None and (spot is None or actor.country != spot.country):
        yield Candidate(
            rule="visiting",
            at=word.i,
            actor=actor,
            origin=actor.country,
            spot=spot,
            destination=land,
            inviter=host,
            fact=fact,
            when=when,
            score=0.66,
        )


def _trips_now(
    reader: ArgumentReader, word: Token, guest: Actor, land: str | None
) -> list[Candidate]:
    """Return what earlier sentences tell of a guest's trip there, lately and not of old."""
    start = reader.scene.sentence(word.i).start
    told = (c for c in reader.told_of(guest) if c.at < start)
    there = (c for c in told if c.destination is not None and land in {None, c.destination})
    return [c for c in there if c.status in MADE_OR_PLANNED and not is_of_old(reader, c)]


def _is_ahead(reader: ArgumentReader, trip: Candidate) -> bool:
    """Tell a trip that is dated behind the day of the news."""
    day, now = trip.day or trip.when.start, reader.scene.article.published
    return trip.status == "planned" and bool(day and now) and compare(day, now) > 0


def _before_finite(reader: ArgumentReader, word: Token) -> Actor | None:
    """Return X of "Visiting Czech Foreign Minister X on Monday met the president".

    "Visiting Czech Foreign Minister X, he said" does not fire: he may be the one who visits.
    """
    doc = word.doc
    if word.i and doc[word.i - 1].pos_ == "AUX":
        return None
    for at in range(word.i + 1, min(word.i + _TITLE_REACH, reader.scene.sentence(word.i).end)):
        for reference in reader.scene.at(at):
            end = reader.scene.bounds(reference)[1]
            if reference.kind == "person" and reference.role_kind and reference.form == "name":
                set_off = doc[at - 1].text == "," and text_at(doc, end) == ","
                return Actor(reference, at) if _is_doer(doc, end + set_off) else None
        placed = any(r.kind in LAND_KINDS for r in reader.scene.at(at - 1))
        apart = doc[at].text == "," and not placed  # "Visiting Mali, Prime Minister X said"
        within = doc[at].lower_ in {"of", "for", "the"} or (apart and word.is_title)
        if doc[at].pos_ not in NOMINALS and not within and doc[at].text != ".":
            return None
    return None


def _is_doer(doc: Doc, end: int) -> bool:
    """Tell whether a finite verb stands at a token, or behind the day there."""
    at = end
    while at < len(doc) and (doc[at].ent_type_ in TIMES or doc[at].lower_ == "on"):
        at += 1
    return any(token.tag_ in FINITE for token in doc[at : at + 1])


def _ground(reader: ArgumentReader, word: Token, guest: Actor) -> tuple[str | None, Spot | None]:
    """Return the country of a guest's hosts and the place where he is, by his own sentence.

    "Visiting X met President Y of Peru", "dined with the visiting X in Lima" tell it; "said ties
    with Peru were good" does not.
    """
    here, verb = reader.scene.here, governing_verb(word)
    lands = {code for code in _hosts(reader, word, guest) if code != guest.country}
    if verb is None or (here is not None and here.country in lands):
        return None, None
    if here is None and verb.lemma_ in word_set("quotes"):
        quoting = _who_quotes(reader, verb, guest)
        return (quoting.pop() if len(quoting) == 1 else None), None
    spot = reader.local_spot(verb, None)
    town = spot is not None and spot.is_town and spot.country != guest.country
    told = verb.lemma_ not in words("speech") and not reader.is_remote(verb)
    if spot is not None and town and (spot.country in lands or told):
        return spot.country, spot
    joined = _joined_host(reader, word)
    if joined is not None and joined.country in lands:
        leads = reader.scene.subject(verb)
        others = reader.scene.actors(leads) if leads is not None and leads.i < word.i else []
        met = any(a.country not in {joined.country, guest.country} for a in others)
        return (None if met else joined.country), None  # "A met B and visiting Minister X"
    frames = {rule.frame for rule in verb_rules().get(verb.lemma_.lower(), ())}
    met = _is_beside(word) or (told and bool(frames & _WITH_HOST))
    return (lands.pop() if met and len(lands) == 1 else None), None


def _who_quotes(reader: ArgumentReader, verb: Token, guest: Actor) -> set[str]:
    """Return Thailand of "A Thai official quoted the visiting Fijian minister X as saying"."""
    subject = reader.scene.subject(verb)
    if subject is None or subject.lemma_.lower() in word_set("medium"):
        return set()
    if reader.scene.actor(subject) is None:
        return set()  # "A Thai daily quoted the visiting Fijian minister", wherever
    told = [r for t in subject.subtree for r in reader.scene.at(t.i)]
    codes = {r.country for r in told if r.country and is_country(r.country)}
    return codes - {guest.country}


def _hosts(reader: ArgumentReader, word: Token, guest: Actor) -> Iterator[str]:
    """Yield the countries of those whom a guest's sentence names beside him, by their offices."""
    sentence = reader.scene.sentence(word.i)
    for i in range(sentence.start, sentence.end):
        for reference in reader.scene.at(i):
            leads = reference.role_kind and reference.kind in PERSONAL_KINDS
            other = leads and not reference.plural and reference.actor != guest.key
            away = _abroad(reader, word, reference.actor) if other else None
            country = away.country if away is not None else reference.country
            if other and country and is_country(country):
                yield country


def _abroad(reader: ArgumentReader, word: Token, who: str | None) -> Spot | None:
    """Return where one is who has come there himself, by what was told of him just before.

    "A met the president in Lima. A also saw visiting Minister B" fires: B is in Lima as well.
    """
    number = reader.scene.sentence_of[word.i]
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > _AWAY_REACH:
            break
        if told.actor is None or told.actor.key != who:
            continue
        there = told.status in MADE and told.phase != "leave"
        foreign = told.spot is not None and told.destination != told.origin
        return told.spot if there and foreign and not told.previous else None
    return None


def _of_guest(reader: ArgumentReader, word: Token) -> tuple[Fact, When]:
    """Return the status and days of "visiting X": a guest of last month has gone home."""
    verb = governing_verb(word)
    when = reader.clock.when([verb], phase="whole") if verb is not None else When()
    published, day = reader.scene.article.published or "", when.end or when.start
    if day is None or len(published) < DAY:
        return Fact("ongoing"), When()
    eve = days_before(published, days=GUEST_DAYS)
    if day >= eve[: len(day)]:
        told = (when.start or day) <= published
        return Fact("ongoing"), to_month(replace(when, end=when.start)) if told else When()
    return Fact("completed"), to_month(when)


def met_guest(reader: ArgumentReader, word: Token) -> Actor | None:
    """Return the guest of "met visiting French Senator X", where the parse makes him visited."""
    if word.lower_ != VISITING or word.pos_ != "VERB" or _meeting(reader, word) is None:
        return None
    for token in word.doc[word.i + 1 : min(reader.scene.sentence(word.i).end, word.i + 8)]:
        for reference in reader.scene.at(token.i):
            if reference.kind == "person" and reference.form != "pronoun" and reference.country:
                return Actor(reference, token.i)
    return None


def _meeting(reader: ArgumentReader, word: Token) -> Token | None:
    """Return the "met" of "met visiting X", "met here on Monday at the palace visiting X".

    So the "called" of "called on visiting X". Not of "met the envoy at the palace while visiting
    X", "met at the palace on a day of rain, visiting X".
    """
    doc, setting = word.doc, False
    if text_at(doc, word.i - 1) == "on" and doc[word.i - 2].lemma_ in word_set("calls_on_guest"):
        return doc[word.i - 2]
    for i in range(
        word.i - 1, max(reader.scene.sentence(word.i).start - 1, word.i - _SET_REACH), -1
    ):
        token = doc[i]
        if {token.lemma_.lower(), token.lower_} & word_set("meets_guest"):
            near = i == word.i - 1
            return token if near or (setting and token.pos_ == "VERB") else None
        if i in reader.clock.covered or token.pos_ in {"ADP", "ADV"}:
            setting = True
        elif token.pos_ not in _OF_SETTING or any(
            r.name for r in reader.scene.at(i) if r.role_kind
        ):
            return None
        else:
            setting = False
    return None


def guest_met(reader: ArgumentReader, word: Token, guest: Actor) -> Iterator[Candidate]:
    """Yield the trip of a guest whom somebody met at home."""
    subject = reader.scene.subject(_meeting(reader, word) or word.nbor(-1))
    hosts = reader.scene.actors(subject) if subject is not None else []
    if not hosts and (nearest := reader.scene.nearest_before(word.i)) is not None:
        hosts = [nearest]
    if not hosts and (beside := _behind(reader, word)) is not None:
        yield from visiting(reader, word, beside)  # "At talks with visiting X, Minister Y said"
        return
    country = next((a.country for a in hosts if a.country not in {None, guest.country}), None)
    away = next((s for a in hosts if (s := _abroad(reader, word, a.key)) is not None), None)
    if away is not None:
        country, hosts = away.country, []
    if country is None and (spot := reader.local_spot(word, None)) is not None:
        country = spot.country if spot.is_town else None  # "The nun met visiting X in Lima"
    if country in {None, guest.country} or guest.reference.plural:
        return
    fact, when = _of_guest(reader, word)
    for one in _listed(reader, word, guest):
        yield Candidate(
            rule="visiting",
            at=word.i,
            actor=one,
            origin=one.country,
            spot=reader.local_spot(word, country) or away,
            destination=country,
            fact=fact,
            when=when,
            score=0.66,
            hosts=tuple(hosts),
        )


__all__ = ["guest_met", "met_guest", "visiting", "visiting_guest"]
