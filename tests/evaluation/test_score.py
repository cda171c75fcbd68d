from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from models import Article, DateExpression, Entity, Evidence, Party, Span, Upgrade, Visit, Visitor
from models.visit import Destination
from pipeline.errors import ReaderError
from pipeline.evaluation import Report, evaluate, score
from pipeline.evaluation.assign import assign
from pipeline.evaluation.compare import same_name, same_office
from pipeline.evaluation.found import Found, load_outputs
from pipeline.evaluation.gate import failures, load_floors
from pipeline.evaluation.gold import GoldArticle, GoldDate, load_gold
from pipeline.evaluation.regions import NOWHERE, region_of

TEXT = "Ana Sá of Cabo Verde flew to Accra on May 3. She will be back on May 3 next year."


def article(name: str = "a.txt", **given: object) -> Article:
    values = {"id": name, "source_path": f"in/{name}", "text": TEXT, "characters": len(TEXT)}
    return Article.model_validate(values | given)


def visit(name: str | None = "Ana Sá", **given: object) -> Visit:
    values: dict[str, object] = {
        "id": "visit-1",
        "visitor": Visitor(name=name, role=given.pop("role", None)),  # type: ignore[arg-type]
        "origin": Party(code="CPV", name="Cabo Verde"),
        "destination": Destination(code="GHA", name="Ghana"),
        "status": "completed",
        "confidence": 0.5,
        "evidence": (Evidence(article_id="a.txt", start=0, end=4, text="Ana ", rule="fly"),),
    }
    return Visit.model_validate(values | given)


def upgrade(**given: object) -> Upgrade:
    values: dict[str, object] = {
        "id": "upgrade-1",
        "parties": (Party(code="CPV", name="Cabo Verde"), Party(code="GHA", name="Ghana")),
        "level": "strategic_partnership",
        "change": "upgrade",
        "status": "completed",
        "confidence": 0.5,
        "evidence": (Evidence(article_id="a.txt", start=0, end=4, text="Ana "),),
    }
    return Upgrade.model_validate(values | given)


def gold_visit(visitor: str | None = "Ana Sá", **given: object) -> dict[str, object]:
    trip = {"visitor": visitor, "origin": "CPV", "destination": "GHA", "status": "completed"}
    return trip | given


def gold(**given: object) -> GoldArticle:
    return GoldArticle.model_validate({"article": "a.txt", "part": "dev"} | given)


def figures(report: Report, measure: str, part: str = "dev") -> tuple[int, int, int]:
    counted = report.tallies[part].scores[measure]
    return counted.right, counted.found, counted.gold


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("To Lam", "Lam", True),
        ("Xi Jinping", "Xi", True),
        ("Ana Sá", "ANA SA", True),
        ("Jean N’Guessan", "N'Guessan", True),
        ("Ana Sá", "Ana Costa", False),
        ("", "Ana", False),
    ],
)
def test_names_agree_by_their_words(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Minister of Defence", "the defence minister", True),
        ("ministers", "minister", True),
        (None, None, True),
        ("delegations", None, True),
        ("Chief Justice", "Prosecutor General", False),
        ("minister", None, False),
    ],
)
def test_offices_agree_by_a_telling_word(one, other, same):
    assert same_office(one, other) is same


