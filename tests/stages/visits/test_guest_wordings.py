"""Every wording of guests.toml lists guests, not only the one of its example, and many others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.lexicon import WordList, load_table
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.tables import PACKAGE
from tests.reading import PUBLISHED, Reader

SCENE = "NAIROBI, May 14 (Own report) - The summit opened in Nairobi on Monday. Leaders met there"
HOSTED = "Kenyan Foreign Minister Musa Kamau {} in Nairobi:\n- {}"
GUESTS = "President Paul Kagame of Rwanda and Prime Minister Abiy Ahmed of Ethiopia"
#: What "*", "#" and "~" stand for in these sentences.
GAP, MANY, KIND = "the summit", "the group of more than 30", "most distinguished"
#: The first word of each list that a phrase names.
LISTS = load_table(PACKAGE, "words.toml", WordList)
FIRST = {row.id: row.words[0] for row in LISTS if row.id.startswith("<")}
FIRST |= {"<be>": "were", "<guest>": "leaders", "<include>": "included"}


#: Wordings that are told by what they say, without a phrase of the table.
OTHERS = tomllib.loads(Path(__file__).with_name("guest_wordings.toml").read_text())["row"]


class Wording(NamedTuple):
    rule: str
    phrase: str
    text: str


def wordings() -> Iterator[Wording]:
    """Yield the scene and one sentence for each wording of each row, and for the others."""
    of_rows = [(rule.id, rule.side, rule.words) for rule in guest_rules().values()]
    for rule, side, phrases in (*of_rows, *((r["id"], r["side"], r["words"]) for r in OTHERS)):
        for phrase in phrases:
            told = " ".join(FIRST.get(part, part) for part in phrase.split()).replace("*", GAP)
            told = told.replace("~", KIND).replace("#", MANY)
            if rule == "one_of_many":
                told = f"were {told}{' state' * told.endswith('of')} attending it"
            if rule in {"joined_by", "seated"} and phrase.startswith("<be>"):
                told = f"they {told}"
            told = re.sub(r" ([,:])", r"\1", told.replace("( ", "("))
            listed = f"{told} {GUESTS}" if side == "behind" else f"{GUESTS} {told}"
            goes_on = phrase.startswith((",", "("))  # "Leaders met there, among them A and B"
            whole = listed if goes_on else f". {listed[:1].upper()}{listed[1:]}"
            gap = " " if phrase.startswith("(") else ""
            if rule == "received_in_lines":  # by a host, in lines
                guests = GUESTS.replace(" and ", ";\n- ")
                yield Wording(rule, phrase, HOSTED.format(told.split()[0].strip(":"), guests))
                continue
            yield Wording(rule, phrase, f"{SCENE}{gap}{whole}.")


WORDINGS = list(wordings())


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    reader.prepare(wording.text for wording in WORDINGS)
    return reader


@pytest.mark.slow
@pytest.mark.parametrize("case", WORDINGS, ids=lambda case: f"{case.rule}-{case.phrase}")
def test_wording_lists_guests(ready: Reader, case: Wording) -> None:
    trips = ready.read(case.text, PUBLISHED).visits
    named = {trip.visitor.name for trip in trips if trip.visitor.name}
    assert named == {"Paul Kagame", "Abiy Ahmed"}, case.text
