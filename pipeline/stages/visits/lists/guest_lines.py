"""Lists of guests in lines: one guest, a couple or a country's guests a line."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words as word_lists
from pipeline.headings import is_verbless
from pipeline.labels import PRESENT
from pipeline.run_on_lists import entry_starts
from pipeline.signs import STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: Tags of verbs with a tense.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: How long an entry of a list in lines may be, in tokens.
_ENTRY = 30
#: What a sentence ends with whose list stands in the lines below it.
BELOW = frozenset({":", ".", "?"})
#: What stands between a country and who comes from it.
_PAIRS = frozenset({":", *STROKES})
#: What a heading over the guests of one land or body names.
_LANDS = frozenset({"country", "organization", "group"})
_BULLETS = frozenset({"•", "·", "*", "●", "▪", *STROKES})
_RELATIVES = frozenset({"who", "which"})
#: How long what is said between two lines of guests may be, in tokens.
_REMARK = 60
#: How long the line of a photo's credit may be, in tokens.
_CREDIT = 12
#: How long a heading inside a list in lines may be, in tokens, and how many stand together.
_SUBHEADING, _SUBHEADINGS = 7, 2
#: How long a line may be that holds but a guest and his land, in tokens.
_SHORT = 12


def line_end(reader: ArgumentReader, i: int, *, last: int | None = None) -> int:
    """Return the token behind the line of text in which token `i` stands, `last` if none before."""
    doc = reader.scene.doc
    last = len(doc) if last is None else min(last, len(doc))
    starts = reader.scene.line_starts
    at = bisect_right(starts, i)
    return starts[at] if at < len(starts) and starts[at] < last else last


def lines_end(reader: ArgumentReader, at: int) -> int:
    """Return the end of a list in lines, one guest a line, that begins at token `at`.

    Names of who took the photos may stand between ("J. Doe / Agency").
    """
    doc = reader.scene.doc
    begin = end = at
    while at < len(doc):
        stop = line_end(reader, at)
        line = doc[at:stop]
        if (
            _is_entry(reader, line)
            or _is_bullet(reader, line)
            or _is_of_land(reader, doc, at, stop)
        ):
            end = stop
        elif _is_subheading(line) and _leads_on(reader, stop):
            pass  # "Prime ministers", over further lines
        elif end > begin and end == at and _is_remark(reader, line):
            pass  # "Most came by bus.", between two guests' lines
        elif len(line) > _CREDIT or not any(t.text == "/" for t in line):
            break
        at = stop
    return end


def _is_of_land(reader: ArgumentReader, doc: Doc, at: int, stop: int) -> bool:
    """Tell the guests' line below a land's name: "PERU⏎X, head of a council, who runs a fund"."""
    before = reader.scene.article.text[: doc[at].idx].rstrip().rsplit("\n", 1)[-1].strip()
    heading = [r for r in reader.scene.references if r.text == before and r.kind in _LANDS]
    told = [t for t in doc[at:stop] if not _is_in_relative(t)]
    verbs = any(t.tag_ in FINITE and not reader.scene.at(t.i) for t in told)
    return bool(heading) and bool(before) and not verbs and stop - at <= _REMARK


def _is_in_relative(token: Token) -> bool:
    """Tell the "runs" of "X, who runs a fund"."""
    line = token.doc[token.sent.start : token.i]
    opened = next((t.i for t in reversed(line) if t.lower_ in {"who", "which", "that"}), None)
    return opened is not None


def _is_remark(reader: ArgumentReader, line: Span) -> bool:
    """Tell a sentence or two on the guest told before, with a further guest's line behind."""
    doc, at = reader.scene.doc, line.end
    if not may_be_remark(line):
        return False
    while at < len(doc):
        further = doc[at : line_end(reader, at)]
        if has_words(further):
            return _is_entry(reader, further) and _has_office(reader, further)
        at = further.end
    return False


def may_be_remark(line: Span) -> bool:
    """Tell a sentence or two that may stand between the lines of a list.

    Not "Those yet to arrive:", which opens a further list, nor "Messages came from these leaders."
    """
    if not any(t.tag_ in FINITE for t in line) or len(line) > _REMARK or is_of_absence(line):
        return False
    if next((t.text for t in reversed(line) if not t.is_space), "") == ":":
        return False
    return not any(t.lemma_.lower() in word_set("absent", "opens_other_list") for t in line)


def _has_office(reader: ArgumentReader, line: Span) -> bool:
    """Tell a line on a holder of an office: "King X of Norway", not a photographer's name."""
    told = (r for i in range(line.start, line.end) for r in reader.scene.at(i))
    return any(r.kind == "person" and r.role_kind for r in told)


def _leads_on(reader: ArgumentReader, at: int) -> bool:
    """Tell whether an entry stands at token `at`, or behind a further heading there."""
    doc, headings = reader.scene.doc, 1
    while at < len(doc) and headings <= _SUBHEADINGS:
        line = doc[at : line_end(reader, at)]
        if has_words(line):
            if _is_entry(reader, line) or _is_of_land(reader, doc, at, line.end):
                return True
            headings += 1 if _is_subheading(line) else _SUBHEADINGS
        at = line.end
    return False


