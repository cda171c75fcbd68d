"""The corpus is whole: its labels fit the format, and stand on the words of its articles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePath

import pytest

from models import Article
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.readers import read_inputs
from pipeline.reference.countries import is_country
from pipeline.reference.organizations import organization_name

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
GOLD = load_gold(CORPUS / "gold")

#: Words in a row that two texts on one subject may share by chance, at most.
LONGEST_COMMON_RUN = 7

VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:T?[\dX]+(?:\.\d+)?[YMWDHS]|[\dX]+(?:[ECL]|DE|CE|Q))+"
    r"|[\dX]{2,4}(?:-(?:[\dX]{2}|W[\dX]{2}|Q[\dX]|H[\dX]|SP|SU|FA|WI)(?:-(?:[\dX]{2}|\d|WE))?)?"
    r"(?:T(?:[\dX]{2}(?::[\dX]{2})?|MO|MI|AF|EV|NI|DT))?"
)

each_gold = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.article)


@cache
def articles() -> dict[str, Article]:
    """Return the articles by the names that gold gives them."""
    named = {}
    for article in read_inputs([CORPUS / "articles"]):
        assert isinstance(article, Article), article
        file = PurePath(article.source_path).name
        named[f"{file}#{article.id}" if file.endswith(".jsonl") else file] = article
    return named


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    length = LONGEST_COMMON_RUN + 1
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


@each_gold
def test_the_article_is_there(gold: GoldArticle) -> None:
    assert gold.article in articles()


def test_gold_is_named_after_its_article() -> None:
    for gold in GOLD:
        file, _, row = gold.article.partition("#")
        stem = re.sub(r"(\.\w+)(\.gz)?$", "", file)
        assert (CORPUS / "gold" / f"{stem}{'_' if row else ''}{row}.json").exists(), gold.article


@each_gold
def test_quotes_stand_in_the_article(gold: GoldArticle) -> None:
    text = articles()[gold.article].text
    quotes = [visit.evidence for visit in gold.visits or ()]
    quotes += [upgrade.evidence for upgrade in gold.upgrades or ()]
    for quote in quotes:
        assert quote
        assert quote in text, quote


@each_gold
def test_names_stand_in_the_article(gold: GoldArticle) -> None:
    article = articles()[gold.article]
    found = set(words(article.text))
    if article.source_path.endswith(".html"):  # bylines count, and may lie outside the text
        found |= set(words(Path(article.source_path).read_text(encoding="utf-8")))
    persons = [person.name for person in gold.persons or ()]
    visitors = [visit.visitor for visit in gold.visits or () if visit.visitor]
    for name in (*persons, *visitors):
        assert set(words(name)) <= found, name
    assert set(visitors) <= set(persons)


@each_gold
def test_dates_stand_in_the_article(gold: GoldArticle) -> None:
    text = articles()[gold.article].text
    dates = gold.dates or ()
    assert not [date for date in dates if date.span(text) is None]
    assert len({date.span(text) for date in dates}) == len(dates)


@each_gold
def test_dates_are_well_formed(gold: GoldArticle) -> None:
    for date in gold.dates or ():
        for value in (date.value or "XXXX").split("/"):
            assert VALUE.fullmatch(value), date
        assert (date.earliest is None) == (date.latest is None), date
        assert (date.earliest or "") <= (date.latest or ""), date
    for visit in gold.visits or ():
        if visit.start and visit.end:
            shorter = min(len(visit.start), len(visit.end))
            assert visit.start[:shorter] <= visit.end[:shorter], visit


@each_gold
def test_codes_are_well_formed(gold: GoldArticle) -> None:
    visits, upgrades = gold.visits or (), gold.upgrades or ()
    assert all(is_country(code) for code in gold.countries or ())
    assert list(gold.countries or ()) == sorted(set(gold.countries or ()))
    named = {visit.origin for visit in visits} | {visit.destination for visit in visits}
    named |= {party for upgrade in upgrades for party in upgrade.parties}
    named |= {person.country for person in gold.persons or ()}
    for code in named - {None}:
        assert code
        assert is_country(code) or organization_name(code), code
    for upgrade in upgrades:
        assert len(upgrade.parties) > 1, upgrade
        assert list(upgrade.parties) == sorted(set(upgrade.parties)), upgrade
        for level in (upgrade.level, upgrade.previous_level):
            assert level is None or re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", level), upgrade


@each_gold
def test_a_visitor_comes_from_elsewhere(gold: GoldArticle) -> None:
    for visit in gold.visits or ():
        assert visit.origin is None or visit.origin != visit.destination, visit
        assert visit.visitor or visit.role or visit.origin, visit


def test_there_is_enough_of_everything() -> None:
    assert len(articles()) >= 60
    assert len(GOLD) >= 45
    assert sum(gold.part == "test" for gold in GOLD) >= 20
    assert sum(gold.is_empty for gold in GOLD) >= 15
    for part in ("dev", "test"):
        assert any(gold.is_empty for gold in GOLD if gold.part == part)


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_readme_counts_right(part: str) -> None:
    golds = [gold for gold in GOLD if gold.part == part]
    records = [
        sum(len(getattr(gold, key) or ()) for gold in golds)
        for key in ("visits", "upgrades", "persons", "countries", "dates")
    ]
    empty = sum(gold.is_empty for gold in golds)
    row = " | ".join(map(str, (part, len(golds), empty, *records)))
    assert f"| {row} |" in (CORPUS / "README.md").read_text(encoding="utf-8"), row


@pytest.mark.skipif(not SEED, reason="the seed article is not part of this project's files")
def test_nothing_is_copied_from_the_seed() -> None:
    seed = set().union(*(runs(path.read_text(encoding="utf-8")) for path in SEED))
    for name, article in articles().items():
        assert not runs(article.text) & seed, name
