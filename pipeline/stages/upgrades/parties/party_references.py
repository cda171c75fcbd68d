"""Which of the names in a text are parties to relations: no "UN Charter", no "ethnic Chadian"."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.scene import Scene
from pipeline.labels import SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import code_today
from pipeline.reference.places import seat_of
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.upgrades.parties.compared import compared
from pipeline.stages.upgrades.parties.examples import excepted
from pipeline.stages.upgrades.parties.passing import is_doer, names_paper
from pipeline.stages.upgrades.tables import words

#: The land that is called a self-ruled island.
TAIWAN = "TWN"
#: How many tokens "mission of the republic of Peru" may take.
_POST = 8
#: Start and end of the level that is read (characters): what it names is no party of it.
Bars = tuple[int, int]
NO_BARS: Bars = (-1, -1)
#: How many tokens before "island" what it is called may take.
_CALLED = 3
#: How many sentences back Taiwan may be named that "the island" takes up.
_LOOK_BACK = 3


class PartyReferences:
    """Tells which party, if any, is named where in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        #: The tokens of names that a text takes out or only compares with, or that act for nobody.
        self.excepted = excepted(scene) | compared(scene) | _of_no_government(scene)
        self.counts: Counter[str] = Counter(
            r.country
            for r in scene.references
            if r.country and r.kind != "place" and scene.bounds(r)[0] not in self.excepted
        )
        #: Which names were found to act for nobody: most are asked of a dozen times.
        self._excluded: dict[tuple[int, int, str | None, str | None], bool] = {}

    def _code(self, reference: Reference, bars: Bars) -> str | None:
        if bars[0] <= reference.start < bars[1] or self._is_excluded(reference):
            return None
        if reference.kind == "place":
            return self._government(reference)
        if reference.kind == "organization" and (
            self._is_within_title(reference)
            or self._is_post(reference)
            or self._is_of_members(reference)
        ):
            return None
        return reference.country

    def _is_excluded(self, reference: Reference) -> bool:
        """Tell the "NATO" of "non-NATO ally", the "Chadian" of "an ethnic Chadian uprising".

        Also the "Peru" of "all but Peru", and a land that few take for a state.
        """
        start, end = self.scene.bounds(reference)
        named = start, end, reference.form, reference.country
        if named not in self._excluded:
            self._excluded[named] = self._acts_for_nobody(reference, start, end)
        return self._excluded[named]

    def _acts_for_nobody(self, reference: Reference, start: int, end: int) -> bool:
        if start in self.excepted or self._is_where_place_lies(reference, start):
            return True
        if self._tells_whose(reference) or self._holds_land(reference, end):
            return True
        text, doc = reference.text.lower(), self.scene.doc
        if text.rpartition(" ")[2] in words("no_state"):
            return True
        if text == "soviet" and self._is_of_union(end):
            return True
        if start and doc[start - 1].lower_ == "ethnic":
            return True
        cut = start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in {"non", "anti"}
        return cut or text.startswith("anti-") or is_doer(doc, end)

    def _tells_whose(self, reference: Reference) -> bool:
        """Tell a name that only tells of another beside it, of which the text speaks."""
        start, end = self.scene.bounds(reference)
        return self._describes_kin(end) or self._claims_island(reference, start, end)

    def _describes_kin(self, end: int) -> bool:
        """Tell the "Peru" that ends before token `end` of "ties with former Peru ally Chad".

        Also that of "Peru's neighbour Chad cut ties", the "Soviet" of "Soviet republic Georgia".
        """
        behind = self.scene.doc[end : end + 3]
        owns = len(behind) > 0 and behind[0].text in APOSTROPHE_S
        at = end + owns + (owns and len(behind) > 1 and behind[1].pos_ == "ADJ")
        if at >= behind.end:
            return False
        noun = self.scene.doc[at]
        tags = {"NN", "NNS"} if owns else {"NN"}
        if noun.tag_ not in tags or noun.lemma_.lower() not in words("kin", "once_belonged"):
            return False
        old = noun.lemma_.lower() in words("once_belonged")
        if old and text_at(self.scene.doc, at + 1) == "of":
            at += 1  # "the former Peruvian colony of Chad"
        return any(r.kind == "country" and r.form == "name" for r in self.scene.at(at + 1))

    def _holds_land(self, reference: Reference, end: int) -> bool:
        """Tell the "Dutch" of "the Dutch territory of Aruba", "French Pacific lands Niue and Fiji".

        Not that of "the Dutch partner countries Niue and Fiji", nor of "Dutch and French lands".
        """
        if reference.form != "adjective" or reference.kind != "country":
            return False
        doc, at = self.scene.doc, end
        while at < min(end + _CALLED, len(doc)) and doc[at].pos_ != "NOUN":
            if doc[at].pos_ not in {"ADJ", "PROPN"} or self.scene.at(at):
                return False
            at += 1
        if at >= len(doc) or doc[at].lemma_.lower() not in words("held_land"):
            return False
        at += 2 if word_at(doc, at + 1) == "of" else 1
        named = [r for r in self.scene.at(at) if r.kind == "country" and r.form == "name"]
        return any(r.country != reference.country for r in named)

    def _claims_island(self, reference: Reference, start: int, end: int) -> bool:
        """Tell the "China" of "cut ties with China's Taiwan region", "the Taiwan region of China".

        Not that of "China's Taiwan policy".
        """
        if f"{reference.country}-{TAIWAN}" not in words("rivals"):
            return False
        doc = self.scene.doc
        if text_at(doc, end) in APOSTROPHE_S and self._is_taiwan(end + 1):
            after = doc[end + 2 : end + 3]
            return all(t.lower_ in words("called_region") or t.pos_ != "NOUN" for t in after)
        of = start - 1 - (word_at(doc, start - 1) == "the") if start else 0
        if of < len(("Taiwan", "region")) or word_at(doc, of) != "of":
            return False
        return doc[of - 1].lower_ in words("called_region") and self._is_taiwan(of - 2)

    def _is_taiwan(self, at: int) -> bool:
        inside = at < len(self.scene.doc)
        return inside and any(r.country == TAIWAN and r.form == "name" for r in self.scene.at(at))

    def _is_where_place_lies(self, reference: Reference, start: int) -> bool:
        """Tell the "United States" of "signed in New York, the United States".

        Not the "Japan" of "Speaking in Osaka, Japan restored its ties".
        """
        last = self.scene.bounds(reference)[1]
        acts = self.scene.doc[last - 1].dep_ in SUBJECTS
        if acts and text_at(self.scene.doc, last) != ",":
            return False
        before = start - (2 if word_at(self.scene.doc, start - 1) == "the" else 1)
        if reference.form != "name" or before < 1 or self.scene.doc[before].text != ",":
            return False
        place = (r for r in self.scene.at(before - 1) if r.kind == "place")
        return any(
            r.country == reference.country and r.place != seat_of(r.country or "") for r in place
        )

    def _is_of_union(self, end: int) -> bool:
        """Tell the "Soviet" of "other Soviet republics", "a former Soviet satellite"."""
        return any(t.lower_ in words("of_union") for t in self.scene.doc[end : end + 1])

    def _is_within_title(self, reference: Reference) -> bool:
        """Tell the "UN" of "UN Charter" and "UN Security Council"."""
        end = self.scene.bounds(reference)[1]
        return text_at(self.scene.doc, end) in words("within_title")

    def _is_post(self, reference: Reference) -> bool:
        """Tell the "UN" of "Peru's permanent representative to the UN".

        Also of "at the mission of the republic of Peru to the UN", by the order of the words.
        """
        doc = self.scene.doc
        start, end = self.scene.bounds(reference)
        to = next((t.head for t in doc[start:end] if t.dep_ == "pobj"), None)
        if to is None or to.lower_ != "to":
            return False
        if to.head.lemma_.lower().removesuffix("s") in words("posted"):
            return True
        before = takewhile(_is_of_title, reversed(doc[max(0, to.i - _POST) : to.i]))
        return any(token.lemma_.lower() in words("posted") for token in before)

    def _is_of_members(self, reference: Reference) -> bool:
        """Tell the "UN" of "ties with all members of the UN", "Peru, a member of the UN, cut ties".

        Not that of "became a member of the UN", "was admitted as one of its members".
        """
        doc = self.scene.doc
        at = self.scene.bounds(reference)[0] - 1
        at -= 1 if at > 0 and doc[at].lower_ == "the" else 0
        if at < 1 or doc[at].lower_ != "of":
            return False
        noun = doc[at - 1]
        names = {noun.lemma_.lower(), doc[at - 2].lemma_.lower() if at > 1 else ""}
        if not names & words("member_noun"):
            return False
        taken = noun.dep_ == "pobj" and noun.head.lower_ not in {"as", "of"}
        return taken or noun.dep_ in {"appos", "nsubj", "nsubjpass"}

    def _government(self, reference: Reference) -> str | None:
        """Return the country for whose government its capital stands ("Riyadh severed …")."""
        code = reference.country
        if code is None or seat_of(code) is None or reference.place != seat_of(code):
            return None
        start = self.scene.bounds(reference)[0]
        before = self.scene.doc[start - 1].lower_ if start else ""
        opens = start == self.scene.sentence(start).start
        end = self.scene.bounds(reference)[1]
        if opens and text_at(self.scene.doc, end) == "(":
            return None  # "CAIRO (Reuters) -The minister said"
        if names_paper(self.scene.doc, end):
            return None  # "the Paris climate accord"
        return None if before in words("local") else code

    def codes(self, start: int, end: int, bars: Bars = NO_BARS) -> dict[str, int]:
        """Return the codes named in a stretch of tokens and where each stands first."""
        found: dict[str, int] = {}
        scene, island = self.scene, words("island")
        for i in range(start, end):
            for reference in scene.at(i):
                code = self._code(reference, bars)
                if code and code not in {code_today(told) for told in found}:
                    found.setdefault(code, i)  # "the Soviet Union (now Russia)" is one
                for member in reference.members if reference.kind == "office" else ():
                    found.setdefault(member, i)
            for member in lands_at(scene.doc, i):
                found.setdefault(member, i)
            if scene.doc[i].lower_ in island and _is_self_ruled(scene, i):
                found.setdefault(TAIWAN, i)
        return found