def _is_subheading(line: Span) -> bool:
    """Tell "Foreign ministers", "Royal families from other countries" over lines of a list.

    "Not attending" and "Taking part online" stand over those who are no guests.
    """
    words = [t for t in line if not t.is_space]
    if is_of_absence(line):
        return False
    told = not is_verbless(line) or any(t.text in {".", ";", "/"} for t in words)
    return 0 < len(words) <= _SUBHEADING and not told


def is_of_absence(line: Span) -> bool:
    """Tell "Not attending", "Taking part online", not "came via Lima"."""
    away = word_set("absent", "absent_ones") | (word_lists("remote") - {"via"})
    return any(t.lower_ in away for t in line)


def has_words(tokens: Span) -> bool:
    """Tell whether a stretch holds more than signs."""
    return any(t.is_alpha or t.is_digit for t in tokens)


def _is_bullet(reader: ArgumentReader, line: Span) -> bool:
    """Tell "- bishops of Mali;", a line of a list on others than the guests told of."""
    text = reader.scene.article.text[line.start_char : line.end_char].strip()
    words = [t for t in line if not t.is_space]
    if text[:1] not in _BULLETS or not words or len(words) > _ENTRY:
        return False
    told = any(t.tag_ in FINITE and not _is_of_clock(t) for t in words)
    return words[-1].text != ":" and not told


def _is_of_clock(token: Token) -> bool:
    """Tell the "am" of "8:50 am – President X of Peru" from the "am" of "I am"."""
    before = token.nbor(-1).text if token.i else ""
    return token.lower_ in {"am", "a.m."} and before[:1].isdigit()


def _is_entry(reader: ArgumentReader, line: Span) -> bool:
    """Tell a line of guests of a list: those of one country, or more parted by signs, no verb."""
    scene = reader.scene
    words = [t for t in line if not t.is_space]
    parted = sum(t.text == ";" for t in words[:-1]) + 1
    heading = bool(words) and words[-1].text == ":"
    told = any(t.tag_ in FINITE and not (scene.at(t.i) or _is_of_clock(t)) for t in line)
    if told and (head := _head_of(line)) is not None:
        return _is_entry(reader, head)
    if len(line) > _ENTRY * parted or heading or told:
        return False
    lands: dict[str | None, str] = {
        r.actor: r.country
        for i in range(line.start, line.end)
        for r in scene.at(i)
        if r.kind == "person" and r.country and r.form != "pronoun"
    }
    of_one = len(set(lands.values())) == 1  # "King X and Queen Y of Norway, Premier Z"
    commas = sum(t.text == "," for t in words[:-1])  # "Premier X of Peru, President Y of Chile,"
    paired = sum(t.text in _PAIRS for t in words[1:-1])  # "Peru: X Chile: Y"
    joined = sum(t.lower_ == "and" for t in words)  # "King X of Peru and King Y of Chile"
    parts = {commas + 1, commas + joined + 1, paired} - {0}
    several = len(lands) >= parted > 1 or len(lands) in parts
    return of_one or several or bool(_land_of_line(reader, line)) or not has_words(line)


def _head_of(line: Span) -> Span | None:
    """Return what "Premier X of Peru, who opens a fair. He flies on to Chile." names.

    That is its first sentence, or what stands in it before a relative clause at its end; the
    parse may take "X, who opens a fair, meets Y and leaves" for a sentence.
    """
    first = next((t for t in line if t.is_alpha), line[0])
    verb = next((t for t in line if t.tag_ in FINITE), None)
    if verb is None or first.sent.root.tag_ in FINITE - PRESENT:
        return None
    if verb.i >= first.sent.end:
        return line.doc[line.start : first.sent.end]
    related = verb.i > line.start and verb.nbor(-1).lower_ in _RELATIVES
    apart = verb.i - 1 > line.start and verb.nbor(-2).text == ","
    return line.doc[line.start : verb.i - 1] if related and apart else None


def _land_of_line(reader: ArgumentReader, line: Span) -> str | None:
    """Return the land of "Ana Ruiz, Peru", a line that names one person and one land."""
    told = [r for i in range(line.start, line.end) for r in reader.scene.at(i)]
    people = {r.actor for r in told if r.kind == "person" and r.name}
    lands = {r.country for r in told if r.kind == "country"}
    alone = len(people) == len(lands) == 1 and len(line) <= _SHORT
    return next(iter(lands)) if alone else None


def of_line(reader: ArgumentReader, actor: Actor) -> Actor:
    """Give X of the line "X, Peru", of whom no country is told, the one that the line names."""
    if actor.country or not actor.reference.name:
        return actor
    doc, text = reader.scene.doc, reader.scene.article.text
    begin = text.rfind("\n", 0, doc[actor.token].idx) + 1
    begin = max((at for at in entry_starts(text) if at <= doc[actor.token].idx), default=begin)
    first = next((i for i in range(actor.token, 0, -1) if doc[i - 1].idx < begin), 0)
    land = _land_of_line(reader, doc[first : line_end(reader, actor.token)])
    own = {"country": land}
    return replace(actor, reference=actor.reference.model_copy(update=own)) if land else actor


__all__ = [
    "BELOW",
    "FINITE",
    "has_words",
    "is_of_absence",
    "line_end",
    "lines_end",
    "may_be_remark",
    "of_line",
]
