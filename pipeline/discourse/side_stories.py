"""Paragraphs that tell of others than all the rest of their story: background, other news."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Token

from models import Article, Reference
from models.entity import ACTOR_KINDS, LAND_KINDS, NAME_FORMS
from pipeline.discourse.rites import RITE, tell_of_rite
from pipeline.discourse.stories import Story, stories
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, SUBJECTS, UNDERGONE, VERBS
from pipeline.matters.page_lines import page_lines
from pipeline.matters.paragraphs import paragraph_starts, paragraphs
from pipeline.neighbours import text_at
from pipeline.once_a_doc import once_a_case
from pipeline.reference.countries import country_codes, is_country
from pipeline.signs import GENITIVES, STROKES
from pipeline.stage import Case

#: What a line of a list begins with.
_LISTED = re.compile(r"^[^\S\n]*(?:[-*•#–—]|\d+[.)])", re.MULTILINE)
#: A story of fewer paragraphs, with what stands before its body, is told as one.
_FEWEST = 4
#: The first paragraph that may be an aside: the heading and the opening are the story itself.
_FIRST = 2
#: How many paragraphs a side story may be: what more of them tell is a matter of the story.
_LONGEST = 2
#: How many lands a side story, or a list of guests, tells of at least.
_LANDS = 2
#: How what was named before is meant again.
_AGAIN = frozenset({"pronoun", "office", "group"})
_FROM = frozenset({"from", "of"})
_PRONOUNS = frozenset({"PRP", "PRP$"})
_PREDICATES = frozenset({"attr", "acomp", "oprd"})


@once_a_case
def stories_apart(case: Case) -> Sequence[Story]:
    """Return each story of an article without its side stories, then each of these by itself.

    A side story shares neither people nor countries with the rest, and can be understood without
    it: "Kenya's president arrived in Lima on Monday" amid news of Oslo, not "X arrived, too". What
    "he", "the country" and "the next day" mean is then not looked for across it. So is a line of
    the page: "Also read: Peru raises fuel price".
    """
    return tuple(_apart(case))


def _apart(case: Case) -> Iterator[Story]:
    lines = page_lines(case.doc, case.article.text)
    for story in stories(case):
        printed = [(li.start, li.stop) for li in lines if story.start < li.start < story.end]
        beside = [side for side in _side_stories(case, story) if not _holds(side, printed)]
        found = tuple(sorted([*beside, *printed]))
        yield replace(story, apart=found) if found else story
        for start, end in found:
            own = {"body_start": case.doc[start].idx, "dateline_place": None, "title": None}
            yield Story(story.article.model_copy(update=own), start, end)


def _holds(stretch: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(stretch[0] <= start < stretch[1] for start, _ in others)


@dataclass
class _Paragraph:
    """A paragraph from token `start` up to `end`, and whom and which lands it tells of."""

    start: int
    end: int
    #: Whether it tells of the rite of a report, or of who comes to it.
    of_rite: bool
    references: list[Reference] = field(default_factory=list)

    @cached_property
    def named(self) -> frozenset[str]:
        """The countries and actors that it names, and the rite of the report."""
        keys = {key for r in self.references if r.form not in _AGAIN for key in _keys(r)}
        return frozenset(keys | ({RITE} if self.of_rite else set()))

    @cached_property
    def meant(self) -> frozenset[str]:
        """Those that it means without a name: "he", "the president", "both countries"."""
        return frozenset(key for r in self.references if r.form in _AGAIN for key in _keys(r))


def _keys(reference: Reference) -> Iterator[str]:
    if reference.actor:
        yield reference.actor
    if reference.country and not reference.guessed:
        yield reference.country
    yield from reference.members


def _side_stories(case: Case, story: Story) -> Iterator[tuple[int, int]]:
    """Yield the tokens from the first of each side story up to that behind its last."""
    found = _paragraphs(case, story)
    if len(found) < _FEWEST:
        return
    reach = _Reach(found, story.article)
    number = max(_FIRST, reach.first_named + 1)
    while number < len(found):
        last = reach.of(number)
        if last is not None and _stands_alone(case, found[number]):
            yield found[number].start, found[last].end
            number = last
        number += 1


def _paragraphs(case: Case, story: Story) -> list[_Paragraph]:
    """Return what stands before a story's body, and the paragraphs of the body."""
    doc, text = case.doc, case.article.text
    first, end = story.offsets(doc)
    body = max(first, story.article.body_start)
    starts = [first, *paragraph_starts(text, body, end)]
    extent = range(story.start, story.end)
    found = [
        _Paragraph(told.start, told.stop, tell_of_rite(doc[told.start : told.stop]))
        for n, told in enumerate(paragraphs(doc, starts, extent))
        if told or not n
    ]
    heads = [doc[p.start].idx if p.start < len(doc) else end for p in found]
    references = case.of(Reference)
    before, behind = (bisect_left(references, at, key=lambda r: r.start) for at in (first, end))
    for reference in references[before:behind]:
        found[max(0, bisect_right(heads, reference.start) - 1)].references.append(reference)
    return found


