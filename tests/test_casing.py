import pytest

from pipeline.casing import as_sentence, is_of_one_case, recased, with_opening_lands

_WORDS = frozenset(
    {"the", "visited", "last", "week", "and", "met", "with", "president", "announced", "that"}
    | {"policy", "is", "to", "increase", "trade", "may", "go", "grace", "foreign", "minister"}
    | {"in", "a", "he", "xi", "lam", "ford", "paul", "ii", "moss", "josh", "green", "pope"}
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
        ("PRESIDENT XI JINPING AND TO LAM MET", "President Xi Jinping and To Lam met"),
        ("WITH PRESIDENT FORD IN LIMA", "With President Ford in Lima"),
        ("A POPE AND JOHN PAUL II MET MR. MOSS", "A pope and John Paul II met Mr. Moss"),
        ("JOSH GREEN, IN A GREEN", "Josh Green, in a green"),
        ("PAUL VISITED A GREEN", "Paul visited a green"),
        ("PRESIDENT GRACE VIRKKI MET THE MINISTER", "President Grace Virkki met the minister"),
    ],
)
def test_gives_words_and_names_their_case(shouted: str, plain: str) -> None:
    assert recased(shouted, _known) == plain


@pytest.mark.parametrize("text", ["Straße IN ẞ ŒUVRE", "ŞANLIURFA İZMİR", "A.B. 1990 (X)", ""])
def test_keeps_the_length(text: str) -> None:
    assert len(recased(text, _known)) == len(text)


@pytest.mark.parametrize(
    ("small", "plain"),
    [
        (
            "the u.s. president announced that kenya and nato met last week. he may go.",
            "The U.S. president announced that Kenya and NATO met last week. He may go.",
        ),
        (
            "foreign minister virkki met a minister, i. virkki",
            "Foreign Minister Virkki met a minister, I. Virkki",
        ),
    ],
)
def test_gives_names_in_small_letters_their_case(small: str, plain: str) -> None:
    assert recased(small, _known) == plain


def test_a_heading_or_an_acronym_is_not_of_one_case() -> None:
    assert is_of_one_case("THE MINISTER HAS ARRIVED IN LIMA (Peru) FOR TALKS")
    assert is_of_one_case("the minister has arrived in lima for talks on trade. " * 4)
    assert not is_of_one_case("the minister has arrived")
    assert not is_of_one_case("NATO, EU")
    assert not is_of_one_case("MINISTER ARRIVES\n\nThe minister has arrived in Lima for talks.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Peru Downgrades Diplomatic Ties With Chad", "Peru downgrades diplomatic ties with Chad"),
        (
            "U.S. Designates Peru as Major Non-NATO Ally",
            "U.S. designates Peru as major Non-NATO ally",
        ),
        (
            "PERU AND CHAD ESTABLISH DIPLOMATIC RELATIONS",
            "PERU and CHAD establish diplomatic relations",
        ),
        ("Peru, Chad to Upgrade Ties: Minister", "Peru, Chad to upgrade ties: Minister"),
        ("Ruto Scraps Visit to New Zealand", "Ruto scraps visit to New Zealand"),
        ("Ana Gill Praises New Trade Pact", "Ana Gill praises new Trade pact"),
        # The first word may be a name.
        ("Grant Opens Row With Ties", "Grant opens row with ties"),
    ],
)
def test_heading_is_shown_with_small_letters(text: str, shown: str) -> None:
    assert as_sentence(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru raised its ties with Chad to a Strategic Partnership",
        "Peru Raises Ties. Chad Follows Suit",
        "Diplomatic Relations",
        "Ana Gill Ousts Ivo Kos",
        "Peru Raises Ties With Chad.",
        "Peru Raises Ties\nChad Raises Ties",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert as_sentence(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "SOUTH Africa's envoy flew in.\nNEW Zealand's too.",
            "South Africa's envoy flew in.\nNew Zealand's too.",
        ),
        ("PAPUA New Guinea sent aid.", "Papua New Guinea sent aid."),
        ("SOUTH London sent aid.", "SOUTH London sent aid."),
        ("PERU sent SOUTH Africa aid.", "PERU sent SOUTH Africa aid."),
    ],
)
def test_lands_that_open_a_paragraph_are_shown_plain(text: str, shown: str) -> None:
    assert with_opening_lands(text) == shown
