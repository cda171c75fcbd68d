"""Offices whose land is the subject of their sentence: "Kenya kept up ties and the president …"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE, SUBJECTS, VERBS
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set


def give_subject_lands(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> None:
    """Give "the president" of "Kenya has kept up ties and the president went to Lima" Kenya.

    Not "the president" of "Kenya has kept up ties and the president is glad", "and the president
    will return to Kenya", "Kenya is the last stop of the tour and the president will go on to
    Peru", nor of a sentence that names somebody before the office.
    """
    told = (p for p in parties if p.is_country and p.form == "name")
    lands = {i: p for p in told for i in range(p.start, p.end)}
    sites = [*((p.start, p.country) for p in places), *((i, p.code) for i, p in lands.items())]
    for office in offices if lands else ():
        bare = office.country is None and not office.plural and office.determiner == "the"
        if not bare or office.former or office.form.scope not in NATIONAL:
            continue
        if not _opens_clause(doc, office):
            continue
        sentence = doc[office.start].sent
        if _is_stop(sentence.root):
            continue
        subjects = (c for c in sentence.root.children if c.dep_ in SUBJECTS and c.i < office.start)
        land = next((lands[c.i] for c in subjects if c.i in lands), None)
        if land is None or any(land.start < name.start < office.start for name in names):
            continue
        around = {code for at, code in sites if office.end <= at < sentence.end}
        there = any(t.lower_ == "there" for t in doc[office.end : sentence.end])
        goes = there or (around - {land.code} and land.code not in around)
        if goes and not any(name.start == office.end for name in names):
            office.country = land.code


def _is_stop(verb: Token) -> bool:
    """Tell "Kenya is the last stop of the tour", which is whose land another has."""
    told = (c for c in verb.children if c.dep_ == "attr")
    return verb.lemma_ == "be" and any(c.lemma_.lower() in word_set("is_a_place") for c in told)


def _opens_clause(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "and the president visited", by the words: the parse may join it to what is before."""
    behind = doc[office.end : office.end + 1]
    verb = bool(len(behind)) and behind[0].pos_ in VERBS and behind[0].tag_ in FINITE
    return verb and office.start > 0 and doc[office.start - 1].lower_ in word_set("joins_clauses")


__all__ = ["give_subject_lands"]
