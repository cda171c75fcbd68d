"""Levels that stand since a date: "strategic partners since 2010"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from models.upgrade import Change
from pipeline.discourse.denials import is_negated, until_when
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import partial
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY, YEAR
from pipeline.labels import NOUNS, PREMODIFIERS, UNDERGONE
from pipeline.neighbours import prep_objects, text_at, word_at
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.dating import is_of_spell, single
from pipeline.stages.upgrades.emitting import Emitter, level_text
from pipeline.stages.upgrades.guards import is_not_party, is_of_domain
from pipeline.stages.upgrades.levels.level_links import is_since_then
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.tables import making_verbs, words

_AMBASSADORS = "ambassador_level"
#: How far behind a level "from" is looked for, in tokens.
FROM_REACH = 6
#: How far before a level "the first to open" is looked for, in tokens.
_FIRST_REACH = 9
#: What the names of those that have relations are made of ("with Peru", "between Peru and Chad").
_NAMING = frozenset({"ADP", "CCONJ", "DET", "PROPN"})
#: The years of relations in brackets.
_YEARS = re.compile(r"\(((?:19|20)\d\d) ?[-–—] ?(?:19|20)\d\d\)")
#: How far before a level the "of" of its anniversary may stand, in tokens.
_KEPT_REACH = 8
#: How far behind a level "since its launch" is looked for, in tokens.
_START_REACH = 16
#: How far behind a level "since" is looked for, in tokens.
SINCE_REACH = 9
_PAIR = 2


class Standing(Emitter):
    """Reads the levels of one scene that a "since" dates."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: What stands since a date in the sentences read so far, and what of it names no level.
        self._stands: tuple[list[Candidate], list[Candidate]] = ([], [])
        self._read_up_to = 0

    def read_standing(self, end: int) -> None:
        """Read what the sentences up to one tell to stand, by what was told before them."""
        for sentence in self.scene.sentences[self._read_up_to : end]:
            self._stands[0].extend(self._since(sentence))
            self._stands[1].extend(self._bare_since(sentence))
        self._read_up_to = max(self._read_up_to, end)

    def standing(self) -> Iterator[Candidate]:
        """Yield all that stands since a date, in text order, what names no level at the end."""
        self.read_standing(len(self.scene.sentences))
        for stands in self._stands:
            yield from stands

    def _since(self, sentence: Span) -> Iterator[Candidate]:
        """Yield a change for each level of a sentence with its "since" and a date."""
        end = sentence.end
        for level in self.levels.by_sentence.get(self.scene.sentence_of[sentence.start], ()):
            span = self.levels.span(level)
            if span is None or self.levels.is_post(level) or is_of_domain(span.root):
                continue
            date = self._date_since(span, end) or self._date_in_bracket(span)
            date = date or self._date_of_start(span, end)
            date = date or (self._date_of_paper(span) if _is_partnership(level) else None)
            if date is not None:
                yield from self._standing(level, span.root, date)
            opened = self._date_until(level, span, end) if date is None else None
            if opened is not None:
                yield from self._standing(level, span.root, opened, until=True)

    def _bare_since(self, sentence: Span) -> Iterator[Candidate]:
        """Yield the ties of "Peru and Chad have had relations since 1853", which name no level."""
        for token in sentence:
            if token.dep_ != "dobj" or token.lemma_.lower() not in words("diplomatic_object"):
                continue
            if token.head.lemma_.lower() not in words("keeps"):
                continue
            level = Level("diplomatic_relations", token.text, token.idx, token.idx + len(token))
            span = self.levels.span(level)
            named = any(lv.start <= token.idx < lv.end for lv in self.levels.beside(token))
            if span is None or named or not self.levels.may_be_diplomatic(token):
                continue
            date = self._date_since(span, self.scene.sentence(token.i).end)
            if date is not None:
                yield from self._standing(level, token, date)

    def _date_since(self, span: Span, end: int) -> str | None:
        doc = self.scene.doc
        beside = [self.levels.span(level) for level in self.levels.beside(span.root)]
        end = min([end, *(other.start for other in beside if other and other.start > span.end)])
        if _is_first_since(span) or _is_cut_since(span.root):
            return None
        opening = span.sent[0]
        stands = span.root.head.lemma_.lower() in words("keeps") | {"be"}
        if opening.lower_ == "since" and stands:
            date = self.reading.clock.after(opening.i + 1)
            if date is not None:
                return date
        if (day := self._day_as_of(span) or self._day_of_keeping(span)) is not None:
            return day
        for i in range(span.end, min(span.end + SINCE_REACH, end - 1)):
            if doc[i].pos_ == "VERB" and doc[i].lemma_ not in words("standing"):
                back = [t.lower_ for t in doc[i + 1 : i + 3]] == ["back", "to"]
                if not back and doc[i].lemma_ != "date":
                    return None
            if any(c.dep_ == "agent" for c in doc[i].children) and doc[i].head != span.root:
                return None  # "made Chad an observer, a status held by Peru since 2010"
            if doc[i].text == ";":
                return None  # "they were partners; since Sunday they have been allies"
            near = i < span.end + FROM_REACH
            if doc[i - 1].text == "(":
                return None
            if (
                (doc[i].lower_ == "since" and not is_of_spell(doc[i]))
                or (doc[i].lower_ == "from" and near and not _is_being_made(span.root))
                or (doc[i].lower_ == "from" and doc[i - 1].lemma_ == "date")
                or (doc[i].lower_ == "to" and doc[i - 1].lower_ == "back")
                or (doc[i - 1 : i + 1].text.lower() == "as of" and span.root.dep_ == "appos")
            ):
                date = self.reading.clock.after(i + 1) or self._day_of_deed(doc[i])
                if date is not None:
                    return date
        return None

    def _day_of_deed(self, since: Token) -> str | None:
        """Return the date of "since a joint declaration of May 2019", "since the visit in 2019"."""
        deeds = words("document", "gathering", "occasion")
        for noun in since.children if since.lower_ == "since" else ():
            if noun.dep_ == "pobj" and noun.lemma_.lower() in deeds:
                return self.reading.clock.within(noun.i, noun.right_edge.i + 1)
        return None

    def _day_as_of(self, span: Span) -> str | None:
        """Return the day of "are, as of Saturday, observers", on which they have become so.

        "As of 2023, the bloc has four observers", of no one day, only counts them.
        """
        verb = span.root.head
        if span.root.dep_ != "attr" or verb.lemma_ != "be" or tense_of(verb) != "present":
            return None
        led = (c for c in verb.children if c.lower_ == "of" or c.lower_ == "as")
        for prep in (t for c in led for t in c.subtree if t.i < span.start):
            if prep.lower_ == "of" and word_at(self.scene.doc, prep.i - 1) == "as":
                date = self.reading.clock.after(prep.i + 1)
                return date if date is not None and len(date) == DAY else None
        return None

    def _day_of_keeping(self, span: Span) -> str | None:
        """Return the day of "has had a pact - the first of its kind - with Peru since 2012".

        Also of "Since 2012 it has been in a pact with Peru", "they were foes; since 2012 they have
        been partners".
        """
        noun = span.root
        held = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("keeps")
        held |= noun.dep_ == "attr" and noun.head.lemma_ == "be"
        within = noun.dep_ == "pobj" and noun.head.lower_ == "in"
        verb = noun.head.head if within else noun.head
        if not held and not (within and verb.lemma_.lower() in words("is_within")):
            return None
        have = any(c.lower_ in {"has", "have", "'ve"} for c in verb.children)
        since = (c for c in verb.children if c.lower_ == "since" and c.dep_ == "prep")
        dates = (self.reading.clock.after(c.i + 1) for c in since if have and not is_of_spell(c))
        return next(filter(None, dates), None)

    def _date_of_start(self, span: Span, end: int) -> str | None:
        """Return the date of "the partnership has grown since its launch in 2015", its own.

        Not that of "they have discussed the partnership in the council since its launch in 2015",
        "it has been discussed by the UN since its creation in 1945".
        """
        doc, owner = self.scene.doc, "their" if span.root.tag_ == "NNS" else "its"
        for i in range(span.end, min(span.end + _START_REACH, end - 2)):
            if doc[i].lower_ != "since" or doc[i + 1].lower_ != owner:
                continue
            if doc[i + 2].lemma_.lower() not in words("inception"):
                return None
            acts = span.root.dep_ == "nsubj" and span.root.head in doc[i].ancestors
            if not acts and any(t.dep_ == "agent" for t in doc[span.end : i]):
                return None
            between = (t for t in doc[span.end : i] if t.tag_ == "NN" and not self.scene.at(t.i))
            return self.reading.clock.after(i + 3) if acts or not any(between) else None
        return None

    def _date_until(self, level: Level, span: Span, end: int) -> str | None:
        """Return the date of "had no diplomatic relations until 1992", when they were opened."""
        verb = verb_above(span.root)
        had = verb is not None and tense_of(verb) == "past"
        if level.name != "diplomatic_relations" or not had or not _is_denied(span.root):
            return None
        doc = self.scene.doc
        for i in range(span.end, min(span.end + SINCE_REACH, end - 1)):
            if doc[i].lower_ in words("not_before"):
                return self.reading.clock.after(i + 1)
        return None

    def _date_in_bracket(self, span: Span) -> str | None:
        """Return the start of "sixty years of diplomatic relations (1963-2023)".

        A bracket of one date behind an anniversary of relations may hold that too, not the years
        of a plan: "the partnership plan (2021-2025)".
        """
        doc = self.scene.doc
        at = span.end
        while at < min(len(doc), span.end + SINCE_REACH) and doc[at].pos_ in _NAMING:
            at += 1
        if text_at(doc, at) != "(" or not _is_kept(span.root):
            return None
        years = _YEARS.match(self.scene.article.text, doc[at].idx)
        if years is not None:
            return years[1]
        first = self.reading.clock.date_behind(at)
        published = self.scene.article.published
        ahead = first is not None and published is not None and first[0] >= published[:4]
        return first[0] if first is not None and not ahead else None

    def _date_of_paper(self, span: Span) -> str | None:
        """Return the date of "the Strategic Partnership Treaty of 2004", "the 2004 partnership".

        Not that of "the 2004 Strategic Partnership Dialogue", which only talks of it.
        """
        doc = self.scene.doc
        end = span.end + (word_at(doc, span.end) in words("document"))
        follows = doc[end] if end < len(doc) else None
        if end == span.end and follows is not None and follows.pos_ in NOUNS:
            return None
        year = doc[span.start - 1] if span.start else None
        if is_not_party(self.scene, span.root):
            return None  # "the banks renewed their 2004 partnership"
        if year is not None and year.text.isdigit() and len(year.text) == YEAR:
            return self._day_at(year.i)
        paper = end > span.end or _is_of_paper(span)
        if follows is None or follows.lower_ not in {"of", *words("paper_made")}:
            return None
        if not paper and not _is_year_of(follows):
            return None
        if not paper and self.reading.is_to_come(follows.nbor().text):
            return None
        at = end + 1 + (word_at(doc, end + 1) in {"on", "in"})
        return self._day_at(at) if at < len(doc) else None

    def _day_at(self, i: int) -> str | None:
        """Return the date that begins at token `i`, also where others are dated by that paper."""
        start = self.scene.doc[i].idx
        told = self.scene.dates_in(start, start + len(self.scene.doc[i]))
        pairs = (partial(date) for date in told if date.start == start)
        return next((single(pair) for pair in pairs if pair is not None), None)

    def _pairs_of_clause(self, root: Token) -> list[Parties]:
        """Return both of "Chad has been Peru's ally since 2009", whoever else is told of beside.

        Also of "Chad and Peru have been allies since 2009", each of "Chad and Fiji are Oman's".
        """
        if not is_since_then(root):
            return []
        subject = next(c for c in root.head.children if c.dep_ == "nsubj")
        whose = [c for c in root.children if c.dep_ == "poss"]
        whose += prep_objects(root, "of", "with")
        others = [self._codes_at(n) for n in (subject, *subject.conjuncts)]
        ends = [self._codes_at(n) for n in whose]
        if any(len(end) != 1 for end in (*others, *ends)) or len(ends) > 1:
            return []
        if not ends:
            both = frozenset().union(*others)
            return [both] if len(both) == len(others) == _PAIR else []
        return [pair for other in others if len(pair := frozenset(other | ends[0])) == _PAIR]

    def _of_whose(self, root: Token, sets: list[Parties]) -> list[Parties]:
        """Return those with the Fiji of "a partnership with Fiji", "Fiji, a partner since 2010".

        Where none is, whoever is told of most is the other.
        """
        whose = prep_objects(root, "with") if root.lemma_.lower() != "partner" else []
        whose += [root.head] if root.dep_ == "appos" and root.tag_ == "NN" else []
        named = [self._codes_at(n) for n in whose if not any(n.conjuncts)]
        if len(named) != 1 or len(named[0]) != 1 or not sets:
            return sets
        own = [parties for parties in sets if parties & named[0]]
        other = None if own else self.reading.parties.other(root.i, set(named[0]))
        return [named[0] | {other}] if other is not None else own or sets

    def _codes_at(self, noun: Token) -> frozenset[str]:
        return frozenset(self.reading.parties.codes(noun.i, noun.i + 1))

    def _standing(
        self, level: Level, root: Token, date: str, *, until: bool = False
    ) -> Iterator[Candidate]:
        pairs = self._pairs_of_clause(root)
        sets, sure = (pairs, 0.9) if pairs else self._parties(root, level)
        sets = sets if pairs else self._of_whose(root, sets)
        lost = _is_denied(root) and not until
        if lost and level.name not in words("diplomatic_level"):
            return
        if lost and any(lv.name == _AMBASSADORS for lv in self.levels.beside(root)):
            return  # "have had no relations at ambassadorial level since 2010", but some
        for parties in sets:
            own = self._date_of_partner(root, level, parties) if len(sets) > 1 else None
            yield Candidate(
                rule="since",
                at=root.i,
                parties=parties,
                level=level.name,
                level_text=level_text(level),
                change=_change(level, lost=lost),
                status="planned" if self.reading.is_to_come(own or date) else "completed",
                date=own or date,
                score=round(0.8 * sure, 3),
            )