def test_a_visit_is_right_in_the_main_or_in_full():
    labelled = gold(visits=[gold_visit(start="2024-05-03", end="2024-05-03")])
    found = visit(start="2024-05-03", end="2024-05-04")
    report = score([labelled], [Found(article(), visits=[found])])
    assert figures(report, "visits.loose") == (1, 1, 1)
    assert figures(report, "visits.strict") == (1, 1, 1)
    fields = report.tallies["dev"].fields
    assert (fields["visits.start"]["right"], fields["visits.end"]["right"]) == (1, 0)
    assert [miss.kind for miss in report.misses] == ["inexact"]
    wrong = visit(start="2024", status="planned")
    report = score([labelled], [Found(article(), visits=[wrong])])
    assert figures(report, "visits.loose") == (1, 1, 1)
    assert figures(report, "visits.strict") == (0, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": None},
        {"destination": Destination()},
        {"destination": Destination(code="TGO", name="Togo")},
        {"visitor": Visitor(name="Ana Costa")},
        {"visitor": Visitor(role="minister")},
    ],
)
def test_another_traveller_or_country_is_a_miss_and_a_false_find(wrong):
    report = score([gold(visits=[gold_visit()])], [Found(article(), visits=[visit(**wrong)])])
    assert figures(report, "visits.loose") == (0, 1, 1)
    assert [(miss.kind, miss.rule) for miss in report.misses] == [("missed", ""), ("false", "fly")]


def test_two_trips_of_one_person_go_to_their_own_gold():
    labelled = gold(visits=[gold_visit(start="2011"), gold_visit(start="2018")])
    founds = [visit(start="2018"), visit(start="2011")]
    report = score([labelled], [Found(article(), visits=founds)])
    assert figures(report, "visits.strict") == (2, 2, 2)


@pytest.mark.parametrize(("one", "other", "same"), [(9, 2, True), (1, 0, False), (0, 2, False)])
def test_counts_agree_as_one_many_or_uncounted(one, other, same):
    labelled = gold(visits=[gold_visit(None, count=one)])
    report = score([labelled], [Found(article(), visits=[visit(None, count=other)])])
    assert figures(report, "visits.strict")[0] == same


def test_upgrades():
    given = {"parties": ["GHA", "CPV"], "level": "strategic_partnership", "change": "upgrade",
             "status": "completed", "date": "2024"}  # fmt: skip
    labelled = gold(upgrades=[given, given | {"level": None}])
    report = score([labelled], [Found(article(), upgrades=[upgrade(), upgrade(status="proposed")])])
    assert figures(report, "upgrades.loose") == (1, 2, 2)
    assert figures(report, "upgrades.strict") == (0, 2, 2)


def test_figures_by_region():
    found = Found(
        article(),
        visits=[visit(), visit(destination=Destination(code="PER", name="Peru"))],
        upgrades=[upgrade()],
    )
    report = score(
        [gold(visits=[gold_visit(), gold_visit(destination=None)], upgrades=[])], [found]
    )
    visits = report.tallies["dev"].regions["visits"]
    assert {name: (s.right, s.found, s.gold) for name, s in visits.items()} == {
        "Africa": (1, 1, 2),
        "South America": (0, 1, 0),
    }
    assert report.to_dict()["dev"]["regions"]["upgrades"]["Africa"]["found"] == 1
    assert "visits by region" in report.to_text()


@pytest.mark.parametrize(
    ("record", "region"),
    [
        (visit(), "Africa"),
        (visit(destination=Destination(code=None)), "Africa"),
        (visit(origin=None, destination=Destination(code=None)), NOWHERE),
        (upgrade(parties=(Party(code="EU", name="EU"), Party(code="UZB", name="UZB"))), "Asia"),
    ],
)
def test_a_record_lies_where_it_leads(record, region):
    assert region_of(record) == region


def test_persons_by_their_whole_name():
    def person(name: str, *where: str, **given: object) -> Entity:
        mentions = [
            Span(article_id=place, start=0, end=1, text="x") for place in where or ("a.txt",)
        ]
        values = {
            "id": name,
            "kind": "person",
            "name": name,
            "country": "CPV",
            "mentions": mentions,
        }
        return Entity.model_validate(values | given)

    labelled = gold(persons=[{"name": "Ana Sá", "country": "CPV"}, {"name": "Rui Dias"}])
    founds = [person("Ana Sa"), person("Rui Dias"), person("Strategic Partnership")]
    report = score([labelled], [Found(article(), entities=founds)])
    assert figures(report, "persons.name") == (2, 3, 2)
    assert figures(report, "persons.country") == (1, 3, 2)
    fuller = person("Ana Maria Sá", aliases=("Ana Sá",))
    merged = person("Ana Maria Sá", "a.txt", "b.txt", aliases=("Ana Sá",))
    for entity, right in ((fuller, 0), (merged, 1)):
        report = score([labelled], [Found(article(), entities=[entity])])
        assert figures(report, "persons.name") == (right, 1, 2)


