"""Guests whom a report lists in lines, one a line, by the shape of these lines.

Whoever heads its lines, of three lands or more, in the report of an event, is there, whatever
opens the list, unless that tells of letters, of the absent or of another matter. The other readers
of lists go by the words of their opening; what they have read of such lines is left to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.headings import is_verbless
from pipeline.run_on_lists import entry_starts
from pipeline.signs import STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import (
    FINITE,
    is_of_absence,
    may_be_remark,
    of_line,
)
from pipeline.stages.visits.lists.guest_lists import listed
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.lists.list_openings import (
    asks_who,
    tells_nothing_else,
    tells_presence,
)
from pipeline.stages.visits.lists.listed_guests import made_of_list
from pipeline.stages.visits.lists.rolls import may_represent
from pipeline.stages.visits.lists.shared_trips import alike, is_from_elsewhere
from pipeline.stages.visits.tables import word_set

#: Of how many lands those are at least whom the lines name.
_LEAST = 3
#: Within how many tokens of its line's first word a guest, or his land, is named.
_NEAR = 5
#: How long the head of a line may be, and a heading between lines, in tokens.
_HEAD, _SHORT = 30, 8
#: How many headings may stand together.
_HEADINGS = 2
#: What is told in one of so many lines is told of that line's guest alone.
_MANY = 4
#: How long what opens a list may be, in tokens.
_OPENING = 60
_IN_NAMES = frozenset({"of", "the", "and"})
_ENDS = frozenset({".", "!"})
_MARKS = frozenset({":", *STROKES})
_QUOTES = frozenset("\"'“”‘’«»„`")


class _Line(NamedTuple):
    start: int
    stop: int
    #: Those named at its head, none where it tells of one who is away.
    guests: Sequence[Actor]


class _Block(NamedTuple):
    lines: Sequence[_Line]
    #: The first token of the headings right above it.
    start: int

    @property
    def guests(self) -> list[Actor]:
        return [guest for line in self.lines for guest in line.guests]


def guest_blocks(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the lists of guests in lines that no other reader has read, or not to their end.

    "These were:⏎1. President A of Peru⏎2. …" fires in the report of a summit; "Condolences came
    from:" over them does not, nor lines that tell what each of them did.
    """
    if not _may_list(reader.scene):
        return
    for block in _blocks(reader):
        opening = _opening(reader, block)
        guests = block.guests
        keys = {guest.key for guest in guests}
        begin, stop = block.start - _OPENING, block.lines[-1].stop
        near = [t for t in reader.told if begin <= t.at < stop and t.status and t.destination]
        read = [t for t in near if t.actor is not None and t.actor.key in keys]
        if _MANY * len({t.at for t in read if _is_of_line(block, t)}) <= len(block.lines):
            read = [t for t in read if not _is_of_line(block, t)]
        known = {t.actor.key for t in reader.told if t.actor is not None and t.status}
        left = [guest for guest in guests if guest.key not in known]
        if read and {"event", "arrival"} & {*read[-1].notes}:
            yield from (alike(read[-1], g) for g in left if is_from_elsewhere(g, read[-1]))
        elif opening is not None and not read:
            among = range(block.lines[0].start, stop)
            rule = guest_rules()["opened_list"]
            yield from made_of_list(reader, opening, rule, left, among=among)


def _is_of_line(block: _Block, told: Candidate) -> bool:
    """Tell what is told in a line itself: "AUSTRALIA - Governor A, who represents the king"."""
    own = told.rule not in guest_rules()
    return own and any(line.start <= told.at < line.stop for line in block.lines)


def _may_list(scene: Scene) -> bool:
    """Tell a text of lines that names those of several lands."""
    if "\n" not in scene.article.text:
        return False
    lands = {
        r.country
        for r in scene.references
        if r.kind in PERSONAL_KINDS and r.country and (r.role_kind or r.name)
    }
    return len(lands) >= _LEAST


def _blocks(reader: ArgumentReader) -> Iterator[_Block]:
    """Yield the runs of lines that name guests, with the headings between and above."""
    scene = reader.scene
    run: list[_Line] = []
    headings: list[int] = []
    above, remarked = 0, False
    for start, stop in _lines(scene):
        line = scene.doc[start:stop]
        guests = _head(reader, line)
        if guests is not None and not (remarked and not guests):
            if not run:
                above = headings[0] if headings else start
            run.append(_Line(start, stop, guests))
            headings, remarked = [], False
        elif run and (_is_rest(scene, line) or not line[0].is_sent_start):
            pass
        elif _is_heading(line) and len(headings) < _HEADINGS and not (run and is_of_absence(line)):
            headings.append(start)
        elif len(run) >= _LEAST and not (remarked or headings) and may_be_remark(line):
            remarked = True  # "Croatia will mourn, too." between two guests' lines
        else:
            yield from _whole(run, above)
            run, headings, remarked = [], [start] if _is_heading(line) else [], False
    yield from _whole(run, above)


