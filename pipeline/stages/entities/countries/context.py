"""The countries of officials whose office stands without one, from those told beside them.

"Kyrgyz President Japarov is accompanied by Minister of Energy Ibraev" tells the minister's country
as well as "the Kyrgyz Minister of Energy" does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from pipeline.labels import COMPLEMENTS, SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.ground import Unit
from pipeline.stages.entities.countries.home import Home, may_have, speaks_for_state
from pipeline.stages.entities.countries.missions import Missions
from pipeline.stages.entities.countries.predecessors import Predecessors
from pipeline.stages.entities.countries.sentence_actors import SentenceActors
from pipeline.stages.entities.countries.site_meetings import SiteMeetings
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.delegations import Delegations
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: What may stand between two members of one list of officials.
_LIST_GAPS = frozenset({",", ";", "and", "&", "as", "well", "(", ")", "-", "–", "the"})
_LONGEST_GAP = 5
#: How many more tokens the land of the one before may have, in brackets.
_BRACKETED = 4
#: What stands between the officials of one country that a list names.
_LISTED_BY = frozenset({",", "and", ", and", ";", "; and"})
#: How far back within a sentence a guest or the one whom "his" means is looked for, in tokens.
_SUBJECT_REACH = 60
#: How many sentences before "his wife X" the husband of her name may be told of, and before
#: guests the land where they are.
_BACK = 3
#: How many others, each of another land, make one of no told land a host.
_GUESTS = 2
#: How many names before a first lady her husband is looked for.
_FAMILY_REACH = 8


def assign_context(
    doc: Doc,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    *,
    home: Home,
) -> None:
    """Give officials without a country that of those whose delegation or list they stand in.

    Args:
        home: the country for which the article writes; where nothing tells it, the sentence does.
    """
    context = _Context(doc, persons, offices, parties, places)
    context.home = home
    context.read_missions(parties)
    context.assign()


class _Context(SentenceActors, Delegations, Missions, SiteMeetings, Predecessors):
    """Gives officials a country by what stands around them."""

    @cached_property
    def local(self) -> set[int]:
        """Where those begin who close a list of guests from abroad and are none themselves."""
        return set()

    def assign(self) -> None:
        """Go through the names in text order, for each may tell of the next."""
        hosts = dict(self.hosts())
        owners = dict(self.delegations())
        before: Unit | None = None
        for unit in self.units:
            if self.country(unit) is None and unit.person.is_relative:
                self._give_kin(unit)
            elif self.country(unit) is None:
                led = self._of_led_delegation(unit)
                told = led or owners.get(unit.name.start)
                told = told or self._of_consort(unit)
                bidden = self._bidders(self.sentence_start(unit.start), unit.start)
                listed = None if told or bidden else self._of_list(before, unit)
                told = told or listed
                if led and not unit.name.offices:
                    unit.person.countries.append(led)
                    self.countries[id(unit.person)] = led
                self._give(unit, told, hosts.get(unit.name.start))
                if before is not None and listed:
                    unit.person.by_actor = before.person.by_actor
                self.give_predecessors(before, unit)
            before = unit

    def _of_led_delegation(self, unit: Unit) -> str | None:
        """Return the country of the delegation in "a Lithuanian delegation headed by X".

        So of "X headed a Lithuanian delegation", "a delegation under X", "with X at its head".
        """
        at = unit.start
        if not self._is_told_to_lead(unit):
            return self._of_delegation_led(unit)
        first = self.sentence_start(at)
        sent = range(bisect_left(self.heads, first), bisect_left(self.heads, at))
        led = [self.offices[i] for i in sent if self.offices[i].kind == "delegation"]
        if not led:
            return None
        return led[-1].country or self.last_before(self.named, at, first=led[-1].head_start)

    def _is_told_to_lead(self, unit: Unit) -> bool:
        """Tell X of "headed by X", "a delegation under X", "with X at its head"."""
        doc, at = self.doc, unit.start
        if at < 3:
            return False
        under = at - 4 if doc[at - 1].lower_ == "of" else at - 1  # "under the leadership of X"
        led = at - 2 == under + 2 and doc[at - 2].lower_ in word_set("leadership")
        if under >= 0 and doc[under].lower_ == "under" and (under == at - 1 or led):
            i = bisect_left(self.heads, at) - 1
            return i >= 0 and self.offices[i].head_end == under
        if doc[at - 1].lower_ == "with":
            behind = doc[unit.name.end : unit.name.end + 3].text.lower()
            return behind.startswith(tuple(word_set("at_its_head")))
        return doc[at - 1].lower_ == "by" and doc[at - 2].lemma_ in word_set("leads")

    def _of_delegation_led(self, unit: Unit) -> str | None:
        """Return the country of "X leads a Malian delegation", "X comes to lead a Malian one"."""
        head = self.doc[unit.name.start : unit.name.end].root
        verbs = (head.head, *(c for c in head.head.children if c.dep_ in COMPLEMENTS | {"advcl"}))
        verb = next((v for v in verbs if v.lemma_ in word_set("leads")), None)
        if head.dep_ not in SUBJECTS or verb is None:
            return None
        led = {c.i for c in verb.children if c.dep_ == "dobj"}
        for office in self.offices[bisect_left(self.heads, verb.i) :][:1]:
            if office.kind == "delegation" and led & set(range(office.head_start, office.head_end)):
                return office.country
        return None

    def _give(self, unit: Unit, told: str | None, host: str | None) -> None:
        """Give a unit's bare offices a country: told by company, or by what else there is."""
        bare = [o for o in unit.name.offices if o.country is None and o.kind != "counterpart"]
        told = told or self._represented(unit) or self._of_who_sends(unit) if bare else None
        told = told or self.of_mission(unit) if bare else None
        told = told or self._of_named_possessor(bare)
        if told is None and any(o.form.scope in {"organization", "diplomatic"} for o in bare):
            told = self._of_owner([o for o in bare if o.determiner == "its"], unit)
        if told is None and any(speaks_for_state(office) for office in bare):
            told = (
                self._of_owner(bare, unit)
                or self._of_patron(bare)
                or host
                or self._of_family(unit)
                or self._of_body(unit)
                or self._of_place(unit)
                or self._of_site(unit)
            )
            own = self._is_of_firm(unit) or unit.start in self.local
            actor = None if told or own else self._of_actor(unit)
            if actor and not all(may_have(actor, office) for office in bare):
                actor = None
            unit.person.by_actor = actor is not None
            told = told or actor
        if told is None or not bare:
            return
        for office in bare:
            office.country = told
        self.countries[id(unit.person)] = unit.person.country

    def _is_of_firm(self, unit: Unit) -> bool:
        """Tell "Acme Industries Chairman and Managing Director X" and "ABC Chairman X".

        Whoever acts in the sentence, these are of no state.
        """
        if any(office.kind == "business" for office in unit.name.offices):
            return True
        lettered = (office for office in unit.name.offices if office.form.scope == "organization")
        return any(
            self.doc[office.start - 1 : office.start].text.isupper()
            or self.doc[office.start].text.isupper()
            for office in lettered
        )

    def _give_kin(self, unit: Unit) -> None:
        """Give "Xi's wife, Peng Liyuan" and "his wife" the country of whose wife they are."""
        bare = [office for office in unit.name.offices if office.country is None]
        told = self._of_named_possessor(bare) or self._of_husband(bare, unit)
        for office in bare if told and is_country(told) else ():
            office.country = told
        self.countries[id(unit.person)] = unit.person.country

    def _of_husband(self, offices: Sequence[OfficeSpan], unit: Unit) -> str | None:
        """Return the country of whom the sentence tells just before "and his wife X"."""
        told = {word for o in offices for word in (o.determiner, o.form.form.split()[0])}
        if not told & word_set("possessive_person"):
            return None
        start = self.sentence_start(unit.start)
        before = self.between(max(start, unit.start - _SUBJECT_REACH), unit.start)
        if before:
            return self.country(before[-1])
        # "He came with his wife Ana Ruiz", in the sentence behind one of Ruiz.
        surname = unit.person.name.split()[-1]
        above = self.between(self.sentence_start(unit.start, back=_BACK), start)
        namesakes = [other for other in above if surname in other.person.name.split()]
        return next(filter(None, map(self.country, reversed(namesakes))), None)

    def _of_consort(self, unit: Unit) -> str | None:
        """Return the country of "King X and Queen Y of Norway" for X."""
        if not _is_crowned(unit) or text_at(self.doc, unit.end) != "and":
            return None
        at = bisect_left(self.starts, unit.end)
        other = self.units[at] if at < len(self.units) else None
        beside = other is not None and other.start == unit.end + 1
        return self.country(other) if other and beside and _is_crowned(other) else None

    def _of_list(self, before: Unit | None, unit: Unit) -> str | None:
        """Read "Guyana's Minister of Tourism A, Minister of Agriculture B and …" for B.

        A head of state and a head of government that "and" joins may be of two countries.
        """
        if before is None or not before.name.offices:
            return None
        country = self.country(before)
        gap = self.doc[before.end : unit.start]
        if country is None or not 0 < len(gap) <= _LONGEST_GAP + _BRACKETED:
            return None
        if not all(map(_joins_list, gap)):
            return None
        if self._closes_guests(before, unit.start):
            self.local.add(unit.start)
            return self._land_of_hosts(unit)  # "A (Peru), B (Chile) and Minister C"
        own = any(office.end > office.head_end for office in unit.name.offices)
        if len(gap) > _LONGEST_GAP or (own and not is_country(country)):
            return None  # "the chair of the AU, A; B, director of protocol"
        if gap.text == "," and self._says(unit):
            return None  # "to meet President A, ministry spokesman B said"
        if any(office.form.scope == "other" for office in unit.name.offices):
            return None
        if any(office.of_many for office in unit.name.offices):
            return None
        if _is_posted(before) and not _is_posted(unit):
            return None  # "met by the Malian ambassador and Mayor B": not of one country
        tops = [o for o in unit.name.offices if o.form.office in word_set("top_office")]
        if tops and self._between(before):
            return None
        if any(office.form.form not in word_set("first_named") for office in tops):
            if self._goes_on_in_list(before, unit):
                return country
            return country if self._is_met(before, country) else None
        return country

    def _closes_guests(self, last: Unit, stop: int) -> bool:
        """Tell "A (Peru), B (Chile) and", up to token `stop`, from "Chile's A and".

        So "Mali's A, Peru's B, Chile's C and", of whom each is of another land.
        """
        near = self.between(self.sentence_start(last.start), last.end)
        others = [unit for unit in near if unit.name.start < last.name.start][-_GUESTS:]
        lands = {self.country(other) for other in others} - {None, self.country(last)}
        at = bisect_left(self.states, (last.end, ""))
        behind = at < len(self.states) and self.states[at][0] < stop
        return len(lands) >= (1 if behind else _GUESTS)

    def _land_of_hosts(self, unit: Unit) -> str | None:
        """Return the land for which the article writes, else that in which it told last of one.

        None where that is a land of the guests whom the sentence lists.
        """
        start = self.sentence_start(unit.start)
        above = self.sentence_start(unit.start, back=_BACK)
        where = [at for at in self.sites if above <= at[0] < start and self._is_in(at[0])]
        land = self.home.code or (where[-1][1] if where else None)
        return (
            land if land not in {self.country(u) for u in self.between(start, unit.start)} else None
        )

    def _is_in(self, at: int) -> bool:
        """Tell "in Peru", "in the Gambia" at the token of the name."""
        return "in" in {word_at(self.doc, at - 1), word_at(self.doc, at - 2)}

    def _goes_on_in_list(self, before: Unit, unit: Unit) -> bool:
        """Tell C of "Peruvian Premier A, Finance Minister B and Foreign Minister C".

        Not Premier B of "Peruvian Premier A, Premier B and Premier C".
        """
        kinds = {office.kind for office in unit.name.offices}
        if kinds & {office.kind for office in before.name.offices}:
            return False
        at = bisect_left(self.starts, before.start)
        for first, second, told in ((at - 1, before, True), (at + 2, unit, False)):
            other = self.units[first] if 0 <= first < len(self.units) else None
            if other is None or not other.name.offices:
                continue
            one, two = (other, second) if told else (second, other)
            gap = self.doc[one.end : two.start].text
            country = self.country(other)
            if gap in _LISTED_BY and country == (self.country(before) if told else None):
                return True
        return False

    def _says(self, unit: Unit) -> bool:
        """Tell who says what stands before from one more of a list."""
        verb = self.doc[unit.name.start : unit.name.end].root.head
        return verb.i >= unit.end and verb.lemma_ in word_set("speech")

    def _is_met(self, unit: Unit, country: str) -> bool:
        """Tell whether somebody of another country is the subject before one of a country."""
        start = max(self.sentence_start(unit.start), unit.start - _SUBJECT_REACH)
        others = self.between(start, unit.start)
        if any(self.country(other) not in {None, country} for other in others):
            return True
        subjects = (token for token in self.doc[start : unit.start] if token.dep_ in SUBJECTS)
        return any(token.lower_ in word_set("pronoun") for token in subjects)

    def _of_owner(self, offices: Sequence[OfficeSpan], unit: Unit) -> str | None:
        """Return the party told last before "its envoy, X", of the person before "his adviser"."""
        determiners = {o.determiner for o in offices} & word_set("guessable_determiner")
        if not determiners:
            return None
        if determiners <= word_set("possessive_person"):
            return self._of_possessor(unit)
        start = self.sentence_start(unit.start)
        if "their" in determiners and (of_many := self._of_officials(start, unit.start)):
            return of_many
        here = self.last_before(self.owners, unit.start, first=start)
        above = bisect_left(self.owners, (self.sentence_start(unit.start, back=1), ""))
        first = self.owners[above : above + 1]
        return here or (first[0][1] if first and first[0][0] < start else None)

    def _of_named_possessor(self, offices: Sequence[OfficeSpan]) -> str | None:
        """Return Orban's country for "Orban's press secretary", "Orban press secretary X"."""
        for office in offices:
            at = office.start
            genitive = at > 0 and self.doc[at - 1].text in GENITIVES
            aide = office.form.office in word_set("aide")
            unit = self.ending.get(at - genitive) if genitive or aide else None
            if unit is not None and self.country(unit):
                return self.country(unit)
            owner = self._office_ending(at - 1) if genitive else None
            if owner is not None and owner.country:
                return owner.country  # "the Malian premier's envoy, X"
        return None

    def _office_ending(self, at: int) -> OfficeSpan | None:
        """Return the office that ends before token `at`."""
        i = bisect_left(self.heads, at) - 1
        return self.offices[i] if i >= 0 and self.offices[i].end == at else None

    def _represented(self, unit: Unit) -> str | None:
        """Return the country that X represents at an event, that is represented by X."""
        for token in self.doc[unit.name.start : unit.name.end]:
            head = token.head if token.dep_ == "appos" else token  # "by Minister X"
            passive = head.dep_ == "pobj" and head.head.dep_ == "agent"
            verb = head.head.head if passive else token.head
            stands = passive or token.dep_ in SUBJECTS
            if verb.lemma_ != "represent" or not stands or passive == (verb.i > token.i):
                continue
            sides = {"nsubjpass"} if passive else {"dobj"}
            for stood_for in (c for c in verb.children if c.dep_ in sides):
                first = stood_for.left_edge.i
                if passive and (self.between(first, verb.i) or stood_for.conjuncts):
                    continue  # "Peru's premier and Chile's were represented by A and B"
                if not passive and self.between(first, stood_for.i + 1):
                    continue  # "who represents Britain's Queen Elizabeth as head of state"
                at = bisect_left(self.states, (stood_for.left_edge.i, ""))
                if at < len(self.states) and self.states[at][0] <= stood_for.i:
                    return self.states[at][1]
        return None

    def _of_patron(self, offices: Sequence[OfficeSpan]) -> str | None:
        """Return the country of Netanyahu for "a spokesman for Benjamin Netanyahu's office"."""
        for office in offices:
            at = office.end
            if word_at(self.doc, at) not in {"for", "to", "of"}:
                continue
            told = (self.country(unit) for unit in self.between(at + 1, at + 4))
            found = next(filter(None, told), None)
            if found:
                return found
        return None

    def _of_officials(self, start: int, end: int) -> str | None:
        """Return the country of "Kenyan officials" before "their minister, X"."""
        told = self.offices[bisect_left(self.heads, start) : bisect_left(self.heads, end)]
        return next((o.country for o in reversed(told) if o.plural and o.country), None)

    def _of_possessor(self, unit: Unit) -> str | None:
        """Return the country of whom "his" means: told just before, or first a sentence before."""
        start = self.sentence_start(unit.start)
        here = self.between(max(start, unit.start - _SUBJECT_REACH), unit.start)
        above = self.between(self.sentence_start(unit.start, back=1), start)[:1]
        told = (self.country(other) for other in [*reversed(here), *above])
        return next(filter(None, told), None)

    def _of_family(self, unit: Unit) -> str | None:
        """Return the country of a first lady's namesake, else of the last leader before her."""
        if all(office.form.office != "spouse" for office in unit.name.offices):
            return None
        surname = unit.person.name.split()[-1]
        at = bisect_left(self.starts, unit.start)
        before = self.units[max(0, at - _FAMILY_REACH) : at][::-1]
        namesakes = [other for other in before if surname in other.person.name.split()]
        tops = word_set("top_office")
        leaders = [other for other in before if self.kinds[id(other.person)] & tops]
        return next(filter(None, map(self.country, [*namesakes, *leaders])), None)

    def _of_body(self, unit: Unit) -> str | None:
        """Return the organization that the sentence names before an envoy ("The UN came first")."""
        if all(office.form.office != "envoy" for office in unit.name.offices):
            return None
        return self.last_before(self.bodies, unit.start, first=self.sentence_start(unit.start))

    def _of_place(self, unit: Unit) -> str | None:
        """Return the country of the last place of the sentence before a mayor or governor."""
        if all(office.form.scope != "subnational" for office in unit.name.offices):
            return None
        return self.last_before(self.places, unit.start, first=self.sentence_start(unit.start))


def _is_crowned(unit: Unit) -> bool:
    """Tell a king, a queen, a prince: "Crown Princess X"."""
    titles = {office.form.form.rpartition(" ")[2] for office in unit.name.offices}
    return not titles.isdisjoint(word_set("crowned"))


def _is_posted(unit: Unit) -> bool:
    return all(office.form.scope == "diplomatic" for office in unit.name.offices)


def _joins_list(token: Token) -> bool:
    """Tell what may stand between two members of a list, words before a title among them."""
    title = token.text.istitle() and token.ent_type_ != "PERSON" and token.pos_ != "VERB"
    return token.lower_ in _LIST_GAPS or title


__all__ = ["assign_context"]
