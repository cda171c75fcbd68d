"""Where one says that one is, in one's own words: "the talks here in Rome", A told reporters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import DOUBLE_QUOTES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

HERE, WELCOME = "here", "welcome"
#: How many words of style and title may stand before a guest's name.
_STYLE = 5
#: How far before "have" one's gladness stands, and behind it "with us in", in tokens.
_GLAD_REACH, _US_REACH = 5, 16


def spoken_here(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "the talks here in Rome were hard," A told reporters: A is in Rome.

    Words of one at home there, and "here in Rome" of the report itself, do not fire.
    """
    placed = token.lower_ == HERE and word_behind(token) in {"in", "at"}
    spots = reader.scene.spots(token.i + 2) if placed else []
    if not spots or reader.is_remote(token) or not _is_quoted(reader, token):
        return
    spot = spots[0]
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    speakers = [a for a in _speakers(reader, token) if a.country != spot.country]
    for actor in speakers[:1]:
        for made in done(reader, token, rule, actors=[actor], spot=spot, within=True):
            yield replace(made, fact=Fact("ongoing", weak=True))


def welcomed(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "President A, welcome to Peru", "Welcome to Lima, Prime Minister B": the guest is there.

    "Moves by President A are welcome to Peru" does not fire.
    """
    doc, told = token.doc, any(c.dep_.startswith("nsubj") for c in token.children)
    if token.lower_ != WELCOME or told or text_at(doc, token.i + 1) != "to":
        return
    spot = next(iter(reader.scene.spots(token.i + 2)), None)
    called = token.i > 0 and doc[token.i - 1].text == ","
    if spot is None or not (called or token.dep_ in {"ROOT", "ccomp", "conj", "intj"}):
        return
    beside = [spot.end + 1] if text_at(doc, spot.end) == "," else []
    beside += [token.i - 2] if called else []
    guests = {
        reference.actor: Actor(reference, i, 0.9)
        for at in beside
        for i in range(at, min(at + _STYLE, len(doc)) if at > token.i else at + 1)
        for reference in reader.scene.at(i)
        if reference.name and reference.kind == "person" and reference.country != spot.country
    }
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    for made in done(reader, token, rule, actors=list(guests.values())[:1], spot=spot, within=True):
        yield replace(made, fact=Fact("ongoing", weak=True))


def had_here(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "We are glad to have President A with us (in Lima)": the guest is there.

    "We would be glad to have A with us in Lima", "glad to have A as a partner" do not fire.
    """
    doc = verb.doc
    if verb.lemma_ not in word_set("glad_of_guest") or verb.i < _GLAD_REACH:
        return
    before = doc[verb.i - _GLAD_REACH : verb.i]
    glad = any(t.lower_ in words("glad", "glad_noun") for t in before)
    if not glad or doc[verb.i - 1].lower_ != "to" or any(t.tag_ == "MD" for t in before):
        return
    with_us = next((i for i in range(verb.i, verb.i + _US_REACH) if _is_with_us(doc, i)), None)
    if with_us is None:
        yield from _had_at_home(reader, verb)
        return
    spot = next(iter(reader.scene.spots(with_us + 1)), None)
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    objects = objects or [c for s in verb.children for c in s.children if c.dep_ == "nsubj"]
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    guests = [a for head in objects for a in reader.scene.actors(head)]
    foreign = [a for a in guests if spot is not None and a.country != spot.country]
    for made in done(reader, verb, rule, actors=foreign, spot=spot, within=True):
        yield replace(made, fact=Fact("ongoing", weak=True))


def _had_at_home(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "We are glad to have President A among us," said B: A is in B's country.

    Not "to have President A with us on the line".
    """
    behind = verb.doc[verb.i : min(verb.i + _US_REACH, reader.scene.sentence(verb.i).end)]
    beside = any(
        behind[n : n + 2].text.lower() in word_set("beside_us")
        and word_at(behind, n + 2) not in word_set("through")
        for n in range(len(behind) - 1)
    )
    objects = [c for c in verb.children if c.dep_ in OBJECTS] if beside else []
    guests = [a for head in objects for a in reader.scene.actors(head) if not a.is_party]
    hosts = _speakers(reader, verb) if guests and not reader.is_remote(verb) else []
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    sentence = reader.scene.sentence(verb.i)
    named = reader.scene.places_in(sentence.start, sentence.end) if hosts else []
    for guest in guests if hosts else ():
        home = hosts[0].country
        leads = guest.reference.role_kind in words("leading_class")
        if home is None or not is_country(home) or guest.country in {None, home} or not leads:
            continue
        elsewhere = {r.country for r in named if r.country not in {home, guest.country}}
        if elsewhere:
            continue  # "among us," said B in Quito
        yield reader.make(
            rule,
            verb,
            actor=guest,
            spot=None,
            destination=home,
            fact=Fact("ongoing", weak=True),
            hosts=tuple(hosts[:1]),
            notes=("inside",),
        )


def _is_with_us(doc: Doc, i: int) -> bool:
    """Tell the "in" of "with us in Lima", "among us at", "here in Lima"."""
    if word_at(doc, i) not in {"in", "at"}:
        return False
    us = doc[i - 2 : i].text.lower() in {"with us", "among us", "with us here"}
    return us or doc[i - 1].lower_ == HERE


def _is_quoted(reader: ArgumentReader, token: Token) -> bool:
    """Tell a word behind an opening quotation mark of its sentence, or before a closing one."""
    sentence = reader.scene.sentence(token.i)
    before = sum(t.text in DOUBLE_QUOTES for t in sentence if t.i < token.i)
    behind = sum(t.text in DOUBLE_QUOTES for t in sentence if t.i > token.i)
    return before % 2 == 1 or (before == 0 and behind % 2 == 1)


def _speakers(reader: ArgumentReader, token: Token) -> list[Actor]:
    """Return whose words a quotation is, by the verb of saying in its sentence."""
    for verb in reader.scene.sentence(token.i):
        says = verb.pos_ == "VERB" and verb.lemma_ in word_set("says_so")
        subject = reader.scene.subject(verb) if says else None
        if subject is not None:
            named = [a for a in reader.scene.actors(subject) if a.reference.name]
            if named:
                return named
    return []


__all__ = ["HERE", "WELCOME", "had_here", "spoken_here", "welcomed"]
