"""The countries that stand beside names."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.labels import FINITE, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.leaders import leaders_named
from pipeline.signs import GENITIVES, STROKES
from pipeline.stages.entities.countries.affiliations import seat_of
from pipeline.stages.entities.countries.described_persons import compatriot_country, describes
from pipeline.stages.entities.countries.seats import coded_in_brackets, seat_at, seated_in_town
from pipeline.stages.entities.countries.served_bodies import (
    CLOSING,
    DESCRIPTION_REACH,
    ServedBodies,
)
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import (
    callings,
    name_words,
    word_set,
)

#: How many words describe somebody before the nationality.
_ADJECTIVES = 3
#: How far behind a name's comma another with "who" stands, and how many tokens an age has.
_APPOSED_REACH, _AGE = 14, 5


class Nationalities(ServedBodies):
    """Reads the countries beside the names of one Doc."""

    def __init__(
        self,
        doc: Doc,
        names: Sequence[NameSpan],
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self.doc = doc
        self.names = {name.start: name for name in names}
        self.name_tokens = {i for name in names for i in range(name.start, name.end)}
        self.name_ends = {name.end: name for name in names}
        self.by_end = {office.end: office for office in offices}
        self.by_start = {office.start: office for office in offices}
        self.by_head = {i: o for o in offices for i in range(o.head_start, o.head_end)}
        self.party_end = {party.end: party for party in parties}
        self.party_start = {party.start: party for party in parties}
        self.covering = {i: p for p in parties for i in range(p.start, p.end)}
        self.place_start = {place.start: place for place in places}
        #: Offices told behind a name, which the next name has no share in.
        self.told: set[int] = set()

    def _over_letters(self, end: int) -> int:
        """Return where the "ON, GCMG" of "Ana Ruiz, ON, GCMG, Governor", "Ana Ruiz AO" end."""
        doc = self.doc
        letters = word_set("postnominal")
        while doc[end : end + 1].text.isupper() and doc[end].lower_ in letters:
            end += 1
        while (
            doc[end : end + 1].text == ","
            and doc[end + 2 : end + 3].text == ","
            and doc[end + 1].text.isupper()
            and doc[end + 1].i not in self.by_start
        ):
            end += 2
        return end

    def _over_lines(self, name: NameSpan) -> int:
        """Return where the blank lines begin before a name in a heading below its title."""
        at = name.start
        while name.source == "heading" and at > 1 and self.doc[at - 1].is_space:
            at -= 1
        return at

    def country_beside(self, name: NameSpan) -> str | None:
        """Read "Malaysia's Anwar Ibrahim", "Anwar Ibrahim (Malaysia)", "Ben Sasse (Nebraska)"."""
        doc, at = self.doc, name.start
        while at > 1 and doc[at - 1].lower_ in name_words()["honorific"]:
            at -= 1  # "Myanmar's U Thein Kyaw"
        if at > 1 and doc[at - 1].text in GENITIVES and at - 1 in self.party_end:
            return self.party_end[at - 1].code
        if at in self.party_end and self.party_end[at].form in {"adjective", "people"}:
            return self.party_end[at].code
        end = name.end
        begin = self._entry_start(at)
        if begin > 1 and doc[begin - 1].text == "(" and doc[end : end + 1].text == ")":
            party = self.party_end.get(begin - 1)
            if party is not None and party.form == "name":
                return party.code  # "Argentina (President Alberto Fernández)"
        paired = self._paired.get(at) or self._in_turn.get(name.start) or self._gapped(name)
        return paired or self._country_described(name) or self._country_after(end)

    def _country_after(self, end: int) -> str | None:
        """Return the country told behind a name that ends at token `end`."""
        doc = self.doc
        if end + 1 >= len(doc):
            return None
        end += doc[end].text == "," and doc[end + 1].lemma_ == "be"  # "Its owner, X, is a Malian"
        if doc[end].lemma_ in {"be", "become"} and doc[end + 1].lower_ in {"a", "an", "the"}:
            ranked = doc[end + 1].lower_ == "the"
            if not ranked or doc[end + 2 : end + 3].text.lower() in word_set("rank"):
                return self._told_of_nationality(end + 2 + ranked)
        if (home := self._hails_from(end)) is not None:
            return home
        if (led := self._country_led(end)) is not None:
            return led
        seat = seat_of(doc, end) if doc[end].text in {",", "("} else None
        if seat is not None:
            return seat
        if doc[end].text in {"(", "of", "from"}:
            return None if self._is_taken_from(end) else self._country_behind(end)
        return self._country_apposed(end) if doc[end].text == "," else None

    def _is_taken_from(self, at: int) -> bool:
        """Tell the "from" at token `at` of "expelled X from Peru", "kept X from entering Peru".

        So the "of" of "accused X of invading Peru".
        """
        sign = self.doc[at]
        if sign.text != "(" and self.doc[at + 1].tag_ == "VBG":
            return True
        return sign.text == "from" and sign.head.lemma_ in word_set("takes_from")

    def share_with_first(self, name: NameSpan) -> None:
        """Give the A of "Prince A and his wife B, of Japan" the country of B.

        So that of "C (Peru), A and B (Japan)".
        """
        doc, at = self.doc, name.start
        behind = doc[name.end + (doc[name.end : name.end + 1].text == ",") :][:1].text
        first = min((o.start for o in name.offices if o.end <= at), default=at)
        bracketed = behind == "(" and self._is_of_bracketed(name.end)
        if not (bracketed or behind in {"of", "from"}):
            return
        if first < 2 or doc[first - 1].lower_ != "and":
            return
        other = self.name_ends.get(first - 1)
        if other is None or any([other.country, *(o.country for o in other.offices)]):
            return
        if not _are_of_two_states(other, name):
            other.country = name.country

    def _is_of_bracketed(self, end: int) -> bool:
        """Tell a list in which several countries stand in brackets, one of them at token `end`."""
        if self._country_behind(end) is None:
            return False
        opens = [t.i for t in self.doc[end].sent if t.text == "("]
        return sum(i + 1 in self.party_start for i in opens) > 1

    def _seated(self, comma: int) -> str | None:
        """Read the ", of Japan," and ", from Chad," that stand for the name before the comma."""
        doc, at = self.doc, comma + 2
        if doc[comma + 1 : at].text.lower() not in {"of", "from"}:
            return None
        definite = doc[at : at + 1].text.lower() == "the"
        party = self.party_start.get(at) or (self.party_start.get(at + 1) if definite else None)
        if party is None or party.form != "name":
            return seated_in_town(doc, at, self.party_start, self.place_start)
        after = doc[party.end] if party.end < len(doc) else None
        if after is None or after.text in CLOSING | STROKES:
            return party.code
        return party.code if after.pos_ in VERBS else None

    def _country_described(self, name: NameSpan) -> str | None:
        """Read "Spanish forward Musa Sow", "Wales manager X", "a Turkish diplomat, X, …"."""
        doc, at = self.doc, name.start
        while at > 1 and doc[at - 1].lower_ in name_words()["honorific"]:
            at -= 1  # "Fijian tourist Ratu Semi"
        if of_other := compatriot_country(doc, at, self.name_ends, self.party_end):
            return of_other
        opens = first = at
        while at > max(0, first - DESCRIPTION_REACH) and describes(doc[at - 1]):
            if doc[at].is_sent_start:
                return None  # "the Bruneian premier⏎Mr Musa Sow"
            at -= 1
            if self._joins_callings(at - 1):
                first = at = at - 1  # "Malian activist and Nobel laureate Musa Sow"
                continue
            party = self.party_end.get(at)
            if party is not None:
                if doc[at].text == "-" or (party.start and doc[party.start - 1].text == "-"):
                    return None  # "the pro-Indian incumbent", "a Russian-backed governor"
                sport = doc[first - 1].lemma_.lower() in word_set("team_role")
                told = self._is_adjective(party) or sport
                return party.code if told or self._is_headed(party, at) else None
            if doc[at - 1].text in GENITIVES:
                owner = self.party_end.get(at - 1)  # "Japan's swimming coach X"
                return owner.code if owner and self._is_owns(owner, opens - 1) else None
        root = doc[name.start : name.end].root
        noun = root.head.head if root.head.dep_ == "conj" else root.head
        if root.dep_ != "appos" or noun.tag_ != "NN" or not noun.text.islower():
            return None
        if doc[opens - 1].text != "," or noun.i > name.start:
            return None
        owners = [c for c in noun.children if c.dep_ in {"amod", "poss", "nmod", "compound"}]
        parties = [
            party
            for c in owners
            if (party := self.covering.get(c.i)) is not None
            and (c.dep_ != "compound" or not party.is_country or self._is_adjective(party))
        ]  # not the Mali of "Xi's Mali adviser, X"
        bound = {"-"} & {doc[p.start - 1].text for p in parties if p.start}
        return None if bound else next((party.code for party in parties), None)

    def _joins_callings(self, i: int) -> bool:
        """Tell the "and" of "activist and Nobel laureate X" from that of "minister and poet X"."""
        if i < 1 or self.doc[i].lower_ != "and":
            return False
        office = self.by_head.get(i - 1)
        plain = office is None or office.form.scope == "other"
        return plain and self.doc[i - 1].lower_ in callings()

    def _is_of_team(self, party: PartySpan) -> bool:
        """Tell the "England captain" that stands for a name, by the role in the nation's team."""
        doc, at = self.doc, party.end
        while at < len(doc) and at < party.end + _ADJECTIVES and describes(doc[at]):
            at += 1
        roles = word_set("team_role")
        return party.is_country and at > party.end and doc[at - 1].lemma_.lower() in roles

    def _is_owns(self, party: PartySpan, at: int) -> bool:
        """Tell Japan's "swimming coach X" at token `at` from its "critic X"."""
        noun = self.doc[at].lemma_.lower()
        roles = word_set("team_role", "belongs", "champion")
        return party.is_country and (noun in roles or at in self.by_head)

    def _is_headed(self, party: PartySpan, at: int) -> bool:
        """Tell "UNESCO chief | X", whose country is the organization."""
        return not party.is_country and self.doc[at].lower_ in word_set("head_of_body")

    def _told_of_nationality(self, at: int) -> str | None:
        """Return the country of "Malian officer" or "former Malian officer" at token `at`."""
        doc, at = self.doc, self._over_age(at)
        for i in range(at, min(at + _ADJECTIVES, len(doc) - 1)):
            party = self.party_start.get(i)
            if party is not None:
                noun = text_at(doc, party.end)[:1].islower()
                noun = noun or text_at(doc, party.end) in CLOSING  # "Omar Diallo, a Malian,"
                told = self._is_adjective(party) or self._is_of_team(party)
                return party.code if told and noun else None
            if doc[i].pos_ not in {"ADJ", "ADV"} or not doc[i].text.islower():
                break
        return self._told_of_origin(at)

    def _told_of_origin(self, at: int) -> str | None:
        """Return the country of "retired nurse from Peru,", not of "flight from Peru,"."""
        doc = self.doc
        for i in range(at, min(at + DESCRIPTION_REACH, len(doc) - 2)):
            if doc[i].lower_ == "from":
                who = doc[i - 1].lemma_.lower() in callings() or i - 1 in self.by_head
                return self._seated(i - 1) if who else None
            said = doc[i].pos_ in {"NOUN", "ADJ"} or doc[i].tag_ == "VBN"
            if not said and doc[i].text != "-":
                return None
        return None

    def _country_apposed(self, comma: int) -> str | None:
        """Read ", a Malian officer", ", who leads France's mission", ", the UN's man"."""
        doc, at = self.doc, comma + 1
        seated = self._seated(comma)
        if seated is not None:
            return seated
        who = at + 2 * (doc[at].is_digit and doc[at + 1 : at + 2].text == ",")
        if doc[who : who + 1].text == "who" and (home := self._hails_from(who + 1)) is not None:
            return home
        if (home := self._hails_later(comma)) is not None:
            return home
        if doc[at].lower_ == "who" or doc[at].tag_ == "VBG":
            return self._country_of_doing(at + (doc[at].lower_ == "who"))
        if doc[at : at + 3].text.lower() in word_set("leads_phrase"):
            return self._owner(at + 3 + (word_at(doc, at + 3) in {"the", "a"}))
        if doc[at].is_digit and doc[at + 1 : at + 2].text == "," and at + 3 < len(doc):
            at += 2  # "Omar Diallo, 34, a Malian officer"
        while doc[at].pos_ == "ADV" and at + 2 < len(doc) and doc[at + 1].lower_ in {"a", "an"}:
            at += 1  # ", also a Malian officer,"
        article = doc[at].lower_ in {"a", "an", "the"}
        if article and doc[at].lower_ != "the":
            return None if self._is_teller(comma) else self._told_of_nationality(at + 1)
        party = self.party_start.get(at + article)
        if party is None or party.end + 1 >= len(doc):
            return None
        following = doc[party.end]
        if following.text in GENITIVES:
            stands = doc[party.end + 1].lower_ in word_set("stands_for")
            return party.code if stands or self._is_apposed_noun(party.end + 1, comma) else None
        told = article and (party.form == "adjective" or self._is_of_team(party))
        return party.code if told and self._is_apposed_noun(party.end, comma) else None

    def _hails_later(self, comma: int) -> str | None:
        """Read "X, a poet and teacher, who hails from Peru": the "who" stands behind what X is."""
        doc = self.doc
        for i in range(comma + 1, min(comma + _APPOSED_REACH, len(doc) - 2)):
            if doc[i].tag_ in FINITE or i in self.names or doc[i].is_sent_start:
                return None
            if doc[i].text == "," and doc[i + 1].lower_ == "who":
                return self._hails_from(i + 2)
        return None

    def _over_age(self, at: int) -> int:
        """Return where "Malian" begins in "a 34-year-old Malian", whose age begins at a token."""
        doc, end = self.doc, at
        aged = text_at(doc, at)[:1].isdigit()
        while aged and end < min(at + _AGE, len(doc) - 1):
            end += 1
            if doc[end - 1].lower_.endswith("old"):
                return end
        return at

    def _is_apposed_noun(self, at: int, comma: int) -> bool:
        """Tell the "basketball star" that stands for the name before the comma."""
        doc = self.doc
        if word_at(doc, at) in word_set("side_of_talks"):
            return False  # "led by X, the Peruvian delegation by Y"
        for token in doc[at : at + DESCRIPTION_REACH]:
            if not token.text[:1].islower():
                return False
            if token.dep_ == "appos" and token.head.i < comma:
                return True
            if token.dep_ in SUBJECTS or token.pos_ in {"VERB", "AUX", "ADP", "CCONJ"}:
                return False
        return False

    def _country_behind(self, sign: int) -> str | None:
        """Read the country in "(Malaysia)", "of the Maldives", "from Chile", "(Ohio)"."""
        doc = self.doc
        party = self.party_start.get(sign + 1) or self.party_start.get(sign + 2)
        if party is not None:
            owns = doc[party.end : party.end + 1].text in GENITIVES and party.form == "name"
            if owns and doc[sign].text != "(":
                return None  # "told Carter of China's intention"
            if party.form == "adjective" and doc[sign].text in {"of", "from"}:
                served = party.is_country and self._is_body_at(party.end)
                return party.code if served else None  # "of the Peruvian Red Cross"
            closed = doc[sign].text != "(" or doc[party.end : party.end + 1].text == ")"
            seat = party.form == "metonym" and doc[party.end : party.end + 1].text in GENITIVES
            return party.code if closed and (party.form == "name" or seat) else None
        if doc[sign].text == "(" and (coded := coded_in_brackets(doc, sign)) is not None:
            return coded
        place = self.place_start.get(sign + 1)
        if place is None or doc[sign].text != "(" or doc[place.end : place.end + 1].text != ")":
            return None
        return place.country

    def give_seat(self, name: NameSpan) -> None:
        """Read the country of the seat in "Representative Ronny Jackson of Texas"."""
        if self.doc[name.end : name.end + 1].text not in {"of", "from"}:
            return
        told = name.offices and seat_at(self.doc, name.end + 1, self.party_start, self.place_start)
        for office in name.offices if told else ():
            seated = office.form.scope == "subnational" or office.form.office in word_set("seated")
            if seated and office.country is None:
                office.country = told or None


def _are_of_two_states(one: NameSpan, other: NameSpan) -> bool:
    """Tell "President A and King B of Jordan", two who lead states, from a prince and his wife."""
    tops = word_set("top_office")
    both = [any(o.form.office in tops for o in name.offices) for name in (one, other)]
    codes = {row.code for row in leaders_named(one.text)}
    return all(both) or (bool(codes) and other.country not in codes)


__all__ = ["Nationalities"]
