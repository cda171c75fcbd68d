"""Who owns a trip's noun and where the trip leads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.factuality import governing_verb, invitation_over
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import is_negated
from pipeline.reference.countries import is_country
from pipeline.stages.visits.apposed_lands import apposed_lands
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.event_places import event_place, is_event
from pipeline.stages.visits.event_scene import event_scene
from pipeline.stages.visits.hosts import is_visiting
from pipeline.stages.visits.inviters import asking_verb
from pipeline.stages.visits.journeys import engaged_in
from pipeline.stages.visits.part_of_tour import owners_by_part
from pipeline.stages.visits.right_before import named_right_before
from pipeline.stages.visits.tables import noun_rules, word_set

#: How far behind "attendance at" its event may be named, in tokens.
_EVENT_REACH = 12
#: How far into a briefing the seat is named that gives it, in characters.
_HEADING = 300


def noun_actors(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who owns a trip's noun: "his visit", "a visit by X", "the Lavrov visit"."""
    invited = _invited(reader, noun)
    if invited:
        return invited
    found: list[Actor] = []
    for child in noun.children:
        if child.dep_ == "poss":
            owners = [a for a in reader.scene.actors(child) if not a.is_party]
            found += _ahead_of_name(reader, noun, owners)
        elif child.lower_ in {"by", "of", "from"} and child.dep_ in {"prep", "agent"}:
            if child.lower_ == "by" and (found or _is_of_companions(noun)):
                continue
            for head in child.children:
                if head.dep_ == "pobj" and noun.lemma_ == "stop" and head.lemma_ in noun_rules():
                    found += noun_actors(reader, head)
                elif head.dep_ in {"pobj", "pcomp"}:
                    found += [a for a in reader.scene.actors(head) if not a.is_party]
        elif child.dep_ in {"compound", "nmod"} and child.i < noun.i and noun.lemma_ != "return":
            found += [a for a in reader.scene.actors(child) if a.reference.kind == "person"]
        elif child.dep_ == "relcl" and child.lemma_ in words("light") and not found:
            # "the visit that President X was to pay to France"
            subject = reader.scene.subject(child)
            if subject is not None and subject != noun:
                found += [a for a in reader.scene.actors(subject) if not a.is_party]
    if not found and (owners := owners_by_part(reader, noun)):
        return owners
    found = found or _pictured_on(reader, noun) or named_right_before(reader, noun)
    return found or _by_position(reader, noun)


