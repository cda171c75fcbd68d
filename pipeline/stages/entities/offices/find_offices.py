"""Offices: from the country before the head to the end of what it is the office of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from spacy.tokens import Doc

from pipeline.labels import FINITE
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.reference.offices import OfficeForm, Scope, office_forms, office_parties, offices
from pipeline.signs import HYPHENS, STROKES
from pipeline.stages.entities.gazetteer import Gazetteer, Hit
from pipeline.stages.entities.offices.body_heads import by_body
from pipeline.stages.entities.offices.heads_of_bodies import HeadsOfBodies
from pipeline.stages.entities.offices.lands_of_groups import give_group_lands
from pipeline.stages.entities.offices.matters_before import MattersBefore
from pipeline.stages.entities.offices.office_complements import Right
from pipeline.stages.entities.offices.office_gaps import bids, is_met
from pipeline.stages.entities.offices.over_brackets import over_bracket
from pipeline.stages.entities.offices.un_press import usual_body
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import (
    HeadedOffice,
    generic_offices,
    headed_offices,
    modifiers,
    word_set,
)

#: How many words a line of a register has at most before an office.
_LINE = 40
#: How many countries open lines at most where the lines are no register.
_SEVERAL = 2
#: What stands behind the country that opens such a line.
_OPENED = frozenset({",", ".", ":", "|", *STROKES})
#: So many words has the matter of a deputy minister at most.
_MATTER_WORDS = 4
#: Of how many lands a delegation is that makes one of each.
_OF_MANY = 3
#: What a surname is to its verb, preposition or noun.
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[OfficeForm]:
    general = [
        OfficeForm(row.form, row.kind, _scope(row.kind), True, False, row.plural == "yes")
        for row in generic_offices()
    ]
    forms = [*general, *office_forms()]
    # "Rep." is one token, "rep." two: abbreviations are cut as they are written.
    written = ((f.form.title() if "." in f.form else f.form, f) for f in forms)
    return Gazetteer(written, lower=True)


def _scope(kind: str) -> Scope:
    """Return the scope of a general office's class; an "official" may be anybody's."""
    row = offices().get(kind)
    return "other" if row is None or kind == "official" else row.scope


def find_offices(doc: Doc, parties: Sequence[PartySpan]) -> Iterator[OfficeSpan]:
    """Yield the offices named in `doc`, from left to right.

    "Azerbaijani Minister of Defence" fires with AZE; "presidential" does not.
    """
    finder = _OfficeFinder(doc, parties)
    previous: OfficeSpan | None = None
    forces, houses = word_set("needs_force"), word_set("needs_house")
    heads = HeadsOfBodies(doc, finder.by_start, finder.by_end)
    hits = [
        hit
        for hit in (over_bracket(doc, heads.read(h), finder.by_end) for h in _gazetteer().find(doc))
        if (hit.payload.form not in forces or finder.has_force(hit.end))
        and (hit.payload.form not in houses or finder.has_house(hit.end))
    ]
    finder.head_starts = frozenset(hit.start for hit in hits)
    finder.ranks = {
        hit.start + (doc[hit.start].lower_ in word_set("before_rank")): hit.end
        for hit in hits
        if hit.payload.office == "military"
    }
    for hit in hits:
        if (previous is not None and hit.start < previous.end) or not finder.is_office(hit):
            continue
        if hit.payload.form == "deputy" and finder.is_before_head(hit.end):
            continue  # "Deputy Attorney General", "its deputy leader": one office
        if previous is not None and finder.is_given_name(previous, hit):
            continue
        office = finder.read(hit)
        if previous is not None and office.start < previous.end:
            # "Saudi ambassador to Kuwait | Prince Sultan": the country is where he is posted.
            office.start, office.country = hit.start, None
        if previous is not None and office.country is None:
            office.country = finder.shared_country(previous, office)
        if previous is not None and finder.gives_country(office, previous):
            previous.country = office.country
        if previous is not None and finder.serves(previous, office):
            previous.country, previous.organization = office.country, office.organization
        give_group_lands(doc, office, finder.by_end)
        previous = office
        yield office


def without_surnames(doc: Doc, offices: Iterable[OfficeSpan]) -> Iterator[OfficeSpan]:
    """Leave out the "Bishop" of "Bishop will fly to Oslo" behind "Julie Bishop"."""
    named: dict[str, int] = {}
    for ent in doc.ents:
        if ent.label_ == "PERSON" and len(ent) > 1:
            named.setdefault(doc[ent.end - 1].text, ent.end)
    for office in offices:
        at = office.start
        bare = office.end - at == 1 and not office.plural and doc[at].text.istitle()
        alone = bare and doc[at].dep_ in _ARGUMENTS and not doc[at + 1 : at + 2].text.istitle()
        if not alone or named.get(doc[at].text, at + 1) > at:
            yield office


class _OfficeFinder(MattersBefore):
    """Makes offices of the heads that are hit."""

    def read(self, hit: Hit[OfficeForm]) -> OfficeSpan:
        """Return the office whose head was hit."""
        form = hit.payload
        of_state = form.office in word_set("state_class") and form.office != "speaker"
        if of_state and self._is_private(hit):  # "the speaker of the Chamber of Deputies" is none
            form = form._replace(office="business", scope="other")
        elif form.form == "president" and self._is_of_letters(hit.start):
            form = form._replace(office="head_of_organization", scope="organization")
        elif self._is_executive(hit):
            form = form._replace(office="business")
        sent = form.scope == "diplomatic" or form.office in word_set("aide")
        charged = form.office == "minister" and form.form.split()[-1] in word_set("portfolio_head")
        left = self.left(hit.start, plural=form.plural, sent=sent, charged=charged)
        if left.deputy and form.office == "minister":
            form = form._replace(office="deputy_minister")
        if form.office in word_set("of_any_body") and self._is_of_firm(left.start):
            form = form._replace(scope="other")
        posting = form.scope == "diplomatic" or form.office == "envoy"
        if left.party is None and form.office in word_set("has_matter"):
            self.read_matter(left, known=form.office != "envoy")
        right = self.right(hit.end, posting=posting, speaking=form.office == "spokesperson")
        of_many = form.scope == "organization" and self.is_of_many(left.start)
        group = self.of_group(hit.end)
        several = form.plural or form.office == "delegation"
        if group is not None and not several and len(group[1]) != 1:
            group = None  # "the foreign minister | of NATO member Albania" is of one
        if group is not None:
            right = Right(hit.end, group[0], hit.end)
        if form.plural and right.party is not None and self.by_end.get(right.end):
            end = self.past_last_land(hit.end, right.end)
            right = replace(right, end=self.past_lands(end) if end == right.party.end else end)
        several_lands, end = self.lands_listed(hit.end) if several else ((), right.end)
        if not form.plural and len(several_lands) < _OF_MANY:
            several_lands = ()  # "a delegation from Peru and Chile" may be of one event
        if len(several_lands) > 1 and end > right.end:
            end = self.past_last_land(hit.end, end)
            right = replace(right, end=end, party=right.party or self.first_land(hit.end))
        resides = form.office == "envoy" and " for " not in form.form
        if resides and self._is_posted(hit.end, right.end):
            form = form._replace(office="ambassador")  # "Peru's envoy in Oslo" resides there
        if (headed := self._headed(hit, right.end)) is not None:
            form = form._replace(form=headed.form, office=headed.kind, travels=True)
        if form.form in word_set("top_of_forces") and self.is_top(hit.start):
            form = form._replace(office="chief_of_defence")  # "the top US military leader"
        owner = self._owner_before(form, left.party) or right.party
        form = by_body(self.doc, form, (hit.start, hit.end), left, right)
        if form.form in word_set("commands"):
            apart = left.institution or left.party or right.title_end > right.start
            if apart or self.doc[hit.start].text.istitle():
                form = form._replace(office="chief_of_defence")
        if form.form in word_set("of_subject") and owner and owner.form != "adjective":
            owner = None  # "China expert", "an expert on China's foreign policy"
        lent = self._usual_country(form)  # "SINGAPORE — US Secretary of State X" is no register
        if owner is None and form.travels and not (form.plural or lent or form.office == "pope"):
            owner = self._entry_country(left.start) or self._line_country(left.start)
        if form.office == "academic" and owner and self._is_studied(hit.end, owner):
            owner = None  # "a professor of Chinese politics at …"
        if owner is None and group is None and (form.plural or form.office == "delegation"):
            owner = self.far_owner(hit.end)
        if owner is None and not form.plural and form.scope != "diplomatic":
            owner = self.apposed_owner(right.end)
            titled = form.scope == "organization" and self.doc[hit.start].text.istitle()
            if owner is None and titled:
                owner = self.apposed_body(right.end)
        bracketed = None if owner or group else self.bracketed_land(right.end)
        if bracketed is not None and (form.travels or form.scope == "diplomatic"):
            owner = bracketed
        country = owner.code if owner and (owner.is_country or owner.acts) else None
        body = owner if owner and not owner.is_country else None
        effects = {modifiers().get(word, "none") for word in left.words}
        countries = tuple(left.countries)
        if group is not None and owner is None:
            countries = group[1]
            country = countries[0] if len(countries) == 1 else None
        return OfficeSpan(
            start=left.start,
            end=right.end,
            head_start=hit.start,
            head_end=hit.end,
            form=form,
            title=f"{left.portfolios} {self._title(hit, left.words, right)}".strip(),
            country=country or lent,
            organization=self.doc[body.start : body.end].text if body else None,
            plural=form.plural,
            former="former" in effects,
            deputy="deputy" in effects,
            determiner=left.determiner,
            countries=countries if group or len(countries) > 1 else self.listed(hit.end, right.end),
            modifiers=frozenset(left.words),
            foreign=bool(
                left.party and left.party.is_country and left.determiner not in {"a", "an"}
            ),
            public=(left.institution or right.institution or self._is_of_letters(left.start))
            and not (right.supranational or of_many),
            of_many=of_many,
            posted=country is None
            and form.scope == "diplomatic"
            and (right.end > hit.end or form.form in word_set("always_posted")),
        )

    def is_before_head(self, at: int) -> bool:
        """Tell a word before "Attorney General", before the matter of "Jute Minister"."""
        end = at
        while end < min(at + _MATTER_WORDS, len(self.doc)) and self.doc[end].text.istitle():
            if end in self.head_starts:
                return end == at or self.doc[end].lower_ in word_set("portfolio_head")
            end += 1
        return at in self.head_starts

    def _is_posted(self, start: int, end: int) -> bool:
        """Tell "Peru's envoy in Oslo" from "in the Gulf dispute", which is his matter.

        Args:
            start: the token behind "envoy".
            end: the token behind what his title is told to go on with.
        """
        behind = {t.lower_ for t in self.doc[start : end + 2]}
        return self.doc[start:end].text.lower().startswith("in ") and behind.isdisjoint(
            word_set("dealings")
        )

    def _is_studied(self, start: int, party: PartySpan) -> bool:
        """Tell the land of "professor | of Malian law" from that "of the Malian Academy".

        So from that "of law at the University of Mali".
        """
        between = self.doc[start : party.start]
        if text_at(self.doc, start) != "of" or any(t.lower_ in {"at", "with"} for t in between):
            return False
        near = {t.lower_ for t in self.doc[start : party.end + 1]}
        return near.isdisjoint(word_set("learned_body"))

    def _headed(self, hit: Hit[OfficeForm], end: int) -> HeadedOffice | None:
        """Return the office of "the head of Peruvian diplomacy", "of the Peruvian government".

        None for the head "of a school of diplomacy".
        """
        heads = hit.payload.form in word_set("heads_any") and not hit.payload.plural
        if (
            not heads
            or end <= hit.end
            or any(t.lower_ == "of" for t in self.doc[hit.end + 1 : end])
        ):
            return None
        return headed_offices().get(self.doc[end - 1].lower_)

    def _owner_before(self, form: OfficeForm, party: PartySpan | None) -> PartySpan | None:
        """Return none of "Taiwan-Japan Association Chair X", the first of "… Friendship Group"."""
        at = party.start - 1 if party is not None else 0
        glued = at > 0 and not (self.doc[at].whitespace_ or self.doc[at - 1].whitespace_)
        if not glued or self.doc[at].text not in HYPHENS or at not in self.by_end:
            return party
        return self.by_end[at] if form.form in word_set("of_first") else None

    def _usual_country(self, form: OfficeForm) -> str | None:
        """Return India for "the External Affairs Minister" but where others alone are named."""
        code = office_parties().get(form.form)
        elsewhere = form.form in word_set("elsewhere_too") and self.countries
        usual = None if elsewhere and code not in self.countries else code
        return usual or usual_body(self.doc, form, {p.code for p in self.by_start.values()})

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the text names."""
        return frozenset(party.code for party in self.by_start.values() if party.is_country)

    def _entry_country(self, start: int) -> PartySpan | None:
        """Return the country that opens a line of a register: "Panama, President Arias."."""
        doc = self.doc
        if start < 2 or doc[start - 1].text not in _OPENED:
            return None
        party = self.by_end.get(start - 1)
        opens = party is not None and doc[party.start].is_sent_start and party.form == "name"
        return party if opens and party is not None and party.is_country else None

    def _line_country(self, start: int) -> PartySpan | None:
        """Return the country of a register's line, "Peru, Lima. May 4, 1949. Met President A."."""
        doc = self.doc
        at = start if self._lines_by_country else 0
        while at > 0 and not doc[at - 1].is_space and start - at < _LINE:
            at -= 1
        return self._lines_by_country.get(at)

    @cached_property
    def _lines_by_country(self) -> Mapping[int, PartySpan]:
        """Return the countries that open lines by where they stand, where several do."""
        found: dict[int, PartySpan] = {}
        for at, party in self.by_start.items():
            begins = not at or self.doc[at - 1].is_space
            if not begins or not party.is_country or party.form != "name":
                continue
            ended = (t.i for t in self.doc[party.end :] if t.is_space or t.is_sent_start)
            line = self.doc[at : next(ended, len(self.doc))]
            verbal = any(t.tag_ in FINITE for t in line)
            if not verbal and text_at(self.doc, party.end) in _OPENED:
                found[at] = party
        return found if len({party.code for party in found.values()}) > _SEVERAL else {}

    def shared_country(self, previous: OfficeSpan, office: OfficeSpan) -> str | None:
        """Return the country that a list gives but once ("the Azerbaijani A, the B and the C")."""
        between = [token.lower_ for token in self.doc[previous.end : office.start]]
        if between not in (["and"], [","], [",", "and"]) or office.form.scope == "other":
            return None
        if office.determiner not in {None, "the"}:
            return None
        if office.form.office in word_set("top_office") and not is_country(previous.country or ""):
            return None  # "CARICOM Chairman, Prime Minister X" is no prime minister of CARICOM
        apart = {
            "and": self._is_under(previous, office) or self._is_told_behind(previous),
            ",": self._opens_list(previous, office) or bids(self.doc, previous),
        }
        parted = apart.get(" ".join(between), False) or self._is_between(previous)
        parted = parted or (between == [","] and is_met(self.doc, previous, office))
        return None if parted else previous.country

    def _is_between(self, one: OfficeSpan) -> bool:
        """Tell "between the Chadian president and Speaker X", who are of two countries."""
        return one.start > 0 and self.doc[one.start - 1].lower_ == "between"

    def _opens_list(self, one: OfficeSpan, other: OfficeSpan) -> bool:
        """Tell "apart from the Polish president, presidents of other states came"."""
        of_others = other.plural and word_at(self.doc, other.end) == "of"
        return of_others and not one.plural

    def _is_under(self, one: OfficeSpan, other: OfficeSpan) -> bool:
        """Tell a minister told in small letters from the president who is named next to him.

        "The Iranian foreign minister and President Rahmon" are of two countries.
        """
        heads = self.doc[one.head_start].text, self.doc[other.head_start].text
        told = one.determiner == "the" and heads[0].islower() and heads[1][:1].isupper()
        under = one.form.office in word_set("under_president")
        return told and under and other.form.office == "head_of_state"

    def gives_country(self, office: OfficeSpan, previous: OfficeSpan) -> bool:
        """Tell "the King and Queen of Spain": the king is Spain's too.

        Not "the President and the Queen of Spain", nor "President X and Queen Y of Spain".
        """
        between = [token.lower_ for token in self.doc[previous.end : office.start]]
        bare = previous.country is None and previous.determiner == "the"
        joined = between == ["and"] and office.determiner is None
        alike = previous.form.scope == office.form.scope == "national"
        named = self.doc[office.end : office.end + 1].text.istitle()
        behind = word_at(self.doc, office.head_end) == "of"
        return bare and joined and alike and behind and not named

    def serves(self, aide: OfficeSpan, office: OfficeSpan) -> bool:
        """Tell "the special representative of | the chairperson of the AU Commission"."""
        between = [token.lower_ for token in self.doc[aide.end : office.start]]
        serves = aide.country is None and aide.form.office in word_set("aide")
        return serves and between in (["of"], ["of", "the"])

    def _is_told_behind(self, office: OfficeSpan) -> bool:
        """Tell whether an office stands in apposition behind a name.

        "Hun Sen, Prime Minister of Cambodia and President Macron" are of two countries.
        """
        before = self.doc[max(0, office.start - 2) : office.start]
        return len(before) == 2 and before[1].text == "," and before[0].ent_type_ == "PERSON"

    # The title

    def _title(self, hit: Hit[OfficeForm], before: Sequence[str], right: Right) -> str:
        doc = self.doc
        # "First Deputy", not "the first minister to".
        deputy = {*before, doc[hit.start].lower_} & {"deputy", "vice"}
        kept = [
            word
            for word in before
            if modifiers().get(word) in {"deputy", "former"}
            or word in word_set("title_modifier")
            or (deputy and word == "first")
        ]
        left = [token.text for token in doc[max(0, hit.start - 6) : hit.start]] if kept else []
        spelled = [next((w for w in left if w.lower() == word), word) for word in kept]
        head = _plain(doc, hit.start, self._head_end(hit))
        tail = _plain(doc, right.start, self._without_owner(right.start, right.title_end))
        return " ".join([*spelled, *head.split(), tail]).strip().replace(" , ", ", ")

    def _head_end(self, hit: Hit[OfficeForm]) -> int:
        """Leave out "of the Republic" where it begins a country's long name."""
        straddling = self.covering.get(hit.end - 1)
        if straddling is None or straddling.end <= hit.end:
            return hit.end
        at = straddling.start
        while at > hit.start + 1 and self.doc[at - 1].lower_ in {"the", "of"}:
            at -= 1
        return max(at, hit.start + 1)

    def _without_owner(self, start: int, end: int) -> int:
        """Return the end of a complement without its last "of the Republic of X"."""
        at = end
        party = self.by_end.get(at)
        while party is not None and self._is_listed(party) and party.start >= start:
            at = party.start
            while at > start and (links := self._links_before(at)):
                at -= links
            party = self.by_end.get(at)
        return at

    def _links_before(self, at: int) -> int:
        """Return how many tokens of "of five", "of high-level" end before a party, or 0."""
        before = self.doc[at - 3 : at].text.lower() if at >= 3 else ""
        linked = word_set("owner_link", "before_party")
        word = self.doc[at - 1]
        return 3 if before in linked else int(word.lower_ in linked or word.pos_ == "NUM")


def _plain(doc: Doc, start: int, end: int) -> str:
    """Return the text of a stretch without abbreviations in brackets."""
    pieces = []
    depth = 0
    for token in doc[start:end]:
        if token.text == "(":
            depth += 1
        if not depth:
            pieces.append(token.text_with_ws)
        if token.text == ")":
            depth -= 1
    return " ".join("".join(pieces).split())


__all__ = ["find_offices", "without_surnames"]
