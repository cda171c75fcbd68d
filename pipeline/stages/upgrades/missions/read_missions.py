"""Ambassadors exchanged and embassies opened, which are a step of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, ANY_OBJECTS, AUXILIARIES, PLURALS, SUBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects, word_behind
from pipeline.reference.countries import country_codes, is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.missions.at_work import (
    held_since,
    is_first_to_have,
    is_very_first,
    one_more,
    opens_doors,
    starts_work,
    worker,
    works_since,
)
from pipeline.stages.upgrades.missions.brief_closures import is_brief
from pipeline.stages.upgrades.missions.going_home import goes_home
from pipeline.stages.upgrades.missions.houses import house_of_clause, is_in_each_other
from pipeline.stages.upgrades.missions.in_turn import opened_in_turn
from pipeline.stages.upgrades.missions.mission_parties import mission_parties
from pipeline.stages.upgrades.missions.reopened import embassy_before
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words

_WORD = re.compile(r"[a-z-]+")
#: How far behind "its first ambassador" it is told since when, in tokens.
_FIRST_REACH = 12
#: Parties found as surely as this are named as owner and host of a mission.
_BY_GRAMMAR = 0.9


def read_mission(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "exchanged ambassadors", "reopened its embassy in Doha"."""
    before = embassy_before(reading, token)
    noun = before[0] if before is not None else mission_noun(token)
    if noun is None or any(c.lower_ == "no" for c in noun.children):
        return
    holds = token.lemma_.lower() in words("holds_house")
    since = works_since(token) or (held_since(noun) if holds else None)
    if since is None and holds and not is_first_to_have(token):
        return
    if any(node.lower_ in words("no_state") for node in token.subtree):
        return  # "opened an embassy in Sukhumi"
    if trigger.needs == "new_mission" and not _is_new(noun):
        return
    again = is_again(reading.scene, token)
    if again and is_brief(token):
        return
    seat = any(t.lower_ in words("moved_seat") for t in noun.subtree)
    if goes_home(reading, token):
        return
    if _is_let_in(token) or _is_in_house(token, noun) or seat or (not again and _is_moved(token)):
        return
    if _is_of_house(noun) or (
        not again and (_is_routine(reading, token, noun) or _is_of_years(token, noun))
    ):
        return
    status = status_of(reading.scene, token)
    if status is None:
        return
    status = (trigger.status or status) if status == "completed" else status
    if status == "completed" and tense_of(token) == "progressive" and token.tag_ == "VBG":
        status = "planned"  # "is opening an embassy"
    sets, sure = (
        (before[1], 0.9)
        if before is not None
        else mission_parties(reading, token, noun, again=again)
    )
    joined = reading.clock.directly_behind(noun.i + 1) if noun.dep_ == "conj" else None
    behind = reading.clock.within(since.i, since.right_edge.i + 1) if since is not None else None
    date = behind or joined or reading.date(token)
    if status != "completed" and reading.is_of_event_before(token):
        date = None
    told_of = token.pos_ == "NOUN" or (token.dep_ in ADNOMINAL and noun.i < token.i)
    listed = told_of and _is_decided_on(token) and _is_listed(token, noun)
    if told_of and not (again or date or listed) and not _is_on_a_day(reading, token):
        return
    told_as_done = listed and _decider(token) in words("tells_of_opening")
    if listed and not told_as_done and status == "completed" and not again and date is None:
        status = "planned"  # "approved the opening of embassies in Ghana and Peru"
    if status == "proposed" and not again and (sure < _BY_GRAMMAR or not _is_one_house(noun)):
        return
    if status == "planned" and date is not None and reading.is_over(token, date):
        status = "completed"
    if status == "completed" and date is not None:
        date = reading.gone_by(token, date)
    level = _level(noun)
    if level != "ambassador_level" or _kind(noun) == "mission":
        # A liaison office of NATO, a mission to the UN is no step in relations.
        sets = [parties for parties in sets if all(map(is_country, parties))]
    made = [
        Candidate(
            rule=trigger.id,
            at=token.i,
            parties=parties,
            level=level,
            level_text=noun.text if level == "ambassador_level" else _named(noun),
            change="restoration" if again else "upgrade",
            status=status,
            date=date,
            score=round(trigger.score * sure, 3),
            owners=tuple(reading.parties.owners(token)),
            named=token.pos_ == "NOUN" and date is None,
        )
        for parties in sets
    ]
    yield from made
    if level == "ambassador_level" and status == "completed" and token.pos_ == "VERB":
        yield from opened_in_turn(reading, token, made)


