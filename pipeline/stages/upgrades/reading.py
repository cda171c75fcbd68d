"""What the readers of triggers share of one article."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models.upgrade import Change, UpgradeStatus
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.timing.days import days_before
from pipeline.discourse.timing.of_trips import partial
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import has_subject, verb_above
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.labels import ADNOMINAL, PAST, VERBS
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.upgrades.dates.date_distance import is_long_after
from pipeline.stages.upgrades.dates.dating import single, verb_of
from pipeline.stages.upgrades.dates.done_late import wait_of
from pipeline.stages.upgrades.dates.reported import is_behind_since
from pipeline.stages.upgrades.dates.said_later import day_of_signing_behind
from pipeline.stages.upgrades.dates.that_meeting import day_of_that_meeting
from pipeline.stages.upgrades.dates.when import ChangeClock
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.placing import LevelReader
from pipeline.stages.upgrades.outcome.announced import is_day_ahead
from pipeline.stages.upgrades.outcome.clause_behind import day_of_clause_behind
from pipeline.stages.upgrades.outcome.governors import UNTENSED
from pipeline.stages.upgrades.outcome.undertakings import keeper
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.party_finder import PartyFinder
from pipeline.stages.upgrades.recognition.gained import cut_for
from pipeline.stages.upgrades.tables import words

#: A month told without a year is the last one, not the next, where that is so many months ahead.
_FAR = 5
_YEAR = 12
#: What was announced longer ago is done, in days.
_STALE_DAYS = 14
#: How many words before "the year in which" it may stand, with what parts them.
_NAMED = 4
#: How far behind relations whose anniversary is kept their own year may stand, in tokens.
_PARTNER = 8
#: What tells with whom they are: "between the two countries", "with Peru".
_NAMES_PARTNER = frozenset({"ADP", "CCONJ", "DET", "NUM", "PRON", "PROPN"})
_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})
#: So many words stand under the "are" of "are to sign".
_TO_DO = 2
#: The last of all years, for a page that no date ends.
_LAST = "9999"


class Reading:
    """One scene with its days, parties and levels."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = ChangeClock(scene)
        self.parties = PartyFinder(scene)
        self.levels = LevelReader(scene)
        #: The state whose recognition was told last.
        self.recognised: str | None = None
        #: With whom ties were told to be severed, the last at the end.
        self.left: list[str] = []

    def note(self, parties: Parties, change: Change, at: int) -> None:
        """Remember the parties of a change told at a token, and whom one of them left."""
        self.parties.note(parties, at)
        if change == "severance":
            self.left += sorted(parties)

    def date(self, token: Token, level: Level | None = None) -> str | None:
        """Return the day told of a trigger, one behind its level first."""
        if is_behind_since(token):
            return self.of_since(token)
        if is_long_after(token):
            return self.clock.told([token])
        if _is_followed(token):
            return self.clock.within(token.left_edge.i, token.right_edge.i + 1)
        anchors = [token]
        span = self.levels.span(level) if level is not None else None
        if span is not None and _is_of_clause_before(span, token):
            span = None
        if span is not None:
            behind = self.clock.directly_behind(span.end)
            if behind:
                return behind
            anchors.append(span.root)
        cut = cut_for(token)
        if cut is not None:  # "cut ties in 2007 to open those with Peru"
            return self.clock.within(token.i, token.right_edge.i + 1) or self.date(cut)
        own = self._of_named_year(token)
        until = wait_of(token)
        day = (
            own
            or (self.clock.within(until.i, until.i + 3) if until is not None else None)
            or self.clock.told(anchors)
            or self.clock.afterthought(token)
            or day_of_clause_behind(self.clock, token)
            or self._taken_up(token)
            or self._of_that_meeting(token)
        )
        if day is None:
            return None
        return day_of_signing_behind(self.clock, token, day) or self.clock.as_spoken(token, day)

    def is_of_event_before(self, token: Token) -> bool:
        """Tell the day of "following Monday's talks they will restore ties", told of the talks."""
        sentence = self.scene.sentence(token.i)
        for prep in sentence:
            if prep.dep_ != "prep" or prep.lower_ not in told_words("after_which"):
                continue
            start, end = prep.i, prep.right_edge.i + 1
            rest = (sentence.start, start) if token.i < start else (end, sentence.end)
            if not start <= token.i < end and self.clock.within(start, end) is not None:
                return self.clock.within(*rest) is None
        return False

    def of_since(self, token: Token) -> str | None:
        """Return the date in "the first visit since they established ties in 1980".

        Also in "last week it said that much had changed since establishing ties in 1980", "since
        last month's restoration of ties".
        """
        if not is_behind_since(token):
            return None
        behind = self.clock.within(token.i, token.right_edge.i + 1)
        own = (token.dep_ == "advcl" and token.pos_ in VERBS) or token.pos_ == "NOUN"
        return behind or (self.clock.within(token.left_edge.i, token.i) if own else None)

    def _of_named_year(self, token: Token) -> str | None:
        """Return the date right before ", the year they established ties", "the month in which"."""
        noun = token.head
        if token.dep_ != "relcl" or noun.lemma_.lower() not in words("moment"):
            return None
        at = noun.left_edge.i
        joined = at > 0 and token.doc[at - 1].text in OPENS_APPOSITION
        return self.clock.within(at - _NAMED, at) if joined and at > _NAMED else None

    def _taken_up(self, token: Token) -> str | None:
        """Return the date before "The deal made Peru a partner", which tells of that told last."""
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.sentence(token.i)
        before = self.scene.beside(number, step=-1)
        opening = sentence[: len(("the", "deal"))]
        if before is None or len(opening) < 2 or opening[0].lower_ not in words("takes_up"):
            return None
        if self.clock.neighbours.are_apart(number, number - 1):
            return None
        if opening[1].lemma_.lower() not in words("document") or opening[1].dep_ != "nsubj":
            return None
        if not {t.lower_.removesuffix("s") for t in before} & words("document"):
            return None
        told = [partial(date) for _, _, date in self.clock.between(before.start, before.end)]
        pairs = [pair for pair in told if pair is not None]
        return pairs[0][0] if len(pairs) == 1 and pairs[0][0] == pairs[0][1] else None

    def _of_that_meeting(self, token: Token) -> str | None:
        sentence = self.scene.sentence(token.i)
        told = (date for _, _, date in self.clock.between(sentence.start, sentence.end))
        if any(partial(date) is not None and not self.clock.is_term(date) for date in told):
            return None
        return day_of_that_meeting(self.scene, sentence)

    def is_of_saying(self, date: str) -> bool:
        """Tell the time at which a change is spoken of from that which is set for it."""
        published = self.scene.article.published or ""
        if len(date) == len(published):
            return date <= published
        return date < published[: len(date)]

    def is_of_telling(self, token: Token, date: str | None, status: UpgradeStatus) -> bool:
        """Tell the time at which a change to come is spoken of or wished for, not made."""
        if date is None or self._is_own_today(token, date):
            return False
        if self.is_of_saying(date) or self.is_day_of_wish(token, date):
            return True
        return status == "proposed" and self._is_week_of_wish(token, date)

    def _is_own_today(self, token: Token, date: str) -> bool:
        """Tell the day of "will recognise it on Tuesday", told that day, from that of saying.

        Also that of "is set to recognise it on Tuesday", "are to sign a pact on it later today".
        """
        if date != self.scene.article.published:
            return False
        sentence = self.scene.sentence(token.i)
        told = self.scene.dates_in(sentence.start_char, sentence.end_char)
        days = (d for d in told if d.earliest == d.latest == date)
        spans = (self.scene.doc.char_span(d.start, d.end, alignment_mode="expand") for d in days)
        own = _verbs_of_plan(token)
        return any(
            span is not None and (verb_of(span.root) in own or _is_later_on(span)) for span in spans
        )

    def _is_week_of_wish(self, token: Token, month: str) -> bool:
        """Tell "this week they discussed raising ties" from "they hope to raise them this week"."""
        published = self.scene.article.published
        if published is None or len(published) != DAY or month != published[:7]:
            return False
        sentence = self.scene.sentence(token.i)
        for told in self.scene.dates_in(sentence.start_char, sentence.end_char):
            span = self.scene.doc.char_span(told.start, told.end, alignment_mode="expand")
            pair = partial(told)
            if span is None or pair is None or single(pair) != month:
                continue
            own = verb_of(span.root) == token and tense_of(token) != "past"
            own = own and token.lemma_ not in words("proposed")
            if own or told.earliest is None or told.earliest > published:
                return False
        return True

    def is_to_come(self, date: str) -> bool:
        """Tell the "2030" of "agreed to raise their ties by 2030", when it is still to come."""
        published = self.scene.article.published
        return published is not None and date > published[: len(date)]

    def gone_by(self, token: Token, date: str) -> str | None:
        """Return the last "March" of "agreed to resume ties in March", not one far ahead.

        A year that the sentence tells, and a month that is near, stay; but what they "raised" was
        not raised in a year to come ("and agreed to double trade by 2030").
        """
        published = self.scene.article.published
        bare = date[4:] in {"", "-01-01"}  # a year, or the first day of years to come
        if published is not None and bare and token.tag_ == "VBD" and date[:4] > published[:4]:
            return None
        sentence = self.scene.sentence(token.i).text
        if published is None or len(published) != DAY or len(date) < MONTH:
            return date
        ahead = (int(date[:4]) - int(published[:4])) * 12 + int(date[5:7]) - int(published[5:7])
        if ahead < _FAR or ahead >= _YEAR or date[:4] in sentence:
            return date
        return f"{int(date[:4]) - 1}{date[4:]}"

    def last_weekday(self, token: Token, day: str) -> str:
        """Return the last "Tuesday" of "agreed to restore ties on Tuesday", not the next.

        That of "agreed to restore them next Tuesday", and of what is planned now, stays.
        """
        published = self.scene.article.published
        if published is None or min(len(published), len(day)) < DAY or day <= published:
            return day
        if is_day_ahead(token, day, published):
            return day
        of_paper = token.dep_ in ADNOMINAL and token.head.lemma_.lower() in words("document")
        kept = keeper(token)
        over = kept or (verb_above(token.head) if of_paper else None) or token.head
        decides = words("decided", "planned", "signs", "bargains")
        decides |= words("signed", "brokers", "hailed")
        decided = over.lemma_.lower() in decides
        done = kept is not None or ((of_paper or token.dep_ in _INFINITIVES) and decided)
        # "On Tuesday Peru set up ties", "Peru reduced them on Tuesday, its ministry said"
        told = token.tag_ == "VBD" and (token.dep_ == "ROOT" or _is_told_by(over, token))
        past = over.tag_ == "VBD" or _is_behind_after(over)
        told = told or _is_announced_then(token)
        if not (told or _is_of_dated_step(token)) and not (past and done):
            return day
        return days_before(day) if self.is_bare_weekday(token, day) else day

    def is_bare_weekday(self, token: Token, day: str) -> bool:
        """Tell the day of "on Tuesday" from that of "next Tuesday"."""
        sentence = self.scene.sentence(token.i)
        told = self.scene.dates_in(sentence.start_char, sentence.end_char)
        return any(
            d.value == day and d.text.lower().endswith("day") and " " not in d.text for d in told
        )

    def is_day_of_wish(self, token: Token, day: str) -> bool:
        """Tell the "Tuesday" of "urged Fiji to cut its ties on Tuesday", on which it was urged.

        That of "planned to cut them on Tuesday" is the day for which it was planned.
        """
        published = self.scene.article.published
        if published is None or min(len(published), len(day)) < DAY or day <= published:
            return False
        if is_day_ahead(token, day, published):
            return False
        over = (t for t in token.ancestors if t.pos_ in VERBS and tense_of(t) not in UNTENSED)
        wished = next(over, None) if tense_of(token) in UNTENSED else None
        if wished is None or wished.tag_ != "VBD" or wished.lemma_ in words("for_a_day"):
            return False
        return self.is_bare_weekday(token, day)

    def is_over(self, token: Token, date: str) -> bool:
        """Tell a plan so long past that it came true: of years ago, or announced weeks ago."""
        head = token.head
        announced = token.dep_ == "ccomp" and head.lemma_.lower() in words("decided")
        told = announced and head.tag_ in PAST and self._is_stale(date)
        return told or self.is_long_past(date)

    def _is_stale(self, date: str) -> bool:
        """Tell a time weeks before the publication, of which the report is no more."""
        published = self.scene.article.published
        if published is None:
            return True  # a page without a date, which looks back
        if len(published) != DAY or len(date) < MONTH:
            return date[:4] < published[:4]
        return date < days_before(published, days=_STALE_DAYS)[: len(date)]

    def is_long_past(self, date: str) -> bool:
        """Tell the day of "announced that ties would be opened on 1 May 1979" from one to come."""
        published = self.scene.article.published
        return published is not None and int(date[:4]) + 1 < int(published[:4])

    def is_dated_behind(self, token: Token, level: Level | None) -> bool:
        """Tell "the anniversary of the ties established in 1974": its own date follows.

        Also "since the opening of ties with Peru in 1974".
        """
        if token.pos_ == "NOUN" and token.head.lower_ == "since":
            end = self.scene.sentence(token.i).end
            comma = next((i for i in range(token.i, end) if token.doc[i].text == ","), end)
            own = self.clock.within(token.i, comma)
            counted = token.head.i and token.head.nbor(-1).lemma_.lower() in {"year", "decade"}
            return bool(own) and (not counted or self._is_past(own))
        entered = {"prt", "prep"} if token.lemma_ == "enter" else {"prt"}
        particle = [c for c in token.children if c.dep_ in entered and c.i == token.i + 1]
        end = (particle[0] if particle else token).i + 1
        span = self.levels.span(level) if level is not None else None
        if span is not None:
            end = max(end, span.end)
        behind = self.clock.behind(end) or self._behind_partner(token, end)
        if not behind or self._is_counted_from_now(behind[0]):
            return False
        return self._is_past(self.clock.told(behind) or "")

    def _behind_partner(self, token: Token, end: int) -> list[Token]:
        """Return the "1974" of "the 50th anniversary of the opening of ties with Peru in 1974".

        Also of "celebrated the decision to open ties with Peru in 1974". Not the "2024" of "kept
        the 50th anniversary of the opening of ties with Peru in 2024".
        """
        last = self._last_year(token)
        if last is None:
            return []
        for at in range(end, min(end + _PARTNER, token.sent.end)):
            behind = self.clock.behind(at)
            if behind:
                told = (self.clock.told(behind) or "")[:YEAR]
                return behind if told.isdigit() and told <= last else []
            named = token.doc[at].pos_ in _NAMES_PARTNER
            if not named and token.doc[at].lemma_.lower() not in words("many_parties"):
                break
        return []

    def _last_year(self, token: Token) -> str | None:
        """Return the last year that ties may be of whose anniversary or making is celebrated."""
        published = self.scene.article.published
        kept = next((node for node in token.ancestors if node.lemma_ in words("anniversary")), None)
        counts = (ordinal_of(c) for c in kept.children) if kept is not None else ()
        years = next((count for count in counts if count is not None), None)
        if years is None and token.dep_ in ADNOMINAL and token.head.lemma_ in words("decided"):
            return str(int(published[:YEAR]) - 1) if published is not None else _LAST
        if years is None or published is None:
            return None
        return str(int(published[:YEAR]) - years + 1)

    def _is_counted_from_now(self, first: Token) -> bool:
        """Tell "last year", in which an anniversary was kept, from a year of its own."""
        told = self.clock.between(first.i, first.i + 1)
        return any(t.text.lower().split()[0] in words("counted_from_now") for _, _, t in told)

    def _is_past(self, date: str | None) -> bool:
        """Tell the date of what is remembered from that of its anniversary ("… ties in 2024")."""
        published = self.scene.article.published
        if date is None:
            return False
        return published is None or not date or int(date[:4]) < int(published[:4])


