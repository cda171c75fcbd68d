"""Where an event is held: by its place, its own name, or its host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verbs import has_subject
from pipeline.labels import AUXILIARIES, NOUNS, OBJECTS, SUBJECTS, TIMES, VERBS
from pipeline.neighbours import agents_of
from pipeline.reference.countries import capital, is_country
from pipeline.reference.places import find_place
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.events.told_occasions import is_of_rite
from pipeline.stages.visits.tables import verb_rules, word_set

#: How many words may lead from the place of an event up to it.
_DEPTH = 6
#: What leads to the place that one travels to, and how the aim of a journey hangs on its verb.
_WHITHER, _AIMS = frozenset({"to", "in", "into", "at"}), frozenset({"advcl", "xcomp"})
_AS_HOST = frozenset({"dobj", "obj", "attr"})
_RAISED = frozenset({"xcomp", "acomp"})


def named_for(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "the Lima summit", "the Lima Peace Forum": a city before an event's noun.

    "The Lima Group summit", "the Lima Pact forum" are held wherever the group likes.
    """
    at = event.i - 1
    while at > event.left_edge.i and _goes_on_to(event, event.doc[at]) and not scene.at(at):
        at -= 1
    for reference in scene.at(at) if at >= 0 and event.doc[at] in event.subtree else ():
        own = reference.form in {"metonym", "name"}  # "the Singapore summit", a city and a land
        land = _land_of_seat(reference) or reference.country or ""
        seat = own and reference.text == capital(land)
        place = reference.text if seat else reference.place if reference.kind == "place" else None
        start, end = scene.bounds(reference)
        if place and is_country(land) and end == at + 1 and not scene.is_owner(reference):
            return Spot(land, place, reference, start, end)
    known = (r for r in scene.at(event.i) if r.kind == "place" and " " in r.text)
    return next((spot for r in known if (spot := _of_known(scene, r, event)) is not None), None)


def _land_of_seat(reference: Reference) -> str | None:
    """Return Belgium for "Brussels", by which a body is meant that has its seat there."""
    if reference.form != "metonym" or is_country(reference.country or ""):
        return None
    return next((place.country for place in find_place(reference.text)), None)


def _of_known(scene: Scene, event_name: Reference, event: Token) -> Spot | None:
    """Return Munich of "the Munich Security Conference", which the places' table knows."""
    start, end = scene.bounds(event_name)
    land = event_name.country or ""
    whole = end == event.i + 1 and is_country(land)
    return Spot(land, event_name.place, event_name, start, end) if whole else None


def _goes_on_to(event: Token, word: Token) -> bool:
    """Tell the words between a city and the noun of an event named for it, from a body's name."""
    if word.pos_ in {"NOUN", "ADJ"}:
        return word.lower_ not in word_set("named_body")
    named = event.pos_ == "PROPN" and word.pos_ == "PROPN" and word.text[:1].isupper()
    return named and word.lower_ not in word_set("named_body")


def is_occasion(token: Token) -> bool:
    """Tell "summit", "funeral", "was sworn in" from other words."""
    if token.pos_ == "VERB":
        return token.lemma_.lower() in word_set("oath_verb") or is_of_rite(token)
    if token.pos_ not in NOUNS and not describes_rite(token):
        return False
    lemma, events = token.lemma_.lower(), words("event")
    return (lemma in events or token.lower_ in events) and lemma not in word_set("no_event")


def describes_rite(token: Token) -> bool:
    """Tell the "Funeral" of "Funeral services are under way", which is tagged as an adjective."""
    described = token.pos_ == "ADJ" and token.head.lemma_.lower() in word_set("rite")
    return described and token.dep_ in {"compound", "amod"}


def is_body_led(event: Token) -> bool:
    """Tell the council of "X, head of the council in Oslo, will attend", a body and no event."""
    of = event.head
    return event.dep_ == "pobj" and of.lower_ == "of" and of.head.dep_ == "appos"


