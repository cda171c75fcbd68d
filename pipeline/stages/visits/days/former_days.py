"""Trips of former days: what one did in another office, or before the one held now."""

from __future__ import annotations

from spacy.tokens import Token

from models.visit import NOT_OVER, TO_COME
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import OPENERS, SUBJECTS, VERBS
from pipeline.reference.months import MONTHS, WEEKDAYS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.days.trip_times import is_seasons_before
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: The sentences with which news opens, by number.
_LEAD = 1
#: How many tokens before a name the "then" of its title may stand.
_TITLE_REACH = 8


def are_of_other_days(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell a trip to come, or under way, from one to the same land in former days.

    "He will be in Peru on Friday. As health minister he travelled to Peru" tells two, and so does
    "He has previously visited Peru. He will be there on Friday".
    """
    if trip.count != 1 or candidate.count != 1:
        return False
    if _is_of_other_date(scene, trip, candidate) or _is_of_told_year(scene, trip, candidate):
        return True
    if candidate.status == "completed":
        if is_long_before_news(scene, trip, candidate):
            return True
        ahead = bool(trip.statuses) and trip.statuses <= TO_COME and not _is_begun(trip)
        if ahead and _has_been(scene, candidate) and _is_days_ahead(scene, trip):
            return True
        if not is_of_former_days(scene, candidate, ahead=ahead):
            return False
        old = any(is_of_former_days(scene, told) for told in trip.candidates)
        return not old and (ahead or trip.statuses == {"ongoing"} or _is_news(scene, trip))
    if candidate.status not in {*TO_COME, "ongoing"} or trip.statuses != {"completed"}:
        return False
    if "inside" in candidate.notes and any(told.phase == "arrive" for told in trip.candidates):
        return False  # "by then X had arrived in Lima, and plans to meet the king there"
    ahead = candidate.status in TO_COME
    return all(is_of_former_days(scene, told, ahead=ahead) for told in trip.candidates)


def is_long_before_news(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell "he went to Peru in April" behind "X travelled to Peru", with which news of July opens.

    Not behind "X has travelled to Peru", nor "the visit was in April", "the visit in April was his
    first to the country".
    """
    day, published = candidate.when.start, scene.article.published  # no "it ended in April"
    if not (day and published) or trip.days or trip.statuses != {"completed"}:
        return False
    told_again = candidate.anaphoric or _is_the_visit(scene.doc[candidate.at])
    if told_again or not is_seasons_before(day, published):
        return False
    return any(_opens_news(scene, told) for told in trip.candidates)


def _is_the_visit(noun: Token) -> bool:
    """Tell "The visit, in April, was his first", "The April visit", from "his visit in April"."""
    definite = any(c.lower_ in words("definite") and c.dep_ == "det" for c in noun.children)
    return noun.pos_ == "NOUN" and noun.dep_ in SUBJECTS and definite


def _opens_news(scene: Scene, told: Candidate) -> bool:
    """Tell what a verb in the past tells in the headline or the first sentences of the text."""
    verb = scene.doc[told.at]
    simple = verb.tag_ == "VBD" and not auxiliaries_of(verb)
    return simple and (scene.sentence_of[told.at] <= _LEAD or told.at < scene.headline_end)


def _has_been(scene: Scene, candidate: Candidate) -> bool:
    """Tell "has also been to Peru", "has visited it", of no day, from "has left for Peru"."""
    verb = scene.doc[candidate.at]
    been = candidate.fact.reason == "perfect" and candidate.phase in {"whole", "none"}
    return been and not candidate.when and verb.pos_ in VERBS


def _is_days_ahead(scene: Scene, trip: Trip) -> bool:
    """Tell a trip of which every day is told, and yet to come on the day of the news."""
    published = scene.article.published
    return bool(trip.days and published) and all(compare(day, published) > 0 for day in trip.days)


def _is_of_other_date(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell "visited Peru on 9 September" behind "arrived in Peru on Tuesday", if no news is dated.

    Not behind "arrived in Peru on 9 September", nor "on Tuesday, 9 September".
    """
    if scene.article.published or candidate.status != "completed" or candidate.phase != "whole":
        return False
    act = scene.doc[candidate.at]
    told_by = governing_verb(act) if act.pos_ == "NOUN" else None  # "on 9 June he paid a visit"
    own = [t.lower_ for t in (told_by or act).subtree if t.tag_ == "NNP"]
    if MONTHS.keys().isdisjoint(own) or not WEEKDAYS.isdisjoint(own):
        return False
    told = {t.lower_ for c in trip.candidates for t in scene.sentence(c.at) if t.tag_ == "NNP"}
    return bool(told & WEEKDAYS) and MONTHS.keys().isdisjoint(told)


def _is_of_told_year(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell "visited Peru in June 2023" beside "is in Peru", "will visit it", if no news is dated.

    No news tells the year of what is under way as it is written, or to come: one that is told is
    of another trip. Not so "arrived there on 9 June 2023", which may tell when that began.
    """
    if scene.article.published:
        return False
    if candidate.when:
        statuses = {told.status for told in trip.candidates if _is_of_now(scene, told)}
        if not statuses or trip.days:
            return False
        return _has_own_year(candidate, done=statuses == {"planned"})
    now = _is_of_now(scene, candidate) and candidate.fact.reason != "arrived"
    if not now or not all(map(_has_own_year, trip.candidates)):
        return False
    # "on 9 June 2023 he visited Peru, where he is seeing traders" may be news of that day
    return candidate.status == "planned" or all(len(day) < DAY for day in trip.days)


def are_years_apart(scene: Scene, one: Trip, other: Trip) -> bool:
    """Tell "has arrived in Peru on Monday" and "was there in 1998", if no news is dated."""
    return any(
        not now.days
        and bool(then.candidates)
        and all(_is_of_told_year(scene, now, told) for told in then.candidates)
        for now, then in ((one, other), (other, one))
    )


def _has_own_year(told: Candidate, *, done: bool = False) -> bool:
    """Tell "visited Peru in 2023", not what may tell how a trip under way began, or a day of it.

    Args:
        done: whether what was done on a day counts, as beside a trip that has not begun.
    """
    day = told.day or told.when.start or told.when.end or ""
    if not day or not told.is_over or told.anaphoric or told.when.heading:
        return False
    deed = not done and not {"inside", "event"}.isdisjoint(told.notes)
    part = deed or told.phase in {"arrive", "leave"}
    return not part or len(day) < DAY or told.fact.reason == "pluperfect"


def _is_of_now(scene: Scene, told: Candidate) -> bool:
    """Tell "is in Peru", "will visit Peru", of no day, from "would visit", "planned to visit".

    So "arrived in Peru on a state visit", which is news.
    """
    if told.when or told.anaphoric or "inside" in told.notes:
        return False
    if told.fact.reason == "arrived":
        return told.phase == "arrive"
    if told.fact.weak or told.status not in NOT_OVER:
        return False
    return told.status == "ongoing" or not _is_past_plan(scene.doc[told.at])


def _is_past_plan(trigger: Token) -> bool:
    """Tell "was to visit", "planned to visit", "accepted to come", of any time before the text."""
    verbs = (t for t in (trigger, *trigger.ancestors) if t.pos_ in VERBS)
    over = next((v for v in verbs if tense_of(v) in {"past", "present", "future"}), None)
    if over is None or auxiliaries_of(over) & words("perfect_now"):
        return False
    return tense_of(over) == "past" or was_planned(trigger)


def _is_begun(trip: Trip) -> bool:
    """Tell "will leave Peru on Friday", "will meet the king in Lima": he may be there by now."""
    return all(told.phase == "leave" or "inside" in told.notes for told in trip.candidates)


def _is_news(scene: Scene, trip: Trip) -> bool:
    """Tell who has arrived, or a trip of the month of the news."""
    month = (scene.article.published or "")[:MONTH]
    arrived = any(told.fact.reason == "arrived" for told in trip.candidates)
    return arrived or bool(month and any(day.startswith(month) for day in trip.days))


def is_of_former_days(scene: Scene, candidate: Candidate, *, ahead: bool = False) -> bool:
    """Tell "had previously been to Peru", "went to Peru before his election".

    Args:
        ahead: whether it stands beside a trip to come, before which all that one "had visited" is.
    """
    verb = scene.doc[candidate.at]
    if candidate.status != "completed" or candidate.when or verb.pos_ not in VERBS:
        return False
    if scene.doc[max(0, verb.i - 1)].lower_ == "previously" or _was_then_in_office(
        scene, candidate
    ):
        return True
    if ahead and candidate.fact.reason == "pluperfect":
        return True
    for child in verb.children:
        lower = child.lower_
        if lower == "as" and _is_other_post(child, candidate):
            return True
        if lower == "before" and _is_rise(child):
            return True
        if lower in {"during", "in"} and _is_former_term(child):
            return True
        if child.dep_ == "advcl" and _is_when_other(child, candidate):
            return True
    return False


def _was_then_in_office(scene: Scene, candidate: Candidate) -> bool:
    """Tell "then-Prime Minister X arrived", "the then premier X flew to Lima"."""
    first = scene.sentence(candidate.at).start
    at = candidate.actor.token if candidate.actor is not None else first
    if not first < at < candidate.at:
        return False
    title = scene.doc[max(first, at - _TITLE_REACH) : at]
    return any(
        t.lower_ == "then" and (t.nbor().text == "-" or (t.i and t.nbor(-1).lower_ == "the"))
        for t in title
    )


def _is_other_post(preposition: Token, candidate: Candidate) -> bool:
    """Tell "as health minister", said of a president."""
    return any(
        _is_other(noun, candidate) for noun in preposition.children if noun.dep_ in {"pobj", "attr"}
    )


def _is_other(noun: Token, candidate: Candidate) -> bool:
    """Tell an office that is not the one by which the visitor is called."""
    if noun.lemma_.lower() not in word_set("former_post"):
        return False
    if noun.lower_ == "leader":  # not "as leader of a delegation"
        return any(c.lower_ in word_set("leads_party") for c in noun.children)
    role = (candidate.actor.reference.role or "") if candidate.actor is not None else ""
    called = [c.lower_ for c in noun.lefts if c.dep_ in {"compound", "amod"}] + [noun.lower_]
    called = [word for word in called if word not in word_set("not_of_post")]
    return bool(role) and " ".join(called) not in role.lower().replace("-", " ")


def _is_rise(preposition: Token) -> bool:
    """Tell "before his election", "before taking office", "before becoming president"."""
    return any(
        token.lemma_.lower() in word_set("rise_to_office")
        for noun in preposition.children
        for token in (noun, *noun.children)
        if not any(c.lower_ == "the" for c in noun.children)  # "before the election"
    )


def _is_former_term(preposition: Token) -> bool:
    """Tell "during his first term", "in her previous term"."""
    terms = (c for c in preposition.children if c.lemma_ in word_set("term_of_office"))
    return any(c.lower_ in word_set("term_before") for term in terms for c in term.children)


def _is_when_other(clause: Token, candidate: Candidate) -> bool:
    """Tell "when he was health minister", "before he became president" behind a journey."""
    marks = {c.lower_ for c in clause.children if c.dep_ in OPENERS}
    if "before" in marks and clause.lemma_ in word_set("rise_to_office"):
        return True
    was = clause.lower_ in word_set("was_in_office") and marks & {"when", "while"}
    posts = (c for c in clause.children if c.dep_ == "attr")
    return bool(was) and any(_is_other(post, candidate) for post in posts)


__all__ = [
    "are_of_other_days",
    "are_years_apart",
    "is_long_before_news",
    "is_of_former_days",
]
