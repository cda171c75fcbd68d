"""The trips of those whom a list of guests names, to the event told of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Span, Token

from pipeline.discourse.facts import VERBLESS
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.events.told_meals import meal_told
from pipeline.stages.visits.lists.guest_lines import BELOW, FINITE, of_line
from pipeline.stages.visits.lists.guest_lists import LEAD_IN, is_of_state
from pipeline.stages.visits.lists.guest_phrases import GuestRule, RollRule, guest_rules
from pipeline.stages.visits.lists.list_arrivals import (
    as_news,
    due_to_land,
    is_land_of_guests,
    landed_there,
    only_came,
    verb_of_landing,
)
from pipeline.stages.visits.lists.list_openings import (
    arrival_dated,
    have_come,
    is_of_running_time,
    is_row_of_picture,
)
from pipeline.stages.visits.tables import word_set

#: How far behind a list, or before its verb, a word of it may stand, in tokens.
_WHO = 4
#: Within how many sentences behind it a list may go on.
_LIST_REACH = 2


def made_of_list(
    reader: ArgumentReader,
    token: Token,
    rule: GuestRule,
    listed: Sequence[Actor],
    *,
    among: range,
) -> Iterator[Candidate]:
    """Yield the trips of listed guests to the event told of, none of those at home there."""
    begin = reader.scene.sentence(token.i).start
    if rule.side == "behind" and token.doc[among.start - 1].text in BELOW:
        listed = [of_line(reader, actor) for actor in listed]
    countries = {a.country for a in listed if a.country}
    if rule.side == "behind":
        listed = _as_leaders(reader, listed, token.doc[begin : among.start])
    if not countries or not any(a.reference.role_kind for a in listed):
        return
    if any(_is_away(t) for t in _up_to_next_clause(reader, token)):
        return  # "with most leaders, including A and B, absent from the summit"
    if rule.side == "before" and (_stay_away(token) or _is_elsewhere(reader, token, countries)):
        return
    acts = token.pos_ == "VERB" or rule.id == "are_present"
    acts = acts or (token.lower_ == "be" and rule.side == "behind")  # "will be present: A and B"
    if rule.id == "opened_list" or isinstance(rule, RollRule):  # "Also on the list are A and B"
        acts = acts or (token.pos_ == "AUX" and token.dep_ == "ROOT")
    verb = token if acts else governing_verb(token)
    hosts = _hosts(reader, verb) if rule.hosted and verb is not None else []
    host = _home_of(reader, verb, hosts) if rule.hosted and verb is not None else None
    landed = verb_of_landing(token.doc, among.start, begin) if rule.side == "behind" else None
    seen = partial(
        event_scene,
        reader,
        token,
        listed=among if rule.side == "behind" else range(0),
        needs_event=rule.needs_event,
        own_place=True,
        of_report=True,
    )
    event, spot = seen(but=countries if len(countries) == 1 else ())
    if landed is not None and spot is not None and is_land_of_guests(reader, spot, countries):
        event, spot = seen(but=countries)  # "the leaders from Peru and Chad landed", none at home
    if event is None and rule.needs_event and spot is None and rule.side == "behind":
        spot = reader.understood.at_rite(token.i)  # "Dignitaries include A", in a funeral's report
        event = token if spot is not None else None
    if host is not None and (spot is None or spot.country != host):
        spot = None
    ground = spot.country if spot is not None else host
    goes_on = _list_before(reader, token, event) if host is None else None
    if goes_on is not None and ground is None:
        spot, ground, event = goes_on.spot, goes_on.destination, token.doc[goes_on.at]
    if ground is None and landed is not None:
        # "Others who landed on Monday were A and B", where those landed who were told of before
        spot = reader.understood.set_in(landed.i, but=countries)  # none lands at home
        ground = spot.country if spot is not None else None
    elsewhere = ground is None or (rule.needs_event and event is None)
    if elsewhere and landed is None:
        return
    if acts:
        verb = token.head if token.dep_ == "auxpass" else token
    came = [t for t in token.doc[token.i : among.start] if t.lower_ in word_set("<arrived>")]
    if rule.phase == "arrive" and came:
        verb = came[0]  # "those who have arrived are": they have
    said = token.doc[begin : among.start]
    finite = any(t.tag_ in FINITE for t in reader.scene.sentence(token.i))
    fact = _fact(verb) if verb is not None and finite else _fact_of_heading(said)
    fact = _fact_of_before(reader, token, goes_on) or fact
    if rule.phase == "arrive" and _have_been(token.doc[token.i : among.start]):
        fact = Fact("completed", reason="arrived")
    opened = begin if rule.id == "opened_list" else _clause_of(token)
    opening = token.doc[opened : among.start] if among.start > token.i else _told_of(token)
    ahead = {t.lower_ for t in opening} & (word_set("<due>", "has_promised", "to_come_yet"))
    if rule.side == "before":
        ahead |= _who_promised(token)
    if have_come(opening):
        ahead -= word_set("has_promised")
    if among.start > token.i and said[-1:].text != ":":  # "leaders including A are yet to"
        ahead |= {t.lower_ for t in token.doc[among.stop : among.stop + _WHO]} & {"yet"}
    if rule.phase == "arrive" and _is_first_there(opening):
        fact, ahead = Fact("completed", reason="arrived"), set()
    if ahead and fact.status in {"ongoing", "completed"} and fact.reason != "pluperfect":
        fact = Fact("planned", weak=True)  # "among those expected to attend is A"
    if fact.status == "ongoing" and verb is not None and _is_coming(verb):
        fact = Fact("planned", weak=True)
    over = goes_on is not None and goes_on.status == "completed" and rule.id == "opened_list"
    if fact.status == "ongoing" and goes_on is not None and over:
        fact = goes_on.fact  # "Among those there were A and B. The rest are C and D"
    if fact.status == "ongoing" and any(t.lower_ in word_set("<bound>") for t in opening):
        fact = Fact("planned", weak=True)  # "are among the leaders heading to Lima"
    if fact.status == "ongoing" and rule.id == "opened_list" and _has_been(opening):
        fact = Fact("completed", weak=True)  # "Here is a list of those who came to the funeral"
    if fact.reason == VERBLESS and event is not None and _is_under_way(event):
        fact = Fact("ongoing", weak=True)  # "The funeral is held today.⏎Heads of state⏎President A"
    there = have_come(opening) or any(t.lower_ == "present" for t in opening)
    there = there or is_row_of_picture([*opening])
    ahead_of = event is not None and _is_ahead(event) and not there
    if ahead_of and (fact.status == "ongoing" or (fact.status == "completed" and not finite)):
        fact = Fact("planned", weak=True)  # "will be crowned on Saturday. Those attending are A"
    if rule.id == "roll_led_by" and _is_awaited(token.doc[among.stop : among.stop + _WHO]):
        fact = Fact("planned", weak=True)  # "A delegation led by A is expected"
    if rule.status is not None:
        fact = Fact(rule.status)
    anchors = [event] if event is not None else []
    meals = [m for t in said if (m := meal_told(reader.scene, t)) is not None]
    trigger, phase = token, rule.phase
    last = max(a.token for a in listed)  # "gave a banquet for A", not "was host to A at a summit"
    inside = rule.inside and (event is None or token.i <= event.i <= last)
    if meals and (event is None or event == token or event.i < begin):
        anchors, inside = meals, True  # "those who attended the dinner include A", of a stay
    notes: tuple[str, ...] = ("received", "inside") if inside else ("event",)
    if landed is not None and (only_came(landed, said) or _is_coming(landed)):
        landed, phase = None, "whole"  # "Who came:" is of the event, as "who attended"
        if elsewhere:
            return
    if landed is not None and not landed_there(reader, landed, ground):
        return
    if landed is not None and not ahead:
        # "Leaders who landed on Monday include A": that is the day of his trip, not the summit's
        come = Fact("completed", reason="arrived") if landed.tag_ == "VBN" else None
        perfect = come if have_come(opening) else None  # "confirmed to have landed"
        trigger, phase = landed, "arrive"
        fact = perfect or as_news(fact_of_verb(landed))
        anchors, notes = [], ("arrival",)
    due = due_to_land(said, ahead=bool(ahead)) if rule.id == "opened_list" else None
    if due is not None and due.lemma_ == "come" and not any(t.ent_type_ == "DATE" for t in said):
        due = None  # "have said they will come to Lima:", to the event and on its day
    if due is not None:  # "Leaders who are to land on Monday:"
        trigger, phase, anchors, notes = due, "arrive", [], ("arrival",)
    behind = token.doc[token.i : among.start if rule.side == "behind" else token.i + LEAD_IN]
    if phase == "whole" and (landing := arrival_dated(behind)) is not None:
        trigger, phase, anchors, notes = landing, "arrive", [], ("arrival",)
        fact = Fact("planned", weak=True) if fact.status == "ongoing" else fact
    below = opening[-1:].text in BELOW
    for actor in listed:
        if actor.country == ground or (below and not (actor.country or actor.reference.role)):
            continue  # the names of photographers stand between those of guests
        yield reader.make(
            rule,
            trigger,
            actor=actor,
            spot=spot,
            destination=ground,
            fact=fact,
            phase=phase,
            anchors=anchors,
            notes=notes,
            hosts=tuple(hosts) if inside else (),
        )


def _is_away(token: Token) -> bool:
    """Tell the "absent" of those who stay away; not "figures who are attending or skipping"."""
    open_to_both = token.i > 0 and token.nbor(-1).lower_ == "or"
    return token.lower_ in word_set("absent_ones") and not open_to_both


def _is_awaited(behind: Span) -> bool:
    """Tell "is expected", "will come" behind those who lead a delegation."""
    return any(t.lower_ in word_set("<due>") or t.lower_ == "will" for t in behind)


def _who_promised(token: Token) -> set[str]:
    """Return the "confirmed" of "are among the presidents, who have confirmed their attendance"."""
    behind = token.doc[token.i : token.i + LEAD_IN]
    who = next((t for t in behind if t.lower_ == "who" and t.nbor(-1).text == ","), None)
    told = who.doc[who.i : who.i + _WHO] if who is not None else ()
    return {t.lower_ for t in told} & word_set("has_promised")


def _clause_of(token: Token) -> int:
    """Return where the clause of "the leaders who have confirmed their attendance" begins."""
    node = token
    while node.dep_ not in {"relcl", "ROOT"} and node.head != node:
        node = node.head
    return min(token.i, node.left_edge.i) if node.dep_ == "relcl" else token.i


def _fact_of_heading(opening: Span) -> Fact:
    """Return what "Leaders attending" tells of those listed below it, who may yet be to come."""
    forms = {t.lower_ for t in opening}
    if "arrivals" in forms:  # "Schedule of arrivals", "Arrivals so far"
        ahead = forms & (word_set("<due>", "of_programme"))
        return Fact("planned", weak=True) if ahead else Fact("ongoing", reason="arrived")
    going_on = forms & word_set("attending") or is_of_running_time(opening)
    told = forms & word_set("<attended>", "<arrived>", "was_there")
    return Fact("ongoing" if going_on else "completed", weak=True, reason="" if told else VERBLESS)


def _is_coming(verb: Token) -> bool:
    """Tell "Thirty leaders are coming, among them A", who are not there yet."""
    now = any(c.lower_ in {"are", "is"} and c.dep_ == "aux" for c in verb.children)
    return now and verb.tag_ == "VBG" and verb.lemma_ in word_set("goes_along")


def _have_been(opening: Span) -> bool:
    """Tell "First to arrive on Friday was X" from "First to arrive on Friday will be X"."""
    come = any(t.tag_ == "VB" and t.lower_ in word_set("<arrive>") for t in opening)
    return come and any(t.lower_ in {"was", "were"} for t in opening)


def _fact(verb: Token) -> Fact:
    """Return what the verb of a list of guests tells ("are due to attend": they are to come)."""
    below = [c for c in verb.children if c.dep_ in {"acomp", "xcomp", "oprd"}]
    ahead = any(c.lemma_ in words("plan") for c in (verb, *below))
    present = tense_of(verb) == "present" or verb.lower_ in {"are", "is"}
    if ahead and present:
        return Fact("planned", weak=True)
    if verb.lemma_ in words("invite") and tense_of(verb) != "future":
        return Fact("invited")
    if verb.lemma_ == "accept" and any(c.lemma_ in words("invitation") for c in verb.children):
        return Fact("planned")
    told = verb.lemma_ in word_set("promises_to_come", "says_so")
    come = next((c for c in verb.children if c.dep_ == "ccomp" and told), None)
    return fact_of_verb(come if come is not None else verb)  # "have confirmed they will attend"


def _fact_of_before(reader: ArgumentReader, token: Token, goes_on: Candidate | None) -> Fact | None:
    """Return what "Others include A" says of a list that goes on, "These include A" of its guests.

    "Ten leaders have confirmed their attendance. They include A" has A yet to come.
    """
    # "others include", "the rest are"; "these are", of which the verb is the trigger
    others = token.doc[token.i - (token.i > 0 and token.lemma_ == "be") : token.i + 2]
    if not any(t.lower_ in word_set("others_listed") for t in others):
        return None
    if goes_on is not None and goes_on.rule in guest_rules():
        return goes_on.fact
    before = reader.scene.beside(reader.scene.sentence_of[token.i], step=-1)
    ahead = word_set("<due>", "has_promised")
    if before is None or others[0].lower_ not in word_set("those_told_before"):
        return None
    told = any(t.lower_ in ahead and t.pos_ in {"VERB", "ADJ"} for t in before)
    return Fact("planned", weak=True) if told and not have_come(before) else None


def _is_first_there(opening: Span) -> bool:
    """Tell "First to arrive on Monday was A" from "First to arrive on Monday will be A"."""
    forms = {token.lower_ for token in opening}
    return bool(forms & words("first_or_last")) and bool(forms & {"was", "were"}) and "to" in forms


def _has_been(opening: Span) -> bool:
    """Tell "Here is a list of those who came", "of who attended", of an event that is over."""
    here = word_set("<attended>", "<arrived>", "was_there")
    return any(t.tag_ == "VBD" and t.lower_ in here for t in opening)


def _is_ahead(event: Token) -> bool:
    """Tell the event of "will attend the summit", "Lima prepares for the summit"."""
    verb = event if event.pos_ == "VERB" else governing_verb(event)
    if verb is None:
        return False
    awaited = verb.lemma_ in word_set("awaits_event") and tense_of(verb) != "past"
    return awaited or fact_of_verb(verb).status == "planned"


def _is_under_way(event: Token) -> bool:
    """Tell the event of "The funeral takes place here today", "The summit is being held"."""
    verb = event if event.pos_ == "VERB" else governing_verb(event)
    return (
        verb is not None and tense_of(verb) == "present" and fact_of_verb(verb).status == "ongoing"
    )


def _list_before(reader: ArgumentReader, token: Token, event: Token | None) -> Candidate | None:
    """Return a guest of the list that goes on at a token, told shortly before.

    The lines of that list between, which hold no verb, are no distance. So one who was told to
    attend the same event.
    """
    number = reader.scene.sentence_of[token.i]
    before = (t for t in reversed(reader.told) if reader.scene.sentence_of[t.at] < number)
    last = next(before, None)
    if last is None or last.destination is None:
        return None
    if (
        last.status is not None
        and number - reader.scene.sentence_of[last.at] == 1
        and _is_of_many(last)
    ):
        return last  # "Peru's president welcomed leaders in Lima. Among those present were A"
    if not {"event", "arrival"} & {*last.notes}:
        return None
    if last.rule not in guest_rules():
        same = event is not None and event.sent == reader.scene.sentence(last.at)
        if not same or last.status is None:
            return None
    between = reader.scene.sentences[reader.scene.sentence_of[last.at] + 1 : number]
    told = sum(any(t.tag_ in FINITE for t in sentence) for sentence in between)
    return last if told < _LIST_REACH else None


def _is_of_many(told: Candidate) -> bool:
    """Tell the trip of "leaders from many countries", of whom nobody was named."""
    body = told.actor.reference if told.actor is not None else None
    leads = body is not None and body.role_kind in words("leading_class")
    return body is not None and leads and body.plural and not (body.members or body.country)


def _as_leaders(reader: ArgumentReader, listed: Sequence[Actor], opening: Span) -> list[Actor]:
    """Let A and B of "The presidents who came are A (Peru) and B (Chile)" hold an office.

    So those of whom leaders' own event is told ("the leaders at the summit are"), and all whom
    the lines below it name.
    """
    told = {t.lower_ for t in opening}
    before = reader.scene.beside(reader.scene.sentence_of[opening.start], step=-1)
    if before is not None and told & word_set("told_of_before"):
        told |= {t.lower_ for t in before}  # "More than twenty leaders came. Among them are:"
    of_state = "heads" in told and bool(told & {"state", "states"})
    leading = of_state or bool(told & word_set("leaders_of_list"))
    leaders = bool(told & word_set("leaders_of_states"))
    if not leading and (leaders or opening[-1:].text in BELOW):
        leading = is_of_state(reader, opening[-1]) or (leaders and _leaders_meet(reader, opening))
    if not leading or told & word_set("guests_of_trade"):
        return list(listed)
    own = {"role_kind": "leader"}
    return [
        a if a.reference.role_kind else replace(a, reference=a.reference.model_copy(update=own))
        for a in listed
    ]


def _leaders_meet(reader: ArgumentReader, opening: Span) -> bool:
    """Tell the report of "More than forty leaders gathered in Lima for a conference"."""
    event = reader.understood.of_report(opening[-1].i)
    told = {t.lower_ for t in event[0].sent} if event is not None else set()
    return bool(told & word_set("leaders_of_states")) and not told & word_set("guests_of_trade")


def _stay_away(token: Token) -> bool:
    """Tell "among the leaders not attending", "among the guests who did not come".

    Not "among the leaders at the summit who did not speak".
    """
    if {t.lower_ for t in _told_of(token)} & word_set("absent"):
        return True
    behind = token.doc[token.i : token.i + LEAD_IN]
    end = next((t.i for t in behind if t.is_punct or t.is_sent_start is True), token.i + LEAD_IN)
    denied = (t.head for t in token.doc[token.i : end] if t.dep_ == "neg")
    return any(word.lemma_.lower() in word_set("is_there") for word in denied)


def _is_elsewhere(reader: ArgumentReader, token: Token, own: Collection[str | None]) -> bool:
    """Tell "was present at the birth of it", "will be the guest of honour at a school" at home."""
    known = words("event", "rite_told_again") | word_set("site")
    for prep in token.doc[token.i : reader.scene.sentence(token.i).end]:
        if prep.lower_ not in {"at", "in"} or prep.dep_ != "prep":
            continue
        if len(own) == 1 and any(s.country in own for s in reader.scene.spots(prep.i + 1)[:1]):
            return True
        for noun in prep.children:
            common = prep.lower_ == "at" and noun.dep_ == "pobj" and noun.pos_ == "NOUN"
            if common and prep.i - token.i < LEAD_IN and not _is_site(noun, known):
                return True
    return False


def _is_site(noun: Token, known: Collection[str]) -> bool:
    """Tell "at the ceremony", "at the funeral service", "at noon" from "at the birth of it"."""
    if noun.ent_type_ in {"DATE", "TIME", "FAC", "GPE", "LOC"}:
        return True
    return any(t.lemma_.lower() in known or t.pos_ == "PROPN" for t in (noun, *noun.children))


def _up_to_next_clause(reader: ArgumentReader, token: Token) -> Span:
    """Return the sentence of a list without what it adds of others (", while C's is absent")."""
    sentence = reader.scene.sentence(token.i)
    others = (t.i for t in token.doc[token.i : sentence.end] if t.dep_ == "mark")
    apart = (i for i in others if token.doc[i].lower_ in word_set("opens_other_clause"))
    return token.doc[sentence.start : next(apart, sentence.end)]


def _told_of(token: Token) -> Span:
    """Return "among the guests expected to speak", behind those listed, up to the next clause."""
    doc, at = token.doc, token.i
    while at < min(len(doc), token.i + LEAD_IN):
        if doc[at].is_punct or (at > token.i and doc[at].tag_ in FINITE):
            break
        at += 1
    return doc[token.i : at]


def _hosts(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return the hosts who are the subject of a verb."""
    subject = reader.scene.subject(verb)
    return reader.scene.actors(subject) if subject is not None else []


def _home_of(reader: ArgumentReader, verb: Token, hosts: Sequence[Actor]) -> str | None:
    """Return the country of the hosts, or that of the place which is the subject of their verb."""
    at_home = (h for h in hosts if h.reference.role_kind not in word_set("posted_abroad"))
    subject = reader.scene.subject(verb)
    places = reader.scene.spots(subject.left_edge.i) if subject is not None and not hosts else []
    own = [*(host.country for host in at_home), *(spot.country for spot in places[:1])]
    return next((country for country in own if country), None)


__all__ = ["made_of_list"]
