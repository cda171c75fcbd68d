"""Dates that stand right beside a word: "Peru in 2012", "since 1974", an afterthought."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.timing.of_trips import partial
from pipeline.labels import PAST, SUBJECTS, VERBS
from pipeline.neighbours import text_at
from pipeline.signs import ANY_CLOSING_QUOTES
from pipeline.stages.upgrades.dates.dating import is_of_signing, is_of_spell, single
from pipeline.stages.upgrades.dates.reported import ReportedClock, comes_after, takes_up
from pipeline.stages.upgrades.outcome.documents import signs_it
from pipeline.stages.upgrades.tables import making_verbs, words

#: How far into the next sentence "That was on 31 August" has its date, in tokens.
_AFTERTHOUGHT = 8
#: So many sentences behind the next one a paper may be told to have been signed.
_SIGNED_LATER = 3


class DatesBeside(ReportedClock):
    """Reads the dates of a change that stand beside its words."""

    def within(self, start: int, end: int) -> str | None:
        """Return the first date that begins in a stretch of tokens."""
        told = (partial(self.dates[index][2]) for index in self._within(start, end))
        return next((single(pair) for pair in told if pair is not None), None)

    def since(self, verb: Token) -> str | None:
        """Return the date in "has recognised it since 2007", "ties broken off since 1973"."""
        for child in verb.children:
            told = child.lower_ == "since" and child.i > verb.i and not is_of_spell(child)
            if told and not self.is_first(child):
                return self.after(child.i + 1)
        return None

    def is_first(self, since: Token) -> bool:
        """Tell "the first to recognise it since 2012", which was not done then."""
        before = self.scene.doc[self.scene.sentence(since.i).start : since.i]
        return any(token.lower_ == "first" for token in before)

    def _unquoted(self, end: int) -> int:
        """Return the token behind the quotation mark that closes a level's name."""
        return end + (text_at(self.scene.doc, end) in ANY_CLOSING_QUOTES)

    def date_behind(self, end: int) -> tuple[str, int] | None:
        """Return the date right behind token `end` ("Peru, since 2012") and the token behind it."""
        doc = self.scene.doc
        at = end + (text_at(doc, end) in {",", "("})
        since = text_at(doc, at) == "since"
        # "Peru (both 2012)", "Peru (set up in 2012)"
        said = end < at < len(doc) and _only_says_how(doc[at])
        behind = self.behind(at + 1 if since or said else end)
        if not behind or (since and is_of_spell(doc[at])):
            return None
        for index in self._within(behind[0].i, behind[0].i + 3):
            _, after, date = self.dates[index]
            pair = partial(date)
            if pair is not None:
                return single(pair), after
        return None

    def afterthought(self, token: Token) -> str | None:
        """Return the date that the next sentence adds ("That was on 31 August 2018.").

        Also one a little further on ("The communiqué was signed on 31 August.").
        """
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.beside(number, step=1)
        if sentence is None or _is_of_change_after(token):
            return None
        if self.neighbours.are_apart(number, number + 1):
            return None  # the next paragraph is of other states
        return self._added_by(sentence) or self._signed_later(token, sentence)

    def _signed_later(self, token: Token, sentence: Span) -> str | None:
        """Return the day on which one of the next sentences has the paper signed.

        None of what "had been" done before, nor where another country is told of meanwhile.
        """
        if any(child.lower_ == "had" for child in token.children):
            return None
        own = self._states(self.scene.sentence(token.i))
        if not self._states(sentence) <= own:
            return None
        for _ in range(_SIGNED_LATER):
            following = self.scene.beside(self.scene.sentence_of[sentence.start], step=1)
            if following is None or not self._states(following) <= own:
                return None
            at = self.scene.sentence_of[following.start]
            if self.neighbours.are_apart(self.scene.sentence_of[token.i], at):
                return None
            sentence = following
            signed = signs_it(sentence.root) or any(t.lower_ == "signing" for t in sentence)
            day = self._of_ceremony(sentence) if signed else None
            if day is not None:
                return day
        return None

    def _states(self, sentence: Span) -> set[str]:
        told = (r for token in sentence for r in self.scene.at(token.i) if r.kind == "country")
        return {reference.country for reference in told if reference.country}

    def _added_by(self, sentence: Span) -> str | None:
        took_place = sentence.root.lemma_.lower() in words("took_place")
        objects = [child for child in sentence.root.children if child.dep_ == "dobj"]
        met = [noun for noun in objects if noun.lemma_.lower() in words("gathering")]
        if met and sentence.root.lemma_ == "follow" and _is_of_change(sentence.root):
            return self.within(met[0].i, sentence.end)
        if took_place and any(noun.lower_ != "place" for noun in objects):
            return None  # "This follows the step of Peru earlier this week"
        took_place = took_place or is_of_signing(sentence.root) or _was_done(sentence.root)
        opens = sentence[0].lower_ in words("taken_up")
        if _tells_step(sentence.root):
            return self._of_clause(sentence)
        if took_place and any(c.lower_ == "had" for c in sentence.root.children):
            return None  # "It had been an observer since 2015"
        if not opens or not took_place:
            return self._of_ceremony(sentence)
        for index in self._within(
            sentence.start, min(sentence.end, sentence.start + _AFTERTHOUGHT)
        ):
            start, end, told = self.dates[index]
            if any(t.lower_ in {"than", "since"} for t in self.scene.doc[start].ancestors):
                return None  # "It was a quieter evening than last year's", "the first since 2010"
            if text_at(self.scene.doc, end) in words("marks_year"):
                return None  # "This is welcome, as 2018 marks the anniversary of their ties"
            pair = partial(told)
            return pair[0] if pair else None
        return None

    def _of_ceremony(self, sentence: Span) -> str | None:
        """Return the day of "He chaired the opening ceremony on Friday", "The pact was signed"."""
        held = _is_ceremony(sentence.root) or signs_it(sentence.root)
        return self._of_clause(sentence) if held else None

    def _of_clause(self, sentence: Span) -> str | None:
        """Return the day that a sentence's own verb has, not that of what it came after."""
        for index in self._within(sentence.start, sentence.end):
            start, _, told = self.dates[index]
            pair = partial(told)
            over = next((t for t in self.scene.doc[start].ancestors if t.pos_ in VERBS), None)
            if any(t.lower_ in words("beside_event") for t in self.scene.doc[start].ancestors):
                continue
            if pair is not None and over == sentence.root:
                return single(pair)
        return None


