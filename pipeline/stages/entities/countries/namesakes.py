"""Those who are called as one who is known leads a country, and are others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc

from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import Leader, leaders_by_name, leaders_named
from pipeline.signs import GENITIVES
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import name_words, word_set

#: What ends an office told behind a name, which is then no item of a list.
_CLOSES = frozenset({",", ".", ";", ")", ""})
#: So many years after one led a land a minister of the name is another.
_LONG_AGO = 5
#: A whole name has so many words and more.
_WHOLE = 2


def in_office_elsewhere(
    doc: Doc, person: Person, years: Collection[int], adjectives: Collection[int]
) -> str | None:
    """Return the country that one leads whom the text seems to give an office of another.

    "Scholz, Polish premier to meet" and "Ukraine | Secretary of State Antony Blinken" do; not
    "Fiji's Health Minister David Cameron", who is a namesake.

    Args:
        years: those that the article is of or names.
        adjectives: where the adjectives of countries end.
    """
    told = {office.country for office in person.offices if office.country}
    if len(person.words) < _WHOLE or not told or person.countries:
        return None
    rows = leaders_by_name().get(fold(person.name)) or _titled_near(person)
    codes = {row.code for row in rows}
    if len(codes) != 1 or codes & told or not is_country(next(iter(codes))):
        return None
    if any(_is_told_firmly(doc, *held, rows, adjectives) for held in _held(person)):
        return None
    tops = [row for row in rows if row.office in word_set("top_office")]
    before = min((row.start for row in tops), default=0)
    if years and not any(map(is_country, told)) and max(years) < before:
        return None  # "ICJ President X", who came to lead his country later
    if not any(row.held_in(year) for row in tops for year in years):
        return None
    return codes.pop()


def is_namesake(
    person: Person,
    rows: Sequence[Leader],
    named: Collection[str],
    *,
    known: bool,
    years: Collection[int] = (),
) -> bool:
    """Tell the Egyptian lawyer Mohamed Bashir from Syria's Mohammed al-Bashir.

    So is whose name is written otherwise, or is that of one who never led the land, and who holds
    no office of a state, in a text that names others and not the land. So is "Agriculture Minister
    Anwar Ibrahim" there, whoever is premier of Malaysia.

    Args:
        named: the countries and organizations that the article names.
        known: whether one who leads is called so to the letter.
        years: those that the article is of or names.
    """
    if any(row.code in named for row in rows):
        return False
    near = len(person.words) > 1 and not known
    minor = bool(rows) and all(row.office not in word_set("known_everywhere") for row in rows)
    public = any(office.form.scope != "other" for office in person.offices)
    if (near or minor) and named and not public:
        return True
    return _serves_below(person, rows, named, near=near, years=years)


def _serves_below(
    person: Person,
    rows: Sequence[Leader],
    named: Collection[str],
    *,
    near: bool,
    years: Collection[int],
) -> bool:
    """Tell a minister called as one who heads, or once led, a land that is not named."""
    offices = [o for o in person.offices if o.kind not in {"counterpart", "delegation"}]
    states = all(o.form.office in word_set("one_of_cabinet") and not o.former for o in offices)
    if not (rows and offices and states and years and any(map(is_country, named))):
        return False
    if len(person.words) < _WHOLE or not all(_is_another(office, rows) for office in offices):
        return False
    return near or _heads(rows, years) or all(_is_over(row, years, offices) for row in rows)


def _heads(rows: Sequence[Leader], years: Collection[int]) -> bool:
    """Tell whether one headed a state or its government in all the years and around them."""
    return any(
        row.office in word_set("heads_state_or_government")
        and all(row.start < year and (row.end is None or year < row.end) for year in years)
        for row in rows
    )


def _is_over(row: Leader, years: Collection[int], offices: Sequence[OfficeSpan]) -> bool:
    """Tell who left an office long ago, or whenever, where the text tells of "its" minister."""
    owned = any(office.determiner == "its" for office in offices)
    return row.end is not None and row.end + (0 if owned else _LONG_AGO) < min(years)


def _is_another(office: OfficeSpan, rows: Sequence[Leader]) -> bool:
    """Tell an office that none of a leader's is: not the "Minister" of a foreign minister."""
    general = office.form.form in word_set("ministerial")
    return not general and all(office.form.office != row.office for row in rows)


def _held(person: Person) -> Iterator[tuple[NameSpan, OfficeSpan]]:
    """Yield the mentions of a person and the offices beside each."""
    yield from ((span, office) for span in person.spans for office in span.offices)


def _is_told_firmly(
    doc: Doc,
    span: NameSpan,
    office: OfficeSpan,
    rows: Sequence[Leader],
    adjectives: Collection[int],
) -> bool:
    """Tell "Danish Foreign Minister X", once of the Faroe Islands, as the text says.

    So "the health minister of Fiji, X", and "X, health minister of Fiji," of whom no leader of
    the name was one.
    """
    if not office.country or office.plural or len(span.text.split()) < _WHOLE:
        return False
    adjective = any(office.start < end <= office.head_start for end in adjectives)
    before = office.end
    while before < span.start and doc[before].lower_ in name_words()["honorific"] | {"."}:
        before += 1
    if before == span.start and adjective:
        return True
    owned = text_at(doc, office.head_start - 1) in GENITIVES
    if not (adjective or owned or office.end > office.head_end):
        return False
    if before == span.start:
        return True
    if office.end + 1 == span.start:
        return text_at(doc, office.end) == "," and text_at(doc, span.end) != "and"
    if office.start < span.end or not _is_another(office, rows):
        return False
    between = doc[span.end : office.start].text
    if between == ",":
        return text_at(doc, office.end) in _CLOSES
    return "," not in between or between.startswith(", who")


def _titled_near(person: Person) -> tuple[Leader, ...]:
    """Return whom "President Edgar Chagwa Lungu" calls by a fuller name, of the office told."""
    kinds = {office.form.office for office in person.offices}
    rows = leaders_named(person.name)
    return rows if any(row.office in kinds for row in rows) else ()


__all__ = ["in_office_elsewhere", "is_namesake"]
