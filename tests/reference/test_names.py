"""How well names fit countries."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.reference import make_name_parts
from pipeline.reference.countries import is_country
from pipeline.reference.names import ALL, name_parts, name_shares, name_words


@pytest.mark.parametrize(
    ("name", "codes", "likeliest"),
    [
        ("Balaki Kirya", ["KEN", "UGA"], "UGA"),
        ("Anura Kumara Disanayake", ["CHN", "IND", "LKA"], "LKA"),
        ("Pekka Lehtovaara", ["SWE", "FIN"], "FIN"),
        ("NGUYEN VAN BINH", ["VNM", "THA"], "VNM"),
        ("Ögmundur Þórsson", ["ISL", "NOR"], "ISL"),
        ("Levan Gogoberidze", ["GEO", "ARM"], "GEO"),
    ],
)
def test_a_name_fits_one_country_better(name: str, codes: list[str], likeliest: str) -> None:
    shares = name_shares(name, codes)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[likeliest] > 0.8


def test_nothing_is_said_of_what_nobody_knows() -> None:
    assert name_shares("Jane Doe", []) == {}
    assert name_shares("Jane Doe", ["ZZZ"]) == {}
    shares = name_shares("Balaki Kirya", ["UGA", "ZZZ", "KEN"])
    assert shares["KEN"] < shares["ZZZ"] < shares["UGA"]  # as the others do on average


def test_former_states_are_those_of_today() -> None:
    assert name_shares("Boris Morozov", ["SUHH", "USA"])["SUHH"] > 0.8


def test_parts_hold_the_ends_of_a_word() -> None:
    assert set(name_parts("ro")) == {"=ro", "^r", "ro", "o$", "^ro", "ro$"}
    assert name_words("José-María O'Neill J.") == ["jose", "maria", "oneill"]


def test_the_table_is_sorted_and_of_countries() -> None:
    table = files("pipeline.reference") / "name_parts.csv"
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    assert lines == sorted(set(lines))
    (words,) = (line for line in lines if line.startswith(f"{ALL},"))
    assert all(is_country(cell[:3]) for cell in words.partition(",")[2].split())


def test_the_script_counts_words_and_drops_rare_parts(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = ["name,code,weight", *(f"Pekka Nr{i},FIN,1" for i in range(3)), "Xi Qq,CHN,1", "A,EU,1"]
    path.write_text("\n".join(rows), encoding="utf-8")
    table = make_name_parts.as_csv(make_name_parts.read_names(path)).splitlines()
    assert table[0] == "part,counts"
    assert "=pekka,FIN3" in table
    assert "*,CHN2 FIN6" in table
    assert not any(line.startswith("=xi") for line in table)
