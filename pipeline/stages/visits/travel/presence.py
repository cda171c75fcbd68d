"""What one does or says in a place abroad: one who does it there has gone there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, NOUNS, OBJECTS, TIMES, UNDERGONE, VERBS
from pipeline.neighbours import agents_of, prep_objects, text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.events.sittings import is_before_body
from pipeline.stages.visits.places.speech_places import said_so_in, spoken_from, spoken_in
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.on_the_spot import act_place, is_in_person

#: How many tokens a date before the place with which a sentence opens may have, its comma too.
_DAY_REACH = 7


def presence(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "in Cairo, Lavrov told …": one who does something in a place has gone there."""
    near = None if reader.is_remote(verb) else _own_place(reader, verb) or act_place(reader, verb)
    spot = near or _spoken(reader, verb)
    joined = verb.lemma_ == "join" and any(c.dep_ == "agent" for c in verb.children)
    built = verb.lemma_ == "lay" and verb.dep_ == "acl"  # "a foundation laid by their fathers"
    if spot is not None and not joined and not built and not _is_hearsay(verb):
        yield from _present(reader, verb, rule, spot)


def _is_hearsay(verb: Token) -> bool:
    """Tell "X is said to have arrived", of whom others say so, from "it was said by X"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    to_do = (c for c in verb.children if c.dep_ == "xcomp")
    return passive and any(t.lower_ == "to" and t.dep_ == "aux" for c in to_do for t in c.lefts)


def speech(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "warned in a speech in Cairo": of such verbs the place alone may be the matter's."""
    so = None if reader.is_remote(verb) else said_so_in(reader, verb)
    spot = so if rule.id == "make_known" else _spoken(reader, verb) or so
    if spot is None and rule.id == "give_speech" and not reader.is_remote(verb):
        spot = _of_event_before(reader, verb)
    if spot is not None:
        yield from _present(reader, verb, rule, spot)


def _of_event_before(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "made the remarks after a meeting held in Lima", where one still is.

    Not where one "made them in Quito after it", nor "a day after it".
    """
    for prep in verb.subtree:
        between = {t for t in prep.ancestors if t.pos_ == "VERB"}
        if prep.lower_ not in words("after_trip") or between - {verb, *verb.ancestors}:
            continue
        dated = any(t.ent_type_ == "DATE" for t in prep.doc[max(0, prep.i - 1) : prep.i])
        if dated or prep.head.ent_type_ in TIMES:
            return None
        for event in (h for h in prep.children if h.dep_ == "pobj" and is_event(h)):
            spot = event_place(reader, verb, event)
            return spot if spot is not None and spot.is_town else None
    return None


def _spoken(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where words are told to be said, from where where they are heard elsewhere."""
    there = None if reader.is_remote(verb) else spoken_in(reader, verb)
    return there or spoken_from(reader, verb)


def _present(
    reader: ArgumentReader, verb: Token, rule: VerbRule, spot: Spot
) -> Iterator[Candidate]:
    """Yield the trips of those named who do or say something in a place."""
    ceremony = verb.lemma_ in word_set("ceremony") or rule.id == "put_name_to"
    gathered = _is_of_gathering(verb, spot)
    fact = fact_of_verb(verb)
    begins = verb.lemma_ in words("sets_in")
    if begins and fact.status == "completed" and not fact.reason:
        fact = replace(fact, reason="arrived")
    doers = agents_of(verb)
    subject = reader.scene.subject(verb)
    if subject is not None and _is_of_spokesman(subject, verb):
        return
    if not doers and subject is not None and subject.dep_ == "nsubjpass":
        doers = prep_objects(verb, "between")
    if not doers and subject is not None:
        doers = [
            _speaker_of(subject) or subject,
            *([] if reader.is_remote(verb) else _hearer(verb)),
        ]
    for actor in [a for head in doers for a in reader.scene.actors(head)]:
        reference = actor.reference
        if actor.is_party or reference.plural or not reference.name or reference.guessed:
            continue
        yield reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact,
            phase="arrive" if begins else "whole",
            notes=("presence",) if ceremony or begins or gathered else ("presence", "inside"),
        )


def _is_of_spokesman(subject: Token, verb: Token) -> bool:
    """Tell "will visit Lima at the invitation of X, a spokesman announced here": X did not.

    The parse takes the spokesman for what X is. Not of "X, who announced here that".
    """
    said = verb.tag_ == "VBD" and verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "appos"
    return said and subject in {verb.head, verb.head.head} and verb.head.pos_ == "NOUN"


def _hearer(verb: Token) -> list[Token]:
    """Return B of "A told B here on Monday that", who has come to hear it."""
    heard = (c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i)
    return [c for c in heard if verb.lemma_ == "tell" and c.pos_ == "PROPN"][:1]


def _speaker_of(speech: Token) -> Token | None:
    """Return X of "X's speech, delivered in Lima"."""
    if speech.lemma_.lower() not in word_set("held_to_speak"):
        return None
    return next((c for c in speech.children if c.dep_ == "poss"), None)


