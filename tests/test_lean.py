"""spaCy without its command line is spaCy."""

from __future__ import annotations

import subprocess
import sys

import pytest

LEAN = "from pipeline.lean import leave_out_spacy_commands as lean; lean(); import sys, spacy\n"


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_its_commands_are_not_imported() -> None:
    heavy = {"jinja2", "requests", "weasel", "spacy.cli.train"}
    assert python(f"{LEAN}print(sorted({heavy} & set(sys.modules)))") == "[]"
    doc = 'spacy.blank("en")("Anna came.")'
    assert python(f"{LEAN}print([token.text for token in {doc}])") == "['Anna', 'came', '.']"


@pytest.mark.parametrize(
    "asked",
    [
        "spacy.info(silent=True)['spacy_version']",
        "__import__('spacy.cli', fromlist=['x']).info(silent=True)['spacy_version']",
        "__import__('spacy.cli.info', fromlist=['x']).info(silent=True)['spacy_version']",
    ],
)
def test_they_are_there_when_they_are_asked_for(asked: str) -> None:
    plain = "import sys, spacy, spacy.cli.info\n"
    assert python(f"{LEAN}print({asked})") == python(f"{plain}print({asked})") != ""


def test_they_stay_where_spacy_was_imported_before() -> None:
    code = "import spacy\nfrom pipeline.lean import leave_out_spacy_commands as lean; lean()\n"
    assert python(f"{code}print(spacy.cli.train.__name__)") == "spacy.cli.train"


def test_the_commands_vocabulary_reads_words_as_a_blank_pipelines_does() -> None:
    code = (
        "import spacy\nfrom pipeline.parsing import ASKED, SpacyParser\n"
        "from pipeline.config import load_settings\n"
        "ours = SpacyParser(load_settings().parse.model)._vocab\n"
        "blank = spacy.blank('en').vocab\n"
        "names = [name if name[:3] == 'is_' else f'{name}_' for name in ASKED]\n"
        "words = ['Anna', 'n\\'t', 'U.S.', 'going', 'the', '10', 'café', '«', '10:30', 'Mr.', "
        "'cannot', 'http://a.b', '—']\n"
        "def told(vocab): return [[getattr(vocab[w], name) for name in names] for w in words]\n"
        "print(told(ours) == told(blank), len(names) > 8)"
    )
    assert python(code) == "True True"