def mission_noun(token: Token) -> Token | None:
    """Return the embassy or ambassador that a trigger opens, sends or exchanges."""
    if token.lemma_.lower() in words("starts_work"):
        return next(filter(_is_mission, worker(token) if starts_work(token) else ()), None)
    if works_since(token) is not None:
        return next(filter(_is_mission, worker(token)), None)
    objects = [child for child in token.children if child.dep_ in ANY_OBJECTS]
    if not objects and token.lemma_.lower() in words("opens_itself"):
        objects = [child for child in token.children if child.dep_ == "nsubj"]
    if objects and all(c.lemma_.lower() in words("doors") for c in objects):
        if token.lemma_.lower() not in words("reopens") and not opens_doors(token):
            return None  # "the embassy opened its doors to visitors"
        objects = [child for child in token.children if child.dep_ == "nsubj"]
    if not objects and token.dep_ == "xcomp":
        objects = _raised_subject(token)
    objects = house_of_clause(token, objects)
    objects += [node for child in objects for node in child.conjuncts]
    objects += [n for node in objects for n in _at_work(token, node)]
    parts = [token, *(child for child in objects if child.lower_ == "one")]
    if token.dep_ == "compound" and token.head.lemma_.lower() == "ceremony":
        parts.append(token.head)  # "the opening ceremony of the embassy of Peru"
    objects += [n for part in parts for n in prep_objects(part, "of")]
    return next((node for node in objects if _is_mission(node)), None) or one_more(token)


def _raised_subject(token: Token) -> list[Token]:
    """Return the embassy of "the embassy is set to be reopened", "is due to reopen".

    The parse may hang it on the name before it ("after talks with Ivo Kos the embassy is …").
    """
    passive = any(child.dep_ == "auxpass" for child in token.children)
    if not passive and token.lemma_.lower() not in words("opens_itself"):
        return []
    over = token.head.head if token.head.dep_ == "acomp" else token.head
    subjects = [c for c in over.children if c.dep_ in SUBJECTS]
    auxiliaries = [c.i for c in over.children if c.dep_ in AUXILIARIES]
    if not subjects and auxiliaries and min(auxiliaries) > 0:
        subjects = [token.doc[min(auxiliaries) - 1]]
    return subjects


def _at_work(token: Token, noun: Token) -> list[Token]:
    """Return the embassy of "resumed the work of its embassy after five years".

    Also of "decided to resume the work of its embassy", which nobody decides after a storm, and of
    "the embassies of both resumed work", which none shut in both at once.
    """
    worked = noun.lemma_.lower() in words("mission_work") and token.lemma_.lower() == "resume"
    decided = token.dep_ == "xcomp" and token.head.lemma_.lower() in words("resolves_on_embassy")
    subjects = [c for c in token.children if c.dep_ == "nsubj"]
    both = any(c.lemma_.lower() == "embassy" and _is_several(c) for c in subjects)
    years = any(t.lemma_.lower() in words("years") for t in token.sent)
    if not worked or not (decided or both or years):
        return []
    nouns = [*subjects]
    nouns += [c for c in noun.children if c.dep_ in {"poss", "compound"}]
    preps = [c for c in (*noun.children, *token.children) if c.lower_ in {"of", "at"}]
    return [*nouns, *(n for c in preps for n in c.children)]


def _is_several(noun: Token) -> bool:
    return noun.tag_ == "NNS" or any(c.lemma_ == noun.lemma_ for c in noun.conjuncts)


def _level(noun: Token) -> str:
    """Return the level of an embassy, or of an office that is less than one."""
    lemma = noun.lemma_.lower()
    if lemma == "section":
        return "interests_section"
    return "liaison_office" if lemma == "office" else "ambassador_level"


def _named(noun: Token) -> str:
    """Return "interests section", "liaison office"."""
    kind = [c.text for c in noun.children if c.lower_ in words("office_kind")]
    return " ".join([*kind, noun.text])


def _is_mission(node: Token) -> bool:
    """Tell an embassy or ambassador, a "diplomatic mission" or "presence", a "high commissioner".

    Also an "interests section" and a "liaison office", which are less; not a "de facto embassy".
    """
    lemma = _kind(node)
    near = {child.lower_ for child in node.children}
    before = node.doc[node.left_edge.i : node.i]
    if any(t.lower_ in words("no_real_mission") for t in before):
        return False
    if lemma in words("lesser_mission"):
        return bool(near & words("office_kind"))
    if lemma in words("high_mission"):
        return "high" in near
    if lemma == "presence":
        return "diplomatic" in near
    if lemma != "mission":
        return lemma in words("mission")
    if near & words("mission_of_state") or is_in_each_other(node):
        return True
    return _is_of_state(node) or _is_opened_in_land(node)


def _kind(noun: Token) -> str:
    """Return the "mission" of "the new Indian Missions", which the model leaves as they are."""
    lemma = noun.lemma_.lower()
    return lemma.removesuffix("s") if noun.tag_ == "NNPS" else lemma


