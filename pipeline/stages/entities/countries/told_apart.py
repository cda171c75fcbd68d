"""Persons whose office another sentence gives without their name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.asides import telling_sentences
from pipeline.labels import NOUNS, OBJECTS, SUBJECTS, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.entities.countries.home import speaks_for_state
from pipeline.stages.entities.names.credits import is_credited
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How many sentences, blank ones left out, may lie from a person to the office.
_REACH = 2


def give_offices_told_apart(
    doc: Doc,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    lands: Sequence[PartySpan | PlaceSpan] = (),
) -> None:
    """Give X of "Ruto met X in Nairobi. The Norwegian foreign minister pledged aid" the office.

    So X of a headline "Norwegian foreign minister in Nairobi" over "X arrived on Tuesday", of
    "Ruto welcomed X, as the Norwegian foreign minister began a visit", and of "X began a tour. It
    will take the Norwegian foreign minister to Nairobi". An office whose holder is named elsewhere
    is given to nobody, nor one that two may hold.

    Args:
        lands: the countries and places told of, by which "X will visit Lima, the Peruvian
            president's office said" tells that X comes as a guest.
    """
    going_on = {o.head_start for o in offices if _is_alone(o) and _goes_on(doc, o)}
    received = {o.head_start for o in offices if _is_alone(o) and _is_guest(doc, o)}
    started = going_on | received
    open_offices = [o for o in offices if o.head_start in started or _is_open(doc, o)]
    if not open_offices:
        return
    bare = [
        person
        for person in persons
        if (person.is_bare or _is_surname(person)) and not is_credited(doc, person)
    ]
    if not bare:
        return
    starts = [s.start for s in telling_sentences(doc)]
    at_sentence: dict[int, list[Person]] = defaultdict(list)
    for person in bare:
        at_sentence[bisect_right(starts, person.spans[0].start)].append(person)
    held = {
        (office.kind, o_country)
        for p in persons
        for office in p.offices
        for o_country in {office.country, p.country}
    }
    taken = {office.head_start for p in persons for office in p.offices}
    for office in open_offices:
        if office.head_start in taken or (office.kind, office.country) in held:
            continue
        number = bisect_right(starts, office.head_start)
        own = office.head_start in going_on
        if own and _is_at_home(doc, office, lands):
            continue
        beside = at_sentence.get(number, [])
        guest = office.head_start in received
        near = iter(beside if len(beside) == 1 else ()) if own else _near(at_sentence, number)
        for person in near:
            sure = guest or _is_surname(person)
            before = person.spans[0].start < office.start
            told = before and (own or not guest or _is_surname(person))
            if sure and (told or not _comes(doc, person)):
                break
            if not own and _greets(doc, person):
                break
            if person.offices or (own and person.spans[0].start > office.start):
                continue
            if _is_described(doc, person, {"appos", "relcl"} if own else {"appos"}):
                break
            if _acts(doc, person) and (not own or _is_received(doc, person, office)):
                person.offices.append(replace(office))
                held.add((office.kind, office.country))
            break


def _is_surname(person: Person) -> bool:
    """Tell who is called by one word, and told to be nothing."""
    return not (person.offices or person.countries or person.leader or len(person.words) > 1)


def _is_guest(doc: Doc, office: OfficeSpan) -> bool:
    """Tell the president of "A received the Peruvian president", who is named next."""
    head = doc[office.head_start : office.head_end].root
    if head.dep_ == "pobj":  # "Visit of the President of Peru"
        led = head.head.lower_ in word_set("of_traveller")
        return led and head.head.head.lemma_.lower() in word_set("journey_noun")
    return head.dep_ in OBJECTS and head.head.lemma_ in word_set("receives_guest")


def _comes(doc: Doc, person: Person) -> bool:
    """Tell X of "X, who arrived on Monday, thanked his host", as guests do."""
    root = doc[person.spans[0].start : person.spans[0].end].root
    verbs = [root.head] if root.dep_ in SUBJECTS else []
    verbs += [c for c in root.children if c.dep_ == "relcl" and root.dep_ in SUBJECTS]
    return any(verb.lemma_ in word_set("comes_to", "done_by_guest") for verb in verbs)


def _greets(doc: Doc, person: Person) -> bool:
    """Tell X of "X greeted the guest", who is none."""
    root = doc[person.spans[0].start : person.spans[0].end].root
    greeting = word_set("receives_guest") - {"meet"}
    return root.dep_ in SUBJECTS - {"nsubjpass"} and root.head.lemma_ in greeting


def _near(at_sentence: dict[int, list[Person]], number: int) -> Iterator[Person]:
    """Yield whoever alone is first told of in a sentence near an office's, before it first."""
    for step in range(1, _REACH + 1):
        for at in (number - step, number + step):
            if len(at_sentence.get(at, ())) == 1:
                yield at_sentence[at][0]


