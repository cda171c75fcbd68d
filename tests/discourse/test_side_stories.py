"""Which paragraphs of a story tell of others than all the rest, and are read by themselves."""

from __future__ import annotations

import pytest

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.discourse.side_stories import stories_apart
from pipeline.stage import Case
from tests.reading import Reader

pytestmark = pytest.mark.slow

BEFORE = "LIMA — Peru has a new stamp.\n\nIt shows a mountain, the pride of Peru.\n\n"
BEHIND = "\n\nPeru prints its stamps in Lima."


def case_of(reader: Reader, text: str) -> Case:
    read = reader.read(text)
    return Case(read.article, read.doc, read.rows)


@pytest.mark.parametrize(
    "told",
    [
        "Kenyan President Moses Wekesa visited Malta on Monday.",
        "Malta is on holiday. Kenyan President Moses Wekesa will come on Monday.",
        "Kenyan President Moses Wekesa visited Malta on Monday.\n\nHe met Premier Karl Borg.",
        "US Secretary of State Mary Stone visited Malta on Monday.",
        "Kenyan President Moses Wekesa told reporters from Valletta that peace was near.",
        "The former king of Nepal flew to Malta. Nepali Prime Minister Arjun Rana stayed at home.",
        "Kenyan President Moses Wekesa flew to Malta, then to Oman.",
        "Malta sent Foreign Minister Karl Borg to Oman on Monday.",
        "Kenyan troops fell in the village of Tolo, where Maltese President Karl Borg was.",
    ],
)
def test_what_shares_nothing_with_the_rest_is_a_story_of_its_own(reader: Reader, told: str) -> None:
    case = case_of(reader, BEFORE + told + BEHIND)
    rest, own = stories_apart(case)
    first, end = own.offsets(case.doc)
    assert case.article.text[first:end].strip() == told
    told = Scene(case, rest)
    assert {r.country for r in told.references} <= {"PER", None}
    assert all("Kenya" not in sentence.text for sentence in told.sentences)
    assert not any(token.text == "Malta" for token in told.tokens)
    assert Scene(case, own).here is None
    assert len(case.of(Reference)) == len(told.references) + len(Scene(case, own).references)


def test_a_story_that_begins_within_a_sentence_has_that_one(reader: Reader) -> None:
    """Lines run on in the middle, so that no sentence starts where the paragraph does."""
    text = (
        "LIMA, May 9 - Peru broke with Taiwan and opened relations with China on Sunday.\n"
        "the United Arab Emirates named Eva Lind as its ambassador to Argentina.\n"
        "Chipmaker Halden of Palau formed a strategic alliance with a firm from Italy."
    )
    case = case_of(reader, text)
    scenes = [Scene(case, story) for story in stories_apart(case)]
    assert len(scenes) > 1
    assert all(scene.sentence(token.i) for scene in scenes for token in scene.tokens)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Kenyan President Moses Wekesa and Maltese President Karl Borg also came.",
        "Kenyan President Moses Wekesa arrived from Malta on Monday.",
        "Kenyan President Moses Wekesa, who was in Malta on Monday, will be here on Friday.",
        "Kenyan President Moses Wekesa visited Malta and Peru on Monday.",
        "The president of Kenya was first. Moses Wekesa had been in Malta before.",
        "The minister will travel to Kenya and Malta on Monday.",
        "- Kenyan President Moses Wekesa visits Malta.",
        "Kenyan President Moses Wekesa spoke of stamps.",
        "Kenyan President Moses Wekesa saw Malta, Oman and Nepal sign a deal on their stamps.",
        "Then Kenyan President Moses Wekesa visited Malta.",
        "Kenyan President Moses Wekesa told us that he had visited Malta.",
        "Kenyan President Moses Wekesa visited Malta.\n\nHe left.\n\nWekesa likes stamps.",
    ],
)
def test_what_leans_on_the_rest_is_part_of_it(reader: Reader, paragraph: str) -> None:
    case = case_of(reader, BEFORE + paragraph + BEHIND)
    assert len(list(stories_apart(case))) == 1


def test_a_pronoun_behind_that_may_be_of_the_rest_binds_nothing(reader: Reader) -> None:
    told = "Kenyan President Moses Wekesa visited Malta on Monday."
    far = "\n\nPeru likes them.\n\nHe has a pen."
    for behind in (BEHIND + " He wants more of them.", BEHIND + far):
        case = case_of(reader, BEFORE + told + behind)
        _, own = stories_apart(case)
        first, end = own.offsets(case.doc)
        assert case.article.text[first:end].strip() == told


def test_a_short_text_is_one_story(reader: Reader) -> None:
    text = "LIMA — Peru has a new stamp.\n\nKenyan President Moses Wekesa visited Malta."
    assert len(list(stories_apart(case_of(reader, text)))) == 1


def test_a_long_digest_is_cut_in_linear_time(reader: Reader) -> None:
    lands = ["Malta", "Oman", "Chile", "Nepal", "Fiji", "Mali"]
    text = BEFORE + "\n\n".join(f"He saw {lands[n % 6]} {n} times." for n in range(600))
    assert list(stories_apart(case_of(reader, text)))
