"""Changes told as one more of the kind told last: "Nicaragua followed suit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.numbers import number_of
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, FINITE, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.listed import Partner, dated_partners
from pipeline.stages.upgrades.dates.reported import comes_after
from pipeline.stages.upgrades.dates.respective import dates_in_row
from pipeline.stages.upgrades.echoes.copies import confers
from pipeline.stages.upgrades.echoes.done_before import DoneBefore
from pipeline.stages.upgrades.echoes.echo_deeds import (
    is_done_before,
    is_of_deed_beside,
    is_of_other_clause,
    is_of_other_deed,
    is_step_told,
    not_told_here,
    says_by_what,
)
from pipeline.stages.upgrades.echoes.echo_objects import (
    behind_following,
    is_given_too,
    is_object,
    is_step_taken,
    told_right_behind,
    turned_subject,
)
from pipeline.stages.upgrades.echoes.echo_parties import OBJECTS
from pipeline.stages.upgrades.echoes.in_row import is_next_in_row
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.statuses import ALLY
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.parties.looking_back import are_rivals
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.with_doing import with_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Echo, echoes, words

#: How many sentences back the change is looked for that is told once more.
LOOK_BACK = 8
#: How far behind the verb "since" is looked for, in tokens.
_SINCE_REACH = 8
#: Parties that a clause names itself are found at least so surely.
_NAMED = 0.9
_PAIR = 2
#: The echoes that take up whatever was done.
_LIKE = frozenset({"do_same", "do_so", "follow_suit"})
_LIKE_STEP = frozenset({"follow", "same_step", "the_step"})


class EchoReader(DoneBefore):
    """Reads the echoes of one scene; `history` holds the candidates made so far."""

    def read(self, token: Token) -> Iterator[Candidate]:
        """Yield the changes that the words at a verb tell again with another party."""
        rows = echoes().get(token.lemma_.lower(), ())
        if not rows or says_by_what(token):
            return
        told = {candidate.at for candidate in self.history}
        for echo in rows:
            if echo.id in _LIKE and is_of_deed_beside(token, told):
                continue
            if is_of_other_clause(token, echo.id, told):
                continue
            told_by = "as" in echo.adverbs or turned_subject(token) is not None
            if not _fires(token, echo) or (told_by and not self._is_of_state(token)):
                continue
            found = not_told_here(self._emit(token, echo), self.history, token)
            found += self._other_side(tuple(found), token, echo)
            yield from found
            if found:
                return

    def _emit(self, token: Token, echo: Echo) -> Iterator[Candidate]:
        source = self._source(token, echo)
        if echo.before:
            like = self._like_step if echo.modifiers else self._before_it
            yield from like(token, echo)
            return
        if echo.listed:
            yield from self._joined(source, token, echo)
            return
        status = echo.status or _status(self.reading, token)
        if source is None or status is None:
            return
        if echo.pair:
            yield from self._of_pairs(source, token, echo, status)
            return
        date = self._since(token) or self.reading.date(token)
        apart = self.scene.sentence_of[token.i] - self.scene.sentence_of[source.at]
        if apart and (echo.relative or (echo.in_row and apart > 1)):
            return
        if echo.in_row and source.change == "upgrade":
            return
        rest = self._listed_from(token)
        if date is not None and date in {day for _, _, day in rest}:
            # "Joined them the same day and Peru on Tuesday", where the parse takes Tuesday for both
            date = self.reading.clock.within(token.i, rest[0][0]) or date
        beside = apart == 0
        late = any(child.lower_ in words("after_a_while") for child in token.children)
        if late and date == source.date:
            date = None
        elif date is None and beside and status == "completed" and _is_of_same_day(token, echo):
            date = source.date or source.report
        if status == "planned" and beside and date == source.date:
            date = None  # "recognised it on Monday, with Peru to follow"
        partner = token.lemma_ == "join" and source.change == "upgrade"
        if echo.dated and date is None and (partner or not is_given_too(token)):
            return
        if date is None and "would" in auxiliaries_of(token) and not _is_set_for(token):
            return  # "and Peru said that it would follow", some day
        if status == "completed" and date is not None and self.reading.is_to_come(date):
            status = "planned"
        if (again := self._done_before(source, token, date)) is not None:
            yield again
            return
        latest = self._told_as_latest(token)
        parties = list(latest) or self._parties(token, echo)
        for code, giver in self._those_of(source, token) if not parties else ():
            yield self._copy(source, token, echo, code, giver, date, status)
        if source.change != "upgrade" and len(source.owners) == 1 < len(parties):
            # "Peru cut ties with Chad. Oman, Peru and Fiji followed suit": not with Peru.
            parties = [code for code in parties if code not in source.owners]
        in_row = dates_in_row(self.reading, token, parties)
        doers, partners = self._doers(source, token) if not echo.relative else ([], [])
        parties = partners or parties
        for code in parties:
            shared = doers or self._shared(source, parties)
            if source.level in words("conferred"):
                shared = [other for other in shared if confers(other)]
            kept = shared[0] if shared and code not in shared else self._kept(source, code)
            if kept is None:
                continue
            own = latest.get(code) or in_row.get(code) or self._date_behind(token, code) or date
            yield self._copy(source, token, echo, code, kept, own, status)
        for _, code, day in rest:
            kept = self._kept(source, code)
            if kept is not None:
                yield self._copy(source, token, echo, code, kept, day, status)

    def _other_side(
        self, made: Sequence[Candidate], token: Token, echo: Echo
    ) -> Iterator[Candidate]:
        """Read both of "Peru left Taipei for Beijing. Chad did so", "Chad followed in 2008".

        They are the tie lost and that made.
        """
        like = echo.id in _LIKE or echo.id in _LIKE_STEP or echo.relative or echo.in_row
        source = self._source(token, echo) if like and made else None
        if source is None or len(source.owners) != 1:
            return
        number = self.scene.sentence_of[source.at]
        for other in self.history:
            near = self.scene.sentence_of[other.at] == number and other.owners == source.owners
            ends = (other.parties | source.parties) - set(source.owners)
            rivals = len(ends) == _PAIR and are_rivals(min(ends), {max(ends)})
            if near and other.change != source.change and rivals:
                kept = min(other.parties - set(source.owners))
                for copy in made:
                    code = min(copy.parties - ends, default=kept)
                    if code != kept:
                        yield self._copy(other, token, echo, code, kept, copy.date, copy.status)

    def _done_before(self, source: Candidate, token: Token, date: str | None) -> Candidate | None:
        """Read "Peru cut ties with Chad in 2023, as it had done in 2009", what one did twice."""
        day = source.date or source.report
        if date is None or source.status != "completed" or not is_done_before(token, date, day):
            return None
        subject, owners = self.scene.subject(token), set(self.reading.parties.owners(token))
        own = subject is not None and (subject.lower_ == "it" or owners == set(source.owners))
        met = [*self._struck(token), *self.reading.parties.partners(token, NO_BARS)]
        own = own and set(met) <= source.parties
        earlier = source.date is None or date < source.date[: len(date)]
        return replace(source, at=token.i, date=date, rule="do_so") if own and earlier else None

    def _told_as_latest(self, token: Token) -> dict[str, str]:
        """Return the days of "the latest states to do so were Peru on 4 May and Chad on 7 May"."""
        over = token.head.head
        subject = token.dep_ in ADNOMINAL and token.head.dep_ == "nsubj"
        if not subject or over.lemma_ != "be" or over.i < token.i:
            return {}
        partners = dated_partners(self.reading, over.i + 1, self.scene.sentence(token.i).end)
        return {partner.code: partner.date for partner in partners}

    def _those_of(self, source: Candidate, token: Token) -> list[tuple[str, str]]:
        """Return Peru and Chad of "It took in Peru and Chad. These states got it in 2012".

        Each with the one that confers it.
        """
        subject = self.scene.subject(token)
        if subject is None or subject.lemma_.lower() not in words("many_parties"):
            return []
        near = [c for c in subject.children if c.lower_ in words("definite", "both")]
        made = [c.parties for c in self.history if c.at == source.at and len(c.parties) == _PAIR]
        pairs = [sorted(parties, key=confers) for parties in made]
        told = [(one, giver) for one, giver in pairs if confers(giver) and not confers(one)]
        counts = (number_of(c) for c in subject.children if c.dep_ == "nummod")
        counted = next(filter(None, counts), len(told))
        return told if near and len(told) == counted else []

    def _of_pairs(
        self, source: Candidate, token: Token, echo: Echo, status: UpgradeStatus
    ) -> Iterator[Candidate]:
        """Read "Peru and Chad signed a pact in 2013; Chad and Fiji signed one", of others."""
        date = self.reading.date(token)
        if status == "completed" and date is not None and self.reading.is_to_come(date):
            status = "planned"
        pairs, sure = self.reading.parties.find(token, None, named=True)
        own = {partner.code: partner.date for partner in self._dated_with(token)}
        makers = [pairs[0] - {code} for code in own if pairs and code in pairs[0]]
        if makers and len(own) > 1:  # "with Fiji in 1998, Oman in 2000 and Peru in 2004"
            pairs = [makers[0] | {code} for code in own]
        for pair in pairs if sure >= _NAMED and source.level not in words("conferred") else ():
            if len(pair) == _PAIR and pair != source.parties:
                one, other = sorted(pair)
                day = next((own[code] for code in pair if code in own), date)
                yield self._copy(source, token, echo, one, other, day, status)

    def _dated_with(self, token: Token) -> list[Partner]:
        """Return the partners of "a similar pact with Fiji in 1998 and Oman in 2000"."""
        prep = next((t for t in token.subtree if t.lower_ == "with" and t.i > token.i), None)
        if prep is None:
            return []
        found = dated_partners(self.reading, prep.i + 1, self.scene.sentence(token.i).end)
        return found if found and found[0].start <= prep.i + len(("the", "Peru")) else []

    def _is_of_state(self, verb: Token) -> bool:
        """Tell "as Peru did in 2012" from "as the pope did in 2012"."""
        subject = turned_subject(verb) or self.scene.subject(verb)
        if subject is not None and subject.lower_ == "it":
            return verb.tag_ == "VBD" or is_done_before(verb)
        heads = (subject, *subject.conjuncts) if subject is not None else ()
        if any(map(self._meant_by, heads[:1])):
            return True  # "as had three states: Peru, Chad and Fiji"
        told = [(reference, head.i) for head in heads for reference in self.scene.at(head.i)]
        seats, acts = self.reading.parties.seats, {"country", "organization"}
        return bool(told) and all(r.kind in acts or seats(i, i + 1) for r, i in told)

    def _doers(self, source: Candidate, token: Token) -> tuple[list[str], list[str]]:
        """Return Peru and Chad for "Peru raised its ties with Fiji. It did the same with Chad"."""
        finder = self.reading.parties
        partners = finder.partners(token, NO_BARS) or self._struck(token)
        doers = [code for code in finder.owners(token) if code not in partners]
        own = any(child.dep_ == "nsubj" for child in token.children)
        if len(doers) != 1 or not own or source.level in words("conferred"):
            return [], []  # "the third government to have done so"
        return (doers, partners) if partners else ([], [])

    def _date_behind(self, token: Token, code: str) -> str | None:
        """Return the date of a party of several ("gave it to Fiji in 1996 and to Peru in 1998")."""
        for i in range(token.i, self.scene.sentence(token.i).end):
            for reference in self.scene.at(i):
                if reference.country == code and reference.kind == "country":
                    told = self.reading.clock.date_behind(self.scene.bounds(reference)[1])
                    return told[0] if told else None
        return None

    def _joined(self, source: Candidate | None, token: Token, echo: Echo) -> Iterator[Candidate]:
        """Read "France joins China (2008) and Russia (2012)"."""
        end = self.scene.sentence(token.i).end
        objects = (c for c in token.children if c.dep_ in OBJECTS)
        if any(c.lemma_.lower() in told_words("trip_noun") for c in objects):
            return  # "the talks follow his trip to Russia last month"
        partners = dated_partners(self.reading, token.i + 1, end) if source else []
        joining = self.reading.parties.owners(token)
        for partner in partners:
            if source is None or partner.code in source.parties:
                continue
            # In a set order differs from process to process: by code among equals.
            rest = sorted(sorted(source.parties - set(joining)), key=is_country)
            kept = rest[0] if len(rest) == 1 or not is_country(rest[0]) else None
            kept = kept or self._kept(source, partner.code) or rest[0]
            yield self._copy(source, token, echo, partner.code, kept, partner.date, "completed")

    def _since(self, token: Token) -> str | None:
        """Return the date in "Kenya has had it since May 2017"."""
        doc = self.scene.doc
        for i in range(token.i, min(self.scene.sentence(token.i).end, token.i + _SINCE_REACH)):
            if doc[i].lower_ == "since":
                return self.reading.clock.after(i + 1)
        return None

    def _source(self, token: Token, echo: Echo) -> Candidate | None:
        """Return the change that is told once more."""
        number = self.scene.sentence_of[token.i]
        raised = [c for c in self.history if c.level and c.change == "upgrade"]
        if raised and any(node.lower_ in words("top") for node in token.subtree):
            return raised[0]
        beside, told_here = self.reading.parties.neighbours.are_beside, False
        for candidate in reversed(self.history):
            at = self.scene.sentence_of[candidate.at]
            if number - at > LOOK_BACK or (told_here and not beside(number, at)):
                break
            told_here = told_here or beside(number, at)
            if echo.of == "conferred" and candidate.level not in words("conferred"):
                continue
            if number != self.scene.sentence_of[candidate.at] and is_of_other_deed(token):
                return None
            if _takes_up_last(token) and self._is_past(candidate, number):
                return None
            if echo.of == "any" or (candidate.level and candidate.change == "upgrade"):
                return candidate
        return self._held(token) if echo.of != "any" else None

    def _is_past(self, candidate: Candidate, number: int) -> bool:
        """Tell a change that a sentence lies between that does not speak of it as a step."""
        first = self.scene.sentence_of[candidate.at] + 1
        return not all(
            any(is_step_told(token) for token in self.scene.sentences[at])
            for at in range(first, number)
        )

    def _held(self, token: Token) -> Candidate | None:
        """Return the status named last, of which nothing but its holders was told."""
        number = self.scene.sentence_of[token.i]
        for back in range(LOOK_BACK):
            for level in reversed(self.reading.levels.by_sentence.get(number - back, ())):
                if level.start < token.idx and level.name in words("ally_level"):
                    return self._candidate_of(level, token)
        return None

    def _candidate_of(self, level: Level, token: Token) -> Candidate:
        return Candidate(
            rule="held",
            at=token.i,
            parties=frozenset({ALLY}),
            level=level.name,
            level_text=" ".join(level.text.split()),
            change="upgrade",
            status="completed",
            date=None,
            score=0.85,
        )

    def _listed_from(self, token: Token) -> list[tuple[int, str, str]]:
        """Return the rest of "France followed on 7 October, Malaysia in November".

        Each with the token where it stands, its code and its date.
        """
        doc, found = self.scene.doc, list[tuple[int, str, str]]()
        end = self.scene.sentence(token.i).end
        for i in range(token.i + 1, end - 1):
            if doc[i - 1].lower_ not in {",", "and", ";", "after", "the"}:
                continue
            named = [r for r in self.scene.at(i) if r.kind == "country" and r.form == "name"]
            if not named or named[0].country is None:
                continue
            after = self.scene.bounds(named[0])[1]
            date = self.reading.clock.directly_behind(after)
            if date is not None and not self._acts(after):
                found.append((i, named[0].country, date))
        return found

    def _acts(self, at: int) -> bool:
        """Tell the Peru of "and Peru on Monday became the latest", with a verb of its own."""
        behind = self.reading.clock.date_behind(at)
        return behind is not None and self.scene.doc[behind[1] : behind[1] + 1].root.tag_ in FINITE


def _fires(token: Token, echo: Echo) -> bool:
    if token.pos_ not in VERBS or token.dep_ == "prep":
        return False
    return _says(token, echo) and not is_negated(token)


def _says(token: Token, echo: Echo) -> bool:
    """Tell whether a verb has the words beside it by which a row tells a change again."""
    if echo.relative:
        return is_step_taken(token, echo)
    if echo.in_row:
        return is_next_in_row(token)
    others = token.tag_ == "VBG" and token.lower_ in words("after_others") and "" in echo.objects
    if others and with_before(token) is None:
        return False
    children = list(token.children)
    if echo.passive != any(c.dep_ == "auxpass" for c in children) and echo.passive:
        return False
    beside = told_right_behind(token)
    if echo.adverbs and not any(c.lower_ in echo.adverbs for c in (*children, *beside)):
        return False
    turned = turned_subject(token)
    objects = [c for c in children if c.dep_ in OBJECTS and c != turned]
    objects = objects or [t for t in beside if t.lower_ in echo.objects]
    if "" not in echo.objects and (echo.pair or token.lemma_.lower() in words("give")):
        objects += [c for c in children if c.dep_ == "nsubjpass"]
    objects += [n for c in children if c.dep_ == "prep" and c.lower_ == "for" for n in c.children]
    objects += behind_following(token) if echo.before else []
    if not objects:
        return "" in echo.objects and not any(
            c.dep_ in {"ccomp", "xcomp"} and c.i > token.i for c in children
        )
    return "*" in echo.objects or any(is_object(node, echo) for node in objects)


def _is_of_same_day(token: Token, echo: Echo) -> bool:
    """Tell "Peru cut ties on Monday, as did Chad" from "a step that Chad had already taken"."""
    return not echo.relative and comes_after(token) is None


def _status(reading: Reading, token: Token) -> UpgradeStatus | None:
    beside = with_before(token)
    if beside is None and token.dep_ == "pcomp" and token.head.lower_ == "with":
        beside = token.head
    over = verb_above(beside) if beside is not None else None
    if over is not None:  # "Peru cut ties, with Chad following suit", "with Chad soon to follow"
        ahead = tense_of(token) == "infinitive" and not is_negated(token)
        return "planned" if ahead else status_of(reading.scene, over)
    status = status_of(reading.scene, token)
    within = {"conj", "relcl", "pcomp"}  # "a procedure for granting it to Peru"
    untensed = tense_of(token) in {"infinitive", "none"} and token.dep_ not in within
    set_for = _is_set_for(token) or "would" in auxiliaries_of(token)  # "Peru said it would do so"
    set_for = set_for and status == "planned"
    return status if not untensed or set_for or status == "completed" else None


def _is_set_for(token: Token) -> bool:
    """Tell "Peru is set to do so", "is to do so", "plans to follow"."""
    due = token.dep_ == "xcomp" and token.head.lemma_ == "be"
    return due or token.head.lemma_.lower() in words("planned", "intent")


def _takes_up_last(token: Token) -> bool:
    """Tell "The move was followed by Chad", which takes up what was told right before it."""
    return any(c.dep_ == "nsubjpass" and is_step_told(c) for c in token.children)


__all__ = ["EchoReader"]