def test_countries_are_a_set_without_organizations():
    def country(code: str) -> Entity:
        return Entity(id=code, kind="country", name=code, country=code)

    labelled = gold(countries=["CPV", "GHA", "EU"])
    report = score([labelled], [Found(article(), entities=[country("CPV"), country("TGO")])])
    assert figures(report, "countries.code") == (1, 2, 2)


def test_dates_by_span_type_and_value():
    def date(start: int, end: int, **given: object) -> DateExpression:
        values = {"id": "d", "article_id": "a.txt", "start": start, "end": end, "type": "DATE",
                  "text": TEXT[start:end], "value": "2024-05-03", "anchor": "none"}  # fmt: skip
        return DateExpression.model_validate(values | given)

    second = TEXT.rindex("May 3")
    day = {"text": "May 3", "type": "DATE", "value": "2024-05-03"}
    labelled = gold(dates=[day, day | {"nth": 2, "text": "May 3 next year"[:5]}])
    founds = [date(38, 43), date(second, second + 15, value="2025-05-03"), date(0, 3)]
    report = score([labelled], [Found(article(), dates=founds)])
    assert figures(report, "dates.strict") == (1, 3, 2)
    assert figures(report, "dates.relaxed") == (2, 3, 2)
    assert figures(report, "dates.value") == (1, 3, 2)


def test_an_occurrence_is_counted_from_one():
    assert GoldDate(text="May 3", nth=2, type="DATE").span(TEXT) == (TEXT.rindex("May 3"),) * 1 + (
        TEXT.rindex("May 3") + 5,
    )
    assert GoldDate(text="May 3", nth=3, type="DATE").span(TEXT) is None


def test_what_was_not_labelled_is_not_scored():
    report = score([gold(visits=[])], [Found(article(), visits=[visit()], upgrades=[upgrade()])])
    assert set(report.tallies["dev"].scores) == {"visits.loose", "visits.strict"}


def test_false_finds_where_there_is_nothing_to_find():
    empty = gold(visits=[], upgrades=[])
    report = score([empty], [Found(article(), visits=[visit(), visit("B C")])])
    tally = report.tallies["dev"].to_dict()
    assert tally["empty_articles"] == 1
    assert tally["false_in_empty"] == {"visits": 2.0, "upgrades": 0.0}


def test_parts_are_told_apart_and_absent_articles_are_misses():
    golds = [gold(visits=[gold_visit()]), gold(article="b.txt", part="test", visits=[gold_visit()])]
    report = score(golds, [Found(article(), visits=[visit()])])
    assert list(report.tallies) == ["dev", "test", "all"]
    assert figures(report, "visits.loose", "test") == (0, 0, 1)
    assert figures(report, "visits.loose", "all") == (1, 1, 2)
    assert report.absent == ["b.txt"]
    assert "not in the outputs: b.txt" in report.to_text()


def test_an_article_answers_to_all_its_names():
    found = Found(article(other_paths=("copies/b.txt",), id="row-1"))
    assert found.names == {"a.txt", "b.txt", "a.txt#row-1", "b.txt#row-1"}


