"""Who leads "a Turkish delegation", where only a sentence behind it tells that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from pipeline.asides import telling_sentences
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many sentences behind the delegation, blank ones left out, its leader may be told of.
_REACH = 3


def name_team_leaders(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Tell by whom a delegation is led.

    "A Turkish delegation arrived in Baghdad. Foreign Minister Hakan Fidan heads the team", "The
    mission was led by X", "X, who leads the group", "X, the head of the delegation". Of several
    countries' delegations nobody leads one.
    """
    teams = [o for o in offices if _is_team(o)]
    told = [team for team in teams if team.country is not None]
    if not told or len({team.country for team in told}) > 1:
        return
    number: dict[int, int] = {}
    sentences = telling_sentences(doc)
    for n, sentence in enumerate(sentences):
        number |= {token.i: n for token in sentence}
    named = {i: p for p in persons for s in p.spans for i in range(s.start, s.end)}
    first = told[0]
    at = number.get(first.head_start, 0)
    for sentence in sentences[at + 1 : at + 1 + _REACH]:
        leader = next(_leaders(sentence, named), None)
        if leader is not None:
            person = named[leader.i]
            if person.country is None and first.country is not None:
                person.countries.append(first.country)
            for team in told:
                if number.get(team.head_start, 0) <= number[leader.i] and not _is_led(doc, team):
                    team.holders = (person.spans[0],)
            return


def _is_team(office: OfficeSpan) -> bool:
    """Tell "a delegation" and "five lawmakers" from one official."""
    return office.plural == (office.kind in word_set("team_member")) and (
        office.plural or office.kind == "delegation"
    )


def _is_led(doc: Doc, team: OfficeSpan) -> bool:
    """Tell "a delegation led by the minister" right where it stands."""
    behind = doc[team.head_end : team.head_end + 3]
    return any(token.lemma_ in word_set("leads_team") for token in behind)


def _leaders(sentence: Span, named: Mapping[int, Person]) -> Iterator[Token]:
    """Yield the names of those who are told to lead "the team", "it" or "the group"."""
    for token in sentence:
        if token.lemma_ in word_set("leads_team") and token.pos_ == "VERB":
            found = _of_verb(token, named)
        elif token.lower_ in word_set("team_head") and _is_of_team(token):
            found = _of_noun(token, named)
        else:
            continue
        if found is not None:
            yield found


def _of_verb(verb: Token, named: Mapping[int, Person]) -> Token | None:
    """Return X of "X is leading the team", "it is led by X", "X, who leads the group"."""
    for child in verb.children:
        if child.dep_ == "agent" and any(_means_team(c) for c in verb.children):
            return next((c for c in child.children if c.i in named), None)
    if not any(c.dep_ in OBJECTS and _means_team(c) for c in verb.children):
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None and verb.head.lemma_ == "be":  # "heading it was X"
        return next((c for c in verb.head.children if c.i in named), None)
    if subject is not None and subject.lower_ in {"who", "whom"}:
        subject = verb.head
    return subject if subject is not None and subject.i in named else None


def _of_noun(head: Token, named: Mapping[int, Person]) -> Token | None:
    """Return X of "X, the head of the delegation", "X is head of the team"."""
    if head.dep_ == "appos":
        return head.head if head.head.i in named else None
    if head.dep_ == "attr":
        return next((c for c in head.head.children if c.i in named and c.dep_ in SUBJECTS), None)
    return next((c for c in head.children if c.dep_ == "appos" and c.i in named), None)


def _is_of_team(head: Token) -> bool:
    behind = prep_objects(head, "of")
    return any(c.lower_ == "its" for c in head.children) or any(map(_means_team, behind))


def _means_team(token: Token) -> bool:
    """Tell "the delegation", "the six-member team" and "it", of which was told before."""
    if token.lower_ in {"it", "which"}:
        return True
    definite = any(c.lower_ in {"the", "this", "its"} for c in token.children)
    return definite and token.lemma_.lower() in word_set("team")


__all__ = ["name_team_leaders"]
