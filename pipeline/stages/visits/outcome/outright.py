"""What tells outright whether a trip is over, where its own verb leaves it open."""

from __future__ import annotations

from spacy.tokens import Token

from models.visit import MADE, VisitStatus
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before, days_between
from pipeline.discourse.timing.diary import is_under_way
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import PAST, PRESENT, VERBS
from pipeline.stages.visits.candidate import ASIDE, LEFT_HOME, STAYED_OUT, Candidate
from pipeline.stages.visits.days.days_apart import compare, is_of_month_before
from pipeline.stages.visits.days.stay_lengths import days_told
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.before_event import is_met_before_event
from pipeline.stages.visits.outcome.signs import Told
from pipeline.stages.visits.outcome.told_since import is_told_since
from pipeline.stages.visits.outcome.yet_to_meet import is_yet_to_meet
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.tours.tour_made import has_toured
from pipeline.stages.visits.travel.homeward import HOMEWARD
from pipeline.stages.visits.travel.there_to import is_there_to

#: How many days before its article a day may be at most that is of its news.
_NEWS_DAYS = 3
#: Up to how many days a stay is told to last by its days alone, not by its nights.
_FEW_DAYS = 1
#: How many tokens before its noun "recent" may stand.
_ADJECTIVES = 4
#: How far behind a place "where" may stand, in tokens ("in Bali, Indonesia, where").
_WHERE = 5
#: How many tokens before a guest's surname "visiting" may stand.
_BEFORE = 10


def outright(told: Told, trip: Trip, status: VisitStatus) -> VisitStatus:
    """Return the status of a trip as what is told beside it has it.

    "Began his tour in Lima, and later went to Quito": he is in Lima no more. "A dinner for
    visiting Malian Premier X": he is there. "Has returned home after his visit to Lima": he has
    left, whatever else is told of his stay. "Has already travelled to Lima": he has been there. "X,
    on a visit to Lima, signed a pact on Monday": he is there in the news of that week, and so is
    one who "was in Lima to lobby for aid". "Will visit Lima (final day)", in a diary: he is there.
    """
    if status == "planned" and any(_is_entry_under_way(told.scene, c) for c in trip.candidates):
        return "ongoing"
    if status in MADE and _is_left_today(told, trip):
        return "completed"
    over = _is_over(told, trip) or _has_run_out(told, trip)
    if status == "ongoing" and not _is_there(trip) and over:
        return "completed"
    undated = trip.when.start is None and trip.when.end is None
    # Not "went back to Lima after the trip to the coast", whose noun tells the leaving.
    verbs = [c for c in trip.candidates if told.scene.doc[c.at].pos_ in VERBS]
    left = any(c.phase == "leave" and c.status == "completed" for c in verbs)
    if status == "completed" and undated and not left and _is_called_visiting(told.scene, trip):
        return "ongoing"
    if status == "completed" and (_is_there_by_the_way(told, trip) or _has_begun(told, trip)):
        return "ongoing"
    if status == "completed" and any(_is_at_what_goes_on(told.scene, c) for c in trip.candidates):
        return "ongoing"
    if status == "completed" and (is_there_to(told, trip) or _met_who_has_come(told, trip)):
        return "ongoing"
    if status == "completed" and (_is_to_go_on(told, trip) or _lasts_yet(told, trip)):
        return "ongoing"
    if status == "completed" and is_met_before_event(told, trip):
        return "ongoing"
    if status == "completed" and (_came_before_others(told, trip) or is_yet_to_meet(told, trip)):
        return "ongoing"
    return status


def _is_entry_under_way(scene: Scene, told: Candidate) -> bool:
    """Tell "will visit Lima (final day)", the entry of a diary."""
    return is_under_way(scene.doc, told.at, scene.sentence(told.at))


def _is_at_what_goes_on(scene: Scene, told: Candidate) -> bool:
    """Tell "met A in Lima, where the summit is under way", and no more of it.

    Not "in Lima, where the summit was under way".
    """
    if told.spot is None or told.fact.reason == "pluperfect":
        return False
    end = scene.sentence(told.at).end
    behind = scene.doc[told.spot.end : end]
    where = next((t for t in behind[:_WHERE] if t.lower_ == "where"), None)
    if where is None or not told.at < where.i:
        return False
    clause = scene.doc[where.i : end]
    goes_on = next((t for t in clause if t.lower_ in word_set("goes_on_there")), None)
    if goes_on is None:
        return False
    verbs = [t for t in scene.doc[where.i : goes_on.i] if t.lemma_ == "be" or t.lemma_ == "have"]
    return bool(verbs) and all(t.tag_ in PRESENT or t.tag_ == "VBN" for t in verbs)