def _is_of_gathering(verb: Token, spot: Spot) -> bool:
    """Tell "said at a summit in Peru on Monday", held that day; a press conference is none."""
    for token in verb.doc[spot.start].ancestors:
        if token == verb:
            return False
        if is_before_body(token):
            return False
        if token.lemma_.lower() in word_set("meets_many"):
            return word_set("of_the_press").isdisjoint(c.lower_ for c in token.children)
    return False


def _own_place(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the city "in" which a verb's own action, or the event it goes with, took place."""
    sentence = reader.scene.sentence(verb.i)
    if (told := next(iter(reader.where(verb)), None)) is not None and told.is_town:
        return told  # "a forum in Lima, where the speech was delivered by"
    if (told := _site_of_done(reader, verb)) is not None:
        return told
    for token in reader.scene.doc[sentence.start : sentence.end]:
        if token.dep_ != "prep" or not reader.scene.is_where(token.i):
            continue
        said = _is_said_in(token, verb) or _is_spoken_in(token, verb)
        built = _is_of_building(token, verb)
        dated = _opens(reader, sentence.start, token.i) and not _is_of_matter(verb)
        opening, opens = dated or token.i == sentence.start, dated and token.head == verb
        if not (said or built or opens or _places_action(reader, token, verb)):
            continue
        if any(child.lower_ == "campaign" for child in token.head.children):
            continue  # "told voters at a campaign rally in Douglas" is said at home
        spots = reader.scene.spots(token.i + 1)
        done = is_in_person(verb) and token.head == verb
        signed = _signs(token, verb) or _signs_with_named(token, verb)
        wide = token.lower_ == "in" and (opening or done or said or built or signed)
        if spots and (wide or _is_location(reader, spots[0])):
            return spots[0]
    return None


def _site_of_done(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return Lima of "a mass in Lima, celebrated by X", "the plant in Lima opened by X"."""
    by = any(c.dep_ == "agent" for c in verb.children)
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or not by:
        return None
    if verb.lemma_ not in word_set("opens_building", "leads_service"):
        return None
    preps = (t for t in verb.head.subtree if t.lower_ in {"in", "at"} and t.i < verb.i)
    spots = (spot for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1])
    return next((spot for spot in spots if spot.is_town), None)


def _opens(reader: ArgumentReader, start: int, prep: int) -> bool:
    """Tell the "in" of "Last May, in Peru, X agreed" from that of "Last May, in Peru's war, X"."""
    if not start < prep < start + _DAY_REACH:
        return False
    covered, doc = reader.clock.covered, reader.scene.doc
    spot = next(iter(reader.scene.spots(prep + 1)), None)
    if spot is None or any(t.tag_ == "POS" for t in doc[prep : spot.end]):
        return False
    if text_at(doc, spot.end) != ",":
        return False
    return all(i in covered or doc[i].text in {",", "In", "On"} for i in range(start, prep))


def _is_of_matter(verb: Token) -> bool:
    """Tell "In 2022, in Peru, X began a war", "On Sunday, in Peru, X said, a mine closed".

    The land is where the war or the mine was.
    """
    if verb.lemma_ not in words("begin", "speech"):
        return False
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    told = any(
        c.dep_ == "ccomp" and any(g.dep_ == "expl" for g in c.children) for c in verb.children
    )
    return verb.lemma_ in words("begin") or behind.text == "," or told


def _is_of_building(prep: Token, verb: Token) -> bool:
    """Tell "opened a dam in Peru": not "opened an embassy in Peru", as those do at home."""
    built = prep.head
    opened = verb.lemma_ in word_set("opens_building") and built.head == verb
    done = opened and built.dep_ in UNDERGONE
    return done and built.lemma_.lower() not in word_set("opened_by_decree")


def _is_said_in(prep: Token, verb: Token) -> bool:
    """Tell "said on Monday in Peru that", "Speaking in Peru, X": not "said talks in Peru"."""
    between = prep.doc[verb.i + 1 : prep.i]
    timed = all(t.ent_type_ in TIMES or t.lower_ in {"on", "earlier"} for t in between)
    if verb.is_sent_start and verb.lemma_ == "speak" and verb.tag_ == "VBG":
        return timed and prep.head in {verb, *between}
    if verb.lemma_ != "say" or verb.i > prep.i or not timed:
        return False
    last = max(t.i for t in prep.subtree)
    return prep.head in {verb, *between} and text_at(prep.doc, last + 1) == "that"


def _is_spoken_in(prep: Token, verb: Token) -> bool:
    """Tell "said A, speaking through an interpreter in Peru", "spoke on Friday in Peru about aid".

    "spoke to growers in Peru", "spoke of the war in Peru" do not fire.
    """
    if verb.lemma_ != "speak" or prep.i < verb.i:
        return False
    for node in prep.ancestors:
        if node == verb:
            return True
        away = word_set("of_a_topic") - {"after", "before"} | {"to", "with", "for", "as"}
        dated = node.lower_ == "on" and any(c.ent_type_ in TIMES for c in node.children)
        if node.pos_ in VERBS or (node.lower_ in away and not dated):
            return False
    return False


def _places_action(reader: ArgumentReader, prep: Token, verb: Token) -> bool:
    node = prep.head
    if node == verb:
        if is_in_person(verb):
            return True
        return abs(prep.i - verb.i) <= 4 or prep.is_sent_start is True
    if is_in_person(verb) and (_is_beside(node, verb) or _is_party(reader, node)):
        return True
    if is_in_person(verb) and _is_behind_day(prep, verb):
        return True
    if _signs(prep, verb):
        return True
    if node.dep_ == "pobj" and node.head.lower_ == "at":
        above = node.head.head  # "spoke at the Grand Hotel in Oslo", "signed a pact at it in Oslo"
        if above == verb or (is_in_person(verb) and _is_beside(above, verb)):
            return True
    if prep.is_sent_start and verb.dep_ == "ROOT":
        return True
    for _ in range(4):
        talks = node.dep_ == "pobj" and node.lemma_.lower() in word_set("talks_noun")
        held = talks or node.lemma_.lower() in words("event")
        if node.pos_ in NOUNS and held:
            above = node.head
            if node.dep_ in OBJECTS and verb.lemma_ in word_set("of_a_matter"):
                return False  # "discussed the conference in Lima"
            while above.head != above and _leads_to(above):
                topic = above.lower_ in {"of", "about", "as"} or (
                    above.lower_ == "on" and node.head == above
                )
                if above.head == verb and topic:
                    return False  # "said of the talks in Lima", "said as the talks in Lima went on"
                above = above.head
            return above == verb
        node = node.head
    return False


def _leads_to(node: Token) -> bool:
    """Tell "at the end of the talks in Lima" from the "ended" of what itself ends."""
    return node.pos_ == "ADP" or node.lemma_ in word_set("part_of_occasion")


def _is_beside(node: Token, verb: Token) -> bool:
    """Tell "signed by A and B in Ankara", "signed a pact with A in Ankara": not "on a mine in"."""
    while node.dep_ in {"conj", "appos"} and node.head != node:
        node = node.head
    if node.dep_ == "dobj" and node.head == verb:
        return True
    signed = node.head.lower_ == "to" and node.head.head == verb  # "put their names to a pact"
    beside = node.head.dep_ == "agent" or node.head.lower_ == "with" or signed
    pact = node.head.head
    if pact.head.lower_ == "of" and pact.lemma_.lower() in word_set("signed_of"):
        pact = pact.head.head  # "a memorandum of understanding with A in Lima"
    return node.dep_ == "pobj" and beside and verb in {pact, pact.head}


def _is_behind_day(prep: Token, verb: Token) -> bool:
    """Tell "signed by A and B on May 4, 2024 in Ankara", wherever the parse hangs "in"."""
    dated = prep.i > verb.i + 1 and prep.nbor(-1).ent_type_ == "DATE"
    return dated and not any(t.tag_ in FINITE for t in prep.doc[verb.i + 1 : prep.i])


def _is_party(reader: ArgumentReader, node: Token) -> bool:
    """Tell the country of "signed a pact between A and B in Lima", which does not lie in Lima."""
    parties = [r for r in reader.scene.at(node.i) if r.kind == "country" and r.form == "name"]
    return bool(parties) and any(t.lower_ in {"between", "with"} for t in node.ancestors)


def _signs(prep: Token, verb: Token) -> bool:
    """Tell "signed a pact in Peru" from "signed a pact on mines in Peru"."""
    if verb.lemma_ not in word_set("ceremony"):
        return False
    pact = prep.head
    if pact.head.lower_ == "of" and pact.lemma_.lower() in word_set("signed_of"):
        pact = pact.head.head  # "a memorandum of understanding in Peru"
    signed = pact.lemma_.lower() in word_set("pact_of_two")
    return signed and pact.head == verb and pact.dep_ in UNDERGONE


def _signs_with_named(prep: Token, verb: Token) -> bool:
    """Tell "signed a deal with the Taliban in Qatar" from "signed a deal with rebels in Chad"."""
    named = prep.head.pos_ == "PROPN" and prep.head.head.lower_ == "with"
    return named and verb.lemma_ in word_set("ceremony") and _is_beside(prep.head, verb)


def _is_location(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell a city, "the Ukrainian capital", "Lima, the capital of Peru" from a country."""
    named = spot.reference.kind == "place" or spot.reference.form == "adjective" or spot.is_town
    apposed = text_at(reader.scene.doc, spot.start + 1) == ","
    return named and (apposed or spot.end - spot.start <= 4)


__all__ = ["presence", "speech"]
