"""The subjects of verbs: their own, or those of the words that they hang on."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token
from typing_extensions import override

from models.entity import ACTOR_KINDS, LAND_KINDS, PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.letters import addressee
from pipeline.discourse.lost_subjects import LostSubjects, is_finite
from pipeline.discourse.tables import words
from pipeline.discourse.together import SUBJECTS
from pipeline.discourse.verb_forms import (
    is_before_that,
    is_nth_to,
    parsed_verb,
    verb_over_participle,
)
from pipeline.labels import ADNOMINAL, AUXILIARIES, NOUNS, OBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects

#: What a verb is to the one whose subject it has: "is" of "A and B, who are new, are expected" too.
_SHARES_SUBJECT = frozenset(
    {"xcomp", "ccomp", "advcl", "conj", "aux", "auxpass", "prep", "pcomp", "dep", "acl", "acomp"}
)

#: What leads from leaders to the lands that they come from, besides the lands.
_LEADS_TO_LAND = frozenset({"from", "of", "the", ",", "and", "as", "well"})


class SubjectReader(LostSubjects):
    """Reads the subjects of verbs."""

    def _over_phrase(self, verb: Token) -> Token | None:
        """Return X of "X in a surprise move flew to Lima", which the parse takes to tell of a move.

        "X in a jet bought by Y flew" has another verb.
        """
        noun = verb.head
        doer = noun.head.head
        finite = verb.dep_ == "acl" and verb.tag_ == "VBD" and noun.dep_ == "pobj"
        bare = not any(c.dep_ in SUBJECTS or c.dep_ == "agent" for c in verb.children)
        alone = doer.dep_ == "ROOT" and doer.pos_ == "PROPN" and doer.i < noun.head.i
        return doer if finite and bare and alone and self._names_one(doer) else None

    def _is_apposed(self, one: Token, noun: Token) -> bool:
        """Tell "X, head of the board, a senior official arrived", read as two who arrived.

        Also "Peru and Chile, allies of Chad, raised their ties".
        """
        if self.doc[max(0, noun.left_edge.i - 1)].text == "," and noun.tag_ == "NNS":
            lands = one.conjuncts and any(r.kind == "country" for r in self.at(one.i))
            return bool(lands) and noun.lemma_.lower() in words("stands_to")
        named = any(r.kind == "person" for r in self.at(one.i))
        told = noun.tag_ == "NN" and any(c.lower_ in {"a", "an", "the"} for c in noun.children)
        return named and told and self.doc[max(0, noun.left_edge.i - 1)].text == ","

    def _is_companion(self, head: Token, other: Token) -> bool:
        between = {token.lower_ for token in self.doc[head.i + 1 : other.i]}
        return bool(between & (words("companion") | {"with"}))

    def is_place_gone_to(self, verb: Token) -> bool:
        """Tell the "visiting" of "X, visiting Peru, said", "Visiting Peru, X said".

        The parse takes it for an attribute of Peru, as it is one in "the visiting minister".
        """
        if verb.tag_ != "VBG" or verb.dep_ not in {"amod", "compound"} or verb.head.i < verb.i:
            return False
        named = [r for r in self.at(verb.head.i) if r.kind in LAND_KINDS]
        behind = self.doc[verb.head.i + 1 : verb.head.i + 2]
        ends = behind.text in {",", ")", "-", "–", "—", "--"} or any(
            t.ent_type_ == "DATE" for t in behind
        )
        return bool(named) and named[0].form == "name" and ends

    @override
    def subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """Return the token that heads a verb's subject, shared and raised ones included."""
        if depth:
            found = self._read_subject(verb, depth)
            return self._behind_opening(verb, found) or found
        if verb.i not in self._subjects:
            found = self._read_subject(verb, depth)
            self._subjects[verb.i] = self._behind_opening(verb, found) or found
        return self._subjects[verb.i]

    @cached_property
    def _subjects(self) -> dict[int, Token | None]:
        """What was read before, since several rules ask of the same verb."""
        return {}

    def _heads_list(self, first: Token, last: Token) -> bool:
        """Tell A of "The ministers of Peru and Mali, and the premier of Fiji met": all did."""
        if not any(r.kind in ACTOR_KINDS for r in self.at(last.i)):
            return False  # "the presidents of Norway, Ireland, and Spain"
        start = last.left_edge.i
        ends = (self.entry_end(r) for r in self.at(first.i) if r.kind in ACTOR_KINDS)
        return self.doc[start - 1].lower_ == "and" and any(
            self._behind_joint(end) == start for end in ends
        )

    def _heads_lands(self, first: Token, last: Token) -> bool:
        """Tell the ministers of "Ministers from Peru, Mali and Fiji met", parsed as if Mali did."""
        several = [r for r in self.at(first.i) if r.kind in ACTOR_KINDS and r.plural]
        if not several or not any(r.kind in PARTY_KINDS for r in self.at(last.i)):
            return False
        start = self.bounds_of(several[0])[1]
        between = self.doc[start : last.i] if start < last.i else ()
        return bool(between) and all(
            token.lower_ in _LEADS_TO_LAND or any(r.kind in PARTY_KINDS for r in self.at(token.i))
            for token in between
        )

    def _read_subject(self, verb: Token, depth: int) -> Token | None:
        if depth > 6:
            return None
        verb = parsed_verb(verb)
        own = [child for child in verb.children if child.dep_ in SUBJECTS]
        if own and verb.dep_ == "advcl" and _is_after_another(verb):
            return self.subject(verb.head, depth=depth + 1)
        if own and verb.dep_ == "conj" and all(_is_time_of(c, verb) for c in own):
            return self.subject(verb.head, depth=depth + 1)
        if own:
            before = [child for child in own if child.i < verb.i]
            # "X on Monday, 13 May will visit Peru", parsed as if the month did
            before = [child for child in before if child.ent_type_ != "DATE"] or before
            # "A and B each raised the matter"
            before = [child for child in before if child.lower_ not in words("floats")] or before
            if len(before) > 1 and (
                self._is_companion(before[0], before[-1]) or self._is_apposed(*before[-2:])
            ):
                return before[0]
            if len(before) > 1 and (
                self._heads_list(before[0], before[-1]) or self._heads_lands(before[0], before[-1])
            ):
                return before[0]
            found = (before or own)[-1 if before else 0]
            if (one := self._behind_rank(found, verb) or self._apposed(found, verb)) is not None:
                return one
            if self.doc[max(0, found.left_edge.i - 1)].lower_ == "and":
                found = self._behind_place(verb) or found
            found = self._behind_day(verb, found) or found
            found = self._behind_gerund(found, verb) or self._behind_object(found, verb) or found
            found = _made_first(found) or found
            if verb.head.lemma_ in words("invitation") and found.lower_ in words(
                "stands_for_guest"
            ):
                return self.invited(verb.head) or found
            if is_nth_to(verb):
                return self.subject(verb.head, depth=depth + 1)
            return self._behind_bidder(found, verb) or self._behind_occasion(found, verb) or found
        if is_finite(verb) and (
            lost := self._bidden(verb)
            or self._behind_place(verb)
            or self._behind_and(verb)
            or _of_participle(verb)
        ):
            return lost
        above = verb.head
        if above.i == verb.i:
            return None
        if (chief := _accompanied(verb)) is not None:
            return chief
        if self._hangs_on_object(verb):
            return self.subject(above.head, depth=depth + 1)
        if self.is_place_gone_to(verb):
            apposed = above.dep_ == "appos"
            return above.head if apposed else self.subject(above.head, depth=depth + 1)
        if verb.dep_ == "relcl" and verb.tag_ == "VB" and (one := _made_first(above)) is not None:
            return one
        if (speaker := self._glad_speaker(verb)) is not None:
            return speaker
        if (teller := self._said_by(verb, above)) is not None:
            return teller
        ranked = above.lower_ in words("ranks_one")  # "As the first to visit Peru, X spoke"
        noun = ranked or above.pos_ in {"NOUN", "PROPN", "PRON"}
        if verb.dep_ in ADNOMINAL and noun:
            if (doer := self._over_phrase(verb)) is not None:
                return doer
            if (one := self._behind_rank(above, verb)) is not None:
                return one
            if above.lemma_ in words("invitation"):
                return self.invited(above) or self._above(above, depth)
            infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
            if infinitive and above.dep_ == "attr" and above.head.lemma_ in {"be", "become"}:
                return self.subject(above.head, depth=depth + 1)
            if infinitive and (named := self._equated(above)) is not None:
                return named
            if not infinitive or self.at(above.i):
                return above
            return self._owner(above) or self._above(above, depth)
        if verb.dep_ == "ccomp" and is_finite(verb):
            return self._right_before(verb)  # its own subject is lost in the parse
        if verb.dep_ == "csubj" and verb.tag_ == "VBG" and verb.i < above.i:
            # "Speaking in Lima, Peru, X said"
            return self._behind_opening(above, None) or self._behind_place(above)
        if verb.dep_ == "pcomp" and above.head != (over := verb_over_participle(verb)):
            return self.subject(over, depth=depth + 1)
        if (one := self._speaker_over(verb, depth)) is not None:
            return one
        if verb.dep_ == "pcomp" and above.head.dep_ == "npadvmod":
            return self.subject(above.head.head, depth=depth + 1)  # "a month after meeting"
        if verb.dep_ == "pcomp" and above.lower_ == "for" and above.head.lemma_ in words("thanks"):
            thanked = [c for c in above.head.children if c.dep_ in UNDERGONE]
            return thanked[0] if thanked else self.subject(above.head, depth=depth + 1)
        if verb.dep_ == "pcomp" and (owed := _owed_thanks(above)) is not None:
            return owed
        if verb.dep_ == "pcomp" and above.lower_ == "as" and above.head.lemma_ in words("quotes"):
            quoted = [c for c in above.head.children if c.dep_ == "dobj"]
            return quoted[0] if quoted else self.subject(above.head, depth=depth + 1)
        if verb.dep_ in _SHARES_SUBJECT:
            if (asked := self._asked_to(verb)) is not None:
                return asked
            told = verb.dep_ == "xcomp" and above.lemma_ in words("invite", "control")
            led = above.lemma_ in words("goes_with")  # "accompanied the king to visit Lima"
            if told or led or (verb.dep_ == "advcl" and above.lemma_ in words("sends_one")):
                objects = [c for c in above.children if c.dep_ in {"dobj", "iobj", "nsubjpass"}]
                if objects and (told or self._is_sent(objects[0], verb)):
                    return objects[0]
            if above.pos_ in NOUNS:
                if self._is_doing(above, verb):
                    return above
                owner = self._owner(above) or self.subject(above, depth=depth + 1)
                return owner or self._around(verb, above, depth)
            return self.subject(above.head if is_before_that(verb) else above, depth=depth + 1)
        return None

    def _is_doing(self, one: Token, verb: Token) -> bool:
        """Tell "X, speaking in Lima, said", where the participle is parsed as a clause on X."""
        behind = one.i < verb.i and self.doc[verb.i - 1].lower_ == ","
        clause = verb.dep_ == "advcl" and verb.tag_ == "VBG"
        return behind and clause and any(r.kind in ACTOR_KINDS for r in self.at(one.i))

    def _speaker_over(self, verb: Token, depth: int) -> Token | None:
        """Return X of "X said ties were strong after landing in Lima", where no ties land."""
        said = verb.head.head
        if verb.dep_ != "pcomp" or verb.head.lower_ not in words("set_in_time"):
            return None
        if said.dep_ != "ccomp" or said.head.lemma_ not in words("speech"):
            return None
        own = [c for c in said.children if c.dep_ in SUBJECTS]
        if not own or own[0].pos_ == "PRON" or own[0].lemma_ in words("travels_itself"):
            return None
        if self.actor(own[0]) is not None:
            return None
        found = self.subject(said.head, depth=depth + 1)
        return found if found is not None and self.actor(found) is not None else None

    def _said_by(self, verb: Token, speech: Token) -> Token | None:
        """Return X of "the remarks by X, speaking in Lima, come as"."""
        if verb.tag_ != "VBG" or verb.dep_ != "acl" or self.doc[verb.i - 1].text != ",":
            return None
        if speech.lemma_.lower() not in words("speech_of_one"):
            return None  # "a decision by X, allowing visits to Lima"
        heads = prep_objects(speech, "by")
        behind = (h for h in heads if h.i < verb.i and h.right_edge.i >= verb.i - 3)
        return next((h for h in behind if any(r.kind == "person" for r in self.at(h.i))), None)

    def _equated(self, noun: Token) -> Token | None:
        """Return X of "the last minister to come was X", "the first were the kings of A"."""
        if noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
            return None
        told = [c for c in noun.head.children if c.dep_ == "attr" and c.i > noun.i]
        named = (c for c in told if any(r.kind == "person" for r in self.at(c.i)))
        return next(named, None) or next((c for c in told if self._are_leaders(c)), None)

    def _are_leaders(self, token: Token) -> bool:
        """Tell "the kings of A and B", "the premier of A" from "leaders", "the first of them"."""
        return any(
            r.kind in PERSONAL_KINDS and r.role_kind and (r.country or r.members)
            for r in self.at(token.i)
        )

    def _is_sent(self, one: Token, verb: Token) -> bool:
        """Tell "deployed the minister to lead the talks" from "sent a letter to win time"."""
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
        return to and one.i < verb.i and any(r.kind in PERSONAL_KINDS for r in self.at(one.i))

    def _hangs_on_object(self, verb: Token) -> bool:
        """Tell "left the Kingdom heading for Athens", where the parse lets the kingdom head.

        In "honoured nurses returning from Athens", "praised beef reaching Athens" he does not.
        """
        noun = verb.head
        if verb.tag_ != "VBG" or verb.dep_ != "acl" or noun.dep_ not in {"dobj", "pobj"}:
            return False
        if any(r.kind in ACTOR_KINDS for r in self.at(noun.i)):
            return False
        return noun.dep_ == "dobj" and noun.head.lemma_ in words("sets_off")

    def invited(self, invitation: Token) -> Token | None:
        """Return who is asked in "extended an invitation to X to visit", "handed X one"."""
        verb = invitation.head if invitation.dep_ in OBJECTS else invitation
        for child in verb.children if verb.pos_ == "VERB" else ():
            given = child.dep_ in {"dative", "iobj", "dobj", "obj"} and child.i < invitation.i
            if given and self.actor(child) is not None:
                return child
        for node in (invitation, invitation.head):
            for child in node.children:
                near = child.i > min(invitation.i - 6, invitation.head.i)
                if child.lower_ in {"to", "for"} and near:
                    for head in child.children:
                        if head.dep_ == "pobj" and self.actor(head) is not None:
                            return head
        return addressee(self, invitation)

    def _asked_to(self, verb: Token) -> Token | None:
        """Return Y of "conveyed the invitation extended by X to Y to visit Lima".

        Not of "received an invitation to Lima to visit Y", which is the subject's to take.
        """
        above = verb.head
        if verb.tag_ != "VB" or above.lemma_ not in words("gives_invitation"):
            return None
        given = [c for c in above.children if c.dep_ in OBJECTS and c.i < verb.i]
        if above.dep_ == "acl" and above.head.lemma_ in words("invitation"):
            heads = prep_objects(above, "to")
            return next((h for h in heads if h.i < verb.i and self.actor(h) is not None), None)
        asking = next((c for c in given if c.lemma_ in words("invitation")), None)
        return self.invited(asking) if asking is not None else None

    def _above(self, noun: Token, depth: int) -> Token | None:
        """Return the subject of the verb over a noun ("accepted an invitation to visit")."""
        for node in noun.ancestors:
            if node.pos_ in VERBS:
                judged = node.lemma_ in words("judges")  # "praised the decision to go"
                return None if judged else self.subject(node, depth=depth + 1)
        return None

    def _around(self, prep: Token, noun: Token, depth: int) -> Token | None:
        """Return X of "X met Y for a call before flying home", of the "before" of a noun."""
        if prep.lower_ not in words("set_in_time"):
            return None
        verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
        found = self.subject(verb, depth=depth + 1) if verb is not None else None
        return found if found is not None and self.actor(found) is not None else None

    def _owner(self, noun: Token) -> Token | None:
        """Return X of "X's plan to visit", "a plan by X to visit"."""
        owner = next((child for child in noun.children if child.dep_ == "poss"), None)
        makers = prep_objects(noun, "by")
        return owner or next((h for h in makers if self.at(h.i)), None)


