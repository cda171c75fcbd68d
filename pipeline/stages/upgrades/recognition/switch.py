"""Recognition switched from one capital to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.upgrade import Change
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import verb_above
from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import text_at
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.parties.orders import order_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.in_favour import favoured_at
from pipeline.stages.upgrades.tables import Trigger, words

#: How far behind the trigger the two ends are looked for, in tokens.
_REACH = 16
#: What is lost comes last: who "followed" lost it, too.
_CHANGES: tuple[tuple[str, Change], ...] = (("to", "establishment"), ("from", "severance"))
#: The state that is dropped for another, where a text speaks of both.
_RIVALS = {"CHN": "TWN", "TWN": "CHN"}
#: How far behind a trigger "in favour of" is looked for, in tokens.
_FAVOUR_REACH = 20
_ONE_PERSON = frozenset({"he", "she", "i", "who"})


def _is_of_one_person(scene: Scene, verb: Token) -> bool:
    """Tell "he defected to Taiwan" from "his state defected to it", "he switched recognition"."""
    subject = scene.subject(verb) if verb.lemma_ == "defect" and verb.pos_ == "VERB" else None
    if subject is None:
        return False
    kinds = {r.kind for t in subject.subtree for r in scene.at(t.i)}
    return subject.lower_ in _ONE_PERSON or kinds == {"person"}


def _is_of_most(scene: Scene, verb: Token) -> bool:
    """Tell "over the decades most states, including Peru, switched", of all the world.

    Not "most of its neighbours, including Peru, switched in 2018".
    """
    subject = scene.subject(verb) if verb.pos_ == "VERB" else None
    if subject is None or subject.lemma_.lower() not in words("many_parties"):
        return False
    return any(c.lower_ == "most" for c in subject.children)


def read_switch(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "switched recognition from Taipei to Beijing": one tie lost, one made.

    With a rival's recognition go relations, which is what was lost and what is opened.
    """
    if _is_of_one_person(reading.scene, token) or _is_of_most(reading.scene, token):
        return
    subject = reading.scene.subject(token) if token.pos_ == "VERB" else None
    if subject is not None and subject.lemma_.lower() in words("posted", "staff_posted"):
        return  # "its embassy's staff will return to Lima"
    goes = token.lemma_ in words("goes_over")
    # "will go to Beijing to mark 50 years of relations" is no switch
    own = (node for node in token.subtree if not goes or verb_above(node) in {token, None})
    told = {node.lemma_.lower() for node in own} & words("switched")
    owners = [code for code in _owners(reading, token) if code not in _RIVALS]
    said = _ends(reading.scene, token)
    ends = _both(reading, token, said)
    if goes and not told and not (ends.get("to") in _RIVALS and goes_over(reading, token)):
        return
    if not told and (not said or set(ends.values()) != set(_RIVALS) or _moves_a_thing(token)):
        # "switched their support to China" tells a change where its rival is told of; "visited
        # Beijing, a shift in its policy" tells none
        return
    status = status_of(reading.scene, token)
    if status is None:
        return
    back = _is_back(token) or token.lemma_ == "return"
    date = _date(reading, token)
    told_of = {*owners, *ends.values()}
    reported = status == "completed" and not date and order_before(token) is None
    report = reading.clock.of_report(token, told_of) if reported else None
    turns = [(ends, date, back), *_turned_back(reading, token, ends)]
    for owner in owners:
        for states, day, again in turns:
            for word, change in _CHANGES:
                if word in states and states[word] != owner:
                    yield Candidate(
                        rule=trigger.id,
                        at=token.i,
                        parties=frozenset({owner, states[word]}),
                        level="diplomatic_relations",
                        change=change if word == "from" or not again else "restoration",
                        status=status,
                        date=day,
                        score=trigger.score,
                        owners=(owner,),
                        report=report,
                    )


def _turned_back(
    reading: Reading, token: Token, ends: dict[str, str]
) -> Iterator[tuple[dict[str, str], str | None, bool]]:
    """Yield the second turn of "switched to Beijing in 1997, then back to Taipei in 2007"."""
    doc, end = token.doc, reading.scene.sentence(token.i).end
    to = next((i for i in range(token.i, end) if doc[i].lower_ == "to"), end)
    for i in range(to + 1, end - 1):
        if doc[i].lower_ != "back" or doc[i + 1].lower_ != "to":
            continue
        spots = reading.scene.spots(i + 2)
        if spots and ends.get("to") in _RIVALS and spots[0].country == _RIVALS[ends["to"]]:
            yield {"from": ends["to"], "to": spots[0].country}, reading.clock.within(i, end), True
        return


def _date(reading: Reading, token: Token) -> str | None:
    """Return the day of a switch; of "the ninth to switch, after Peru in 2021" none of Peru's."""
    behind = reading.scene.doc[token.i : reading.scene.sentence(token.i).end]
    after = next((t for t in behind if t.lower_ in words("after_others")), None)
    if after is None or order_before(token) is None or not reading.scene.at(after.i + 1):
        return reading.date(token)
    own = reading.clock.within(token.i, after.i)
    since = any(t.lower_ == "since" for t in token.doc[token.i : after.i])
    return None if since else own


def goes_over(reading: Reading, verb: Token) -> bool:
    """Tell "Peru went back to Taipei", "the second ally to leave it" from "its envoy left it"."""
    if order_before(verb) is not None:
        return True
    told = any(pair & set(_RIVALS) for pair in reading.parties.pairs)
    if not told or not all(_is_named(reading, code) for code in _RIVALS):
        return False
    subject = reading.scene.subject(verb)
    heads = (subject, *subject.conjuncts) if subject is not None else ()
    return bool(heads) and all(
        any(r.kind == "country" and r.form == "name" for r in reading.scene.at(head.i))
        for head in heads
    )


