"""Where a meeting was held whose own sentence does not say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import has_weekday, tense_of
from pipeline.iso_lengths import MONTH
from pipeline.labels import OBJECTS, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_places import event_place, is_event, seat_in_name
from pipeline.stages.visits.meetings.seats import seat_before
from pipeline.stages.visits.places.told_elsewhere import is_told_elsewhere
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set

#: How verbs tell that one goes somewhere or meets somebody.
_FRAMES = frozenset({"travel", "visit", "meet", "receive"})
#: The frames of verbs that tell where one goes or is.
_GOES = frozenset({"travel", "visit", "stay", "attend", "carry", "homeward"})
#: How many lands meet at the least.
_SIDES = 2
#: Among how many first words of a sentence that looks back its noun stands.
_OPENING = 5
_LOCATES = frozenset({"in", "at", "near", "outside", "from", "to"})


def seat_of_delegations(reader: ArgumentReader, verb: Token, sides: Sequence[Actor]) -> Spot | None:
    """Return where the article's talks are held, where delegations meet that have come to them."""
    seat = reader.gatherings.seat
    if seat is None or any(side.country == seat.country for side in sides):
        return None
    own = (t for t in verb.subtree if t.lemma_.lower() == "delegation")
    came = any(t.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"} for t in own)
    return seat if came else None


def lead_place(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], *, anywhere: bool = False
) -> Spot | None:
    """Return the dateline's place for a meeting told in the opening with one at home there.

    So for one that was held on a weekday, told further on, and for one of others told to have been
    "at a hotel", "in this town", or by the dateline's own sentence ("GENEVA - A met B on Monday").

    Args:
        anywhere: whether it may be told further on, too.
    """
    here = reader.scene.here
    if here is None:
        return None
    at_home = any(side.country == here.country for side in sides)
    third = not at_home and _is_news_of_place(reader, verb, sides, here)
    if not at_home and not third and not _in_a_house(reader, verb):
        return None
    if _met_elsewhere(reader, sides, here.country) or _is_away(reader, verb, sides, here):
        return None
    home = [side for side in sides if side.country == here.country]
    if any(is_told_elsewhere(reader, verb, side, here) for side in home):
        return None  # "ACCRA – A is at the assembly in New York. She met B"
    if _is_placed_next(reader, verb, sides, here):
        return None
    sentence = reader.scene.sentence(verb.i)
    own = {here.country, *(side.country for side in sides)}
    told = list(reader.scene.places_in(sentence.start, sentence.end))
    parties = [place for place in told if place.country in own and _is_party(reader, place)]
    if any(_may_be_there(reader, verb, place) for place in told if place not in parties):
        return None  # "China values its ties with Peru" names no place where they met
    opening = [s for s in reader.scene.sentences if s.start_char >= reader.scene.article.body_start]
    news = verb.pos_ == "VERB" and tense_of(verb) == "past" and has_weekday(verb)
    return here if anywhere or news or sentence in opening[:2] else None


def _is_news_of_place(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], here: Spot
) -> bool:
    """Tell the "met" of "GENEVA - Minister A of Peru met Minister B of Chad on Monday".

    Not of "DUBAI - …", from where agencies write of a whole region, nor further on in the text.
    """
    lands = {side.country for side in sides}
    known = all(side.reference.name and side.reference.role_kind for side in sides)
    if not known or None in lands or len(lands) < _SIDES or here.place in word_set("bureau_town"):
        return False
    first = next(
        (s for s in reader.scene.sentences if s.end_char > reader.scene.article.body_start), None
    )
    opens = first is not None and reader.scene.sentence(verb.i) == first
    news = any(t.tag_ == "NNP" and t.lower_.endswith("day") for t in verb.subtree)
    own = verb.pos_ == "VERB" and verb.dep_ != "ccomp"  # "officials said" may be told from afar
    return opens and news and own and tense_of(verb) == "past"


