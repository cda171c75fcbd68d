"""Where the trip of a noun leads: "his visit to Lima", "the last stop of his tour was Oman"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.governing import leg_named
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.setting_out import leaves
from pipeline.discourse.verbs import takes_place
from pipeline.labels import OBJECTS, PREMODIFIERS, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.nouns.had_by_land import had_by_land
from pipeline.stages.visits.nouns.journeys import engaged_in
from pipeline.stages.visits.nouns.noun_owners import noun_actors
from pipeline.stages.visits.nouns.right_before import paid_behind
from pipeline.stages.visits.nouns.that_of import is_one_before
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.apposed_lands import apposed_lands, lands_beside
from pipeline.stages.visits.tours.lands_of_tour import lands_of_tour
from pipeline.stages.visits.tours.regions import region_of_noun

#: How far behind "attendance at" its event may be named, in tokens.
_EVENT_REACH = 12
#: How far behind "includes" the talks may stand that a trip is for, in tokens.
_INCLUDED_REACH = 16
#: How far behind the "paid" of "the visit that X paid in May to Peru" its place may stand.
_BEHIND_PAID = 8
#: How many tokens behind it the word ends that adds a land ("in addition to").
_ADDING_REACH = 4
#: What "her own home country" is made of, how long it may be, in tokens, and what joins it to more.
_OF_LAND = frozenset({"DET", "PRON", "ADJ", "NOUN", "NUM"})
_LONGEST_LAND = 5


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
        _of_leg(reader, noun, but)
        or _equated(reader, noun)
        or _behind_preps(reader, noun, but)
        or _back_from_event(reader, noun)
        or _been_to(reader, noun, but)
        or _included(reader, noun)
        or _listed(reader, noun, but)
        or _paid(reader, noun)
        or _begun_in(reader, noun)
        or _named_before(reader, noun)
        or _set_in(reader, noun, but)
        or _of_clause(reader, noun, but)
        or list(engaged_in(reader, noun))
        or had_by_land(reader, noun, but)
    )


def _of_leg(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "the Peruvian leg of her tour of South America", "the Peru and Chile legs of it"."""
    leg, found = leg_named(noun), list[Spot]()
    named = (c for c in leg.children if c.i < leg.i and c.dep_ != "poss") if leg is not None else ()
    for reference in (r for child in named for t in child.subtree for r in reader.scene.at(t.i)):
        land = reference.country if reference.kind in LAND_KINDS else None
        if land is not None and land not in but:
            start, end = reader.scene.bounds(reference)
            found.append(Spot(land, reference.place, reference, start, end))
    return found