def _of_no_government(scene: Scene) -> set[int]:
    """Return where names stand of no state that acts: of "the war in Gaza", "Peruvian refugees"."""
    lands, parts = words("no_government"), words("part_of_people")
    found: set[int] = set()
    for reference in scene.references:
        named = reference.form == "name"
        first = scene.bounds(reference)[0]
        if named and (
            reference.text.lower().removeprefix("the ") in lands or _is_overrun(scene.doc[first])
        ):
            found.add(first)
        elif not named and reference.kind == "country":
            start, end = scene.bounds(reference)
            described = takewhile(lambda t: t.pos_ in {"ADJ", "PROPN"}, scene.doc[end : end + 2])
            noun = end + len(list(described))
            if any(t.lemma_.lower() in parts for t in scene.doc[noun : noun + 1]):
                found.add(start)
    return found


def _is_overrun(first: Token) -> bool:
    """Tell the "Fiji" of "severed ties over the invasion of Fiji", at its first word."""
    doc, at = first.doc, first.i - 1
    at -= at > 0 and doc[at].lower_ == "the"
    return at > 0 and doc[at].lower_ == "of" and doc[at - 1].lower_ in words("overrunning")


def _is_of_title(token: Token) -> bool:
    """Tell a word of "permanent mission of the republic of Peru"."""
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "DET"} or token.lower_ == "of"