def _came_before_others(told: Told, trip: Trip) -> bool:
    """Tell "those who had arrived in Lima were A and B. C is expected there": none has left yet."""
    if trip.count != 1 or any(
        c.fact.reason != "arrived" or c.phase != "arrive" or c.when for c in trip.candidates
    ):
        return False
    return any(
        other.destination == trip.destination
        and other.key != trip.key
        and other.statuses == {"planned"}
        and all(c.phase == "arrive" or "event" in c.notes for c in other.candidates)
        and any(not c.fact.weak for c in other.candidates)
        for other in told.trips
    )


def _is_over(told: Told, trip: Trip) -> bool:
    """Tell whether the visitor has left, as something beside the trip tells."""
    if any(STAYED_OUT in c.notes and c.status == "completed" for c in trip.candidates):
        return True  # "landed in Lima on Thursday and spent four days there"
    gone = _went_on(told, trip) or _began_there(told, trip) or _is_back(trip) or _is_behind(trip)
    gone = gone or any(_is_recent(told.scene.doc[c.at]) for c in trip.candidates if c.spot)
    return gone or _has_been(told.scene, trip) or is_told_since(told.scene, trip)


def _is_left_today(told: Told, trip: Trip) -> bool:
    """Tell the Peru of "He will be in Chile today. Yesterday he began his tour in Peru"."""
    start, published = trip.when.start or "", told.scene.article.published or ""
    if not len(start) == len(published) == DAY or start >= published or trip.when.end is not None:
        return False
    return any(
        other.destination not in {None, trip.destination}
        and other.statuses == {"planned"}
        and other.when.start == published
        for other in told.of_visitor(trip.key)
    )


def _is_recent(trip: Token) -> bool:
    """Tell "his recent visit to Lima", "the just-concluded visit", from "his most recent"."""
    if trip.pos_ != "NOUN":
        return False
    before = trip.doc[max(trip.left_edge.i, trip.i - _ADJECTIVES) : trip.i]
    recent = next((t for t in before if t.lower_ in word_set("recent_trip")), None)
    return recent is not None and recent.nbor(-1 if recent.i else 0).lower_ != "most"


def _has_run_out(told: Told, trip: Trip) -> bool:
    """Tell "arrived in Lima on Sunday on a two-day visit", as of Wednesday; not as of Tuesday.

    Where nights are counted the last of several days is the one after. Not of one who "arrives",
    "is visiting" besides, nor of one who "was received on Wednesday".
    """
    published = told.scene.article.published or ""
    made = all(c.status == "completed" for c in trip.candidates if c.status is not None)
    if len(published) < DAY or trip.count != 1 or not made:
        return False
    ends: list[str] = []
    for candidate in trip.candidates:
        start = candidate.when.start or trip.when.start or ""
        days = days_told(told.scene, candidate)
        if days is None or days < 1 or len(start) < DAY:
            continue
        more = days if days > _FEW_DAYS else days - 1
        ends.append(days_before(start, days=-more))
    deeds = [c.day or c.when.start or "" for c in trip.candidates]
    return bool(ends) and max(ends) < published and max(deeds) <= max(ends)


def _lasts_yet(told: Told, trip: Trip) -> bool:
    """Tell "travelled to Lima on Monday on a five-day visit", as of Wednesday, and no more of it.

    Not of one who "had travelled" there, who has left, or who went on.
    """
    published = told.scene.article.published or ""
    if len(published) < DAY or trip.count != 1 or trip.when.end is not None:
        return False
    others = (t for t in told.trips if t.key == trip.key and t.destination != trip.destination)
    if any((other.when.start or "") > (trip.when.start or "") for other in others):
        return False
    if _is_over(told, trip) or any(not _goes_there(c) for c in trip.candidates):
        return False
    for candidate in trip.candidates:
        start = candidate.when.start or ""
        days = days_told(told.scene, candidate)
        if days is not None and days > 1 and len(start) == DAY:
            return start <= published <= days_before(start, days=1 - days)
    return False


def _goes_there(told: Candidate) -> bool:
    """Tell "arrived", "travelled to Lima", told as news, from what was done there."""
    goes = told.phase == "arrive" or told.rule == "travel"
    return goes and told.fact.reason != "pluperfect" and not told.previous


def _is_there(trip: Trip) -> bool:
    return any(c.status == "ongoing" and not c.fact.weak for c in trip.candidates)


def _has_been(scene: Scene, trip: Trip) -> bool:
    """Tell "has already travelled to Lima", "has since visited Lima", and nothing else of it."""
    if len(trip.candidates) != 1:
        return False
    verb = scene.doc[trip.candidates[0].at]
    if verb.lemma_ not in word_set("has_been") or verb.tag_ not in PAST:
        return False
    behind = scene.doc[verb.i + 1 : scene.sentence(verb.i).end]
    if verb.lemma_ != "visit" and any(t.lower_ in word_set("stays_for") for t in behind):
        return False  # "has already travelled to Lima, where he is to meet the king"
    lowers = {child.lower_ for child in verb.children if child.i < verb.i}
    return bool(lowers & words("perfect_now") and lowers & word_set("by_now"))


