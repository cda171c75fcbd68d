"""The layers that spaCy's transition-based components have above their vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import Model

from pipeline.inference.tok2vec import Floats, weights_of


class Linear:
    """A linear layer."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        self.weights: Floats = np.ascontiguousarray(weights_of(layer, "W").T)
        self.bias: Floats = weights_of(layer, "b")

    def __call__(self, inputs: Floats) -> Floats:
        """Return a row of outputs for each row of inputs."""
        made: Floats = inputs @ self.weights
        made += self.bias
        return made


class Lower:
    """What each token adds to a state's hidden layer in each of its roles; two pieces, apart."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        weights, pad, bias = (weights_of(layer, name) for name in ("W", "pad", "b"))
        self.roles, outputs, pieces, inputs = weights.shape
        self._shape = (self.roles, pieces * outputs)
        self._weights: Floats = np.ascontiguousarray(
            weights.transpose(3, 0, 2, 1).reshape(inputs, -1)
        )
        self.bias: Floats = np.ascontiguousarray(bias.T.reshape(-1))
        #: What a role adds that no token has.
        self.absent: Floats = pad[0].transpose(0, 2, 1).reshape(self._shape)
        self._half = outputs

    def features(self, vectors: Floats) -> Floats:
        """Return what each token adds in each role."""
        return (vectors @ self._weights).reshape(len(vectors), *self._shape)

    def hidden(self, summed: Floats) -> Floats:
        """Return the hidden layer of states from their sums, the bias among them."""
        made: Floats = np.maximum(summed[:, : self._half], summed[:, self._half :])
        return made


def are_known(layers: list[Model[Any, Any]], *, roles: int) -> bool:
    """Tell whether a component's layers are those of this module, over vectors and a linear."""
    return (
        [layer.name for layer in layers[1:]] == ["precomputable_affine", "linear"]
        and layers[1].get_dim("nF") == roles
        and layers[1].get_dim("nP") == 2
        and len(layers[0].layers) == 3
        and layers[0].layers[-1].name == "linear"
    )


__all__ = ["Linear", "Lower", "are_known"]
