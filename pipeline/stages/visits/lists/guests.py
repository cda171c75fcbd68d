"""Lists of guests: "among those attending were …", "host to …", "in the presence of …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.lists.guest_lists import list_end, listed, named_besides, starts_list
from pipeline.stages.visits.lists.guest_phrases import ANY, match_phrase, phrases
from pipeline.stages.visits.lists.guests_apart import (
    act_elsewhere,
    are_told_there,
    do_else,
    is_apart,
    is_from_afar,
)
from pipeline.stages.visits.lists.list_openings import tells_nothing_else, tells_presence
from pipeline.stages.visits.lists.listed_guests import made_of_list
from pipeline.stages.visits.lists.receives_in_lines import comes_as_guest, receives_at_home
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.represented import is_stood_for

#: What stands between guests and the words that call them so: "will be a special guest".
_BEFORE_GUESTS = frozenset({"AUX", "ADV", "VERB", "PART", "DET", "ADJ"})

#: How many tokens "greetings from world leaders, including" are.
_SENDERS = 6

#: What stands before "among them" behind those whom it names.
_AMONG_SIGNS = frozenset({",", "("})


def guests(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read the guests that the phrase at a token lists.

    "Among those attending were President Kagame of Rwanda and Prime Minister Abiy of Ethiopia"
    fires; "among those attending were two bakers" does not.
    """
    rows = phrases().get(token.lower_)
    if rows is None:
        return
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ANY
    for rule, parts in rows.get(following, rows[ANY]):
        end = match_phrase(token, parts)
        if not end or (rule.id == "guests_include" and is_apart(reader, token)):
            continue
        if rule.id == "guests_include" and (
            _tells_else(reader, token, end)
            or is_stood_for(token.head)
            or is_stood_for(token.head.head)
        ):
            continue
        if rule.id == "among_those_present" and token.text in _AMONG_SIGNS:
            named = _those_named_of(token)
            if named is not None and act_elsewhere(named):
                continue
        if rule.side == "before" and (do_else(token.doc, end) or _opens_list(token, end)):
            continue
        if rule.id == "one_of_many" and not are_told_there(token.doc, end):
            continue
        if not rule.needs_event and not rule.hosted and reader.is_remote(token):
            continue  # "signed by video link in the presence of A and B"
        if rule.needs_event and is_from_afar(token.doc, token.i, end, rule.side):
            continue  # "among those who spoke by video", "will attend by video link:"
        if rule.id == "received_in_lines" and not receives_at_home(reader, token, end):
            continue
        sentence = reader.scene.sentence(token.i)
        behind = rule.side == "behind"
        start = end if behind else _clause_start(sentence, token.i)
        stop = list_end(reader, end, sentence) if behind else token.i
        told = list(listed(reader, start, stop))
        if not behind and told:
            # "the guest of honour" is no one told of before, beside A who was it
            told = [a for a in told if reader.scene.bounds(a.reference)[1] <= token.i]
            told += _as_well(reader, end, sentence)
        if rule.id == "are_present":
            told = _of_subject(reader, token, told)
        if behind and told and not starts_list(reader, told[0], end, hosted=rule.hosted):
            continue
        if rule.id == "joined_by" and _join_in_deed(sentence, told):
            continue
        if behind and told and not rule.hosted:
            told += named_besides(reader, sentence.start, token.i)
        if rule.id == "received_in_lines":
            told = [actor for actor in told if comes_as_guest(actor)]
        yield from made_of_list(reader, token, rule, told, among=range(start, stop))
        return


def _those_named_of(sign: Token) -> Token | None:
    """Return the "leaders" of "Several leaders, among them A and B, signed a letter"."""
    verb = governing_verb(sign)
    before = verb.children if verb is not None else ()
    told = (c for c in before if c.i < sign.i and c.tag_ in PLURALS)
    return next((c for c in told if c.dep_ in SUBJECTS | OBJECTS), None)


def _opens_list(token: Token, end: int) -> bool:
    """Tell "Besides A, other guests at the parade were B and C", whose guests stand behind it."""
    told = (t for t in token.doc[token.i : end] if t.dep_ == "nsubj" and t.head.i >= end)
    return any(t.head.lower_ in word_set("<link>") for t in told)


def _tells_else(reader: ArgumentReader, token: Token, end: int) -> bool:
    """Tell "Other leaders under sanctions include", "Former guests of the forum include"."""
    opening = token.doc[reader.scene.sentence(token.i).start : end]
    if any(t.lemma_.lower() in word_set("words_of_absent") for t in opening[-_SENDERS:]):
        return True  # "received greetings from leaders, including A"
    # "attended by 400 people, including", "was opened, with speakers due to include"
    counted = token.lower_ in {"attended", "with"}
    if counted or opening[-1].lower_ == "including" or token.lower_ in word_set("told_of_before"):
        return False
    if any(t.lower_ in word_set("guest_of_old") for t in opening):
        return True
    return not (tells_presence(list(opening)) or tells_nothing_else(opening))


def _as_well(reader: ArgumentReader, at: int, sentence: Span) -> list[Actor]:
    """Return C and D of "A and B were among the leaders present, along with C and D"."""
    doc = sentence.doc
    for i in range(at, sentence.end - 1):
        if doc[i].tag_ in FINITE and not reader.scene.at(i):
            return []
        led = doc[i].text == "," and next(
            (n for n in (2, 3) if doc[i + 1 : i + 1 + n].text.lower() in word_set("as_well")), 0
        )
        if led:
            start = i + 1 + led
            return list(listed(reader, start, list_end(reader, start, sentence)))
    return []


def _join_in_deed(sentence: Span, told: Sequence[Actor]) -> bool:
    """Tell "was joined by A and B in condemning it", "in a statement", wherever they were."""
    last = max((actor.token for actor in told), default=sentence.end)
    behind = sentence.doc[last + 1 : sentence.end]
    said = word_set("told_together")
    return any(
        t.lower_ in {"in", "on"}
        and t.i + 1 < sentence.end
        and (t.nbor().tag_ == "VBG" or any(c.lemma_ in said for c in t.children))
        for t in behind
    )


def _of_subject(reader: ArgumentReader, be: Token, told: Sequence[Actor]) -> list[Actor]:
    """Leave those who "were present" of "Friends of A were present", "talks of A, where B was"."""
    verb = be if be.lemma_ == "be" else be.head
    subject = reader.scene.subject(verb)
    keys = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    return [actor for actor in told if actor.key in keys and _is_leader(actor)]


def _is_leader(actor: Actor) -> bool:
    """Tell leaders, ministers and heads of bodies from a Peruvian official, or film director."""
    kind = actor.reference.role_kind
    of_body = kind in word_set("heads_body") and not is_country(actor.country or "")
    return of_body or kind in words("leading_class")


def _clause_start(sentence: Span, i: int) -> int:
    """Return where the clause before token `i` begins, behind another finite verb."""
    doc = sentence.doc
    at = i - 1
    while at > sentence.start and doc[at].pos_ in _BEFORE_GUESTS:
        at -= 1
    for back in range(at, sentence.start - 1, -1):
        if doc[back].text in {";", ":", "—", "--", "–"} or doc[back].tag_ in FINITE:
            return back + 1
    return sentence.start


__all__ = ["guests"]
