"""Where a meeting ahead will be held that is announced without a place: as told further on.

"OSLO – Norway's premier will see Peru's in June. They will meet in Rome" is set in Rome: the
dateline only says where it was announced.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.tables import word_set

#: How many sentences behind the news of a meeting it may be told where it will be.
_REACH = 4
#: How much of such a sentence is read, in tokens.
_READ = 150


def place_ahead(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor]
) -> tuple[bool, Spot | None]:
    """Return whether a later sentence tells where two will meet, and where, if they are there.

    "They will meet in Rome", "The talks will be held in Rome" fire; "on the sidelines of a summit
    in Rome" tells but where the summit is. "The two met in Rome in May" is no telling of it.
    """
    if fact_of_verb(verb).status != "planned":
        return False, None
    number = reader.scene.sentence_of[verb.i]
    for sentence in reader.scene.sentences[number + 1 : number + 1 + _REACH]:
        if _names_another(reader, sentence, sides):
            return False, None
        for token in sentence[:_READ]:
            if not _is_of_meeting(reader, token, sides) or fact_of_verb(token).status != "planned":
                continue
            spot = _place_behind(reader, token, sentence)
            if spot is not None:
                return True, None if _is_beside_event(sentence, spot) else spot
    return False, None


def _names_another(reader: ArgumentReader, sentence: Span, sides: Sequence[Actor]) -> bool:
    """Tell a sentence on somebody else, behind whom "they" are others."""
    keys = {side.key for side in sides}
    end = min(sentence.end, sentence.start + _READ)
    told = (r for i in range(sentence.start, end) for r in reader.scene.at(i))
    return any(r.kind == "person" and r.name and r.actor not in keys for r in told)


def _is_of_meeting(reader: ArgumentReader, verb: Token, sides: Sequence[Actor]) -> bool:
    """Tell the verb of "they will meet", "the talks will be held", "A will hold talks with B"."""
    if verb.pos_ != "VERB":
        return False
    subject = reader.scene.subject(verb)
    if subject is None:
        return False
    if verb.lemma_ in word_set("holds_event") and subject.dep_ in SUBJECTS:
        owned = any(c.lower_ in word_set("looks_back") for c in subject.children)
        if owned and subject.lemma_.lower() in word_set("any_meeting", "met_at"):
            return True
    talks = any(c.lemma_ in word_set("any_meeting") for c in verb.children if c.dep_ == "dobj")
    if verb.lemma_ not in word_set("meets") and not talks:
        return False
    keys = {side.key for side in sides}
    two = subject.lower_ in word_set("they_both") | {"leaders", "ministers"}
    return two or any(actor.key in keys for actor in reader.scene.actors(subject))


def _place_behind(reader: ArgumentReader, verb: Token, sentence: Span) -> Spot | None:
    for prep in sentence.doc[verb.i + 1 : sentence.end]:
        if prep.lower_ not in {"in", "at"} or reader.scene.is_of_matter(prep.i + 1):
            continue
        spots = reader.scene.spots(prep.i + 1)
        if spots and is_country(spots[0].country):
            return spots[0]
    return None


def _is_beside_event(sentence: Span, spot: Spot) -> bool:
    before = sentence.doc[sentence.start : spot.start]
    return are_on_sidelines(before)


__all__ = ["place_ahead"]
