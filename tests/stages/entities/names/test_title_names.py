"""Names that an article's title alone gives whole."""

from __future__ import annotations

import pytest

from pipeline.stages.entities.names.title_names import given_in_title


@pytest.mark.parametrize(
    ("title", "given"),
    [
        ("Cuba frees contractor Alan Gross", "Alan"),
        ("Alan Gross-Ruiz flies home", ""),
        ("Envoy Gross flies home", ""),
        ("Will Gross win in Lima?", ""),
        ("Peru votes", ""),
        ("In Florence Gross hails art", ""),
        ("Alan Gross meets Judy Gross", ""),
    ],
)
def test_a_title_gives_the_given_name_of_a_surname(title: str, given: str) -> None:
    assert given_in_title("Gross", title) == given