def _is_back(token: Token) -> bool:
    """Tell "switched back to Taipei", "switched for the second time"."""
    ends = (node.i for node in token.subtree if node.lower_ == "to" and node.i > token.i)
    first = next(iter(sorted(ends)), token.right_edge.i)  # "switched to Beijing, then back"
    own = [t for t in token.subtree if t.pos_ not in VERBS and verb_above(t) in {token, None}]
    own = own if token.pos_ == "VERB" else list(token.subtree)
    near = {node.lower_ for node in own if node.i < first or not _is_parted(token, node)}
    return bool(near & {"back", "again"}) or {"second", "time"} <= near


def _is_parted(token: Token, node: Token) -> bool:
    """Tell the "back" of "switched to Beijing in 1997 and back to Taipei", of a second turn."""
    between = token.doc[min(token.i, node.i) : max(token.i, node.i)]
    return any(t.text == "," or t.dep_ == "cc" for t in between)


def _owners(reading: Reading, token: Token) -> list[str]:
    """Return who switches: the subject, the owner or the "by" of a noun ("Peru's switch")."""
    parts = [c for c in token.children if c.dep_ in {"poss", "compound"} or c.lower_ == "by"]
    found: dict[str, None] = {}
    for part in parts if token.pos_ != "VERB" else ():
        for i in range(part.left_edge.i, part.right_edge.i + 1):
            found |= dict.fromkeys(reading.parties.codes(i, i + 1))
    return list(found) or reading.parties.owners(token)


def _moves_a_thing(token: Token) -> bool:
    """Tell "shifted its plants from Taiwan to China", which is no state's recognition."""
    things = [c for c in token.children if c.dep_ in OBJECTS or c.lower_ == "of"]
    things = [c for c in things if c.lemma_.lower() not in words("switched_support")]
    return bool(things) or token.pos_ not in {"VERB", "NOUN"}


def _both(reading: Reading, token: Token, ends: dict[str, str]) -> dict[str, str]:
    """Return the ends with the rival of the one told, where the text speaks of it.

    Of "one of Taiwan's allies to switch allegiance" the state left is named before.
    """
    if not ends:
        sentence = reading.scene.sentence(token.i)
        before = reading.parties.codes(sentence.start, token.i)
        named = [c for c, i in before.items() if c in _RIVALS and _is_of_clause(i, token)]
        ends = {"from": named[0]} if len(named) == 1 else _as_others(reading, token)
    for word, other in (("from", "to"), ("to", "from")):
        rival = _RIVALS.get(ends.get(word, ""))
        if rival is not None and other not in ends and _is_named(reading, rival):
            ends = {**ends, other: rival}
    return ends


def _is_named(reading: Reading, code: str) -> bool:
    """Tell whether a text speaks of a state, be it by its capital."""
    return any(reference.country == code for reference in reading.scene.references)


def _is_of_clause(at: int, token: Token) -> bool:
    """Tell the name of "one of Taiwan's allies to switch" from "as China's power grew, it did"."""
    verb = verb_above(token.doc[at])
    return verb is None or verb == token or verb in token.ancestors


def _as_others(reading: Reading, token: Token) -> dict[str, str]:
    """Return the ends of "Peru left Taipei for Beijing. Chad had switched recognition in 2007".

    The text must speak of both rivals, and of one whom others left.
    """
    told = {node.lemma_.lower() for node in token.subtree} & words("switched")
    both = all(_is_named(reading, code) for code in _RIVALS)
    left = [c for c in reading.left if c in _RIVALS] if told and both else []
    return {"from": left[-1]} if left else {}


def _ends(scene: Scene, token: Token) -> dict[str, str]:
    """Return the country behind the first "from" and "to" that have one."""
    found: dict[str, str] = {}
    for i in range(token.i + 1, min(scene.sentence(token.i).end, token.i + _REACH)):
        word = scene.doc[i].lower_
        behind = i + 2 if text_at(scene.doc, i + 1) in {"back", "over"} else i + 1
        spots = scene.spots(behind) if word in {"from", "to"} else ()
        if spots:
            found.setdefault(word, spots[0].country)
    return found


def read_favoured(reading: Reading, token: Token, made: Sequence[Candidate]) -> Iterator[Candidate]:
    """Read the tie made by "severed ties with Taipei in favour of Beijing", "for it"."""
    lost = [c for c in made if c.change == "severance" and c.level == "diplomatic_relations"]
    for candidate in lost:
        taken = _favoured(reading, token) if candidate.rule != "switch" else None
        left = _RIVALS.get(taken or "")  # "Taiwan's ally Peru cut ties with it in favour of China"
        owners = (code for code in candidate.owners if code in candidate.parties)
        owner = next((code for code in owners if code != left), None)
        if owner is not None and taken is not None and taken not in candidate.parties:
            yield replace(
                candidate,
                parties=frozenset({owner, taken}),
                change="establishment",
                level_text=None,
            )


def _favoured(reading: Reading, token: Token) -> str | None:
    """Return the state behind "in favour of"; behind a bare "for", one whose rival is dropped."""
    doc = reading.scene.doc
    end = min(reading.scene.sentence(token.i).end, token.i + _FAVOUR_REACH)
    for i in range(token.i + 1, end - 1):
        at = favoured_at(doc[i])
        if at is not None and any(t.tag_ == "JJR" for t in doc[i:at]):
            return None  # "in favour of closer ties with Peru"
        bare = doc[i].lower_ == "for" and doc[i].head == token
        spots = reading.scene.spots(i + 1 if at is None else at) if at or bare else ()
        if spots and (at or spots[0].country in _RIVALS):
            return spots[0].country
    return None


__all__ = ["goes_over", "read_favoured", "read_switch"]
