"""Find the changes in the level of relations of one article."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, pairwise

from spacy.tokens import Doc

from models import Evidence, Party, Upgrade, Visit
from models.upgrade import Change, UpgradeStatus
from pipeline.discourse import trace
from pipeline.discourse.confidence import probability
from pipeline.discourse.evidence import evidence_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.stories import joined, stories
from pipeline.reference.countries import code_today, country_name
from pipeline.stage import Case
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.candidates import ChangeFinder
from pipeline.stages.upgrades.confidence import features_of
from pipeline.stages.upgrades.named import Parties
from pipeline.stages.upgrades.page_day import date_of_page
from pipeline.stages.upgrades.spell import spell

#: Records below this confidence are not reported. Chosen on the development gold.
THRESHOLD = 0.38
#: What two stories of a digest that report one change have alike.
_SAME = {"parties", "level", "change", "date", "status"}
#: Two days given for one change may lie so far apart (the act, its announcement), in days.
SAME_DAYS = 3
#: An embassy reopened so long after or before the relations were is a step of its own, in days.
WEEKS_APART = 10
#: A change is between so many parties at least.
MIN_PARTIES = 2
#: Length of a full date.
_FULL = 10
#: Length of a date that gives the month.
_MONTH = 7
#: A visit whose sentence ends so near before a change's is its occasion, in characters.
_BESIDE = 60
#: Changes for the worse.
_LOWER = frozenset({"severance", "downgrade"})
#: Years of dated changes, each with whether it is one for the worse.
Turns = dict[Parties, set[tuple[str, bool]]]
#: Changes by which relations are opened.
_OPENS = frozenset({"establishment", "restoration"})
#: A change so long before the publication is still what the article reports, in days.
FRESH_DAYS = 14
_STATUS_RANK = {"completed": 2, "planned": 1, "proposed": 0}


@dataclass
class Step:
    """One change, with all that tells of it."""

    parties: Parties
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def level(self) -> str | None:
        """The level that the tellings name."""
        levels = [c.level for c in self.candidates if c.level]
        return "charge_d_affaires" if "charge_d_affaires" in levels else next(iter(levels), None)

    @property
    def date(self) -> str | None:
        """The most precise date told; the last of several for which it is planned."""
        dates = [c.date for c in self.candidates if c.date]
        if dates and self.is_planned:
            return max(dates, key=lambda day: (len(day), day))
        return max(dates, key=len) if dates else None

    @property
    def is_planned(self) -> bool:
        """Whether every telling has it still to come."""
        return all(c.status == "planned" for c in self.candidates)


def find(case: Case) -> Iterable[Upgrade]:
    """Yield the article's changes in the level of relations, one a step, in text order.

    "India and Chile elevated their relations to a strategic partnership" fires; "the bank
    upgraded its outlook on India" does not.
    """
    visits = case.of(Visit)
    found = (_of_story(Scene(case, story), visits) for story in stories(case))
    return joined(found, lambda upgrade: upgrade.model_dump_json(include=_SAME))


def _of_story(scene: Scene, visits: Sequence[Visit]) -> Iterator[Upgrade]:
    steps = _gather(trace.watched(ChangeFinder(scene).find(), spell), scene)
    for step in steps:
        if _is_part(scene, step, steps) or _is_opened_again(step, steps):
            continue
        if _is_told_of_ties(step, steps) or _is_normalised(step, steps):
            continue
        if _is_fulfilled(scene, step, steps) or _is_of_full_relations(step, steps):
            continue
        upgrade = _upgrade(scene, step, steps, visits)
        if upgrade.confidence >= THRESHOLD:
            trace.kept(upgrade, step.candidates)
            yield upgrade
        else:
            trace.dropped(f"confidence {upgrade.confidence} < {THRESHOLD}", *step.candidates)


def _is_part(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell an embassy opened as part of relations that were opened or restored themselves."""
    return step.level == "ambassador_level" and any(
        other.parties == step.parties
        and other.level in {"diplomatic_relations", None}
        and other.candidates[0].change in {"restoration", "establishment"}
        and _is_one_year(step.date or scene.article.published, other.date)
        and not _has_own_day(scene, step, other)
        for other in steps
    )


