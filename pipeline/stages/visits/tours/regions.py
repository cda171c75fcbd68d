"""Trips to a part of the world of which no country is told: "travels to the Middle East"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.numbers import number_in
from pipeline.discourse.tables import words
from pipeline.iso_lengths import DAY
from pipeline.labels import OWNER_OR_MODIFIERS, SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.departures import as_begun
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.places.place_arguments import PLACE_REACH
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.tours.region_names import region_names
from pipeline.stages.visits.travel.left_open import is_bare

#: How many sentences back a part of the world may be told that "the region" means.
_LOOK_BACK = 6
#: The longest name of a part of the world, in tokens ("south-east asia").
_LONGEST = 4
#: How far before a trip its "three-nation" may stand.
_COMPOUND = 8
#: How many words may stand between a noun of a trip and the preposition before its region.
_REACH = 5
#: How many sentences behind the lands of a tour their region may be told.
_BEHIND = 2
#: Prepositions between a noun of a trip and its region.
_PREPS = frozenset({"to", "of", "in", "through", "across", "around"})
_MOST = frozenset({"JJS", "RBS"})
#: How a noun hangs on the verb that says of what is told that it is the first of its kind.
_SAID_TO_BE = frozenset({"dobj", "attr", "oprd", "xcomp", "ccomp"})
#: The note of a journey of which only the days are told.
DAYS_ALONE = "days alone"


def region_trips(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "will travel to the Middle East", "visited four Gulf states in May".

    "travelled to the Middle East Institute", "visited the region" of one's own do not fire.
    """
    if rule.frame not in {"travel", "visit"} or rule.phase == "leave" or rule.all_objects:
        return
    group = group_led_to(verb, PLACE_REACH)
    stops = _behind(reader, verb, rule.preps) if rule.preps else region(reader, verb.i + 1)
    stops = 0 if stops is None and group else stops
    if stops is None and not (rule.frame == "travel" and is_bare(verb)):
        return
    fact = as_begun(rule, verb, fact_of_verb(verb))
    nowhere = stops is None and fact.status == "planned" and _has_days(reader, verb)
    if stops is None and not nowhere:
        return
    for actor in reader.travellers(verb):
        made = reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=None,
            fact=fact,
            first=is_first(reader.scene, verb),
            stops=stops,
            notes=("region", DAYS_ALONE) if nowhere else ("region",),
        )
        yield from of_each_land(made, group)


def of_each_land(made: Candidate, lands: Sequence[str]) -> Sequence[Candidate]:
    """Return a trip to a group of lands as one to each of them."""
    each = [replace(made, destination=code, stops=None, tour=True, notes=()) for code in lands]
    return each or [made]


def group_led_to(trip: Token, reach: int = _REACH + _LONGEST) -> Sequence[str]:
    """Return the lands of "visited", "a trip to the three Baltic states", all of which are meant.

    Args:
        trip: the verb or noun of the trip.
        reach: within how many tokens behind it the group stands.
    """
    for token in trip.doc[trip.i + 1 : min(trip.i + reach, trip.sent.end)]:
        if token.pos_ in {"VERB", "AUX"} or token.text in {";", ":"}:
            return ()
        if lands := lands_at(trip.doc, token.i):
            return lands if _is_led_to(token, trip) else ()
    return ()


def _is_led_to(group: Token, trip: Token) -> bool:
    """Tell the group that a trip leads to from that of a port, an exhibition, leaders."""
    states = group if group.dep_ in {"dobj", "pobj"} else group.head
    over = states.head
    return over == trip or (over.pos_ == "ADP" and over.lower_ in _PREPS and over.head == trip)


