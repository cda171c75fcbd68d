"""A legation or office made an embassy: "raised its legation in Lima to an embassy"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import ADNOMINAL, ANY_OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.missions.mission_parties import mission_parties
from pipeline.stages.upgrades.missions.read_missions import is_again
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words


def read_raised_mission(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "raised its legation in Lima to an embassy", "elevated to embassy status".

    Each step of "to a legation in 1921 and this to an embassy in 1954" is one.
    """
    noun = _raised(reading.scene, token)
    status = status_of(reading.scene, token)
    if noun is None or status is None or status == "proposed":
        return
    again = is_again(reading.scene, token)
    sets, sure = mission_parties(reading, token, noun, again=again)
    for last, reached in _reached(reading, token):
        for parties in sets:
            yield Candidate(
                rule=trigger.id,
                at=token.i,
                parties=parties,
                level="legation" if last.lemma_.lower() == "legation" else "ambassador_level",
                level_text=reached,
                change="upgrade",
                status=status,
                date=reading.clock.directly_behind(last.i + 1) or reading.date(token),
                score=round(trigger.score * sure, 3),
                owners=tuple(reading.parties.owners(token)),
            )


def _raised(scene: Scene, token: Token) -> Token | None:
    """Return the legation or office that a trigger raises, also "the level of" one."""
    objects = [child for child in token.children if child.dep_ in ANY_OBJECTS]
    objects += prep_objects(token, "of")
    objects += [token.head] if token.dep_ in ADNOMINAL else []
    subject = scene.subject(token) if token.dep_ == "conj" and not objects else None
    objects += [subject] if subject is not None and token.tag_ == "VBN" else []
    if token.lemma_.lower() == "become":
        objects = [c for c in token.children if c.dep_ == "nsubj"]
    levels = [node for node in objects if node.lemma_.lower() in words("level_of")]
    objects += [n for node in levels for n in prep_objects(node, "of")]
    return next((n for n in objects if _lemma(n) in words("raised_mission")), None)


def _lemma(noun: Token) -> str:
    """Return the "consulate" of "its consulate general", the noun itself of others."""
    general = noun.lower_ == "general" and noun.i and noun.nbor(-1).dep_ == "compound"
    return (noun.nbor(-1) if general else noun).lemma_.lower()


def _reached(reading: Reading, token: Token) -> list[tuple[Token, str]]:
    """Return what a mission is raised to: the word that says so, and the phrase that it closes."""
    doc = reading.scene.doc
    found: list[tuple[Token, str]] = []
    if token.lemma_.lower() == "become":
        made = (c for c in token.children if c.dep_ == "attr")
        return [(n, n.text) for n in made if n.lemma_.lower() in {"embassy", "legation"}]
    for prep in doc[token.i : reading.scene.sentence(token.i).end]:
        if prep.lower_ not in {"to", "into"} or _is_of_other_clause(prep, token):
            continue
        for noun in prep.children:
            below = prep_objects(noun, "of")
            named = below if noun.lemma_.lower() in words("level_of") and below else [noun]
            for node in named:
                phrase = [w for w in (*node.lefts, node) if w.pos_ not in {"DET", "PUNCT"}]
                if any(word.lemma_.lower() in words("raised_to") for word in phrase):
                    found.append((node, " ".join(word.text for word in phrase)))
    return found


def _is_of_other_clause(prep: Token, token: Token) -> bool:
    """Tell the "to" of a verb behind a trigger from that of the trigger."""
    verb = next((node for node in prep.ancestors if node.pos_ == "VERB"), None)
    return verb is not None and verb.i > token.i


__all__ = ["read_raised_mission"]
