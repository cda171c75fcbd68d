"""Why an article gave the records that it gave: its triggers, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models import Article, Record, Upgrade, Visit
from pipeline.codec import unpack_rows
from pipeline.config import Settings
from pipeline.discourse.trace import Note, tracing
from pipeline.errors import ReaderError, StoreError
from pipeline.freshness import Freshness
from pipeline.plan import Plan
from pipeline.readers import read_inputs
from pipeline.stage import Case, Stage
from pipeline.stages import build_stages
from pipeline.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The stages that tell of themselves.
TOLD = ("visits", "upgrades")


@dataclass(frozen=True)
class Step:
    """What a stage did with one trigger; `fate` is `silent`, `found`, `dropped` or `kept`."""

    stage: str
    rule: str
    fate: str
    why: str
    record: Visit | Upgrade | None


@dataclass(frozen=True)
class Trigger:
    """A word that may tell of a visit or a change; offsets count code points in the article."""

    start: int
    end: int
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence with its triggers, none where no word in it could tell of anything."""

    start: int
    end: int
    text: str
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True)
class Explanation:
    """An article sentence by sentence.

    Args:
        stale: whether its records were made by other code.
        more: whether its file holds others, not explained.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    stale: bool = False
    more: bool = False

    def _repr_html_(self) -> str:
        """Return the explanation as a notebook shows it."""
        from pipeline.showing import explanation_html

        return explanation_html(self)

    @property
    def kept(self) -> list[Visit | Upgrade]:
        """The records that the article gives, in order of first telling."""
        steps = (s for each in self.sentences for t in each.triggers for s in t.steps)
        found = {step.record.id: step.record for step in steps if step.record is not None}
        return list(found.values())


def explain_stored(folder: Path, settings: Settings, article_id: str) -> Explanation:
    """Explain an article of a run, from what the store holds.

    What other code made is made anew in memory, and the explanation says so.

    Raises:
        StoreError: the folder holds no run, no such article, or it was rejected.
    """
    plan = build_stages(settings)
    with Store(folder, read_only=True) as store:
        known = [s for s in store.states() if s.article_id.startswith(article_id)]
        exact = [state for state in known if state.article_id == article_id] or known
        if len(exact) != 1:
            many = f"{len(exact)} articles begin with" if exact else "no article"
            raise StoreError(f"{many} {article_id!r} in {folder}")
        (state,) = exact
        article = store.article(state.article_id)
        need = Freshness(plan, settings).need(state)
        parsed = store.payload(article.id, plan.parser.name)
        rows: dict[str, Mapping[type[Record], Sequence[Record]]] = {}
        for stage in plan.stages:
            packed = store.payload(article.id, stage.name)
            if packed is None:
                raise StoreError(f"{article.id} was rejected: `communique inspect rejects`")
            if stage.name not in need.run:
                rows[stage.name] = unpack_rows(stage.makes, packed)
    if parsed is None or plan.parser.name in need.run:
        parsed = plan.parser.parse(article)
    explained = _explain(plan, article, plan.parser.read(parsed), rows)
    return Explanation(article, explained.sentences, stale=bool(need.run))


def explain_text(source: str, settings: Settings) -> Explanation:
    """Explain the first article of a file, or of standard input (`-`).

    Raises:
        ReaderError: it holds no article.
    """
    plan = build_stages(settings)
    items = read_inputs(
        [source],
        published=settings.ingest.published,
        max_characters=settings.ingest.max_characters,
    )
    first = next(items, None)
    if not isinstance(first, Article):
        reason = first.reason if first is not None else "empty"
        raise ReaderError(source, reason, first.detail if first is not None else "no article in it")
    more = next(items, None) is not None
    return replace(explain_article(plan, first), more=more)


def explain_article(plan: Plan, article: Article) -> Explanation:
    """Explain an article that is at hand; parses it."""
    return _explain(plan, article, plan.parser.read(plan.parser.parse(article)), {})


def _explain(
    plan: Plan,
    article: Article,
    doc: Doc,
    stored: Mapping[str, Mapping[type[Record], Sequence[Record]]],
) -> Explanation:
    """Run the stages that tell of themselves again; take the rows of the others as stored."""
    rows = dict(stored)
    notes: list[tuple[str, Note]] = []
    for stage in plan.stages:
        if stage.name in stored and stage.name not in TOLD:
            continue
        with tracing() as heard:
            found = list(stage.find(Case(article, doc, _needed(stage, rows))))
        made: dict[type[Record], list[Record]] = {}
        for row in found:
            made.setdefault(type(row), []).append(row)
        rows[stage.name] = made
        notes += ((stage.name, note) for note in heard)
    return Explanation(article, tuple(_sentences(article, doc, notes)))


def _needed(
    stage: Stage, rows: Mapping[str, Mapping[type[Record], Sequence[Record]]]
) -> dict[type[Record], Sequence[Record]]:
    return {kind: found for name in stage.needs for kind, found in rows[name].items()}


def _sentences(article: Article, doc: Doc, notes: Iterable[tuple[str, Note]]) -> Iterator[Sentence]:
    by_token: dict[int, list[Step]] = {}
    for stage, note in notes:
        record = note.record if isinstance(note.record, Visit | Upgrade) else None
        step = Step(stage, note.rule, note.fate, note.why, record)
        steps = by_token.setdefault(note.at, [])
        if step not in steps:
            steps.append(step)
    for span in doc.sents:
        text = article.text[span.start_char : span.end_char]
        if not text.strip():
            continue
        triggers = tuple(
            Trigger(
                doc[at].idx,
                doc[at].idx + len(doc[at]),
                doc[at].text,
                tuple(_settled(by_token[at])),
            )
            for at in range(span.start, span.end)
            if at in by_token
        )
        yield Sentence(span.start_char, span.end_char, text, triggers)


def _settled(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield a trigger's steps, and where a candidate just vanished, that it did."""
    yield from steps
    ended = {(step.stage, step.rule) for step in steps if step.fate in {"kept", "dropped"}}
    for step in steps:
        if step.fate == "found" and (step.stage, step.rule) not in ended:
            ended.add((step.stage, step.rule))
            why = "it fits no trip that is told, and tells none by itself"
            yield Step(step.stage, step.rule, "dropped", why, None)


__all__ = [
    "Explanation",
    "Sentence",
    "Step",
    "Trigger",
    "explain_article",
    "explain_stored",
    "explain_text",
]
