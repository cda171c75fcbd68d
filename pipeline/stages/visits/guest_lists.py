"""How far a list of guests goes, and who stands on it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: Tags of verbs with a tense.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "where", "when"})
_OTHER_CLAUSE = frozenset({"while", "although", "though", "whereas", "as", "because", "after"})
#: How many words may stand between the words and the first guest.
LEAD_IN = 12
#: How long an entry of a list in lines may be, in tokens.
_ENTRY = 30
_BULLETS = frozenset({"-", "–", "—", "•", "·", "*", "●", "▪"})
#: How long the line of a photo's credit may be, in tokens.
_CREDIT = 12
#: How long a heading inside a list in lines may be, in tokens.
_SUBHEADING = 7


def list_end(reader: ArgumentReader, start: int, sentence: Span) -> int:
    """Return the end of the list that begins at token `start`, bulleted lines included."""
    doc = sentence.doc
    if start == len(doc):
        return start  # "Also present were", and nobody is named
    at, quiet = start, False
    while at < sentence.end:
        word = doc[at]
        if word.lower_ in _RELATIVES:
            quiet = True
        elif word.text in {",", ";"}:
            quiet = False
        elif _ends_list(reader, word, quiet=quiet):
            at = _before_teller(word, start)
            break
        at += 1
    line_end = _line_end(reader, start - 1, last=at + 1)
    if line_end <= at and (doc[start].text == ":" or not _has_words(doc[start:line_end])):
        return _lines_end(reader, line_end)
    return at


def _before_teller(verb: Token, start: int) -> int:
    """Return the end of the list that ends at a verb: before the teller of "A and B, X said"."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS and start < c.i < verb.i), None)
    if subject is None or verb.lemma_ not in words("speech"):
        return verb.i
    first = subject.left_edge.i
    return first - 1 if first - 1 > start and verb.doc[first - 1].text == "," else verb.i


def _line_end(reader: ArgumentReader, i: int, *, last: int | None = None) -> int:
    """Return the token behind the line of text in which token `i` stands, `last` if none before."""
    doc, text = reader.scene.doc, reader.scene.article.text
    last = len(doc) if last is None else min(last, len(doc))
    while i + 1 < last:
        gap = text[doc[i].idx + len(doc[i]) : doc[i + 1].idx]
        i += 1
        if "\n" in gap or "\n" in doc[i].text:
            break
    else:
        return last
    return i


def _lines_end(reader: ArgumentReader, at: int) -> int:
    """Return the end of a list in lines, one guest a line, that begins at token `at`.

    Names of who took the photos may stand between ("J. Doe / Agency").
    """
    doc = reader.scene.doc
    end = at
    while at < len(doc):
        stop = _line_end(reader, at)
        line = doc[at:stop]
        if _is_entry(reader, line) or _is_bullet(reader, line):
            end = stop
        elif _is_subheading(line) and _is_entry(reader, doc[stop : _line_end(reader, stop)]):
            pass  # "Prime ministers", over further lines
        elif len(line) > _CREDIT or not any(t.text == "/" for t in line):
            break
        at = stop
    return end


def _is_subheading(line: Span) -> bool:
    """Tell "Foreign ministers", "Royal families from other countries" over lines of a list."""
    words = [t for t in line if not t.is_space]
    told = any(t.tag_ in FINITE or t.text in {".", ";", "/"} for t in words)
    return 0 < len(words) <= _SUBHEADING and not told


def _has_words(tokens: Span) -> bool:
    return any(t.is_alpha or t.is_digit for t in tokens)


def _is_bullet(reader: ArgumentReader, line: Span) -> bool:
    """Tell "- bishops of Mali;", a line of a list on others than the guests told of."""
    text = reader.scene.article.text[line.start_char : line.end_char].strip()
    words = [t for t in line if not t.is_space]
    if text[:1] not in _BULLETS or not words or len(words) > _ENTRY:
        return False
    return words[-1].text != ":" and not any(t.tag_ in FINITE for t in words)