def _is_later_on(day: Span) -> bool:
    """Tell the day of "later today", "later on Tuesday"."""
    before = day.doc[max(0, day.start - 2) : day.start]
    return any(t.lower_ == "later" for t in (*before, *day)) and "than" not in before.text


def _verbs_of_plan(token: Token) -> Sequence[Token]:
    """Return the verbs of "will sign a pact raising ties", "are due to sign one": what is ahead.

    None of "said that they agreed to raise ties".
    """
    found: list[Token] = [token]
    for node in (token, *token.ancestors):
        if node.pos_ not in VERBS and node.lemma_.lower() not in words("planned"):
            continue
        found.append(node)
        if tense_of(node) not in UNTENSED and tense_of(node) != "progressive":
            ahead = tense_of(node) == "future" or node.lemma_.lower() in words("planned")
            return found if ahead or (node.lemma_ == "be" and len(found) > _TO_DO) else []
    return []


def _is_followed(token: Token) -> bool:
    """Tell the "declaration" of "the declaration was followed by a plan in 2011", not of 2011."""
    return token.dep_ == "nsubjpass" and token.head.lemma_ == "follow"


def _is_behind_after(verb: Token) -> bool:
    """Tell the "agreeing" of "after agreeing on Friday to restore ties"."""
    return verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ == "after"


