"""The events of an article that are told with their place, and which of them a later one means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Token

from models.entity import PARTY_KINDS
from pipeline.discourse.editions import is_former_edition, is_past_edition, is_yet_to_come
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.iso_lengths import YEAR
from pipeline.labels import ADNOMINAL, AUXILIARIES, FINITE, NOUNS, PLURALS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.events.event_seats import held_at, named_for
from pipeline.stages.visits.tables import word_set

#: How far behind an event "scheduled in Lima" may stand, and how far its place behind the verb.
_REACH, _PLACE_REACH = 16, 8
#: How far before an event's noun the words of its name may stand.
_NAME_REACH = 6
#: How many sentences before and behind an event without a name of its own its place may be told.
_BEFORE, _BEHIND = 4, 2
#: The last sentence of an opening that tells where the whole article's event is held.
_LEAD = 4
#: Of how many events more than one must be held in the land of most.
_OF_ALL = 1.6
_DEFINITE = frozenset({"the", "this", "that"})
_OTHER = frozenset({"a", "an", "another"})
_OPEN = frozenset({"a", "an", "another", "any", "no", "each", "every", "with", "between"})


@dataclass(frozen=True)
class PlacedEvent:
    """An event with its place."""

    at: int
    lemma: str
    spot: Spot
    #: Countries and bodies for which it is named, or who are told to meet at it.
    names: frozenset[str]
    #: Whether it is over since long: "last year's summit".
    former: bool
    #: Of what matter it is: "the fisheries meeting".
    matters: frozenset[str] = frozenset()


def placed_events(scene: Scene) -> Iterator[PlacedEvent]:
    """Yield the events that are told with a place, however their sentence tells it.

    "The summit, due in Lima", "the summit (Lima, 4 June)", "the Lima summit", "leaders gathered in
    Lima" fire; "the summit condemned the raid in Lima" does not.
    """
    for token in scene.tokens:
        if token.pos_ == "VERB":
            if token.lemma_ not in word_set("<gathers>"):
                continue
            spot, names = _gathered(scene, token)
        elif _is_event(token):
            spot = held_at(scene, token) or place_beside(scene, token)
            names = names_of(scene, token) if spot is not None else frozenset()
        else:
            continue
        if spot is not None and is_country(spot.country):
            yield PlacedEvent(
                token.i,
                noun_of(token),
                spot,
                names,
                is_former_edition(token)
                or is_past_edition(token, scene.article.published)
                or scene.sentence_of[token.i] in scene.former,
                _matters_of(token),
            )


def place_beside(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "the Lima summit", "a summit of leaders due in Lima", "the summit (Lima)"."""
    return named_for(scene, event) or _set_behind(scene, event) or _in_bracket(scene, event)


def new_events(scene: Scene) -> Iterator[Token]:
    """Yield the events that are told as new, with a place or without: "a ceremony", "A met B"."""
    for token in scene.tokens:
        if token.pos_ == "VERB" and token.lemma_ in word_set("meets"):
            yield token
        if not _is_event(token) or token.dep_ == "attr":  # "the talks were a long session"
            continue
        if any(c.lower_ in _OTHER for c in token.children):
            yield token


def meant_event(
    scene: Scene, placed: Sequence[PlacedEvent], new: Sequence[Token], event: Token
) -> PlacedEvent | None:
    """Return the placed event that one without a place means.

    By its name, wherever it is told, else, where it is "the summit", by its noun in a sentence
    nearby; none where two are as near in different countries.

    Args:
        new: the events told as new, of which one in between is the nearer.
    """
    if any(c.lower_ in _OPEN for c in event.children):
        return None
    names = names_of(scene, event)
    others = [
        p
        for p in placed
        if p.at != event.i
        and _is_alike(p, event)
        and not _is_further(scene, p, event)
        and not is_yet_to_come(scene.doc[p.at], event)
    ]
    fitting = [p for p in others if _agree(names, p.names)]
    if not fitting:
        alone = len({p.spot.country for p in others if not p.former}) == 1
        definite = any(c.lower_ in _DEFINITE for c in event.children)
        fitting = [
            p
            for p in others
            if definite
            and ((alone and p.at < event.i) or _is_near(scene, p, event))
            and _may_be(event, names, p)
            and not _is_past_another(new, p.at, event)
        ]
    of_now = [p for p in fitting if not p.former]
    fitting = of_now if of_now or _is_ahead(event) or is_of_this_year(scene, event) else fitting
    if not fitting:
        return None
    best = min(_apart(scene, p.at, event.i) for p in fitting)
    nearest = [p for p in fitting if _apart(scene, p.at, event.i) == best]
    return nearest[-1] if len({p.spot.country for p in nearest}) == 1 else None