def _is_described(doc: Doc, person: Person, telling: Collection[str]) -> bool:
    """Tell "singer X", "X, a nurse," "X, who fled last year," from one who is but named.

    Args:
        telling: the relations of what stands behind a name and tells who bears it.
    """
    name = doc[person.spans[0].start : person.spans[0].end]
    before = doc[max(0, name.start - 1) : name.start]
    told = any(t.pos_ in NOUNS for t in before)
    told = told and before.text.lower() not in word_set("tail_honorific")
    return told or any(c.dep_ in telling for c in name.root.children)


def _goes_on(doc: Doc, office: OfficeSpan) -> bool:
    """Tell the office of "X landed in Lima as the Norwegian premier tries", of X's own sentence.

    So of "X will fly to Lima, the Norwegian premier's office said", and not of "X landed in Lima,
    where the Norwegian premier spoke".
    """
    head = doc[office.head_start : office.head_end].root
    verb = head.head
    if office.determiner != "the":
        return False
    if head.dep_ == "poss" and verb.lemma_.lower() in word_set("speaks_for_holder"):
        return verb.dep_ == "nsubj" and verb.head.lemma_ in word_set("speech")
    whom = (t for t in verb.subtree if t.tag_ == "PRP" and t.lower_ in {"him", "her"})
    if head.dep_ not in SUBJECTS or any(whom):
        return False  # "X fled as the Norwegian premier swore to have him arrested"
    marks = (c for c in verb.children if c.dep_ == "mark")
    if verb.lemma_ not in word_set("pursues_on_trip"):
        return False  # "X flew to Lima as the Norwegian premier resigned", who is another
    during = verb.dep_ == "advcl" and any(c.lower_ in word_set("goes_on_with") for c in marks)
    return during or (verb.dep_ == "pcomp" and verb.head.lower_ == "with")


def _is_at_home(doc: Doc, office: OfficeSpan, lands: Sequence[PartySpan | PlaceSpan]) -> bool:
    """Tell the office of "X will fly to Lima, the Peruvian president's office said": X's host's."""
    start = doc[office.head_start].sent.start
    there = (land for land in lands if start <= land.start < office.start)
    codes = {land.code if isinstance(land, PartySpan) else land.country for land in there}
    return office.country in codes


def _is_received(doc: Doc, person: Person, office: OfficeSpan) -> bool:
    """Tell who is met or talks, as officials do, or whose trip the holder's office tells ahead.

    "X flew to Lima as the Norwegian premier sought a deal" may be of anybody.
    """
    before = doc[doc[office.head_start].sent.start : office.start]
    if any(t.lemma_.lower() in word_set("official_business") for t in before):
        return True
    verb = _verb(doc[person.spans[0].start : person.spans[0].end].root)
    return verb.lemma_ in word_set("host_verb")


def _is_alone(office: OfficeSpan) -> bool:
    """Tell a state's office by itself: "the Norwegian premier", not "former Norwegian premiers".

    Nor "The Duke of Kent", "The King of Tonga", who are called by nothing else.
    """
    of_body = office.kind in word_set("post_of_body") and office.form.scope == "organization"
    ours = is_country(office.country or "") or office.kind in word_set("post_of_body")
    told = office.country is not None and ours and (speaks_for_state(office) or of_body)
    if not told or office.plural or office.former or office.kind in {"counterpart", "delegation"}:
        return False
    crowned = office.form.office == "royal" or not word_set("crown").isdisjoint(
        office.form.form.split()
    )
    return not crowned and office.determiner in {None, "the"}


def _is_open(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "The Norwegian premier said", "Norwegian premier in Lima" from one that is named."""
    if not _is_alone(office):
        return False
    head = doc[office.head_start : office.head_end].root
    opens = any(t.is_sent_start for t in doc[max(0, office.start - 3) : office.start + 1])
    return (opens and (head.dep_ in SUBJECTS or head.dep_ == "ROOT")) or _is_taken(head)


def _is_taken(head: Token) -> bool:
    """Tell the premier of "a tour that will take the Norwegian premier to Lima"."""
    verb = head.head
    if head.dep_ != "dobj" or verb.lemma_ not in word_set("carries_guest"):
        return False
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    trips = {(verb.head if c.tag_ in {"WDT", "WP"} else c).lemma_.lower() for c in doers}
    return bool(trips & word_set("trip_of_guest"))


def _acts(doc: Doc, person: Person) -> bool:
    """Tell who speaks, travels or is met, as holders of offices do."""
    deeds = word_set("speech", "comes_to", "host_verb", "human_verb")
    return any(
        _verb(doc[s.start : s.end].root).lemma_ in deeds | word_set("does_as_official")
        for s in person.spans
    )


def _verb(token: Token) -> Token:
    while token.pos_ not in VERBS and token.head != token:
        token = token.head
    return token


__all__ = ["give_offices_told_apart"]