def held_at(scene: Scene, event: Token, sentence: Span | None = None) -> Spot | None:
    """Return the place "in" which an event is told to be held, by itself or by what is done there.

    "The summit, held last week in Lima", "they opened the summit in Lima", "the summit was held
    here" in news from Lima fire; "the summit, where they spoke of an attempt in Quito" does not.
    """
    if is_body_led(event):
        return None
    over, owner = governing_verb(event) if event.pos_ != "VERB" else event, None
    for prep in sentence if sentence is not None else scene.sentence(event.i):
        if prep.lower_ == "here" and scene.here is not None and _leads_to(prep, {event, over}):
            return replace(scene.here, start=prep.i, end=prep.i + 1)
        planned = prep.lower_ == "for" and prep.head.lemma_ in word_set("set_for")
        within = prep.lower_ in {"in", "at"} or (prep.lower_ == "on" and scene.is_where(prep.i))
        if not planned and (not within or scene.is_of_matter(prep.i + 1)):
            continue
        spots = scene.spots(prep.i + 1) if _leads_to(prep, {event, over}) else []
        if spots and is_country(spots[0].country) and not _is_party(spots[0], event):
            if not _is_owner(scene, spots[0], event):
                return spots[0]
            owner = owner or spots[0]
    return owner or host_of(scene, event) or travelled_to(scene, event)


