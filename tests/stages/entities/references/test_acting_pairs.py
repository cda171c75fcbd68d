"""Who of a sentence acts together, by its parse; the Docs are made by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.stages.entities.references.acting_pairs import acting_pair


def made(*tokens: tuple[str, int, str, str]) -> Doc:
    """Make a Doc of words, each with its head's number, its relation and its part of speech."""
    return Doc(
        Vocab(),
        words=[word for word, *_ in tokens],
        heads=[head for _, head, _, _ in tokens],
        deps=[dep for _, _, dep, _ in tokens],
        pos=[pos for _, _, _, pos in tokens],
        lemmas=[word.lower() for word, *_ in tokens],
    )


JOINED = made(
    ("Ruto", 3, "nsubj", "PROPN"),
    ("and", 0, "cc", "CCONJ"),
    ("Lula", 0, "conj", "PROPN"),
    ("condemned", 3, "ROOT", "VERB"),
    ("Oman", 3, "dobj", "PROPN"),
)
HOSTED = made(
    ("Ruto", 1, "nsubj", "PROPN"),
    ("host", 1, "ROOT", "VERB"),
    ("Brazilian", 3, "amod", "ADJ"),
    ("Lula", 1, "dobj", "PROPN"),
)
SPOKEN_OF = made(
    ("Ruto", 1, "nsubj", "PROPN"),
    ("mentioned", 1, "ROOT", "VERB"),
    ("Chad", 1, "dobj", "PROPN"),
    ("and", 2, "cc", "CCONJ"),
    ("Oman", 2, "conj", "PROPN"),
)
HOSTED_BY = made(
    ("Ruto", 2, "nsubjpass", "PROPN"),
    ("was", 2, "auxpass", "AUX"),
    ("host", 2, "ROOT", "VERB"),
    ("by", 2, "agent", "ADP"),
    ("Lula", 3, "pobj", "PROPN"),
)
WELCOMED = made(
    ("Ruto", 1, "nsubj", "PROPN"),
    ("got", 1, "ROOT", "VERB"),
    ("welcome", 1, "dobj", "NOUN"),
    ("from", 2, "prep", "ADP"),
    ("Lula", 3, "pobj", "PROPN"),
)
WRITTEN_TO = made(
    ("Ruto", 1, "nsubj", "PROPN"),
    ("got", 1, "ROOT", "VERB"),
    ("letter", 1, "dobj", "NOUN"),
    ("from", 2, "prep", "ADP"),
    ("Lula", 3, "pobj", "PROPN"),
)
LEADERS_OF = made(
    ("leaders", 4, "nsubj", "NOUN"),
    ("of", 0, "prep", "ADP"),
    ("Kenya", 1, "pobj", "PROPN"),
    ("Brazil", 2, "conj", "PROPN"),
    ("condemned", 4, "ROOT", "VERB"),
    ("Oman", 4, "dobj", "PROPN"),
)
BOTH_LEADERS = made(
    ("Kenyan", 3, "amod", "ADJ"),
    ("and", 0, "cc", "CCONJ"),
    ("Brazilian", 0, "conj", "ADJ"),
    ("leaders", 4, "nsubj", "NOUN"),
    ("condemned", 4, "ROOT", "VERB"),
    ("Oman", 4, "dobj", "PROPN"),
)


@pytest.mark.parametrize(
    ("doc", "named", "pair"),
    [
        (JOINED, [(0, "KEN"), (2, "BRA"), (4, "OMN")], ("BRA", "KEN")),
        (HOSTED, [(0, "KEN"), (2, "BRA")], ("BRA", "KEN")),
        (HOSTED_BY, [(0, "KEN"), (4, "BRA")], ("BRA", "KEN")),
        (WELCOMED, [(0, "KEN"), (4, "BRA")], ("BRA", "KEN")),
        (WRITTEN_TO, [(0, "KEN"), (4, "BRA")], ()),
        (SPOKEN_OF, [(0, "KEN"), (2, "TCD"), (4, "OMN")], ()),
        (JOINED, [(0, "KEN"), (2, "KEN")], ()),
        (HOSTED, [], ()),
        (LEADERS_OF, [(2, "KEN"), (3, "BRA"), (5, "OMN")], ("BRA", "KEN")),
        (BOTH_LEADERS, [(0, "KEN"), (0, "BRA"), (2, "BRA"), (5, "OMN")], ("BRA", "KEN")),
    ],
)
def test_acting_pair(doc: Doc, named: list[tuple[int, str]], pair: tuple[str, ...]) -> None:
    assert acting_pair(doc, named) == pair
