"""Whether the event beside a date is past or to come, from the verb that governs the date.

The nearest cue of tense.toml before the date in its sentence decides (on news it is right more
often than the tree is); for a date with none before it, the verb over it in a parsed Doc; then the
first cue behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from spacy.tokens import Doc, Token

from pipeline.labels import AUXILIARIES, FINITE, PRESENT, VERBS
from pipeline.lexicon import any_of, word_lists
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.dates.cues import (
    Direction,
    as_opened,
    as_plain,
    cue_pattern,
    first_way,
    ways_of,
)
from pipeline.stages.dates.diary import DAYS, Diary, heads_line, is_day_alone
from pipeline.stages.dates.surface_tense import (
    BESIDE_REACH,
    REACH,
    cue_before,
    direction_beside,
    is_of_deed,
    sentence_bounds,
)
from pipeline.word_order.attributions import parting_attributions, without

_OPENS = re.compile(r"\S")
#: Verbs that tell of what is to be, or plan it.
_TELLS = re.compile(
    r"\b(?:said|told|spoke|wrote|talk|add|warn|hint|suggest|confirm|report|not|declar|insist|stress|"
    r"announc|call|set|schedul|plann|postpon|delay|mov|expect|promis|pledg|agree?|propos|offer|vot|"
    r"approv|decid|order|won|forecast|predict|ask|urg|invit|nominat|pick|chose|select|book|appoint|"
    r"nam|sign|hop|want|rul|fix|had|was|were|been|put|made|gave|given|saw|seen|sought|need|cut|hit)"
    r"(?:n|l)?(?:ed)?$"
)

#: Verbs by which one tells of another time.
_SAYS = re.compile(
    r"\b(?:said|told|announced|added|warned|wrote|reported|confirmed|hoped|planned)\b"
)

#: What one goes to, of which the nearest such day is meant ("left for Saturday's summit").
_GOAL = re.compile(
    r"\b(?:left|heads?|headed|heading|flew|flies|flying|arrived?|arrives|landed|lands|came|coming"
    r"|went|travell?ed|travels|departed|departs|set off|set out|gathered|gathering"
    r"|(?:is|are|was) in)\b"
    r"[^,;:]{0,70} (?:for|before) (?:the )?$"
)

#: What one sets out to attend, whose day is yet to come as one leaves ("left to attend a summit").
#: Not "left hospital and was able to attend", "left after coming to attend", "left it to X to".
_AIM = re.compile(
    r"\b(?P<gone>(?:has|have) (?:\w+ )?)?"
    r"(?:left(?= (?:[A-Z]\w+|for|from|home|on|at|to|early|late|this|last|yesterday|today|abroad"
    r"|there|here|by|with|in|his (?:country|capital)|the (?:country|capital|island|city))\b)"
    r"|departed|flew|flown|set off|set out)\b"
    r"(?:(?!\b(?:after|since|where|who|whom|which|that|when|while|as|because|why|how|without|having"
    r"|and|but|not|it|in order|asked|told|able|unable|forced|forcing)\b)[^;:]){0,120}? to"
    r" (?:attend|join|witness|address|participate in|take part in|represent|lead)\b"
    r"(?P<aim>[^;:]{0,160})$"
)

#: A plan of the past, of which the day may be just over or just ahead.
_HAD_BEEN = re.compile(r"had been (?:due|scheduled|set|expected|planned|slated|supposed|likely)\b")

_CLAUSE_END = re.compile(r"[,;:.]")

#: The clause right behind a date that tells what happened then.
_WHEN = re.compile(r",? when (\w[^,;:.]{0,80})")

#: What opens a clause that tells of a noun alone, and what was only hoped for.
_OF_NOUN = re.compile(r"\b(?:that|who|which|whose)\b")
_HOPED = re.compile(r"^[a-z]+(?: been)? (?:hoped|planned|expected|due|scheduled)\b")


#: What is dated ahead by those who tell of it.
_AHEAD = re.compile(
    r"\b(?:elections?|votes?|polls?|referendum|summit|meetings?|talks|visit|trip|conference|cuts?|"
    r"rises?|hikes?|deadline|session|congress|convention|trial|hearing|launch|match|game|race|start|"
    r"end|opening|inauguration|ceremony|parade|games|cup|championships?|tournament|release|budget|"
    r"target|presidency)\b"
)


#: Behind a date in capitals that heads a picture ("LIMA, PERU - JULY 9: The premier waves").
_CAPTION = re.compile(r" ?: [A-Z]")

#: Verbs that set a day ahead, when one stands right behind them.
_PLANS = re.compile(
    r"(?:call|set|schedul|plann|expect|forecast|predict|fix|book)(?:ed)?$|cut|hit|put|was|were"
)


#: Before a date behind "after", of what is told to have been ("after his March visit ended").
_AFTER = re.compile(r"\bafter (?:his|her|its|their|the|an?|\w+[’']s?) (?:[a-z-]+ )?$")

#: What joins a date to the verb before it, and days from first to last.
_DATED = (" in ", " on ", " in early ", " in late ", " in mid-", " over ", " between ", " during ")
_RAN = " from "
_SPAN = re.compile(r"\d\s*(?:to|until|till|through|[-–—])")

#: How near to the start of its sentence a date sets the scene for those behind it, in characters.
OPENING_REACH = 40


#: How far behind a date that opens its sentence the verb of what is told of it may stand.
CLAUSE_REACH = 60


class Tenses:
    """The directions of one text.

    Args:
        text: what the offsets count in.
        doc: the parsed text, or None.
    """

    def __init__(self, text: str, doc: Doc | None = None) -> None:
        self._text = text
        self._sayings = parting_attributions(text)
        self._bare = without(text, self._sayings)
        self._doc = doc if doc is not None and _fits(doc, text) else None
        self._starts: list[int] = []
        self._sentences: list[int] = []
        self._diary = Diary(text)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a stretch."""
        if self._doc is None:
            return sentence_bounds(self._told(start), start, end)
        if not self._sentences:
            self._sentences = [sent[0].idx for sent in self._doc.sents]
        at = bisect_right(self._sentences, start)
        first = self._sentences[at - 1] if at else 0
        last = self._sentences[at] if at < len(self._sentences) else len(self._told(start))
        return max(first, start - REACH), max(min(last, end + REACH), end)

    def heads(self, start: int, end: int) -> bool:
        """Tell a day that heads what is told behind it in its line, or below it."""
        text = self._told(start)
        first, last = self.sentence(start, end)
        return heads_line(text, start, end) or is_day_alone(text[first:last], text[start:end])

    def direction(self, start: int, end: int) -> Direction | None:
        """Return past or future, None where nothing tells."""
        if self._told(start)[start:end].isupper() and _CAPTION.match(self._told(start), end):
            return "past"
        if heads_line(self._told(start), start, end):
            return self._diary.direction(end) if self._told(start)[start:end] in DAYS else None
        first, last = self.sentence(start, end)
        if is_day_alone(self._told(start)[first:last], self._told(start)[start:end]):
            opening = _OPENS.search(self._told(start), last)
            below = (
                self._told(start)[last : self.sentence(opening.start(), opening.end())[1]]
                if opening
                else ""
            )
            return first_way(below) or ("future" if self._diary.is_ahead else None)
        beside = direction_beside(self._told(start), start, end)
        if beside:
            return beside
        if is_of_deed(self._told(start), first, start, end) or self._is_over(
            first, start, end, last
        ):
            return "past"
        aim = self._aim(first, start, end)
        if aim is not None and aim["gone"]:
            return "future"  # "has left to attend a summit in Lima on Monday"
        found, bound = cue_before(self._told(start), first, start, end)
        if found is None:
            found = _when_clause(self._told(start), end)
        if found is None:
            token = self._token(start)
            found = _governed(token, end) if token is not None else None
        behind = self._told(start)[end:last].partition("”")[0]
        return found or first_way(behind) or bound

    def _is_over(self, first: int, start: int, end: int, last: int) -> bool:
        """Tell "will go there after his March visit ended in a row" from "after the June vote"."""
        if not _AFTER.search(self._told(start), max(first, start - BESIDE_REACH), start):
            return False
        return first_way(_CLAUSE_END.split(self._told(start)[end:last])[0]) == "past"

    def is_goal(self, start: int, end: int) -> bool:
        """Tell the day of an event for which one set out ("flew to Lima for Sunday's summit")."""
        if self._told(start)[end : end + 2] not in APOSTROPHE_S:
            return self._aim(self.sentence(start, end)[0], start, end) is not None
        if not _AHEAD.search(_CLAUSE_END.split(self._told(start)[end : end + BESIDE_REACH])[0]):
            return False  # "came to court for Sunday's attack"
        first, _ = self.sentence(start, end)
        return bool(_GOAL.search(as_plain(self._told(start)[max(first, start - REACH) : start])))

    def had_been_planned(self, start: int, end: int) -> bool:
        """Tell whether the cue before a date tells a plan of the past ("had been due to land")."""
        first, _ = self.sentence(start, end)
        told = [
            cue[0]
            for cue in cue_pattern().finditer(as_opened(self._told(start)[first:start]))
            if ways_of(cue)[0] == "sure"
        ]
        return bool(told) and _HAD_BEEN.match(told[-1]) is not None

    def _aim(self, first: int, start: int, end: int) -> re.Match[str] | None:
        """Return how a sentence sets out for an event of a day ("left to attend a summit on").

        None where a verb between tells of that day ("to attend the burial of one who died on").
        """
        if self._told(start)[end : end + 2] in APOSTROPHE_S:
            return None
        stretch = as_opened(self._told(start)[max(first, start - REACH) : start])
        aim = _AIM.search(stretch)
        if aim is None or _OF_NOUN.search(aim["aim"]) or "." in aim["aim"]:
            return None
        if aim["aim"].endswith(" of "):  # "a ceremony for the victims of Thursday"
            return None
        if stretch[: aim.start()].endswith((" had ", " had just ", " had already ")):
            return None
        told = (ways_of(cue) for cue in cue_pattern().finditer(aim["aim"]))
        return aim if all(way != "past" for _, way, _ in told) else None

    def happened(self, start: int, end: int) -> bool:
        """Tell whether the verb right before a date tells of a thing done ("was freed in May")."""
        first, _ = self.sentence(start, end)
        stretch = as_plain(self._told(start)[first:start])
        runs = stretch.endswith(_RAN) and _SPAN.search(self._told(start), start, end)
        if not runs and not stretch.endswith(_DATED):
            return False
        stretch = as_opened(stretch)
        cues = [cue for cue in cue_pattern().finditer(stretch) if ways_of(cue)[0] != "bound"]
        told = [ways_of(cue)[:2] for cue in cues]
        if not cues or told[-1] != ("sure", "past") or ("sure", "future") in told:
            return False
        last = cues[-1]
        if " to have " in last[0]:
            return False
        between = stretch[last.end() :]
        if between in (" in ", " on "):
            return not _PLANS.search(last[0])
        return not (_TELLS.search(last[0]) or _AHEAD.search(between) or ", " in between)

    def narrates(self, start: int, end: int) -> bool:
        """Tell whether a date opens a sentence of what was done then ("On May Day he spoke")."""
        first, last = self.sentence(start, end)
        if start - first > OPENING_REACH or not self.is_open(start):
            return False
        behind = as_plain(self._told(start)[end : min(last, end + CLAUSE_REACH)])
        cue = next(cue_pattern().finditer(behind), None)
        if cue is None or _SAYS.search(cue[0]) or _OF_NOUN.search(behind[: cue.start()]):
            return False  # "In June, talks that began in Lima resume"
        return ways_of(cue)[2] == "past" and not _HOPED.search(behind[cue.start() :])

    def is_present(self, start: int) -> bool:
        """Tell whether the verb that governs a date from before it is of the present tense."""
        token = self._token(start)
        at = token
        while at is not None and at.head != at:
            at = at.head
            helpers = [c.tag_ for c in at.children if c.dep_ in AUXILIARIES]
            finite = {at.tag_, *helpers} & FINITE
            if at.pos_ in VERBS and finite and at.dep_ not in ("relcl", "acl", "advcl"):
                return at.idx < start and not finite & {"VBD", "MD"}
        return False

    def opens(self, start: int, end: int) -> bool:
        """Tell whether a date opens its sentence: near its start, with no verb before."""
        first, _ = self.sentence(start, end)
        if start - first > OPENING_REACH:
            return False
        return cue_before(self._told(start), first, start, end) == (None, None)

    def is_open(self, start: int) -> bool:
        """Tell whether no cue before a date tells its direction."""
        first, _ = self.sentence(start, start)
        return cue_before(self._told(start), first, start, start)[0] is None

    def _told(self, start: int) -> str:
        """Return the text around a date, without who says so unless the date is of that."""
        aside = any(move.start <= start < move.cut for move in self._sayings)
        return self._text if aside else self._bare

    def _token(self, start: int) -> Token | None:
        if self._doc is None:
            return None
        if not self._starts:
            self._starts = [token.idx for token in self._doc]
        at = bisect_right(self._starts, start) - 1
        return self._doc[at] if at >= 0 else None


