"""Steps: one change in relations with all that tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Token

from models.upgrade import Change, UpgradeStatus
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.reference.countries import code_today
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.tables import words

#: Two days given for one change may lie so far apart (the act, its announcement), in days.
SAME_DAYS = 31
#: Two days so near are of one change even where it is told to be made "again", in days.
TOLD_DAYS = 3
#: A change is between so many parties at least.
MIN_PARTIES = 2
#: Changes for the worse.
LOWER = frozenset({"severance", "downgrade"})
#: Changes that may be made once more after years, and so long after, in years.
_AGAIN = LOWER | {"restoration"}
_LONG_AGO = 2
#: The dates of changes, each with whether it is one for the worse.
Turns = dict[Parties, set[tuple[str, bool]]]
_STATUS_RANK = {"completed": 2, "planned": 1, "proposed": 0}

_TIES_AND_EMBASSY = {None, "ambassador_level"}


@dataclass
class Step:
    """One change, with all that tells of it."""

    parties: Parties
    candidates: list[Candidate]

    def take(self, candidate: Candidate) -> None:
        """Take in another telling."""
        self.candidates.append(candidate)
        self._forget()

    def give_day(self, date: str) -> None:
        """Date the change as its first telling does not."""
        self.candidates[0] = replace(self.candidates[0], date=date)
        self._forget()

    def _forget(self) -> None:
        for told in ("level", "date", "is_planned", "status"):
            self.__dict__.pop(told, None)

    @cached_property
    def level(self) -> str | None:
        """The level that the tellings name."""
        levels = [c.level for c in self.candidates if c.level]
        return "charge_d_affaires" if "charge_d_affaires" in levels else next(iter(levels), None)

    @cached_property
    def date(self) -> str | None:
        """The most precise date told; the last of several for which it is planned.

        That on which a change was but proposed is not the day on which it was made.
        """
        status = self.status
        told = [c for c in self.candidates if c.status == status or c.status != "proposed"]
        told.sort(key=lambda c: c.rule in words("dated_by_another"))
        dates = [c.date for c in told if c.date]
        if dates and self.is_planned:
            return max(dates, key=lambda day: (len(day), day))
        later = max((day for day in dates if len(day) == MONTH), default=None)
        longest = max(dates, key=len, default=None)
        if longest is not None and len(longest) == DAY:
            days = [day for day in dates if len(day) == DAY]
            longest = min(d for d in days if abs(days_between(d, longest)) <= TOLD_DAYS)
        return later if longest is not None and len(longest) == MONTH else longest

    @cached_property
    def is_planned(self) -> bool:
        """Whether every telling has it still to come."""
        return all(c.status == "planned" for c in self.candidates)

    @cached_property
    def status(self) -> UpgradeStatus:
        """The surest that any telling makes of it, one that only names it where no other does."""
        told = [c for c in self.candidates if not c.named] or self.candidates
        return max((c.status for c in told), key=_STATUS_RANK.__getitem__)

    @property
    def kind(self) -> Change:
        """What the change is."""
        return self.candidates[0].change


def _of_today(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield candidates with the codes of today's states, but for those of one state."""
    for told in candidates:
        candidate = replace(told, parties=frozenset(code_today(code) for code in told.parties))
        if not len(candidate.parties) < MIN_PARTIES <= len(told.parties):
            yield candidate


def gather(candidates: Iterable[Candidate], scene: Scene) -> list[Step]:
    """Return the steps that candidates tell, in text order."""
    steps: list[Step] = []
    by_parties: dict[Parties, list[Step]] = defaultdict(list)
    told = list(_of_today(candidates))
    turns = _turns(told)
    for candidate in told:
        between = by_parties[candidate.parties]
        if _is_after_end(candidate, between):
            candidate = replace(candidate, change="restoration")
        same = [
            step
            for step in between
            if _is_same(step, candidate)
            and not _is_undone_since(candidate, step, between)
            and not _is_another_time(step, candidate, turns, scene.doc)
            and not _is_news_beside(step, candidate, scene)
        ]
        if same:
            same[-1].take(candidate)
        else:
            steps.append(Step(candidate.parties, [candidate]))
            between.append(steps[-1])
    return steps


def _is_after_end(candidate: Candidate, between: Sequence[Step]) -> bool:
    """Tell ties "established" years after they were severed, which is to restore them.

    Args:
        between: the steps told before between the same parties.
    """
    if candidate.change != "establishment" or candidate.level != "diplomatic_relations":
        return False
    return candidate.date is not None and any(
        step.kind == "severance"
        and step.date is not None
        and int(step.date[:4]) < int(candidate.date[:4])
        for step in between
    )


def _is_undone_since(candidate: Candidate, step: Step, between: Sequence[Step]) -> bool:
    """Tell a wish for what was done once and then, as told between, undone again.

    The end of another status undoes nothing: "will be a member, no observer any more".

    Args:
        between: the steps told before between the same parties.
    """
    last = step.candidates[-1]
    if candidate.status == last.status or candidate.change in LOWER:
        return False
    return any(
        other.kind in LOWER
        and (other.level == step.level or not {other.level, step.level} & words("conferred"))
        and last.at < other.candidates[0].at < candidate.at
        and (other.date is None or (last.date is not None and other.date >= last.date[:4]))
        for other in between
    )


