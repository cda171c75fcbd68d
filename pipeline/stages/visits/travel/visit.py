"""Verbs whose object is the place visited or left."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.setting_out import leaves
from pipeline.labels import OBJECTS, PRESENT, SUBJECTS
from pipeline.neighbours import prep_objects, text_at, word_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.inviters import inviter_of
from pipeline.stages.visits.hosts.visited_by import visited_by
from pipeline.stages.visits.nouns.owned_lands import inviters_land, owned_land
from pipeline.stages.visits.places.nearest_land import is_of_edge
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.tours.apposed_lands import lands_behind, lands_beside
from pipeline.stages.visits.tours.counted_apart import counted_apart, number_at
from pipeline.stages.visits.tours.lands_meant import lands_meant
from pipeline.stages.visits.travel.deeds import place_of_report
from pipeline.stages.visits.travel.houses import visited_house
from pipeline.stages.visits.travel.on_the_spot import act_place
from pipeline.stages.visits.travel.while_there import place_of_main

#: How far behind its land "embassy", "High Commission" may stand, in tokens.
_HOUSE_REACH = 2


def visit(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "visited Peru", "toured a factory in Hanoi", "left Kyiv"."""
    if verb.tag_ == "VBN" and rule.phase == "whole":
        yield from visited_by(reader, verb, rule)
    spots, site = _visited(reader, verb, rule)
    apart = {} if spots or rule.phase != "whole" else counted_apart(reader, verb)
    spots = spots or [*apart.values()]
    if not spots and _is_bare(reader, verb, rule):
        yield from _bare(reader, verb, rule)
    if not spots or (rule.id == "leave_place" and _is_no_leaving(reader, verb, spots[-1])):
        return
    if rule.phase == "leave" and verb.head.lower_ == "since":
        return  # "since leaving Peru" only takes the visit for known
    fact = fact_of_verb(verb)
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).lower_ in words("at_present"):
        fact = Fact("ongoing")  # "X, currently visiting Lima, said"
    if _is_set_out_for(verb) and fact.status == "completed":
        fact = Fact("completed", weak=True, reason="arrived")
    if rule.phase == "arrive" and fact.status == "completed" and fact.reason != "pluperfect":
        fact = replace(fact, reason="arrived")
    if rule.phase == "leave" and fact.status == "ongoing" and is_gone(reader, verb):
        fact = replace(fact, status="completed")
    for actor in reader.travellers(verb, spots):
        for spot in spots:
            made = reader.make_counted(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                share=0.8 if site else 1.0,
                notes=("site",) if site else (),
                previous=_is_of_before(verb),
            )
            yield replace(made, count=number_at(apart, spot)) if apart else made


def _is_set_out_for(verb: Token) -> bool:
    """Tell "left on Monday to visit Peru", as the news, from "left Lima to visit Peru in 2021"."""
    return verb.tag_ == "VB" and verb.dep_ in {"xcomp", "advcl"} and leaves(verb.head)


def _is_of_before(verb: Token) -> bool:
    """Tell "last visited Lima in May", "had previously visited it" from "then visited it"."""
    return verb.i > 0 and verb.nbor(-1).lower_ in word_set("earlier_by_adverb")


def is_gone(reader: ArgumentReader, verb: Token) -> bool:
    """Tell the news of "leaves Lima after talks" from "leaves Lima on Friday", "is leaving".

    So that of "returns from Lima".
    """
    dated = any(t.i in reader.clock.covered for t in verb.subtree)
    return verb.tag_ in PRESENT and verb.dep_ == "ROOT" and not dated


