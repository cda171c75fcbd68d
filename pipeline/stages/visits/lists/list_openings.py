"""What the opening of a list of guests tells: that they are at an event, or nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.labels import FINITE, OBJECTS, PLURALS
from pipeline.neighbours import prep_objects, word_at, word_behind
from pipeline.stages.visits.tables import word_set

#: How long a heading over lines of guests may be, in tokens.
HEADING = 14
#: Words that tell something, from which those are told that hold a clause together.
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"})
#: How many tokens behind an arrival its day may stand: "at the Grand Hotel in Lima on Monday".
_DAY_BEHIND = 9
#: The lists of words that tell of those who are there, or of the list of them.
_THERE = ("of_guests", "tells_presence", "further_guests", "of_a_list", "<due>")
_WHERE_AND_WHEN = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC", "NORP"})


def may_tell_presence(forms: frozenset[str]) -> bool:
    """Tell whether a sentence of such words can tell presence and nothing else."""
    return not forms.isdisjoint(word_set(*_THERE))


def tells_nothing_else(said: Iterable[Token]) -> bool:
    """Tell "Also confirmed:", "International delegations included", "have all confirmed".

    Not "Other leaders in debt are", "Also fined:", which tell of something else, nor "The
    minister said", which tells of no guests.
    """
    told = [_forms(t) for t in said if _tells(t)]
    forms = frozenset().union(*told)
    if not forms.isdisjoint(word_set("absent", "absent_ones", "guest_of_old")):
        return False
    return may_tell_presence(forms) and all(not _known().isdisjoint(word) for word in told)


def tells_nothing_else_by(word: Token) -> bool:
    """Tell a word that tells of presence, or of nothing, from the "fined" of "Also fined:"."""
    return not _tells(word) or not _known().isdisjoint(_forms(word))


def _known() -> frozenset[str]:
    """Return the words that may stand where presence alone is told of."""
    return word_set(*_THERE, "of_presence", "beside_presence", "list_holds")


def _tells(word: Token) -> bool:
    """Tell a word that tells something, but where and when."""
    told = word.pos_ in _TELLING and word.ent_type_ not in _WHERE_AND_WHEN
    return told or word.lower_ in words("besides")


def _forms(word: Token) -> set[str]:
    return {word.lower_, word.lemma_.lower()}


def tells_presence(opening: Sequence[Token]) -> bool:
    """Tell "Other notable guests at the ceremony", "The leaders attending"."""
    # no vote is told by "the president-elect's inauguration"
    told = [t for t in opening if not (t.lower_ == "elect" and t.i and t.nbor(-1).text == "-")]
    shown = word_set("shows_list")  # "the list was presented" tells of nobody's presence
    told = [t for t in told if not (t.pos_ == "VERB" and t.lemma_ in shown)]
    forms = {t.lower_ for t in told} | {t.lemma_.lower() for t in told}
    if any(_is_in_place(t) or _is_visitor_to(t) for t in told) or _is_guest_list(told):
        forms |= word_set("tells_presence")
    if any(t.lower_ == "there" for t in opening[1:]):
        forms |= word_set("tells_presence")  # "the leaders who were there"
    pictured = is_row_of_picture(told)
    if pictured:
        forms |= word_set("tells_presence")
    named = forms & word_set("of_guests") or pictured or _is_following(told) or _is_promise(told)
    if forms & word_set("absent") or not named or is_open(told):
        return False
    if forms & word_set("tells_presence"):
        return True
    if any(_comes_together(t) or _joins_event(t) for t in opening):
        return True
    at = any(
        (t.lower_ in {"at", "for"} or (t.lower_ == "in" and t.head.lemma_ == "participant"))
        and {c.lemma_.lower() for c in t.children} & words("event")
        for t in opening
    )
    return at and bool(forms & word_set("sure_guest"))


def have_come(opening: Iterable[Token]) -> bool:
    """Tell "Presidents confirmed to have arrived so far": they are there."""
    forms = {token.lower_ for token in opening}
    return "have" in forms and not word_set("<arrived>").isdisjoint(forms)


def opens_besides(opening: Sequence[Token]) -> bool:
    """Tell "Besides A, other guests were B", "Along with A, those who have come include B"."""
    led = " ".join(t.lower_ for t in opening[:2])
    return led in word_set("as_well") or any(t.lower_ in words("besides") for t in opening)


def names_those_there(said: Sequence[Token]) -> bool:
    """Tell "Participants:", "Foreign guests:" over lines, which none bear who are elsewhere."""
    named = any(t.lower_ in word_set("at_event_by_name") and t.tag_ in PLURALS for t in said)
    if not named or said[-1].text != ":" or len(said) > HEADING:
        return False
    return not any(t.tag_ in FINITE for t in said) and tells_nothing_else(said)


def counts_guests(said: Sequence[Token]) -> bool:
    """Tell "There were seven guests from abroad", "Seven presidents attended", of an event."""
    named = any(t.lower_ in word_set("at_event_by_name") and t.tag_ in PLURALS for t in said)
    there = len(said) > 1 and said[0].lower_ == "there" and said[1].lemma_ == "be"
    counted = any(t.tag_ == "CD" for t in said)
    return counted and (tells_presence(said) or (named and there))


def is_of_retinue(opening: Sequence[Token]) -> bool:
    """Tell "Other members of the delegation included", "The UN delegation includes", who go along.

    Not "Members of the delegations present were", each of which has come for itself.
    """
    ones = [t for t in opening if t.lower_ in word_set("retinue")]
    return any(
        word_at(t.doc, t.i - 1) in word_set("of_one_trip")
        or any(c.dep_ == "poss" or c.lower_ in word_set("of_one_trip") for c in t.children)
        for t in ones
    )


def is_on_trip(opening: Sequence[Token]) -> bool:
    """Tell "Other senators on the trip", "Also on this tour", not "Leaders on a trip"."""
    trips = (t for t in opening if t.lemma_ in words("trip_noun") and t.tag_ == "NN")
    return any(
        word_at(t.doc, t.i - 1) in words("definite") and word_at(t.doc, t.i - 2) == "on"
        for t in trips
    )


def is_row_of_picture(opening: Sequence[Token]) -> bool:
    """Tell "From left in the front row", "In the picture, from left to right"."""
    said = " ".join(t.lower_ for t in opening)
    return any(sides in said for sides in word_set("from_left"))


def _is_following(opening: Sequence[Token]) -> bool:
    """Tell "The following have said they will come:", of people whom the lines below name."""
    named = [t for t in opening if t.lower_ == "following"]
    return any(word_behind(t) in word_set("<have>", "<be>") | {"will"} for t in named)


def _is_promise(opening: Sequence[Token]) -> bool:
    """Tell "Confirmed to attend the funeral:", "Expected to attend:", over the lines of a list."""
    first = opening[0].lower_ if opening else ""
    promised = first in word_set("has_promised", "<due>", "attending")
    return promised and opening[-1].text == ":" and opening[-1].i - opening[0].i < HEADING


def _is_guest_list(opening: Sequence[Token]) -> bool:
    """Tell "The guest list", "A look at the guest list", over the lines of guests."""
    last = next((t for t in reversed(opening) if t.is_alpha), None)
    return (
        last is not None and last.lower_ == "list" and last.nbor(-1).lower_ in {"guest", "guests"}
    )


def asks_who(said: Sequence[Token]) -> bool:
    """Tell "Who is attending", "Which leaders will be there", which the lines below answer."""
    return bool(said) and said[0].lower_ in word_set("asks_who")


def _is_in_place(token: Token) -> bool:
    """Tell the "in" of "The following heads of state are in Lima:"."""
    there = token.lower_ == "in" and token.head.lemma_ == "be" and token.head.tag_ != "VB"
    return there and any(c.ent_type_ == "GPE" for c in token.children)


def is_of_running_time(opening: Iterable[Token]) -> bool:
    """Tell "Visitors in Lima this week include", "Now in town are", not "Visitors this century"."""
    told = list(opening)
    now = any(t.lower_ in word_set("at_present") for t in told)
    return now or any(
        t.lower_ in word_set("runs_now") and t.nbor(-1).lower_ == "this" for t in told
    )


def _is_visitor_to(token: Token) -> bool:
    """Tell the "visitors" of "Foreign visitors in Lima this week include"."""
    if token.lower_ not in word_set("visitors_by_name"):
        return False
    return any(t.ent_type_ == "GPE" for t in prep_objects(token, "in", "to"))


def _comes_together(token: Token) -> bool:
    """Tell "The leaders meeting in Lima", "The heads of state meeting with the king" (by tag)."""
    if token.tag_ == "VBG":
        return token.lemma_ in word_set("gathers")
    of_heads = token.i > 1 and token.doc[token.i - 2 : token.i].text in word_set("of_heads")
    return of_heads and token.lower_.removesuffix("ing") in word_set("gathers")


def _joins_event(token: Token) -> bool:
    """Tell the "joining" of "Leaders joining the festivities are", not of "joining the pact"."""
    if token.lower_ not in word_set("joins_event"):
        return False
    joined = (c for c in token.children if c.dep_ in OBJECTS)
    return any({c.lower_, c.lemma_.lower()} & words("event") for c in joined)


def is_open(opening: Sequence[Token]) -> bool:
    """Tell "leaders who may attend", "who have yet to confirm", of whom nobody knows it."""
    if any(t.tag_ == "MD" and t.lower_ in words("possible") for t in opening):
        return True
    lemmas = [t.lemma_.lower() for t in opening]
    return any(
        first == "yet" and verb in word_set("settles_coming")
        for first, verb in zip(lemmas, lemmas[2:], strict=False)
    )


def arrival_dated(opening: Iterable[Token]) -> Token | None:
    """Return the "arriving" of "are among the leaders arriving on Friday", "those to arrive today".

    None for "among the leaders arriving for the rite on Friday", "among those who attended it".
    """
    for verb in opening:
        due = verb.lower_ in word_set("<arrive>") and verb.head.i < verb.i and verb.tag_ == "VB"
        if verb.lower_ not in word_set("<arriving>") and not due:
            continue
        for token in verb.doc[verb.i + 1 : verb.i + _DAY_BEHIND]:
            if token.ent_type_ in {"DATE", "TIME"}:
                return verb
            if token.lower_ not in word_set("before_day_or_place") and token.pos_ != "PROPN":
                break
    return None


__all__ = [
    "HEADING",
    "arrival_dated",
    "asks_who",
    "counts_guests",
    "have_come",
    "is_of_retinue",
    "is_of_running_time",
    "is_on_trip",
    "is_open",
    "is_row_of_picture",
    "may_tell_presence",
    "names_those_there",
    "opens_besides",
    "tells_nothing_else",
    "tells_nothing_else_by",
    "tells_presence",
]
