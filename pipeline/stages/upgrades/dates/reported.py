"""The day that a report gives a change which its own sentence does not date."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from itertools import islice

from spacy.tokens import Span, Token

from models import DateExpression, Reference
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import Clock, partial
from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import ADNOMINAL, NOUNS, PAST, UNDERGONE, VERBS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.dates.first_of_all import is_first_of_all, was_first
from pipeline.stages.upgrades.dates.grounds import names_ground
from pipeline.stages.upgrades.dates.leaving import is_day_of_leaving
from pipeline.stages.upgrades.dates.own_deeds import deed_told, says_own_deed
from pipeline.stages.upgrades.outcome.governors import paper_before
from pipeline.stages.upgrades.parties.neighbours import Neighbours
from pipeline.stages.upgrades.tables import words

#: The year that opens a line.
_ENTRY = re.compile(
    r"^[ \t•*·–-]{0,4}((?:1[6-9]|20)\d\d)\b(?![ \t]{0,2}[-–/.][ \t]{0,2}\d)", re.MULTILINE
)
#: How many sentences back the day is looked for that a report gives once, within a paragraph.
_LOOK_BACK = 2
#: No more sentences than this may stand before one that opens an article.
_LEDE = 1
#: How many sentences behind a lede its day is looked for.
_LOOK_AHEAD = 4
#: A day so long before the publication is still the report's, in days.
_FRESH_DAYS = 14
#: How far over a trigger the verb of its clause may stand, in words.
_CLAUSE_REACH = 4
_UNTIL = frozenset({"until", "till"})


class ReportedClock(Clock):
    """Finds the days of reports in one scene."""

    @cached_property
    def neighbours(self) -> Neighbours:
        """The paragraphs of the scene and who is named in each."""
        return Neighbours(self.scene)

    def _of_entry(self, token: Token) -> str | None:
        """Return the year that opens the entry of a chronicle ("1998 The ministers met. …")."""
        text = self.scene.article.text
        entry = _ENTRY.match(text, text.rfind("\n", 0, token.idx) + 1)
        return entry.group(1) if entry and len(_ENTRY.findall(text)) > 1 else None

    def _is_of_others(self, told: DateExpression) -> bool:
        """Tell the date of "the second state to have done so this week"."""
        span = self.scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        verb = verb_above(span.root) if span else None
        return verb is not None and is_of_doing_so(verb)

    def is_term(self, told: DateExpression) -> bool:
        """Tell the years of "adopted a plan for 2023-2027", which begin or end in years to come."""
        published = self.scene.article.published
        if published is None or told.earliest is None or told.latest is None:
            return False
        years = told.latest[:4] > published[:4] and told.latest[:4] > told.earliest[:4]
        return years or told.earliest > published

    def _is_in_name(self, told: DateExpression) -> bool:
        """Tell the date of "the Convention of 1961", which says nothing of when."""
        span = self.scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        return span is not None and names_ground(span[0])

    def of_report(
        self, token: Token, parties: Collection[str] = (), *, ahead: bool = True
    ) -> str | None:
        """Return the day that a report gives beside an undated change, or behind its lede.

        Args:
            parties: of the change, where they are known: what names only others is another story.
            ahead: whether the sentences behind it may tell the day.
        """
        number = self.scene.sentence_of[token.i]
        own = self.scene.sentence(token.i)
        if any(child.lower_ in words("long_ago") for child in token.children) or had_been(token):
            return None
        if is_first_of_all(token) or was_first(token):
            return None
        if any(c.lower_ in words("ones_own") for c in token.children):
            return None
        if comes_after(token) is not None or _is_counted_back(own) or _is_of_old(token):
            return None
        if any(child.lower_ in words("by_these_words") for child in token.children):
            return self.scene.article.published
        entry = self._of_entry(token)
        if entry is not None:
            return entry
        told = self.scene.dates_in(own.start_char, own.end_char)
        own_day = (
            d for d in told if _says_when(d) and not self._is_of_others(d) and not self.is_term(d)
        )
        if any(not self._is_in_name(d) for d in own_day):
            return None
        added = self._of_step_behind(number) if ahead else None
        if added is not None:
            return added
        plain = not any(child.lower_ in {"has", "have"} for child in token.children)
        if _is_of_roll(token):
            return self._behind_lede(number, parties) if ahead else None
        for back in range(1, _LOOK_BACK + 1):
            if number - back < 0:
                break
            sentence = self.scene.sentences[number - back]
            if back > 1 and self.scene.ends_paragraph(sentence, steps=back):
                break
            days = [self._day(index) for index in self._within(sentence.start, sentence.end)]
            fresh = [day for day in days if day is not None]
            other = fresh and self._is_of_other_story(sentence, parties, number, plain=plain)
            if other or (fresh and self._is_of_nobody(sentence)):
                continue
            if fresh:
                return fresh[-1] if len(set(fresh)) == 1 else None
        if not ahead:
            return None
        return self._behind_lede(number, parties) or self._of_event(number, parties)

    def _of_step_behind(self, number: int) -> str | None:
        """Return the day of "Peru recognised it. The decision was announced on Monday"."""
        sentence = self.scene.beside(number + 1, step=0)
        if sentence is None or self.neighbours.are_apart(number, number + 1):
            return None
        subject = self.scene.subject(sentence.root)
        if subject is None or subject.lemma_.lower() not in words("step", "news"):
            return None
        own = {self._day(index) for index in self._within(subject.i, subject.right_edge.i + 1)}
        if len(own) == 1 and _takes_up_on_day(subject):
            return own.pop()
        if sentence.root.tag_ not in PAST or not takes_up(subject):
            return None
        days = {self._day(index) for index in self._within(sentence.start, sentence.end)}
        return days.pop() if len(days) == 1 else None

    def _is_of_other_story(
        self, sentence: Span, parties: Collection[str], number: int, *, plain: bool = False
    ) -> bool:
        """Tell a sentence that names states, but none of a change, or else blocs, but not its own.

        "The bloc announced it on Monday" is of "Peru joined the bloc", whatever it joined. So is
        one in a paragraph that names but others, itself as well.

        Args:
            number: that of the sentence of the change.
            plain: whether that is told in the plain past, so that it was made where others met.
        """
        told = (r for i in range(sentence.start, sentence.end) for r in self.scene.at(i))
        told = (r for r in told if not (r.guessed or (plain and self._is_where(r))))
        named = {code for r in told for code in (r.country, *r.members) if code}
        at = self.scene.sentence_of[sentence.start]
        goes_on = not named and (plain or at == number + 1)
        apart = not goes_on and self.neighbours.are_apart(number, at)
        if apart and named.isdisjoint(parties):
            return True
        if not parties:
            return False
        states = set(filter(is_country, named)) if any(map(is_country, parties)) else set()
        if bool(named) and (states or named).isdisjoint(parties):
            return True
        return self._is_deed_of_others(sentence, parties)

    def _is_where(self, reference: Reference) -> bool:
        """Tell the "Geneva" of "The ministers met in Geneva on Monday", which says but where."""
        start = self.scene.bounds(reference)[0]
        land = reference.kind == "country" and reference.form == "name"
        named = land or reference.kind == "place"
        return named and word_at(self.scene.doc, start - 1) == "in"

    def _is_of_nobody(self, sentence: Span) -> bool:
        """Tell "The rains stopped on Tuesday", which is of no party, talks, paper or step."""
        if any(self.scene.at(i) for i in range(sentence.start, sentence.end)):
            return False
        known = words("tie", "step", "news", "document", "signing") | told_words("event")
        return not any(
            t.tag_ == "PRP" or (t.pos_ in NOUNS and t.lemma_.lower() in known) for t in sentence
        )

    def _is_deed_of_others(self, sentence: Span, parties: Collection[str]) -> bool:
        """Tell "Chad on Sunday cut its ties", which dates nothing that Peru has done.

        What others say or judge on a day may be news of that day's change, but not what they say to
        have done themselves: "Chad announced on Sunday that it had cut its ties", "that it has
        decided to restore them".
        """
        root = deed_told(sentence.root)
        subject = self.scene.subject(root) if root.tag_ in PAST else None
        speaks = told_words("speech") | words("judges", "decided")
        own = subject is not None and says_own_deed(root)
        if subject is None or (root.lemma_.lower() in speaks and not own):
            return False
        if own:
            edges = subject.left_edge.i, subject.right_edge.i + 1
            told = [r for i in range(*edges) for r in self.scene.at(i)]
            acting = {r.country for r in told if r.kind == "country"}
            return bool(acting) and acting.isdisjoint(parties)
        heads = (subject, *subject.conjuncts)
        told = [r for head in heads for r in self.scene.at(head.i)]
        acting = {r.country for r in told if r.kind == "country" and r.form == "name"}
        return bool(acting) and acting.isdisjoint(parties)

    def _of_event(self, number: int, parties: Collection[str]) -> str | None:
        """Return the day of the event that opens the article, at which its changes are made."""
        body = self.scene.article.body_start
        told = (s for s in self.scene.sentences if s.start_char >= body)
        opening = next((s for s in told if s.start >= self.scene.headline_end), None)
        if opening is None or self.scene.sentence_of[opening.start] >= number:
            return None
        if self._is_of_other_story(opening, parties, number):
            return None
        if opening.root.lemma_.lower() not in words("holds") or opening.root.tag_ != "VBD":
            return None
        days = [self._day(index) for index in self._within(opening.start, opening.end)]
        fresh = {day for day in days if day is not None}
        return fresh.pop() if len(fresh) == 1 else None

    def _behind_lede(self, number: int, parties: Collection[str]) -> str | None:
        """Return the first fresh day behind a sentence that opens the article."""
        told = (self.scene.sentences[before] for before in range(number))
        body = (s for s in told if s.start_char >= self.scene.article.body_start)
        body = (s for s in body if s.start >= self.scene.headline_end)
        if next(islice(body, _LEDE, None), None) is not None:
            return None
        for sentence in self.scene.sentences[number + 1 : number + 2 + _LOOK_AHEAD]:
            days = [self._day(index) for index in self._within(sentence.start, sentence.end)]
            fresh = [day for day in days if day is not None]
            if fresh and self._tells_cut_with_others(sentence, parties):
                continue
            if fresh and not self._is_of_other_story(sentence, parties, number):
                return None if sentence.root.lemma_.lower() == "follow" else fresh[0]
        return None

    def _tells_cut_with_others(self, sentence: Span, parties: Collection[str]) -> bool:
        """Tell "On 4 May Peru cut ties with Chad", of another day than its pact with Oman."""
        cut = next((t for t in sentence if t.lemma_.lower() in words("cuts")), None)
        behind = range(cut.i, sentence.end) if cut is not None else ()
        named = {r.country for i in behind for r in self.scene.at(i) if r.kind == "country"}
        return bool(parties) and bool(named) and named.isdisjoint(parties)

    def _day(self, index: int) -> str | None:
        """Return the day of a date if it lies shortly before the publication."""
        published = self.scene.article.published
        pair = partial(self.dates[index][2])
        if published is None or len(published) < DAY or pair is None or len(pair[0]) < DAY:
            return None
        start, end, _ = self.dates[index]
        if (
            self._is_of_page(start)
            or self._is_of_others(self.dates[index][2])
            or self._is_of_words(start, end)
            or self._is_of_feast(start)
            or not _is_fresh(pair[0], published)
        ):
            return None
        if pair[0] == pair[1]:
            return pair[0][:MONTH] if is_day_of_leaving(self.scene.doc[start]) else pair[0]
        return pair[0][:7] if pair[0][:7] == pair[1][:7] else None

    def _is_of_words(self, start: int, end: int) -> bool:
        """Tell the week of "unrelated to the allegations this week", in which they were made."""
        date = self.scene.doc[start:end].root
        said = self.scene.doc[start - 1] if start and date.dep_ == "npadvmod" else None
        return said is not None and said.pos_ == "NOUN" and said.lemma_.lower() in words("utters")

    def _is_of_feast(self, start: int) -> bool:
        """Tell the day of "9 May marks 70 years of relations", on which none were opened.

        Also that of "gave a banquet on 9 May to mark 70 years".
        """
        over = next((t for t in self.scene.doc[start].ancestors if t.pos_ in VERBS), None)
        held = [over, *over.children] if over is not None else []
        kept = (v for v in held if v.lemma_.lower() in words("keeps_feast"))
        units = words("years", "jubilee")
        return any(
            t.lemma_.lower() in units for verb in kept for c in verb.rights for t in c.subtree
        )

    def _is_of_page(self, start: int) -> bool:
        """Tell the day of "Published August 5", which is the page's."""
        before = self.scene.doc[max(0, start - 2) : start]
        return any(token.lower_ in words("page_dated") for token in before)


