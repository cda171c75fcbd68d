"""Lists of guests told in whatever words: by what their opening says, not by fixed phrases.

"Other prominent guests at the ceremony were A and B", "Leaders who had landed by noon include A",
"The rest are A and B", "There was also C" behind another list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE, line_end, lines_end
from pipeline.stages.visits.lists.guest_lists import (
    is_of_state,
    list_end,
    listed,
    named_besides,
    starts_list,
)
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.lists.list_openings import (
    HEADING,
    asks_who,
    counts_guests,
    have_come,
    is_of_retinue,
    is_on_trip,
    names_those_there,
    tells_nothing_else,
    tells_presence,
)
from pipeline.stages.visits.lists.listed_guests import made_of_list
from pipeline.stages.visits.lists.shared_trips import (
    BACK,
    FURTHER,
    alike,
    is_from_elsewhere,
    of_body,
    others_of_trip,
    trip_of_others,
)
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.represented import is_stood_for

#: How long the opening of a list may be, in tokens.
_OPENING = 32
#: How long one may be with the list in the lines below it, in tokens, and how many guests it has.
_LONG_OPENING, _LEAST = 50, 2
#: What stands between a guest and his land.
_OF = frozenset({"of", "from", "for"})


def opened_list(reader: ArgumentReader, link: Token) -> Iterator[Candidate]:
    """Read the guests behind a link whose opening tells of being at an event.

    "Some of the heads of state attending include A" fires; "Leaders who sent messages include A",
    "The ministers are A and B" do not.
    """
    if link.lower_ not in word_set("<link>") or reader.is_remote(link):
        return
    if link.lemma_ == "be" and any(c.lower_ == "it" and c.i < link.i for c in link.children):
        return  # "though several had been asked, it is only A who came"
    if _is_made_up(reader, link) or _is_of_one_named(reader, link) or _are_else(reader, link):
        return
    sentence = reader.scene.sentence(link.i)
    opening = [t for t in sentence.doc[sentence.start : link.i] if not t.is_space]
    if is_of_retinue(opening) or any(map(is_stood_for, opening)):
        return  # "Countries represented by their ministers are A and B", which that verb reads
    if (came := trip_of_others(reader, link, opening)) is not None:
        yield from others_of_trip(reader, link, came)
        return
    if is_on_trip(opening) or _stayed_away(reader, sentence.start, opening):
        return
    if (body := of_body(reader, link)) is not None:
        if body.status == "invited" and any(t.lower_ in word_set("has_promised") for t in opening):
            body = replace(body, fact=Fact("planned", weak=True))  # "The confirmed leaders are A"
        yield from others_of_trip(reader, link, body, ranked=True)
        return
    if of_list := _announced(reader, link, opening):
        opening = [*of_list, *opening]
    further = _goes_on(reader, link, opening) or bool(of_list)
    longest = 2 * _LONG_OPENING if of_list else _OPENING
    if not 0 < len(opening) <= longest or not (further or tells_presence(opening)):
        return
    if any(t.rule in guest_rules() and t.at >= sentence.start for t in reader.told):
        return
    stop = list_end(reader, link.i + 1, sentence)
    guests = list(listed(reader, link.i + 1, stop))
    if not guests or not starts_list(reader, guests[0], link.i + 1, hosted=False):
        return
    guests += named_besides(reader, sentence.start, link.i)
    yield from of_opening(reader, link, opening, guests, stop=stop)


def _stayed_away(reader: ArgumentReader, start: int, opening: Sequence[Token]) -> bool:
    """Tell the list of "Two leaders did not attend. They are A and B", of those not there."""
    before = reader.scene.sentence(start - 1).start if start else 0
    told = [t for t in reader.told if before <= t.at < start]
    back = len(opening) == 1 and opening[0].pos_ == "PRON"
    away = bool(told) and told[-1].status is None and told[-1].actor is not None
    return back and away and told[-1].actor is not None and told[-1].actor.reference.plural


def _are_else(reader: ArgumentReader, link: Token) -> bool:
    """Tell the "were" of "there were calls for A to resign" from "there were ten guests: A, B"."""
    there = any(c.dep_ == "expl" for c in link.children)
    told = next((c for c in link.children if c.dep_ in {"attr", "nsubj"} and c.i > link.i), None)
    if not there or told is None or reader.scene.at(told.i):
        return False
    return word_set("of_guests").isdisjoint({told.lower_, told.lemma_.lower()})


def listed_below(reader: ArgumentReader, sign: Token) -> Iterator[Candidate]:
    """Read the guests in the lines below a sentence that tells of a list of them.

    "Here is a list of leaders who will attend the summit in Lima.⏎Peru – President A⏎Chile – B"
    fires; "Here is a list of the winners:" does not, nor what stands in the same line.
    """
    if line_end(reader, sign.i, last=sign.i + 2) != sign.i + 1:
        return
    sentence = reader.scene.sentence(sign.i)
    said: Sequence[Token] = [t for t in sentence if not t.is_space]
    if not said or said[-1] != sign:
        return
    if sign.text == "." and not {t.lower_ for t in said} & word_set("announces_list"):
        return
    if sign.text == "?" and not asks_who(said):
        return
    if not (named := names_those_there(said)) and not tells_presence(said):
        said = _with_sentence_before(reader, said)
    there = named or tells_presence(said)
    if len(said) > _LONG_OPENING or not there or reader.is_remote(sign):
        return
    if any(t.rule in guest_rules() and t.at >= sentence.start for t in reader.told):
        return
    stop = lines_end(reader, sign.i + 1)
    guests = list(listed(reader, sign.i + 1, stop))
    if len(guests) >= _LEAST:
        yield from of_opening(reader, sign, said, guests, stop=stop)


def _with_sentence_before(reader: ArgumentReader, said: Sequence[Token]) -> Sequence[Token]:
    """Return what is told before and in "Ten leaders attended. The list is as follows:"."""
    number = reader.scene.sentence_of[said[0].i]
    if not number or not tells_nothing_else(said):
        return said
    return [*(t for t in reader.scene.sentences[number - 1] if not t.is_space), *said]


def listed_under_heading(reader: ArgumentReader, word: Token) -> Iterator[Candidate]:
    """Read the guests in the lines below a heading that tells of their presence, without a sign.

    "Leaders attending the funeral⏎Peruvian President A⏎Chilean President B" fires; "Leaders who
    sent messages" over them does not.
    """
    scene, doc = reader.scene, reader.scene.doc
    sentence = scene.sentence(word.i)
    if word.lower_ in word_set("asks_who") and word.i - sentence.start > 1:
        return
    stop = line_end(reader, word.i)
    said = [t for t in doc[sentence.start : stop] if not t.is_space]
    if stop >= len(doc) or not said or said[-1].is_punct or len(said) > HEADING:
        return
    told = (t for t in said if t.tag_ in FINITE and t.lower_ not in word_set("<attended>"))
    if any(told) and not asks_who(said):
        return
    if not tells_presence(said) or reader.is_remote(word):
        return
    if any(t.rule in guest_rules() and t.at >= sentence.start for t in reader.told):
        return
    end = lines_end(reader, stop)
    guests = list(listed(reader, stop, end))
    if len(guests) >= _LEAST:
        yield from of_opening(reader, said[-1], said, guests, stop=end)


def goes_on_verbless(reader: ArgumentReader, stop: Token) -> Iterator[Candidate]:
    """Read "Presidents A of Chad, B of Fiji and C of Peru.", a list that goes on without a verb.

    It stands right behind one told of guests, and begins with a guest; so "Presidents C and D."
    fires behind "Also present were A and B.", "Photo: C and D." does not.
    """
    scene = reader.scene
    sentence, number = scene.sentence(stop.i), scene.sentence_of[stop.i]
    if stop.i != sentence.end - 1 or any(t.tag_ in FINITE and not scene.at(t.i) for t in sentence):
        return
    before = [t for t in reader.told if scene.sentence_of[t.at] == number - 1]
    several = len({t.actor.key for t in before if t.actor is not None}) >= _LEAST
    told = before[-1] if before else None
    if told is None or not (several or told.rule in guest_rules()) or "event" not in told.notes:
        return
    guests = list(listed(reader, sentence.start, sentence.end))
    led = [guest for guest in guests if guest.reference.role_kind]
    if len(guests) < _LEAST or not led or guests[0].token > sentence.start + 1:
        return
    if any(_tells_more(t) for t in sentence):
        return
    yield from (alike(told, guest, stop) for guest in guests if is_from_elsewhere(guest, told))


def _tells_more(token: Token) -> bool:
    """Tell a word of "A of Peru and B of Chad by video", "A and B not", "A versus B: a feud"."""
    if token.text == ":" or token.lower_ in word_set("absent", "absent_ones", "opposes"):
        return True
    return token.pos_ == "ADP" and token.lower_ not in _OF


def of_opening(
    reader: ArgumentReader,
    link: Token,
    opening: Sequence[Token],
    guests: Sequence[Actor],
    *,
    stop: int,
) -> Iterator[Candidate]:
    """Yield the trips of those listed up to token `stop` behind what opens the list."""
    rule = guest_rules()["opened_list"]
    # "Leaders invited to it include A and B", "Others being sent invitations include A"
    asked = any(t.lower_ == "invited" or _is_invitation_sent(t) for t in opening)
    forms = {form for t in opening for form in (t.lower_, t.lemma_.lower())}
    heads = bool(forms & {"heads", "head"} and forms & {"state", "states"})
    leading = heads or bool(forms & word_set("leaders_of_list"))
    official = not forms & word_set("guests_of_trade")
    ranked = sum(bool(guest.reference.role) for guest in guests)
    leading = leading or 2 * ranked > len(guests) or _goes_on_of_list(reader, link, opening)
    official = official and (leading or is_of_state(reader, link))
    for made in made_of_list(reader, link, rule, guests, among=range(link.i + 1, stop)):
        told = made.actor.reference if made.actor is not None else None
        if told is None or not (told.role or (official and told.country)):
            continue  # "Participants include A (Peru)", "Business leaders include B"
        fact = Fact("invited") if asked else made.fact
        ahead = fact.status == "ongoing" and "will" in forms
        promised = forms & word_set("has_promised") and not have_come(opening)
        if ahead or promised:
            fact = Fact("planned", weak=True)  # "Those who have confirmed attendance include A"
        yield replace(made, fact=fact)


def _is_invitation_sent(token: Token) -> bool:
    """Tell the "invitations" of "leaders who were sent invitations", not of "accepted" ones."""
    verb = token.head
    asked = token.lemma_ in words("invitation") and token.dep_ in OBJECTS
    return asked and verb.lemma_ in word_set("hands_invitation")


def _announced(reader: ArgumentReader, link: Token, opening: Sequence[Token]) -> Sequence[Token]:
    """Return the sentence that tells of the list of "It includes A and B", none for another's.

    "The list of heads of state who will attend was released. It includes A and B" fires.
    """
    number = reader.scene.sentence_of[link.i]
    if any(t.lower_ in word_set("absent") for t in opening):
        return ()  # "Among the countries not invited were A and B"
    if number and {t.lower_ for t in opening[:FURTHER]} & word_set("names_lands"):
        told = [t for t in reader.scene.sentences[number - 1] if not t.is_space]
        return told if tells_presence(told) else ()  # "The countries are A and B"
    if number and _means_those_told(opening):
        near = [reader.scene.sentences[n] for _, n in reader.scene.backwards(number, BACK)][1:]
        before = ([t for t in sentence if not t.is_space] for sentence in near)
        return next((said for said in before if counts_guests(said)), ())
    if link.lemma_ not in word_set("list_holds") or not opening or not number:
        return ()
    if _are_those_told(reader, link):
        near = [reader.scene.sentences[n] for _, n in reader.scene.backwards(number, BACK)][1:]
        said = ([t for t in sentence if not t.is_space] for sentence in near)
        return next((told[-_LONG_OPENING:] for told in said if tells_presence(told)), ())
    if len(opening) > FURTHER:
        return ()
    last = [t for t in reader.scene.sentences[number - 1] if not t.is_space]
    if opening[0].lower_ == "this" and len(opening) == 1:
        return last if tells_presence(last) else ()  # "This includes A and B"
    listed = opening[-1].lower_ == "list" or (opening[0].lower_ == "it" and len(opening) == 1)
    is_told = listed and any(t.lower_ == "list" for t in (*last, *opening))
    return last if is_told and tells_presence(last) else ()


def _means_those_told(opening: Sequence[Token]) -> bool:
    """Tell "The seven were", "The six guests are" of those whom a sentence before counts."""
    if not 1 < len(opening) <= FURTHER or opening[0].lower_ not in words("definite"):
        return False
    return all(t.tag_ == "CD" or t.lower_ in word_set("<guest>") for t in opening[1:])


def _are_those_told(reader: ArgumentReader, link: Token) -> bool:
    """Tell "those leaders included", "statesmen from both shores included", told of just before."""
    subject = reader.scene.subject(link)
    if subject is None or subject.tag_ not in PLURALS | {"NNP"}:
        return False
    told = any(c.lower_ in {"those", "these"} for c in subject.children)
    if subject.lower_ in word_set("<guest>"):
        return told
    return any(r.kind == "office" and r.plural for r in reader.scene.at(subject.i))


def _is_made_up(reader: ArgumentReader, link: Token) -> bool:
    """Tell "The team that flew in included A", who only goes along with it."""
    subject = reader.scene.subject(link) if link.lemma_ == "include" else None
    return subject is not None and subject.lemma_.lower() in words("the_group") | word_set(
        "retinue"
    )


def _is_of_one_named(reader: ArgumentReader, link: Token) -> bool:
    """Tell "Prime Minister X, who has arrived, is the chairman of the bloc": what X is, no list."""
    own = (c for c in link.children if c.dep_ in SUBJECTS and c.i < link.i)
    named = any(r.kind == "person" and r.name for t in own for r in reader.scene.at(t.i))
    if not named or link.lemma_ != "be":
        return False
    # "leaders among whom, in addition to host X, will be A and B"
    before = link.doc[reader.scene.sentence(link.i).start : link.i]
    return not any(t.lower_ in words("besides") for t in before)


def _goes_on_of_list(reader: ArgumentReader, link: Token, opening: Sequence[Token]) -> bool:
    """Tell "Other notables there are B and C" behind a list of guests: they are of their rank."""
    if opening[0].lower_ not in word_set("more_guests"):
        return False
    number = reader.scene.sentence_of[link.i]
    near = {n for _, n in reader.scene.backwards(number, 1)}
    return any(
        t.rule in guest_rules() and reader.scene.sentence_of[t.at] in near for t in reader.told
    )


def _goes_on(reader: ArgumentReader, link: Token, opening: Sequence[Token]) -> bool:
    """Tell "The rest are", "Others were", "There was also" behind a list told just before."""
    if not 0 < len(opening) <= FURTHER:
        return False
    forms = {t.lower_ for t in opening}
    there = opening[0].lower_ == "there" and word_behind(link) in {"also", "too"}
    # "Former heads of state include C" behind "Among the leaders expected are A and B"
    former = forms & words("of_old") and forms & (
        word_set("leaders_of_list") | {"heads", "leaders"}
    )
    further = there or former or forms & word_set("further_guests")
    if not further or forms & word_set("absent"):
        return False
    numbers = [n for _, n in reader.scene.backwards(reader.scene.sentence_of[link.i], BACK)]
    return any(
        reader.scene.sentence_of[t.at] in numbers[1:] and "event" in t.notes for t in reader.told
    )


__all__ = [
    "goes_on_verbless",
    "listed_below",
    "listed_under_heading",
    "of_opening",
    "opened_list",
]
