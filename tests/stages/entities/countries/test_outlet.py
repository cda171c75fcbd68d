"""For which country an address or an agency's signature tells an article to write."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.countries.outlet import credit_country, host_country


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("www.example.co.ke", "KEN"),
        ("news.kuwaittimes.net", "KWT"),
        ("guyanachronicle.com", "GUY"),
        ("nigeriatoday.com", "NGA"),
        ("arynews.tv", "PAK"),
        ("en.vietnamplus.vn", "VNM"),
        ("www.example.com", ""),
        ("romanpost.com", ""),
        ("", ""),
    ],
)
def test_country_of_a_host(host: str, code: str) -> None:
    assert host_country(host) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("They will meet again in May. – KUNA", "KWT"),
        ("The two shook hands (Photo: VNA).", "VNM"),
        ("Source: GNA", "GHA"),
        ("LIMA (Reuters) - They met.", ""),
        ("KUNA and VNA signed a memorandum.", ""),
    ],
)
def test_country_of_a_credit(text: str, code: str) -> None:
    assert credit_country(text) == code
