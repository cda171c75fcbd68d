"""Those who travel together, when a plural means them: "they", "the ministers", "their tour"."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from spacy.tokens import Token

from models.entity import ACTOR_KINDS, PERSONAL_KINDS
from pipeline.discourse.delegations import DelegationReader
from pipeline.discourse.groups import Actor
from pipeline.discourse.numbers import number_of
from pipeline.discourse.stories import Story
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, PREMODIFIERS, VERBS
from pipeline.stage import Case

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
#: How many sentences back those may be told whom "they" means.
_REACH = 2
#: And whom "the ministers" means, whose office tells them from others.
_OFFICE_REACH = 8
#: And whom "the two officials" means, by whatever trip was told of two together.
_COMPANY_REACH = 3
#: And whom "the two premiers" means, told before by their countries alone.
_LANDS_REACH = 3
#: "The three" and more are counted among those named; who "the two" are is told by the group.
_FEWEST_COUNTED = 3
#: What tells which group "the group" is.
_TELL_MORE = frozenset({"prep", "compound", "amod", "nmod", "relcl", "acl", "poss", "appos"})


class TogetherReader(DelegationReader):
    """Reads plurals that mean several of whom the text told before."""

    def __init__(self, case: Case, story: Story | None = None) -> None:
        """Read a story, or the whole article as one."""
        super().__init__(case, story)
        #: Those of whom a trip was told together, by the token that told of it.
        self._company: dict[int, list[Actor]] = {}
        #: The delegation, its leader or the uncounted plural of whom a trip was told, likewise.
        self._parties: dict[int, Actor] = {}
        #: The actors read so far by the token that heads them, since several rules ask of the same
        #: one; what is told of those together may change whom "they" means.
        self._acting: dict[int, list[Actor]] = {}

    @abstractmethod
    def actors(self, head: Token) -> list[Actor]:
        """Return the actors that a noun phrase and those listed with it name."""

    def note_company(self, i: int, travellers: Sequence[tuple[Actor, bool]]) -> None:
        """Remember of whom a trip was told together, at token `i`.

        Args:
            travellers: each with whether only a meeting is told of them.
        """
        named = [(a, met) for a, met in travellers if a.country and not a.is_party]
        each = {a.key: a for a, met in named if not met}
        if len(each) > 1:
            self._company[i] = list(each.values())
            self._acting.clear()
        alone = {a.key: a for a, _ in named}
        for actor in alone.values() if len(alone) == 1 else ():
            if self._is_party_of_many(actor, i):
                self._parties[i] = actor
                self._acting.clear()

    def _is_party_of_many(self, actor: Actor, i: int) -> bool:
        """Tell several who travel as one, and the leader of a delegation told at token `i`."""
        if actor.reference.plural or actor.reference.kind == "delegation":
            return True
        if self._is_led(actor, i):
            return True
        groups = words("one_group_of") if actor.reference.name is None else frozenset()
        return any(
            token.lemma_ in groups or any(r.kind == "delegation" for r in self.at(token.i))
            for token in self.sentence(i)
            if token.lemma_ in groups or token.lemma_ == "delegation"
        )

    def company_of(self, actor: Actor, i: int) -> list[Actor]:
        """Return those with whom a traveller was told of last before token `i`, he among them."""
        # The last told is the last noted.
        at = next((at for at in reversed(self._company) if at < i), None)
        told = self._company[at] if at is not None else []
        return told if any(each.key == actor.key for each in told) else [actor]

    def together(self, head: Token) -> list[Actor] | None:
        """Return A and B for the "they" of "A and B are in Lima. They will go on to Quito".

        None for a word that does not mean such, or where nobody was told of together; "two other
        leaders" are none of those told.
        """
        if any(c.lower_ in words("not_those_told") for c in head.lefts):
            return None
        if head.lower_ in words("they"):
            return self._told_together(head) or self._party_before(head)
        if head.lower_ in words("the_group"):
            known = any(c.lower_ in words("definite") for c in head.children) and not self.at(
                head.i
            )
            known = known and not any(c.dep_ in _TELL_MORE for c in head.children)
            return (self._told_together(head) or self._party_before(head)) if known else None
        if head.lower_ == "it" and head.dep_ in SUBJECTS:
            return self._party_before(head)
        if head.tag_ == "CD":
            return self._counted_before(head) or None
        if head.lower_ == "its" and head.head.lemma_.lower() in words("trip_noun"):
            return self._party_of_clause(head) or self._party_before(head)
        if self._is_bare_group(head):
            more = any(c.dep_ in {"prep", "relcl", "acl"} for c in head.children)
            found = self._of_office(head)
            if found or more:
                return found
            called = self._called_any(head) or self._party_before(head)
            called = called or self._called_so(head) or self.of_lands_told(head)
            return called or self._counted_before(head) or None
        if _is_bare_noun(head) and not self.at(head.i):
            return self._called_any(head)
        if head.tag_ in PLURALS and (named := self._of_land(head)):
            return named
        if head.tag_ in PLURALS and (named := self._called_so(head)):
            return named
        if head.tag_ in PLURALS and any(r.kind == "group" for r in self.at(head.i)):
            pair = self._of_office(head) or []  # of two lands, the two are told apart by these
            return pair if len({a.country for a in pair}) == 1 else None
        return None

    def _counted_before(self, head: Token) -> list[Actor]:
        """Return A, B and C of "A of Peru, B of Mali and C of Fiji spoke. The three met in Lima".

        So where they met another ("A, B and C met X"). Nobody where the last sentence that names
        officials of several lands has another number.
        """
        counts = [number_of(c) or 0 for c in (head, *head.children) if c.tag_ == "CD"]
        known = {c.lower_ for c in head.children} & (words("definite") | {"these", "all"})
        number = self.sentence_of[head.i]
        if len(counts) != 1 or counts[0] < _FEWEST_COUNTED or not known:
            return []
        for at in range(number - 1, max(0, number - _REACH) - 1, -1):
            sentence, found = self.sentences[at], dict[str, Actor]()
            for i in range(sentence.start, sentence.end):
                for told in self.at(i):
                    if told.kind == "person" and told.form == "name" and told.country:
                        found.setdefault(told.actor or told.text, Actor(told, i, 0.9))
            lands = {actor.country for actor in found.values()}
            if len(lands) > 1:
                led = any(actor.reference.role_kind for actor in found.values())
                doing = [a for a in found.values() if a.token < sentence.root.i]
                meant = doing if len(found) > counts[0] else [*found.values()]
                return meant if led and len(meant) == counts[0] else []
        return []

    def _party_before(self, head: Token) -> list[Actor] | None:
        """Return whom "they", "the group", "the lawmakers" means who travelled as one before.

        "A delegation of Peruvian lawmakers arrived in Lima. The group will go on to Quito."
        """
        number = self.sentence_of[head.i]
        at = next((i for i in reversed(self._parties) if self.sentence_of[i] < number), None)
        if at is None or number - self.sentence_of[at] > (1 if head.lower_ == "it" else _REACH):
            return None
        actor = self._parties[at]
        between = self.doc[at + 1 : head.i]
        if any(t.tag_ in PLURALS and t.dep_ in SUBJECTS for t in between):
            return None  # "Peruvian officials are in Lima. Miners marched. They flew home"
        sent = not actor.reference.plural
        if head.lower_ in {"it", "its"}:
            party = actor.reference.kind == "delegation" or self._is_led(actor, at)
            return [actor] if party and not self._is_of_nearer(head) else None
        called = head.tag_ not in PLURALS or sent or _is_called(actor, head.lemma_.lower())
        return [actor] if called else None

    def _is_of_nearer(self, it: Token) -> bool:
        """Tell the "it" of "The company said it would open a plant", which is the company.

        "The ministry said it would leave", "When the forum ends, it will leave" do not fire.
        """
        over = set(it.ancestors)
        return any(
            token.dep_ in SUBJECTS
            and token.head in over
            and token.tag_ in {"NN", "NNP"}
            and token.ent_type_ != "PERSON"
            and token.lemma_.lower() not in words("informant", "tells_of_plans")
            and not any(r.kind in ACTOR_KINDS for r in self.at(token.i))
            for token in self.doc[self.sentence(it.i).start : it.i]
        )

    def _is_led(self, actor: Actor, at: int) -> bool:
        """Tell who leads the delegation that is the subject of a verb by token `at`.

        "The ministry sent a delegation led by X" has another subject, which "it" may mean.
        """
        heads = (t for t in self.sentence(at) if t.dep_ in SUBJECTS)
        sent = (
            t
            for t in heads
            if t.lower_ == "it" or any(r.kind == "delegation" for r in self.at(t.i))
        )
        return any(led.key == actor.key for t in sent for led in self.actors(t))

    def _party_of_clause(self, its: Token) -> list[Actor] | None:
        """Return whom "its" means in "During its stay, the delegation met the king".

        And in "The delegation put off its departure", "arrived in Lima, ending its visit to Quito".
        """
        over = (t for t in its.ancestors if t.pos_ in VERBS)
        doing = (c for verb in over for c in verb.children if c.dep_ in SUBJECTS)
        subject = next(doing, None)
        if subject is not None and subject.lower_ in RELATIVES:
            subject = subject.head.head  # "a delegation that ended its visit to Quito"
        if subject is None or subject == its.head:
            return None
        sent = any(r.kind == "delegation" and not r.plural for r in self.at(subject.i))
        return self.actors(subject) if sent else None

    def _called_any(self, head: Token) -> list[Actor] | None:
        """Return A and B, who travel, for "the officials", "the three leaders".

        Nobody where others are told of by the same noun ("met Malian officials. The officials"), or
        others were sent ("Hamas sent a team. The negotiators"), nor where "the visitors" would be
        their own host.
        """
        noun = head.lemma_.lower()
        told = self._told_together(head) if noun in words("any_of_them") else []
        start = self.bounds_of(told[0].reference)[0] if told else head.i
        between = self.doc[start : head.i]
        if any(t.lemma_.lower() == noun or _is_sent_group(t) for t in between):
            return None
        if told and noun in words("from_afar") and self._is_host_among(told, start):
            return None
        counts = {number_of(c) for c in head.children if c.dep_ == "nummod"}
        if counts and counts != {len(told)}:
            return None
        leads = all(a.reference.role_kind in words("leads_land") for a in told)
        return told if told and (leads or noun != "leader") else None

    def _is_host_among(self, told: Sequence[Actor], at: int) -> bool:
        """Tell "A and B met in Lima", of which B is Peru's."""
        where = (r for t in self.sentence(at) for r in self.at(t.i) if r.kind == "place")
        return not {r.country for r in where}.isdisjoint(a.country for a in told)

    def _told_together(self, they: Token) -> list[Actor]:
        """Return those told together last before a "they".

        Not where others stand between: "A and B are in Lima. Miners will march as they leave".
        """
        number = self.sentence_of[they.i]
        first = self.sentences[max(0, number - _REACH)].start
        for i in range(they.i - 1, first - 1, -1):
            token = self.doc[i]
            if i in self._company and self.sentence_of[i] != number:
                return self._company[i]
            if token.dep_ not in SUBJECTS or token.lower_ in words("they") | RELATIVES:
                continue
            if they.lower_ == "them" and token.head in _clause_over(they):
                continue  # "A and B were there to greet them"
            found = self.actors(token) if token.pos_ != "PRON" else []
            told = [a for a in found if a.reference.kind in PERSONAL_KINDS and a.country]
            if len(told) > 1 and len(told) == len(found):
                return told
            if token.tag_ in PLURALS or len(found) > 1:
                return []
        return []

    def _is_bare_group(self, head: Token) -> bool:
        """Tell "the ministers", of whom nothing says whose ministers they are."""
        if head.tag_ not in PLURALS:
            return False
        group = next((r for r in self.at(head.i) if r.kind == "office" and r.plural), None)
        if group is None or (group.country and not group.guessed) or group.members:
            return False
        return self.doc[self.bounds(group)[0]].lower_ in words("same_group")

    def _of_land(self, head: Token) -> list[Actor] | None:
        """Return A and B of Peru, told of before, for "the Peruvian ministers"."""
        group = next((r for r in self.at(head.i) if r.kind == "office" and r.plural), None)
        if group is None or not group.country or group.guessed or group.members:
            return None
        if self.doc[self.bounds(group)[0]].lower_ not in words("same_group"):
            start = self.bounds(group)[0]
            if not start or self.doc[start - 1].lower_ not in words("same_group"):
                return None
        told = self._of_office(head) or []
        return told if told and all(a.country == group.country for a in told) else None

    def _called_so(self, head: Token) -> list[Actor]:
        """Return A and B of "Peruvian envoys A and B", told of before, for "the two envoys".

        Nobody for those of other lands than theirs, or where others were so called since.
        """
        noun = head.lemma_.lower()
        counts = {number_of(c) for c in head.children if c.dep_ == "nummod"}
        known = {c.lower_ for c in head.children} & (words("definite") | {"these", "both"})
        if noun not in words("any_of_them") or noun == "leader" or len(counts) > 1 or not known:
            return []
        land = next((r.country for r in self.at(head.i) if r.kind == "office"), None)
        number = self.sentence_of[head.i]
        for i in range(head.i - 1, self.sentences[max(0, number - _OFFICE_REACH)].start - 1, -1):
            token = self.doc[i]
            if i in self._company and number - self.sentence_of[i] <= _COMPANY_REACH:
                told = [a for a in self._company[i] if a.reference.name]
                if counts == {len(told)} and land in {None, *(a.country for a in told)}:
                    return told
            so_called = token.lemma_.lower() == noun and token.tag_ in PLURALS
            of_lands = any(r.kind == "office" and r.country for r in self.at(i))
            if so_called and not of_lands and token.head.lower_ == "of":
                continue  # "a delegation of officials"
            if (
                so_called
                and not of_lands
                and not words("definite").isdisjoint(c.lower_ for c in token.children)
            ):
                continue  # they, told of once more
            if not so_called and (token.dep_ not in SUBJECTS or token.pos_ != "PROPN"):
                continue
            found = self.actors(token)
            told = [a for a in found if a.country and (a.reference.name or of_lands)]
            acts = token if token.head.lower_ != "of" else token.head.head
            sent = not counts and of_lands and acts.dep_ in SUBJECTS
            many = counts == {len(told)} or (sent and bool(told))
            fits = many and land in {None, *(a.country for a in told)}
            if fits and (so_called or any(_is_called(a, noun) for a in told)):
                return told
            if so_called:
                return []
        return []

    def of_lands_told(self, head: Token) -> list[Actor]:
        """Return each of "the premiers of Peru and Chile" for "the two premiers" further on.

        Nobody where their number is another, or others of that office were told of since.
        """
        noun = head.lemma_.lower()
        if not {"the", "these", "both"} & {head.lower_, *(c.lower_ for c in head.lefts)}:
            return []
        counts = {number_of(c) for c in head.children if c.dep_ == "nummod"}
        first = self.sentences[max(0, self.sentence_of[head.i] - _LANDS_REACH)].start
        for i in range(head.i - 1, first - 1, -1):
            many = self.doc[i].tag_ in PLURALS
            told = next((r for r in self.at(i) if many and r.kind == "office" and r.plural), None)
            if told is None or not (
                _is_called(Actor(told, i), noun)
                or (noun == "leader" and told.role_kind in words("leads_land"))
            ):
                continue
            each = self.each_of(Actor(told, i))
            fits = counts == {len(each)} or not counts
            return each if len(each) > 1 and fits and all(a.country for a in each) else []
        return []

    def _of_office(self, head: Token) -> list[Actor] | None:
        """Return the last who travelled together of an office that "the ministers" may mean.

        Not of "the Nordic ministers", "the defence ministers" if they are others.
        """
        if any(c.text[:1].isupper() and not self.at(c.i) for c in _before(head)):
            return None
        number = self.sentence_of[head.i]
        first = self.sentences[max(0, number - _OFFICE_REACH)].start
        noun = head.lemma_.lower()
        for i in range(head.i - 1, first - 1, -1):
            told = self._company.get(i)
            if told and all(_is_called(a, noun) and _may_be(a, head) for a in told):
                return told
        return None