def _whole(run: Sequence[_Line], above: int) -> Iterator[_Block]:
    """Yield a run of lines, be it one, if those that it names are of enough lands."""
    lands = {guest.country for line in run for guest in line.guests}
    if len(lands) >= _LEAST:
        yield _Block(tuple(run), above)


def _lines(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each line of the story that holds words."""
    text, doc = scene.article.text, scene.doc
    at = doc[scene.story.start].idx if scene.story.start < len(doc) else len(text)
    last = min(scene.story.end, len(doc))
    runs = entry_starts(text)
    while at < len(text):
        end = text.find("\n", at)
        end = min(start for start in (*runs, end, len(text)) if start > at or start == end >= 0)
        first, stop = bisect_left(scene.starts, at), min(bisect_left(scene.starts, end), last)
        if first >= last:
            return
        if any(t.is_alpha for t in doc[first:stop]):
            yield first, stop
        at = end if end in runs else end + 1


def _head(reader: ArgumentReader, line: Span) -> Sequence[Actor] | None:
    """Return those whom a line names before it tells anything, None of a line that tells a story.

    A line with a mark or a land before it may go on with what its guest does.
    """
    scene, doc = reader.scene, line.doc
    first = next((t.i for t in line if t.is_alpha), line.start)
    marked = first > line.start and doc[first - 1].text not in _QUOTES
    ends = (t.i for t in line if t.i > first and _ends_head(reader, t))
    stop = next(ends, line.end)
    verb = stop < line.end and doc[stop].tag_ in FINITE
    lands = [scene.bounds(r)[1] for r in scene.at(first) if r.kind in {"country", "group"}]
    paired = any(
        t.text in _MARKS for end in lands for t in doc[first : max(first + _NEAR, end + 1)]
    )
    if paired and stop - first > _HEAD:
        stop, verb = first + _HEAD, False  # "Peru: A, member of the council of …"
    if stop - first > _HEAD or (verb and not (marked or paired or _is_named_alone(line, stop))):
        return None
    near = range(first, min(max([first, *lands, _behind_heading(line)]) + _NEAR, stop))
    told = [r for i in near for r in scene.at(i) if r.kind in PERSONAL_KINDS]
    if not any(r.form != "pronoun" and (r.name or r.country) for r in told):
        return () if marked and not (verb or told) else None
    if verb and _is_away(doc[stop : line.end]):
        return ()
    guests = (of_line(reader, guest) for guest in listed(reader, first, stop))
    return tuple(guest for guest in guests if guest.country and may_represent(guest))


def _behind_heading(line: Span) -> int:
    """Return the token behind the dash of "EUROPE AND ASIA - President X of France", or 0."""
    dash = next((t.i for t in line[:_SHORT] if t.text in STROKES and t.i > line.start), 0)
    heading = [t for t in line.doc[line.start : dash] if t.is_alpha] if dash else []
    return dash + 1 if heading and all(t.is_upper for t in heading) else 0


def _is_named_alone(line: Span, verb: int) -> bool:
    """Tell "Premier X of Peru, who opens a fair.", whose first verb is of a relative clause."""
    said = line.doc[line.start : verb]
    return len(said) > 1 and said[-1].lower_ == "who" and said[-2].text == ","


def _ends_head(reader: ArgumentReader, token: Token) -> bool:
    """Tell where a line ends to name its guest: at a verb, or behind its first sentence."""
    if reader.scene.at(token.i):
        return False
    behind = token.doc[token.i + 1 : token.i + 2]
    parts = token.text in {".", ";"} and bool(behind) and bool(behind[0].is_sent_start)
    return parts or token.tag_ in FINITE


def _is_away(told: Span) -> bool:
    """Tell "will not attend", "sent his apologies" behind one who is named."""
    return any(
        t.dep_ == "neg"
        or not {t.lower_, t.lemma_.lower()}.isdisjoint(word_set("absent", "absent_ones"))
        for t in told
    )


def _is_heading(line: Span) -> bool:
    """Tell "Heads of state", "AFRICA" between the lines of a list, or above it."""
    said = [t for t in line if not t.is_space]
    return 0 < len(said) <= _SHORT and is_verbless(line) and said[-1].text not in {".", ";"}


def _is_rest(scene: Scene, line: Span) -> bool:
    """Tell the "Ghana." of "President X of⏎Ghana.", a line that was broken."""
    said = [t for t in line if t.is_alpha]
    return len(said) <= _SHORT and all(t.lower_ in _IN_NAMES or scene.at(t.i) for t in said)


def _opening(reader: ArgumentReader, block: _Block) -> Token | None:
    """Return the last token of what opens a list of guests, None where it is of other matter.

    That is the heading or the sentence above it, or the one before where this tells nothing.
    """
    scene, doc = reader.scene, reader.scene.doc
    last = next((i for i in range(block.start - 1, -1, -1) if not doc[i].is_space), -1)
    if last < 0 or scene.story.start > last:
        return None
    number = scene.sentence_of[last]
    said = [t for t in doc[scene.sentences[number].start : last + 1] if not t.is_space]
    headings = [t for t in doc[last + 1 : block.lines[0].start] if not t.is_space]
    if _tells_else(headings) or reader.is_remote(doc[last]):
        return None
    if headings and doc[last].text in _ENDS and not tells_presence(_of_guests(said)):
        silent = tells_presence(headings) or tells_nothing_else(headings)
        return headings[-1] if silent or _is_rank(headings) else None
    if said[-1:] and said[-1].text == "?" and number and not _asks_who_comes(said):
        said = [t for t in scene.sentences[number - 1] if not t.is_space]  # a link to another page
        if not tells_presence(_of_guests(said)):
            return None
    told = _of_guests(said)
    if not told or len(said) > _OPENING or _tells_else(told):
        return None
    if tells_presence(told):
        return said[-1]
    if not (tells_nothing_else(told) or _tells_nothing(told)):
        return doc[last] if said[-1].text not in _ENDS and _is_rank(told) else None
    before = [t for t in scene.sentences[number - 1] if not t.is_space] if number else []
    if not before or _tells_else(before):
        return None
    return before[-1] if tells_presence(before) else doc[last]


def _asks_who_comes(said: Sequence[Token]) -> bool:
    """Tell "Who is attending?" over the lines from "Who paid for the palace?", another story."""
    return asks_who(said) and tells_presence(said)


def _of_guests(said: Sequence[Token]) -> Sequence[Token]:
    """Return what is said before "and those who were not invited" of an opening."""
    absent = word_set("absent", "absent_ones")
    away = next((n for n, t in enumerate(said) if {t.lower_, t.lemma_.lower()} & absent), 0)
    joined = (n for n in range(away, 0, -1) if said[n].lower_ in {"and", "but", "or"})
    cut = next(joined, 0)
    return [*said[:cut], *said[-1:]] if away and cut and tells_presence(said[:cut]) else said


def _tells_else(said: Sequence[Token]) -> bool:
    """Tell "Condolences came from:", "Previous hosts", "Winners of the prize:"."""
    other = word_set("absent", "absent_ones", "guest_of_old", "no_list_of_guests")
    told = (t for t in said if not (_counts(t) or _is_of_news(t)))
    return any(not {t.lower_, t.lemma_.lower()}.isdisjoint(other) for t in told)


def _counts(token: Token) -> bool:
    """Tell the "host" of "a host of leaders" from who hosts them."""
    behind = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return before == "a" and behind == "of" and token.lemma_ in words("quantity_of")


def _is_of_news(token: Token) -> bool:
    """Tell the "last" of "As of last week", the body of "according to the organising committee"."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    dated = token.lower_ == "last" and before == "of" and token.doc[token.i - 2].lower_ == "as"
    return dated or (token.lower_ == "committee" and before in word_set("arranges_event"))


def _tells_nothing(said: Sequence[Token]) -> bool:
    """Tell "These were:", "They are as follows:" from an opening that tells what it lists."""
    told = (t for t in said if t.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"})
    plain = word_set("of_a_list", "announces_list", "further_guests")
    return all({t.lower_, t.lemma_.lower()} & plain for t in told)


def _is_rank(said: Sequence[Token]) -> bool:
    """Tell "Heads of state", "Ministers at the talks:", "They handed out the list:"."""
    if said[-1].text == ":" and any(t.lemma_.lower() in word_set("of_a_list") for t in said):
        return True
    verbs = any(t.tag_ in FINITE for t in said)
    return not verbs and any(t.lemma_.lower() in word_set("of_guests") for t in said)


__all__ = ["guest_blocks"]
