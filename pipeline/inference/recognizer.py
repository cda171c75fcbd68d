"""Named entities, decided as spaCy's transition-based recognizer decides them.

While no entity is open, an action's score depends on the token alone, so the scores of a whole
article are worked out in one go; token by token goes only what lies inside an entity, where there
is just the choice to go on or to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from pipeline.inference.layers import Linear, Lower, are_known
from pipeline.inference.tok2vec import Floats, Tok2Vec, Words, tok2vec_of

#: Of the tokens that a state reads: the next, the first of the open entity, the one before.
_ROLES = 3
_PROBE = (
    "Foreign Minister Nia Dlamini of South Africa met 12 members of the European Union in Suva, "
    "Fiji, on Thursday, May 17, 2024, the Fiji Times said. Ana Tora spent $3 million on Cinema."
)


@dataclass(frozen=True)
class Entity:
    """Tokens, end exclusive, counted over all Docs of a batch."""

    start: int
    end: int
    label: str


class Recognizer:
    """The recognizer of a pipeline."""

    def __init__(self, ner: EntityRecognizer, tok2vec: Tok2Vec) -> None:
        layers = ner.model.layers
        self._tok2vec = tok2vec
        self._reduce = Linear(layers[0].layers[-1])
        self._lower = Lower(layers[1])
        self._upper = Linear(layers[2])
        #: What a state adds that is in no entity.
        self._outside = self._lower.absent[1] + self._lower.absent[2] + self._lower.bias
        names = [ner.moves.get_class_name(at) for at in range(ner.moves.n_moves)]
        self._out = names.index("O")
        self._begin = np.array([name[:2] == "B-" and len(name) > 2 for name in names])
        self._unit = np.array([name[:2] == "U-" and len(name) > 2 for name in names])
        self._closed = self._begin | self._unit
        self._closed[self._out] = True
        self._names = names
        self._go_on = {name[2:]: at for at, name in enumerate(names) if name.startswith("I-")}
        self._end = {name[2:]: at for at, name in enumerate(names) if name.startswith("L-")}

    def find(
        self, docs: Sequence[Doc], numbers: Sequence[int], *, last: Sequence[int]
    ) -> list[Entity]:
        """Return the entities of some Docs.

        Args:
            numbers: of the words of all Docs.
            last: tokens, counted over all Docs, that no entity may reach beyond: the last of
                every Doc and those before a sentence that is known to start.
        """
        features = self._lower.features(
            self._reduce(self._tok2vec([len(doc) for doc in docs], numbers))
        )
        may_not_begin = np.zeros(len(features), dtype=bool)
        may_not_begin[list(last)] = True
        spaces = np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        actions = self._actions(features, may_not_begin, spaces)
        return list(self._walk(features, actions.tolist(), set(last)))

    def _actions(
        self, features: Floats, may_not_begin: NDArray[np.bool_], spaces: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """Return the action at every token if no entity were open there."""
        scores = self._upper(self._lower.hidden(features[:, 0] + self._outside))
        scores[:, ~self._closed] = -np.inf
        scores[np.ix_(may_not_begin | spaces, self._begin)] = -np.inf
        scores[np.ix_(spaces, self._unit)] = -np.inf
        best: NDArray[np.intp] = scores.argmax(axis=1)
        return best

    def _walk(self, features: Floats, actions: list[int], last: set[int]) -> Iterator[Entity]:
        at, total, out = 0, len(actions), self._out
        while at < total:
            action = actions[at]
            if action == out:
                at += 1
                continue
            move, label = self._names[action][0], self._names[action][2:]
            end = at + 1 if move == "U" else self._end_of(features, at, label, last)
            yield Entity(at, end, label)
            at = end

    def _end_of(self, features: Floats, start: int, label: str, last: set[int]) -> int:
        """Return the end of an entity that begins at a token and holds more than that."""
        go_on, end = self._go_on[label], self._end[label]
        weights = self._upper.weights[:, [go_on, end]]
        bias = self._upper.bias[[go_on, end]]
        lower = self._lower
        at = start + 1
        while at not in last:
            inside = features[at, 0] + features[start, 1] + features[at - 1, 2] + lower.bias
            on, over = lower.hidden(inside[None])[0] @ weights + bias
            # Of equal scores spaCy takes the action that stands first in its table.
            if over > on or (over == on and end < go_on):
                break
            at += 1
        return at + 1


def recognizer_of(nlp: Language, words: Words) -> Recognizer | None:
    """Return the recognizer of a pipeline, None where it is of another make."""
    ner: Any = nlp.get_pipe("ner")
    if not _is_known(ner):
        return None
    tok2vec = tok2vec_of(ner.model.layers[0].layers[0], nlp.vocab, words)
    made = Recognizer(ner, tok2vec) if tok2vec else None
    return made if made and _agrees(made, ner, nlp, words) else None


def _is_known(ner: Any) -> bool:
    if type(ner) is not EntityRecognizer or ner.cfg.get("beam_width") != 1:
        return False
    unseen = ner.model.attrs.get("unseen_classes")
    return not unseen and are_known(ner.model.layers, roles=_ROLES)


def _agrees(made: Recognizer, ner: EntityRecognizer, nlp: Language, words: Words) -> bool:
    doc = nlp.make_doc(_PROBE)
    mine = made.find([doc], words.number([doc]), last=[len(doc) - 1])
    found = [(e.start, e.end, e.label) for e in mine]
    return found == [(e.start, e.end, e.label_) for e in ner(doc).ents]


__all__ = ["Entity", "Recognizer", "recognizer_of"]
