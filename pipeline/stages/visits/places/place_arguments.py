"""Where a trigger leads: the places behind its prepositions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import Gatherings, is_numbered_event, is_when_held
from pipeline.stages.visits.nouns.owned_lands import inviters_land, owned_land
from pipeline.stages.visits.places.understood import Understood
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.lands_meant import lands_meant
from pipeline.stages.visits.tours.listed_places import ListedPlaces
from pipeline.stages.visits.tours.region_names import region_names

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
        #: Those of each traveller, and how many of all are sorted so.
        self._told_of: dict[str, list[Candidate]] = defaultdict(list)
        self._sorted = 0
        self.understood = Understood(scene, self.told)
        self.gatherings = Gatherings(scene)

    def told_of(self, actor: Actor | None) -> list[Candidate]:
        """Return the trips told so far of somebody, in text order."""
        for told in self.told[self._sorted :]:
            if told.actor is not None:
                self._told_of[told.actor.key].append(told)
        self._sorted = len(self.told)
        return [*self._told_of.get(actor.key, ())] if actor is not None else []

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
            if child.i > verb.i and child.lower_ in preps and not leads_nowhere(child):
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
        apart = _bracketed(verb, last) or _through_airport(verb, last)
        reach = self.scene.reach(verb.i, PLACE_REACH + apart)
        for i in range(verb.i + 1, min(last, reach)):
            if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
                break
            if doc[i].lower_ in preps and not (leads_nowhere(doc[i]) or is_of_post(doc[i])):
                spots = self.spots(i + 1, but)
                if spots:
                    return [*spots, *self.further(spots[-1].end, preps)]
        return self._behind_where(verb, preps)

    def _behind_where(self, verb: Token, preps: Sequence[str]) -> list[Spot]:
        """Return Lima of "flew from Riga, where she met A, to Lima": the comma ends the clause.

        "Flew from Riga, where she spoke to Peru's president" has none.
        """
        begun = [c for c in verb.children if c.dep_ in OBJECTS]
        begun += prep_objects(verb, "from")
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
        if not is_of_where(verb):
            return []
        head = verb.head
        return (
            self.scene.spots(head.i)
            or self.scene.spots(head.left_edge.i)
            or self.before_where(verb)
            or self.towns_of_site(head)
        )

    def towns_of_site(self, site: Token) -> list[Spot]:
        """Return the town of "the square in Lima in which", "the Lima hall where"."""
        preps = [c for c in site.children if c.lower_ in word_set("at_site") and c.i > site.i]
        names = [c for c in site.children if c.dep_ == "compound"]
        at = [*(c.i + 1 for c in preps), *(c.left_edge.i for c in names)]
        return next((spots[:1] for i in at if (spots := self.scene.spots(i))), [])

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
        if starts and _is_one_of_two(doc[at]):
            return []
        return scene.spots(min(starts)) if starts else []

    def spots(self, i: int, but: Collection[str | None]) -> list[Spot]:
        """Return the places of the list at token `i`, or the one that "the country" means."""
        named = self.scene.spots(i)
        spots = [s for s in named if not is_numbered_event(self.scene.doc[s.start])]
        if named and not spots:
            return []  # "to COP28 in Dubai": an event, of which days are told besides
        spots = spots or lands_meant(self.scene, self.understood.told, i)
        if spots := spots or self._behind_regions(i):
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
            if doc[at].pos_ in VERBS:
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
        """Return the token before "on Tuesday", "later that year" that ends at `i`, else `i`."""
        doc, at = self.scene.doc, i
        while at > 0 and at in self.clock.covered:
            at -= 1
        if 0 < at < i and doc[at].lower_ == "and" and doc[i + 1].lower_ == "to":
            return at
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


def _is_one_of_two(land: Token) -> bool:
    """Tell Chile of "the match between Peru and Chile, where": nobody was there for all that."""
    first = land.head if land.dep_ == "conj" else None
    return first is not None and first.dep_ == "pobj" and first.head.lower_ == "between"


def _bracketed(verb: Token, last: int) -> int:
    """Return how many tokens stand in the bracket of "left on Monday (13 May) for Lima"."""
    near = [t.text for t in verb.doc[verb.i : min(last, verb.i + PLACE_REACH)]]
    opened = near.index("(") if "(" in near else len(near)
    return near.index(")") + 1 - opened if ")" in near[opened:] else 0


def _through_airport(verb: Token, last: int) -> int:
    """Return how many tokens "through Kotoka International Airport" has behind a verb."""
    near = verb.doc[verb.i : min(last, verb.i + PLACE_REACH)]
    led = next((t.i for t in near if t.lower_ in {"through", "via", "from"}), last)
    behind = verb.doc[led : min(last, led + PLACE_REACH)]
    return next((t.i + 1 - led for t in behind if t.lower_ == "airport"), 0)


def is_of_post(prep: Token) -> bool:
    """Tell the "to" of "X, ambassador to Peru, landed", where she is posted.

    Also where the parse hangs it on another word: "including the ambassador to Peru".
    """
    if prep.lower_ != "to" or not prep.i:
        return False
    return not word_set("post_to").isdisjoint(t.lemma_.lower() for t in (prep.head, prep.nbor(-1)))


def leads_nowhere(prep: Token) -> bool:
    """Tell the "in" of "briefed A on the latest in the Peru peace process", "not in Peru"."""
    heads = (c for c in prep.children if c.dep_ == "pobj" and prep.lower_ == "in")
    return _is_denied(prep) or any(h.lemma_.lower() in word_set("quarrel") for h in heads)


def _is_denied(prep: Token) -> bool:
    """Tell the first "to" of "will fly not to Peru but to Chile"."""
    return prep.i > 0 and prep.nbor(-1).lower_ == "not"


def antecedent_of(verb: Token) -> Token:
    """Return the hall of "the hall in Lima in which she spoke", wherever the clause hangs."""
    head = verb.head
    return head.head.head if head.pos_ == "PROPN" and head.dep_ == "pobj" else head


def is_of_where(verb: Token) -> bool:
    """Tell the verb of "Lima, where she arrived" from that of "arrived in Lima".

    So that of "the hall in which she spoke", not of "the talks in which she spoke".
    """
    if verb.dep_ != "relcl":
        return False
    if any(c.lower_ == "where" for c in verb.children):
        return True
    held = words("event") | word_set("talks_noun")
    site = antecedent_of(verb)
    if site.pos_ != "NOUN" or site.lemma_.lower() in held:
        return False
    which = (g for c in verb.children if c.dep_ == "prep" and c.i < verb.i for g in c.children)
    return any(g.lower_ == "which" and g.head.lower_ in {"in", "at"} for g in which)


__all__ = [
    "PLACE_REACH",
    "PlaceArguments",
    "antecedent_of",
    "is_of_post",
    "is_of_where",
    "leads_nowhere",
]