def _is_entry(reader: ArgumentReader, line: Span) -> bool:
    """Tell a line of guests of a list: one, a couple, or more parted by semicolons, no verb."""
    words = [t for t in line if not t.is_space]
    heading = bool(words) and words[-1].text == ":"
    parted = sum(t.text == ";" for t in words[:-1]) + 1
    if len(line) > _ENTRY * parted or heading or any(t.tag_ in FINITE for t in line):
        return False
    lands: dict[str | None, str] = {
        r.actor: r.country
        for i in range(line.start, line.end)
        for r in reader.scene.at(i)
        if r.kind == "person" and r.country
    }
    couple = len(lands) == 2 and len(set(lands.values())) == 1  # "King X and Queen Y of Norway"
    commas = sum(t.text == "," for t in words[:-1])  # "Premier X of Peru, President Y of Chile,"
    several = len(lands) >= parted > 1 or len(lands) == commas + 1
    return len(lands) == 1 or couple or several or not _has_words(line)


def _ends_list(reader: ArgumentReader, word: Token, *, quiet: bool) -> bool:
    """Tell a word that begins another clause: "while", a finite verb outside a relative clause."""
    if word.dep_ == "mark" and word.lower_ in _OTHER_CLAUSE:
        return True
    return not quiet and word.tag_ in FINITE and not reader.scene.at(word.i)


def listed(reader: ArgumentReader, start: int, stop: int) -> Iterator[Actor]:
    """Yield the persons and single offices named in a stretch of tokens, each once."""
    seen: set[str] = set()
    for i in range(start, stop):
        references = [r for r in reader.scene.at(i) if _may_be_guest(reader, r)]
        named = [r for r in references if r.kind == "person" and reader.scene.bounds(r)[0] == i]
        for reference in named or [r for r in references if r.kind == "office"]:
            if not named and reader.scene.named_behind(i):
                continue  # "Malian ministers A and B", who are listed
            for actor in reader.scene.each_of(Actor(reference, i, 0.95)):
                if actor.key not in seen and not _is_owner(reader, reference):
                    seen.add(actor.key)
                    yield actor


def starts_list(reader: ArgumentReader, first: Actor, end: int, *, hosted: bool) -> bool:
    """Tell whether the list begins right behind its words, not behind "at" or a verb.

    Hosts also play host to "a meeting with" their guests.
    """
    between = reader.scene.doc[end : first.token]
    within = {"of", "for", "with", "between", "among"} if hosted else {"of", "for"}
    return len(between) <= LEAD_IN and not any(
        (t.pos_ == "VERB" and t.lower_ != "visiting")
        or (t.lower_ == "for" and t.nbor(-1).pos_ == "ADJ")  # "attending it was hard for X"
        or (t.pos_ == "ADP" and t.lower_ not in within)
        for t in between
    )


def _may_be_guest(reader: ArgumentReader, reference: Reference) -> bool:
    if reference.kind not in {"person", "office"} or reference.form == "pronoun":
        return False
    if reference.kind == "office":
        start, end = reader.scene.bounds(reference)
        within = (r for i in range(start, end) for r in reader.scene.at(i))
        covered = any(r.kind == "person" and r.form != "pronoun" for r in within)
        covered = covered or "as" in {t.lower_ for t in reader.scene.doc[max(0, start - 2) : start]}
        kind = (reference.role_kind or "").removeprefix("deputy_")
        several = reference.plural and reader.scene.doc[end : end + 1].text == "from"
        known = bool(reference.country) and not reference.guessed
        told = several or known or bool(reference.members)
        return told and not covered and kind not in word_set("no_guest") | {""}
    return bool(reference.name) and (reference.form == "name" or bool(reference.country))


def _is_owner(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell "the premier's wife", "Premier X's wife", who is not the premier."""
    ends = {reader.scene.bounds(reference)[1], reader.scene.phrase_end(reference)}
    return any(reader.scene.doc[end : end + 1].text in {"'s", "’s", "'", "’"} for end in ends)


__all__ = ["FINITE", "LEAD_IN", "list_end", "listed", "starts_list"]