def _is_told_of_ties(step: Step, steps: Sequence[Step]) -> bool:
    """Tell recognition lost or switched where the relations themselves are told to be."""
    first = step.candidates[0]
    if step.level != "recognition" or (first.change != "severance" and first.rule != "switch"):
        return False
    lost = first.change in _LOWER
    return any(
        other.parties == step.parties
        and other.level == "diplomatic_relations"
        and _status(other) != "proposed"
        and (other.candidates[0].change in _LOWER) == lost
        and _is_one_year(step.date, other.date)
        for other in steps
    )


def _has_own_day(scene: Scene, step: Step, other: Step) -> bool:
    """Tell an embassy whose opening has a day of its own, apart from that of the relations."""
    if step.date is None or other.date is None:
        return False
    if step.candidates[0].change == "restoration" and _months_between(step.date, other.date) > 1:
        return True
    if len(step.date) != _FULL:
        return False
    if other.candidates[0].change != "restoration":
        return len(other.date) == _FULL and not _is_one_time(step.date, other.date)
    # What is restored is restored by the embassies, unless weeks lie between.
    told = any(scene.doc[c.at].pos_ == "VERB" for c in step.candidates)
    return told and step.candidates[0].change == "restoration" and _is_apart(step.date, other.date)


def _is_apart(day: str, other: str) -> bool:
    """Tell a day that lies weeks from another, or in another month than it."""
    if len(other) != _FULL:
        return day[: len(other)] != other
    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days) >= WEEKS_APART


def _months_between(first: str, second: str) -> int:
    """Return how many months lie between two dates, 0 where one gives but the year."""
    months = [int(day[:4]) * 12 + int(day[5:7]) for day in (first, second) if len(day) >= _MONTH]
    return abs(months[0] - months[1]) if len(months) == len((first, second)) else 0