def _is_time_of(noun: Token, verb: Token) -> bool:
    """Tell the year of "A visited Lima in 1977 and the next year went to Quito", who went."""
    edge = noun.left_edge.i
    timed = noun.ent_type_ == "DATE" and noun.pos_ == "NOUN" and noun.i == verb.i - 1
    return timed and edge > 0 and noun.doc[edge - 1].lower_ in {"and", "but", "then"}


def _owed_thanks(behind: Token) -> Token | None:
    """Return A of "expressed their gratitude to A for coming", asked at the "for"."""
    over = behind.head
    if behind.lower_ != "for":
        return None
    things = [over, *(c for c in over.children if c.dep_ in UNDERGONE)]
    thanks = next((t for t in things if t.lemma_.lower() in words("thanks_noun")), None)
    if thanks is None or thanks.pos_ not in NOUNS:
        return None
    owed = [h for head in {thanks, thanks.head} for h in prep_objects(head, "to")]
    return owed[0] if owed else None


def _accompanied(verb: Token) -> Token | None:
    """Return X of "X, accompanied by a delegation arrived", whom the parse lets the others do."""
    others = verb.head
    by = others.head
    along = by.head
    if verb.tag_ != "VBD" or verb.dep_ not in ADNOMINAL or others.dep_ != "pobj":
        return None
    if by.lower_ != "by" or along.tag_ != "VBN" or along.lemma_ not in words("accompanied"):
        return None
    return along.head if along.dep_ in {"acl", "amod"} else None