@pytest.mark.parametrize("seed", range(40))
def test_the_assignment_is_the_best_there_is(seed):
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 5), chance.randint(1, 5)
    scores = [[float(chance.choice([0, 0, 1, 3, 7])) for _ in range(columns)] for _ in range(rows)]
    pairs = assign(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    reached = sum(scores[row][column] for row, column in pairs)
    wide = [[*row, *[0.0] * rows] for row in scores]
    best = max(
        sum(wide[row][column] for row, column in enumerate(order))
        for order in itertools.permutations(range(columns + rows), rows)
    )
    assert reached == best


def write(folder: Path, name: str, rows: list[object]) -> None:
    data = [row.model_dump(mode="json") if hasattr(row, "model_dump") else row for row in rows]
    (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")


def outputs(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write(folder, "articles", [article(), article("b.txt")])
    shared = Evidence(article_id="b.txt", start=0, end=3, text="Ana")
    write(folder, "visits", [visit(evidence=(*visit().evidence, shared))])
    write(folder, "upgrades", [upgrade()])
    write(folder, "entities", [])
    write(folder, "dates", [])
    return folder


def test_evaluate_reads_folders(tmp_path):
    labels = tmp_path / "gold"
    labels.mkdir()
    for name, part in (("a", "dev"), ("b", "test")):
        row = gold(article=f"{name}.txt", part=part, visits=[gold_visit()], upgrades=[])
        (labels / f"{name}.json").write_text(row.model_dump_json(), encoding="utf-8")
    report = evaluate(labels, outputs(tmp_path / "out"))
    assert figures(report, "visits.loose", "all") == (2, 2, 2)
    assert figures(report, "upgrades.loose", "all") == (0, 1, 0)
    only = evaluate(labels, tmp_path / "out", part="test")
    assert list(only.tallies) == ["test"]
    text = report.to_text(misses=True)
    assert "visits: who, whence, whither" in text
    assert "false   upgrades  a.txt (dev)" in text
    json.dumps(report.to_dict(misses=True))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("{", "bad-gold"),
        ('{"article": "a.txt", "vists": []}', "vists"),
        ('{"article": "a.txt", "visits": [{"status": "done"}]}', "visits.0.status"),
        ('{"article": "a.txt", "upgrades": [{"parties": ["A"], "change": "rise"}]}', "change"),
    ],
)
def test_broken_gold_is_named(tmp_path, content, cause):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReaderError, match=cause):
        load_gold(tmp_path)


def test_missing_gold_and_outputs_are_named(tmp_path):
    with pytest.raises(ReaderError, match="missing"):
        load_gold(tmp_path / "none")
    with pytest.raises(ReaderError, match="empty"):
        load_gold(tmp_path)
    with pytest.raises(ReaderError, match="communique run"):
        load_outputs(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text('{"article": "a.txt"}', encoding="utf-8")
    with pytest.raises(ReaderError, match="labelled twice"):
        load_gold(tmp_path)


def test_the_gate_names_what_fell():
    golds = [
        gold(visits=[gold_visit()], upgrades=[]),
        gold(article="b.txt", visits=[], upgrades=[]),
    ]
    founds = [Found(article(), visits=[visit()]), Found(article("b.txt"), visits=[visit()])]
    report = score(golds, founds)
    assert failures(report, {"dev": {"visits.loose": 0.6, "false_in_empty.visits": 1}}) == []
    fallen = failures(
        report,
        {"dev": {"visits.loose": 0.9, "false_in_empty.visits": 0.5, "x": 0.1}, "test": {}},
    )
    assert len(fallen) == 4


def test_floors_are_a_mapping_of_numbers(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text('{"dev": {"visits.loose": 0.5}}', encoding="utf-8")
    assert load_floors(path) == {"dev": {"visits.loose": 0.5}}
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ReaderError, match="bad-floors"):
        load_floors(path)


def test_every_record_found_is_judged_with_its_confidence():
    found = Found(
        article(), visits=[visit(confidence=0.9), visit("Ben Oru", id="v2", confidence=0.6)]
    )
    report = score([gold(visits=[gold_visit()])], [found])
    told = [(one.confidence, one.right) for one in report.tallies["dev"].judged["visits"]]
    assert told == [(0.9, True), (0.6, False)]