def takes_up(noun: Token) -> bool:
    """Tell "the decision", "this step" alone, which is that just told, from "a" or "Peru's"."""
    return [c.lower_ for c in noun.children] in (["the"], ["this"], ["that"])


def _takes_up_on_day(noun: Token) -> bool:
    """Tell "The announcement on Wednesday" of that just told, whatever is told of it then."""
    told = [c.lower_ for c in noun.children if c.dep_ not in {"prep", "punct", "npadvmod"}]
    return told in (["the"], ["this"], ["that"]) and all(
        c.lower_ in {"on", "in"} for c in noun.children if c.dep_ == "prep"
    )


def _is_of_roll(token: Token) -> bool:
    """Tell "it has opened ties with many states, including Peru", each of a day of its own.

    Also "the list of states that have cut ties includes Peru".
    """
    if token.tag_ != "VBN" or not any(c.lower_ in {"has", "have"} for c in token.children):
        return False
    for many in token.sent:
        if many.tag_ != "NNS" or many.lemma_.lower() not in words("many_parties"):
            continue
        behind = [t.lower_ for t in token.doc[many.i + 1 : many.i + 4] if t.text not in {",", "("}]
        if set(behind[:1]) & words("namely") or " ".join(behind[:2]) in words("opens_examples"):
            return True
        if token in many.subtree and many.head.lower_ == "of" and token.sent.root.i > token.i:
            return token.sent.root.lemma_.lower() in words("includes")
    return False


