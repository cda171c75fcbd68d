"""The parser of articles: an installed spaCy pipeline, loaded when the first article needs it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models import Article
from models.manifest import Model
from pipeline.fingerprint import find_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


#: What the stages ask of a word; the dozen more that spaCy works out of each new one, none asks.
ASKED = (
    "lower",
    "is_alpha",
    "is_digit",
    "is_lower",
    "is_punct",
    "is_space",
    "is_stop",
    "is_title",
    "is_upper",
)
#: Characters of text after which a vocabulary forgets the words that it met on the way.
FORGET_AFTER = 1_000_000


class _Zone:
    """spaCy's memory zone, left and entered anew from time to time.

    A vocabulary keeps every word that it meets, so that a run's memory would grow with its input.
    """

    def __init__(self, enter: Callable[[], AbstractContextManager[Any]]) -> None:
        self._enter, self._open = enter, ExitStack()
        self._is_open, self._taken = False, 0

    def take(self, characters: int) -> None:
        """Count what was read."""
        self._taken += characters

    def close(self) -> None:
        """Leave the zone."""
        self._open.close()
        self._is_open = False

    def renew(self) -> None:
        """Forget the words met, where they have become many."""
        if self._is_open and self._taken < FORGET_AFTER:
            return
        self._open.close()
        self._open.enter_context(self._enter())
        self._is_open, self._taken = True, 0


class SpacyParser:
    """Parse with a spaCy pipeline."""

    name = "parse"
    packages = (
        "pipeline.nlp",
        "pipeline.parsing",
        "pipeline.segments",
        "pipeline.docs",
        "pipeline.article_doc",
        "pipeline.familiar",
        "pipeline.inference",
        "pipeline.casing",
        "pipeline.name_casing",
        "pipeline.headings",
        "pipeline.labels",
        "pipeline.hyphens",
        "pipeline.joints",
        "pipeline.run_on_lists",
        "pipeline.styles",
        "pipeline.shown",
        "pipeline.signs",
        "pipeline.surnames",
        "pipeline.word_order",
        "pipeline.datelines",
        "pipeline.reference",
    )
    libraries = ("spacy", "thinc", "numpy")

    def __init__(self, model: str) -> None:
        """Remember which pipeline parses.

        Raises:
            ModelError: none of that name is installed.
        """
        self._files = find_model(model)
        self._zones: list[_Zone] = []

    @cached_property
    def _identity(self) -> Model:
        return self._files.identity()

    def identity(self) -> Model:
        """Return the pipeline's name, version and the sum over its files, without loading it."""
        return self._identity

    @cached_property
    def _nlp(self) -> Language:
        from pipeline.nlp import load_model  # spaCy takes half a second to import

        return load_model(self._files.name)

    @cached_property
    def _nlp_zone(self) -> _Zone:
        from pipeline.nlp import reader_for

        reader_for(self._nlp)  # what it keeps is not to be forgotten
        return self._keep(_Zone(self._nlp.memory_zone))

    @cached_property
    def _vocab_zone(self) -> _Zone:
        return self._keep(_Zone(self._vocab.memory_zone))

    def _keep(self, zone: _Zone) -> _Zone:
        self._zones.append(zone)
        return zone

    @cached_property
    def _vocab(self) -> Vocab:
        # The stages read only what is stored in the Doc, so a blank vocabulary serves, and a run
        # that parses nothing loads no model. It is used even where the model is loaded: a stage
        # must see the same whether its Doc was made just now or in an earlier run.
        from spacy.attrs import intify_attr
        from spacy.lang.en import English
        from spacy.vocab import create_vocab

        # A whole blank pipeline would bring a tokenizer, which nobody asks here.
        vocab: Any = create_vocab(English.lang, English.Defaults)
        told = vocab.lex_attr_getters
        vocab.lex_attr_getters = {number: told[number] for number in map(intify_attr, ASKED)}
        return vocab  # type: ignore[no-any-return]

    def parse(self, article: Article, /) -> bytes:
        """Return the serialized Doc of an article."""
        from pipeline.nlp import annotated

        self._nlp_zone.take(len(article.text))
        return annotated(self._nlp, article)

    def words(self, data: bytes, /) -> str:
        """Return all words and lemmas of a serialized Doc, in lower case, a line each."""
        from pipeline.docs import words_of

        return words_of(data)

    def let_go(self, doc: Doc, /) -> None:
        """Take apart a Doc that `read` returned and nobody uses any more."""
        from pipeline.article_doc import ArticleDoc

        if isinstance(doc, ArticleDoc):
            doc.let_go()

    def release(self) -> None:
        """Forget from time to time the words met; no Doc read before may be used any more."""
        for zone in self._zones:
            zone.renew()

    def unload(self) -> None:
        """Let go of the model and of all words; they are loaded again when they are needed."""
        for zone in self._zones:
            zone.close()
        self._zones.clear()
        for name in ("_nlp", "_nlp_zone", "_vocab", "_vocab_zone"):
            self.__dict__.pop(name, None)
        gc.collect()

    def read(self, data: bytes, /) -> Doc:
        """Return the Doc that `parse` serialized."""
        from pipeline.docs import doc_of

        self._vocab_zone.take(2 * len(data))  # a character takes about half a byte
        return doc_of(self._vocab, data)
