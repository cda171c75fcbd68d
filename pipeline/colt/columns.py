"""The columns of COLT, the Country and Organizational Leader Travel data, in their order."""

from __future__ import annotations

#: Links to sources that a row has room for.
SOURCE_LINKS = 33

_LEADER = """TripID LeaderID LeaderCountryOrIGO LeaderCountryISO LeaderRegion LeaderSubregion
    PriorityLeader LeaderRole LeaderTitle LeaderSurname LeaderFullName Exiled"""
_PLACE = """CountryVisited CountryVisitedISO RegionVisited SubRegionVisited CityVisited
    DisputedTerritory SemiAutoTerritory"""
_TIME = "TripYear TripStartDate TripEndDate TripDuration"
_COMPANY = """SubHOGSTravelWithHOGS CotravelHOGS MetHostHoGS HostHOGSName SubHOGSmetHostSubHOGS
    HostSubHOGSName AttendedMultilatEvent NameMultilatEvent AttendedMultilatMinisterialEvent
    NameMultilatMinisterialEvent MetNonhostHOGS NonhostHOGSNames"""
_DEEDS = """PublicAddress SignedAgreement CulturalSiteOrCeremony BusinessLeaderOrForum
    MetIGOLeader IGOLeaderName"""

COLUMNS: tuple[str, ...] = (
    *f"{_LEADER} {_PLACE} {_TIME} {_COMPANY} {_DEEDS}".split(),
    "Notes",
    "Confidence",
    *(f"SourceLink{number}" for number in range(1, SOURCE_LINKS + 1)),
)

__all__ = ["COLUMNS", "SOURCE_LINKS"]