def _is_year_of(of: Token) -> bool:
    """Tell "their partnership of 2008" from "a partnership of equals"."""
    year = of.nbor() if of.lower_ == "of" and of.i + 1 < len(of.doc) else None
    return year is not None and year.text.isdigit() and len(year.text) == YEAR


def _is_partnership(level: Level) -> bool:
    """Tell what two states make by a paper of its own, not relations or what a body confers."""
    kinds = words("conferred", "diplomatic_level", "ally_level")
    return level.name not in kinds and "partner" in (level.name or "")


def _is_of_paper(span: Span) -> bool:
    """Tell the level of "the Treaty on Strategic Partnership", "a declaration of partnership"."""
    prep = span.root.head
    led = span.root.dep_ == "pobj" and prep.lower_ in {"of", "on", "for"}
    return led and prep.head.lemma_.lower() in words("document")


def _is_first_since(span: Span) -> bool:
    """Tell "the first state to open diplomatic relations since 1994", which dates none of its.

    Nor does "have diplomatic relations for the first time since 1994".
    """
    before = span.doc[max(span.sent.start, span.start - _FIRST_REACH) : span.start]
    behind = span.doc[span.end : min(span.sent.end, span.end + FROM_REACH)]
    if "for the first time since" in behind.text.lower():
        return True
    made = any(t.pos_ == "VERB" and t.lemma_.lower() in making_verbs() for t in before)
    return made and any(t.lower_ == "first" for t in (*before, *behind))


