"""Texts that break off: a title alone, a teaser cut to a length."""

from __future__ import annotations

import pytest

from tests.reading import Reader

BROKEN_OFF = [
    "A summit was agreed",
    "There is",
    "The visit by Kenyan President William Ruto to Lima is over",
    "The trip by Kenyan President William Ruto to Lima goes on and",
    "Kenyan President William Ruto flew to Lima instead",
    "Ghana and Peru have appointed ambassadors to each",
    "Oman named a minister of state for foreign affairs and Ibero-",
    "It was led by officials for Ghana",
    "Foreign Minister Wanja Otieno is still expected to leave for Europe",
    "It was attended by Slovenia's Mele Tupou. She met with Poland's Raila Odhiambo",
    "In May, the envoy recalled",
    "Ministers met Ma.",
    "It is her second trip to Chile after visiting Peru, her first since the visit",
    "The president of Peru, his",
    "The group was led by Shia'",
]


@pytest.mark.parametrize("text", BROKEN_OFF)
def test_a_text_that_breaks_off_is_read(reader: Reader, text: str) -> None:
    assert reader.read(text).article.text == text


def test_one_word_with_two_dates_makes_records_of_two_ids(reader: Reader) -> None:
    text = (
        "Xi Jinping met Indonesian President Prabowo Subianto in Beijing. We became strategic "
        "partners in 2005, and comprehensive strategic ones in 2009, and comprehensive strategic "
        "ones in October 2013."
    )
    found = [upgrade.id for upgrade in reader.read(text).upgrades]
    assert len(found) == len(set(found)) > 1
