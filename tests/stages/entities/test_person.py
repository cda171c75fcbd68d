"""What an article says of one person."""

from __future__ import annotations

from unittest.mock import PropertyMock, patch

from pipeline.reference.offices import office_forms
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan


def test_the_country_is_asked_for_once_however_often_an_office_is_named() -> None:
    president = next(form for form in office_forms() if form.form == "president")
    offices = [OfficeSpan(i, i + 1, i, i + 1, president, "President", "PER") for i in range(9)]
    person = Person(1, offices=offices)
    with patch.object(Person, "country", new_callable=PropertyMock, return_value="PER") as country:
        assert person.role == "President"
    assert country.call_count == 1