def _is_counted_back(sentence: Span) -> bool:
    """Tell "the decision follows a similar step of Mali just days earlier", of no day told."""
    counted_by = words("counted_back_by")
    return any(
        token.lower_ in counted_by
        and token.i > sentence.start
        and token.nbor(-1).lemma_.lower() in words("counted_back")
        for token in sentence
    )


def _says_when(expression: DateExpression) -> bool:
    """Tell a date, also a vague one ("the 1990s"), from a duration or "now"."""
    placed = expression.earliest is not None
    return expression.type == "DATE" and (placed or expression.grain in {"decade", "century"})


def _is_fresh(day: str, published: str) -> bool:
    return 0 <= days_between(day, published) <= _FRESH_DAYS


def comes_after(verb: Token) -> Token | None:
    """Return the "after" of "resumed ties, years after it cut them" or "after cutting them".

    What it opens is of an earlier time.
    """
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("decided"):
        return comes_after(verb.head)  # "after the two decided to resume them"
    of_deal = verb.dep_ in ADNOMINAL
    deal = (verb.head if of_deal else paper_before(verb)) if verb.tag_ == "VB" else None
    if deal is not None and deal.lemma_.lower() in words("document"):
        behind = deal.doc[max(0, deal.left_edge.i - 1)]
        if behind.lower_ in told_words("after_which"):
            return behind  # "contacts grew following a deal to resume them"
        if deal.dep_ in UNDERGONE:
            return comes_after(deal.head)  # "after China brokered a deal to resume them"
    if verb.dep_ == "pcomp" and verb.head.lower_ == "after":
        return verb.head
    if (
        verb.dep_ == "conj"
        and verb.head.dep_ == "advcl"
        and not any(c.dep_ == "nsubj" for c in verb.children)
    ):
        return comes_after(verb.head)  # "after it let him in and recognised Peru"
    clause = verb.dep_ == "advcl"
    before = (c for c in verb.lefts if c.lower_ == "after")
    return next((c for c in before if clause or c.dep_ == "mark"), None)


