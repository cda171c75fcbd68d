"""Lists of places that go on behind a day, a count or a clause: "Lima on Monday and Quito"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.timing.of_trips import Clock
from pipeline.labels import FINITE, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.nouns.counts import counted_behind
from pipeline.stages.visits.tables import word_set

#: How many words an event of a list may have ("and a regional climate summit in Chile").
_EVENT_REACH = 7
#: How long the name of a site may be of a list of places and their days, in tokens, and its words.
_SITE_REACH = 9
_OF_SITE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PART"})
#: How long a clause between two places of a list may be ("Lima, where he met A, and Quito").
_CLAUSE_REACH = 30
_LAST_DAY = 31
#: How long what one goes to a place for may be, in tokens.
_AIM_REACH = 14


#: The words before a day told by its number alone.
_AROUND_DAYS = frozenset({"from", "to", "until", "-", "–", "on"})


def _is_day(doc: Doc, i: int) -> bool:
    """Tell the 23 of "Peru, from 21 to 22 May; Chile, from 23 to 24"."""
    return text_at(doc, i).isdigit() and int(doc[i].text) <= _LAST_DAY


class ListedPlaces:
    """Reads on in the lists of places of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = Clock(scene)

    def dated_list(self, i: int) -> list[Spot]:
        """Read on in "visited Belgrade in July and Skopje in September".

        "Visited Belgrade in July and Skopje was hit by floods" does not go on.
        """
        doc, dated = self.scene.doc, self.clock.covered
        for read in (
            self._events_beside,
            self.behind_days,
            self._counted_list,
            self._behind_clause,
            self._behind_aims,
        ):
            if further := read(i):
                return further
        day = i + 1 + (text_at(doc, i + 1) in {"on", "from", "in"})
        at = i + (
            text_at(doc, i) == "," and (day in dated or _is_day(doc, day))
        )  # "Lima, June 12-14, and Oslo"
        links = {"in", "on", "(", ")", "from", "to", "until", "-", "–"}
        while at < len(doc) and at - i < 8 and (at in dated or doc[at].lower_ in links):
            at += 1
            at += doc[at - 1].lower_ in _AROUND_DAYS and _is_day(doc, at)  # "from 23 to 24;"
            at += text_at(doc, at) == "and" and at + 1 in dated  # "on Monday and Tuesday"
        if at == i or at >= len(doc) or doc[at].lower_ not in {"and", ",", ";"}:
            return []
        at += 1 + (doc[at].text != "and" and text_at(doc, at + 1) == "and")
        while word_at(doc, at) in word_set("list_adverb"):
            at += 1
        begun = at
        at = self._behind_day(at)  # "Lima on Monday and on Tuesday (in) Quito"
        timed = at > begun
        at += word_at(doc, at) in {"in", "to", "at"}
        spots = self.scene.spots(at) or self._site_on_day(at)
        if not spots or self.scene.is_owner(spots[0].reference) or self._does(spots[-1]):
            return []
        if timed and not self._ends(spots[-1]):
            return []
        return [*spots, *self.dated_list(spots[-1].end)]

    def _counted_list(self, i: int) -> list[Spot]:
        """Read on in "visited Lima four times, Quito twice and Oslo and Riga once each" from `i`.

        "Visited Lima four times, and Quito was angry" does not go on.
        """
        counted, doc = counted_behind(self.scene, i), self.scene.doc
        at = end = counted[1] if counted is not None else i
        while at < len(doc) and doc[at].lower_ in word_set("between_places"):
            at += 1
        spots = self.scene.spots(at) if at > end > i else []
        if not spots or counted_behind(self.scene, spots[-1].end) is None:
            return []
        return [*spots, *self._counted_list(spots[-1].end)]

    def behind_days(self, i: int) -> list[Spot]:
        """Read on in "On Monday X visited Lima, on Tuesday Quito and on Friday Oslo" from `i`.

        "On Monday X visited Lima, on Tuesday Quito was hit by floods" does not go on.
        """
        spots = self.leg_behind(i)
        if not spots or not self.clock.between(self.scene.sentence(i - 1).start, i):
            return []
        if self.scene.is_owner(spots[0].reference) or self._does(spots[-1]):
            return []
        return [*spots, *self.behind_days(spots[-1].end)] if self._ends(spots[-1]) else []

    def leg_behind(self, i: int) -> list[Spot]:
        """Return Quito of ", on Tuesday (in) Quito", ", then on Tuesday to Quito" at token `i`."""
        doc, at = self.scene.doc, i
        while at < len(doc) and doc[at].lower_ in word_set("between_places"):
            at += 1
        behind = self._behind_day(at) if at > i else at
        if behind == at:
            return []
        return self.scene.spots(behind + (text_at(doc, behind) in {"in", "to"}))

    def _behind_clause(self, i: int) -> list[Spot]:
        """Read on in "visited Lima, where he met A, Quito, where he spoke, and Oslo" from `i`.

        "Visited Lima, where he met A of Chad, Mali and Togo", "where he met A, Quito said", "where
        he spoke of grain, Peru and Chile" do not.
        """
        doc, end = self.scene.doc, self.scene.sentence(i - 1).end
        if [t.lower_ for t in doc[i : i + 2]] != [",", "where"]:
            return []
        for at in range(i + 2, min(end, i + _CLAUSE_REACH)):
            if doc[at].text != "," or any(self.scene.places_in(at - 1, at)):
                continue
            joined = text_at(doc, at + 1) == "and"
            if joined and any(t.text == "," for t in doc[i + 1 : at]):
                continue  # "where he spoke of peace, trade, and Peru"
            first = at + 1 + joined
            first += text_at(doc, first) in {"to", "in"}
            spots = self.scene.spots(first)
            if not spots or self.scene.is_owner(spots[0].reference) or self._does(spots[-1]):
                continue
            behind = [t.lower_ for t in doc[spots[-1].end : spots[-1].end + 2]]
            listed = joined or behind == [",", "where"]
            listed = listed or (len(spots) > 1 and not self._is_of_clause(spots[0], i))
            if listed and self._ends(spots[-1]):
                return [*spots, *self._behind_clause(spots[-1].end)]
        return []

    def _behind_aims(self, i: int) -> list[Spot]:
        """Read on in "visited Lima for talks, Quito to sign a pact and Oslo for a summit" from `i`.

        "Visited Lima for talks on aid to Chad, Mali and Togo" does not go on, nor does "visited
        Lima for talks, Quito to follow": "and" leads to the last of a list.
        """
        further, ended = self._further_aims(i)
        return further if ended else []

    def _further_aims(self, i: int) -> tuple[list[Spot], bool]:
        """Return the places behind the aim at token `i`, and whether "and" leads to the last."""
        doc, end = self.scene.doc, self.scene.sentence(i - 1).end
        if not self._opens_aim(i):
            return [], False
        for at in range(i + 2, min(end, i + _AIM_REACH)):
            if doc[at].tag_ in FINITE or doc[at].text in {";", ":"}:
                break
            if doc[at].lower_ not in {",", "and"}:
                continue
            first = at + 1 + (doc[at : at + 2].text.lower() == ", and")
            spots = self.scene.spots(first)
            if spots and self._opens_aim(spots[-1].end):
                further, ended = self._further_aims(spots[-1].end)
                return [*spots, *further], ended or doc[first - 1].lower_ == "and"
        return [], False

    def _opens_aim(self, i: int) -> bool:
        """Tell the "for" of "Lima for talks" and the "to" of "Lima to sign a pact" at `i`."""
        doc = self.scene.doc
        aim = word_at(doc, i)
        return aim == "for" or (aim == "to" and i + 1 < len(doc) and doc[i + 1].tag_ == "VB")

    def _is_of_clause(self, spot: Spot, start: int) -> bool:
        """Tell Peru of "where he spoke of grain, Peru and Chile" from "where he met A, Peru"."""
        place = self.scene.doc[spot.start : spot.end].root
        over = place.head
        if place.dep_ not in {"conj", "appos"} or not start < over.i < spot.start:
            return False
        return not any(r.kind in PERSONAL_KINDS for r in self.scene.at(over.i))

    def _ends(self, spot: Spot) -> bool:
        """Tell "on Tuesday to Quito for talks" from "on Tuesday in Quito, protests broke out"."""
        doc, end = self.scene.doc, self.scene.sentence(spot.start).end
        behind = doc[spot.end : spot.end + 1]
        bare = {"ADP", "SCONJ", "CCONJ", "PUNCT", "ADV"}
        if any(t.i < end and t.pos_ not in bare and t.i not in self.clock.covered for t in behind):
            return False
        return not any(
            t.dep_ == "conj"
            and t.pos_ in VERBS
            and t.head.i < spot.start
            and (subject := self.scene.subject(t)) is not None
            and spot.end <= subject.i < t.i
            for t in doc[spot.end : end]
        )

    def _behind_day(self, i: int) -> int:
        """Return the token behind "on Tuesday" that begins at `i`, else `i`."""
        doc = self.scene.doc
        if word_at(doc, i) not in word_set("before_day"):
            return i
        at = start = i + 1
        while at < len(doc) and at in self.clock.covered:
            at += 1
        return at if at > start else i

    def _events_beside(self, i: int) -> list[Spot]:
        """Read on in "to Peru, Chile and a NATO summit in Belgium".

        "To Peru, and the summit in Chile begins on Friday" does not go on.
        """
        doc, at = self.scene.doc, i
        while at < len(doc) and doc[at].lower_ in {",", "and"}:
            at += 1
        for j in range(at, min(at + _EVENT_REACH, len(doc) - 1)) if at > i else ():
            if is_event(doc[j]) and doc[j + 1].lower_ in {"in", "at"}:
                spots = self.scene.spots(j + 2)
                return [] if spots and self._runs(doc[j], spots[-1]) else spots
            if doc[j].pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
                break
        return []

    def _site_on_day(self, i: int) -> list[Spot]:
        """Return Bonn of "the UN's offices in Bonn on Friday" at `i` unless one acts there."""
        doc, dated = self.scene.doc, self.clock.covered
        at = i
        while at < len(doc) and at - i < _SITE_REACH and at not in dated:
            if doc[at].pos_ not in _OF_SITE and doc[at].lower_ not in {"of", "for"}:
                break
            at += 1
        named = any(t.pos_ == "PROPN" for t in doc[i:at])
        told = (r.kind for j in range(i, at) for r in self.scene.at(j))
        if not named or any(kind in PERSONAL_KINDS for kind in told):
            return []
        if text_at(doc, at) not in {"in", "at"}:
            return []
        spots = self.scene.spots(at + 1)[:1]
        if not spots or not spots[0].is_town:
            return []
        day = spots[0].end + (word_at(doc, spots[0].end) in {"on", "in"})
        behind = day
        while behind < len(doc) and behind in dated:
            behind += 1
        acts = any(t.pos_ in VERBS for t in doc[behind : behind + 1])
        return spots if behind > day and not acts else []

    def _runs(self, event: Token, spot: Spot) -> bool:
        """Tell the subject of "to Peru, and the summit in Chile on Friday was called off"."""
        if self._does(spot) or event.dep_ in SUBJECTS:
            return True
        for token in event.doc[spot.end : self.scene.sentence(event.i).end]:
            if token.pos_ in {"PUNCT", "CCONJ", "SCONJ", "PRON", "PART"}:
                return False  # "and a summit in Chile, his office said"
            if token.pos_ in VERBS:
                return token.tag_ not in {"VBG", "VBN"}
        return False

    def _does(self, spot: Spot) -> bool:
        """Tell a country that is the subject of a further clause or owns what is."""
        whole = "," in self.scene.doc[spot.start : spot.end].text  # "and Quito, Ecuador, will send"
        end = spot.end + (whole and text_at(self.scene.doc, spot.end) == ",")
        following = self.scene.doc[end : end + 1]
        if following.text in APOSTROPHE_S or any(t.pos_ in VERBS for t in following):
            return True
        if self._acts_apart(end):
            return True
        if self.scene.is_before_office(end):
            return True  # "visits Lima on Friday, Chile President Ana Soto said"
        return self.scene.doc[spot.start : spot.end].root.dep_ in {"nsubj", "nsubjpass", "poss"}

    def _acts_apart(self, end: int) -> bool:
        """Tell a land's end in "and Peru, a donor, gave aid", "and Peru, on Monday, gave aid".

        So in "and Peru, where floods raged, asked for help".
        """
        doc, at = self.scene.doc, end + 1
        if text_at(doc, end) != "," or at >= len(doc):
            return False
        if doc[at].tag_ in {"WRB", "WDT", "WP"}:
            commas = (t.i for t in doc[at : self.scene.sentence(end).end] if t.text == ",")
            closed = next(commas, len(doc)) + 1
            return any(t.pos_ in VERBS for t in doc[closed : closed + 1])
        if doc[at].pos_ in {"DET", "PRON"}:
            return True
        while at < len(doc) and (at in self.clock.covered or doc[at].lower_ in {"on", "in"}):
            at += 1
        acts = text_at(doc, at) == "," and at > end + 1
        return acts and any(t.pos_ in VERBS for t in doc[at + 1 : at + 2])


__all__ = ["ListedPlaces"]
