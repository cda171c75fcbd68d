"""Texts that go on with more of the same, by what they go on with."""

from __future__ import annotations

from typing import Final

LANDS = ("Peru", "Chile", "Kenya", "Fiji", "Oman", "Norway", "Latvia", "Togo", "Malta", "Nepal")
#: What each text repeats; nothing that a rule reads may be walked through anew for each of them.
TEXTS: Final[dict[str, str]] = {
    "one visit": "The President of Peru visited Chile today. ",
    "one sentence": "the President of Peru visited Chile and ",
    "a word": "visited ",
    "names": "Wanja Otieno, Hugo Salas, ",
    "one person": "President Hugo Salas of Peru, ",
    "predecessors": "his predecessor Hugo Salas, his successor Wanja Otieno, ",
    "owners": "Peru's president's minister's envoy's ",
    "offices": "the President of Peru, the foreign minister of Chile, ",
    "envoys": "Ambassador Hugo Salas of Peru to Chile met ambassador Wanja Otieno. ",
    "events": "attended the summit in Peru, the funeral of Hugo Salas in Chile, ",
    "plans": "will visit Peru, is to go to Chile, was to fly to Oman, ",
    "speech": '"We will visit Peru and ',
    "lines": "VISIT TO PERU\n\nPresident Hugo Salas arrived\n\n",
    "stories": "".join(
        f"{town}, May {day} (Wire) – President Hugo Salas of Peru visited Chile.\n\n"
        for town in ("SUVA", "LIMA", "OSLO", "RIGA", "QUITO")
        for day in range(1, 29)
    ),
    "dates": "from May 17 to June 18, 2024 and ",
    "other visits": "".join(
        f"{one} Foreign Minister Wanja {name}{two} visited {two} on {day} May {1950 + year}, and "
        f"{one} and {two} raised their ties to a strategic partnership. "
        for year, one in enumerate(LANDS)
        for day, two in enumerate(LANDS, start=1)
        for name in ("Oti", "Sala", "Reye", "Bell", "Hor")
    ),
}


def text_of(kind: str, characters: int) -> str:
    """Return so many characters of a kind of text."""
    told = TEXTS[kind]
    return (told * (characters // len(told) + 1))[:characters]