def _in_a_house(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "met at a seaside hotel", "held talks in this town", which names no place."""
    over = (verb, *(c for c in verb.children if c.dep_ in OBJECTS))
    preps = (c for node in over for c in node.children if c.lower_ in {"in", "at"} and c.i > verb.i)
    for house in (h for prep in preps for h in prep.children if h.dep_ == "pobj"):
        town = house.lemma_ in words("town_noun") and any(c.lower_ == "this" for c in house.lefts)
        if not town and house.lemma_ not in word_set("house_of_talks"):
            continue
        phrase = house.doc[house.left_edge.i : house.right_edge.i + 1]
        if house.tag_ == "NN" and not any(r.country for t in phrase for r in reader.scene.at(t.i)):
            return True
    return False


def _met_elsewhere(reader: ArgumentReader, sides: Sequence[Actor], here: str) -> bool:
    """Tell whether two were told before to have been in one place abroad: there they met."""
    keys = {side.key for side in sides if side.reference.name}
    there: dict[str, set[str]] = {}
    for told in reader.told if len(keys) > 1 else ():
        if (
            told.actor is not None
            and told.actor.key in keys
            and told.destination not in {None, here}
        ):
            there.setdefault(told.destination or "", set()).add(told.actor.key)
    return any(len(met) > 1 for met in there.values())


def _is_away(reader: ArgumentReader, verb: Token, sides: Sequence[Actor], here: Spot) -> bool:
    """Tell "LIMA – A held meetings in New York. At that with B, A praised …": not held in Lima."""
    before = reader.scene.beside(reader.scene.sentence_of[verb.i], step=-1)
    if before is None or before.root.lemma_ not in word_set("does_away"):
        return False
    subject = reader.scene.subject(before.root)
    hosts = {side.key for side in sides if side.country == here.country}
    if subject is None or not hosts & {actor.key for actor in reader.scene.actors(subject)}:
        return False
    own = {here.country, *(side.country for side in sides)}
    towns = (s for t in before if t.lower_ == "in" for s in reader.scene.spots(t.i + 1)[:1])
    away = any(spot.is_town and spot.country not in own for spot in towns)
    return away and tense_of(before.root) == "past"


def _is_placed_next(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], here: Spot
) -> bool:
    """Tell "LIMA - A met B of Chile. The two met on Sunday in Geneva": where, is told next.

    Not "A met B of Chile. The two met last year in Geneva".
    """
    behind = reader.scene.beside(reader.scene.sentence_of[verb.i], step=1)
    now = reader.scene.article.published or ""
    dates = reader.scene.dates_in(behind.start_char, behind.end_char) if behind is not None else ()
    if any(date.latest and date.latest[:MONTH] < now[:MONTH] for date in dates):
        return False
    own = {here.country, *(side.country for side in sides)}
    for other in behind or ():
        if other.pos_ not in VERBS or other.lemma_ not in word_set("meets"):
            continue
        subject = reader.scene.subject(other)
        named = reader.scene.actors(subject) if subject is not None else []
        same = {a.country for a in named} & own or (
            subject is not None and subject.lower_ in word_set("those_two")
        )
        preps = (c for c in other.children if c.lower_ in {"in", "at"} and c.i > other.i)
        spots = [s for prep in preps for s in reader.scene.spots(prep.i + 1)[:1]]
        if same and spots and spots[0].is_town and spots[0].country not in own:
            return tense_of(other) == "past"
    return False


def _is_party(reader: ArgumentReader, land: Reference) -> bool:
    """Tell "China values its ties with Peru" from "visited China", "in Peru".

    So each land of "met with the presidents of Chad, Ghana and Togo".
    """
    start = _first_listed(reader, land)
    before = word_at(reader.scene.doc, start - 1)
    acts = reader.scene.doc[start].dep_ in {"nsubj", "nsubjpass", "poss"}
    acts = acts or (before in {"of", "from"} and _of_office(reader, start))
    return land.kind == "country" and (acts or before in {"with", "between", "and"})


def _may_be_there(reader: ArgumentReader, verb: Token, place: Reference) -> bool:
    """Tell the place of "met A during a visit to Chad", "after returning to Peru".

    That of "met A to discuss the war in Chad", "met A and said Peru would help Chad" is where
    something else is, or none at all.
    """
    start, _ = reader.scene.bounds(place)
    if reader.scene.is_of_matter(start):
        return False
    meeting = governing_verb(verb) if verb.pos_ == "NOUN" else verb
    located = False
    for node in (reader.scene.doc[start], *reader.scene.doc[start].ancestors):
        if node.lemma_ in noun_rules():
            return True
        located = located or node.lower_ in _LOCATES
        if node.pos_ in VERBS:
            frames = {rule.frame for rule in verb_rules().get(node.lemma_.lower(), ())}
            goes = bool(frames & _GOES) and node not in {verb, meeting}
            return goes or (located and node in {verb, meeting})
    return True


def _first_listed(reader: ArgumentReader, land: Reference) -> int:
    """Return where the first land begins of the list in which one stands."""
    start, end = reader.scene.bounds(land)
    first = reader.scene.doc[end - 1]
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    listed = [r for r in reader.scene.at(first.i) if r.kind == "country"]
    return reader.scene.bounds(listed[0])[0] if listed and first.i < start else start


def _of_office(reader: ArgumentReader, land: int) -> bool:
    """Tell the Peru of "the president of Peru", an office's own and no place."""
    over = reader.scene.doc[land].head.head
    return any(r.role_kind for r in reader.scene.at(over.i))


def at_event(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of "met A at the summit", told of elsewhere in the text."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    for prep in (c for head in (verb, *objects) for c in head.children):
        if prep.lower_ not in {"at", "during"} or prep.i < verb.i:
            continue
        for event in (h for h in prep.children if is_event(h)):
            definite = any(c.lower_ in {"the", "this"} for c in event.children)
            return event_place(reader, verb, event) if definite else None
    return None


def is_beside_assembly(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "During the UN General Assembly, A met B", wherever they met, from "at the Assembly".

    It was beside the sessions, not in the town in which that is written.
    """
    sits = word_set("assembly_that_sits")
    return at_event(reader, verb) is None and any(
        token.lower_ in {name.split()[-1] for name in sits} and seat_in_name(reader, token)
        for token in reader.scene.sentence(verb.i)
    )


def place_told_next(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the city of "The talks in Lima lasted …", which the next sentence looks back with.

    "A met B. A then flew to Lima to see C. The talks in Lima lasted" tells of those with C.
    """
    scene = reader.scene
    number = scene.sentence_of[verb.i]
    for sentence in scene.sentences[number + 1 : number + 3]:
        between = sentence.doc[scene.sentences[number].end : sentence.start]
        if any(_goes_or_meets(token) for token in between):
            return None
        for noun in _looking_back(sentence):
            named = seat_before(reader, noun)  # "The Lima talks lasted", not "of 1998"
            if named is not None and not any(t.i in reader.clock.covered for t in noun.subtree):
                return named
            over = noun.head if noun.dep_ in SUBJECTS else noun
            held = _held_behind(noun) or (over if over.lemma_ in word_set("holds_event") else noun)
            for prep in sentence.doc[noun.i + 1 : min(sentence.end, noun.i + 12)]:
                under = noun in prep.ancestors or held in prep.ancestors
                spots = scene.spots(prep.i + 1) if prep.lower_ in {"in", "at"} and under else []
                if spots and spots[0].is_town:
                    return spots[0]
    return None


def _looking_back(sentence: Span) -> Iterator[Token]:
    """Yield the noun of "The talks went on", "The bank said both meetings were held in Lima".

    And that of "This came during a meeting in Lima".
    """
    start = sentence.start
    came = (
        word_at(sentence.doc, start) in word_set("news_before") and sentence.root.lemma_ == "come"
    )
    for noun in sentence:
        if noun.lemma_.lower() not in word_set("met_at"):
            continue
        definite = any(c.lower_ in word_set("looks_back") for c in noun.children)
        told = noun.dep_ in SUBJECTS and noun.head.lemma_ in word_set("holds_event")
        during = came and noun.dep_ == "pobj" and noun.head.head == sentence.root
        if (definite and (noun.i < start + _OPENING or told)) or during:
            yield noun


def _held_behind(noun: Token) -> Token | None:
    """Return the "held" of "During the meeting, held at the palace in Lima, the two agreed"."""
    at = noun.i + 1 + (text_at(noun.doc, noun.i + 1) == ",")
    held = noun.doc[at] if at < len(noun.doc) else None
    told = held is not None and held.tag_ == "VBN" and held.lemma_ in word_set("holds_event")
    return held if told else None


def _goes_or_meets(verb: Token) -> bool:
    """Tell a verb that tells a trip or a meeting of its own from "said", "agreed"."""
    rules = verb_rules().get(verb.lemma_.lower(), ()) if verb.pos_ == "VERB" else ()
    return any(rule.frame in _FRAMES for rule in rules)


def place_of_told(reader: ArgumentReader, sides: Sequence[Actor]) -> Spot | None:
    """Return the place of talks told before of unnamed men of the same two countries."""
    countries = {side.country for side in sides if side.country and side.reference.name}
    told = [
        each
        for each in reader.told
        if "meeting" in each.notes and each.actor is not None and not each.actor.reference.name
    ]
    places = {each.destination for each in told if each.origin in countries}
    origins = {each.origin for each in told}
    same = len(countries) == 2 and countries <= origins and len(places) == 1
    return next((each.spot for each in told if each.spot is not None), None) if same else None


__all__ = [
    "at_event",
    "is_beside_assembly",
    "lead_place",
    "place_of_told",
    "place_told_next",
    "seat_of_delegations",
]