_words = word_lists("pipeline.stages.dates", "plan_words.toml")


@cache
def _only_tells() -> re.Pattern[str]:
    """Return the pattern of verbs of the present tense that tell, and set nothing ahead."""
    return re.compile(rf"(?:{any_of(_words('only-tells-stem'))})(?:e?s|e)?|has|have")


def _when_clause(text: str, end: int) -> Direction | None:
    """Return what the clause of "In January, when X was in Lima, talks were planned" tells."""
    clause = _WHEN.match(text, end)
    return first_way(clause[1]) if clause is not None else None


def _fits(doc: Doc, text: str) -> bool:
    """Tell whether a Doc is parsed and as long as the text."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return False
    return len(text) - len(doc[-1].text_with_ws) - doc[-1].idx <= 1


def _governed(token: Token, end: int) -> Direction | None:
    """Climb from a date to the first verb that tells; at most eight steps."""
    at = token
    for _ in range(8):
        if at.pos_ in VERBS and not token.idx <= at.idx < end:
            found = "future" if _is_set_on(at, token) else _of_verb(at)
            if found:
                return found
        if at.head == at:
            return None
        at = at.head
    return None


def _of_verb(verb: Token) -> Direction | None:
    helpers = [child for child in verb.children if child.dep_ in AUXILIARIES]
    lemmas = {child.lower_ for child in helpers}
    if lemmas & {"will", "'ll", "’ll", "would", "shall", "may", "might", "could", "wo"}:
        return "future"
    if "to" in lemmas and verb.dep_ != "ROOT":
        return "future"
    if verb.lower_ in ("due", "scheduled", "slated", "expected", "set", "planned"):
        return "future"
    if verb.lower_ in ("headed", "bound") and lemmas & {"is", "are", "'s", "’s", "'re", "’re"}:
        return "future"
    tagged = [verb.tag_, *(child.tag_ for child in helpers)]
    if "VBD" in tagged or ("VBN" in tagged and lemmas & {"has", "have", "had", "'s", "'ve"}):
        return "past"
    if verb.tag_ == "VBN" and not helpers:
        return "past"
    if (
        verb.tag_ in PRESENT
        and verb.pos_ == "VERB"
        and not (_only_tells().fullmatch(verb.lower_) and not _keeps_day(verb))
    ):
        return "future"
    return None


def _is_set_on(verb: Token, day: Token) -> bool:
    """Tell "the funeral is on Sunday" from "the king is in Lima on Sunday"."""
    copula = verb.lower_ in {"is", "are"} and verb.dep_ not in AUXILIARIES
    return copula and day.head.lower_ == "on" and day.head.i == verb.i + 1


def _keeps_day(verb: Token) -> bool:
    """Tell "Peru marks its independence day" from "the visit marks a first"."""
    subjects = (c for c in verb.children if c.dep_ == "nsubj")
    return verb.lower_ == "marks" and any(c.pos_ == "PROPN" for c in subjects)
