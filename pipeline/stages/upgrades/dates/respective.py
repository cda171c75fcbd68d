"""Dates that "respectively", or a list behind a colon, gives each of several parties in turn."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.timing.of_trips import partial
from pipeline.iso_lengths import YEAR
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.dates.counted_lists import entries_from
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.reading import Reading


def respective_dates(reading: Reading, token: Token, sets: Sequence[Parties]) -> dict[Parties, str]:
    """Return the date of each pair of "A and B opened ties with C in 1970 and 1972, respectively".

    Also of "in 1970 and 1972", dates that stand beside each other behind the verb, one a pair.
    Empty where the sentence says no such thing, or has more dates than pairs.
    """
    sentence = reading.scene.sentence(token.i)
    if len(sets) < 2:
        return {}
    if all(t.lower_ != "respectively" for t in sentence):
        return _in_row(reading, token, sets)
    told = [
        pair[0]
        for date in reading.scene.dates_in(sentence.start_char, sentence.end_char)
        if date.type == "DATE" and (pair := partial(date)) is not None
    ]
    told = told[-len(sets) :]  # what else is dated stands before
    shared = frozenset.intersection(*sets)
    named = reading.parties.codes(sentence.start, sentence.end)
    told_of = frozenset().union(*sets) - shared
    order = [code for code in sorted(named, key=named.__getitem__) if code in told_of]
    if len(shared) != 1 or len(told) != len(sets) or len(order) != len(sets):
        return {}
    return {shared | {code}: day for code, day in zip(order, told, strict=True)}


def _in_row(reading: Reading, token: Token, sets: Sequence[Parties]) -> dict[Parties, str]:
    """Return the date of each pair, whose dates stand beside each other behind a verb."""
    shared = frozenset.intersection(*sets)
    row = [day for day, _ in _row(reading, token)] if token.pos_ == "VERB" else []
    if len(shared) != 1 or len(row) != len(sets) or len(set(row)) != len(row):
        return {}
    sentence = reading.scene.sentence(token.i)
    end = _row(reading, token)[0][1]
    named = reading.parties.codes(sentence.start, end)
    told_of = frozenset().union(*sets) - shared
    order = [code for code in sorted(named, key=named.__getitem__) if code in told_of]
    if len(order) != len(sets):
        return {}
    return {shared | {code}: day for code, day in zip(order, row, strict=True)}


def _row(reading: Reading, token: Token) -> list[tuple[str, int]]:
    """Return the dates that stand beside each other behind a verb, and where each begins."""
    row: list[tuple[str, int]] = []
    last = None
    sentence = reading.scene.sentence(token.i)
    for start, end, date in reading.clock.between(token.i, sentence.end):
        pair = partial(date)
        if pair is None or (last is not None and not _joins(token.doc[last:start])):
            break
        row, last = [*row, (single(pair), start)], end
    return row


def dates_in_row(reading: Reading, token: Token, codes: Sequence[str]) -> dict[str, str]:
    """Return the date of each of "Peru, Chad and Oman, which got it in 1987, 2004 and 2015".

    Empty where not just so many dates stand beside each other behind the verb.

    Args:
        codes: those who did so, in any order.
    """
    sentence = reading.scene.sentence(token.i)
    row = [day for day, _ in _row(reading, token)]
    named = reading.parties.codes(sentence.start, token.i)
    order = sorted((c for c in codes if c in named), key=named.__getitem__)
    if len(order) < 2 or len(order) != len(row) or len(order) != len(codes):
        return {}
    return dict(zip(order, row, strict=True))


def _joins(between: Span) -> bool:
    """Tell what stands between the dates of a row: ", ", " and in "."""
    return all(t.lower_ in {",", "and", "in", "on"} for t in between)


def listed_dates(reading: Reading, token: Token, sets: Sequence[Parties]) -> dict[Parties, str]:
    """Return the date of each pair of "two states did so: Peru in 1982 and Chad in 1986".

    Also of "Peru (1982) and Chad (1986) did so", "admitted Peru (1982) and Chad (1986)"; empty
    where there is no such list.
    """
    if len(sets) < 2:
        return {}
    doc, sentence = reading.scene.doc, reading.scene.sentence(token.i)
    opens = next((i + 1 for i in range(token.i, sentence.end) if doc[i].text == ":"), None)
    for first, end in ((sentence.start, token.i), (token.i, sentence.end)):
        bracket = next((i for i in range(first, end) if doc[i].text == "("), None)
        if opens is None and bracket is not None:
            named = (i for i in range(first, bracket) if reading.parties.listed_from(i))
            opens = next(named, None)
    if opens is None:
        return {}
    dated = {e.code: e.date for e in entries_from(reading.parties, opens) if e.date}
    return {pair: dated[code] for pair in sets for code in sorted(pair) if code in dated}


def further_years(token: Token) -> list[str]:
    """Return the "1971" of "ties were suspended in 1965 and 1971", which was done once more.

    Also that of "in 1965 and again in 1971". Not that of "in 1970 or 1971", a doubt.
    """
    preps = [c for c in token.children if c.lower_ == "in" and c.dep_ == "prep"]
    years = [n for n in prep_objects(token, "in") if _is_year(n)]
    told = [node for year in years[:1] for node in (year, *year.conjuncts)]
    joined = [p for prep in preps for p in prep.conjuncts]
    joined += [c for c in token.children if c.dep_ == "conj" and c.lower_ == "again"]
    joined += [c for p in joined if p.lower_ == "again" for c in p.children]
    again = (p for p in (*joined, *preps) if p.i and _is_again(p))
    told += [n for p in again for n in p.children if _is_year(n) and n not in told]
    if any(c.lower_ == "or" for node in told for c in node.children):
        return []
    return [node.text for node in told[1:] if _is_year(node)]


def _is_again(prep: Token) -> bool:
    """Tell the "in" of "and again in 1971"."""
    return prep.lower_ == "in" and prep.nbor(-1).lower_ == "again"


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == YEAR


__all__ = ["dates_in_row", "further_years", "listed_dates", "respective_dates"]
