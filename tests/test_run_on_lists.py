"""Entries of lists that a page has run into one line are told apart, and sentences are not."""

from __future__ import annotations

import pytest

from pipeline.run_on_lists import entry_starts

APART = [
    "- King Felipe VI of Spain |- Javier Milei, President of Argentina",
    "AMERICAS |- Javier Milei, President of Argentina |- Andrew Holness, Prime Minister of Jamaica",
    "H.E. Ana Ruiz, President of Peru |H.E. Luis Rojas, King of Fiji |H. E. Tano, Emir of Oman",
    "1. President Ana Ruiz of Peru |2. King Tano of Fiji |3. Prime Minister Luis Rojas of Chile",
    "• President Ana Ruiz of Peru |• King Tano of Fiji",
    "President Ana Ruiz, Peru |- King Tano, Fiji |- Prime Minister Luis Rojas, Chile",
    "PERU: President Ana Ruiz |FIJI: King Tano |CHILE: Prime Minister Luis Rojas",
    "Peru - President Ana Ruiz |Fiji - King Tano |Chile - Prime Minister Luis Rojas",
]


@pytest.mark.parametrize("marked", APART)
def test_entries_of_one_line_are_cut_apart(marked: str) -> None:
    text = marked.replace("|", "")
    assert entry_starts(text) == tuple(
        i - n for n, i in enumerate(i for i, sign in enumerate(marked) if sign == "|")
    )


@pytest.mark.parametrize(
    "text",
    [
        "LIMA - President Ana Ruiz will host King Tano of Fiji - her first guest - on Monday.",
        "It was attended by H.E. Ana Ruiz, President of Peru, and H.E. Tano, King of Fiji.",
        "President Ana Ruiz - who leads Peru - and King Tano met.",
        "- Doors open at nine - Bring your own chair - Tea at ten",
        "Peru: 3 Fiji: 2 Chile: 1",
    ],
)
def test_a_sentence_is_left_whole(text: str) -> None:
    assert entry_starts(text) == ()