def _is_back(trip: Trip) -> bool:
    """Tell whether the visitor is told to have come home from where he was."""
    return any(
        c.fact.reason == HOMEWARD and c.phase == "leave" and c.status == "completed"
        for c in trip.candidates
        if LEFT_HOME not in c.notes
    )


def _is_behind(trip: Trip) -> bool:
    """Tell the Moscow of "has arrived in Beijing following a stop in Moscow".

    Not that of "arrived in Moscow on Monday. From Moscow he left for Beijing", told of the day.
    """
    behind = (c for c in trip.candidates if c.rule in word_set("stop_left"))
    dated = any(c.when for c in trip.candidates)
    return not dated and any(c.status == "completed" for c in behind)


def _went_on(told: Told, trip: Trip) -> bool:
    """Tell whether the visitor is told to have gone on to another country."""
    own = told.of_visitor(trip.key)
    if any(_is_further(trip, other) for other in own) and has_toured(told.scene, trip):
        return True
    now = told.scene.article.published
    return any(
        other.destination != trip.destination
        and other.first_at > trip.first_at
        and is_of_month_before(trip.when, now) >= is_of_month_before(other.when, now)
        and any(_is_later(told.scene, c) for c in other.candidates)
        for other in own
    )


def _is_further(trip: Trip, other: Trip) -> bool:
    """Tell the trip of the same traveller that was made and is told behind another."""
    abroad = other.destination not in {None, trip.destination}
    return abroad and "completed" in other.statuses and other.told_at[-1] > trip.told_at[-1]


def _began_there(told: Told, trip: Trip) -> bool:
    """Tell "arrived in Doha on Monday. He began his tour in Muscat", told of no day."""
    verbs = [told.scene.doc[c.at] for c in trip.candidates]
    verbs = [v for v in verbs if v.pos_ in VERBS]
    begun = bool(verbs) and all(v.lemma_ in words("opens_trip") for v in verbs)
    return (
        begun
        and not trip.days
        and any(
            other.destination not in {None, trip.destination}
            and other.first_at < trip.first_at
            and any(c.phase == "arrive" and c.fact.reason == "arrived" for c in other.candidates)
            for other in told.of_visitor(trip.key)
        )
    )


def _is_later(scene: Scene, candidate: Candidate) -> bool:
    """Tell "later went to Quito", "then flew to Quito", "After the talks, he flew to Quito"."""
    verb = scene.doc[candidate.at]
    made = candidate.status == "completed" and candidate.fact.reason != "pluperfect"
    if not made or tense_of(verb) != "past":
        return False
    later = any(child.lower_ in word_set("<later on>") for child in verb.children)
    return later or _opens_behind(scene, candidate)


def _opens_behind(scene: Scene, candidate: Candidate) -> bool:
    """Tell "After the talks, he flew to Quito", of no day, "From there he flew to Quito"."""
    sentence = scene.sentence(candidate.at)
    dated = scene.dates_in(sentence.start_char, sentence.end_char)
    moves = candidate.phase == "arrive" and scene.doc[candidate.at].lemma_ in words("moves")
    opener = sentence[0]
    if not moves or opener.i >= candidate.at:
        return False
    if [t.lower_ for t in sentence[:2]] == ["from", "there"]:
        return True
    after = opener.lower_ in words("after_trip") and any(_is_done_there(c) for c in opener.children)
    return after and not dated


def _is_done_there(done: Token) -> bool:
    """Tell what one does where one has come: "after the talks", "after meeting A", "after that".

    Not "after his election", "after becoming president".
    """
    if done.tag_ == "VBG":
        return done.lemma_ in verb_rules()
    meets = done.lemma_.lower() in word_set("met_at") | words("trip_noun")
    own = done.lemma_.lower() in word_set("event_of_person")
    return meets or done.tag_ == "DT" or (is_event(done) and not own)


def _is_to_go_on(told: Told, trip: Trip) -> bool:
    """Tell "signed a pact in Lima. From Lima, she will go on to Quito": she is in Lima yet.

    So "was in Lima to mend ties. He is also to meet miners while there".
    """
    published = told.scene.article.published
    stays = any(c.rule in word_set("<is there>") for c in trip.candidates)
    ahead = any(
        c.rule == "stop_before" or (stays and c.rule == "while_in" and c.at > trip.first_at)
        for c in trip.candidates
        if c.status == "planned"
    )
    made = [c for c in trip.candidates if c.status == "completed"]
    dated = [day for c in made for day in (c.day or c.when.start,) if day]
    if not ahead or any(c.fact.reason == "pluperfect" or c.phase == "leave" for c in made):
        return False
    return bool(made) and all(_is_news(day, published) for day in dated)


