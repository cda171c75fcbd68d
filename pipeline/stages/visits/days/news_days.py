"""When a trip is made of which the article tells no days but those of its news."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models import DateExpression
from models.date import OF_ONE_DAY
from models.entity import LAND_KINDS
from models.visit import MADE, VisitStatus
from pipeline.discourse.facts import DONE_BEFORE
from pipeline.discourse.factuality import BARE, WILL, governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import PRESENT, TIMES, VERBS
from pipeline.stages.visits.candidate import ONE_DAY, Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: What is done on a trip, which tells of no coming or going.
_DEEDS = frozenset({"meeting", "presence", "received", "inside"})
#: What opens a line of a list.
_BULLETS = ("-", "*", "•", "–", "—", "--", "·")
#: How many days before its article a day may lie that is still of the news.
_NEWS_DAYS = 6
#: How many sentences back an undated deed may have its day.
_BACK = 6
#: How many sentences behind the telling of a trip what was done on it may be told.
_BEHIND = 2


def _is_of_act(scene: Scene, told: DateExpression) -> bool:
    """Tell the day of what somebody did from that of a page's furniture."""
    span = scene.doc.char_span(told.start, told.end, alignment_mode="expand")
    return span is not None and governing_verb(span.root) is not None


def of_news(
    scene: Scene, trip: Trip, status: VisitStatus, *, lead: int
) -> tuple[When, VisitStatus]:
    """Return the days of an undated trip as the day of the news tells them, and its status.

    "Flooding killed ten on Saturday. … The premier held talks in Lima" gives the month; "soon
    visited Lima", "has been to Lima" and "met him before he flew to Lima" give nothing.

    Args:
        status: the trip's status by its words; of a guest told there it is ongoing.
        lead: token index up to which the article's opening goes.
    """
    if trip.count != 1 or trip.destination is None:
        return When(), status
    when = _day_of_page(scene, trip)
    if when:
        return when, status
    if status == "ongoing":
        when = _month_of_news(scene, trip) or _month_of_dateline(scene, trip, lead)
    elif _is_told_there(scene, trip, lead):
        when = _month_of_news(scene, trip)
        status = "ongoing" if when else status
    return when or _month_of_deed(scene, trip) or _month_behind(scene, trip, lead), status


def _month_behind(scene: Scene, trip: Trip, lead: int) -> When:
    """Return the month of what one who "has visited Peru" did there, told right behind.

    "The premier has visited Peru. Standing beside its president on Tuesday, he said …" fires in an
    article's opening; a day on which he was elsewhere does not.
    """
    published = scene.article.published
    told = [c for c in trip.candidates if c.status is not None and "inside" not in c.notes]
    made = all((c.fact.reason == "perfect" and c.at < lead) or _ends_above(scene, c) for c in told)
    made = made and not any(c.previous for c in told)
    if not told or not made or published is None or len(published) < DAY:
        return When()
    first = days_before(published, days=_NEWS_DAYS)
    number = scene.sentence_of[told[0].at]
    for sentence in scene.sentences[number + 1 : number + 1 + _BEHIND]:
        references = [r for i in range(sentence.start, sentence.end) for r in scene.at(i)]
        places = {r.country for r in references if r.kind in LAND_KINDS}
        own = {r.country for r in references if r.form == "adjective" and r.actor == trip.origin}
        if places - {trip.destination, *own} or all(r.actor != trip.key for r in references):
            continue
        for day in scene.dates_in(sentence.start_char, sentence.end_char):
            at = day.earliest if day.grain in OF_ONE_DAY else None
            if at is not None and first <= at <= published and _is_of_act(scene, day):
                return When(at[:7], at[:7])
    return When()


def _ends_above(scene: Scene, candidate: Candidate) -> bool:
    """Tell the headline "X concludes Peru visit"."""
    return candidate.at < scene.headline_end and candidate.phase == "leave"


