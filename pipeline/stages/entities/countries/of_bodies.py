"""Whose nation only an epithet tells: the UN envoy who is "the Norwegian diplomat" later on."""

from __future__ import annotations

from functools import cached_property

from models import Reference
from pipeline.reference.countries import is_country
from pipeline.stages.entities.references.referring import LOOK_BACK, Referring
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

_POPES = "VAT"


class OfBodies(Referring):
    """Tells the envoys and heads of bodies of states, and the pope, by the nation they are of.

    "UN envoy X is in Lima. The Norwegian diplomat will fly on" has one traveller; not so where
    Norway is told of besides.
    """

    @cached_property
    def _nations(self) -> dict[str | None, str]:
        """Of which nation each is, as far as epithets have told."""
        return {}

    def _is_epithet(self, office: OfficeSpan, actor: Reference) -> bool:
        """Tell whether "the Norwegian diplomat" may mean one whose country is a body's."""
        if office.determiner != "the" or not office.foreign or not office.country:
            return False
        if (actor.country == _POPES) != (office.kind == "pope"):
            return False
        if office.kind == "pope" and not _is_popes(office.country, actor.name or ""):
            return False
        called = office.form.form.split()[-1]
        if not office.former and called not in word_set("sent_by_body"):
            return False  # "the Chinese envoy" is China's
        return self._may_be_of(office.country, actor, office.start)

    def _may_be_of(self, nation: str, actor: Reference, at: int) -> bool:
        """Tell whether one told of before token `at` may be of a nation, told of nowhere else."""
        if not _is_of_body(actor) or not actor.name:
            return False
        if actor.actor in self._nations:
            return self._nations[actor.actor] == nation
        number = self.sentence[at] - LOOK_BACK
        near = (a for i, a in self.actors if a.name and self.sentence[i] >= number)
        if len({a.actor for a in near if _is_of_body(a)}) > 1:
            return False
        told = any(p.country == nation for p in self.persons)
        told = told or any(p.code == nation and p.end < at for p in self.parties)
        told = told or any(p.country == nation and p.end < at for p in self.places)
        if not told:
            self._nations[actor.actor] = nation
        return not told


def _is_of_body(actor: Reference) -> bool:
    code = actor.country or ""
    return bool(code) and (code == _POPES or not is_country(code))


def _is_popes(nation: str, name: str) -> bool:
    """Tell "the Argentine pope" of Francis from "the Polish pope", who is one before him."""
    known = (row.rpartition(" ") for row in word_set("nation_of_pope"))
    own = {code for pope, _, code in known if pope in name}
    return not own or nation in own


__all__ = ["OfBodies"]