def travelled_to(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "will fly to Lima for the summit", "are in Lima to attend the summit".

    Not of "flew from Lima for the summit", "refused to fly to Lima for it", nor of "will fly to
    Lima, then to Quito for it", or of a summit whose place is told beside it.
    """
    node = event.head
    attends = node.pos_ == "VERB" and node.lemma_ in words("attends") and node.dep_ in _AIMS
    aimed = event.dep_ == "pobj" and node.lower_ == "for"
    over = node.head if (attends and event.dep_ in OBJECTS) or aimed else None
    if over is None or over.pos_ not in VERBS or is_negated(over):
        return None
    if not any(rule.frame == "travel" for rule in verb_rules().get(over.lemma_, ())):
        return None
    for prep in over.children:
        if prep.lower_ in _WHITHER and prep.i < node.i and prep.i > over.i:
            spots = scene.spots(prep.i + 1)
            if spots and is_country(spots[0].country):
                further = any(scene.spots(i) for i in range(spots[0].end, node.i))
                return None if further or fact_of_verb(over).status is None else spots[0]
    return None


def _is_owner(scene: Scene, spot: Spot, event: Token) -> bool:
    """Tell the Kyiv of "at Kyiv's peace conference in Geneva", which may be held elsewhere."""
    behind = scene.doc[scene.bounds(spot.reference)[1] :][:1].text
    return behind in APOSTROPHE_S and event.left_edge.i <= spot.start < event.i


def _is_party(spot: Spot, event: Token) -> bool:
    """Tell the country of "in a Peru-Nordic meeting", which takes part in it, from its place."""
    return spot.place is None and event.left_edge.i <= spot.start < event.i


def _leads_to(prep: Token, goals: set[Token | None]) -> bool:
    """Tell whether a place hangs on an event, by nothing but its venue, its day and "held"."""
    node = prep.head
    for _ in range(_DEPTH):
        if node in goals:
            return True
        told = word_set("holds_event", "begins_event", "set_for")
        held = node.pos_ in VERBS and node.lemma_ in told
        lemma = node.lemma_.lower()
        venue = node.pos_ == "PROPN" or lemma in word_set("site") or lemma in words("event")
        if not (held or venue or node.pos_ == "ADP" or node.ent_type_ in TIMES):
            return False
        if node.head == node:
            return False
        node = node.head
    return False


def host_of(scene: Scene, event: Token) -> Spot | None:
    """Return Peru of "the summit hosted by Peru", "the Peru-hosted summit", "Peru hosts it"."""
    over = event.head
    if over.lower_ == "of" and over.head.lemma_.lower() in word_set("passing_event"):
        return host_of(scene, over.head)  # "Peru hosts the opening of the summit"
    named = [t for t in event.subtree if t.i > event.i and _is_hosted_by(t) and _hosts(t)]
    named += [t for t in _joined_to(event) if is_hosted_aside(t)]
    named_so = event.lemma_.lower() not in word_set("nameless_event")
    hosting = next((c for c in event.children if c.dep_ == "relcl" and _hosts(c)), None)
    hosting = hosting if hosting is not None and _is_object_of(hosting) else None
    if named_so and (plays := _plays_host(over)) is not None:
        heads = _subjects(plays)
    elif hosting is not None:
        heads = _subjects(hosting)
    elif _hosts(over) and event.dep_ in OBJECTS:
        heads = _subjects(over)
        if over.dep_ == "relcl" and heads and heads[0].lower_ in {"which", "who", "that"}:
            heads = _before_which(heads[0])  # "Peru, which is hosting the summit"
    else:
        named += [over] if _hosts(over) and event.dep_ == "nsubjpass" else []
        agents = (c for verb in named for c in verb.children if c.dep_ == "agent")
        heads = [head for agent in agents for head in agent.children]
    spots = [scene.spots(head.left_edge.i) for head in heads]
    if spots and len(spots[0]) == 1:
        return spots[0][0]
    if not (any(spots) or _may_be_hosted_away(event)) and (led := _land_of_host(scene, heads)):
        return led
    for token in event.doc[event.left_edge.i : event.i]:
        if token.lower_ == "hosted" and token.i > 1 and token.nbor(-1).text == "-":
            for land in scene.places_in(token.i - 2, token.i - 1):
                start, end = scene.bounds(land)
                return Spot(land.country or "", land.place, land, start, end)
    return None


def _plays_host(prep: Token) -> Token | None:
    """Return the verb of "Peru plays host to the summit", "is the host of the summit"."""
    if prep.lower_ not in {"to", "of"}:
        return None
    host, verb = prep.head, prep.head.head
    if host.pos_ == "VERB":
        verb, host = host, next((c for c in host.children if c.lemma_ == "host"), host)
    return verb if host.lemma_ == "host" and host.dep_ in _AS_HOST else None


def _is_hosted_by(verb: Token) -> bool:
    """Tell the clause of "the summit hosted by Peru", "the summit that will be hosted by Peru"."""
    of_it = any(c.dep_ == "nsubjpass" and c.lower_ in {"that", "which"} for c in verb.children)
    return verb.dep_ == "acl" or (verb.dep_ == "relcl" and of_it)


def _joined_to(event: Token) -> Iterator[Token]:
    """Yield the verbs that hang on the one over an event, behind it."""
    verb = governing_verb(event)
    yield from (c for c in verb.children if c.i > event.i) if verb is not None else ()


def is_hosted_aside(verb: Token) -> bool:
    """Tell "will join a summit on Friday, hosted by Peru", where the parse lets her be hosted."""
    bare = verb.tag_ == "VBN" and verb.dep_ in {"conj", "advcl", "dep"} and _hosts(verb)
    own = (c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in AUXILIARIES)
    aside = verb.i > 0 and verb.nbor(-1).text == ","
    return bare and aside and next(own, None) is None and bool(agents_of(verb))


def _is_object_of(hosting: Token) -> bool:
    """Tell "the summit that Peru hosted", "Peru is hosting" from "which hosted talks"."""
    things = [c for c in hosting.children if c.dep_ in OBJECTS]
    hosts = [c for c in hosting.children if c.dep_ in SUBJECTS]
    return any(c.dep_ == "nsubj" and c.pos_ in NOUNS for c in hosts) and all(
        thing.lower_ in {"that", "which"} for thing in things
    )


def _may_be_hosted_away(event: Token) -> bool:
    """Tell "will host the summit there", "hosted a reception", "during his visit" to a land."""
    beside = (*event.head.children, *event.children)
    away = {"there", "here", "abroad"} | word_set("hosted_during")
    meal = event.lemma_.lower() in word_set("meal_of_visit")
    aside = any(t.lower_ == "sidelines" for t in event.sent)
    return meal or aside or any(c.lower_ in away for c in beside)


def _land_of_host(scene: Scene, heads: Sequence[Token]) -> Spot | None:
    """Return Peru of "Peruvian President X will host the summit", as he does so at home.

    So of "Peruvian officials hosting the summit".
    """
    for head in heads[:1]:
        for reference in scene.at(head.i):
            leads = reference.kind in PERSONAL_KINDS and not reference.plural
            leads = leads and reference.role_kind in words("leading_class")
            leads = leads or (reference.plural and head.lower_ in word_set("host_officials"))
            if leads and not reference.guessed and is_country(reference.country or ""):
                start, end = scene.bounds(reference)
                return Spot(reference.country or "", None, reference, start, end)
    return None


def _subjects(verb: Token) -> list[Token]:
    """Return the subject of "Lima hosts", "is to host", not "refused", "was supposed to host"."""
    node = verb
    if node.dep_ in _RAISED and fact_of_verb(node).status in {None, "cancelled"}:
        return []
    while not has_subject(node) and node.dep_ in _RAISED:
        node = node.head
    return [c for c in node.children if c.dep_ in SUBJECTS]


def _before_which(relative: Token) -> list[Token]:
    """Return the noun right before ", which"."""
    at = relative.i - 1
    at -= at > 0 and relative.doc[at].text == ","
    return [relative.doc[at]] if at >= 0 else []


def _hosts(verb: Token) -> bool:
    return verb.pos_ == "VERB" and verb.lemma_ in word_set("plays_host")


__all__ = [
    "describes_rite",
    "held_at",
    "host_of",
    "is_body_led",
    "is_hosted_aside",
    "is_occasion",
    "named_for",
    "travelled_to",
]