def _visited(reader: ArgumentReader, verb: Token, rule: VerbRule) -> tuple[list[Spot], bool]:
    """Return the places behind the verb, and whether they are only where a visited site lies."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i]
    if rule.id in word_set("done_by_particle"):
        listed = reader.scene.spots(verb.i + 2)
        return listed if len(listed) > 1 else [], False  # not "ticked off Peru over its debts"
    spots = reader.scene.spots(verb.i + 1)
    if spots and rule.phase == "whole" and _is_house_of(reader, spots[0].end):
        spots = []
    if not spots and rule.id == "leave_place" and text_at(verb.doc, verb.i + 1) == "from":
        spots = reader.scene.spots(verb.i + 2)[:1]  # "departed from Lima after a visit"
    lands = _of_counted(objects[0]) if objects else None
    if not spots and lands is not None and _are_lands(lands):
        spots = lands_behind(reader, lands)  # "visited three lands in Africa, namely A and B"
    site = bool(not spots and objects and rule.phase == "whole")
    if site:
        spots = _spots_inside(reader, verb, objects[0]) or _spots_beside(reader, objects[0])
        if not spots and (house := visited_house(reader, verb, objects[0])) is not None:
            return [house], True
        if not spots and _is_under_way(verb):  # "spoke from Lima, where he was visiting a school"
            spots = reader.where(verb)
    elif not spots and rule.phase == "whole" and verb.dep_ == "relcl" and _is_lacking(verb):
        if land := _land_of_which(reader, verb):
            return land, False
        spots = reader.towns_of_site(verb.head)  # "the Lima bakery that X visited"
        site = bool(spots)
    leaves_here = word_behind(verb) == "here"
    clause = _finite_over(verb)
    if not spots and clause.dep_ == "relcl" and (told := _told_of_lands(reader, clause)):
        return told, False
    if not spots and (rule.id != "leave_place" or leaves_here):
        spots = _meant(reader, verb)
    if site and not spots and (there := act_place(reader, verb)) is not None:
        spots = [there]  # "toured a clinic here"
    if spots and not site:
        end = spots[-1].end
        spots = [*spots, *(reader.dated_list(end) or lands_beside(reader, end))]
    return spots, site


def _land_of_which(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return Peru of "praised Peru, which X had visited in May"; not of "Peru's mine, which"."""
    head = verb.head
    which = any(c.lower_ == "which" and c.dep_ in OBJECTS for c in verb.children)
    named = which and head.pos_ == "PROPN" and text_at(verb.doc, head.i + 1) == ","
    spots = reader.scene.spots(head.i) if named else []
    return [s for s in spots[:1] if s.end == head.i + 1]


def _is_under_way(verb: Token) -> bool:
    """Tell "is visiting", "will be visiting" from "would be visiting", "visited"."""
    doubted = any(c.tag_ == "MD" and c.lower_ not in {"will", "'ll"} for c in verb.children)
    return verb.tag_ == "VBG" and not doubted


def _finite_over(verb: Token) -> Token:
    """Return the "plans" of "the lands that X plans to visit", else the verb itself."""
    while verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":
        verb = verb.head
    return verb


