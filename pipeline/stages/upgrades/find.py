"""Find the changes in the level of relations of one article."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from spacy.tokens import Token

from models import Evidence, Party, Upgrade, Visit
from models.upgrade import UpgradeStatus
from pipeline.discourse import trace
from pipeline.discourse.confidence import probability
from pipeline.discourse.evidence import evidence_of
from pipeline.discourse.scene import Scene, scene_of
from pipeline.discourse.side_stories import stories_apart
from pipeline.discourse.stories import joined
from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.labels import TIMES
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import country_name
from pipeline.stage import Case
from pipeline.stages.upgrades.candidate import MEMBER
from pipeline.stages.upgrades.candidates import ChangeFinder
from pipeline.stages.upgrades.confidence import features_of
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.dates.joint_papers import day_of_joint_paper
from pipeline.stages.upgrades.dates.long_before import is_long_before
from pipeline.stages.upgrades.dates.opening_meeting import day_of_opening_meeting
from pipeline.stages.upgrades.dates.page_day import date_of_page
from pipeline.stages.upgrades.dates.reported import comes_after, is_behind_since
from pipeline.stages.upgrades.dates.visit_days import day_since_arrival, visits_named
from pipeline.stages.upgrades.merging.folds import give_day_of_folded, is_told_already
from pipeline.stages.upgrades.merging.steps import LOWER, Step, gather
from pipeline.stages.upgrades.outcome.headlines import by_the_body, is_shortened
from pipeline.stages.upgrades.outcome.in_force import day_in_force
from pipeline.stages.upgrades.parties.trips import TripsTold
from pipeline.stages.upgrades.spell import spell

#: Records below this confidence are not reported. Chosen on the development gold.
THRESHOLD = 0.38
#: The lowest rungs of diplomatic representation.
RECOGNITION, RELATIONS = "recognition", "diplomatic_relations"
#: What two stories of a digest that report one change have alike.
_SAME = {"parties", "level", "change", "date", "status"}
#: How a decade is written, which gives no day.
_DECADE = re.compile(r"['’]?(?:1[89]|20)?\d0['’]?s")
#: A visit whose sentence ends so near before a change's is its occasion, in characters.
_BESIDE = 60
#: So many days a change may be dated later than the page that tells of it.
_ZONES = 2


def find(case: Case) -> Iterable[Upgrade]:
    """Yield the article's changes in the level of relations, one a step, in text order.

    "India and Chile elevated their relations to a strategic partnership" fires; "the bank
    upgraded its outlook on India" does not.
    """
    visits = case.of(Visit)
    trips = TripsTold(visits)
    found = [list(_of_story(scene_of(case, s), visits, trips)) for s in stories_apart(case)]
    told = joined(found, lambda upgrade: upgrade.model_dump_json(include=_SAME))
    return told if len(found) == 1 else _told_once(told)


def _told_once(told: Sequence[Upgrade]) -> Iterator[Upgrade]:
    """Yield the records of a digest, but for what an earlier story tells, neither with a date."""
    seen: set[str] = set()
    for upgrade in told:
        change = upgrade.model_dump_json(include=_SAME - {"date", "status"})
        if upgrade.date is not None or change not in seen:
            yield upgrade
        if upgrade.date is None:
            seen.add(change)


def _of_story(scene: Scene, visits: Sequence[Visit], trips: TripsTold) -> Iterator[Upgrade]:
    finder = ChangeFinder(scene)
    finder.reading.parties.know_trips(trips)
    told = gather(trace.watched(finder.find(), spell), scene)
    steps = [by_the_body(scene, step) for step in told]
    used: Counter[str] = Counter()
    folded = [
        step
        for step in steps
        if is_told_already(scene, step, steps) or is_shortened(scene, step, steps)
    ]
    gone = {id(step) for step in folded}
    for step in steps:
        if id(step) in gone:
            continue
        give_day_of_folded(step, folded)
        upgrade = _upgrade(scene, step, steps, visits, used)
        if upgrade.confidence >= THRESHOLD:
            trace.kept(upgrade, step.candidates)
            yield upgrade
        else:
            trace.dropped(f"confidence {upgrade.confidence} < {THRESHOLD}", *step.candidates)


def _upgrade(
    scene: Scene,
    step: Step,
    steps: Sequence[Step],
    visits: Sequence[Visit],
    used: Counter[str],
) -> Upgrade:
    """Return the record of a step.

    Args:
        used: how often an id's parts were met: one word may tell a level with two dates.
    """
    parties = tuple(Party(code=code, name=country_name(code)) for code in sorted(step.parties))
    first = step.candidates[0]
    evidence = tuple(evidence_of(scene, step.candidates))
    occasion = _occasion(step, evidence, visits_named(scene, step, visits))
    key = f"{sorted(step.parties)}|{step.level}|{first.change}|{first.at}"
    used[key] += 1
    key += f"|{used[key]}" if used[key] > 1 else ""
    digest = hashlib.sha256(f"{scene.article.id}|{key}".encode()).hexdigest()
    status = step.status
    if status == "completed" and _is_ahead(scene, step):
        status = "planned"
    given = status != "proposed" or step.level == MEMBER  # by who invites one to be a member
    in_force = day_in_force(scene, step) if given else None
    if in_force is not None and status == "planned" and not in_force.startswith(step.date or ""):
        in_force = None
    if in_force is not None:
        status = "planned"
    date = (
        in_force
        or _finer_day(scene, step, occasion)
        or step.date
        or _date_by_context(scene, step, steps, occasion, status)
        or (day_of_joint_paper(scene, step.candidates, visits) if status == "completed" else None)
    )
    upgrade = Upgrade(
        id=f"upgrade-{digest[:16]}",
        parties=parties,
        level=_level(step, steps),
        level_text=next((c.level_text for c in step.candidates if c.level_text), None),
        previous_level=next(
            (c.previous for c in step.candidates if c.previous not in {None, step.level}), None
        ),
        change=first.change,
        date=date if _may_be_of(scene, status, date) else None,
        status=status,
        occasion=occasion.id if occasion else None,
        confidence=0.5,
        evidence=evidence,
    )
    features = features_of(upgrade, step.candidates)
    confidence = probability("upgrades", upgrade.id, features)
    return upgrade.model_copy(update={"confidence": confidence})


def _may_be_of(scene: Scene, status: UpgradeStatus, date: str | None) -> bool:
    """Tell whether a change may be of a time: none is planned for the past or done in the future.

    A day or two ahead is that of a page whose date is of another part of the world.
    """
    now = scene.article.published
    if now is None or date is None:
        return True
    if status == "planned":
        return date[: len(now)] >= now[: len(date)]
    ahead = status == "completed" and len(date) == len(now) == DAY and date > now
    return not ahead or days_between(now, date) <= _ZONES


def _level(step: Step, steps: Sequence[Step]) -> str | None:
    """Return the level of a step; a recognition is one of relations (corpus/CODEBOOK.md).

    It stays the rung below them where the article tells of them as another step: "Fiji recognised
    Kosovo in 2012 and opened diplomatic relations in 2013".
    """
    if step.level != RECOGNITION:
        return step.level
    told = [o for o in steps if o.parties == step.parties and o.kind == step.kind]
    opened = any(other.level == RELATIONS for other in told)
    return RECOGNITION if opened else RELATIONS


def _is_ahead(scene: Scene, step: Step) -> bool:
    """Tell what was agreed, but is set for a day to come by another telling.

    "Will receive it at the summit of 16 and 17 September", told in that month where "the decision
    to grant it" was taken.
    """
    now = scene.article.published
    told = [c for c in step.candidates if c.status == "completed"]
    if now is None or step.date is None:
        return False
    decided = all(scene.doc[c.at].tag_ == "VB" for c in told)
    if any(c.date for c in told):
        # "Agree to reopen them from 7 August"; not "agreed to open them by June".
        return decided and len(step.date) == DAY and step.date > now
    planned = any(c.status == "planned" and c.date == step.date for c in step.candidates)
    return step.date > now or (planned and decided and now.startswith(step.date))


def _date_by_context(
    scene: Scene,
    step: Step,
    steps: Sequence[Step],
    occasion: Visit | None,
    status: UpgradeStatus,
) -> str | None:
    """Return the day of the visit told beside an undated change, or of the report.

    "Sent its envoys on Tuesday after the two decided to restore ties" dates no decision.
    """
    told_at = [scene.doc[c.at] for c in step.candidates]
    if all(is_long_before(token) or is_behind_since(token) for token in told_at):
        return None
    if all(_is_of_some_decade(token) or _is_of_old(token) for token in told_at):
        return None
    told = next((c.report for c in step.candidates if c.report), None)
    if told is not None and _is_of_proposal(scene, step, told):
        told = None
    earlier = all(map(comes_after, told_at))
    earlier = earlier or any(o.parties == step.parties and _was_undone(step, o) for o in steps)
    if occasion is not None and not earlier and _is_beside(scene, step, occasion):
        day = _day_of(occasion)
        ahead = status == "planned" and occasion.status == "planned"
        if day is not None and (status == "completed" or ahead):
            within = told is not None and status == "completed" and told.startswith(day)
            within = within and not (len(day) == YEAR and told in {occasion.start, occasion.end})
            if status == "completed" and not within and occasion.end is None:
                day = day_since_arrival(scene, step, occasion.start) or day
            return told if within else _day_of_deed(scene, step, occasion) or day
    if status != "completed":
        return None
    spoken = next((c.spoken for c in step.candidates if c.spoken), None)
    beside = _date_beside(scene, step, steps)
    told = told or beside or spoken or date_of_page(scene, step.candidates)
    return told or (None if earlier else day_of_opening_meeting(scene, step))


def _is_of_some_decade(verb: Token) -> bool:
    """Tell "opened relations in the 1960s", whose day nobody tells, from "opened them"."""
    decades = (n for n in prep_objects(verb, "in", "during") if n.ent_type_ in TIMES)
    return any(_DECADE.fullmatch(n.text) for n in decades)


def _is_of_old(verb: Token) -> bool:
    """Tell "their ties date back 64 years, making Peru the second state to open relations"."""
    before = verb.doc[verb.sent.start : verb.i]
    return any(t.lower_ == "back" and t.head.lemma_ == "date" for t in before)


def _finer_day(scene: Scene, step: Step, occasion: Visit | None) -> str | None:
    """Return the month or day of the visit at which a change was made that is dated by its year.

    "The decision of 2017" beside "during his visit in November 2017, they announced": November.
    """
    undated = [c for c in step.candidates if c.date is None]
    if step.date is None or occasion is None or not undated or len(step.date) > YEAR:
        return None
    day = _day_of(occasion)
    fits = day is not None and len(day) > len(step.date) and day.startswith(step.date)
    beside = fits and _is_beside(scene, Step(step.parties, undated), occasion)
    return day if beside else None


def _is_of_proposal(scene: Scene, step: Step, day: str) -> bool:
    """Tell the day of "The council granted it. On 3 May the board had urged to grant it"."""
    urged = (scene.sentence(c.at) for c in step.candidates if c.status == "proposed")
    return step.status != "proposed" and any(
        told.earliest == day for s in urged for told in scene.dates_in(s.start_char, s.end_char)
    )


def _date_beside(scene: Scene, step: Step, steps: Sequence[Step]) -> str | None:
    """Return the day of another change of the same parties, told in the sentence before."""
    number = scene.sentence_of[step.candidates[0].at]
    switched = {(c.at, c.owners) for c in step.candidates if c.rule == "switch"}
    for other in steps:
        if other.date and switched.intersection((c.at, c.owners) for c in other.candidates):
            return other.date  # what was lost and what was made by one switch
        if (step.level == RECOGNITION) != (other.level == RECOGNITION):
            continue
        if other.kind == "establishment" and step.kind == "upgrade":
            continue  # no partnership was made on the day on which relations were opened
        if other.parties == step.parties and other.date and len(other.date) == DAY:
            gap = number - scene.sentence_of[other.candidates[0].at]
            if other is not step and gap in {0, 1} and not _is_undone(step, other):
                return other.date
    return None


def _is_undone(step: Step, other: Step) -> bool:
    """Tell "restored ties days after it cut them": the one is not of the other's day."""
    return (step.candidates[0].change in LOWER) != (other.candidates[0].change in LOWER)


def _was_undone(step: Step, other: Step) -> bool:
    """Tell ties cut of old from those restored now, at the visit that is told with both."""
    changes = step.candidates[0].change, other.candidates[0].change
    return changes[0] in LOWER and changes[1] == "restoration" and other.status == "completed"


def _day_of(visit: Visit) -> str | None:
    """Return the one day of a visit, or the month or year of several."""
    if visit.start is None or visit.end is None:
        return visit.start
    return single((visit.start, visit.end))


def _day_of_deed(scene: Scene, step: Step, visit: Visit) -> str | None:
    """Return the one day of "On a visit to Lima, X met Y on Monday. They raised ties", a month's.

    Args:
        visit: one told right before the change, or with it.
    """
    month = visit.start
    if month is None or month != visit.end or len(month) != MONTH:
        return None
    at = scene.sentence(step.candidates[0].at).end_char
    proof = max((e for e in visit.evidence if e.start < at), key=lambda e: e.start, default=None)
    told = scene.dates_in(proof.start, proof.end) if proof is not None else ()
    days = {d.earliest for d in told if d.earliest == d.latest and d.earliest}
    return days.pop() if len(days) == 1 and all(d.startswith(month) for d in days) else None


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