def _of_clause(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "bought a hat in Lima, where she is on a visit"; not "where she spoke of her visit"."""
    verb = noun.head.head
    if noun.head.lower_ != "on" or verb.lemma_ != "be":
        return []
    where = next((c.i for c in verb.children if c.lower_ == "where" and c.i < verb.i), 0)
    before = where - 2 if where and noun.doc[where - 1].text == "," else where - 1
    named = reader.scene.at(before) if before > 0 else ()
    lands = (r for r in named if r.kind in LAND_KINDS and r.country not in {None, *but})
    return [Spot(r.country or "", r.place, r, *reader.scene.bounds(r)) for r in lands][:1]


def _of_event(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Return the place of the event that one's attendance or participation is at."""
    behind = _event_behind(reader, noun, preps={"at", "in"})
    if behind or noun.head.lemma_ not in word_set("promises_to_come") | words("cancel"):
        return behind
    event, spot = event_scene(reader, noun, of_report=True)  # "have confirmed attendance"
    return [spot] if event is not None and spot is not None else []


def _back_from_event(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "on his return from the summit in Lima"."""
    return _event_behind(reader, noun, preps={"from"}) if noun.lemma_ == "return" else []


def _equated(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "Oman was the last stop of his tour", "his next stop is Oman"."""
    vague = any(c.lower_ in {"a", "an"} for c in noun.children)  # "a destination for tourists"
    if noun.lemma_ not in word_set("equated_stop") or vague:
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
    if noun.lemma_ in word_set("stays_in"):
        preps |= {"in", "at"}
    if noun.lemma_ in word_set("way_back"):
        preps = {"from"} if noun.lemma_ == "return" else {"for", "to"}
    doc = reader.scene.doc
    for child in noun.children:
        if child.i > noun.i and child.lower_ in preps:
            spots = reader.spots(child.i + 1, but) or apposed_lands(reader, child, but)
            if spots and _is_of_own_people(child, spots, but):
                return _to_site(reader, noun) or spots  # "a visit to US troops based in Peru"
            if spots:
                end = spots[-1].end
                listed = reader.dated_list(end) or lands_beside(reader, end, but)
                return [*spots, *(listed or _legs_behind(reader, noun, end))]
    named = noun.i
    if any(c.lower_ in {"of", "by"} for c in noun.children):  # "the visit of A, B and C to X"
        owners = (reader.scene.entry_end(a.reference) for a in noun_actors(reader, noun))
        named = max((named, *owners))
    end = min(reader.scene.sentence(noun.i).end, max(noun.i + 16, named + 4))
    taken = {c.i for c in noun.children if _is_taken(reader, noun, c)}
    if noun.i + 1 < end and _dates_trip(doc[noun.i + 1]):
        taken.add(noun.i + 1)
    if (paid := paid_behind(noun)) is not None:
        taken.add(paid.i)
        end = max(end, min(reader.scene.sentence(noun.i).end, paid.i + _BEHIND_PAID))
    makers = {t.i for c in noun.children if c.lower_ == "by" for t in c.subtree}
    for i in range(noun.i + 1, end):  # "the trip that X took to Peru" goes on behind its verb
        if (
            (doc[i].pos_ == "VERB" and i not in taken)
            or (doc[i].text in {";", ":"} and i >= named)
            or doc[i].lemma_ in noun_rules()
            or doc[i].lower_ == "being"  # "his second trip, the first being to Lima"
            or is_one_before(doc[i])
        ):
            break
        if doc[i].lower_ == "of" and i in makers:
            continue  # "during a tour by Prince X of Peru"
        if doc[i].lower_ in preps and doc[i - 1].lower_ not in word_set("on_way"):
            spots = reader.spots(i + 1, but)
            if spots:
                return [*spots, *_legs_behind(reader, noun, spots[-1].end)]
    if noun.lemma_ == "return":
        return []
    return _to_event(reader, noun) or _to_site(reader, noun)


def _legs_behind(reader: ArgumentReader, noun: Token, i: int) -> list[Spot]:
    """Return Quito of "a trip to Lima, then to Quito" from token `i` on; a visit has no legs.

    What the parse gives to the verb of "set off on a trip to Lima, then to Quito" is read there.
    """
    legs = reader.further(i, ("to",)) if noun.lemma_ in word_set("has_legs") else []
    going = {t for t in noun.ancestors if leaves(t) or t.lemma_ in words("moves")}
    legs = [leg for leg in legs if noun.doc[leg.start - 1].head not in going]
    return [leg for leg in legs if not reader.scene.is_owner(leg.reference)]


def _is_of_own_people(prep: Token, spots: Sequence[Spot], but: Collection[str | None]) -> bool:
    """Tell "to United States forces in Peru" of a visitor from there, whose land is no place."""
    seen = next((c for c in prep.children if c.dep_ == "pobj"), None)
    names = seen is not None and any(spot.start <= seen.i < spot.end for spot in spots)
    return seen is not None and not names and all(spot.country in but for spot in spots)


def _been_to(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "his first visit since taking office was to Peru", "will take place in May to Peru"."""
    be = noun.head
    held = takes_place(be)
    if (be.lemma_ != "be" and not held) or noun.dep_ != "nsubj" or noun.i > be.i:
        return []
    leads = (c for c in be.children if c.lower_ == "to" and c.dep_ == "prep" and c.i > be.i)
    return next((spots for c in leads if (spots := reader.spots(c.i + 1, but))), [])


def _is_taken(reader: ArgumentReader, noun: Token, clause: Token) -> bool:
    """Tell "the trip that X took to Peru", "paid by X to Peru", which goes on behind its verb."""
    if clause.dep_ == "acl" and clause.tag_ == "VBN":
        return clause.lemma_ in words("pays")
    if clause.dep_ != "relcl" or clause.lemma_ not in word_set("takes_trip"):
        return False
    subject = reader.scene.subject(clause)
    if subject is None or subject == noun or subject.tag_ == "WDT":
        return False  # "a trip that will take him to Peru"
    return any(actor.reference.name for actor in reader.scene.actors(subject))


def _dates_trip(clause: Token) -> bool:
    """Tell "a trip starting Sunday to Lima", "a visit planned for May to Lima"."""
    begins = clause.tag_ == "VBG" and clause.lemma_ in words("opens_trip")
    return begins or (clause.tag_ == "VBN" and clause.lower_ in words("timetabled"))


def _to_event(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his trip to the summit in Japan"."""
    return _event_behind(reader, noun, preps={"to", "for"})


def _lead(noun: Token, preps: Collection[str]) -> int:
    """Return where the "to" of "a visit to", "a visit by X to" stands, or 0."""
    leads = (c.i for c in noun.children if c.i > noun.i and c.lower_ in preps)
    behind = word_behind(noun) in preps
    return noun.i + 1 if behind else next(leads, 0)


def _to_site(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his visit to the bank's headquarters in Abuja", "to troops based at a camp in Peru".

    Not "to the families of soldiers killed in Peru", who may live anywhere.
    """
    doc = reader.scene.doc
    makers = (t for c in noun.children if c.lower_ in {"by", "of"} for t in c.subtree)
    leads = {noun.i + 1, *(t.i for t in (*noun.children, *makers) if t.dep_ == "prep")}
    to = next((i for i in sorted(leads) if word_at(doc, i) == "to"), None)
    if to is None:
        return []
    end = min(reader.scene.sentence(noun.i).end, to + _EVENT_REACH)
    for token in doc[to + 1 : end]:
        told = token.pos_ in VERBS and token.tag_ != "VBN"
        told = told or token.lower_ in word_set("befell_there")
        if told or (token.is_punct and token.text != "-"):
            return []
        spots = reader.scene.spots(token.i + 1)[:1] if token.lower_ in {"in", "at"} else []
        if spots:
            return spots
    return []


def _event_behind(reader: ArgumentReader, noun: Token, *, preps: Collection[str]) -> list[Spot]:
    """Return the place of the event named right behind a noun and its preposition."""
    doc = reader.scene.doc
    lead = _lead(noun, preps)
    if not lead:
        return []
    end = min(reader.scene.sentence(noun.i).end, lead + _EVENT_REACH - 1)
    for token in doc[lead + 1 : end]:
        met = token.tag_ == "VBG" and token.lower_ in words("event")  # "the chiefs meeting in"
        if met and word_behind(token) in {"in", "at"}:
            return reader.scene.spots(token.i + 2)[:1]
        if token.pos_ in VERBS or token.text in {",", ";"}:
            return []
        if is_event(token):
            spot = event_place(reader, noun, token)
            return [spot] if spot is not None else []
    return []


def _paid(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "paid Peru a visit"."""
    verb = noun.head
    if verb.lemma_ not in words("light") or noun.dep_ not in OBJECTS:
        return []
    given = (c for c in verb.children if c.dep_ in {"dative", "iobj"} and verb.i < c.i < noun.i)
    return next((reader.scene.spots(c.left_edge.i)[:1] for c in given), [])


def _begun_in(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his tour began in X"."""
    verb = governing_verb(noun)
    if verb is None or noun.dep_ not in SUBJECTS:
        return []
    if verb.lemma_ not in words("begin", "finish"):
        return []
    return reader.places(verb, ("in", "at", "with"))


def _named_before(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "his Peru visit", "visit here"."""
    scene = reader.scene
    for child in noun.children:
        if child.i < noun.i and child.dep_ in PREMODIFIERS:
            if child.nbor(1).lemma_.lower() in word_set("quarrel"):
                continue  # "his Peru crisis tour"
            for reference in scene.at(child.i):
                if reference.kind not in LAND_KINDS or reference.form == "adjective":
                    continue
                if reference.country:
                    start, end = scene.bounds(reference)
                    return [Spot(reference.country, reference.place, reference, start, end)]
        if child.lower_ == "here" and scene.here:
            return [replace(scene.here, start=child.i, end=child.i + 1)]
    return []


def _set_in(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "ended his visit in Peru", "during a visit on May 9 in Peru", as many agencies have it.

    In "they discussed the visit in Peru" it is the talk that is in Peru.
    """
    if noun.lemma_ not in word_set("set_in_land"):
        return []
    doc, at = noun.doc, noun.i + 1
    if text_at(doc, at) == "on" and at + 1 in reader.clock.covered:
        at = next((i for i in range(at + 1, len(doc)) if i not in reader.clock.covered), at)
    if text_at(doc, at) != "in":
        return []
    governor = noun.head
    runs = words("light", "begin", "finish")
    carried = noun.dep_ in OBJECTS and governor.lemma_ in runs
    beside = noun.dep_ == "pobj" and governor.lower_ in word_set("beside_a_visit")
    if not (carried or beside or noun.dep_ in SUBJECTS):
        return []
    several = len({code for code in but if code}) > 1  # "A and B on their visit in Lima", A's seat
    spots = reader.spots(at + 1, () if several else but)
    return [spot for spot in spots[:1] if several or spot.country not in but]


def _included(reader: ArgumentReader, noun: Token) -> list[Spot]:
    """Read "a tour of Asia that includes Japan, Vietnam and Pakistan".

    Not for the stop of "the first stop of a tour that includes Japan and Vietnam".
    """
    doc = reader.scene.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + 14)
    for i in range(noun.i + 1, end):
        if doc[i].head.lower_ == "of" and doc[i].lemma_ in words("trip_noun"):
            return []
        if doc[i].lemma_ in word_set("takes_in_lands"):
            colon = next((j for j in range(i + 1, min(i + 5, len(doc))) if doc[j].text == ":"), i)
            spots = reader.scene.spots(colon + 1) or _past_own_land(reader, colon + 1)
            return spots or _beside_added(reader, i) or _of_engagements(reader, noun, i)
    return []


def _beside_added(reader: ArgumentReader, i: int) -> list[Spot]:
    """Return Peru, Chile and Cuba of "the tour includes, besides Peru, two states: Chile and Cuba".

    Args:
        i: the token of the verb by which it includes them.
    """
    doc, stop = reader.scene.doc, reader.scene.sentence(i).end
    near = range(i + 1, min(i + 1 + _ADDING_REACH, stop))
    added = next((at for at in near if doc[at].lower_ in word_set("adds_land")), None)
    if added is None:
        return []
    at = added + 1 + (word_at(doc, added + 1) in {"to", "from", "as"})
    named = reader.scene.spots(at)
    if not named or reader.scene.is_owner(named[-1].reference):
        return []
    further = (k for k in range(named[-1].end, stop) if doc[k - 1].text in {",", ":"})
    return [*named, *next((spots for k in further if (spots := reader.scene.spots(k))), ())]


def _of_engagements(reader: ArgumentReader, noun: Token, i: int) -> list[Spot]:
    """Return Lima and Quito of "a trip that will include talks in Lima and a forum in Quito".

    Not of "the visit includes talks on the war in Peru", "includes talks, he said in Lima",
    "includes talks on the summit in Lima", at which he need not be.

    Args:
        i: the token of the verb by which it includes them.
    """
    doc, found = reader.scene.doc, list[Spot]()
    if region_of_noun(reader, noun) is not None:
        return found  # "a tour of Africa that includes talks in Chad" leads to more
    end = min(reader.scene.sentence(noun.i).end, i + _INCLUDED_REACH)
    aside = False
    for token in doc[i + 1 : end]:
        if token.pos_ in VERBS or token.text in {";", ":"}:
            break
        part = token.lower_ == "of" and token.nbor(-1).lemma_ in word_set("part_of_meeting")
        if token.lower_ in {",", "and"}:
            aside = False
        elif token.pos_ in {"ADP", "SCONJ"} and token.lower_ not in {"in", "at"} and not part:
            aside = True
        if aside:
            continue
        engaged = is_event(token) or token.lemma_.lower() in word_set("engagement")
        engaged = engaged and token.lemma_.lower() not in noun_rules()  # "a stop in Lima"
        if engaged and word_behind(token) == "in":
            found += reader.scene.spots(token.i + 2)
    return found


def _past_own_land(reader: ArgumentReader, i: int) -> list[Spot]:
    """Return Peru and Chile of "her home country as well as Peru and Chile" at token `i`."""
    doc, at = reader.scene.doc, i
    while at < len(doc) and doc[at].pos_ in _OF_LAND:
        if any(r.form != "pronoun" for r in reader.scene.at(at)):
            return []
        at += 1
    if at == i or at - i > _LONGEST_LAND or doc[at - 1].lemma_.lower() not in _lands():
        return []
    joint = at
    while at < len(doc) and doc[at].lower_ in word_set("place_joint"):
        at += 1
    return reader.scene.spots(at) if at > joint else []


def _lands() -> frozenset[str]:
    return word_set("land_noun") | words("related_land")


def _listed(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Read "her tour - Peru, Chile and Bolivia - begins", "a visit to Asia, taking in Laos"."""
    leads = noun.lemma_ in word_set("leads_through") or region_of_noun(reader, noun) is not None
    return lands_of_tour(reader, noun, but) if leads else []


__all__ = ["noun_places"]
