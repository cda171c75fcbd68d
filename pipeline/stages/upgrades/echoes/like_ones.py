"""Partnerships like the one told last: "the one with Peru was signed in 2018".

Also "it has similar partnerships with Fiji (2019) and Oman (2021)", "followed by one with Chad".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.labels import OBJECTS, PAST
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.listed import dated_partners
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import making_verbs, words

#: How many sentences behind a partnership another like it is told of.
_REACH = 1


def read_like_ones(
    reading: Reading, token: Token, history: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the partnerships with others that a verb says to be made like that told last."""
    source = _source(reading, token, history)
    noun, level = _noun_of(token), None
    if noun is None and source is not None:
        noun, level = _named_behind(reading, token)
    if noun is None or source is None or is_negated(token):
        return
    behind = next(c.i for c in (*noun.children, *token.children) if c.lower_ == "with") + 1
    dated = dated_partners(reading, behind, reading.scene.sentence(token.i).end)
    days: dict[str, str | None] = {partner.code: partner.date for partner in dated}
    in_turn = any(t.lower_ == "respectively" for t in reading.scene.sentence(token.i))
    if token.lemma_.lower() not in words("keeps") and not days and not in_turn:
        day = reading.date(token)
        days = dict.fromkeys(reading.parties.listed_from(behind), day)
    kept = _kept(reading, token, source, days)
    for code, day in days.items():
        if kept is not None and code not in source.parties and day is not None:
            yield replace(
                source,
                rule="like_one",
                at=token.i,
                parties=frozenset({kept, code}),
                level=level.name if level is not None else source.level,
                level_text=level.text if level is not None else source.level_text,
                owners=(kept,),
                date=day,
                status="planned" if reading.is_to_come(day) else "completed",
                report=None,
                spoken=None,
                score=0.8,
            )


def _source(reading: Reading, token: Token, history: Sequence[Candidate]) -> Candidate | None:
    last = next((c for c in reversed(history) if c.level is not None), None)
    if last is None or last.change != "upgrade" or len(last.parties) != len(("one", "other")):
        return None
    if last.level in words("diplomatic_level", "conferred"):
        return None
    number = reading.scene.sentence_of
    return last if number[token.i] - number[last.at] <= _REACH else None


def _noun_of(verb: Token) -> Token | None:
    """Return the "one" of "the one with Peru was signed", "followed by one with Peru"."""
    lemma = verb.lemma_.lower()
    made = lemma in making_verbs() or lemma in words("signed", "signs")
    if lemma == "follow" and verb.tag_ == "VBN":
        nouns = prep_objects(verb, "by")
    elif any(c.dep_ == "auxpass" for c in verb.children):
        nouns = [c for c in verb.children if c.dep_ == "nsubjpass"] if made else []
    elif (made and verb.tag_ in PAST) or lemma in words("keeps"):
        nouns = [c for c in verb.children if c.dep_ in OBJECTS]
        nouns += prep_objects(verb, "into") if lemma == "enter" else []
    else:
        return None
    behind = any(c.lower_ == "with" and c.i > verb.i for c in verb.children)
    return next((noun for noun in nouns if _is_like(noun, with_behind=behind)), None)


def _named_behind(reading: Reading, verb: Token) -> tuple[Token | None, Level | None]:
    """Return the level of "followed by the treaty on a partnership with Peru", and its noun."""
    if verb.lemma_ != "follow" or verb.tag_ != "VBN":
        return None, None
    papers = [n for n in prep_objects(verb, "by") if n.lemma_.lower() in words("document")]
    for level in reading.levels.beside(verb) if papers else ():
        span = reading.levels.span(level)
        if span is None or level.name in words("diplomatic_level", "conferred"):
            continue
        led = any(c.lower_ == "with" for c in span.root.children)
        if led and papers[0] in span.root.ancestors:
            return span.root, level
    return None, None


def _is_like(noun: Token, *, with_behind: bool) -> bool:
    """Tell "the one with Peru", "similar partnerships with Peru" from "the talks with Peru".

    Args:
        with_behind: whether the verb has the "with" of "a similar deal was struck with Peru".
    """
    own = any(c.lower_ == "with" and c.i > noun.i for c in noun.children)
    if not own and not (with_behind and noun.dep_ == "nsubjpass"):
        return False
    if noun.lower_ in words("other_one"):
        return not any(c.dep_ in {"amod", "compound"} for c in noun.children)
    alike = any(c.lower_ in words("alike") for c in noun.children)
    return alike and noun.lemma_.lower() in words("document", "like_tie")


def _kept(
    reading: Reading, verb: Token, source: Candidate, partners: dict[str, str | None]
) -> str | None:
    """Return who has the other partnerships too: the subject, else who made that told last."""
    doers = [code for code in reading.parties.owners(verb) if code not in partners]
    if verb.lemma_ != "follow" and len(doers) == 1:
        return doers[0] if doers[0] in source.parties else None
    made = source.owners if len(source.owners) == 1 else ()
    counts = reading.parties.counts
    named = [code for code in source.owners if code in source.parties]
    ranked = sorted(dict.fromkeys((*named, *sorted(source.parties))), key=is_country)
    most = max(ranked, key=lambda code: counts.get(code, 0))  # of equals a body, else the first
    return next(iter(made), most)


__all__ = ["read_like_ones"]