def _told_of_lands(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Read "Peru is among the countries that X will visit", "those X will visit are A and B".

    So "the countries X has visited include A and B".
    """
    lands = verb.head
    if lands.lemma_.lower() not in word_set("land_noun") or not _is_lacking(verb):
        return []
    node = lands
    if lands.dep_ == "nsubj" and lands.head.lemma_ in word_set("<include>"):
        first = next((c for c in lands.head.children if c.dep_ in OBJECTS), None)
        return reader.scene.spots(first.left_edge.i) if first is not None else []
    while node.dep_ in {"pobj", "prep"} and node.head != node and node.head.lemma_ != "be":
        node = node.head
    be = node if node.lemma_ == "be" else node.head
    if be.lemma_ != "be":
        return []
    named = [c for c in be.children if c.dep_ in {"nsubj", "attr"} and c != node]
    found = (reader.scene.spots(c.left_edge.i) for c in named)
    return next((spots for spots in found if spots), [])


def _is_lacking(verb: Token) -> bool:
    """Tell "that X will visit" from "whose people X will visit", "that visit Peru"."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    whose = any(c.lower_ == "whose" for c in verb.subtree)
    return subject is not None and subject.tag_ not in {"WDT", "WP"} and not whose


def _is_bare(reader: ArgumentReader, verb: Token, rule: VerbRule) -> bool:
    """Tell "visited in 1967", "the first to visit since 2005", "when he visited": no object."""
    if rule.id != "visit" or any(c.dep_ in {"nsubjpass", "agent"} for c in verb.children):
        return False
    if verb.dep_ in {"amod", "xcomp"} and verb.head.lemma_ in word_set("asks_to_come"):
        return False  # whom "invited to visit" reads
    dated = reader.clock.covered
    for child in verb.children:
        if (
            child.dep_ in {"dobj", "obj", "ccomp", "attr", "oprd", "dative"}
            and child.i not in dated
        ):
            return False
    at = verb.i + 1
    while word_at(verb.doc, at) in word_set("behind_visit") | {"there"}:
        at += 1
    if at >= len(verb.doc) or at in dated:
        return True
    behind = verb.doc[at]
    return (
        behind.is_punct or behind.is_sent_start is True or behind.pos_ in {"ADP", "SCONJ", "CCONJ"}
    )


def _bare(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read a visit of the place of the report, or of that of which the passage tells."""
    own = {actor.country for actor in reader.travellers(verb)}
    where = next((c.i for c in verb.children if c.lower_ == "where"), 1)
    beside = reader.scene.spots(where - 1 - (text_at(verb.doc, where - 1) == ","))
    there = [spot for spot in beside if where > 1 and spot.country not in own]
    there = there or reader.understood.there_behind(verb, own) or _where_first(reader, verb, own)
    spot = there[0] if there else place_of_main(reader, verb)
    spot = spot or reader.understood.set_in(verb.i, but=own)
    for actor in reader.travellers(verb, [spot]):
        single = actor.reference.kind == "office" and bool(actor.reference.role_kind)
        if actor.country and (actor.reference.name or single):
            yield reader.make_counted(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact_of_verb(verb),
                share=0.8,
                previous=_is_of_before(verb),
                inviter=inviter_of(reader, verb, own),
            )


def _where_first(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> list[Spot]:
    """Return Tonga of "flies to Tonga, where she will be the first premier to visit"."""
    be = next((t for t in verb.ancestors if t.dep_ == "relcl" and t.lemma_ == "be"), None)
    if be is None or not any(c.lower_ == "where" for c in be.children):
        return []
    told = [*reader.scene.spots(be.head.i), *reader.before_where(be)]
    return [spot for spot in told if spot.country not in own][:1]


def _is_no_leaving(reader: ArgumentReader, verb: Token, spot: Spot) -> bool:
    """Tell "left Peru off the list", "left Europe behind", and "left the Kremlin", a house.

    Also "left Peru in the dark", "left Peru without power", and "struck a deal, which left Peru
    furious"; not "left Peru without a deal".
    """
    doc = reader.scene.doc
    house = any(t.lower_ in word_set("house_left") for t in doc[spot.start : spot.end])
    other = text_at(doc, spot.end) in word_set("left_other")
    if house or (other and not _leaves_lacking(doc[spot.end : spot.end + 5])):
        return True
    behind = doc[spot.end : spot.end + len(("in", "the", "dark"))]
    stays = behind.text.lower().startswith(("in ", "on "))
    if stays and any(t.lower_ in word_set("left_state") for t in behind if t.i > spot.end):
        return True
    which = any(c.lower_ in {"which", "that"} and c.dep_ == "nsubj" for c in verb.children)
    thing = (
        which
        and verb.dep_ == "relcl"
        and verb.head.tag_ == "NN"
        and not reader.scene.at(verb.head.i)
    )
    return thing and reader.scene.actor(verb.head) is None


def _leaves_lacking(behind: Span) -> bool:
    """Tell "without a deal", "without signing it" behind a place that one left so."""
    if not behind or behind[0].lower_ != "without":
        return False
    return behind[1:2].text.endswith("ing") or any(
        t.lemma_.lower() in word_set("left_without") for t in behind
    )


def _meant(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return the country of "visited the kingdom", "visited here", "would visit her country"."""
    own = {actor.country for actor in reader.travellers(verb)}
    if several := lands_meant(reader.scene, reader.understood.told, verb.i + 1):
        return [spot for spot in several if spot.country not in own]
    if reader.understood.is_town_of_own(verb.i + 1, own):
        return []
    for i in range(verb.i + 1, min(verb.i + 3, len(reader.scene.doc))):
        same = reader.understood.same(i, but=own) if i == verb.i + 1 else None
        spot = inviters_land(reader.scene, i) or same or reader.here(i, own)
        spot = spot or reader.understood.gone_to(i, but=own)
        spot = spot or reader.understood.land(i, but=own) or owned_land(reader.scene, i, own)
        if spot is not None:
            return [spot]
    return _site_here(reader, verb, own)


def _site_here(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> list[Spot]:
    """Return where the report is set for "visited the disaster area", "toured the camp".

    So for "toured a clinic" where the report opens with its place, and for the embassy of one's
    own land.
    """
    objects = (c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i)
    site = next((c for c in objects if _is_site(reader, c, own)), None)
    if site is None or None in own:
        return []
    here = reader.scene.here
    told = any(c.lower_ == "the" for c in site.children)
    if not told and place_of_report(reader, verb) is None:
        return []
    ground = here if here is not None else reader.scene.ground(own, least=2)
    if ground is None or ground.country in own:
        return []
    start = reader.scene.sentence(verb.i).start
    before = (
        s
        for t in reader.scene.doc[start : verb.i]
        if t.lower_ in {"in", "at"}
        for s in reader.scene.spots(t.i + 1)[:1]
    )
    if any(s.country != ground.country and s.start >= start for s in before):
        return []  # "SEOUL - X met Kim in Pyongyang and visited a farm", which is there
    if here is None and ground.start >= reader.scene.sentence(verb.i).end:
        return []  # "X visited the clinic. The prison in Cuba should close, Y said"
    return [replace(ground, start=verb.i + 1, end=site.i + 1)]


def _is_site(reader: ArgumentReader, thing: Token, own: Collection[str | None]) -> bool:
    """Tell a clinic, a camp, and the embassy of one's own land: not that of another."""
    below = [t.lemma_.lower() for t in thing.subtree if t.i <= thing.i or t.head == thing]
    if not word_set("mission_house").isdisjoint(below):
        named = [r for t in thing.subtree for r in reader.scene.at(t.i)]
        return any(reference.country in own for reference in named)
    return thing.lemma_.lower() in word_set("site")


def _of_counted(thing: Token) -> Token:
    """Return the "states" of "visited two of these states, A and B", else the object itself."""
    counted = prep_objects(thing, "of") if thing.pos_ == "NUM" else []
    return counted[0] if counted else thing


def _are_lands(noun: Token) -> bool:
    """Tell the object of "visited three African countries"."""
    return noun.tag_ == "NNS" and noun.lemma_.lower() in word_set("land_noun")


def _is_land(noun: Token) -> bool:
    """Tell the object of "visited his mother's native country of Ghana as well as Togo"."""
    return noun.lemma_.lower() in word_set("land_noun") or noun.lower_ in words("place_noun")


def _spots_inside(reader: ArgumentReader, verb: Token, head: Token) -> list[Spot]:
    """Return the place in which a visited site lies ("a factory in Hanoi").

    Who visits "the Chile-Peru border" is in Chile, or at home if he is from either.
    """
    for token in head.subtree:
        if token.lower_ in {"in", "of", "at"} and token.i > head.i and not _is_of_harm(token):
            if _is_of_giver(token, head):
                continue
            spots = reader.scene.spots(token.i + 1)
            if spots and not _is_house_of(reader, spots[0].end):
                land = token.lower_ == "of" and token.head == head and _is_land(head)
                return spots if land else spots[:1]
    if _are_lands(head):
        return []  # "visited three states allied with Peru"
    for reference in reader.scene.places_in(head.left_edge.i, head.right_edge.i + 1):
        start, end = reader.scene.bounds(reference)
        doc = reader.scene.doc
        # "an island claimed by Peru", "a wall for those who fell in the war with Peru"
        claimed = doc[start - 1].lower_ in {"by"} | word_set("before_partner")
        bound = text_at(doc, end) == "-"  # "a Peru-backed school"
        fights = doc[max(0, start - 2)].dep_ == "acl"  # "soldiers fighting in Peru"
        if _is_of_harm(doc[start - 1]) or (reader.scene.is_of_matter(start) and not fights):
            continue
        if head.lemma_ in word_set("edge_of_land") and is_of_edge(reader.scene, reference):
            return _at_edge(reader, verb, head)
        given = _is_of_giver(doc[start - 1], head) or _is_source(reader, start, end)
        given = given or _is_house_of(reader, end)
        if reference.country and not (claimed or bound or given):
            return [Spot(reference.country, reference.place, reference, start, end)]
    return []


def _is_of_giver(of: Token, site: Token) -> bool:
    """Tell the land of "a clinic built with the help of Peru", not of "in the hills of Peru".

    So that of "the embassy of Peru", "the stand of Peru", which lie elsewhere.
    """
    if of.lower_ != "of" or of.head == site:
        return of.lower_ == "of" and site.lemma_.lower() in word_set("foreign_site")
    node = of.head
    while node.head.lower_ == "of" and node.head.head not in {site, node}:
        node = node.head.head  # "with the help of the government of Peru"
    given = node.lemma_.lower() in word_set("by_whose_help")
    return given and node.head.lower_ != "of"  # "the offices of the government of Peru"


def _is_house_of(reader: ArgumentReader, end: int) -> bool:
    """Tell the land, ending there, of "the Peru High Commission", which lies in another."""
    behind = reader.scene.doc[end : end + _HOUSE_REACH]
    if behind and behind[0].pos_ == "ADP":
        return False
    return any(t.lemma_.lower() in word_set("mission_house") for t in behind)


def _is_source(reader: ArgumentReader, start: int, end: int) -> bool:
    """Tell "a clinic built with a loan from Peru" from "ports from Callao (down) to Tacna"."""
    doc = reader.scene.doc
    at = start - 1 - (start > 1 and doc[start - 1].lower_ == "the")
    return doc[at].lower_ == "from" and all(t.lower_ != "to" for t in doc[end : end + 2])


def _is_of_harm(preposition: Token) -> bool:
    """Tell the "in" of "visited soldiers wounded in Peru", which is where they were then.

    So that of "wounded while serving in Peru", not that of "visited soldiers serving in Peru".
    """
    verb = preposition.head
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        verb = verb.head
    harmed = verb.pos_ == "VERB" and verb.tag_ != "VBG"
    return harmed and verb.lemma_ in word_set("harm_to_some")


def _at_edge(reader: ArgumentReader, verb: Token, edge: Token) -> list[Spot]:
    """Return the first land of "the Chile-Peru border", where neither is the visitor's own."""
    told = list(reader.scene.places_in(edge.left_edge.i, edge.i))
    own = {actor.country for actor in reader.travellers(verb)}
    if not told or own & {None, *(reference.country for reference in told)}:
        return []
    start, end = reader.scene.bounds(told[0])
    return [Spot(told[0].country or "", told[0].place, told[0], start, end)]


def _spots_beside(reader: ArgumentReader, thing: Token) -> list[Spot]:
    """Return the place of "visited troops in Kenya", which the parse gives to the verb.

    So that of "visited survivors at a clinic in Kenya".
    """
    preps = [c for c in thing.head.children if c.i > thing.i and c.lower_ in {"in", "at", "near"}]
    inner = [t for c in preps for t in c.subtree if t.lower_ == "in" and t != c]
    return next((s for c in (*preps, *inner) if (s := reader.scene.spots(c.i + 1)[:1])), [])


__all__ = ["is_gone", "visit"]