def _is_self_ruled(scene: Scene, i: int) -> bool:
    """Tell "the self-ruled island", as Taiwan is called, from other islands."""
    doc = scene.doc
    before = doc[max(0, i - _CALLED) : i].text.lower()
    of = any(t.lower_ == "of" for t in doc[i + 1 : i + 2])
    if of and any(t.pos_ == "PROPN" for t in doc[i + 2 : i + 3]):
        return False  # "island of Bougainville"
    return any(before.endswith(called) for called in words("self_ruled")) or _is_told(scene, i)


def _is_told(scene: Scene, i: int) -> bool:
    """Tell "the island's ministry" where Taiwan, and no other island, is named a little before.

    So "dropped the island", "ties with the island", not "on the island".
    """
    if not i or scene.doc[i].lower_ != "island" or scene.doc[i - 1].lower_ != "the":
        return False
    owns = text_at(scene.doc, i + 1) in words("island_behind")
    if not owns and not _is_dealt_with(scene.doc[i]):
        return False
    number = scene.sentence_of[i]
    first = scene.sentences[max(0, number - _LOOK_BACK)].start
    # Of "Tonga cut ties with the island" Tonga is not meant.
    end = i if owns else scene.sentence(i).start
    named = {r.country for at in range(first, end) for r in scene.at(at)}
    tie = scene.doc[i].head.head.lemma_.lower() in words("tie")
    return TAIWAN in named and (tie or named.isdisjoint(words("island_states")))


def _is_dealt_with(noun: Token) -> bool:
    """Tell "dropped the island", "ties with it" from "the island nation", "on the island"."""
    named = any(c.dep_ not in {"det", "punct"} for c in noun.children)
    behind = noun.dep_ == "pobj" and noun.head.lower_ in {"with", "from"}
    return not named and (noun.dep_ == "dobj" or behind)


__all__ = ["NO_BARS", "Bars", "PartyReferences"]
