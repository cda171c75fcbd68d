"""Whose embassy is opened where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.scene import Scene
from pipeline.discourse.text import Spot
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import whole_verb
from pipeline.labels import SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.named import Found, Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import making_verbs, words

#: So surely are parties found that only stand in the sentence, less surely those of the article.
_BESIDE, _OF_ARTICLE = 0.8, 0.7
#: What leads to where a mission is.
_IN = frozenset({"in", "at"})
_WHERE = _IN | {"to", "with"}


def mission_parties(reading: Reading, token: Token, noun: Token, *, again: bool) -> Found:
    """Return whose mission is where, else the parties of the sentence.

    Args:
        again: whether the mission is opened once more.
    """
    scene = reading.scene
    called = [c for c in noun.head.children if c.dep_ == "attr"] if noun.dep_ == "nsubj" else []
    named_so = (_holders(reading, house) for house in (noun, *called))
    placed = _placed(scene, noun)
    owners = [code for code in reading.parties.owners(token) if code not in placed]
    owners = owners or next(filter(None, named_so), [])
    sentence = scene.sentence(token.i)
    joined = _told_with(reading, token)
    beyond = joined is not None and set(joined) <= set(owners) and len(owners) > len(joined)
    if joined is not None and (beyond or _is_in_the_two(scene, noun)):
        return [joined], 0.9
    named = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i]
    told = [r for c in named for r in scene.at(c.i) if r.kind in LAND_KINDS]
    hosts = [r.country for r in told if r.country and r.form != "adjective"]
    if len(hosts) == 1 and owners and hosts[0] not in owners:
        return [frozenset({owner, hosts[0]}) for owner in owners], 0.9
    beside = [c.i for c in noun.children if placed and c.lower_ in _IN]
    for i in [*beside, *range(token.i, sentence.end), *range(token.i - 1, sentence.start, -1)]:
        if i < token.i and scene.doc[i].head not in {token, noun}:
            continue
        if scene.doc[i].lower_ in {"in", "to", "at"}:
            if _is_where_agreed(scene, token, noun, i) and len(owners) > 1:
                continue
            if i > noun.i and _is_of_gathering(scene.doc[i]):
                continue
            sites = list(_where(scene, scene.doc[i]))
            spots = dict.fromkeys(spot.country for spot in sites)
            towns = all(spot.is_town for spot in sites)
            many = _many_in(scene.doc[i]) if not spots else None
            if many is not None:
                spots = dict.fromkeys(examples_of(reading.parties, many))
                if not spots and i > noun.i:
                    return [], 0.0
            ends = [code for code in spots if code not in owners]
            each = len(ends) == len(("one", "other")) and noun.tag_ == "NNS" and (again or towns)
            owners = owners or _whose(reading, token, ends, each=each, again=again)
            if ends and owners:
                return [frozenset({owner, end}) for owner in owners for end in ends], 0.9
            if each:
                return [frozenset(ends)], 0.9  # "the opening of embassies in Lima and Oslo"
            if len(ends) > 1 and noun.tag_ == "NNS":
                return [], 0.0  # "embassies in Fiji and Peru", of one that is not told
            if ends and (_is_of_one(noun) or _is_by_ministry(reading, token)):
                titled = [code for code in reading.parties.titled if code not in ends]
                of_title = titled[0] if len(titled) == 1 and not _is_of_one(noun) else None
                other = of_title or reading.parties.other(token.i, set(ends), acting=True)
                return [frozenset({other, end}) for end in ends if other], 0.75
    known = not owners and _is_known(noun)
    for pair in reversed(reading.parties.pairs):
        if len(pair) == 2 and (known or (len(owners) == 1 and owners[0] in pair)):
            return [pair], 0.75
    host = reading.parties.met_last(token, owners) if len(owners) == 1 else None
    if host is not None and is_country(host):
        return [frozenset({owners[0], host})], _OF_ARTICLE
    level = Level("ambassador_level", noun.text, noun.idx, noun.idx + len(noun))
    found = reading.parties.find(token, level, named=not known)
    heads = (n for t in sentence if t.lower_ in _WHERE for n in t.children if n.dep_ == "pobj")
    placed = {code for n in heads for code in reading.parties.codes(n.left_edge.i, n.i + 1)}
    near_by = _OF_ARTICLE < found[1] <= _BESIDE and not placed & set().union(*found[0])
    return found if again or not near_by else ([], 0.0)


def _where(scene: Scene, prep: Token) -> Iterator[Spot]:
    """Yield the places of "embassies in Fiji and in Peru", "in the states of Fiji and Peru"."""
    joined = (t for t in prep.conjuncts if t.lower_ == prep.lower_ and t.i > prep.i)
    for node in (prep, *joined):
        yield from scene.spots(node.i + 1)
    many = (n for n in prep.children if n.lemma_.lower() in words("many_parties"))
    for of in (c for n in many if n.tag_ == "NNS" for c in n.children if c.lower_ == "of"):
        yield from scene.spots(of.i + 1)


def _placed(scene: Scene, noun: Token) -> set[str]:
    """Return the hosts of "embassies in Fiji and Samoa were opened", who own none of them."""
    if noun.dep_ not in SUBJECTS:
        return set()
    preps = (c for c in noun.children if c.lower_ in _IN and c.i > noun.i)
    return {spot.country for prep in preps for spot in _where(scene, prep)}


def _many_in(prep: Token) -> Token | None:
    """Return the "states" of "embassies in three states", not of "in the two states"."""
    many = (n for n in prep.children if n.tag_ == "NNS")
    counted = (n for n in many if n.lemma_.lower() in words("many_parties"))
    definite = words("definite", "of_each_owner")
    apart = (
        n
        for n in counted
        if lands_at(n.doc, n.i - 1) or all(c.lower_ not in definite for c in n.children)
    )
    return next((n for n in apart if all(c.dep_ != "poss" for c in n.children)), None)


def _is_where_agreed(scene: Scene, token: Token, noun: Token, i: int) -> bool:
    """Tell the "in" of "agreed to reopen their embassies on Thursday in Doha".

    Not that of "agreed to open embassies next year in Chad", "plan to open embassies on Monday in".
    """
    if token.pos_ != "VERB" or tense_of(token) not in {"infinitive", "none", "progressive"}:
        return False
    between = scene.doc[noun.i + 1 : i]
    dated = any(t.lower_ in WEEKDAYS for t in between)
    settled = any(a.lemma_.lower() in words("settles") for a in token.ancestors)
    return dated and settled and noun.tag_ == "NNS"


def _is_of_gathering(prep: Token) -> bool:
    """Tell the "in" of "to reopen their embassies after talks in Beijing", where they talked."""
    over = [node for node in prep.ancestors if node.pos_ in {"NOUN", "PROPN", "VERB"}][:1]
    return any(n.pos_ == "NOUN" and n.lemma_.lower() in words("gathering", "attempt") for n in over)


def _whose(
    reading: Reading, token: Token, ends: Sequence[str], *, each: bool, again: bool
) -> list[str]:
    """Return the "Peru" of "Peru said that embassies would be opened in Oslo and Lome".

    Also of "Peru said that a decision to open them had been taken". Those in several states are of
    who the article tells of. "China said that embassies would be reopened in Tehran and Riyadh"
    means those of these two.

    Args:
        each: whether they may be of the hosts themselves, each in the other's capital.
        again: whether they are opened once more.
    """
    clause = next((t for t in (token, *token.ancestors) if t.dep_ == "ccomp"), None)
    said = clause is not None and not (each and again)
    subject = reading.scene.subject(clause.head) if said and clause is not None else None
    told = reading.parties.codes(subject.left_edge.i, subject.i + 1) if subject is not None else ()
    if subject is not None and not told:  # "said Ana Ruiz, Peruvian envoy to Fiji"
        told = reading.parties.codes(subject.i, subject.right_edge.i + 1)
    found = [code for code in told if is_country(code) and code not in ends]
    if not found and not each and _is_by_ministry(reading, token):
        found = [code for code in _told_before(reading, token) if code not in ends]
    if not found and not each and len(ends) > 1:
        beside = {*ends, *_hosts_in(reading.scene, token)}
        other = reading.parties.other(token.i, beside, acting=True)
        found = [other] if other and is_country(other) else []
    return found[:1]


def _told_before(reading: Reading, token: Token) -> list[str]:
    """Return the Peru of "Peru closed its embassies. The foreign ministry also plans"."""
    scene = reading.scene
    start = scene.sentence(token.i).start
    before = scene.sentence(start - 1) if start else None
    subject = scene.subject(before.root) if before is not None else None
    told = reading.parties.codes(subject.left_edge.i, subject.i + 1) if subject is not None else ()
    return [code for code in told if is_country(code)]


def _hosts_in(scene: Scene, token: Token) -> set[str]:
    """Return the lands of "in Fiji" in a sentence on embassies: "and add staff in Fiji"."""
    preps = (t for t in scene.sentence(token.i) if t.lower_ == "in")
    return {spot.country for prep in preps for spot in _where(scene, prep)}


def _holders(reading: Reading, noun: Token) -> list[str]:
    """Return the "Peru" of "Peru's embassy", "the Peruvian embassy", "the embassy of Peru"."""
    told = [c for c in noun.children if c.dep_ in {"poss", "amod"} and c.i < noun.i]
    told += prep_objects(noun, "of")
    found = (reading.parties.codes(node.left_edge.i, node.i + 1) for node in told)
    return list(dict.fromkeys(code for codes in found for code in codes))


def _told_with(reading: Reading, token: Token) -> Parties | None:
    """Return the pair of the change that is told right before "and to reopen their embassies"."""
    verb = whole_verb(token)
    over = verb.head
    last = next(reversed(reading.parties.pairs), None)
    joined = verb.dep_ == "conj" and over.pos_ == "VERB" and over.lemma_.lower() in making_verbs()
    return last if joined else None


def _is_in_the_two(scene: Scene, noun: Token) -> bool:
    """Tell "embassies in the two countries", which are told right before."""
    within = (n for c in noun.children if c.lower_ in _IN for n in c.children)
    return any(r.kind == "group" for n in within for r in scene.at(n.i))


def _is_by_ministry(reading: Reading, token: Token) -> bool:
    """Tell "the Foreign Ministry plans to open an embassy in Peru", of the land told of before."""
    subject = reading.scene.subject(token)
    if subject is None or subject.lemma_.lower() not in words("state_body"):
        return False
    named = reading.parties.codes(subject.left_edge.i, subject.right_edge.i + 1)
    return not named and any(c.lower_ == "the" for c in subject.children)


def _is_of_one(noun: Token) -> bool:
    """Tell "our embassies", "its ambassador", which are of one that is named elsewhere."""
    return any(child.lower_ in words("its") - {"their"} for child in noun.children)


def _is_known(noun: Token) -> bool:
    """Tell "the embassy" and "the ambassador", told of before, from ambassadors exchanged."""
    definite = any(child.lower_ in words("definite") for child in noun.children)
    return definite and noun.lemma_.lower() in words("raised_mission") | {"ambassador"}


__all__ = ["mission_parties"]
