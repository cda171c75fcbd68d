"""Dependencies, decided as spaCy's transition-based parser decides them.

spaCy's own loop lets go of the interpreter's lock, and its compiled helpers take it again for
every small thing; this one steps through all sentences of an article at once and keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from pipeline.inference.layers import Linear, Lower, are_known
from pipeline.inference.tok2vec import Floats

#: Of the tokens that a state reads: two of the buffer, three of the stack, three children.
_ROLES = 8
_PROBE = (
    "The Foreign Minister, who came to Suva on Thursday, said that he would soon leave for Fiji."
)


class Parser:
    """The parser of a pipeline."""

    def __init__(self, parser: DependencyParser) -> None:
        layers = parser.model.layers
        self._parser = parser
        self._reduce = Linear(layers[0].layers[-1])
        self._lower = Lower(layers[1])
        self._upper = Linear(layers[2])
        self._shape = SimpleNamespace(state2vec=SimpleNamespace(nF=_ROLES))

    def parse(self, docs: Sequence[Doc], vectors: Floats) -> None:
        """Set heads, dependencies and sentence starts.

        Args:
            vectors: of the tokens of all Docs, one below the other.
        """
        moves = self._parser.moves
        batch = moves.init_batch(docs)
        states = [state for state in batch if not state.is_final()]
        roles = self._lower.roles
        # The first row stands for "no token", which spaCy numbers -1.
        present = self._lower.features(self._reduce(vectors))
        features = np.concatenate([self._lower.absent[None], present])
        flat = features.reshape(-1, features.shape[-1])
        shift = np.arange(roles) + roles
        while states:
            tokens = ParserStepModel.get_token_ids(self._shape, states)
            summed = flat.take(tokens * roles + shift, axis=0).sum(axis=1)
            summed += self._lower.bias
            scores = self._upper(self._lower.hidden(summed))
            states = self._parser.transition_states(states, scores)
        for state, doc in zip(batch, docs, strict=True):
            moves.set_annotations(state, doc)
            for hook in self._parser.postprocesses:
                hook(doc)


def parser_of(nlp: Language) -> Parser | None:
    """Return the parser of a pipeline, None where it is of another make."""
    parser: Any = nlp.get_pipe("parser")
    if type(parser) is not DependencyParser or parser.cfg.get("beam_width") != 1:
        return None
    if parser.model.attrs.get("unseen_classes") or not are_known(parser.model.layers, roles=_ROLES):
        return None
    made = Parser(parser)
    return made if _agrees(made, nlp) else None


def _agrees(made: Parser, nlp: Language) -> bool:
    mine, theirs = nlp.make_doc(_PROBE), nlp.make_doc(_PROBE)
    for doc in (mine, theirs):
        nlp.get_pipe("tok2vec")(doc)
    made.parse([mine], np.asarray(mine.tensor, dtype=np.float32))
    nlp.get_pipe("parser")(theirs)
    return _tree(mine) == _tree(theirs)


def _tree(doc: Doc) -> list[tuple[int, str]]:
    return [(token.head.i, token.dep_) for token in doc]


__all__ = ["Parser", "parser_of"]