def _made_first(noun: Token) -> Token | None:
    """Return X of "made X the first leader to visit Lima", "X, the first of the team to come"."""
    made = noun.head
    if noun.dep_ == "appos" and noun.lower_ in words("first_or_last"):
        return made
    if noun.dep_ == "appos" and made.dep_ in {"dobj", "ccomp"} and made.head.lemma_ == "make":
        return made
    if made.tag_ != "VB" or made.head.lemma_ != "make":
        return None
    return next((c for c in noun.children if c.dep_ == "nsubj" and c.i < noun.i), None)


def _is_after_another(verb: Token) -> bool:
    """Tell "the first pope after X to travel": it is not X who travels."""
    words_before = {c.lower_ for c in verb.children if c.dep_ in {"mark", "aux"}}
    return "to" in words_before and bool(words_before & {"after", "since"})


def _of_participle(verb: Token) -> Token | None:
    """Return X of "X, accompanied by Y, landed", whom the parse gives to the participle."""
    for clause in verb.children:
        if clause.dep_ not in {"advcl", "ccomp"} or clause.tag_ != "VBN" or clause.i > verb.i:
            continue
        if not any(c.dep_ in AUXILIARIES for c in clause.children):
            found = (c for c in clause.children if c.dep_ in SUBJECTS and c.i < clause.i)
            return next(found, None)
    return None


__all__ = ["SubjectReader"]