def _is_told_by(over: Token, token: Token) -> bool:
    """Tell the "cut" of "Peru cut ties on Friday, its premier said", of what was done by then."""
    own = has_subject(token)
    return own and token.dep_ == "ccomp" and over.i > token.i


def _is_announced_then(token: Token) -> bool:
    """Tell "their announcement on Friday of an accord to open ties", made on the last Friday."""
    nouns = (
        t for t in token.ancestors if t.pos_ == "NOUN" and t.lemma_.lower() in words("decided")
    )
    return any(c.lower_ == "on" and c.i < token.i for noun in nouns for c in noun.children)


def _is_of_dated_step(token: Token) -> bool:
    """Tell the "cut" of "Peru's Friday decision to cut ties", taken on the last Friday."""
    noun = token.head
    step = token.dep_ == "acl" and noun.lemma_.lower() in words("step")
    return step and any(c.ent_type_ == "DATE" and c.i < noun.i for c in noun.children)


def _is_of_clause_before(span: Span, token: Token) -> bool:
    """Tell the ties of "opened ties in 1949 and cut them in 1959", whose day is the opening's.

    Also those of the sentence before.
    """
    if span.end <= token.sent.start:
        return True
    if span.end <= token.i and any(c.lower_ in words("pronoun_object") for c in token.children):
        return True  # "those that cut ties in 2016 restored them"
    joined = token in span.root.ancestors or span.root in token.ancestors
    return token.dep_ == "conj" and span.end <= token.i and not joined


__all__ = ["Reading"]