class _Reach:
    """Tells how far paragraphs go on that share nobody and no country with others."""

    def __init__(self, paragraphs: Sequence[_Paragraph], article: Article) -> None:
        self.paragraphs = paragraphs
        named = [p.named for p in paragraphs]
        named[0] |= frozenset(_of_title(article))
        self.named = _numbers(named)
        self.meant = _numbers([p.meant for p in paragraphs])
        #: Where first one is named whom a paragraph names.
        self.earliest = [
            min((self.named[key][0] for key in keys), default=number)
            for number, keys in enumerate(named)
        ]

    @cached_property
    def first_named(self) -> int:
        """The first paragraph that names anybody or a country: before it nothing is told of.

        The place of a dateline tells of nothing.
        """
        told = enumerate(self.paragraphs)
        return next(
            (n for n, p in told if p.named and (n or not _is_of_dateline(p))), len(self.paragraphs)
        )

    def of(self, first: int) -> int | None:
        """Return the last of the paragraphs from `first` on that stand apart, if they do."""
        last = at = first
        while at <= last:
            keys = self.paragraphs[at].named | self.paragraphs[at].meant
            if any(self._first_told(key) < first for key in keys):
                return None
            last = max([last, *map(self._last_named, keys)])
            last += self._goes_on(keys, first, last)
            if last - first >= _LONGEST:
                return None
            at += 1
        return last

    def _first_told(self, key: str) -> int:
        return (self.named[key] or self.meant[key])[0]

    def _last_named(self, key: str) -> int:
        return self.named[key][-1] if self.named[key] else 0

    def _goes_on(self, keys: Iterable[str], first: int, last: int) -> bool:
        """Tell whether the next paragraph means one of them, and names nobody told of before.

        Who "he" is of a paragraph that goes on with what was told before, or of one far behind,
        nobody can say.
        """
        after = last + 1
        if after >= len(self.paragraphs) or self.earliest[after] < first:
            return False
        return any(key in self.paragraphs[after].meant for key in keys)


def _is_of_dateline(heading: _Paragraph) -> bool:
    """Tell what names but a place before the body of a story."""
    return not heading.of_rite and all(r.kind == "place" for r in heading.references)


