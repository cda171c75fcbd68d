"""The parser of articles: an installed spaCy pipeline, loaded when the first article needs it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from models import Article
from models.manifest import Model
from pipeline.fingerprint import find_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


class SpacyParser:
    """Parse with a spaCy pipeline."""

    name = "parse"
    packages = (
        "pipeline.nlp",
        "pipeline.parsing",
        "pipeline.segments",
        "pipeline.docs",
        "pipeline.inference",
    )
    libraries = ("spacy", "thinc", "numpy")

    def __init__(self, model: str) -> None:
        """Remember which pipeline parses.

        Raises:
            ModelError: none of that name is installed.
        """
        self._files = find_model(model)

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
    def _vocab(self) -> Vocab:
        # The stages read only what is stored in the Doc, so a blank vocabulary serves, and a run
        # that parses nothing loads no model. It is used even where the model is loaded: a stage
        # must see the same whether its Doc was made just now or in an earlier run.
        import spacy

        return spacy.blank("en").vocab

    def parse(self, article: Article, /) -> bytes:
        """Return the serialized Doc of an article."""
        from pipeline.nlp import annotated

        return annotated(self._nlp, article)

    def read(self, data: bytes, /) -> Doc:
        """Return the Doc that `parse` serialized."""
        from pipeline.docs import doc_of

        return doc_of(self._vocab, data)