def _is_opened_in_land(node: Token) -> bool:
    """Tell "we will open our mission in Ghana", "set up a mission in Kenya", told of diplomacy.

    Also "Turkish missions will be opened in Fiji". Not "set up a trade mission in Kenya", "opened a
    mission in Lome" of an order of nuns.
    """
    verb = node.head
    named = verb.lower_ == "of" and verb.head.lemma_.lower() in words("opening_of_house")
    verb = verb.head if named else verb
    made = verb.lemma_.lower() in words("opens_house", "sets_up") and node.dep_ in UNDERGONE
    of_land = [c for c in node.children if c.i < node.i and country_codes(c.text)]
    plain = all(
        c.dep_ in {"det", "poss", "prep", "nummod", "punct"}
        or c.lower_ in words("any_new")
        or c in of_land
        for c in node.children
    )
    lands = [*prep_objects(node, "in"), *prep_objects(verb, "in")]
    placed = any(n.ent_type_ == "GPE" for n in lands)
    of_states = node.tag_ in {"NNS", "NNPS"} and bool(of_land)
    diplomatic = of_states or any(t.lower_ in words("of_diplomacy") for t in node.doc)
    return (made or named) and plain and placed and diplomatic


def _is_of_state(node: Token) -> bool:
    """Tell the mission of "Peru reopened its mission in Lome" from one of nuns, or for trade."""
    verb = node.head
    if verb.lemma_.lower() not in words("reopens") or node.dep_ not in ANY_OBJECTS:
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    subjects = [verb.head if c.lower_ in words("relative") else c for c in subjects]
    own = all(c.lower_ in words("its") or c.dep_ == "prep" for c in node.children)
    return own and any(c.ent_type_ == "GPE" for c in subjects)


def is_again(scene: Scene, token: Token) -> bool:
    """Tell a mission that is opened or sent once more: "reopened", "again", after years."""
    if token.i > 1 and [t.lower_ for t in scene.doc[token.i - 2 : token.i]] == ["re", "-"]:
        return True
    # A footnote's mark may be glued on ("again.[5]").
    sentence = _own_clause(token) or scene.sentence(token.i)
    text = sentence.text.lower().replace("in return", "")
    around = {*_WORD.findall(text), token.lemma_.lower()}
    if around & words("again") or _is_first_since(token) or _is_after_recall(token):
        return True
    if _is_after_years(token):
        return True
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in words("rupture") for t in sentence)


def _own_clause(token: Token) -> Span | None:
    """Return the clause of "restored ties with Peru, which opened its embassy in 1995".

    Also that of "restored ties with it, while it opened an embassy"; None of the main clause.
    """
    beside = any(c.lower_ in words("contrast") for c in token.children if c.dep_ == "mark")
    of_noun = any(c.lower_ in words("relative") for c in token.children)
    apart = (token.dep_ == "relcl" and of_noun) or (token.dep_ == "advcl" and beside)
    return token.doc[token.left_edge.i : token.right_edge.i + 1] if apart else None


def _is_first_since(token: Token) -> bool:
    """Tell "named its first ambassador to Peru in ten years", "for the first time since 2012"."""
    noun = mission_noun(token)
    if noun is None:
        return False
    behind = noun.doc[noun.i : min(noun.i + _FIRST_REACH, noun.sent.end)]
    time = any(t.lower_ == "time" and t.nbor(-1).lower_ == "first" for t in behind if t.i)
    time = time or any(t.lower_ in {"since", "in"} and t.nbor(-1).lower_ == "first" for t in behind)
    if not time and all(child.lower_ != "first" for child in noun.children):
        return False
    return any(
        t.lower_ == "since" or (t.lemma_.lower() in words("years") and _is_counted(t))
        for t in behind
        if t.sent.start == noun.sent.start
    )


def _is_after_years(token: Token) -> bool:
    """Tell "exchanged ambassadors after eight years", not "after eight years of talks"."""
    spans = (n for n in prep_objects(token, "after") if n.lemma_.lower() in words("years"))
    spans = (n for n in spans if n.dep_ == "pobj" and not prep_objects(n, "of"))
    return any(map(_is_counted, spans))


def _is_after_recall(token: Token) -> bool:
    """Tell "named an ambassador to Peru six years after recalling its envoy", one once more.

    Not "after recalling its envoy from Chad".
    """
    late = (t for t in token.sent if t.i > token.i and t.lemma_.lower() in words("calls_home"))
    late = (verb for verb in late if verb.dep_ == "pcomp" and verb.head.lower_ == "after")
    envoys = words("mission", "posted") - {"consul"}
    return any(
        c.lemma_.lower() in envoys
        for v in late
        if all(t.lower_ != "from" and t.lower_ != "of" for t in v.subtree)
        for c in v.children
        if c.dep_ == "dobj"
    )