def _is_opened_again(step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "established" that another telling of the same day restores."""
    first = step.candidates[0]
    day = step.date or first.report
    return first.change == "establishment" and any(
        other.parties == step.parties
        and other.candidates[0].change == "restoration"
        and other.level is not None
        and day is not None
        and day == (other.date or other.candidates[0].report)
        for other in steps
    )


def _is_normalised(step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "normalised", which names no level, where they are told to be established."""
    return (step.candidates[0].change, step.level) == ("restoration", None) and any(
        other.parties == step.parties
        and (other.candidates[0].change, other.level) == ("establishment", "diplomatic_relations")
        and (not (step.date and other.date) or _is_one_time(step.date, other.date))
        for other in steps
    )


def _is_fulfilled(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "their desire to resume relations" in the report by which they are opened."""
    if _status(step) == "completed" or _kind(step) not in _OPENS:
        return False
    if step.level not in {None, "diplomatic_relations"}:
        return False
    now = scene.article.published
    if step.date is not None and (now is None or step.date > now[: len(step.date)]):
        return False
    return any(
        other.parties == step.parties
        and _status(other) == "completed"
        and _kind(other) in _OPENS
        and other.level == "diplomatic_relations"
        and _is_news(other.date or other.candidates[0].report, now)
        for other in steps
    )


def _is_of_full_relations(step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "raised to full diplomatic relations" where these are told to be restored."""
    return (_kind(step), step.level) == ("upgrade", "diplomatic_relations") and any(
        other.parties == step.parties
        and _kind(other) in _OPENS
        and other.level in {None, "diplomatic_relations"}
        and (not (step.date and other.date) or _is_one_time(step.date, other.date))
        for other in steps
    )


def _is_news(day: str | None, now: str | None) -> bool:
    """Tell a day so near before the publication that the article reports it."""
    if day is None or now is None or min(len(day), len(now)) < _FULL:
        return False
    return 0 <= (date.fromisoformat(now) - date.fromisoformat(day)).days <= FRESH_DAYS


def _status(step: Step) -> UpgradeStatus:
    """Return the surest that any telling makes of a step."""
    return max((c.status for c in step.candidates), key=_STATUS_RANK.__getitem__)


def _kind(step: Step) -> Change:
    return step.candidates[0].change


def _is_one_year(first: str | None, second: str | None) -> bool:
    """Tell whether two dates may be less than two years apart."""
    if first is None or second is None:
        return True
    return abs(int(first[:4]) - int(second[:4])) <= 1


def _of_today(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield candidates with the codes of today's states, but for those of one state."""
    for told in candidates:
        candidate = replace(told, parties=frozenset(code_today(code) for code in told.parties))
        if not len(candidate.parties) < MIN_PARTIES <= len(told.parties):
            yield candidate


def _gather(candidates: Iterable[Candidate], scene: Scene) -> list[Step]:
    steps: list[Step] = []
    told = list(_of_today(candidates))
    turns = _turns(told)
    for candidate in told:
        if _is_after_end(candidate, steps):
            candidate = replace(candidate, change="restoration")
        same = [
            step
            for step in steps
            if _is_same(step, candidate)
            and not _is_undone_since(candidate, step, steps)
            and not _is_another_time(step, candidate, turns, scene.doc)
        ]
        if same:
            same[-1].candidates.append(candidate)
        else:
            steps.append(Step(candidate.parties, [candidate]))
    return steps


def _is_after_end(candidate: Candidate, steps: Sequence[Step]) -> bool:
    """Tell ties "established" years after they were severed, which is to restore them."""
    if candidate.change != "establishment" or candidate.level != "diplomatic_relations":
        return False
    return candidate.date is not None and any(
        step.parties == candidate.parties
        and step.candidates[0].change == "severance"
        and step.date is not None
        and int(step.date[:4]) < int(candidate.date[:4])
        for step in steps
    )


def _is_undone_since(candidate: Candidate, step: Step, steps: Sequence[Step]) -> bool:
    """Tell a wish for what was done once and then, as told between, undone again."""
    last = step.candidates[-1]
    if candidate.status == last.status or candidate.change in _LOWER:
        return False
    return any(
        other.parties == step.parties
        and other.candidates[0].change in _LOWER
        and last.at < other.candidates[0].at < candidate.at
        and (other.date is None or (last.date is not None and other.date >= last.date[:4]))
        for other in steps
    )


def _turns(candidates: Iterable[Candidate]) -> Turns:
    """Return the years in which changes are told, and whether for the worse, by their parties."""
    found: Turns = {}
    for told in candidates:
        if told.date is not None:
            found.setdefault(told.parties, set()).add((told.date[:4], told.change in _LOWER))
    return found


def _is_another_time(step: Step, candidate: Candidate, turns: Turns, doc: Doc) -> bool:
    """Tell ties cut today, as no date need say, from those "cut in 2009" and restored since.

    What "had been cut" without a date, or "restored ties that were cut", is the earlier time.
    """
    if (step.date is None) == (candidate.date is None):
        return False
    year = (step.date or candidate.date or "")[:4]
    undated = candidate if step.date else step.candidates[0]
    verb = doc[undated.at]
    if verb.dep_ == "relcl" or any(child.lower_ == "had" for child in verb.children):
        return False
    lower = candidate.change in _LOWER
    return any(y > year and low != lower for y, low in turns.get(candidate.parties, ()))


def _is_same(step: Step, candidate: Candidate) -> bool:
    if step.parties != candidate.parties:
        return False
    first = step.candidates[0]
    if first.change != candidate.change:
        return False
    if step.level and candidate.level and step.level != candidate.level:
        return False
    if step.level and candidate.level is None and candidate.previous == step.level:
        return False  # "upgrade the strategic partnership" is to leave it behind
    if step.is_planned and candidate.status == "planned":
        return True
    return not (step.date and candidate.date) or _is_one_time(step.date, candidate.date)


def _is_one_time(first: str, second: str) -> bool:
    """Tell whether two dates may be of one change: told at two precisions, or days apart."""
    shorter = min(len(first), len(second))
    if first[:shorter] == second[:shorter]:
        return True
    if shorter < _FULL:
        return False
    gap = date.fromisoformat(first) - date.fromisoformat(second)
    return abs(gap.days) <= SAME_DAYS


def _upgrade(scene: Scene, step: Step, steps: Sequence[Step], visits: Sequence[Visit]) -> Upgrade:
    parties = tuple(Party(code=code, name=country_name(code)) for code in sorted(step.parties))
    first = step.candidates[0]
    evidence = tuple(evidence_of(scene, step.candidates))
    occasion = _occasion(step, evidence, visits)
    key = f"{sorted(step.parties)}|{step.level}|{first.change}|{first.at}"
    digest = hashlib.sha256(f"{scene.article.id}|{key}".encode()).hexdigest()
    status = _status(step)
    if status == "completed" and _is_ahead(step, scene.article.published):
        status = "planned"
    upgrade = Upgrade(
        id=f"upgrade-{digest[:16]}",
        parties=parties,
        level=step.level,
        level_text=next((c.level_text for c in step.candidates if c.level_text), None),
        previous_level=next(
            (c.previous for c in step.candidates if c.previous not in {None, step.level}), None
        ),
        change=first.change,
        date=step.date or _date_by_context(scene, step, steps, occasion, status),
        status=status,
        occasion=occasion.id if occasion else None,
        confidence=0.5,
        evidence=evidence,
    )
    features = features_of(upgrade, step.candidates)
    confidence = probability("upgrades", upgrade.id, features)
    return upgrade.model_copy(update={"confidence": confidence})


def _is_ahead(step: Step, now: str | None) -> bool:
    """Tell what was agreed, but is set for a day to come by another telling."""
    done = any(c.date for c in step.candidates if c.status == "completed")
    return now is not None and not done and step.date is not None and step.date > now


def _date_by_context(
    scene: Scene,
    step: Step,
    steps: Sequence[Step],
    occasion: Visit | None,
    status: UpgradeStatus,
) -> str | None:
    """Return the day of the visit told beside an undated change, or of the report."""
    told = next((c.report for c in step.candidates if c.report), None)
    if occasion is not None and _is_beside(scene, step, occasion):
        day = _day_of(occasion) or _month_of(scene, occasion)
        if day is not None and (status == "completed" or occasion.status == "planned"):
            within = told is not None and status == "completed" and told.startswith(day)
            return told if within else day
    if status != "completed":
        return None
    return told or _date_beside(scene, step, steps) or date_of_page(scene, step.candidates)


def _date_beside(scene: Scene, step: Step, steps: Sequence[Step]) -> str | None:
    """Return the day of another change of the same parties, told in the sentence before."""
    number = scene.sentence_of[step.candidates[0].at]
    for other in steps:
        if (step.level == "recognition") != (other.level == "recognition"):
            continue
        if other.parties == step.parties and other.date and len(other.date) == _FULL:
            gap = number - scene.sentence_of[other.candidates[0].at]
            if other is not step and gap in {0, 1} and not _is_undone(step, other):
                return other.date
    return None


def _is_undone(step: Step, other: Step) -> bool:
    """Tell "restored ties days after it cut them": the one is not of the other's day."""
    return (step.candidates[0].change in _LOWER) != (other.candidates[0].change in _LOWER)


def _day_of(visit: Visit) -> str | None:
    """Return the one day of a visit, or the month of several."""
    if visit.start is None or visit.start == visit.end:
        return visit.start
    return visit.start[:7] if visit.end and visit.start[:7] == visit.end[:7] else visit.start


def _month_of(scene: Scene, visit: Visit) -> str | None:
    """Return the month of the report, where it tells of an undated visit under way."""
    published = scene.article.published
    ongoing = visit.status == "ongoing" and visit.start is None and visit.end is None
    return published[:7] if ongoing and published and len(published) == _FULL else None


def _is_beside(scene: Scene, step: Step, visit: Visit) -> bool:
    """Tell a visit told in the sentence of a change, or right before it."""
    proofs = sorted(visit.evidence, key=lambda proof: proof.start)
    starts = [proof.start for proof in proofs]
    # Of the proofs that begin before a sentence's end, the farthest reaching.
    reach = list(accumulate((proof.end for proof in proofs), max))
    for sentence in (scene.sentence(c.at) for c in step.candidates):
        before = bisect_left(starts, sentence.end_char)
        if before and sentence.start_char - reach[before - 1] < _BESIDE:
            return True
    return False


def _occasion(step: Step, evidence: Sequence[Evidence], visits: Sequence[Visit]) -> Visit | None:
    """Return the visit between two of the parties that is told where the change is."""
    fitting = []
    for visit in visits:
        ends = {visit.origin.code if visit.origin else None, visit.destination.code}
        if not ends <= step.parties or visit.count != 1:
            continue
        if step.date and visit.start and not _compatible(step.date, visit.start):
            continue
        fitting.append((_distance(evidence, visit.evidence), visit.id, visit))
    if not fitting:
        return None
    distance, _, visit = min(fitting)
    return visit if distance <= 600 else None


def _distance(told: Sequence[Evidence], others: Sequence[Evidence]) -> int:
    """Return how far the nearest of two records' sentences begin from each other."""
    starts = sorted([(span.start, 0) for span in told] + [(span.start, 1) for span in others])
    return min(last[0] - first[0] for first, last in pairwise(starts) if first[1] != last[1])


def _compatible(first: str, second: str) -> bool:
    shorter = min(len(first), len(second), 7)
    return first[:shorter] == second[:shorter]


__all__ = ["THRESHOLD", "find"]