def _is_bare_noun(head: Token) -> bool:
    """Tell "the visitors", "these three guests" from "the visitors from Peru"."""
    own = [c for c in head.children if not c.is_punct]
    known = any(c.lower_ in words("definite", "same_group") for c in own)
    return head.tag_ in PLURALS and known and all(c.dep_ in {"det", "nummod"} for c in own)


def _is_sent_group(noun: Token) -> bool:
    """Tell "Hamas sent a team" from "A and B came with a team"."""
    parts = SUBJECTS | OBJECTS
    return noun.lemma_ in words("sent_group") and noun.dep_ in parts


def _before(head: Token) -> list[Token]:
    """Return the words before a noun that say of whom or what it is."""
    return [c for c in head.lefts if c.dep_ in PREMODIFIERS]


def _is_called(actor: Actor, noun: str) -> bool:
    """Tell whether "ministers" may mean one by the office told, or by its class."""
    told = f"{actor.reference.role} {actor.reference.role_kind}".lower()
    return noun in told or (noun == "premier" and "prime minister" in told)


def _may_be(actor: Actor, head: Token) -> bool:
    """Tell whether one with a portfolio told may be of "the defence ministers"."""
    role = (actor.reference.role or "").lower().replace("defense", "defence")
    own = [c.lower_.replace("defense", "defence") for c in _before(head) if c.dep_ == "compound"]
    return not role or all(word in role for word in own)


def _clause_over(word: Token) -> list[Token]:
    """Return what stands over a word within its clause and those that share its subject."""
    found: list[Token] = []
    for above in word.ancestors:
        found.append(above)
        if above.dep_ == "relcl":
            break
    return found


__all__ = ["RELATIVES", "TogetherReader"]