def _is_counted(years: Token) -> bool:
    """Tell "in ten years", "in a decade"."""
    of = years.head.lower_ in {"in", "for", "after"}
    bare = years.tag_ == "NNS" and not list(years.children)  # "for the first time in years"
    return of and (bare or any(c.dep_ in {"nummod", "det", "quantmod"} for c in years.children))


def _is_routine(reading: Reading, token: Token, noun: Token) -> bool:
    """Tell an ambassador merely sent from an embassy opened, or from those of two to each other.

    Also from the first of all, sent on a day that is told.
    """
    if noun.lower_ == "one":
        return False  # "has an embassy there, and Peru opened one here"
    if is_very_first(token, noun) and reading.date(token) is not None:
        return False
    if any(t.lower_ == "each" and word_behind(t) == "other" for t in token.subtree):
        return False
    lemma = token.lemma_.lower()
    near = {child.lower_ for child in noun.children}
    if lemma in words("opens_house") and _kind(noun) in words("house_of_mission"):
        return "new" in near and bool(near & words("its"))
    return lemma in words("mission_routine")


def _is_of_house(noun: Token) -> bool:
    """Tell "opened its largest embassy", "its new embassy, a compound of …", which is a house."""
    return any(child.lower_ in words("housing") for child in noun.children)


def _is_let_in(token: Token) -> bool:
    """Tell "opened its embassy to the public" from "opened its embassy to Peru"."""
    into = prep_objects(token, "to")
    return any(noun.lemma_.lower() in words("let_in") for noun in into)


def _is_in_house(token: Token, noun: Token) -> bool:
    """Tell "the embassy will open in a new building" from "an embassy opened in Lima"."""
    if noun.dep_ not in SUBJECTS:
        return False
    within = prep_objects(token, "in", "at", "on")
    return any(n.lemma_.lower() in words("housing", "site") for n in within)


def _is_moved(token: Token) -> bool:
    """Tell "opened its embassy in Jerusalem", "moving it from Tel Aviv", which opens no new one."""
    moving = (t for t in token.sent if t.pos_ == "VERB" and t.lemma_ in words("relocates"))
    moved = [c for verb in moving for c in verb.children if c.dep_ in UNDERGONE]
    seat = any(t.lower_ in words("moved_seat") for t in token.sent)
    return seat or any(n.lower_ == "it" or n.lemma_.lower() in words("mission") for n in moved)


def _is_new(noun: Token) -> bool:
    """Tell "has seen new embassies in Fiji and Peru" from "has seen embassies, its new embassy"."""
    near = {c.lower_ for c in noun.children}
    return noun.tag_ in PLURALS and bool(near & words("any_new")) and not near & words("definite")


def _is_of_years(token: Token, noun: Token) -> bool:
    """Tell "opened only eight embassies", done over years, from "…, in Ghana and Peru"."""
    if noun.tag_ not in PLURALS or noun.lemma_.lower() == "ambassador":
        return False
    counted = any(child.dep_ == "nummod" for child in noun.children)
    return counted and not _is_listed(token, noun)


def _is_listed(token: Token, noun: Token) -> bool:
    """Tell missions "in Ghana, Peru and Chile", which are told one by one."""
    lands = [*prep_objects(token, "in"), *prep_objects(noun, "in")]
    lands = [n for n in lands if n.ent_type_ == "GPE"]
    if prep_objects(token, "over"):
        return False  # "opened six embassies over 20 years"
    return any(n.conjuncts or any(c.ent_type_ == "GPE" for c in n.children) for n in lands)


def _is_decided_on(token: Token) -> bool:
    """Tell "approved the opening of embassies" from "criticised the opening of embassies"."""
    return _decider(token) in words("decides_on_opening", "tells_of_opening")


def _decider(token: Token) -> str:
    """Return the verb of "approved the opening of embassies", "has included the opening of"."""
    objects = token.pos_ == "NOUN" and token.dep_ in {*UNDERGONE, "pobj"}
    verb = verb_above(token) if objects else None
    return verb.lemma_.lower() if verb is not None else ""


def _is_on_a_day(reading: Reading, token: Token) -> bool:
    """Tell "its opening took place on 29 August", on a page that gives no year."""
    sentence = reading.scene.sentence(token.i)
    told = reading.scene.dates_in(sentence.start_char, sentence.end_char)
    return any(d.value.startswith("XXXX-") for d in told)


def _is_one_house(noun: Token) -> bool:
    """Tell "an embassy", which one may wish to open, from embassies and from "the new embassy"."""
    near = {child.lower_ for child in noun.children}
    own = bool(near & words("its")) or any(child.dep_ == "poss" for child in noun.children)
    return noun.lemma_.lower() == "embassy" and "new" not in near and (own or "an" in near)


__all__ = ["is_again", "mission_noun", "read_mission"]
