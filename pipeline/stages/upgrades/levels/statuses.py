"""Who is given a status, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.labels import AUXILIARIES, NOUNS, SUBJECTS, TIMES, VERBS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.signs import ANY_QUOTES
from pipeline.stages.upgrades.candidate import PARTNER
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.memberships.taken_up import taken_up_together
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars
from pipeline.stages.upgrades.parties.sides import Sides
from pipeline.stages.upgrades.tables import words

#: Who confers a status of an ally where the text does not say.
ALLY = "USA"
#: The body of a status that no other confers.
_OWN_BODY = {"partnership_for_peace": "NATO"}
#: How far behind a level "to" still belongs to it, in characters.
_BEHIND_LEVEL = 9
_TO = frozenset({"to", "on", "upon"})
_WITHIN = frozenset({"in", "of", "at", "within", "with"})
_OBJECTS = frozenset({"dobj", "dative", "nsubjpass", "obj"})


class Statuses(Sides):
    """Reads the parties of a status that one side confers on another."""

    def status(self, token: Token, level: Level) -> list[Parties]:
        """Return who has a status with whom: each receiver with the one that confers it."""
        bars = (level.start, level.end)
        told = self.around(token, bars)
        if self.is_unnamed_many(token):
            giver = self._body_before(level) or self._body(told, token, level)
            many = self._named_behind(token) or self.owners(token, bars)
            return [frozenset({giver, code}) for code in many if giver and is_country(code)]
        owners = self.owners(token, bars)
        if len(owners) == 1 and _is_of_theirs(token):
            return []
        if level.text.lower() in words("bare_candidate") and self._is_of_person(token):
            return []
        receivers = self.receivers(token, bars)
        if token.lemma_.lower() in words("receive"):
            # "joined the SCO as a dialogue partner": the bloc gives.
            # So does it in "joined Peru and Chad as a dialogue partner".
            joins = token.lemma_.lower() == "join"
            receivers = [code for code in receivers if is_country(code) and not joins]
        if token.lemma_.lower() in words("applies"):
            # "asked the bloc for observer status": the asker gets it.
            receivers = [code for code in owners if is_country(code)] or receivers
        standing = bars[0] <= token.idx < bars[1]
        if token.pos_ == "NOUN" and not standing:
            of = [child for child in token.children if child.lower_ == "of"]
            owned = [spot.country for prep in of for spot in self.scene.spots(prep.i + 1)]
            receivers = owned or [code for code in receivers if code not in owners]
            if not receivers and token.lemma_.lower() in words("entering"):
                receivers = list(self._possessors(token, bars))  # "announced Peru's entry as a"
        if standing or (not receivers and token.lemma_.lower() in words("receive")):
            receivers = [code for code in owners if is_country(code)]
        if standing:
            receivers = self._both_holding(token) or receivers
        if not receivers and any(child.dep_ == "auxpass" for child in token.children):
            receivers = [code for code in owners if is_country(code)]
        if not receivers and not self._names_no_state(token):
            # "the envoy of Chad spoke of granting the status with Fiji and Peru"
            partners = self.partners(token, bars) or self.partners(token, NO_BARS)
            paired = [code for code in partners if is_country(code)]
            named = self._named_in_full(token)
            receivers = paired or [code for code in told if is_country(code) and code in named]
        if standing and not receivers:
            receivers = self._of_pronoun(token)
        if receivers and self._names_no_state(token):
            # "Peru's guest, the Republic of Northern Cyprus, was admitted": no other republic.
            receivers = [code for code in receivers if code in self._named_in_full(token)]
        receivers = self._all_taken_up(token) or self._cut_off(token) or receivers
        body = self._body_before(level) or self._body_behind(level)
        giver = body or next((code for code in owners if code not in receivers), None)
        if body is not None:
            receivers = [code for code in receivers if is_country(code)]
        if level.name in words("american"):
            giver = ALLY
        elif level.name in words("ally_level"):
            giver = giver if giver and is_country(giver) else ALLY
        elif giver is None or is_country(giver):
            if self._is_of_other_body(level):
                return []
            giver = _OWN_BODY.get(level.name) or self._body(told, token, level) or giver
        if giver is None:
            return []
        return [frozenset({giver, code}) for code in receivers if code != giver]

    def _all_taken_up(self, token: Token) -> list[str]:
        """Return both of "Peru and Chad have joined it. The two became its partner states".

        Also those of "both countries were granted observer status".
        """
        passive = any(c.dep_ == "auxpass" for c in token.children)
        gets = passive or token.lemma_.lower() in words("receive")
        subject = self.scene.subject(token) if gets and token.pos_ == "VERB" else None
        states = taken_up_together(self, subject) if subject is not None else []
        return states if len(states) > 1 else []

    def _cut_off(self, token: Token) -> list[str]:
        """Return both of "after Peru and Chad were admitted", whom the parse hangs elsewhere.

        Of "While Fiji is still an observer of ASEAN, Peru and Chad were admitted" these two.
        """
        passive = [c.i for c in token.children if c.dep_ in AUXILIARIES and c.i < token.i]
        own = any(c.dep_ in SUBJECTS for c in token.children)
        if own or not passive or not any(c.dep_ == "auxpass" for c in token.children):
            return []
        at = token.doc[min(passive) - 1] if min(passive) > token.sent.start else token
        listed: list[str] = []
        while land := next((r.country for r in self.scene.at(at.i) if r.kind == "country"), None):
            listed.insert(0, land)
            if at.dep_ != "conj":
                break
            at = at.head
        return listed if len(listed) > 1 else []

    def _body_before(self, level: Level) -> str | None:
        """Return the BRICS of "our APEC colleagues became BRICS partners", whose they are."""
        span = self.scene.doc.char_span(level.start, level.end, alignment_mode="expand")
        near = range(span.start - 1, span.end) if span is not None and span.start else ()
        told = (r for i in near for r in self.scene.at(i) if r.kind == "organization")
        return next((r.country for r in told if r.country), None)

    def _body_behind(self, level: Level) -> str | None:
        """Return the ASEAN of "left the EU in 2020 and is a dialogue partner of ASEAN"."""
        doc = self.scene.doc
        span = doc.char_span(level.start, level.end, alignment_mode="expand")
        if span is None or word_at(doc, span.end) not in _WITHIN:
            return None
        heads = (n for n in doc[span.end].children if n.dep_ == "pobj")
        told = (r for n in heads for r in self.scene.at(n.i) if r.kind == "organization")
        return next((r.country for r in told if r.country), None)

    def _named_in_full(self, token: Token) -> set[str | None]:
        """Return the states that a sentence names, not by the "Peruvian" of "a Peruvian ally"."""
        told = (r for t in self.scene.sentence(token.i) for r in self.scene.at(t.i))
        return {r.country for r in told if r.kind == "country" and r.form != "adjective"}

    def _names_no_state(self, token: Token) -> bool:
        """Tell "Turkey asked the bloc to admit Northern Cyprus", which may be for that alone."""
        told = " ".join(["", *(t.lower_ for t in self.scene.sentence(token.i)), ""])
        return any(f" {name} " in told for name in words("no_state"))

    def _is_of_other_body(self, level: Level) -> bool:
        """Tell "an observer of the Polar Council", a body of no known name, from "of ASEAN".

        So is "full membership within the international community" of none; "with the Union" is of
        the one told before, and "at the 6th Summit" of the one that met.
        """
        doc = self.scene.doc
        span = doc.char_span(level.start, level.end, alignment_mode="expand")
        at = span.end if span is not None else len(doc)
        while at < len(doc) and (
            doc[at].text in ANY_QUOTES or doc[at].lemma_.lower() in words("statuses")
        ):
            at += 1
        if at >= len(doc) or doc[at].lower_ not in _WITHIN:
            return False
        heads = [n for n in doc[at].children if n.dep_ == "pobj"]
        if not heads or self.codes(at, heads[0].i + 1):
            return False
        if _is_meeting(heads[0]):
            return False
        called = heads[0].pos_ == "PROPN" and heads[0].ent_type_ not in TIMES
        called = called and not any(r.country for r in self.scene.at(heads[0].i))
        alone = [c.lower_ for c in heads[0].children] == ["the"]
        called = called and not (alone and heads[0].lower_ in words("body_noun"))
        return called or heads[0].lemma_.lower() in words("no_body")

    def _is_of_person(self, token: Token) -> bool:
        """Tell "Ana Ruiz of Peru became a candidate in May", who stands for an office."""
        verb = token if token.pos_ in VERBS else verb_above(token)
        subject = self.scene.subject(verb) if verb is not None else None
        told = self.scene.at(subject.i) if subject is not None else ()
        return any(r.kind in {"person", "office"} for r in told)

    def _both_holding(self, token: Token) -> list[str]:
        """Return both of "Peru and Chad joined it. Both had been its observers since 2016"."""
        verb = verb_above(token)
        subject = self.scene.subject(verb) if verb is not None else None
        states = taken_up_together(self, subject) if subject is not None else []
        return states if len(states) > 1 else []

    def _of_pronoun(self, token: Token) -> list[str]:
        """Return the country that the "it" of "it has been an observer since 2016" takes up."""
        verb = verb_above(token)
        subject = self.scene.subject(verb) if verb is not None else None
        meant = self.meant(subject, set()) if subject is not None else []
        return [code for code in meant if is_country(code)]

    def _last_listed(self, before: int) -> list[str]:
        """Return the countries listed last before a "them" in its sentence."""
        listed: dict[str, int] = {}
        at = self.scene.sentence(before).start
        while at < before:
            found = self.listed_from(at)
            listed = {c: e for c, e in found.items() if is_country(c)} or listed
            at = max([at + 1, *found.values()])
        return list(listed)

    def _body(self, told: Collection[str], token: Token, level: Level) -> str | None:
        """Return the first organization of a sentence, else of its paragraph, or told of most.

        Also one in the level's own name ("EU candidate status"). Of a partner one that has such:
        "said at the APEC summit that Peru had become a partner state" is of the BRICS told before.
        """
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.sentences[number]
        named = self.codes(sentence.start, sentence.end)
        beside = self.neighbours.counts(number)
        most = (code for code, _ in self.counts.most_common())
        bodies = [c for c in [*told, *named, *beside, *most] if not is_country(c)]
        own = words("has_partners") if level.name == PARTNER else frozenset[str]()
        return next((c for c in bodies if c in own), next(iter(bodies), None))

    def receivers(self, token: Token, bars: Bars) -> list[str]:
        """Return the countries to which a status is given: object, or "to A and B"."""
        doc = self.scene.doc
        given_to: dict[str, None] = {}
        for i in range(token.i + 1, self.scene.sentence(token.i).end):
            if doc[i].lower_ not in _TO or doc[i - 1].lower_ == "according":
                continue
            head = doc[i].head
            joined = head.pos_ == "ADP" and head.head == token
            given = head == token or joined
            if given or doc[i - 1].idx < bars[1] + _BEHIND_LEVEL:
                given_to |= dict.fromkeys(spot.country for spot in self.scene.spots(i + 1))
        if given_to:
            return list(given_to)
        objects = [child for child in token.children if child.dep_ in _OBJECTS]
        taken_up = next((c for c in objects if c.lower_ == "them"), None)
        if taken_up is not None:
            return self._last_listed(taken_up.i)
        small = [child for child in token.children if child.dep_ == "ccomp"]
        objects += [n for c in small for n in c.children if n.dep_ == "nsubj"]
        found = dict.fromkeys(
            spot.country for child in objects for spot in self.scene.spots(child.left_edge.i)
        )
        if any(map(is_country, found)) and any(c.dep_ == "nsubjpass" for c in objects):
            found |= dict.fromkeys(self.companions(token))
        behind = [n for c in token.children if c.lower_ in _TO for n in c.children]
        found = found or dict.fromkeys(self._examples([*objects, *behind]))
        nouns = [_taker(node) for node in [*objects, *behind] if node.tag_ != "NNS"]
        return list(found) or [
            code for node in nouns for code in self._own_country(node) or self._land(node, token)
        ]

    def _land(self, noun: Token, token: Token) -> list[str]:
        """Return the state of "ASEAN agreed to admit Peru and gave it the status", no ASEAN."""
        giver = set(self.owners(token)) if noun.dep_ != "nsubjpass" else set[str]()
        return self.meant(noun, giver) or self.meant(noun, set())

    def _examples(self, nouns: Iterable[Token]) -> list[str]:
        """Return those named of "named three states allies. They include Peru, Chad and Fiji"."""
        many = (n for n in nouns if n.tag_ == "NNS" and n.lemma_.lower() in words("many_parties"))
        return [code for noun in many for code in examples_of(self, noun)]

    def _own_country(self, noun: Token) -> list[str]:
        """Return the "Peru" of "Peru's premier thanked them for naming his country an ally"."""
        own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)
        verb = verb_above(noun.head) if own and noun.lemma_ in words("party_noun") else None
        subject = self.scene.subject(verb) if verb is not None else None
        return list(self.codes(subject.left_edge.i, subject.i + 1)) if subject is not None else []


def _taker(noun: Token) -> Token:
    """Return the "country" of "granted the country observer status", however it is parsed.

    None of "was granted the candidate country status", which is the status.
    """
    called = (c for c in noun.children if c.dep_ == "compound" and c.tag_ == "NN")
    called = (c for c in called if not c.i or c.nbor(-1).pos_ not in NOUNS)
    return next((c for c in called if c.lemma_.lower() in words("party_noun")), noun)


def _is_meeting(noun: Token) -> bool:
    """Tell the "Summit" of "at the 6th Summit" from that of "at the Polar Summit", a body."""
    named = (c for c in noun.children if c.dep_ in {"compound", "amod"} and c.i < noun.i)
    counted = all(c.text[:1].isdigit() or c.ent_type_ == "ORDINAL" for c in named)
    return counted and noun.lemma_.lower() in words("gathering")


def _is_of_theirs(verb: Token) -> bool:
    """Tell "Peru has letters of several states on their readiness to become partners"."""
    noun = verb.head if verb.dep_ == "acl" else None
    theirs = noun is not None and any(c.lower_ == "their" for c in noun.children)
    return theirs and verb.tag_ == "VB"


__all__ = ["Statuses"]