def sole_seat(scene: Scene, placed: Sequence[PlacedEvent]) -> Spot | None:
    """Return the country in which an article has its gatherings, told in its opening.

    A paragraph of another matter than that with which it opens tells of none of them, and one
    told by the way outweighs no others.
    """
    first = scene.sentences[0].start if scene.sentences else 0
    held = [p for p in placed if p.lemma in word_set("assembly") and not p.former]
    held = [p for p in held if not scene.is_apart(first, p.at)]
    opening = [p for p in held if scene.sentence_of[p.at] <= _LEAD]
    return chief_spot([p.spot for p in opening], [p.spot for p in held if p not in opening])


def chief_spot(opening: Sequence[Spot], behind: Sequence[Spot] = ()) -> Spot | None:
    """Return the first place of an opening in the land in which most events of a text are held.

    One told in the opening counts as two that are told behind it; none is chief in a tie.
    """
    votes = Counter({spot.country: 0 for spot in opening})
    votes.update(spot.country for spot in (*opening, *opening, *behind))
    land = next((c for c, told in votes.most_common(1) if told * _OF_ALL > votes.total()), None)
    return next((spot for spot in opening if spot.country == land), None)


def placed_as(found: PlacedEvent, event: Token) -> Spot:
    """Return a placed event's place at the event that means it."""
    return replace(found.spot, start=event.i, end=event.i + 1)


def noun_of(event: Token) -> str:
    """Return the noun by which an event is called, "talks" in its plural, the summit of COP29."""
    return _called(event.lower_, event.lemma_)


@lru_cache(maxsize=50_000)
def _called(lower: str, lemma: str) -> str:
    if lower[:3] in word_set("numbered_event") and lower[3:].isdigit():
        return "summit"
    called = lower in words("event") or lower in word_set("assembly")
    return lower if called else lemma.lower()


def is_kin(lemma: str, other: str) -> bool:
    """Tell "gathering" and "summit", which may be one, from "funeral" and "summit"."""
    if lemma == other:
        return True
    assembly = word_set("assembly", "<gathers>")
    if lemma in word_set("assembly") and other in assembly:
        return True
    solemn = word_set("event_of_person", "oath_verb", "solemn_event")
    if lemma in word_set("solemn_event_named"):
        return other in solemn
    return lemma in word_set("any_event") | {"event"}


def names_of(scene: Scene, event: Token) -> frozenset[str]:
    """Return for which countries and bodies an event is named: "the ASEAN-Peru summit"."""
    doc, found, own = scene.doc, set[str](), scene.at(event.i)
    for i in range(event.i, max(-1, event.i - _NAME_REACH), -1):
        token = doc[i]
        named = [r for r in scene.at(i) if r.kind in PARTY_KINDS and r.country]
        found |= {r.country for r in named if r.country}
        if token.is_alpha and token.text.isupper() and len(token) > 1:
            found.add(token.text)
        elif token.pos_ == "PROPN" and i != event.i and all(r in own for r in scene.at(i)):
            found.add(token.lower_)
        linked = token.text in {"-", "–", "/"} or token.lower_ in {"and", "'s", "’s"}
        nominal = token.pos_ in {"PROPN", "ADJ", "NOUN", "NUM"} and token.i >= event.sent.start
        if i != event.i and not (named or linked or nominal):
            break
    return frozenset(found)


def is_of_this_year(scene: Scene, event: Token) -> bool:
    """Tell the forum of "told the forum on Tuesday", which is none of former years either."""
    now, sentence = scene.article.published, scene.sentence(event.i)
    if now is None:
        return False
    dates = [d.latest for d in scene.dates_in(sentence.start_char, sentence.end_char) if d.latest]
    return bool(dates) and min(dates)[:YEAR] >= now[:YEAR]


def _may_be(event: Token, names: frozenset[str], other: PlacedEvent) -> bool:
    """Tell "the summit" from one of another name; "the HLC summit" from a common meeting."""
    if not names:
        return True
    same = noun_of(event) == other.lemma or other.lemma in word_set("<gathers>")
    return not other.names and same


def _is_alike(other: PlacedEvent, event: Token) -> bool:
    """Tell two nouns for one event; no "fisheries meeting" is "the trade forum"."""
    matters = _matters_of(event) - other.names  # "the security forum", a Security Conference
    if not is_kin(noun_of(event), other.lemma):
        return False
    if matters & word_set("of_the_press") or (matters and other.matters):
        return bool(matters & other.matters)
    return not matters or noun_of(event) == other.lemma


def _matters_of(event: Token) -> frozenset[str]:
    """Return the nouns before an event that say of what it is: "the fisheries meeting"."""
    before = (c for c in event.children if c.dep_ == "compound" and c.i < event.i)
    said = (c.lower_ for c in before if c.pos_ == "NOUN" and c.lower_ == c.text)
    return frozenset(said) - words("event")


def _agree(names: frozenset[str], others: frozenset[str]) -> bool:
    """Tell "the ASEAN summit" of an ASEAN-Peru summit from "the ASEAN-GCC summit"."""
    return bool(names & others) and (names <= others or others <= names)


def _is_further(scene: Scene, other: PlacedEvent, event: Token) -> bool:
    """Tell "a summit in Quito" told behind "said at the summit", which is none of it.

    So any event of another matter that is told behind.
    """
    behind = other.at > event.i
    new = behind and any(c.lower_ in _OTHER for c in scene.doc[other.at].children)
    return new or scene.is_of_later_matter(other.at, event.i)