def _turns(candidates: Iterable[Candidate]) -> Turns:
    """Return the dates of the changes told, and whether for the worse, by their parties."""
    found: Turns = {}
    for told in candidates:
        if told.date is not None:
            found.setdefault(told.parties, set()).add((told.date, told.change in LOWER))
    return found


def _is_another_time(step: Step, candidate: Candidate, turns: Turns, doc: Doc) -> bool:
    """Tell ties cut today, as no date need say, from those "cut in 2009" and restored since.

    What "had been cut" without a date, or "restored ties that were cut", is the earlier time.
    """
    if step.date is not None and candidate.date is not None:
        return _is_done_anew(step, candidate, turns, doc)
    if step.date is None and candidate.date is None:
        return False
    year = (step.date or candidate.date or "")[:4]
    undated = candidate if step.date else step.candidates[0]
    verb = doc[undated.at]
    if verb.dep_ == "relcl" or any(child.lower_ == "had" for child in verb.children):
        return False
    dated = candidate if candidate.date else step.candidates[0]
    lower = candidate.change in LOWER
    if lower and _is_of_before(doc[dated.at], verb):
        return True
    return any(day[:4] > year and low != lower for day, low in turns.get(candidate.parties, ()))


def _is_news_beside(step: Step, candidate: Candidate, scene: Scene) -> bool:
    """Tell ties cut as the news opens, with no day, from those "cut in 2009", told behind it."""
    now, date = scene.article.published, candidate.date
    first = step.candidates[0]
    if now is None or date is None or step.date is not None or first.change not in _AGAIN:
        return False
    long_ago = int(now[:YEAR]) - int(date[:YEAR]) >= _LONG_AGO
    told = scene.doc[first.at]
    opens = scene.sentence_of[told.i] - scene.sentence_of[scene.headline_end] <= 0
    tells = told.dep_ in {"ROOT", "ccomp"} and first.status == "completed"
    old = scene.doc[candidate.at]
    before = any(c.lower_ == "had" for c in old.children)  # may be of the time told first
    return long_ago and opens and tells and old.dep_ == "ROOT" and not before


def _is_done_anew(step: Step, candidate: Candidate, turns: Turns, doc: Doc) -> bool:
    """Tell "cut ties again on 14 May", and ties cut on two days between which they were restored.

    Not one change that is told on two days of its own, as of the act and of its announcement.
    """
    first, second = sorted((step.date or "", candidate.date or ""))
    if len(first) != len(second) or first == second or _is_told_late(first, second):
        return False
    lower = candidate.change in LOWER
    between = turns.get(candidate.parties, ())
    undone = any(low != lower and first < day < second for day, low in between)
    last = candidate if candidate.date == second else step.candidates[-1]
    return undone or any(c.lower_ in words("once_again") for c in doc[last.at].children)


def _is_told_late(first: str, second: str) -> bool:
    """Tell two days so near that the later is at most that of an announcement."""
    if len(first) < DAY:
        return False
    return days_between(first, second) <= TOLD_DAYS


def _is_of_before(dated: Token, undated: Token) -> bool:
    """Tell "had already cut ties in 2009" beside "has cut ties", which is done once more.

    Not beside "cut ties", which may be of that year.
    """
    near = {child.lower_ for child in dated.children}
    before = "had" in near and bool(near & words("already_once"))
    before = before or ("previously" in near and bool(near & {"have", "has"}))
    anew = any(child.lower_ in {"has", "have", "would"} for child in undated.children)
    return before and (anew or tense_of(undated) not in {"past", "none"})


def _is_same(step: Step, candidate: Candidate) -> bool:
    first = step.candidates[0]
    if first.change != candidate.change:
        return False
    if step.level and candidate.level and step.level != candidate.level:
        return False
    if step.level and candidate.level is None and candidate.previous == step.level:
        return False  # "upgrade the strategic partnership" is to leave it behind
    if first.change == "restoration" and {step.level, candidate.level} == _TIES_AND_EMBASSY:
        return False  # "restored ties" is told beside "reopened embassies", its part
    if step.is_planned and candidate.status == "planned":
        return True
    if step.date is None or candidate.date is None:
        return True
    if is_one_time(step.date, candidate.date) or _are_beside(step.date, candidate.date):
        return True
    if first.change != "establishment" or min(len(step.date), len(candidate.date)) != MONTH:
        return False
    # "on 26 March" beside "two months after the opening of ties", which are opened but once
    return _are_beside(step.date[:MONTH], candidate.date[:MONTH])


def is_one_time(first: str, second: str) -> bool:
    """Tell whether two dates may be of one change: told at two precisions, or days apart."""
    shorter = min(len(first), len(second))
    if first[:shorter] == second[:shorter]:
        return True
    if shorter < DAY:
        return False
    return abs(days_between(first, second)) <= SAME_DAYS


def _are_beside(*months: str) -> bool:
    """Tell two months side by side: "agreed nearly three months ago" is but reckoned."""
    if any(len(month) != MONTH for month in months):
        return False
    first, second = (int(month[:4]) * 12 + int(month[5:]) for month in months)
    return abs(first - second) == 1


__all__ = ["LOWER", "MIN_PARTIES", "SAME_DAYS", "Step", "gather", "is_one_time"]
