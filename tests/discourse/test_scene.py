"""One scene for all stages that read the same Doc and rows, and none that is out of date."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from models import Reference
from pipeline.article_doc import ArticleDoc
from pipeline.discourse import scene as scenes
from pipeline.discourse.scene import Scene, scene_of
from pipeline.discourse.stories import Story
from pipeline.stage import Case
from tests.discourse.parsed import VOCAB
from tests.reading import article_of

ARTICLE = article_of("Ruto left Peru .")
LAND = Reference(article_id=ARTICLE.id, start=10, end=14, text="Peru", kind="country", form="name")


def doc_of(kind: type[Doc] = ArticleDoc) -> Doc:
    return kind(Vocab(), words=ARTICLE.text.split(), sent_starts=[True, False, False, False])


def scene(doc: Doc, *rows: Reference, start: int = 0) -> Scene:
    case = Case(ARTICLE, doc, {Reference: list(rows)})
    return scene_of(case, Story(ARTICLE, start, len(doc)))


def test_stages_that_read_the_same_share_a_scene() -> None:
    doc = doc_of()
    assert scene(doc, LAND) is scene(doc, LAND)


def test_other_rows_stories_and_docs_have_scenes_of_their_own() -> None:
    doc = doc_of()
    first = scene(doc, LAND)
    assert scene(doc, LAND, start=1) is not first
    assert scene(doc_of(), LAND) is not first
    again = scene(doc, LAND.model_copy())
    assert again is not first
    assert scene(doc) is not again


def test_another_article_has_a_scene_of_its_own() -> None:
    doc = doc_of()
    first = scene(doc, LAND)
    other = ARTICLE.model_copy(update={"body_start": 5})
    case = Case(other, doc, {Reference: [LAND]})
    assert scene_of(case, Story(other, 0, len(doc))) is not first


def test_code_that_is_imported_anew_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = doc_of()
    first = scene(doc, LAND)
    monkeypatch.setattr(scenes, "Scene", type("Scene", (Scene,), {}))
    assert scene(doc, LAND) is not first


def test_of_a_doc_that_may_change_nothing_is_kept() -> None:
    doc = doc_of(Doc)
    assert scene(doc, LAND) is not scene(doc, LAND)


def test_a_sentence_is_known_by_its_words_and_their_lemmas() -> None:
    words = ["Ruto", "left", "Peru", ".", "Roads", "open", "."]
    lemmas = ["Ruto", "leave", "Peru", ".", "Road", "open", "."]
    starts = [at in {0, 4} for at in range(len(words))]
    doc = ArticleDoc(VOCAB, words=words, lemmas=lemmas, sent_starts=starts)
    article = article_of(doc.text)
    read = scene_of(Case(article, doc, {Reference: []}), Story(article, 0, len(doc)))
    assert read.forms(1) == {"ruto", "left", "peru", ".", "Ruto", "leave", "Peru"}
    assert read.forms(4) == read.forms(6) == {"roads", "open", ".", "Road", "road"}