def _is_of_change_after(token: Token) -> bool:
    """Tell the "cut" of "opened ties with Chad days after it cut those with Oman"."""
    over = (node for node in token.ancestors if node.pos_ in VERBS)
    return comes_after(token) is not None and any(v.lemma_.lower() in making_verbs() for v in over)


def _is_of_change(verb: Token) -> bool:
    """Tell the "followed" of "the move followed talks in Oslo on 3 May", "this followed talks"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    meant = words("step", "news", "taken_up")
    return verb.tag_ == "VBD" and any(noun.lemma_.lower() in meant for noun in subjects)


def _was_done(verb: Token) -> bool:
    """Tell "This was done on 4 May", "That was agreed in 2019" from "It was agreed that"."""
    done = {"do"} | words("decided", "step_taken")
    passive = any(c.dep_ == "auxpass" and c.lower_ in {"was", "were"} for c in verb.children)
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj"} for c in verb.children)
    return passive and not clause and verb.lemma_.lower() in done


def _tells_step(verb: Token) -> bool:
    """Tell "The step was taken on 4 May 2022", "This decision came in 2019", of what was told.

    So "The admission took place on 4 May".
    """
    done = words("took_place", "step_taken", "decided", "dates_from") - {"follow"}
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    told = verb.tag_ in PAST or verb.lemma_.lower() in words("dates_from")
    if not told or verb.lemma_.lower() not in done or subject is None:
        return False
    return subject.lemma_.lower() in words("step", "news", "change_noun") and takes_up(subject)


def _only_says_how(word: Token) -> bool:
    """Tell the "both" or "established" of "Peru (both 2012)", "Peru (established in 2012)"."""
    made = word.tag_ == "VBN" and word.lemma_.lower() in making_verbs()
    return made or word.lower_ in words("floated")


def _is_ceremony(verb: Token) -> bool:
    """Tell "the minister chaired the opening ceremony"."""
    if verb.lemma_.lower() not in words("holds"):
        return False
    held = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "nsubj"}]
    return any(n.lemma_.lower() in words("ceremony") for n in held)


__all__ = ["DatesBeside"]
