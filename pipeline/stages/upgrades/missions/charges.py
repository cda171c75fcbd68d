"""Representation left to a chargé d'affaires, and missions lowered, which stand for relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.labels import UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.parties.named import Found
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words

_LEADS = frozenset({"by", "to", "with", "under"})
#: What stands before the country in which a mission is.
_WHERE = frozenset({"in", "to", "from"})


def read_charge(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "will be represented in Nairobi by a chargé d'affaires".

    Also "recalled its ambassador, leaving a chargé d'affaires in Nairobi", "only one will remain".
    """
    levels = [lv for lv in reading.levels.beside(token) if lv.name == "charge_d_affaires"]
    stays = token.lemma_.lower() in words("stays_as_charge")
    led = [lv for lv in levels if reading.levels.word_before(lv) in _LEADS and not stays]
    left = next((lv for lv in levels if not led and _is_left(reading, token, lv)), None)
    called = _recall_before(reading, token) if left is not None else None
    if left is not None and called is not None:
        text = " ".join(left.text.split())
        yield from _lowered(reading, called, trigger, "charge_d_affaires", text)
        return
    if any(child.lower_ in words("at_first") for child in token.children) or _is_how_long(token):
        return
    if led:
        text = " ".join(led[0].text.split())
        yield from _lowered(reading, token, trigger, "charge_d_affaires", text)


def _is_how_long(verb: Token) -> bool:
    """Tell "a decade in which each was represented by a chargé", of how it was for so long."""
    return verb.dep_ == "relcl" and verb.head.lemma_.lower() in words("years")


def _is_left(reading: Reading, token: Token, level: Level) -> bool:
    """Tell "leaving a chargé d'affaires in charge", "only a chargé d'affaires would remain"."""
    span = reading.levels.span(level)
    if span is None or span.root.head != token:
        return False
    stays = token.lemma_.lower() in words("stays_as_charge")
    return span.root.dep_ == ("nsubj" if stays else "dobj")


def _recall_before(reading: Reading, token: Token) -> Token | None:
    """Return the "recalled" of "recalled its ambassador", told in the sentence or right before."""
    scene = reading.scene
    first = scene.sentences[max(0, scene.sentence_of[token.i] - 1)].start
    for verb in reversed(scene.doc[first : token.i]):
        taken = [c for c in verb.children if c.dep_ in UNDERGONE]
        named = any(n.lemma_.lower() in words("envoy_recalled") for n in taken)
        if named and verb.pos_ == "VERB" and verb.lemma_.lower() in words("recalls_envoy"):
            return verb
    return None


def is_at_first(candidate: Candidate, history: Sequence[Candidate]) -> bool:
    """Tell "reopened its embassy, which a chargé will run", by which nothing is lowered."""
    if candidate.rule != "charge":
        return False
    of_pair = (c for c in reversed(history) if c.parties == candidate.parties)
    last = next(of_pair, None)
    return last is not None and last.change in {"restoration", "establishment"}


def read_lowered_mission(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "downgraded its embassy in Tel Aviv", also "replacing its ambassador with a chargé"."""
    nouns = [c for c in token.children if c.dep_ in UNDERGONE]
    levels = [noun for noun in nouns if noun.lemma_.lower() in words("level_of")]
    nouns += [n for lv in levels for n in prep_objects(lv, "of")]
    named = [noun for noun in nouns if noun.lemma_.lower() in words("mission_object")]
    standing = [noun for noun in nouns if _is_standing(noun)]
    levels_told = reading.levels.of(token)
    charged = [lv for lv in levels_told if lv.name == "charge_d_affaires"]
    if (named or standing) and len(charged) == len(levels_told):
        where = _WHERE | {"with"} if standing else _WHERE
        level = "charge_d_affaires" if charged else None
        text = " ".join(charged[0].text.split()) if charged else None
        hosts = _of_others(reading, token, [*named, *standing])
        yield from _lowered(reading, token, trigger, level, text, where, hosts)


def _of_others(reading: Reading, token: Token, missions: Sequence[Token]) -> list[str]:
    """Return Chad of "Peru lowered Chad's diplomatic representation", that of another state."""
    before = [c for noun in missions for c in noun.children if c.i < noun.i]
    codes = (reading.parties.codes(c.left_edge.i, c.i + 1) for c in before if c.dep_ != "nsubj")
    owners = reading.parties.owners(token)
    return list(dict.fromkeys(c for told in codes for c in told if c not in owners))


def _is_standing(noun: Token) -> bool:
    """Tell "its diplomatic status with Peru" from "its status as an exporter"."""
    diplomatic = any(child.lower_ == "diplomatic" for child in noun.children)
    return diplomatic and noun.lemma_.lower() in words("diplomatic_standing")


def _lowered(
    reading: Reading,
    token: Token,
    trigger: Trigger,
    level: str | None,
    text: str | None,
    where: frozenset[str] = _WHERE,
    hosts: Sequence[str] = (),
) -> Iterator[Candidate]:
    status = status_of(reading.scene, token)
    owners = reading.parties.owners(token)
    if len(owners) == len(hosts) == 1:
        sets, sure = [frozenset({owners[0], hosts[0]})], 0.9
    else:
        sets, sure = _parties(reading, token, where)
    for parties in sets if status is not None else ():
        assert status is not None
        yield Candidate(
            rule=trigger.id,
            at=token.i,
            parties=parties,
            level=level,
            level_text=text,
            change="downgrade",
            status="completed" if status == "planned" else status,
            date=reading.date(token),
            score=round(trigger.score * sure, 3),
            owners=tuple(owners),
        )


def _parties(reading: Reading, token: Token, where: frozenset[str]) -> Found:
    """Return whose mission is in which country, else the pair told last that has its owner.

    Args:
        where: the prepositions before that country.
    """
    scene = reading.scene
    owners = reading.parties.owners(token)
    sentence = scene.sentence(token.i)
    for i in range(sentence.start, sentence.end):
        if scene.doc[i].lower_ not in where or (scene.doc[i].lower_ == "with" and i < token.i):
            continue
        ends = [spot.country for spot in scene.spots(i + 1)[:1]]
        if ends and ends[0] not in owners:
            named = [code for code in reading.parties.codes(sentence.start, i) if code not in ends]
            other = next(iter(named), None) or reading.parties.other(token.i, set(ends))
            makers = owners or ([other] if other else [])
            return [frozenset({maker, ends[0]}) for maker in makers], 0.95 if owners else 0.7
    over = token.head if token.dep_ == "conj" else None
    sent = [c for c in over.children if c.dep_ in UNDERGONE] if over is not None else []
    told = {c for n in sent for c in reading.parties.codes(n.left_edge.i, n.i + 1)} - set(owners)
    if len(owners) == len(told) == 1:  # "expelled the Russian envoy and downgraded the mission"
        return [frozenset({owners[0], *told})], 0.85
    for pair in reversed(reading.parties.pairs):
        if len(pair) == 2 and set(owners) <= pair:
            return [pair], 0.75
    partner = reading.parties.met_last(token, owners)
    return [frozenset({owner, partner}) for owner in owners if partner], 0.7


__all__ = ["is_at_first", "read_charge", "read_lowered_mission"]
