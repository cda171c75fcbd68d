"""The network that turns tokens into vectors: hashed embeddings, and windows over them.

Known is what spaCy calls `MultiHashEmbed` with a `MaxoutWindowEncoder`, as its English CPU
pipelines have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.tokens import Doc
from spacy.vectors import Mode
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]
Ints = NDArray[np.uint64]

#: Words whose vector is remembered; as many as this take some 40 MB.
REMEMBERED = 100_000
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
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best)
        spread /= width
        spread += _EPSILON
        np.sqrt(spread, out=spread)
        best /= spread[:, None]
        best *= self.scale
        best += self.shift
        return best


class _Embedding:
    """Vectors of words by themselves, each worked out once.

    They are worked out in double precision and rounded: in single precision the last bit would
    depend on which other words are worked out with them, and so on what was read before.
    """

    def __init__(self, vocab: Vocab, nodes: dict[str, list[Model[Any, Any]]]) -> None:
        self._vocab, self._ops = vocab, NumpyOps()
        self._columns: list[int] = nodes["extract_features"][0].attrs["columns"]
        self._tables = [
            (weights_of(node, "E"), node.attrs["seed"], column)
            for column, node in enumerate(nodes["hashembed"])
        ]
        static = nodes.get("static_vectors", [])
        self._projection = weights_of(static[0], "W").astype(np.float64).T if static else None
        self._mix = _Maxout.of(nodes["maxout"][0], nodes["layernorm"][0], np.float64)
        self.width = nodes["layernorm"][0].get_dim("nO")
        self._rows: dict[tuple[int, ...], int] = {}
        self._vectors = np.empty((1024, self.width), dtype=np.float32)

    def rows(self, features: Ints) -> list[int]:
        """Return where the vectors of some tokens are remembered."""
        keys = list(map(tuple, features.tolist()))
        get = self._rows.get
        found = [get(key, -1) for key in keys]
        if -1 in found:
            if len(self._rows) + len(keys) > REMEMBERED:
                self._rows.clear()
            self._learn(keys, features)
            found = [self._rows[key] for key in keys]
        return found

    def take(self, rows: Sequence[int]) -> Floats:
        """Return remembered vectors."""
        return self._vectors[rows]

    def features(self, docs: Sequence[Doc]) -> Ints:
        """Return the columns that words are told apart by: the form, and what is hashed."""
        columns = [ORTH, *self._columns]
        return np.concatenate([doc.to_array(columns) for doc in docs])

    def _learn(self, keys: list[tuple[int, ...]], features: Ints) -> None:
        new: dict[tuple[int, ...], int] = {}
        for position, key in enumerate(keys):
            if key not in self._rows and key not in new:
                new[key] = position
        start, total = len(self._rows), len(self._rows) + len(new)
        if total > len(self._vectors):
            grown = np.empty((max(total, 2 * len(self._vectors)), self.width), dtype=np.float32)
            grown[: len(self._vectors)] = self._vectors
            self._vectors = grown
        self._vectors[start:total] = self._embed(features[list(new.values())])
        self._rows.update(zip(new, range(start, total), strict=True))

    def _embed(self, features: Ints) -> NDArray[np.float64]:
        parts = []
        for table, seed, column in self._tables:
            ids = np.ascontiguousarray(features[:, 1 + column])
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

    def __init__(self, vocab: Vocab, nodes: dict[str, list[Model[Any, Any]]]) -> None:
        self._embedding = _Embedding(vocab, nodes)
        self._layers = [
            _Maxout.of(maxout, norm, np.float32)
            for maxout, norm in zip(nodes["maxout"][1:], nodes["layernorm"][1:], strict=True)
        ]

    def __call__(self, docs: Sequence[Doc]) -> Floats:
        """Return the vectors of the tokens of some Docs, one below the other."""
        width = self._embedding.width
        lengths = [len(doc) for doc in docs]
        rows = self._embedding.rows(self._embedding.features(docs))
        where, total = self._places(lengths)
        state = np.zeros((total, width), dtype=np.float32)
        state[where] = self._embedding.take(rows)
        step, item = state.strides
        for layer in self._layers:
            windows = as_strided(state, (total - 2, 3 * width), (step, item))
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


def tok2vec_of(model: Model[Any, Any], vocab: Vocab) -> Tok2Vec | None:
    """Return the network of a spaCy model, None where it is of another make."""
    nodes: dict[str, list[Model[Any, Any]]] = {}
    for node in model.walk(order="dfs_pre"):
        nodes.setdefault(node.name, []).append(node)
    if not _is_known(nodes, vocab):
        return None
    made = Tok2Vec(vocab, nodes)
    return made if _agrees(made, model, vocab) else None


def _is_known(nodes: dict[str, list[Model[Any, Any]]], vocab: Vocab) -> bool:
    counts = {name: len(found) for name, found in nodes.items()}
    depth = counts.get("expand_window", 0)
    if counts.get("extract_features") != 1 or not depth:
        return False
    columns = len(nodes["extract_features"][0].attrs["columns"])
    windows = all(node.attrs.get("window_size") == 1 for node in nodes["expand_window"])
    static = "static_vectors" not in nodes or (
        vocab.vectors.mode == Mode.default and len(vocab.vectors) > 0
    )
    return (
        windows
        and static
        and counts.get("hashembed") == columns
        and counts.get("maxout") == counts.get("layernorm") == depth + 1
    )


def _agrees(made: Tok2Vec, model: Model[Any, Any], vocab: Vocab) -> bool:
    """Hold the network against the model on a few words, so that no other make passes for it."""
    docs = [
        Doc(
            vocab, words=["The", "Minister", "didn't", "come", "on", "17", "May", ",", "\n", "1979"]
        ),
        Doc(vocab, words=["Xyzzy-Qu", "left"]),
    ]
    theirs = np.concatenate(model.predict(docs))
    return bool(np.allclose(made(docs), theirs, atol=_TOLERANCE))


__all__ = ["Floats", "Tok2Vec", "tok2vec_of", "weights_of"]
