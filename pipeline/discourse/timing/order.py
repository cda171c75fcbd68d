"""Which a date is of where a sentence sets in order two trips, or one and what else was done."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.tables import words
from pipeline.labels import VERBS

#: How many tokens less than this stand between a trip and its date, and where one says whose it is.
_NEAR, _NEAR_OWNER = 9, 18
#: The commas around a name.
_PAIR = 2
_NOMINAL = frozenset({"ADP", "DET", "PROPN", "ADJ", "PART"})


def is_before_or_after(trigger: Token, verb: Token) -> bool:
    """Tell "will be in Rome on Saturday, after he called off a trip to Spain"."""
    for node in (trigger, *trigger.ancestors):
        if node == verb:
            return False
        if node.dep_ in {"advcl", "pcomp"}:
            marks = {c.lower_ for c in node.children if c.dep_ == "mark"} | {node.head.lower_}
            if marks & words("before_trip") | marks & words("after_trip"):
                return verb in node.ancestors
    return False


def other_trip(trigger: Token, date: int) -> Token | None:
    """Return the trip that a date is of where a sentence sets two in order, if not the trigger's.

    "The visit comes after his stay in Lima in May", "the trip follows a visit by X in May", "was
    preceded by a stop in Lima in May", "his visit in May follows a stay in Lima", "will be the
    second to visit Lima after X's May trip".

    Args:
        trigger: the word that tells the trip asked about.
        date: the token at which the date begins.
    """
    doc = trigger.doc
    owned = next((t for t in doc[date].ancestors if t.lemma_ in words("trip_noun")), None)
    if owned not in {None, trigger} and date < owned.i and order_over(owned) is not None:
        named = any(c.dep_ == "poss" and c.pos_ == "PROPN" for c in owned.children)
        if named or trigger.pos_ == "NOUN":
            return owned  # "the trip comes ahead of next month's visit by X"
    if trigger.pos_ != "NOUN":
        return None
    if date < trigger.i:
        before = doc[trigger.sent.start : date]
        order = order_over(trigger)
        second = order is not None and date < order.i
        return next((t for t in before if second and t.lemma_ in words("trip_noun")), None)
    span = doc[trigger.i + 1 : date]
    breaks = (t.i for t in reversed(list(span)) if t.pos_ in VERBS or t.text == ";")
    broken = next(breaks, -1)
    for token in span:
        stands_in = token.lower_ == "one" and token.nbor().lower_ == "by"
        named = token.lemma_ in words("trip_noun", "event") and token.pos_ == "NOUN"
        if not (named or stands_in):
            continue
        if named and order_over(trigger) is not None and trigger not in token.ancestors:
            return token  # "hot on the heels of A's visit will be a trip by B on Wednesday"
        owned_by = next((c for c in token.children if c.dep_ == "poss"), None)
        of_name = owned_by is not None and owned_by.pos_ == "PROPN"
        of_name = of_name and trigger not in token.children
        # "invited A to pay a visit during his trip to Lima in May"
        asked = token.head.lower_ == "during" and _is_asked_for(trigger)
        of_name = of_name or (owned_by is not None and asked)
        if of_name and stands_behind(token, date):
            return token  # "described his visit as a return of X's trip to Lima in May"
        if token.i < broken:
            continue
        order = order_over(token)
        if order is not None and order.i > trigger.i:
            return token
    return None


def _is_asked_for(trip: Token) -> bool:
    """Tell the visit of "invited A to pay a visit during", which is not when she was asked."""
    return any(t.lemma_ in words("invite") for t in trip.ancestors)


def stands_behind(trigger: Token, date: int) -> bool:
    """Tell the date of "a visit to Lima last week": nothing stands between but the place.

    So the date of "the visit of Peru's minister of trade, Ana Reyes, last week", but for whose
    visit it is.
    """
    between = trigger.doc[trigger.i + 1 : date]
    near = 0 < len(between) < _NEAR and all(
        t.pos_ in _NOMINAL or t.lower_ in words("place_noun") or _opens_land(t) for t in between
    )
    return near or _ends_in_owner(between)


def _ends_in_owner(between: Span) -> bool:
    """Tell "of Peru's minister of trade, Ana Reyes, in", all that stands between trip and date."""
    commas = [t.i - between.start for t in between if t.text == ","]
    if len(commas) != _PAIR or len(between) >= _NEAR_OWNER:
        return False
    office, name, link = (
        between[: commas[0]],
        between[commas[0] + 1 : commas[1]],
        between[commas[1] + 1 :],
    )
    named = len(name) > 0 and all(t.pos_ == "PROPN" and t.ent_type_ == "PERSON" for t in name)
    owned = any(t.lower_ in {"by", "of"} for t in office) and office[-1].pos_ == "NOUN"
    return (
        named
        and owned
        and all(t.pos_ in _NOMINAL | {"NOUN"} for t in office)
        and all(t.pos_ in {"ADP", "ADJ", "DET"} for t in link)
    )


def _opens_land(comma: Token) -> bool:
    """Tell the comma of "Kampala, Uganda"."""
    named = comma.doc[comma.i - 1].pos_ == comma.doc[comma.i + 1].pos_ == "PROPN"
    return comma.text == "," and named and comma.doc[comma.i + 1].dep_ in {"appos", "compound"}


def is_behind_after(trigger: Token, date: int) -> bool:
    """Tell "heads to Lima on Wednesday after visiting Chile", where the parse misses the verb.

    Args:
        trigger: what is told.
        date: the first token of a date that hangs on no verb.
    """
    over = trigger.head
    after = trigger.dep_ == "pcomp" and over.lower_ in words("after_trip")
    return after and over.head.i < date < over.i


def is_of_news_after(verb: Token, trigger: Token) -> bool:
    """Tell the verb of "his first visit after being appointed in May", which May dates."""
    over = verb.head if verb.dep_ == "pcomp" else None
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"} | {over.lower_ if over else ""}
    if verb.dep_ not in {"pcomp", "advcl"} or not marks & words("after_trip"):
        return False
    return trigger not in verb.subtree and trigger.i < verb.i


def order_over(noun: Token) -> Token | None:
    """Return the "after", "follows" or "preceded by" by which a trip is set behind another."""
    over = noun.head
    if over.lower_ in words("after_trip") | {"before"}:
        return over
    if over.lower_ == "of" and over.head.lower_ in words("beside_in_time"):
        return over
    if over.dep_ == "agent":
        over = over.head
    return over if over.lemma_ in words("sets_in_order") else None


def is_fresh_from(noun: Token) -> bool:
    """Tell the trip of "arrived in Lima, fresh from a visit to Quito", which is over.

    So of "will sign a pact, building on her visit to Quito".
    """
    over = noun.head
    if over.lower_ in {"on", "upon"}:
        above = over.head if over.head.dep_ == "advcl" else over.head.head
        return above.dep_ == "advcl" and above.lower_ in words("building_on_trip")
    return over.lower_ in {"from", "off"} and over.head.lower_ in words("fresh_from")


__all__ = [
    "is_before_or_after",
    "is_behind_after",
    "is_fresh_from",
    "is_of_news_after",
    "order_over",
    "other_trip",
    "stands_behind",
]