def _numbers(keys: Sequence[frozenset[str]]) -> Mapping[str, Sequence[int]]:
    """Return in which paragraphs each is told of, by what each paragraph tells of."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, told in enumerate(keys):
        for key in told:
            found[key].append(number)
    return found


def _of_title(article: Article) -> Iterator[str]:
    for word in (article.title or "").replace("'s", " ").replace("’s", " ").split():
        yield from country_codes(word.strip(".,:;()"))[:1]


def _stands_alone(case: Case, paragraph: _Paragraph) -> bool:
    """Tell a paragraph that names who did what, and where, from one that goes on."""
    tokens = list(case.doc[paragraph.start : paragraph.end])
    text = case.article.text
    if _LISTED.search(text[text.rfind("\n", 0, tokens[0].idx) + 1 : tokens[-1].idx]):
        return False  # a line of a list, or what stands over its lines
    if not any(t.pos_ in VERBS for t in tokens):
        return False  # lines of a list: "Peru – President X"
    if _is_of_land(paragraph, tokens):
        return False
    told = [(r, _tokens_of(r, tokens)) for r in paragraph.references]
    actor = next((r for r, own in told if _acts(r, own)), None)
    if actor is None or actor.form == "pronoun" or not actor.country:
        return False
    if actor.guessed and actor.country not in paragraph.named:
        return False
    lands = {r.country for r in paragraph.references if is_country(r.country or "")}
    titles = {r.start for r in paragraph.references if r.kind in ACTOR_KINDS}
    placed = any(
        _is_place(r, own, alone=len(lands) == 2)
        for r, own in told
        # "while Peru President X is expected"
        if r.kind != "country" or not own or _behind(own).isdisjoint(titles)
    )
    named = {t.i for _, own in told for t in own}  # "the Dominican Republic"
    placed = placed or any(_is_some_place(t) for t in tokens if t.i not in named)
    if not placed or len(lands) < _LANDS or _lists_guests(paragraph, tokens):
        return False
    return not any(_leans_back(t, tokens[0]) for t in tokens)


def _is_of_land(paragraph: _Paragraph, tokens: Sequence[Token]) -> bool:
    """Tell "Peru – President X. Premier Y cannot attend", one line of a list by lands."""
    first = paragraph.references[0] if paragraph.references else None
    if first is None or first.kind != "country" or first.start != tokens[0].idx:
        return False
    behind = next((t for t in tokens if t.idx >= first.end), tokens[0])
    head = [t for t in tokens if t.sent == behind.sent]
    marked = behind.text == ":" or behind.text in STROKES
    return marked and not any(t.tag_ in FINITE for t in head)


def _lists_guests(paragraph: _Paragraph, tokens: Sequence[Token]) -> bool:
    """Tell "Also present were X of Peru and Y of Fiji", at the event told of before.

    So "Peru is represented by X". "X of Peru and Y of Fiji were present at a fair in Lima", "Peru
    was represented at a fair in Lima" name their own.
    """
    came = {r.country for r in paragraph.references if r.kind == "person" and r.country}
    sent = [r for r in paragraph.references if r.kind in {"office", "delegation"}]
    came |= {code for r in sent for code in (*r.members, r.country) if code}
    present = len(came) >= _LANDS and any(t.lower_ in words("of_those_present") for t in tokens)
    if not present and not any(map(_is_represented, tokens)):
        return False
    within = {t.idx + len(t) + 1 for t in tokens if t.lower_ in {"in", "at"}}
    return not any(r.start in within for r in paragraph.references if r.kind in LAND_KINDS)


def _is_represented(verb: Token) -> bool:
    """Tell "Peru will be represented by X", at an event."""
    passive = any(c.dep_ in UNDERGONE or c.dep_ == "auxpass" for c in verb.children)
    return verb.lemma_ == "represent" and verb.tag_ == "VBN" and passive


def _tokens_of(reference: Reference, tokens: Sequence[Token]) -> Sequence[Token]:
    return [t for t in tokens if reference.start <= t.idx < reference.end]


def _acts(reference: Reference, own: Sequence[Token]) -> bool:
    """Tell somebody from the "I" of a quotation and the "ministers" of any land."""
    if reference.kind not in ACTOR_KINDS or not own:
        return False
    unknown = reference.country is None and reference.name is None
    return own[0].lower_ not in words("first_person") and not (unknown and own[0].lower_ != "the")


def _leans_back(token: Token, first: Token) -> bool:
    """Tell "here" and "us", and of the first sentence "also", "the other", "X was second"."""
    if token.lower_ in words("at_hand") or (
        token.lower_ in words("first_person") and token.tag_ in _PRONOUNS
    ):
        return True
    if token.sent.start > first.i + first.is_space:
        return False
    opens = token.is_sent_start is True
    if token.lower_ in words("told_in_turn") and (opens or token.dep_ in _PREDICATES):
        return True
    if token.lower_ not in words("goes_on_from_before") or token.dep_ == "expl":
        return False
    # "the former president of Peru" leans on nothing, "the former" does
    return token.lower_ not in words("of_old") or token.dep_ != "amod"


def _is_place(reference: Reference, own: Sequence[Token], *, alone: bool) -> bool:
    """Tell "in Lima", "visited Peru" from "Peru's president", "from Lima".

    Args:
        alone: whether "Peru is on holiday" is a place, as no third land is told of.
    """
    if reference.kind not in LAND_KINDS or reference.form not in NAME_FORMS or not own:
        return False
    if not is_country(reference.country or ""):
        return False
    if reference.kind == "country" and not alone and any(map(_does, own)):
        return False
    doc, end = own[0].doc, own[-1].i + 1
    listed = _first_listed(own)
    before = listed.nbor(-1) if listed.i else own[0]
    if before.lower_ == "the" and before.i:
        before = before.nbor(-1)  # "the premier of the Gambia"
    if before.text == "(":
        return False  # "Premier X (Peru)"
    spoken = before.lower_ == "from" and before.head.lemma_ in words("speech")
    led = before.lower_ not in _FROM or spoken  # "told reporters from Lima"
    return led and text_at(doc, end) not in GENITIVES


def _behind(own: Sequence[Token]) -> set[int]:
    """Return where the token behind a reference begins in the text."""
    return {token.idx for token in own[-1].doc[own[-1].i + 1 : own[-1].i + 2]}


def _first_listed(land: Sequence[Token]) -> Token:
    """Return where the list begins of whose lands one is: Chad of "of Chad, Mali and Niger"."""
    head = land[-1]
    while head.dep_ == "conj" and head.head.pos_ == "PROPN":
        head = head.head
    return land[0] if head in land else head.left_edge


def _is_some_place(token: Token) -> bool:
    """Tell "in the town of Batou", "in Batou city" from "the capital", which was named before."""
    if token.lower_ not in words("place_noun", "town_noun"):
        return False
    around = [*token.subtree, *token.doc[max(0, token.i - 1) : token.i]]
    named = any(t.pos_ == "PROPN" for t in around)
    return named or all(c.lower_ not in {"the", "that", "this"} for c in token.children)


def _does(token: Token) -> bool:
    """Tell the country of "Peru said", "Chile and Peru said" from that of "in Chile and Peru"."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.dep_ in SUBJECTS


__all__ = ["stories_apart"]