def _is_of_old(noun: Token) -> bool:
    """Tell "will recognise it, following Peru's recognition", "already declared its recognition".

    What others did, or what was done already, is of an earlier day than the report's.
    """
    if noun.pos_ != "NOUN":
        return False
    followed = noun.dep_ in {"pobj", "dobj"} and noun.head.lower_ in told_words("after_which")
    already = noun.dep_ == "dobj" and any(c.lower_ == "already" for c in noun.head.children)
    return followed or already


def is_behind_since(token: Token) -> bool:
    """Tell "the first visit since the restoration of ties", "since they were restored"."""
    return token.head.lower_ == "since" or any(
        c.lower_ == "since" and c.dep_ == "mark" for c in token.children
    )


def had_been(verb: Token) -> bool:
    """Tell "ties that had been severed", which is of an earlier time than the clause over it."""
    return verb.dep_ == "relcl" and any(c.lower_ == "had" for c in verb.children)


def is_apart(verb: Token) -> bool:
    """Tell what had been, or "talked in 2021, until a deal to restore ties was announced"."""
    return (
        had_been(verb)
        or is_first_of_all(verb)
        or any(
            node.dep_ == "advcl" and any(c.lower_ in _UNTIL and c.i < node.i for c in node.children)
            for node in (verb, *islice(verb.ancestors, _CLAUSE_REACH))
        )
    )


def is_of_doing_so(verb: Token) -> bool:
    """Tell "to have done so", whose date is that of all who did, and "as Peru did in 2016"."""
    near = {child.lower_ for child in verb.children}
    return verb.lemma_ == "do" and ("so" in near or (verb.dep_ == "advcl" and "as" in near))


__all__ = [
    "ReportedClock",
    "comes_after",
    "is_apart",
    "is_behind_since",
    "is_of_doing_so",
    "takes_up",
]
