"""Several offices that one plural names: "the foreign and defence ministers"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.reference.offices import OfficeForm, office_forms
from pipeline.stages.entities.spans import OfficeSpan

_LINKS = frozenset({"and", "&", ",", "-"})
#: How many words name a portfolio at most ("foreign affairs").
_LONGEST = 2
_MINISTERS = ("ministers of ", "minister of ")


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, OfficeForm]:
    return {form.form: form for form in office_forms()}


def _before(doc: Doc, start: int, noun: str) -> Iterator[tuple[int, str]]:
    """Yield the portfolios before token `start` with where they begin, the nearest first."""
    at = start
    while at > 1 and doc[at - 1].lower_ in _LINKS:
        for length in range(1, _LONGEST + 1):
            begins = at - 1 - length
            named = doc[max(0, begins) : at - 1].text.lower()
            if begins >= 0 and f"{named} {_one(noun)}" in _forms():
                at = begins
                yield begins, named
                break
        else:
            return


def single_offices(doc: Doc, office: OfficeSpan) -> tuple[OfficeSpan, ...]:
    """Return the foreign and the defence minister of "the foreign and defence ministers".

    So those of "the ministers of economy and transport"; none where the plural is of one office
    or of several countries.
    """
    if not office.plural or len(office.countries) > 1:
        return ()
    noun = doc[office.head_end - 1].lower_
    named = [name for _, name in _before(doc, office.head_start, noun)]
    if named:
        one = [f"{name} {_one(noun)}" for name in [*reversed(named), _last(doc, office)]]
        return tuple(_as(office, title) for title in one if title in _forms())
    title = office.title.lower()
    if title.startswith(_MINISTERS[0]) and (further := _behind(doc, office)):
        first = title.removeprefix(_MINISTERS[0])
        return tuple(_as(office, f"{_MINISTERS[1]}{name}") for name in (first, further))
    return ()


def _one(noun: str) -> str:
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


def _last(doc: Doc, office: OfficeSpan) -> str:
    return doc[office.head_start : office.head_end - 1].text.lower()


def _behind(doc: Doc, office: OfficeSpan) -> str:
    """Return the "transport" of "the ministers of economy | and transport arrived", or ""."""
    at = office.end
    if at + 2 >= len(doc) or doc[at].lower_ != "and" or doc[at + 1].pos_ != "NOUN":
        return ""
    ended = doc[at + 2].pos_ in {"VERB", "AUX", "PUNCT", "ADP"}
    return doc[at + 1].lower_ if ended and doc[at + 1].tag_ == "NN" else ""


def _as(office: OfficeSpan, title: str) -> OfficeSpan:
    """Return a plural office as one that a single person holds."""
    form = _forms().get(title, office.form._replace(form=title))
    return replace(office, form=form._replace(plural=False), title=title, plural=False, shared=True)


__all__ = ["single_offices"]