def _pictured_on(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return all of the caption "King A and Queen B during a visit to Peru", and who is "seen" so.

    "Remarks by King A on a visit to Peru" does not fire.
    """
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"during", "on"} or prep.i > noun.i:
        return []
    head = prep.head
    if head.tag_ == "VBN" and head.lemma_ in word_set("pictured"):
        subject = reader.scene.subject(head)
        shown = subject if subject is not None else head.head
    elif head.pos_ == "PROPN" and (head.dep_ == "ROOT" or _is_photo(head.head.head)):
        shown = head
    elif _is_photo(head):  # "A file photo of King A during a visit to Peru"
        shown = next((h for c in head.children if c.lower_ == "of" for h in c.children), head)
    else:
        return []
    return [a for a in reader.scene.actors(shown) if a.reference.kind in {"person", "office"}]


def _is_photo(token: Token) -> bool:
    return token.lemma_.lower() in word_set("photograph")


def _ahead_of_name(reader: ArgumentReader, noun: Token, owners: list[Actor]) -> list[Actor]:
    """Return X of "During his visit, X is to meet the king", where "his" seems a compatriot's."""
    verb = governing_verb(noun)
    if verb is None or verb.i < noun.i or len(owners) != 1 or owners[0].reference.form != "pronoun":
        return owners
    subject = reader.scene.subject(verb)
    if subject is None or subject.i < noun.i or noun.dep_ != "pobj":
        return owners
    named = [a for a in reader.scene.actors(subject) if a.reference.kind == "person"]
    same = [a for a in named if a.country and a.country == owners[0].country]
    return same[:1] or owners


def _invited(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who is asked in "extended an invitation to X for a visit", "invited X for a visit"."""
    if (verb := asking_verb(noun)) is not None and preposition_of(noun) in word_set("asked_for"):
        return _asked(reader, verb)
    invitation = invitation_over(noun)
    if invitation is None or invitation.i > noun.i:
        return []
    head = reader.scene.invited(invitation)
    return [a for a in reader.scene.actors(head) if not a.is_party] if head is not None else []


def _asked(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom a verb asks to come."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    subject = reader.scene.subject(verb) if passive else None
    heads = (
        [c for c in verb.children if c.dep_ in {"dobj", "obj"}] if subject is None else [subject]
    )
    return [a for head in heads for a in reader.scene.actors(head) if not a.is_party]


def _is_of_companions(noun: Token) -> bool:
    """Tell "I will be accompanied on this visit by the minister", "was met on arrival by X".

    Not "this was accompanied by a visit by the minister", "ties include a visit by the minister":
    that visit is the minister's.
    """
    verb = governing_verb(noun)
    beside = noun.head.lower_ not in {"by", "with"} and noun.dep_ not in {"dobj", "conj"}
    received = words("host_of_trip") if noun.lemma_ == "arrival" else frozenset()
    joined = verb is not None and {verb.lemma_, verb.lower_} & (words("companion") | received)
    return bool(joined) and beside


def sentence_traveller(reader: ArgumentReader, noun: Token, ends: set[str]) -> list[Actor]:
    """Return the one person of the sentence who is foreign to where the trip leads."""
    sentence = reader.scene.sentence(noun.i)
    if any(c.lower_ == "papal" for c in noun.children):
        popes = (r for r in reader.scene.references if r.kind == "person" and r.country == "VAT")
        return [Actor(r, noun.i, 0.9) for r in popes if r.name and r.role_kind == "pope"][:1]
    if _is_of_statement(noun, sentence):
        return []
    found: dict[str, Actor] = {}
    for i in range(sentence.start, sentence.end):
        for reference in reader.scene.at(i):
            if reference.kind not in {"person", "office"} or reference.plural:
                continue
            if i > noun.i and (_is_absent(reader, reference) or _is_met(reader, reference)):
                continue
            if reference.country and reference.country not in ends:
                actor = Actor(reference, i, 0.75)
                found.setdefault(actor.key, actor)
    return list(found.values()) if len(found) == 1 else []


def _is_of_statement(noun: Token, sentence: Span) -> bool:
    """Tell the heading "Statement by President X on a visit to Iraq": X need not have gone."""
    topic = noun.head.lower_ in {"on", "about", "regarding", "concerning"}
    return topic and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in sentence)


def _is_absent(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell the king of "a visit to one of the lands that the king has not seen"."""
    start, end = reader.scene.bounds(reference)
    name = reader.scene.doc[start:end].root
    while name.dep_ in {"compound", "appos"} and name.head != name:
        name = name.head
    verb = name.head
    return verb.pos_ == "VERB" and is_negated(verb)


def _is_met(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell A of "the tour ends in Peru, where talks with A are planned": he is there before."""
    start, end = reader.scene.bounds(reference)
    name = reader.scene.doc[start:end].root
    clauses = (t for t in name.ancestors if t.dep_ == "relcl")
    return any(c.lower_ == "where" for clause in clauses for c in clause.children)


def _possessor(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "Luxon's first official visit" by position."""
    doc = reader.scene.doc
    at = noun.i - 1
    while (
        at > 0
        and noun.i - at < 7
        and (doc[at].pos_ in {"ADJ", "NUM", "NOUN", "PROPN", "ADV"} or doc[at].text in {"-", ","})
    ):
        at -= 1
    if at < 1 or doc[at].text not in {"'s", "’s", "'", "’"}:
        return []
    found = [r for r in reader.scene.at(at - 1) if r.kind in {"person", "office"}]
    return [Actor(found[0], at - 1)] if found else []


def _by_position(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "visit to X by Y" where the parse hangs "by Y" elsewhere."""
    owner = _possessor(reader, noun)
    if owner:
        return owner
    doc = reader.scene.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + 14)
    for i in range(noun.i + 1, end):
        if doc[i].pos_ == "VERB" and not _is_aim(doc[i], noun):
            break
        by = doc[i].lower_ == "by" or (doc[i].lower_ == "of" and _is_behind_days(reader, noun, i))
        if by and not _is_of_companions(noun):
            heads = [c for c in doc[i].children if c.dep_ == "pobj"]
            return [a for h in heads for a in reader.scene.actors(h) if not a.is_party]
    return []


def _is_aim(verb: Token, noun: Token) -> bool:
    """Tell the "meet" of "a visit to meet the king by Y"."""
    return verb.tag_ == "VB" and verb.head == noun and verb.nbor(-1).lower_ == "to"


def host_in_aim(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> Actor | None:
    """Return the king of "a visit to (meet) the king of Peru", who is called on at home."""
    aims = [c for c in noun.children if _is_aim(c, noun) and c.lemma_ in word_set("calls_in_aim")]
    met = [c for aim in aims for c in aim.children if c.dep_ in {"dobj", "obj"}]
    led = (c for c in noun.children if c.lower_ == "to" and noun.lemma_ in word_set("pays_call"))
    called_on = [c for prep in led for c in prep.children if c.dep_ == "pobj"] if not met else []
    hosts = [a for head in (*met, *called_on) for a in reader.scene.actors(head)]
    leads = words("leads_land") | word_set("calls_at_home") | {"pope"}
    leads |= word_set("called_on") if called_on else set()
    if len(hosts) != 1 or hosts[0].reference.role_kind not in leads or hosts[0].reference.guessed:
        return None
    foreign = {a.country for a in own} - {None, hosts[0].country}
    return hosts[0] if foreign and not is_visiting(reader, hosts[0]) else None


def host_of_clause(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> str | None:
    """Return Peru of "Lima tightened security ahead of a visit by X", "signed it during his visit".

    And of "security was tight in Lima ahead of a visit by X".

    "Peru protested ahead of a visit by X", to whomever, does not fire.
    """
    verb = governing_verb(noun)
    foreign = {a.country for a in own if a.country}
    if foreign and (seat := _announcing(reader, noun, foreign)) is not None:
        return seat
    if verb is None or not foreign or preposition_of(noun) not in word_set("set_around_trip"):
        return None
    if (town := _town_of_clause(reader, verb, noun)) is not None:
        return town.country if town.country not in foreign else None
    subject = reader.scene.subject(verb) if verb.lemma_ in word_set("host_readies") else None
    if subject is None:
        return None
    hosts = {
        reference.country: None
        for token in subject.subtree
        for reference in reader.scene.at(token.i)
        if is_country(reference.country or "") and reference.country not in foreign
    }
    return next(iter(hosts)) if len(hosts) == 1 else None


def _announcing(reader: ArgumentReader, noun: Token, foreign: Collection[str]) -> str | None:
    """Return the United States of "the White House said that X's visit would take place".

    So where its briefing is "to preview the visit of X". A ministry may speak of any visit.
    """
    for verb in noun.ancestors:
        if verb.pos_ != "VERB" or verb.lemma_ not in word_set("tells_of_guest"):
            continue
        subject = reader.scene.subject(verb)
        told = subject.subtree if subject is not None and subject.pos_ == "PROPN" else []
        seats = [r.country for t in told for r in reader.scene.at(t.i) if r.form == "metonym"]
        if subject is not None and any(r.form == "metonym" for r in reader.scene.at(subject.i)):
            return next((s for s in seats if s and s not in foreign), None)
        if verb.lemma_ == "preview" and not seats:
            heading = (r for r in reader.scene.references if r.start < _HEADING)
            seated = [r.country for r in heading if r.form == "metonym" and r.country]
            return next((s for s in seated if s not in foreign), None)
    return None


def _town_of_clause(reader: ArgumentReader, verb: Token, noun: Token) -> Spot | None:
    """Return Lima of "security was tight in Lima ahead of the arrival of X"."""
    bare = verb.lemma_ == "be" and any(c.dep_ == "acomp" for c in verb.children)
    preps = (c for c in verb.children if c.lower_ == "in" and c.i < noun.i) if bare else ()
    spots = (spot for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1])
    return next((spot for spot in spots if spot.is_town), None)


def _is_behind_days(reader: ArgumentReader, noun: Token, i: int) -> bool:
    """Tell "the arrival in Lima on Monday of X", where the parse gives X to Monday."""
    return i - 1 > noun.i and i - 1 in reader.clock.covered


def noun_places(
    reader: ArgumentReader, noun: Token, *, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return where the trip of a noun leads, by the first reading that finds a place.

    Args:
        but: countries that "the country" does not mean: the travellers' own.
    """
    if noun.lemma_ in word_set("attendance"):
        return _of_event(reader, noun)
    return (
        _equated(reader, noun)
        or _behind_preps(reader, noun, but)
        or _included(reader, noun)
        or _set_off(reader, noun)
        or _paid(reader, noun)
        or _begun_in(reader, noun)
        or _named_before(reader, noun)
        or list(engaged_in(reader, noun))
    )


def _of_event(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Return the place of the event that one's attendance or participation is at."""
    behind = _event_behind(reader, noun, preps={"at", "in"})
    if behind or noun.head.lemma_ not in word_set("promises_to_come"):
        return behind
    event, spot = event_scene(reader, noun)  # "have confirmed attendance"
    return [spot] if event is not None and spot is not None else []


def _equated(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "Oman was the last stop of his tour", "his next stop is Oman"."""
    vague = any(c.lower_ in {"a", "an"} for c in noun.children)  # "a destination for tourists"
    if noun.lemma_ not in {"stop", "destination"} or vague:
        return []
    verb = noun.head
    if verb.lemma_ != "be" or noun.dep_ not in {"attr", "nsubj"}:
        return []
    other = {"attr": "nsubj", "nsubj": "attr"}[noun.dep_]
    for child in verb.children:
        if child.dep_ == other:
            named = reader.scene.spots(child.left_edge.i)
            return named if noun.tag_ == "NNS" else named[:1]  # "the next stops are A and B"
    return []


def _behind_preps(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "visit to X", "tour of X"."""
    preps = {"to", "into"} | ({"of", "in"} if noun.lemma_ == "tour" else set())
    if noun.lemma_ in word_set("leads_through"):
        preps |= {"through", "around", "round", "across"}
    if noun.lemma_ in {"arrival", "stopover", "layover", "swing", "stop", "stay", "halt"}:
        preps |= {"in", "at"}
    if noun.lemma_ in {"return", "departure"}:
        preps = {"from"} if noun.lemma_ == "return" else {"for", "to"}
    doc = reader.scene.doc
    for child in noun.children:
        if child.i > noun.i and child.lower_ in preps:
            spots = reader.spots(child.i + 1, but) or apposed_lands(reader, child, but)
            if spots:
                return [*spots, *reader.dated_list(spots[-1].end)]
    listed = noun.i
    if any(c.lower_ in {"of", "by"} for c in noun.children):  # "the visit of A, B and C to X"
        owners = (reader.scene.entry_end(a.reference) for a in noun_actors(reader, noun))
        listed = max((listed, *owners))
    end = min(reader.scene.sentence(noun.i).end, max(noun.i + 16, listed + 4))
    taken = {c.i for c in noun.children if _is_taken(reader, noun, c)}
    for i in range(noun.i + 1, end):  # "the trip that X took to Peru" goes on behind its verb
        if (
            (doc[i].pos_ == "VERB" and i not in taken)
            or (doc[i].text in {";", ":"} and i >= listed)
            or doc[i].lemma_ in noun_rules()
        ):
            break
        if doc[i].lower_ in preps:
            spots = reader.spots(i + 1, but)
            if spots:
                return spots
    if noun.lemma_ == "return":
        return []
    return _to_event(reader, noun) or _to_site(reader, noun)


def _is_taken(reader: ArgumentReader, noun: Token, clause: Token) -> bool:
    """Tell "the trip that X took to Peru", which goes on behind its verb."""
    if clause.dep_ != "relcl" or clause.lemma_ not in {"take", "make"}:
        return False
    subject = reader.scene.subject(clause)
    if subject is None or subject == noun or subject.tag_ == "WDT":
        return False  # "a trip that will take him to Peru"
    return any(actor.reference.name for actor in reader.scene.actors(subject))


def _to_event(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his trip to the summit in Japan"."""
    return _event_behind(reader, noun, preps={"to", "for"})


def _to_site(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his visit to the bank's headquarters in Abuja"."""
    doc = reader.scene.doc
    if doc[noun.i + 1 : noun.i + 2].text.lower() != "to":
        return []
    end = min(reader.scene.sentence(noun.i).end, noun.i + _EVENT_REACH)
    for token in doc[noun.i + 2 : end]:
        if token.pos_ in {"VERB", "AUX"} or token.is_punct:
            return []
        if token.lower_ in {"in", "at"}:
            return reader.scene.spots(token.i + 1)[:1]
    return []


def _event_behind(reader: ArgumentReader, noun: Token, *, preps: Collection[str]) -> list[Spot]:
    """Return the place of the event named right behind a noun and its preposition."""
    doc = reader.scene.doc
    if doc[noun.i + 1 : noun.i + 2].text.lower() not in preps:
        return []
    end = min(reader.scene.sentence(noun.i).end, noun.i + _EVENT_REACH)
    for token in doc[noun.i + 2 : end]:
        met = token.tag_ == "VBG" and token.lower_ in words("event")  # "the chiefs meeting in"
        if met and doc[token.i + 1 : token.i + 2].text.lower() in {"in", "at"}:
            return reader.scene.spots(token.i + 2)[:1]
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
            return []
        if is_event(token):
            spot = event_place(reader, noun, token)
            return [spot] if spot is not None else []
    return []


def _paid(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "paid Peru a visit"."""
    verb = noun.head
    if verb.lemma_ not in words("light") or noun.dep_ not in {"dobj", "obj"}:
        return []
    given = (c for c in verb.children if c.dep_ in {"dative", "iobj"} and verb.i < c.i < noun.i)
    return next((reader.scene.spots(c.left_edge.i)[:1] for c in given), [])


def _begun_in(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his tour began in X"."""
    verb = governing_verb(noun)
    if verb is None or noun.dep_ not in {"nsubj", "nsubjpass"}:
        return []
    if verb.lemma_ not in words("begin") | words("finish"):
        return []
    return reader.places(verb, ("in", "at", "with"))


def _named_before(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his Peru visit", "visit here"."""
    scene = reader.scene
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"compound", "nmod", "amod"}:
            for reference in scene.at(child.i):
                if reference.kind not in {"country", "place"} or reference.form == "adjective":
                    continue
                if reference.country:
                    start, end = scene.bounds(reference)
                    return [Spot(reference.country, reference.place, reference, start, end)]
        if child.lower_ == "here" and scene.here:
            return [replace(scene.here, start=child.i, end=child.i + 1)]
    return []


def _included(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "a tour of Asia that includes Japan, Vietnam and Pakistan"."""
    doc = reader.scene.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + 14)
    for i in range(noun.i + 1, end):
        if doc[i].lemma_ in {"include", "cover", "comprise", "span", "encompass", "involve"}:
            colon = next((j for j in range(i + 1, min(i + 5, len(doc))) if doc[j].text == ":"), i)
            return reader.scene.spots(colon + 1)
    return []


def _set_off(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "her tour - Peru, Chile and Bolivia - begins", "her tour (Peru, Chile)"."""
    following = noun.doc[noun.i + 1 : noun.i + 2].text
    if noun.lemma_ not in word_set("leads_through") or following not in {"-", "–", "—", "(", ":"}:
        return []
    spots = reader.scene.spots(noun.i + 2)
    behind = noun.doc[spots[-1].end : spots[-1].end + 1].text if spots else ""
    return spots if len(spots) > 1 and behind in {"-", "–", "—", ")", ".", ";", ""} else []


def noun_origin(reader: ArgumentReader, noun: Token) -> str | None:
    """Return the country of "the arrival from Beijing"."""
    for child in noun.children:
        if child.lower_ == "from" and child.i > noun.i:
            for spot in reader.scene.spots(child.i + 1)[:1]:
                return spot.country
    return None


__all__ = ["noun_actors", "noun_origin", "noun_places", "sentence_traveller"]
