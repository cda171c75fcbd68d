"""The network that turns tokens into vectors: hashed embeddings, and windows over them.

Known is what spaCy calls `MultiHashEmbed` with a `MaxoutWindowEncoder`, as its English CPU
pipelines have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX, intify_attr
from spacy.tokens import Doc
from spacy.vectors import Mode
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]
Ints = NDArray[np.uint64]

#: Words whose vector is remembered; as many as this take some 30 MB.
REMEMBERED = 30_000
#: What thinc's layer normalization adds to a variance.
_EPSILON = 1e-8
#: Two ways of working out the same vectors agree to this.
_TOLERANCE = 1e-3


def weights_of(layer: Model[Any, Any], name: str) -> NDArray[Any]:
    """Return an array of a layer."""
    return np.asarray(layer.get_param(name))


@dataclass(frozen=True)
class _Maxout:
    """A maxout layer with its normalization, its pieces side by side."""

    weights: NDArray[Any]  # inputs x (pieces * outputs)
    bias: NDArray[Any]
    scale: NDArray[Any]
    shift: NDArray[Any]
    pieces: int

    @classmethod
    def of(cls, maxout: Model[Any, Any], norm: Model[Any, Any], kind: type[Any]) -> _Maxout:
        weights, bias = weights_of(maxout, "W"), weights_of(maxout, "b")
        outputs, pieces, inputs = weights.shape
        return cls(
            weights=np.ascontiguousarray(
                weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs), dtype=kind
            ),
            bias=np.ascontiguousarray(bias.T.reshape(-1), dtype=kind),
            scale=weights_of(norm, "G").astype(kind),
            shift=weights_of(norm, "b").astype(kind),
            pieces=pieces,
        )

    def __call__(self, inputs: NDArray[Any]) -> NDArray[Any]:
        made: NDArray[Any] = inputs @ self.weights
        made += self.bias
        width = made.shape[1] // self.pieces
        best: NDArray[Any] = np.maximum(made[:, :width], made[:, width : 2 * width])
        for piece in range(2, self.pieces):
            np.maximum(best, made[:, piece * width : (piece + 1) * width], out=best)
        mean = np.add.reduce(best, axis=1, keepdims=True)
        mean /= width
        best -= mean
        spread = np.einsum("ij,ij->i", best, best)
        spread /= width
        spread += _EPSILON
        np.sqrt(spread, out=spread)
        best /= spread[:, None]
        best *= self.scale
        best += self.shift
        return best


class Words:
    """Numbers for the words that were met, so that each network finds their vectors by one look.

    Words are told apart by their form and all features that some network hashes.
    """

    columns = (ORTH, NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE)

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...], int] = {}
        self.features: Ints = np.empty((1024, len(self.columns)), dtype=np.uint64)
        #: How often all words were forgotten.
        self.round = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, docs: Sequence[Doc]) -> list[int]:
        """Return the numbers of the tokens of some Docs, in order."""
        features = np.concatenate([doc.to_array(list(self.columns)) for doc in docs])
        # The form decides all but its norm, which the tokenizer may set, and the space behind it.
        telling = zip(*(features[:, column].tolist() for column in (0, 1, 5)), strict=True)
        keys = list(telling)
        found = [self._numbers.get(key, -1) for key in keys]
        if -1 in found:
            if len(self._numbers) + len(keys) > REMEMBERED:
                self._numbers.clear()
                self.round += 1
            for key, row in zip(keys, features, strict=True):
                if key not in self._numbers:
                    self._add(key, row)
            found = [self._numbers[key] for key in keys]
        return found

    def _add(self, key: tuple[int, ...], features: Ints) -> None:
        number = len(self._numbers)
        if number == len(self.features):
            self.features = np.concatenate([self.features, np.empty_like(self.features)])
        self.features[number] = features
        self._numbers[key] = number


class _Embedding:
    """Vectors of words by themselves, each worked out once.

    They are worked out in double precision and rounded: in single precision the last bit would
    depend on which other words are worked out with them, and so on what was read before.
    """

    def __init__(self, vocab: Vocab, words: Words, nodes: dict[str, list[Model[Any, Any]]]) -> None:
        self._vocab, self._words, self._ops = vocab, words, NumpyOps()
        columns = nodes["extract_features"][0].attrs["columns"]
        self._tables = [
            (weights_of(node, "E"), node.attrs["seed"], words.columns.index(intify_attr(column)))
            for column, node in zip(columns, nodes["hashembed"], strict=True)
        ]
        static = nodes.get("static_vectors", [])
        self._projection = weights_of(static[0], "W").astype(np.float64).T if static else None
        self._mix = _Maxout.of(nodes["maxout"][0], nodes["layernorm"][0], np.float64)
        self.width = nodes["layernorm"][0].get_dim("nO")
        self._vectors = np.empty((0, self.width), dtype=np.float32)
        self._known, self._round = 0, words.round

    def __call__(self, numbers: Sequence[int]) -> Floats:
        """Return the vectors of words."""
        words = self._words
        if self._round != words.round:
            self._known, self._round = 0, words.round
        if self._known < len(words):
            if len(self._vectors) < len(words):
                grown = np.empty((len(words.features), self.width), dtype=np.float32)
                grown[: self._known] = self._vectors[: self._known]
                self._vectors = grown
            new = slice(self._known, len(words))
            self._vectors[new] = self._embed(words.features[new])
            self._known = len(words)
        return self._vectors[numbers]

    def _embed(self, features: Ints) -> NDArray[np.float64]:
        parts = []
        for table, seed, column in self._tables:
            ids = np.ascontiguousarray(features[:, column])
            keys = self._ops.hash(ids, seed) % table.shape[0]
            parts.append(self._ops.gather_add(table, keys))
        if self._projection is not None:
            parts.append(self._static(features[:, 0]))
        return self._mix(np.hstack(parts).astype(np.float64))

    def _static(self, forms: Ints) -> NDArray[np.float64]:
        vectors = self._vocab.vectors
        rows = vectors.find(keys=np.ascontiguousarray(forms))
        projected: NDArray[np.float64] = vectors.data[rows].astype(np.float64) @ self._projection
        projected[rows < 0] = 0
        return projected


class Tok2Vec:
    """A network of the known make."""

    def __init__(self, vocab: Vocab, words: Words, nodes: dict[str, list[Model[Any, Any]]]) -> None:
        self._embedding = _Embedding(vocab, words, nodes)
        self._layers = [
            _Maxout.of(maxout, norm, np.float32)
            for maxout, norm in zip(nodes["maxout"][1:], nodes["layernorm"][1:], strict=True)
        ]

    def __call__(self, lengths: Sequence[int], numbers: Sequence[int]) -> Floats:
        """Return the vectors of the tokens of some Docs, one below the other.

        Args:
            lengths: of the Docs, none of them empty.
            numbers: of their words, as `Words` gives them.
        """
        width = self._embedding.width
        where, total = self._places(lengths)
        state = np.zeros((total, width), dtype=np.float32)
        state[where] = self._embedding(numbers)
        step, item = state.strides
        for layer in self._layers:
            windows = np.ndarray((total - 2, 3 * width), np.float32, state, 0, (step, item))
            state[1:-1] += layer(np.ascontiguousarray(windows))
        return state[where]

    def _places(self, lengths: Sequence[int]) -> tuple[NDArray[np.intp], int]:
        """Return the row of every token, and the number of rows.

        Between the Docs lie as many empty rows as there are layers, as in training: what a window
        sees beyond the end of a Doc.
        """
        places, at = [], 1
        for length in lengths:
            at += len(self._layers)
            places.append(np.arange(at, at + length))
            at += length
        return np.concatenate(places), at + len(self._layers) + 1


def tok2vec_of(model: Model[Any, Any], vocab: Vocab, words: Words) -> Tok2Vec | None:
    """Return the network of a spaCy model, None where it is of another make."""
    nodes: dict[str, list[Model[Any, Any]]] = {}
    for node in model.walk(order="dfs_pre"):
        nodes.setdefault(node.name, []).append(node)
    if not _is_known(nodes, vocab):
        return None
    made = Tok2Vec(vocab, words, nodes)
    return made if _agrees(made, model, vocab, words) else None


def _is_known(nodes: dict[str, list[Model[Any, Any]]], vocab: Vocab) -> bool:
    counts = {name: len(found) for name, found in nodes.items()}
    depth = counts.get("expand_window", 0)
    if counts.get("extract_features") != 1 or not depth:
        return False
    columns = [intify_attr(name) for name in nodes["extract_features"][0].attrs["columns"]]
    windows = all(node.attrs.get("window_size") == 1 for node in nodes["expand_window"])
    static = "static_vectors" not in nodes or (
        vocab.vectors.mode == Mode.default and len(vocab.vectors) > 0
    )
    return (
        windows
        and static
        and set(columns) <= set(Words.columns)
        and counts.get("hashembed") == len(columns)
        and counts.get("maxout") == counts.get("layernorm") == depth + 1
    )


def _agrees(made: Tok2Vec, model: Model[Any, Any], vocab: Vocab, words: Words) -> bool:
    """Hold the network against the model on a few words, so that no other make passes for it."""
    docs = [
        Doc(
            vocab, words=["The", "Minister", "didn't", "come", "on", "17", "May", ",", "\n", "1979"]
        ),
        Doc(vocab, words=["Xyzzy-Qu", "left"]),
    ]
    theirs = np.concatenate(model.predict(docs))
    mine = made([len(doc) for doc in docs], words.number(docs))
    return bool(np.allclose(mine, theirs, atol=_TOLERANCE))


__all__ = ["Floats", "Tok2Vec", "Words", "tok2vec_of", "weights_of"]
