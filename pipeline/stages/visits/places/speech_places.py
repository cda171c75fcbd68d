"""Where words were said: "in a speech in Lima", "told reporters in Peru", "said from Lima"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verbs import verb_above
from pipeline.labels import OBJECTS, TIMES, UNDERGONE, VERBS
from pipeline.neighbours import agents_of, prep_objects
from pipeline.signs import CLOSES_SPEECH
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How far behind a verb of speech its audience may stand, in tokens.
_REACH = 12


def spoken_in(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where a speech was held, or those addressed were, whether city or country.

    "said in a speech in Lima", "told reporters on Sunday in Peru" fire; "told investors in Peru",
    who may be anywhere, and "said in a speech on the war in Lima" do not.
    """
    for prep in reader.scene.sentence(verb.i):
        if prep.lower_ not in {"in", "at"} or not (_is_of_speech(prep, verb)):
            continue
        spots = reader.scene.spots(prep.i + 1)
        if spots and not reader.scene.is_owner(spots[0].reference):
            return spots[0]
    return None


def spoken_from(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where one speaks from: "said from Lima", "told us by phone from Peru".

    "told journalists from Lima", "spoke from Peru to Chile" do not fire.
    """
    end = min(reader.scene.sentence(verb.i).end, verb.i + _REACH)
    for prep in verb.doc[verb.i + 1 : end]:
        if prep.pos_ in VERBS or prep.text in CLOSES_SPEECH | {","}:
            return None
        if prep.lower_ != "from" or not _is_way_of_speech(verb, prep):
            continue
        spots = reader.scene.spots(prep.i + 1)
        if not spots or reader.scene.is_owner(spots[0].reference):
            return None
        land = spots[0].reference.form == "name" and verb.doc[spots[0].end : spots[0].end + 1]
        there = spots[0].is_town or (land and land[0].lower_ != "to")
        return spots[0] if there else None
    return None


def said_so_in(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "disclosed this in Lima", "made this known in Lima".

    So of "This was disclosed by X in Lima", "The remarks were made by X in Lima"; "disclosed the
    deal in Lima", which may have been struck there, does not fire.
    """
    known = [c for c in verb.children if c.lower_ == "known"] if verb.lemma_ == "make" else []
    told = (c for c in verb.children if c.dep_ in UNDERGONE)
    if not known and not any(
        c.lower_ in word_set("said_so") or (c.dep_ == "nsubjpass" and _gives_speech(c, verb))
        for c in told
    ):
        return None
    by = agents_of(verb)
    for node in (verb, *known, *by):
        for prep in (c for c in node.children if c.lower_ in {"in", "at"} and c.i > verb.i):
            spots = reader.scene.spots(prep.i + 1)
            if spots and spots[0].is_town:
                return spots[0]
    return None


def _is_way_of_speech(verb: Token, prep: Token) -> bool:
    """Tell whether "from" stands right behind the verb, its date, the line or outlet used."""
    between = list(verb.doc[verb.i + 1 : prep.i])
    line = bool(between) and between[-1].lower_ in words("remote") | word_set("line_of_speech")
    outlet = [t for t in between if t.ent_type_ == "ORG" or t.pos_ == "PROPN"]
    told = {"to", "with", "the"} if outlet else set()
    return line or all(
        t.ent_type_ in TIMES or t.pos_ == "ADV" or t in outlet or t.lower_ in told for t in between
    )


def _is_of_speech(prep: Token, verb: Token) -> bool:
    """Tell the place of a verb's own speech or audience from that of its matter."""
    over = verb_above(prep)
    if over != verb:
        return False
    head = prep.head
    if head == verb or head.ent_type_ in TIMES:
        head = _before_date(prep)
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        head = head.head.head  # "an audience of bankers in Lima"
    if head == verb:
        return False
    if head.pos_ == "PROPN" and head.dep_ == "pobj" and head.head.lower_ in {"with", "to"}:
        over = head.head.head  # "in an interview with the BBC in Lima": a daily may be from there
        head = over if over.lemma_.lower() in word_set("held_to_speak") else head
    if head.head == verb and head.dep_ in OBJECTS and _gives_speech(head, verb):
        return True
    if head.lemma_.lower() in word_set("held_to_speak"):
        return any(t.lower_ in {"in", "during", "at"} and t.head == verb for t in head.ancestors)
    heard = word_set("audience") | (word_set("addressed") if verb.lemma_ == "address" else set())
    return head.lemma_.lower() in heard and head in addressed(verb)


def _gives_speech(noun: Token, verb: Token) -> bool:
    """Tell "gave a speech", "held a briefing"."""
    return noun.lemma_.lower() in word_set("held_to_speak") and verb.lemma_ in word_set("<gives>")


def _before_date(prep: Token) -> Token:
    """Return the token before a place and the date before it: "reporters on Sunday in Peru"."""
    at = prep.i - 1
    while at > 0 and (prep.doc[at].ent_type_ in TIMES or prep.doc[at].lower_ == "on"):
        at -= 1
    return prep.doc[at]


def addressed(verb: Token) -> Iterator[Token]:
    """Yield those to whom a verb of speech is said."""
    for child in verb.children:
        if child.dep_ in {"dobj", "obj", "dative", "iobj"} and child.pos_ != "ADP":
            yield child
            if _gives_speech(child, verb):  # "made the remarks to reporters"
                yield from prep_objects(child, "to")
        elif child.lower_ in {"to", "before"}:
            yield from child.children


__all__ = ["addressed", "said_so_in", "spoken_from", "spoken_in"]
