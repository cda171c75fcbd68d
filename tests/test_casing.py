import pytest

from pipeline.casing import is_shouted, recased

_WORDS = frozenset(
    {"the", "visited", "last", "week", "and", "met", "with", "president", "announced", "that"}
    | {"policy", "is", "to", "increase", "trade", "may", "go", "grace", "foreign", "minister"}
    | {"in", "a", "he"}
)


def _known(word: str) -> bool:
    return word in _WORDS


@pytest.mark.parametrize(
    ("shouted", "plain"),
    [
        (
            "FOREIGN MINISTER TUOMAS VIRKKI VISITED KENYA LAST WEEK.",
            "Foreign Minister Tuomas Virkki visited Kenya last week.",
        ),
        (
            "THE PRESIDENT ANNOUNCED THAT KENYA'S POLICY IS TO INCREASE TRADE.",
            "The president announced that Kenya's policy is to increase trade.",
        ),
        ("HE MAY GO IN MAY. IN LIMA, 7 MAY", "He may go in May. In Lima, 7 May"),
        ("THE UNITED STATES AND NATO MET IN A\nWEEK", "The United States and NATO met in a\nweek"),
        ("PRESIDENT GRACE VIRKKI MET THE MINISTER", "President Grace Virkki met the minister"),
    ],
)
def test_gives_words_and_names_their_case(shouted: str, plain: str) -> None:
    assert recased(shouted, _known) == plain


@pytest.mark.parametrize("text", ["Straße IN ẞ ŒUVRE", "ŞANLIURFA İZMİR", "A.B. 1990 (X)", ""])
def test_keeps_the_length(text: str) -> None:
    assert len(recased(text, _known)) == len(text)


def test_a_heading_or_an_acronym_makes_no_shouted_text() -> None:
    assert is_shouted("THE MINISTER HAS ARRIVED IN LIMA (Peru) FOR TALKS")
    assert not is_shouted("NATO, EU")
    assert not is_shouted("MINISTER ARRIVES\n\nThe minister has arrived in Lima for talks today.")