def _is_cut_since(root: Token) -> bool:
    """Tell the ties of "Peru has cut ties since 2016", which do not stand from then on.

    Nor do those of "the fifth state to cut ties since 2016", "a ban on partnerships since 2016".
    """
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ == "on" and verb.head.lemma_ in words("stops_new"):
        return True
    cut = root.dep_ in UNDERGONE and verb.lemma_.lower() in words("cuts") | {"end"}
    return cut and verb.tag_ in {"VB", "VBN"}


def _is_being_made(root: Token) -> bool:
    """Tell the ties of "will open relations from Monday", of which the verb tells the day."""
    made = root.dep_ in UNDERGONE and root.head.lemma_.lower() in making_verbs()
    return made and tense_of(root.head) == "future"


def _is_kept(root: Token) -> bool:
    """Tell the relations of "the jubilee of relations", "sixty years of relations"."""
    of = next((node for node in root.ancestors if node.lower_ == "of"), None)
    if of is None or root.i - of.i > _KEPT_REACH:
        return False
    return of.head.lemma_.lower() in words("anniversary", "years")


def _is_denied(root: Token) -> bool:
    """Tell "have had no relations since 1961", "have not had full relations since 1961".

    Also "have not had relations at ambassadorial level", "no ambassador-level relations".
    """
    if root.dep_ == "pobj" and root.head.lower_ == "at":
        root = root.head.head
    elif root.dep_ in PREMODIFIERS:
        root = root.head
    none = any(child.lower_ in words("denies") for child in root.children)
    held = root.dep_ == "dobj" and root.head.lemma_.lower() in words("keeps")
    lacked = root.dep_ == "dobj" and root.head.lemma_.lower() in words("lacks")
    without = root.dep_ == "pobj" and root.head.lower_ in words("denies")
    only = any(t.lower_ == "only" for t in root.doc[max(0, root.head.i - 2) : root.head.i])
    denied = is_negated(root.head) or until_when(root.head) is not None
    return none or lacked or without or (held and denied and not only)


def _change(level: Level, *, lost: bool) -> Change:
    """Return what made a level that stands: "no relations since 1978" were severed then."""
    if lost:
        return "severance"
    if level.name == "charge_d_affaires":
        return "downgrade"
    return "establishment" if level.name in words("diplomatic_level") else "upgrade"


__all__ = ["Standing"]