def of_meeting(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> When:
    """Return the month of a meeting that also brought another guest, whose month is known."""
    at = {c.at for c in trip.candidates if "meeting" in c.notes}
    for other in trips:
        if other is trip or other.destination != trip.destination or not at & set(other.told_at):
            continue
        day = (other.when or _month_of_deed(scene, other)).start or ""
        if len(day) >= MONTH:
            return When(day[:MONTH], day[:MONTH])
    return When()


def of_stop_before(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> When:
    """Return the month in which one came on from a stop: "flew in on 3 May from Lima, where …".

    Also where the arrival is told in the sentence before. Not of a stop of which nothing else is
    told: "flew in on 3 May from Lima".
    """
    told = [c for c in trip.candidates if c.status is not None]
    if any(c.previous or c.status != "completed" or c.when for c in told):
        return When()
    at = {scene.sentence_of[c.at] for c in told if _is_left_behind(scene, c)}
    for other in trips if at else ():
        if other is trip or other.key != trip.key or other.destination in {None, trip.destination}:
            continue
        came = (c for c in other.candidates if c.phase == "arrive" and len(c.when.start or "") >= 7)
        for c in came:
            near = any(0 <= number - scene.sentence_of[c.at] <= 1 for number in at)
            if near and c.status in MADE:
                month = (c.when.start or "")[:MONTH]
                return When(month, month)
    return When()


def _is_left_behind(scene: Scene, candidate: Candidate) -> bool:
    """Tell "flew in from Lima, where he had met the king", "landed after talks in Lima"."""
    if candidate.rule in word_set("left_behind"):
        return True
    if candidate.rule in word_set("comes_from_stop_before") and candidate.spot is not None:
        behind = [t.lower_ for t in scene.doc[candidate.spot.end : candidate.spot.end + 2]]
        if behind == [",", "where"]:
            return True  # "from Lima, where he held talks", which tell of no visit by themselves
    clause = scene.doc[candidate.at]
    where = clause.dep_ == "relcl" and any(c.lower_ == "where" for c in clause.children)
    return where and clause.head.head.lower_ == "from"


def _day_of_page(scene: Scene, trip: Trip) -> When:
    """Return the day of a page that lists a day's events for a trip that is one of them.

    "3 May 2011 / - The premier of Peru arrives in Lima. / - …" fires; a story with a date at its
    top and no list does not.
    """
    published = scene.article.published
    if published is None or len(published) < DAY:
        return When()
    for candidate in trip.candidates:
        if not _is_item(scene, candidate.at) or not _is_present(scene.doc[candidate.at]):
            continue
        headed = any(
            told.earliest == told.latest == published
            and told.start < scene.doc[candidate.at].idx
            and not _is_of_act(scene, told)
            for told in scene.dates
        )
        if not headed:
            continue
        if "inside" in candidate.notes:
            return When(published[:7], published[:7])
        return When(published, None if candidate.phase == "arrive" else published)
    return When()


def _is_item(scene: Scene, at: int) -> bool:
    """Tell a line of a list, by what it opens with."""
    text = scene.article.text
    start = text.rfind("\n", 0, scene.doc[at].idx) + 1
    return text[start : scene.doc[at].idx].lstrip().startswith(_BULLETS)


def _is_present(trigger: Token) -> bool:
    verb = trigger if trigger.pos_ in VERBS else governing_verb(trigger)
    return verb is not None and (verb.tag_ in PRESENT or verb.lower_ == verb.lemma_)


def _month_of_dateline(scene: Scene, trip: Trip, lead: int) -> When:
    """Return the month of a dateline's day for one who is there in the article's opening."""
    day = scene.article.dateline_date
    here = scene.here is not None and scene.here.country == trip.destination
    if day is None or not here or not any(c.at < lead for c in trip.candidates):
        return When()
    arrived = all(c.phase == "arrive" for c in trip.candidates)
    return When(day[:7], None if arrived else day[:7])


def _month_of_deed(scene: Scene, trip: Trip) -> When:
    """Return the month of what a guest does on a trip in the course of the days told before it.

    Of what was done "on 3 May during a one-day visit" it is the day.
    """
    told = [c for c in trip.candidates if c.status is not None]
    if any(c.previous or c.fact.reason not in {"", BARE, WILL} for c in told):
        return When()
    left = [c for c in told if c.phase == "leave" and c.rule not in word_set("tells_on_return")]
    if any(not _is_at_end(scene, c) for c in left):
        return When()
    for candidate in told:
        back = candidate.rule in word_set("tells_on_return")
        brief = _is_within_day_told(scene, candidate)
        deed = back or brief or _DEEDS & set(candidate.notes)
        there = not deed and _was_there(scene, candidate)
        if (deed or there) and not _is_of_another_time(scene, candidate):
            day = _day_told(scene, trip, candidate, own=there)
            if day is not None:
                return When(day, day) if brief else When(day[:7], day[:7])
    return When()


def _is_at_end(scene: Scene, candidate: Candidate) -> bool:
    """Tell "was speaking in Lima at the end of a visit", who is there yet."""
    noun = scene.doc[candidate.at]
    over = noun.head.head
    return noun.head.lower_ == "of" and over.lower_ == "end" and over.head.lower_ in {"at", "near"}


def _was_there(scene: Scene, candidate: Candidate) -> bool:
    """Tell "X, who was on a visit to Lima, also met", as the day's news has it."""
    told = scene.doc[candidate.at]
    be = told.head.head
    on = told.pos_ == "NOUN" and told.head.lower_ == "on"
    return on and be.lemma_ == "be" and be.tag_ == "VBD" and be.dep_ == "relcl"


def _is_within_day_told(scene: Scene, candidate: Candidate) -> bool:
    """Tell "was agreed on 3 May during a one-day visit", in one sentence."""
    during = scene.doc[candidate.at].head.lower_ == "during"
    sentence = scene.sentence(candidate.at)
    told = scene.dates_in(sentence.start_char, sentence.end_char) if during else ()
    return ONE_DAY in candidate.notes and any(d.grain in OF_ONE_DAY for d in told)


def _is_of_another_time(scene: Scene, candidate: Candidate) -> bool:
    """Tell "after he met A in Lima", "days after a minister met A", "when he met A"."""
    trigger = scene.doc[candidate.at]
    apart = words("after_trip", "before_trip") | {"when", "since", "earlier"}
    above = list(trigger.ancestors)
    marked = any(
        child.lower_ in apart
        for node in (trigger, *above)
        for child in node.children
        if child.i < candidate.at and child not in above
    )
    before = scene.doc[scene.sentence(candidate.at).start : candidate.at]
    return marked or any(
        token.lower_ in apart and token.nbor(-1).lemma_ in word_set("passed_since")
        for token in before[1:]
    )


def _is_of_ends(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell whether a sentence names the country that a trip leads to, the one left or who goes."""
    return any(
        reference.country in {trip.origin, trip.destination} or reference.actor == trip.key
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
    )


def _day_told(scene: Scene, trip: Trip, candidate: Candidate, *, own: bool = False) -> str | None:
    """Return the last day told up to the sentence of a deed, if it is one of the news.

    Args:
        own: whether its sentence must tell of the traveller himself.
    """
    published = scene.article.published
    if published is None or len(published) < DAY:
        return None
    number = scene.sentence_of[candidate.at]
    first = days_before(published, days=_NEWS_DAYS)
    for back in range(min(_BACK, number) + 1):
        sentence = scene.sentences[number - back]
        told = [
            each
            for each in scene.dates_in(sentence.start_char, sentence.end_char)
            if each.start >= scene.article.body_start
            and each.type in TIMES
            and each.earliest is not None
            and not _is_ahead_or_now(each, published)
            and _is_of_act(scene, each)
        ]
        days = [each.earliest for each in told if each.grain in OF_ONE_DAY]
        news = [day for day in days if day and first <= day <= published]
        if news and told[-1].earliest == news[-1]:
            if own and not _tells_of_any(scene, sentence, {trip.key}):
                return None
            return news[-1] if not back or _is_of_ends(scene, sentence, trip) else None
        if told and back < 2:
            return None
        if sentence.start_char <= scene.article.body_start:
            return scene.article.dateline_date if not own else None
    return None


def _is_ahead_or_now(told: DateExpression, published: str) -> bool:
    """Tell "votes in June", "this year", at which nothing was done that a report tells of."""
    if told.grain in OF_ONE_DAY:
        return False
    first, last = told.earliest or "", told.latest or ""
    return first > published or (told.grain == "year" and first <= published <= last)


def _is_told_there(scene: Scene, trip: Trip, lead: int) -> bool:
    """Tell a report from where the guest is, with nothing said of an earlier time or of leaving.

    "LIMA, May 4: … the premier said on Monday during a visit to Peru" fires; of a visit "last
    year", one from which he is back, one told by "had visited", it does not.
    """
    here = scene.here
    if here is None or here.country != trip.destination or trip.count != 1:
        return False
    return any(c.at < lead for c in trip.candidates) and all(
        c.status == "completed"
        and c.fact.weak
        and c.phase != "leave"
        and not c.previous
        and c.fact.reason not in DONE_BEFORE
        for c in trip.candidates
    )


def _month_of_news(scene: Scene, trip: Trip) -> When:
    """Return the month of what an article tells of the days before it, while a guest is there.

    A dated event inside a trip whose own days are not told gives the month: one that the guest or
    his country has part in.
    """
    published = scene.article.published
    if published is None or len(published) < DAY or _is_one_of_several(scene, trip):
        return When()
    first = days_before(published, days=3)
    own = {scene.sentence(candidate.at).start for candidate in trip.candidates}
    hosts, told_by_host = _hosts_beside(scene, trip), When()
    for told in scene.dates:
        if told.start < scene.article.body_start or told.grain not in OF_ONE_DAY:
            continue
        span = scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        if span is None or told.earliest is None or not first <= told.earliest <= published:
            continue
        sentence = scene.sentence(span.start)
        if told.earliest >= days_before(published, days=1) and _begins_beside(
            scene, sentence, trip
        ):
            return When(told.earliest, None)
        apart = sentence.start not in own or _is_of_deed(span) or _is_own_word(scene, span, trip)
        month = told.earliest[:7]
        if apart and _has_part(scene, sentence, trip):
            return When(month, month)
        if apart and not told_by_host and _tells_of_any(scene, sentence, hosts):
            told_by_host = When(month, month)
    return told_by_host


def _is_one_of_several(scene: Scene, trip: Trip) -> bool:
    """Tell "is on a tour of Peru, Chile and Cuba", which may have begun and ends any time."""
    return any(
        len(countries) > 1 and trip.destination in countries
        for c in trip.candidates
        if c.spot is not None
        for i in range(c.at + 1, c.spot.start + 1)
        if (countries := {spot.country for spot in scene.spots(i)})
    )


def _begins_beside(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell "the premier said on Sunday, … as he began a tour" of the day's news from no such day.

    The one whose word or deed the day is of has just arrived, in this sentence or the next.
    """
    begun = any(
        c.fact.reason == "arrived"
        and c.phase == "arrive"
        and c.at >= sentence.start
        and not any(t.is_alpha for t in scene.doc[sentence.end : scene.sentence(c.at).start])
        for c in trip.candidates
    )
    told = [r for i in range(sentence.start, sentence.end) for r in scene.at(i)]
    elsewhere = {r.country for r in told if r.kind in LAND_KINDS and r.form == "name"}
    elsewhere -= {trip.origin, trip.destination}  # "arrived in Lima on Sunday, having begun"
    return begun and not elsewhere and any(reference.actor == trip.key for reference in told)


def _is_of_deed(day: Span) -> bool:
    """Tell "is on a visit to Oslo and met the king on Tuesday" from "it said on Tuesday"."""
    verb = governing_verb(day.root)
    return verb is not None and verb.lemma_.lower() not in words("speech", "settles_trip")


def _is_own_word(scene: Scene, day: Span, trip: Trip) -> bool:
    """Tell "X, who is in Oslo, said on Tuesday" from "it said on Tuesday that X is in Oslo"."""
    verb = governing_verb(day.root)
    subject = scene.subject(verb) if verb is not None else None
    if subject is None:
        return False
    return any(
        r.actor == trip.key for i in range(subject.left_edge.i, subject.i + 1) for r in scene.at(i)
    )


def _has_part(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell whether a sentence tells of the visitor or of his country, and of no leaving."""
    if any(token.lemma_ in words("leaves_again") for token in sentence):
        return False
    return any(
        reference.actor == trip.key or (trip.origin and reference.country == trip.origin)
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
    )


def _tells_of_any(scene: Scene, sentence: Span, actors: set[str]) -> bool:
    told = (r.actor for i in range(sentence.start, sentence.end) for r in scene.at(i))
    return not actors.isdisjoint(actor for actor in told if actor)


def _hosts_beside(scene: Scene, trip: Trip) -> set[str]:
    """Return those of the country visited, by name, in whose sentences a trip is told.

    What day they spoke is of the trip's month, too: "The premier said on Monday … He met the press
    after talks with the visiting king".
    """
    sentences = {scene.sentence_of[c.at]: scene.sentence(c.at) for c in trip.candidates}
    return {
        reference.actor
        for sentence in sentences.values()
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
        if reference.actor and reference.kind == "person" and reference.country == trip.destination
    }


__all__ = ["of_meeting", "of_news", "of_stop_before"]
