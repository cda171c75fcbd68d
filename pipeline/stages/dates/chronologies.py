"""The years of chronologies: under which an entry stands, and the lines that a date heads."""

from __future__ import annotations

import re

from pipeline.datelines.year_titles import is_title
from pipeline.stages.dates.scene import Event, Scene

#: A date that heads the entry of a chronology: at its line's start, with a colon or dash behind.
_ENTRY = re.compile(r"[^\n:–—]{1,30}(?::| [–—-]) ?")

#: Behind a year that heads a line of a chronology, and behind a date that heads an entry.
_HEADS = re.compile(r":|\.? [–—-] ")
_BEHIND_ENTRY = re.compile(r"\.?\)?(?::| [–—-])")
#: How far back the heading that gives a chronology its year may stand, in characters.
HEADING_REACH = 4000


def entry_year(scene: Scene, first: int) -> Event | None:
    """Return the year under which the entry of a chronology stands.

    "The calendar of 2007:" and then, each on its line, "Jan 11-13: …".
    """
    here = scene.tokens.starts[first]
    line = scene.text.rfind("\n", 0, here) + 1
    if scene.text[line:here].strip(" \t•*-–—") or not _ENTRY.match(scene.text, here):
        return None
    for event in reversed(scene.timeline):
        if here - event.end > HEADING_REACH:
            return None
        if event.period.grain == "year" and event.anchor == "explicit" and event.period.placed:
            return event if _in_heading(scene, event, here) else None
    return None


def heads_entry(scene: Scene, event: Event) -> bool:
    """Tell the date of "3 June 1990: A meets B", "• June 1990 - A meets B"."""
    line = scene.text.rfind("\n", 0, event.start) + 1
    opens = not scene.text[line : event.start].strip(" \t•*#-–—_(")
    return opens and _BEHIND_ENTRY.match(scene.text, event.end) is not None


def heading_year(scene: Scene, first: int) -> Event | None:
    """Return the year that stands above what is told, or opens its line, as in a chronology.

    "1961⏎The two broke off their ties on January 3", "1961: They broke them off on January 3",
    and, where several years head a text so, "1961 - THE RIFT⏎They broke them off on January 3".
    """
    here = scene.tokens.starts[first]
    line = scene.text.rfind("\n", 0, here) + 1
    for event in reversed(scene.timeline):
        if here - event.end > HEADING_REACH:
            return None
        if event.anchor != "explicit" or not event.period.placed:
            continue
        start = scene.text.rfind("\n", 0, event.start) + 1
        opens = not scene.text[start : event.start].strip(" \t•*#-–—")
        behind = scene.text[event.end : scene.text.find("\n", event.end, here)]
        if event.period.grain == "year" and opens:
            if start == line and _HEADS.match(scene.text, event.end):
                return event
            if start < line and not behind.strip(" \t:."):
                return event if _is_headed(scene, event, line) else None
            if start < line and is_title(scene.text, behind):
                return event
        if not scene.has_paragraph_between(event.end, here):
            return None
    return None


def _is_headed(scene: Scene, event: Event, line: int) -> bool:
    """Tell a year right above a line, or one of several that stand alone."""
    between = scene.text[event.end : line].strip(" \t:.\n")
    above = scene.text[: event.start].rstrip()[-1:]
    starts = not above or above in '.:!?”"' or "\n\n" in scene.text[: event.start][-4:]
    return (starts and not between) or scene.has_years_alone


def _in_heading(scene: Scene, event: Event, before: int) -> bool:
    """Tell whether a date's line, above an offset, ends with a colon or as no sentence does."""
    end = scene.text.find("\n", event.end, before)
    line = scene.text[scene.text.rfind("\n", 0, event.start) + 1 : end].rstrip()
    return end >= 0 and not line.endswith((".", "!", "?", "”", '"', ";", ","))


__all__ = ["entry_year", "heading_year", "heads_entry"]
