"""How often, and whether for the first time."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import LIST_JOINTS, OPENS_APPOSITION
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set

_POSSESSIVES = frozenset({"his", "her", "their", "its"})
#: How far before "his first destination" a tour may be told, in tokens.
_TOLD_REACH = 50
#: How far behind "first" the tour of a stop may be named, in tokens.
_STOP_REACH = 10
#: Within how many tokens behind "then" the next land of a journey is named.
_LEG_REACH = 6


def times(scene: Scene, verb: Token) -> int:
    """Return n of "visited three times"."""
    doc = scene.doc
    end = min(scene.sentence(verb.i).end, verb.i + 12)
    counts = word_set("times_word")
    for word in doc[verb.i + 1 : end]:
        form = word.lower_
        if form not in {"times", "on"} and form not in counts:
            continue
        if "(" in {doc[word.i - 1].text, doc[word.i - 2].text}:
            continue  # "Lima (twice)": of this place alone
        if _is_of_next_place(word, end):
            continue
        if _is_of_delay(word):
            continue
        if form in counts:
            return number_in(word.text) or 0
        if form == "times" and doc[word.i - 1].lower_ not in {"the", "recent"}:
            return number_in(doc[word.i - 1].text) or 0
        if form == "on" and (several := _on_several(word, end)) is not None:
            return several
    return 1


def _is_of_delay(word: Token) -> bool:
    """Tell the "twice" of "will visit Lima, a trip put off twice", "a twice-postponed trip"."""
    over = word.head if word.head.pos_ in {*VERBS, "ADJ"} else word.head.head
    near = word.doc[max(0, word.i - 3) : word.i + 3]
    return any(t.lemma_.lower() in words("postpone", "cancel") for t in (over, *near)) or any(
        t.lower_ == "put" and word_at(t.doc, t.i + 1) == "off" for t in near
    )


def _is_of_next_place(word: Token, end: int) -> bool:
    """Tell the "twice" of "flew to Peru in March and twice to Chile", of the last place alone."""
    if word.i + 1 >= end or word.nbor(-1).lower_ not in LIST_JOINTS:
        return False
    return word.lower_ in word_set("times_word") and word.nbor(1).lower_ == "to"


def bracketed(scene: Scene, i: int) -> int | None:
    """Return n of "Lima (four times)", "Quito (twice)" for the bracket at token `i`."""
    inside = [t.lower_ for t in scene.doc[i : i + 5]]
    if inside[:1] != ["("] or ")" not in inside:
        return None
    told = inside[1 : inside.index(")")]
    counted = len(told) == 1 or (len(told) == 2 and told[1] in word_set("counted_in_bracket"))
    number = number_in(told[0]) if told and counted else None
    return number if len(told) == 2 or (told and told[0] in word_set("times_word")) else None


def counted_behind(scene: Scene, i: int) -> tuple[int, int] | None:
    """Return n of "Lima four times", "Quito once each" for the count at token `i`, and its end."""
    doc, end = scene.doc, min(len(scene.doc), i + 3)
    told = [t.lower_ for t in doc[i:end]]
    if told[1:2] == ["times"]:
        number, last = number_in(told[0]), i + 2
    else:
        number, last = times_in_word(told[0]) if told else None, i + 1
    last += word_at(doc, last) == "each"
    acts = any(t.pos_ in VERBS for t in doc[last : last + 1])  # "Peru once sent him home"
    return (number, last) if number is not None and not acts else None


def times_in_word(word: str) -> int | None:
    """Return 1 for "once", 2 for "twice", None for "often"."""
    if word == "once":
        return 1
    return number_in(word) if word in word_set("times_word") else None


def counted_there(scene: Scene, spot: Spot) -> int | None:
    """Return n of "Lima four times" for a place, of "Quito and Oslo once each" for both."""
    doc, at = scene.doc, spot.end
    while counted_behind(scene, at) is None:
        joint = at
        while at < len(doc) and doc[at].lower_ in {",", "and"}:
            at += 1
        further = scene.spots(at) if at > joint else []
        if not further:
            return None
        at = further[-1].end
    counted = counted_behind(scene, at)
    return counted[0] if counted is not None else None


def lists_towns(scene: Scene, spot: Spot) -> bool:
    """Tell the towns of one trip in "visits to Quito and Cuenca" from "visits to Quito"."""
    doc, at = scene.doc, spot.end
    last = min(len(doc), scene.sentence(spot.start).end)
    while at < last and (doc[at].text == "," or doc[at].dep_ == "cc"):
        at += 1
    joined = spot.is_town and at > spot.end
    towns = (r for r in scene.places_in(at, at + 1) if r.kind == "place") if joined else ()
    return any(town.country == spot.country and town.name != spot.place for town in towns)


def _on_several(prep: Token, end: int) -> int | None:
    """Return n of "on n state visits", "on n occasions"."""
    number = number_in(prep.nbor().text) if prep.i + 1 < end else None
    if prep.i + 2 < end and prep.nbor().lower_ in word_set("count_untold"):
        told = prep.doc[prep.i + 2 : min(end, prep.i + 4)]
        return 0 if any(t.lower_ in word_set("occasions") for t in told) else None
    if number is None or number < 2:
        return None
    behind = prep.doc[prep.i + 2 : min(end, prep.i + 5)]
    return number if any(t.lower_ in word_set("occasions") for t in behind) else None


def is_first(scene: Scene, token: Token) -> bool:
    """Tell "first", "maiden", "for the first time" near a trigger."""
    sentence = scene.sentence(token.i)
    if word_set("first").isdisjoint([t.lower_ for t in sentence]) or _is_denied(sentence):
        return False
    if _first_before(token, sentence):
        return True
    behind = token.doc[token.i : min(sentence.end, token.i + 14)]
    if (time := _for_first_time(behind)) is not None:
        return not _is_of_other_verb(time, token)
    for told in (_first_owned(token, sentence), _first_of_history(token, sentence)):
        if told is not None:
            return told
    return _first_time(token, sentence)


def _for_first_time(span: Span) -> Token | None:
    """Return the "time" of "for the first time"."""
    times = (token for token in span if token.lower_ == "time" and token.i > 2)
    return next((t for t in times if t.doc[t.i - 3 : t.i].text.lower() == "for the first"), None)


def _is_of_other_verb(time: Token, trigger: Token) -> bool:
    """Tell whose "for the first time" is not the trip's.

    That of "met C for the first time when A visited B", "visited B and met C for the first time"
    is not; that of "for the first time in years A visited B", "A will for the first time pay B a
    visit" is.
    """
    over = _verb_over(time)
    own = trigger if trigger.pos_ in VERBS else _verb_over(trigger)
    while own is not None and own != over and own.dep_ == "xcomp" and own.head.pos_ in VERBS:
        own = own.head  # "For the first time, a president has decided to visit Peru"
    return over is not None and over not in {trigger, own}


def _verb_over(token: Token) -> Token | None:
    """Return the verb that a word hangs on, not the "including" of "received guests, including"."""
    return next((t for t in token.ancestors if t.pos_ in VERBS and t.dep_ != "prep"), None)


def _first_time(token: Token, sentence: Span) -> bool:
    """Tell "It is the first time X visits Y"; "told for the first time during the visit" is not."""
    if "the first time" not in sentence.text.lower():
        return False
    time = _for_first_time(sentence)
    if time is not None and time.i < token.i and _is_of_other_verb(time, token):
        return False
    during = token.dep_ == "pobj" and token.head.lower_ in {"during", "on", "in"}
    told = token.doc[sentence.start : token.i].text.lower()
    return not (during and " for the first time" in told)


def _is_denied(sentence: Span) -> bool:
    """Tell "It was not the first time that", "It wasn't the first trip", "among the first"."""
    doc = sentence.doc
    for i in range(sentence.start + 2, sentence.end):
        if doc[i].lower_ == "first" and doc[i - 1].lower_ in {"the", "his", "her", "a"}:
            some = doc[i - 2].lower_ == "among" or doc[i - 3 : i - 1].text.lower() == "one of"
            return some or doc[i - 2].dep_ == "neg"
    return False


def _first_before(token: Token, sentence: Span) -> bool:
    """Tell "his first official visit", but not "the first lady's visit"."""
    doc = token.doc
    for i in range(max(sentence.start, token.i - 9), min(sentence.end, token.i + 1)):
        if doc[i].lower_ in word_set("first") and not _is_of_else(doc[i], token):
            return True
    return False


def _is_of_else(first: Token, trigger: Token) -> bool:
    """Tell "the first lady", "the first to land", "among the first arrivals"."""
    doc = first.doc
    following = doc[first.i + 1].lower_ if first.i + 1 < len(doc) else ""
    ordinal = first.is_lower and first.i > 0 and doc[first.i - 1].lower_ in {"the", "'s", "’s"}
    if following in word_set("first_other") and not (ordinal and following in word_set("office")):
        return True
    if trigger.tag_ == "NNS" and trigger.head.lower_ == "among":
        return True
    if following == "time":
        return True  # read by `_first_time`
    if first.dep_ == "advmod" and first.head.pos_ == "VERB" and first.head != trigger:
        return True  # "as the daily first reported"
    if first.dep_ == "advmod" and first.head == trigger and _goes_on(trigger):
        return True
    if following == "to" and trigger.lemma_ in word_set("race"):
        return True
    if _is_of_gathering(first, trigger):
        return True
    if trigger.lemma_ in word_set("leads_through") and _is_stop_of_tour(first, trigger.sent):
        return True
    if trigger.lemma_ in word_set("leg_noun") and _is_of_tour_told(trigger):
        return True
    between = doc[first.i + 1 : trigger.i]
    if any(t.lower_ == "since" for t in between):
        return True  # "the first visit since she went there in 1988"
    return trigger.pos_ == "VERB" and any(t.lemma_ in noun_rules() for t in between)


def _goes_on(verb: Token) -> bool:
    """Tell "will first fly to Peru", "first went to Peru, then to Chile": the first of several.

    Not "first visited Peru in 2019", "first visited Peru in 2019, before the war".
    """
    if any(c.tag_ == "MD" for c in verb.children):
        return True
    behind = verb.doc[verb.i + 1 : verb.sent.end]
    return any(t.lower_ in word_set("leads_to_next") and _leads_on(t) for t in behind)


def _leads_on(word: Token) -> bool:
    """Tell the "then" of "then to Chile", "then on to Chile", "before going to Chile"."""
    for token in word.doc[word.i + 1 : min(word.i + _LEG_REACH, word.sent.end)]:
        if token.ent_type_ in {"GPE", "LOC"}:
            return True
        if token.pos_ not in {"ADP", "ADV", "PART"} and token.lemma_ not in verb_rules():
            return False
    return False


def _is_of_gathering(first: Token, trigger: Token) -> bool:
    """Tell "the inaugural summit was attended by X", not "his first summit abroad"."""
    named = first.head
    if first.dep_ != "amod" or named == trigger or named.lemma_ not in word_set("gathering"):
        return False
    return first.i == 0 or first.nbor(-1).lower_ not in _POSSESSIVES


def _is_of_tour_told(leg: Token) -> bool:
    """Tell "is touring Asia. His first destination is Peru", the first on that tour.

    Not "arrived in Peru. It is his first destination abroad since taking office".
    """
    beyond = {t.lower_ for t in leg.sent} & word_set("first_abroad")
    before = leg.doc[max(0, leg.sent.start - _TOLD_REACH) : leg.sent.start]
    return not beyond and any(t.lemma_.lower() in noun_rules() for t in before)


def _first_owned(token: Token, sentence: Span) -> bool | None:
    """Read "visited Peru, his first trip abroad"; None where there is no such phrase."""
    doc = token.doc
    for i in range(token.i + 2, min(sentence.end, token.i + 14)):
        if doc[i].lower_ in word_set("first") and doc[i - 1].lower_ in _POSSESSIVES:
            if _is_stop_of_tour(doc[i], sentence):
                continue
            return doc[i - 2].pos_ == "AUX" or doc[i - 2].text in OPENS_APPOSITION
    return None


def _first_of_history(token: Token, sentence: Span) -> bool | None:
    """Read "a visit to Peru, the first by a pope in decades"; None where there is none such."""
    doc = token.doc
    for i in range(token.i + 1, sentence.end - 1):
        if doc[i].lower_ != "the" or doc[i + 1].lower_ not in word_set("first"):
            continue
        if text_at(doc, i + 2) in word_set("land_noun"):
            continue  # "visited Peru, the first country to recognise Chad"
        if text_at(doc, i + 2) in {"having", "being"}:
            continue  # "was the second by a pope, the first having been made by A"
        counted = {t.lower_ for t in doc[i + 2 : i + 14]} & word_set("first_of")
        if counted and not _is_stop_of_tour(doc[i + 1], sentence):
            return doc[i - 1].text in OPENS_APPOSITION or doc[i - 1].pos_ == "AUX"
    return None


def _is_stop_of_tour(first: Token, sentence: Span) -> bool:
    """Tell "his first stop on a tour", "the first country of the trip" from a first visit."""
    behind = first.doc[first.i + 1 : min(first.i + _STOP_REACH, sentence.end)]
    at = next((n for n, t in enumerate(behind) if t.pos_ == "NOUN"), None)
    if at is None or behind[at].lemma_ not in word_set("leg_noun") | word_set("land_noun"):
        return False
    tour = any(t.lemma_ in word_set("leads_through") for t in behind[at + 1 :])
    return tour or behind[at].lemma_ in word_set("first_other")


__all__ = [
    "bracketed",
    "counted_behind",
    "counted_there",
    "is_first",
    "lists_towns",
    "times",
    "times_in_word",
]
