"""An article's tokens with the references that cover them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from models import Article, DateExpression, Reference
from models.entity import ACTOR_KINDS, LAND_KINDS, PERSONAL_KINDS
from pipeline.asides import is_aside_of, telling_sentences
from pipeline.discourse.above_dateline import headlines_above, text_above
from pipeline.discourse.editions import is_of_past_edition, tells_of_now
from pipeline.discourse.sentence_numbers import SentenceNumbers
from pipeline.discourse.stories import Story, is_within
from pipeline.discourse.tables import words
from pipeline.headings import headline_end
from pipeline.labels import OBJECTS
from pipeline.once_a_doc import once_a_doc
from pipeline.reference.months import WEEKDAYS
from pipeline.run_on_lists import entry_starts
from pipeline.shown import begun, plain
from pipeline.signs import GENITIVES
from pipeline.stage import Case

Told = TypeVar("Told", Reference, DateExpression)

#: Characters behind a time in which it is seen whether an entry begins there, and how many may
#: stand before it on its line.
_BEHIND, _BEFORE = 8, 80
#: What may be told of the clock elsewhere, and how far before its place the bracket opens.
_TIMES, _CLOCK = frozenset({"DATE", "TIME"}), 6
#: How far before "charity in Lima" its ", a" may stand, in tokens.
_OUTFIT = 5


@dataclass(frozen=True)
class Spot:
    """A place named as where a trip leads."""

    country: str
    place: str | None
    reference: Reference
    start: int
    end: int

    @property
    def is_town(self) -> bool:
        """Tell a town, and Singapore, from a country."""
        return self.place is not None or self.country in words("town_state")


@once_a_doc
def _offsets(
    doc: Doc,
) -> tuple[Sequence[int], Sequence[int], Mapping[int, int], Mapping[int, int]]:
    """Return where tokens start and end, and which starts there and which number follows there."""
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    by_start = {offset: i for i, offset in enumerate(starts)}
    return starts, ends, by_start, {offset: i + 1 for i, offset in enumerate(ends)}


@once_a_doc
def _sentences(doc: Doc) -> tuple[Sequence[Span], Sequence[int]]:
    """Return the sentences of a Doc, and the tokens at which they start.

    Blank lines and asides are none, and are counted to the sentence before them.
    """
    found = telling_sentences(doc)
    return found, [sentence.start for sentence in found]


@once_a_doc
def _printed(doc: Doc) -> Sequence[tuple[int, int]]:
    """Return the tokens between which each sentence stands, asides too."""
    return [(s.start, s.end) for s in doc.sents if s.text.strip()]


@once_a_doc
def _asides(doc: Doc) -> Sequence[tuple[int, int]]:
    """Return the offsets of the asides, whose dates are of nothing that is told beside them."""
    telling = {sentence.start for sentence in telling_sentences(doc)}
    others = (s for s in doc.sents if s.start not in telling and s.text.strip())
    return [(s.start_char, s.end_char) for s in others]


#: How many dates before a story may head it, one of them.
_ROWS_BEFORE = 100


def _from(rows: Sequence[Told], start: int, end: int) -> Sequence[Told]:
    """Return the rows that begin between two offsets: there may be many stories, and rows."""
    first, last = (bisect_left(rows, at, key=lambda row: row.start) for at in (start, end))
    return rows[first:last]


def _without(rows: Sequence[Told], apart: Sequence[tuple[int, int]]) -> Sequence[Told]:
    """Return the rows that begin in none of these stretches."""
    if not apart:
        return rows
    return [row for row in rows if not is_within(row.start, apart)]


def _before(rows: Sequence[Told], start: int) -> Sequence[Told]:
    """Return the last rows that begin before an offset."""
    end = bisect_left(rows, start, key=lambda row: row.start) if start else 0
    return rows[max(0, end - _ROWS_BEFORE) : end]


class Text:
    """Looks up references, sentences and the dateline of one story of a case."""

    def __init__(self, case: Case, story: Story | None = None) -> None:
        """Read a story, or the whole article as one."""
        whole = Story(case.article, 0, len(case.doc))
        self.story: Story = story or whole
        self.article: Article = self.story.article
        self.doc: Doc = case.doc
        #: The offsets between which the story stands.
        self.extent = first_offset, _ = self.story.offsets(self.doc)
        apart = [Story(self.article, *bounds).offsets(self.doc) for bounds in self.story.apart]
        self.references: Sequence[Reference] = _without(
            _from(case.of(Reference), *self.extent), apart
        )
        dates = _without(_from(case.of(DateExpression), *self.extent), apart)
        self.dates: Sequence[DateExpression] = [
            date for date in _without(dates, _asides(self.doc)) if not self._is_stamp(date)
        ]
        #: Those told last before the story, among which a day may stand that heads it.
        self.dates_before = _before(case.of(DateExpression), first_offset)
        self._at: dict[int, list[Reference]] = {}
        self._bounds: dict[int, tuple[int, int]] = {}
        self._by_span: dict[tuple[int, int], tuple[int, int]] = {}
        self._forms: dict[int, frozenset[str]] = {}
        #: The offsets at which tokens start, and at which they end.
        self.starts: Sequence[int]
        self.ends: Sequence[int]
        self.starts, self.ends, by_offset, ends = _offsets(self.doc)
        for reference in self.references:
            first, last = by_offset.get(reference.start), ends.get(reference.end)
            if first is None or last is None:
                continue
            self._bounds[id(reference)] = (first, last)
            self._by_span[reference.start, reference.end] = (first, last)
            for i in range(first, last):
                self._at.setdefault(i, []).append(reference)
        sentences, begun = _sentences(self.doc)
        within = slice(bisect_left(begun, self.story.start), bisect_left(begun, self.story.end))
        self.sentences: Sequence[Span] = sentences[within] or self._first_printed()
        if self.story.apart:
            self.sentences = [s for s in self.sentences if not self.story.leaves_out(s.start)]
        private = {s.start: s for s in self.sentences[1:] if self._is_of_private(s)}
        if private:
            self.sentences = [s for s in self.sentences if s.start not in private]
            told = [(s.start_char, s.end_char) for s in private.values()]
            self.dates = _without(self.dates, told)
        self.sentence_of: Sequence[int] = SentenceNumbers(
            [s.start for s in self.sentences], len(self.doc)
        )
        if self.story.start == 0 and self.story.end == len(self.doc):
            self.sentence_of = list(self.sentence_of)  # asked for at every turn
        self.here = self._dateline()
        body = self.article.body_start
        #: The tokens of captions and summaries above the dateline.
        self.above = self._tokens_of(text_above(self.article.text, first_offset, body))
        #: The tokens of the headlines above it, none where there is no dateline.
        headlines = headlines_above(self.article.text, first_offset, body)
        self.headlines_above = self._tokens_of(headlines)

    def _is_of_private(self, sentence: Span) -> bool:
        """Tell an aside on who is of no state, or of one that nothing says: "A teacher wept"."""
        private = set[int]()
        for i in range(sentence.start, sentence.end):
            for reference in self._at.get(i, ()):
                known = reference.country is not None and not reference.guessed
                known = known or reference.plural or bool(reference.members)
                if known or reference.kind not in PERSONAL_KINDS:
                    return False
                private.add(i)
        return bool(private) and is_aside_of(sentence, private)

    def _first_printed(self) -> Sequence[Span]:
        """Return the first sentence of a story of asides alone, or that begins within one."""
        own = (s for s in self.doc.sents if s.start < self.story.end and s.end > self.story.start)
        return list(islice(own, 1))

    def opening_end(self, start: int, *, count: int) -> int:
        """Return the token behind the so many sentences, asides too, that begin from a token on."""
        printed = _printed(self.doc)
        first = bisect_left(printed, start, key=lambda bounds: bounds[0])
        told = (end for begin, end in printed[first : first + count] if begin < self.story.end)
        return max(told, default=0)

    def _tokens_of(self, lines: Iterable[tuple[int, int]]) -> Sequence[int]:
        """Return the tokens of stretches of the article that are given by their offsets."""
        bounds = ((bisect_left(self.starts, a), bisect_left(self.starts, b)) for a, b in lines)
        return [i for start, end in bounds for i in range(start, end)]

    @cached_property
    def headline_end(self) -> int:
        """The token behind the headline of a story, also of one without a dateline, or 0."""
        return headline_end(self.article.text, self.sentences)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The tokens with which a further line, or entry of a list that runs on, begins.

        Those of the story, and the one behind it.
        """
        text, runs = self.article.text, frozenset(entry_starts(self.article.text))
        return tuple(
            token.i
            for before, token in pairwise(self.doc[self.story.start : self.story.end + 1])
            if token.idx in runs
            or "\n" in token.text
            or "\n" in text[before.idx + len(before) : token.idx]
        )

    def is_heading(self, offset: int) -> bool:
        """Tell what stands in the headline or the dateline."""
        if offset >= self.article.body_start:
            return False
        return bisect_right(self.starts, offset) - 1 not in self.above

    def _is_stamp(self, date: DateExpression) -> bool:
        """Tell the time at which a live page's entry was set, which dates nothing told there."""
        if date.type != "TIME":
            return False
        text = self.article.text
        line = text.rfind("\n", max(0, date.start - _BEFORE), date.start) + 1
        if not line and date.start > _BEFORE:
            return False
        return begun(plain(text[line : date.end + _BEHIND])) >= date.end - line

    def _dateline(self) -> Spot | None:
        """Return the place of the dateline, which "here" means."""
        if not self.article.body_start:
            return None
        # A headline may stand before it: its countries are not where the story was written.
        named = self.article.dateline_place or ""
        first = self.article.text.rfind(named, 0, self.article.body_start) if named else 0
        for reference in self.references:
            if reference.start >= self.article.body_start:
                break
            if reference.start >= first and reference.country and reference.kind in LAND_KINDS:
                start, end = self.bounds(reference)
                return Spot(reference.country, reference.place, reference, start, end)
        return None

    @property
    def tokens(self) -> Iterable[Token]:
        """The tokens of the story."""
        return self.tokens_from(self.story.start)

    def tokens_from(self, start: int) -> Iterator[Token]:
        """Yield the tokens of the story from token `start` on."""
        for first, last in self.story.apart:
            yield from self.doc[start : max(first, start)]
            start = max(start, last)
        yield from self.doc[start : max(start, self.story.end)]

    def bounds(self, reference: Reference) -> tuple[int, int]:
        """Return the token bounds of a reference, or of a changed copy of one."""
        found = self._bounds.get(id(reference))
        return self._by_span[reference.start, reference.end] if found is None else found

    def bounds_of(self, reference: Reference) -> tuple[int, int]:
        """Return the token bounds of a reference or of a changed copy of one."""
        return self._by_span.get((reference.start, reference.end), (0, 0))

    def at(self, i: int) -> Sequence[Reference]:
        """Return the references that cover a token."""
        return self._at.get(i, ())

    def reach(self, i: int, count: int) -> int:
        """Return the token `count` words behind token `i`: one who is named counts as one word."""
        named = False
        while count > 0 and i < len(self.doc):
            i += 1
            within = any(r.kind in ACTOR_KINDS for r in self.at(i))
            count -= not (named and within)
            named = within
        return i

    def is_owner(self, reference: Reference) -> bool:
        """Tell "Peru's Boluarte", "the premier of Peru": the place only says whose the actor is."""
        start, end = self.bounds(reference)
        if self._names_actor(start, start + 1):
            return True
        if self.doc[end : end + 1].text in GENITIVES:
            return self._names_actor(end + 1, min(end + 9, len(self.doc)))
        if self._stands_before_own(reference, end):
            return True
        before = start - 1
        if before > 0 and self.doc[before].lower_ == "the":
            before -= 1
        if before > 0 and self.doc[before].lower_ in {"of", "from", "("}:
            return self._names_actor(before - 1, before)
        return False

    def _stands_before_own(self, reference: Reference, end: int) -> bool:
        """Tell "Ghana President Kofi Badu" from "in Ghana, President Kofi Badu"."""
        if reference.kind != "country" or reference.form != "name" or end >= len(self.doc):
            return False
        first = self.doc[end].idx
        return any(
            r.kind in ACTOR_KINDS and r.start == first and r.country == reference.country
            for r in self.at(end)
        )

    def _names_actor(self, start: int, end: int) -> bool:
        """Tell whether a stretch of tokens names a person or an office."""
        return any(r.kind in ACTOR_KINDS for i in range(start, end) for r in self.at(i))

    def dates_in(self, start: int, end: int) -> Sequence[DateExpression]:
        """Return the dates that begin between two offsets of the article."""
        first = bisect_left(self._date_starts, start)
        return self._sorted_dates[first : bisect_left(self._date_starts, end, lo=first)]

    @cached_property
    def _sorted_dates(self) -> Sequence[DateExpression]:
        return sorted(self.dates, key=lambda date: date.start)

    @cached_property
    def _date_starts(self) -> Sequence[int]:
        return [date.start for date in self._sorted_dates]

    def is_of_matter(self, i: int) -> bool:
        """Tell the place at token `i` behind "the war in", or "the ministry in" that says so.

        No one is there for all that, nor where it is "(Friday in Manila)", nor where those are from
        whom one met ("met A of Blue Water, a charity in Lima").
        """
        doc = self.doc
        i -= i > 2 and doc[i - 1].lower_ == "the"  # "the war in the Congo"
        if i < 2 or doc[i - 1].lower_ not in {"in", "inside"}:
            return False
        before = doc[i - 2]
        if before.ent_type_ in _TIMES or before.lower_ in WEEKDAYS:
            return any(t.text == "(" for t in doc[max(0, i - _CLOCK) : i - 2])
        if _is_of_outfit(doc, i - 1):
            return True
        if before.lower_ in words("matter"):
            return not _is_seen(before)
        if before.lower_ in words("matter_known"):
            return doc[i - 3].lower_ == "the"  # no "memorial events in Lima"
        speaks = before.dep_ == "nsubj" and before.head.lemma_ in words("tell")
        return speaks and before.lower_ in words("informant")

    def sentence(self, i: int) -> Span:
        """Return the sentence of a token."""
        return self.sentences[self.sentence_of[i]]

    def forms(self, i: int) -> frozenset[str]:
        """Return the words of a token's sentence, as written in lower case and by their lemmas.

        What reads at a word of the sentence need not look for it in vain.
        """
        number = self.sentence_of[i]
        found = self._forms.get(number)
        if found is None:
            sentence = self.sentences[number]
            lemmas = [token.lemma_ for token in sentence]
            lower = [token.lower_ for token in sentence]
            found = frozenset([*lower, *lemmas, *map(str.lower, lemmas)])
            self._forms[number] = found
        return found

    def ends_paragraph(self, sentence: Span, *, steps: int = 1) -> bool:
        """Tell whether a blank line follows a sentence, or one of so many from it on."""
        behind = self.beside(self.sentence_of[sentence.start], step=steps)
        end = behind.start_char if behind is not None else len(self.article.text)
        return "\n\n" in self.article.text[sentence.end_char - 1 : end]

    def beside(self, number: int, *, step: int) -> Span | None:
        """Return the sentence so many steps from another."""
        at = number + step
        return self.sentences[at] if 0 <= at < len(self.sentences) else None

    def backwards(self, number: int, reach: int) -> Iterator[tuple[int, int]]:
        """Yield how many sentences back each lies, with its number: itself, then those before.

        Whoever tells what is ahead passes over what an event of former years was like.
        """
        ahead = self.former and tells_of_now(self.sentences[number])
        near = (n for n in range(number - 1, -1, -1) if not (ahead and n in self.former))
        yield 0, number
        yield from islice(enumerate(near, 1), reach)

    @cached_property
    def former(self) -> AbstractSet[int]:
        """The sentences on an event of former years, but those that name somebody."""
        published = self.article.published
        return {
            number
            for number, s in enumerate(self.sentences)
            if is_of_past_edition(s, self.dates_in(s.start_char, s.end_char), published)
            and not any(
                r.kind == "person" and r.name for i in range(s.start, s.end) for r in self.at(i)
            )
        }

    def trimmed(self, sentence: Span) -> tuple[int, int]:
        """Return a sentence's offsets in the article, without white space and dateline."""
        text = self.article.text
        start, end = sentence.start_char, sentence.end_char
        if start < self.article.body_start < end:
            start = self.article.body_start
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


def _is_of_outfit(doc: Doc, prep: int) -> bool:
    """Tell the "in" of ", a charity in Lima", ", a think tank based in Lima"."""
    at = prep - 1 - (doc[prep - 1].lower_ in words("based"))
    if at < 1 or doc[at].lemma_.lower() not in words("outfit"):
        return False
    before = [t.lower_ for t in doc[max(0, at - _OUTFIT) : at]]
    return any(pair in {(",", "a"), (",", "an")} for pair in pairwise(before))


def _is_seen(people: Token) -> bool:
    """Tell the troops of "visited Peruvian troops in Chad", "a visit to the troops in Chad".

    Who does so is there. So is who "met", "spent Christmas with" them; not who "praised" them.
    """
    if people.lower_ not in words("seen_in_person"):
        return False
    node = people.head
    if people.dep_ == "pobj" and node.lower_ in {"with", "to"}:
        node = node.head
    elif people.dep_ not in OBJECTS:
        return False
    return node.lemma_ in words("sees_in_person")


__all__ = ["Spot", "Text"]
