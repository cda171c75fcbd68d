"""Leaders counted and named behind their summit: "a tripartite summit. The three leaders, A, …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import fact_of_noun
from pipeline.discourse.numbers import number_in
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.at_events import event_at
from pipeline.stages.visits.events.event_seats import held_at, host_of
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.participants import listed_from
from pipeline.stages.visits.tables import verb_rules, word_set

#: How far before "leaders" their number may stand, in tokens ("the three foreign ministers").
_NUMBER = 3
#: How many sentences back their summit may be told of.
_BACK = 2
#: What stands between "the three leaders" and their names.
_OPENS = frozenset({",", ":", "-", "–", "—", "("})


def counted_leaders(reader: ArgumentReader, leaders: Token) -> Iterator[Candidate]:
    """Read "the tripartite summit in Athens. The three leaders – A, B and C – said".

    "The three leaders, A and B among them", "a tripartite pact. The three leaders" do not fire.
    """
    before = leaders.doc[max(leaders.sent.start, leaders.i - _NUMBER) : leaders.i]
    number = next((n for t in before if (n := number_in(t.text))), 0)
    if number < 2 or text_at(leaders.doc, leaders.i + 1) not in _OPENS:
        return
    guests = listed_from(reader, leaders.i + 2)
    event = _summit(reader, leaders) if len(guests) == number else None
    if event is None or len({guest.country for guest in guests} - {None}) != number:
        return
    spot = event_at(reader, event) or held_at(reader.scene, event) or host_of(reader.scene, event)
    fact = fact_of_noun(event)
    if spot is None or fact.status not in MADE_OR_PLANNED:
        return
    rule = next(r for r in verb_rules()["attend"] if r.id == "attend")
    for guest in guests:
        if guest.country != spot.country and not is_seated(guest, spot.country):
            yield reader.make(
                rule,
                leaders,
                actor=guest,
                spot=spot,
                fact=fact,
                anchors=[event],
                notes=("event",),
            )


def counted_leader_words() -> frozenset[str]:
    """Return the words at which `counted_leaders` reads."""
    return word_set("counted_leaders")


def _summit(reader: ArgumentReader, leaders: Token) -> Token | None:
    """Return the meeting of so many that is told of last, in this sentence or shortly before."""
    number = reader.scene.sentence_of[leaders.i]
    start = reader.scene.sentences[max(0, number - _BACK)].start
    for token in reversed(leaders.doc[start : leaders.i]):
        if token.lemma_.lower() in word_set("met_at"):
            named = {word_at(leaders.doc, token.i - back) for back in (1, 2)}
            if named & word_set("of_so_many"):
                return token
    return None


__all__ = ["counted_leader_words", "counted_leaders"]