def _is_near(scene: Scene, other: PlacedEvent, event: Token) -> bool:
    """Tell an event told shortly before, or by the same noun: anywhere before, or right behind."""
    apart = scene.sentence_of[event.i] - scene.sentence_of[other.at]
    if other.at > event.i:
        return -apart <= _BEHIND and noun_of(event) == other.lemma
    same = noun_of(event) == other.lemma and other.lemma not in word_set("nameless_event")
    return same or apart <= _BEFORE


def _is_past_another(new: Sequence[Token], at: int, event: Token) -> bool:
    """Tell whether "a ceremony" is told between an event and another, which is nearer."""
    lemma = noun_of(event)
    between = [other for other in new if at < other.i < event.i]
    if lemma not in word_set("nameless_event"):
        between = [other for other in between if other.pos_ != "VERB"]
    return any(is_kin(lemma, noun_of(other)) for other in between)


def _apart(scene: Scene, at: int, i: int) -> tuple[bool, int]:
    """Return how far an event is told from another, those told before it first."""
    return at > i, abs(scene.sentence_of[i] - scene.sentence_of[at])


def _is_event(token: Token) -> bool:
    """Tell the head of an event's name ("summit") from other nouns."""
    if token.pos_ not in NOUNS:
        return False
    lower, lemma, known = token.lower_, token.lemma_.lower(), words("event")
    listed = lemma in known or lower in known or lower in word_set("assembly")
    return listed and lemma not in word_set("no_event")


def _is_ahead(event: Token) -> bool:
    """Tell the summit of "will attend the summit", which is none of former years."""
    verb = governing_verb(event)
    return verb is not None and fact_of_verb(verb).status == "planned"


def _gathered(scene: Scene, verb: Token) -> tuple[Spot | None, frozenset[str]]:
    """Return where leaders, or a body, are told to gather, and who is named in the sentence."""
    subject = scene.subject(verb)
    if subject is None or fact_of_verb(verb).status is None:
        return None, frozenset()
    many = subject.tag_ in PLURALS and subject.lemma_.lower() in word_set("gathered")
    bodies = {r.country for r in scene.at(subject.i) if r.kind in {"organization", "group"}}
    if not many and not bodies:
        return None, frozenset()
    end = min(scene.sentence(verb.i).end, verb.i + _PLACE_REACH)
    for prep in scene.doc[verb.i + 1 : end]:
        if prep.tag_ in FINITE:
            break
        if prep.lower_ in {"in", "at"} and not scene.is_of_matter(prep.i + 1):
            for spot in scene.spots(prep.i + 1)[:1]:
                sentence = scene.sentence(verb.i)
                named = {
                    r.country
                    for i in range(sentence.start, spot.start)
                    for r in scene.at(i)
                    if r.kind in {"country", "organization", "group"} and r.country
                }
                return spot, frozenset(named)
    return None, frozenset()


def _set_behind(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "a summit of leaders from the group scheduled in Lima", by position.

    And of "a summit marking the birth of the bloc in Lima", where it is a town.
    """
    doc, told = scene.doc, word_set("holds_event", "set_for")
    marks = False
    end = scene.sentence(event.i).end
    for i in range(event.i + 1, min(end, event.i + _REACH)):
        if (
            _ends_phrase(doc[i], told)
            or doc[i].text in {";", ":"}
            or (not marks and _is_event(doc[i]))
        ):
            return None
        marks = marks or (doc[i].tag_ == "VBG" and doc[i].lemma_ in word_set("marks_day"))
        held = (doc[i].tag_ == "VBN" and doc[i].lemma_ in told) or doc[i].lower_ == "due"
        held = held or (doc[i].tag_ == "VBG" and doc[i].lemma_ in word_set("begins_event"))
        if not held and not marks:
            continue
        for prep in doc[i + 1 : min(end, i + _PLACE_REACH)]:
            if prep.tag_ in FINITE:
                return None
            spots = scene.spots(prep.i + 1) if prep.lower_ in {"in", "at", "for"} else []
            if spots and (held or spots[0].is_town):
                return spots[0]
    return None


def _ends_phrase(token: Token, told: frozenset[str]) -> bool:
    """Tell the verb behind an event's phrase from the "was" of "which was held"."""
    if token.tag_ not in FINITE:
        return False
    own = token.dep_ in AUXILIARIES and token.head.dep_ in ADNOMINAL
    return not (own and token.head.lemma_ in told)


def _in_bracket(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "the summit (Lima, 4-5 June)"."""
    if scene.doc[event.i + 1 : event.i + 2].text != "(":
        return None
    return next(iter(scene.spots(event.i + 2)), None)


__all__ = [
    "PlacedEvent",
    "chief_spot",
    "is_kin",
    "is_of_this_year",
    "meant_event",
    "new_events",
    "place_beside",
    "placed_as",
    "placed_events",
    "sole_seat",
]