def _has_days(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "will travel from 3 to 12 May", wherever, from "will travel on Monday", "will go"."""
    if verb.lemma_ not in word_set("travels_about"):
        return False
    when = reader.clock.when([verb], phase="whole")
    first, last = when.start or "", when.end or ""
    return len(first) == len(last) == DAY and first != last


def region_of_noun(reader: ArgumentReader, noun: Token) -> int | None:
    """Return how many countries "a trip to three Asian countries" has, 0 for "his Asia trip"."""
    doc = noun.doc
    if _is_nth_of_named(reader, noun):
        return None
    if number := _nations_before(noun):
        return number
    for size in range(1, _LONGEST):
        before = doc[max(0, noun.i - size) : noun.i].text.lower()
        if size <= noun.i and before in region_names()["name"] | region_names()["adjective"]:
            return 0
    for i in range(noun.i + 1, min(noun.i + _REACH, len(doc))):
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT"}:
            return None
        if doc[i].lower_ in _PREPS and (found := region(reader, i + 1)) is not None:
            return found
    return None


def _is_nth_of_named(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "flies to Suva for a visit, her fifth trip to the Pacific", which leads to Suva.

    So "landed in Suva, marking her fifth trip to the Pacific", "The visit to Suva marks her first".
    """
    ranked = any(c.lower_ in words("ranks_one") or c.ent_type_ == "ORDINAL" for c in noun.lefts)
    marked = noun.dep_ in _SAID_TO_BE and noun.head.lemma_ in word_set("ranks_trip")
    if not ranked or not (noun.dep_ == "appos" or marked):
        return False
    if marked and any(_is_trip_told(c) for c in noun.head.children if c.dep_ in SUBJECTS):
        return True
    before = noun.doc[reader.scene.sentence(noun.i).start : noun.left_edge.i]
    return any(t.lower_ in _PREPS and reader.scene.spots(t.i + 1) for t in before)


def _is_trip_told(subject: Token) -> bool:
    """Tell "the visit" of "The visit marks her first trip to the Pacific", told of before."""
    anaphor = any(c.lower_ in word_set("anaphor") for c in subject.children)
    return anaphor and subject.lemma_ in words("trip_noun")


def _nations_before(noun: Token) -> int:
    """Return n of "an n-nation trip", "an n-nation ten-day trip", else 0."""
    for token in reversed(noun.doc[max(2, noun.i - _COMPOUND) : noun.i]):
        if token.lower_ in {"nation", "country"}:
            before = token.nbor(-2) if token.nbor(-1).text == "-" else token.nbor(-1)
            return number_in(before.text) or 0
    return 0


def _behind(reader: ArgumentReader, verb: Token, preps: tuple[str, ...]) -> int | None:
    end = min(reader.scene.sentence(verb.i).end, verb.i + PLACE_REACH)
    for i in range(verb.i + 1, end):
        if verb.doc[i].pos_ == "VERB" or verb.doc[i].text in {";", ":"}:
            return None
        ranked = verb.doc[i - 1].tag_ in _MOST  # "arrived at the mosque, the largest in Asia"
        led = verb.doc[i].lower_ in preps and not ranked
        if led and (found := region(reader, i + 1)) is not None:
            return found
    return None


def region(reader: ArgumentReader, i: int) -> int | None:
    """Return the countries of the region named at token `i`, 0 where not counted, else None."""
    doc, at, count = reader.scene.doc, i, 0
    before = word_set("before_region")
    while at < len(doc) and (doc[at].lower_ in before or number_in(doc[at].text)):
        count = number_in(doc[at].text) or count
        at += 1
    new = word_at(doc, i) not in words("definite")  # not "visited the three countries"
    owners = any(t.tag_ == "POS" for t in doc[at + 1 : at + 2])  # not "three countries' stands"
    plain = word_at(doc, at) in word_set("plain_lands") and not owners
    if new and count > 1 and plain:
        return count  # "visited three countries", wherever they are
    for size in range(min(_LONGEST, len(doc) - at), 0, -1):
        told, behind = doc[at : at + size].text.lower(), doc[at + size : at + size + 1]
        lands = behind.text.lower() in word_set("lands_of_region")
        if told in region_names()["adjective"] and lands:
            return count
        if told in region_names()["name"] and (lands or _ends(behind.text, doc[at + size - 1])):
            return count
    again = doc[i : i + 2].text.lower() in word_set("region_again")
    closed = again and _ends(text_at(doc, i + 2), doc[i + 1])
    return 0 if closed and (_is_told(reader, i) or _are_lands_told(reader, i)) else None


def _ends(behind: str, last: Token) -> bool:
    """Tell "to Africa" from "to Africa's banks", "to the Middle East Institute"."""
    if behind in {"'s", "’s", "’", "'", "of"}:
        return False
    return last.dep_ not in OWNER_OR_MODIFIERS or not behind[:1].isalpha()


def _is_told(reader: ArgumentReader, at: int) -> bool:
    """Tell whether a part of the world was told of in the sentences before token `at`."""
    number = reader.scene.sentence_of[at]
    start = reader.scene.sentences[max(0, number - _LOOK_BACK)].start
    text = f" {' '.join(t.lower_ for t in reader.scene.doc[start:at])} "
    names = region_names()
    return any(f" {name} " in text for name in names["name"] | names["adjective"])


def _are_lands_told(reader: ArgumentReader, at: int) -> bool:
    """Tell "the region" behind "will visit Chad and Niger" from that of a town's mayor."""
    verb, number = governing_verb(reader.scene.doc[at]), reader.scene.sentence_of
    if verb is None or fact_of_verb(verb).status != "planned":
        return False
    near = [c for c in reader.told[-_LOOK_BACK:] if 0 < number[at] - number[c.at] <= _BEHIND]
    return len({c.destination for c in near if c.status == "planned"} - {None}) > 1


__all__ = [
    "DAYS_ALONE",
    "group_led_to",
    "of_each_land",
    "region",
    "region_of_noun",
    "region_trips",
]