def _is_there_by_the_way(told: Told, trip: Trip) -> bool:
    """Tell "X, on a visit to Lima, signed a pact", in an article's opening, of that week's news.

    Not of one who is told of elsewhere as well, or to have left.
    """
    scene = told.scene
    if not any(ASIDE in c.notes and c.at < told.lead(trip) for c in trip.candidates):
        return False
    beside = any(
        other.first_at > trip.first_at or "ongoing" in other.statuses
        for other in told.trips
        if other is not trip and other.key == trip.key
    )
    if beside or any(c.phase == "leave" or c.previous or c.fact.reason for c in trip.candidates):
        return False
    dated = [c.day for c in trip.candidates if c.when or c.day]
    return bool(dated) and all(_is_news(day, scene.article.published) for day in dated)


def _has_begun(told: Told, trip: Trip) -> bool:
    """Tell "began a visit to Lima on 14 May", as the news of the days after, with no end told.

    So "began a tour of Africa on Monday", whose lands are not told.
    """
    if _has_run_out(told, trip):
        return False
    if trip.when.end is not None or not _is_news(trip.when.start, told.scene.article.published):
        return False
    alone = all(o is trip or o.key != trip.key for o in told.trips)
    several = trip.count != 1 and not (alone and trip.destination is None)
    if several or any(c.phase == "leave" or c.previous for c in trip.candidates):
        return False
    published, start = told.scene.article.published, trip.when.start or ""
    begun = [c for c in trip.candidates if _begins(c) or _is_at_opened(c, published)]
    went_on = any(
        other.key == trip.key
        and other.statuses - {"planned"}
        and not compare(other.when.end or other.when.start, start) < 0  # "He was in Quito in 2019"
        and (other.first_at > trip.first_at or (other.when.start or "") > start)
        for other in told.trips
        if other is not trip
    )
    if not begun or begun[0].at >= told.lead(trip) or went_on:
        return False
    behind = told.scene.doc[begun[0].at : told.scene.sentence(begun[0].at).end]
    return not any(  # "began … and ended it on", "attended … and flew home"
        t.lemma_ in words("finish") or (t.pos_ == "ADV" and t.lower_ in words("home"))
        for t in behind
    )


def _met_who_has_come(told: Told, trip: Trip) -> bool:
    """Tell Y of "X met Y in Lima. X arrived in the city on Monday", in the news of these days."""
    meetings = {c.at for c in trip.candidates if "meeting" in c.notes}
    if any(c.at not in meetings or c.previous or c.fact.reason for c in trip.candidates):
        return False
    return any(
        meetings & set(other.told_at)
        and other.when.end is None
        and _is_news(other.when.start, told.scene.article.published)
        and any(map(_begins, other.candidates))
        for other in told.trips
        if other is not trip and other.destination == trip.destination
    )


def _begins(told: Candidate) -> bool:
    """Tell "arrived in Lima", "began a visit", and "the visit, which began", by its noun."""
    since = told.when.start is not None and told.when.end is None
    noun = told.rule in word_set("begun") and told.fact.reason in {"", "perfect"} and since
    listed = "arrival" in told.notes  # "those who had landed by noon included X"
    came = told.phase == "arrive" and told.fact.reason == "arrived" and not listed
    return told.status == "completed" and (came or noun)


def _is_at_opened(told: Candidate, published: str | None) -> bool:
    """Tell "was among those attending the summit, which opened on Monday", on the day or the next.

    How long it lasts is not told.
    """
    opened = "event" in told.notes and told.when.end is None and told.status == "completed"
    return opened and not told.fact.reason and _is_news(told.when.start, published, most_days=1)


def _is_news(day: str | None, published: str | None, most_days: int = _NEWS_DAYS) -> bool:
    if day is None or published is None or not len(day) == len(published) == DAY:
        return False
    return 0 <= days_between(day, published) <= most_days


def _is_called_visiting(scene: Scene, trip: Trip) -> bool:
    """Tell "for visiting Malian Premier X", of a guest by name."""
    for candidate in trip.candidates:
        actor = candidate.actor
        if actor is None or candidate.fact.reason == "pluperfect":
            continue
        start = actor.token
        before = scene.doc[max(0, start - _BEFORE) : start]
        called = [token.i for token in before if token.lower_ == "visiting"]
        title = scene.doc[called[-1] + 1 : start] if called else ()
        if called and not any(t.text == "," or t.tag_ in {"VBD", "VBZ", "IN"} for t in title):
            return True
    return False


__all__ = ["outright"]
