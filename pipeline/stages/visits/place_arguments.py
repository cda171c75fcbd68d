"""Where a trigger leads: the places behind its prepositions, and where a meeting was held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.stages.visits.at_distance import is_at_distance, words_of_distance
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.gatherings import Gatherings, is_when_held
from pipeline.stages.visits.listed_places import ListedPlaces
from pipeline.stages.visits.owned_lands import inviters_land, owned_land
from pipeline.stages.visits.region_names import region_names
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.understood import Understood

#: How far behind a verb its place may stand when the parse does not join them, in tokens.
PLACE_REACH = 9
#: How far behind a place, or what one went there to do, the next may stand, in tokens.
_LEG_REACH = 14


class PlaceArguments(ListedPlaces):
    """Reads the places of the triggers of one scene."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The trips told so far, in text order.
        self.told: list[Candidate] = []
        self.understood = Understood(scene, self.told)
        self.gatherings = Gatherings(scene)
        #: Of the sentences asked of before, by number, their words of a contact at a distance.
        self._remote: dict[int, list[Token]] = {}

    def places(
        self, verb: Token, preps: Sequence[str], *, but: Collection[str | None] = ()
    ) -> list[Spot]:
        """Return the places behind a verb's prepositions, by the parse, else by position.

        Args:
            but: countries that "the country" and "here" do not mean: the travellers' own.
        """
        doc = self.scene.doc
        if where := self.where(verb):
            return where
        for child in verb.children:
            if child.i > verb.i and child.lower_ in preps and not _is_denied(child):
                spots = self.spots(child.i + 1, but)
                if spots:
                    end = spots[-1].end
                    return [*spots, *(self.further(end, preps) or self.dated_list(end))]
            stays = child.i > verb.i and verb.lemma_ not in words("leaves_again")
            here = self.here(child.i, but) if stays else None  # "left here for Riga"
            if here is not None:
                return [here]
        if inside := self._sites(verb, preps):
            return inside
        last = self.scene.sentence(verb.i).end
        reach = PLACE_REACH + _bracketed(verb, last)
        for i in range(verb.i + 1, min(last, verb.i + reach)):
            if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
                break
            if doc[i].lower_ in preps and not _is_denied(doc[i]):
                spots = self.spots(i + 1, but)
                if spots:
                    return [*spots, *self.further(spots[-1].end, preps)]
        return self._behind_where(verb, preps)

    def _behind_where(self, verb: Token, preps: Sequence[str]) -> list[Spot]:
        """Return Lima of "flew from Riga, where she met A, to Lima": the comma ends the clause.

        "Flew from Riga, where she spoke to Peru's president" has none.
        """
        begun = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
        begun += [h for c in verb.children if c.lower_ == "from" for h in c.children]
        clauses = [c for place in begun for c in place.children if c.dep_ == "relcl"]
        for prep in (t for clause in clauses for t in clause.subtree if t.lower_ in preps):
            after = verb.i < prep.i and prep.nbor(-1).text == ","
            if after and (spots := self.scene.spots(prep.i + 1)):
                return [*spots, *self.further(spots[-1].end, preps)]
        return []

    def _sites(self, verb: Token, preps: Sequence[str]) -> list[Spot]:
        """Return the place of "flew to a ranch in Peru", "headed for an air base near Lima".

        So of "went to a quarter known as the Rim in Lima".
        """
        for prep in verb.children:
            heads = prep.children if prep.i > verb.i and prep.lower_ in preps else ()
            for site in (h for h in heads if h.lemma_.lower() in word_set("site")):
                told = (c for c in site.children if c.dep_ == "acl" and c.tag_ == "VBN")
                near = [*site.children, *(c for one in told for c in one.subtree)]
                lies = (c for c in near if c.i > site.i and c.lower_ in word_set("lies"))
                if spots := next((s for c in lies if (s := self.scene.spots(c.i + 1)[:1])), None):
                    return spots
        return []

    def where(self, verb: Token) -> list[Spot]:
        """Return the place of "Lima, where she arrived", "from Lima on Monday, where she was".

        So that of "a summit in Lima when A and B agreed".
        """
        if is_when_held(verb):
            return self.before_where(verb)
        if not _is_of_where(verb):
            return []
        head = verb.head
        return (
            self.scene.spots(head.i)
            or self.scene.spots(head.left_edge.i)
            or self.before_where(verb)
        )

    def before_where(self, verb: Token) -> list[Spot]:
        """Return the place before the "where" of a verb, and before the date between them."""
        doc, scene = self.scene.doc, self.scene
        at = next((c.i for c in verb.children if c.lower_ in {"where", "when"}), 0) - 1
        between = word_set("before_where")  # "Lima, the same city where"
        while at > 0 and (at in self.clock.covered or doc[at].lower_ in between):
            at -= 1
        found = scene.places_in(at, at + 1) if at > 0 else []
        ends = [r for r in found if r.country and scene.bounds(r)[1] == at + 1]
        starts = [scene.bounds(r)[0] for r in ends]
        return scene.spots(min(starts)) if starts else []

    def spots(self, i: int, but: Collection[str | None]) -> list[Spot]:
        """Return the places of the list at token `i`, or the one that "the country" means."""
        spots = self.scene.spots(i)
        if spots := spots or self.understood.several(i) or self._behind_regions(i):
            return spots
        meant = inviters_land(self.scene, i) or self.understood.same(i, but=but)
        meant = meant or self._host_land(i)
        meant = meant or self.understood.gone_to(i, but=but) or self.understood.land(i, but=but)
        meant = meant or owned_land(self.scene, i, but)
        return [meant] if meant is not None else []

    def _host_land(self, i: int) -> Spot | None:
        """Return where the article's event is held for "the host country" at token `i`."""
        called = self.scene.doc[i : i + 3].text.lower().removeprefix("the ")
        seat = self.gatherings.seat if called in word_set("host_land") else None
        return replace(seat, start=i, end=i + 1) if seat is not None else None

    def here(self, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the place that "here" at token `i` means."""
        if self.scene.doc[i].lower_ != "here":
            return None
        sentence = self.scene.sentence(i)
        beside = self.scene.places_in(sentence.start, sentence.end)
        other = {*but, *(reference.country for reference in beside)}
        several = len({code for code in but if code}) > 1  # where it would be wrong of each
        ground = self.scene.here or self.scene.ground(other, least=1 + several)
        ground = ground or self.scene.met(i, other)
        return replace(ground, start=i, end=i + 1) if ground is not None else None

    def source(self, word: Token) -> str | None:
        """Return the country of "arrived from Beijing", "the arrival from Beijing"."""
        for child in word.children:
            if child.lower_ == "from" and child.i > word.i:
                for spot in self.scene.spots(child.i + 1)[:1]:
                    return spot.country
        return None

    def further(self, i: int, preps: Sequence[str]) -> list[Spot]:
        """Read on in "to India in July and to China in October": the verb is not said again.

        So in "to India on Monday and on Tuesday to China", "to India to sign a pact, to China to
        meet A and then to Peru"; not in "to India to sell tea to China and to Peru".
        """
        doc, aimed = self.scene.doc, False
        last = self.scene.sentence(i - 1).end
        at, end = i, min(last, i + _LEG_REACH)
        while at < end:
            if doc[at].lower_ == "to" and doc[at].pos_ == "PART" and at + 1 < last:
                at, end, aimed = at + 2, min(last, at + _LEG_REACH), True
                continue
            if doc[at].pos_ in {"VERB", "AUX"}:
                break
            opened = self._before_day(at - 1)
            spots = self.scene.spots(at + 1) if doc[at].lower_ in preps else []
            led = doc[opened].lower_ in word_set("before_further")
            if spots and led and (opened == at - 1 or self._ends(spots[-1])):
                if aimed and not self._is_leg(opened, spots):
                    break
                return [*spots, *self.further(spots[-1].end, preps)]
            if spots and aimed:
                break
            at += 1
        return []

    def _is_leg(self, opened: int, spots: Sequence[Spot]) -> bool:
        """Tell ", then to Peru", ", to Peru to sign a pact" behind what one went to do before.

        Args:
            opened: the word before the "to" of the place.
        """
        doc, end = self.scene.doc, spots[-1].end
        if self.scene.is_owner(spots[0].reference) or self._does(spots[-1]):
            return False
        behind = doc[end : end + 1]
        if any(t.lower_ in word_set("behind_leg") for t in behind):
            return True
        listed = behind.text == "," or doc[opened].text == ","
        after_comma = doc[opened].text != "," and doc[opened - 1].text in {",", "and"}
        return not listed and self._ends(spots[-1]) and (after_comma or doc[opened].lower_ != "and")

    def _before_day(self, i: int) -> int:
        """Return the token before "on Tuesday" that ends at `i`, else `i`."""
        doc, at = self.scene.doc, i
        while at > 0 and at in self.clock.covered:
            at -= 1
        return at - 1 if 0 < at < i and doc[at].lower_ in word_set("before_day") else i

    def _behind_regions(self, i: int) -> list[Spot]:
        """Return Peru of "travelled to Europe, the Middle East and Peru"."""
        doc, at, names = self.scene.doc, i, region_names()["name"]
        while at < len(doc) and (doc[at].lower_ == "the" or doc[at].text[:1].isupper()):
            at += doc[at].lower_ == "the"
            size = next((n for n in (3, 2, 1) if doc[at : at + n].text.lower() in names), 0)
            end = at = at + size
            while at < len(doc) and doc[at].lower_ in {",", "and"}:
                at += 1
            if not size or at == end:
                return []
            if spots := self.scene.spots(at):
                owns = self.scene.is_owner(spots[0].reference) or self._does(spots[-1])
                return [] if owns else spots
        return []

    def local_spot(self, verb: Token, country: str | None) -> Spot | None:
        """Return the place "in" or "at" which a meeting was held, in its sentence.

        Of "met A in Lima on Monday and will hold talks with B in Quito" the talks have their own,
        however near the other stands.
        """
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        if _is_of_where(verb) or is_when_held(verb):
            told = reversed(self.where(verb))  # "visited Peru and Chile, where they met"
            return next((s for s in told if country in {None, s.country}), None)
        if (before := self._of_stay_before(verb)) is not None:
            return before if country in {None, before.country} else None
        found = None
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ != "here" and not self.scene.is_where(i):
                continue
            start = i if doc[i].lower_ == "here" else i + 1
            for spot in self.scene.spots(start)[:1]:
                if _is_of_other(doc[i], verb) or (not spot.place and _is_of_topic(doc[i], verb)):
                    continue
                if self.is_behest(spot) or _is_where_told(self.scene, doc[i], verb):
                    continue
                if country is None or spot.country == country:
                    near = (not _is_own(doc[i], verb), abs(i - verb.i))
                    if found is None or near < found[0]:
                        found = (near, spot)
        return found[1] if found else None

    def _of_stay_before(self, verb: Token) -> Spot | None:
        """Return the Chile of "came to Lima after visiting Chile and meeting its president".

        "Came to Lima after visiting Chile, and met its president" has none, nor has "after visiting
        Chile and meeting Peru's president in Cusco".
        """
        stay = verb.head
        behind = verb.dep_ == "conj" and verb.tag_ == stay.tag_ == "VBG" and stay.dep_ == "pcomp"
        if not behind or stay.head.lower_ not in word_set("of_other_time"):
            return None
        if any(t.lower_ in {"in", "at"} and self.scene.spots(t.i + 1) for t in verb.subtree):
            return None
        places = (self.scene.spots(i) for i in range(stay.i + 1, verb.i))
        return next((spots[0] for spots in places if spots), None)

    def is_behest(self, spot: Spot) -> bool:
        """Tell the country of "began talks at Peru's request", which is no place."""
        tokens = self.scene.doc[spot.start : spot.end + 2]
        return any(token.lower_ in word_set("at_whose") for token in tokens)

    def is_remote(self, verb: Token) -> bool:
        """Tell whether what a verb tells is of a call or a letter, not of one handed over."""
        number = self.scene.sentence_of[verb.i]
        if number not in self._remote:
            self._remote[number] = words_of_distance(self.scene.sentence(verb.i))
        far = self._remote[number]
        return bool(far) and is_at_distance(verb, far)


def _bracketed(verb: Token, last: int) -> int:
    """Return how many tokens stand in the bracket of "left on Monday (13 May) for Lima"."""
    near = [t.text for t in verb.doc[verb.i : min(last, verb.i + PLACE_REACH)]]
    opened = near.index("(") if "(" in near else len(near)
    return near.index(")") + 1 - opened if ")" in near[opened:] else 0


def _is_denied(prep: Token) -> bool:
    """Tell the first "to" of "will fly not to Peru but to Chile"."""
    return prep.i > 0 and prep.nbor(-1).lower_ == "not"


def _is_of_where(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children)


def _is_of_another_time(verb: Token) -> bool:
    """Tell "weeks after the premier met A", "two days before he met A"."""
    for mark in verb.children:
        if mark.dep_ == "mark" and mark.lower_ in {"after", "before"} and mark.i > 0:
            return mark.nbor(-1).lemma_ in words("days_and_more")
    return False


def _is_own(prep: Token, verb: Token) -> bool:
    """Tell the place of "held talks with B in Quito", not that of "talks on mines in Quito"."""
    if verb.dep_ != "conj":
        return True
    for node in prep.ancestors:
        if node == verb:
            return True
        if node.pos_ in {"VERB", "AUX"} or (node.pos_ == "ADP" and node.lower_ != "with"):
            return False
    return False


def _is_of_other(prep: Token, verb: Token) -> bool:
    """Tell the place of a further verb ("met A, a day after opening a fair in Bonn"), or of "from".

    "flew from a summit in Bonn to meet A" is no meeting in Bonn.
    """
    within = takewhile(lambda node: node != verb, prep.ancestors)  # not "a call from A, who met B"
    sources = [t for t in within if t.lower_ == "from" and t.dep_ == "prep"]
    anywhere = is_of_whole_area(prep)
    if any(t.head.lemma_ not in words("peer") for t in sources) and not anywhere:
        return True  # not "met her counterpart from Peru Ana Soto in Bonn"
    if _is_of_matter(prep, verb) or _is_of_trip_before(prep, verb) or _is_days_apart(prep, verb):
        return True
    over = prep.head.head if prep.head.dep_ == "advmod" else prep.head
    if over.lemma_ == "be" and over != verb and over not in set(verb.ancestors):
        return True  # "met A and was in Bonn", "was back in Bonn"
    governor = _past_holding(next((t for t in prep.ancestors if t.pos_ == "VERB"), verb), verb)
    if prep.i < verb.i and governor != verb and _is_of_another_time(verb):
        return True
    if any(t.lower_ == "since" and governor in t.ancestors for t in prep.ancestors):
        return True  # "since the start of the war in Gaza"
    if governor == verb or (governor.dep_ == "conj" and governor.head == verb):
        return False
    return governor not in set(verb.ancestors)


def is_of_whole_area(prep: Token) -> bool:
    """Tell the "in" of "met bankers from around the world in Bonn": the world is not in Bonn."""
    return prep.head.lemma_ in word_set("whole_area")


def _is_of_trip_before(prep: Token, verb: Token) -> bool:
    """Tell the place of "After a stop in Lima, A met B", who may be met at the next.

    Not that of "After a summit in Lima, A met B", nor of "After his arrival in Lima", where one is
    still.
    """
    nodes = list(prep.ancestors) if prep.i < verb.i else []
    trip = next((n for n, node in enumerate(nodes) if node.lemma_ in noun_rules()), None)
    if trip is None or trip + 1 >= len(nodes):
        return False
    if noun_rules()[nodes[trip].lemma_].id in word_set("arrival"):
        return False
    return nodes[trip].dep_ == "pobj" and nodes[trip + 1].lower_ in word_set("of_other_time")


def _is_where_told(scene: Scene, prep: Token, verb: Token) -> bool:
    """Tell the place of "'I will meet A tomorrow,' B told reporters in Lima": B is there today."""
    told = next((t for t in prep.ancestors if t.pos_ == "VERB"), None)
    if told is None or told.lemma_ not in words("speech") or told not in verb.ancestors:
        return False
    if tense_of(verb) != "future" and "would" not in auxiliaries_of(verb):
        return False
    who, teller = scene.subject(verb), scene.subject(told)
    if who is None or teller is None:
        return False
    if who.lower_ in {"i", "we"}:
        return True
    keys = {a.key for a in scene.actors(teller)}
    return any(a.key in keys for a in scene.actors(who))


def _is_days_apart(prep: Token, verb: Token) -> bool:
    """Tell the place of "met A a week before the summit in Lima", "ahead of last week's summit".

    Not that of "met A before the summit in Lima", "met A on Monday in Lima, a day before it", nor
    of "met A a day before the end of the summit in Lima", which goes on.
    """
    for node in takewhile(lambda token: token != verb, prep.ancestors):
        led = node.dep_ in {"prep", "advmod"} and node.i > verb.i
        if led and node.lower_ in word_set("of_other_time"):
            if _is_amid(node):
                return False
            before = node.nbor(-1).lemma_.lower()
            dated = (c for c in node.subtree if c.dep_ == "poss" and c.ent_type_ == "DATE")
            return before in words("days_and_more") or any(c.i < prep.i for c in dated)
    return False


def _is_amid(prep: Token) -> bool:
    """Tell "before the end of the summit", "after its opening" from "before its opening"."""
    edges = {"before": "ends_event", "after": "opens_event"}.get(prep.lower_)
    told = [t for c in prep.children for t in (c, *c.lefts)]
    return edges is not None and any(t.lemma_.lower() in word_set(edges) for t in told)


def _is_of_matter(prep: Token, verb: Token) -> bool:
    """Tell "will meet A to discuss the summit, to be held in Lima", which is the summit's place."""
    between = verb.doc[verb.i + 1 : prep.i]
    aims = (t for t in between if t.tag_ == "VB" and t.lemma_ in word_set("of_a_matter"))
    return any(verb in aim.ancestors for aim in aims) and prep.head != verb


def _past_holding(governor: Token, verb: Token) -> Token:
    """Return the verb over "a meeting scheduled to take place in Lima", which is held there."""
    while governor != verb and governor.dep_ in {"acl", "relcl", "xcomp"}:
        if governor.lemma_ not in word_set("holds_event"):
            break
        governor = next((t for t in governor.ancestors if t.pos_ == "VERB"), verb)
    return governor


def _is_of_topic(prep: Token, verb: Token) -> bool:
    """Tell "met A and agreed on a fund for schools in Peru": not all that is done is done there."""
    for node in prep.ancestors:
        if node == verb or node.pos_ == "VERB":
            return False
        if node.pos_ == "ADP" and node.lower_ in word_set("of_a_topic"):
            governor = next((t for t in node.ancestors if t.pos_ == "VERB"), verb)
            return governor != verb
    return False


__all__ = ["PLACE_REACH", "PlaceArguments", "is_of_whole_area"]
