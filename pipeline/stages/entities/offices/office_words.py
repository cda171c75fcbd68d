"""What stands left of an office's head, and the parties around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.neighbours import text_at, word_at
from pipeline.reference.names import is_name_word
from pipeline.signs import GENITIVES, LIST_JOINTS
from pipeline.stages.entities.offices.office_lands import JOINT_LENGTHS, OfficeLands
from pipeline.stages.entities.offices.office_matters import portfolio_words
from pipeline.stages.entities.parties import bound_start, is_leaning
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, modifiers, word_set

#: What opens a sentence with the place where one is, or whence one goes on.
_OPENERS = frozenset({"In", "From"})
#: Stands for the determiner of "the country's president".
OWN_LAND = "country's"
#: How far behind a plural its party is looked for, in tokens.
_OWNER_REACH = 12
#: How far behind an office the party of the institution is looked for that a comma adds.
_APPOSED_REACH = 14
#: What stands behind a body that closes an apposition.
_CLOSES_BODY = frozenset({",", ".", ";", ")", "and", ""})
#: How far before a head the owner of its institution is looked for, in tokens.
_INSTITUTION_REACH = 10


@dataclass
class Left:
    """What stands before an office's head, and the token at which it starts."""

    start: int
    words: list[str] = field(default_factory=list)
    party: PartySpan | None = None
    countries: list[str] = field(default_factory=list)
    determiner: str | None = None
    #: Whether words of an institution stand before the head ("Foreign Ministry spokesman").
    institution: bool = False
    #: The portfolios of "the foreign, trade and | defence ministers" before the head, with commas.
    portfolios: str = ""
    #: Whether the head is one whom another sends to a country or asks about it ("envoy").
    sent: bool = False
    #: Whether the head is a plural, which may be of several lands.
    plural: bool = False
    #: Whether the words before the head may be what one is charged with.
    charged: bool = False
    #: Whether "deputy" stands before the matter of the head.
    deputy: bool = False


class OfficeWords(OfficeLands):
    """Reads the words around the heads of offices in one Doc."""

    # Left of the head

    def left(
        self, i: int, *, plural: bool = False, sent: bool = False, charged: bool = False
    ) -> Left:
        """Read modifiers, the owning party and the determiner before token `i`.

        Args:
            plural: whether the head is one, before which further portfolios may stand.
            sent: whether it is an envoy's or an adviser's, whose country may be their matter.
            charged: whether the words before it may be what one is charged with ("Jute Minister").
        """
        read = Left(self._over_short_name(i), sent=sent, plural=plural, charged=charged)
        if plural:
            self._read_portfolios(read)
        elif charged and self._is_opening_matter(read.start - 1):
            read.start -= 1
            read.portfolios = self.doc[read.start].text
        while read.start > 0 and not self._begins_line(read.start) and self._step_left(read):
            pass
        if read.party is None and read.determiner is None:
            self._read_institution(read)
        if self.doc[max(0, read.start - 2) : read.start].text == "Al-":
            read.start -= 2  # "Al-Sultan Abdullah"
        read.words.reverse()
        read.countries.reverse()
        return read

    def _read_portfolios(self, read: Left) -> None:
        """Take in the "foreign, trade and" of "the foreign, trade and defence ministers"."""
        doc, at = self.doc, read.start
        while at > 1 and doc[at - 1].lower_ in LIST_JOINTS:
            joint = at - 1
            joint -= joint > 1 and doc[joint].lower_ == "and" and doc[joint - 1].text == ","
            known = doc[joint - 1].lower_ in portfolio_words() - word_set("office_noun")
            known = known and joint - 1 not in self.covering
            if not known:
                break
            at = joint - 1
        if at < read.start and "and" in {t.lower_ for t in doc[at : read.start]}:
            read.portfolios, read.start = doc[at : read.start].text, at

    def _is_opening_matter(self, i: int) -> bool:
        """Tell the "International" of "International | Trade and Industry Minister X"."""
        if i < 0 or self.doc[i].lower_ not in word_set("opens_matter") or i in self.covering:
            return False
        behind = self.doc[i + 1]
        return self.doc[i].text.istitle() and behind.lower_ in portfolio_words()

    def _over_short_name(self, i: int) -> int:
        """Return where the bracket of "African Union (AU) | delegation" opens, else token `i`."""
        bracket = [t.text for t in self.doc[max(0, i - 3) : i]]
        short = len(bracket) == 3 and (bracket[0], bracket[2]) == ("(", ")")
        return i - 3 if short and bracket[1].isupper() and i - 3 in self.by_end else i

    def _begins_line(self, i: int) -> bool:
        """Tell "… visit to Laos | Prime Minister Chinh": a heading and the line below it."""
        before = self.by_end.get(i)
        named = before is not None and (
            before.form == "name" or self.doc[before.start - 1].lower_ == "of"
        )
        return named and bool(self.doc[i].is_sent_start) and self.doc[i - 1].is_alpha

    def _step_left(self, read: Left) -> bool:
        """Take in what ends where the reading starts; tell whether more may stand before."""
        before = self.doc[read.start - 1]
        found = self.by_end.get(read.start)
        leans_to = found.start if found is not None else read.start - 1
        if is_leaning(self.doc, leans_to):
            read.start = leans_to - 2  # "Peru's | pro-Chilean president"
            return True
        if (bound := bound_start(self.doc, read.start)) < read.start:
            read.start = bound  # "the Hezbollah-allied | speaker"
            return True
        if found is None and before.text in GENITIVES:
            found = self.by_end.get(read.start - 1)
            if found is None:
                if self._is_own(read.start - 2, "own_land"):
                    read.determiner = OWN_LAND
                elif self._is_own(read.start - 2, "body_of_states"):
                    read.determiner = "the"
                return False
            read.start -= 1
        if found is not None and read.sent and self._is_matter_of_sent(found, read):
            read.start = found.start
            return True
        if found is not None and self._is_matter_of_owned(found, read):
            read.start = found.start
            return True
        if found is not None and self._owns(read) and not self._is_where(found):
            body = self._body_before(found)
            read.party = read.party or body or found
            read.countries.append((body or found).code)
            read.start = (body or found).start
            return True
        if self._may_be_of_more(read) and (joint := self._joint_before(read.start)):
            read.start -= joint
            return True
        return self._step_over_word(read, before)

    def _is_matter_of_owned(self, found: PartySpan, read: Left) -> bool:
        """Tell the EU of "the Serbian EU | Integration Minister", the matter of a Serb's office."""
        if read.party or not read.charged or found.is_country or found.form != "name":
            return False
        genitive = text_at(self.doc, found.start - 1) in GENITIVES
        owner = self.by_end.get(found.start - genitive)
        return owner is not None and owner.is_country and (genitive or owner.form == "adjective")

    def _may_be_of_more(self, read: Left) -> bool:
        """Tell "Peru and | Chile's ministers" from "of Peru and | Chile's minister", who is one.

        So from "of Peru, | Chilean minister"; he of "the Peruvian and | Chilean people" is of both.
        """
        before = self.by_end.get(read.start - 1)
        alike = before is not None and read.party is not None and before.form == read.party.form
        return read.party is not None and (
            read.plural or (alike and read.party.form == "adjective")
        )

    def _joint_before(self, i: int) -> int:
        """Return how many tokens join "Togolese, Malian, and | Beninese" before token `i`, or 0.

        So those of "Togolese as well as | Beninese ministers", not of "visited Togo, and | Malian".
        """
        doc = self.doc
        if doc[i - 1].text in LIST_JOINTS:
            owned = doc[i - 2 : i - 1].text in GENITIVES  # "Peru's and | Chile's ministers"
            if self.by_end.get(i - 1 - owned):
                return 1
        for length in JOINT_LENGTHS:
            joint = doc[max(0, i - length) : i].text.lower()
            land = self.by_end.get(i - length)
            if joint in word_set("joins_last_land") and land and land.form == "adjective":
                return length
        return 0

    def _is_matter_of_sent(self, land: PartySpan, read: Left) -> bool:
        """Tell the Mali of "Xi's Mali envoy", "the U.S. Mali envoy" from that of "Mali's envoy".

        So that of "Mali peace envoy X"; the "US peace envoy" is the US's.
        """
        doc, at = self.doc, land.start
        if read.party or land.form != "name" or not land.is_country:
            return False
        if word_at(doc, land.end) in word_set("sent_for"):
            return not doc[at].text.replace(".", "").isupper()
        if text_at(doc, land.end) in GENITIVES or at == 0:
            return False
        while at > 1 and (
            doc[at - 1].lower_ in modifiers() or doc[at - 1].lower_ in word_set("title_modifier")
        ):
            at -= 1  # "Xi's special Mali envoy"
        owned = doc[at - 1].text in GENITIVES or doc[at - 1].lower_ in word_set("possessive")
        sender = self.by_end.get(at)
        return owned or (sender is not None and sender.is_country and sender.form != "people")

    def _body_before(self, land: PartySpan) -> PartySpan | None:
        """Return the UN of "the UN Mali envoy", whose the office is, not that of what it is for."""
        if not land.is_country or land.form != "name":
            return None
        genitive = text_at(self.doc, land.start - 1) in GENITIVES
        body = self.by_end.get(land.start - genitive)
        return body if body is not None and not body.is_country else None

    def _is_own(self, i: int, owners: str) -> bool:
        """Tell the "country" of "the country's president", the "bloc" of "the bloc's chief"."""
        doc = self.doc
        owner = i > 0 and doc[i].lower_ in word_set(owners) and doc[i - 1].lower_ == "the"
        return owner and i + 2 < len(doc)

    def _owns(self, read: Left) -> bool:
        """Tell whether a party before what is read owns the office, by itself or in a list."""
        at = read.start + (self.doc[read.start].text in GENITIVES)
        joins = text_at(self.doc, at) in LIST_JOINTS
        return read.party is None or joins or self.last_joint(read.start) > 0

    def _is_where(self, party: PartySpan) -> bool:
        """Tell the "Turkey" of "In Turkey Minister Ellwood met …", which is where he was.

        From there he goes on in "From Turkey Minister Ellwood flew to Lima".
        """
        before = self.doc[party.start - 1] if party.start else None
        opens = before is not None and before.text in _OPENERS and bool(before.is_sent_start)
        return opens and party.form == "name"

    def _step_over_word(self, read: Left, before: Token) -> bool:
        if before.lower_ == "whose" and read.party is None:
            comma = read.start > 1 and self.doc[read.start - 2].text == ","
            read.party = self.by_end.get(read.start - 1 - comma)  # "Qatar, whose premier"
            if read.party is not None:
                read.countries.append(read.party.code)
            read.determiner = before.lower_
            read.start -= 1
            return False
        listed = read.charged and self._is_within_list(before.i)
        if before.lower_ in word_set("determiner") and not listed:
            read.determiner = before.lower_
            read.start -= 1
            return False
        modifies = before.lower_ in modifiers()
        if modifies:
            read.words.append(before.lower_)
        i = read.start
        if modifies or (before.text == "-" and i > 1 and self.doc[i - 2].lower_ in modifiers()):
            read.start -= 1
            return True
        past = self._past_description(i)
        read.start = past
        return past < i

    def _is_within_list(self, i: int) -> bool:
        """Tell the "the" of "Peru's Forestry, Fisheries and | the Environment Minister".

        That of "the Minister of Defence and the Environment Minister" begins another title.
        """
        joint = self.doc[i - 1] if i > 1 and self.doc[i].lower_ == "the" else None
        joined = joint is not None and joint.lower_ in {"and", "&"} and not joint.is_sent_start
        if not joined or not self._is_listed_matter(i - 2) or not self.doc[i + 1].text.istitle():
            return False
        first = i - 2
        while first > 0 and (self.doc[first].text in {",", "and"} or self._is_listed_matter(first)):
            first -= 1
        return self.doc[first].text in GENITIVES or first + 1 in self.by_end

    def _is_listed_matter(self, i: int) -> bool:
        """Tell the "Fisheries" of "Forestry, Fisheries and the Environment Minister"."""
        token = self.doc[i]
        return token.text.istitle() and token.lower_ in institution_words() | portfolio_words()

    def _past_description(self, i: int) -> int:
        """Return where begins what tells more of one: "the 56-year-old | leader", or token `i`.

        Also "the East African | leader", "the far-right | premier", no "foreign" or "other" one.
        """
        doc = self.doc
        if doc[max(0, i - 4) : i].text.lower().endswith("-year-old") and i > 4:
            return i - 5
        at = i
        regions = word_set("region", "compass")
        while at > 0 and doc[at - 1].lower_ in regions and at not in self.by_end:
            at -= 1
        if at < i:
            return at if at and doc[at - 1].lower_ == "the" else i
        before = doc[i - 1]
        if before.pos_ != "ADJ" or not before.text.islower() or before.dep_ != "amod":
            return i
        if before.lower_ in word_set("of_others") or i in self.by_end:
            return i
        hyphen = i > 3 and doc[i - 2].text == "-" and not doc[i - 2].whitespace_
        return i - 3 if hyphen and doc[i - 3].is_alpha else i - 1

    def _read_institution(self, read: Left) -> None:
        """Read the owner of "Bolivia's National Chamber of Industries | chairman".

        So that of "Finland's Jute | Minister", "the Finnish Jute | Minister", whatever the matter.
        """
        doc, i, charged = self.doc, read.start, read.charged
        while i > max(0, read.start - _INSTITUTION_REACH):
            genitive = doc[i - 1].text in GENITIVES
            party = self.by_end.get(i - 1 if genitive else i)
            if party is not None:
                matter = charged and doc[read.start].text.istitle() and i < read.start
                if matter and (genitive or party.form == "adjective"):
                    read.institution = True
                    read.portfolios = doc[i : read.start].text
                if read.institution and party.form not in {"people", "metonym"}:
                    read.party = party
                    read.countries.append(party.code)
                    read.start = party.start
                return
            if genitive and i > 1 and doc[i - 2].lower_ in institution_words():
                i -= 1  # "the US embassy's | chargé d'affaires"
                continue
            if charged and modifiers().get(doc[i - 1].lower_) == "deputy" and i < read.start:
                read.deputy = True  # "Peru's Deputy | Jute Minister"
                i -= 1
                continue
            listed = charged and self._is_listed_before(i - 1, read.start)
            if genitive or not (listed or self._is_of_institution(doc[i - 1])):
                return
            read.institution = read.institution or doc[i - 1].lower_ in institution_words()
            i -= 1

    def _is_listed_before(self, i: int, head: int) -> bool:
        """Tell the comma of "Peru's Trade | , Industry and Cooperatives Minister", and its "the".

        So the "Jute" of "Deputy Jute Minister", which the model takes for somebody.

        Args:
            head: where the head of the office begins.
        """
        doc = self.doc
        if i == head - 1 and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "B":
            return doc[i].text.istitle() and not is_name_word(doc[i].text)
        if doc[i].lower_ == "the":
            return self._is_within_list(i)
        if text_at(doc, i + 1) == "," and self._is_listed_matter(i):
            return True  # "Trade", which tells of an envoy's kind elsewhere
        if doc[i].text != "," or i < 1:
            return False
        joined = any(t.lower_ in {"and", "&"} for t in doc[i + 1 : head])
        before = doc[i - 1]
        other = before.lower_ in word_set("office_noun") or before.ent_type_ == "PERSON"
        return joined and doc[i + 1].text[:1].isupper() and before.text[:1].isupper() and not other

    def _is_of_institution(self, token: Token) -> bool:
        """Tell whether a token may be part of an institution's name that ends behind it."""
        if token.ent_type_ == "PERSON" or token.is_space or token.is_punct:
            return False
        if token.lower_ in {"of", "for", "and", "&"}:
            return token.i > 0 and self.doc[token.i - 1].text[:1].isupper()
        capital = token.text[:1].isupper() and token.lower_ not in modifiers()
        return capital or token.lower_ in word_set("small_institution")

    def is_of_many(self, i: int) -> bool:
        """Tell a body of many lands that ends before token `i` ("World Trade Forum | chief")."""
        at = i
        while at > 0 and self._is_in_body(at - 1):
            at -= 1
        many = word_set("supranational", "continent")
        return any(t.text in many or t.lower_ in many for t in self.doc[at:i])

    def _is_in_body(self, i: int) -> bool:
        token = self.doc[i]
        return token.text[:1].isupper() or token.lower_ in {"of", "for", "the", "(", ")"}

    # Both

    def apposed_owner(self, i: int) -> PartySpan | None:
        """Read the party of "Director | , Department of Trade, Government of Fiji"."""
        doc = self.doc
        if text_at(doc, i) != ",":
            return None
        for at in range(i + 1, min(i + _APPOSED_REACH, len(doc))):
            party = self.by_start.get(at)
            if party is not None and party.is_country:
                behind = doc[at - 1].lower_ == "of" or doc[at - 2 : at].text.lower() == "of the"
                following = doc[party.end + (text_at(doc, party.end) in GENITIVES) :]
                before = len(following) > 0 and following[0].lower_ in institution_words()
                return party if behind or (before and at == i + 1) else None
            opens = doc[at - 1].text == "," and doc[at].lower_ not in institution_words()
            if opens or not self._is_apposed_word(doc[at]):
                return None
        return None

    def apposed_body(self, i: int) -> PartySpan | None:
        """Read the AU of "Commissioner for Trade | , African Union Commission and Dr. X".

        So the EU of "Executive Director for the Americas | of the European Union, X".
        """
        doc = self.doc
        at = i + 1 + (doc[i + 1 : i + 2].text.lower() == "the")
        body = self.by_end.get(i) or (self.by_start.get(at) if text_at(doc, i) == "," else None)
        if body is None or body.is_country or not body.acts:
            return None
        end = body.end + (doc[body.end : body.end + 1].text.lower() in institution_words())
        return body if doc[end : end + 1].text in _CLOSES_BODY else None

    def _is_apposed_word(self, token: Token) -> bool:
        known = token.lower_ in {"of", "for", "and", "&", "the", ","}
        return known or (token.text[:1].isupper() and token.ent_type_ != "PERSON")

    def bracketed_land(self, i: int) -> PartySpan | None:
        """Read the Sweden of "Lena Holm, Minister of Finance | (Sweden)".

        So that of a line that ends with ", Sweden".
        """
        doc, sign = self.doc, text_at(self.doc, i)
        party = self.by_start.get(i + 1) if sign in {"(", ","} else None
        if party is None or not party.is_country or party.form != "name":
            return None
        behind = doc[party.end : party.end + 1]
        ended = not len(behind) or behind[0].is_space or bool(behind[0].is_sent_start)
        return party if (behind.text == ")" if sign == "(" else ended) else None

    def far_owner(self, i: int) -> PartySpan | None:
        """Read the party of "delegations from state agencies and unions of Vietnam"."""
        doc = self.doc
        i += word_at(doc, i) in {"visiting", "arriving"}
        if i >= len(doc) or doc[i].lower_ not in {"of", "from"}:
            return None
        for at in range(i, min(i + _OWNER_REACH, len(doc))):
            if doc[at].pos_ in {"VERB", "AUX", "PUNCT"}:
                return None
            party = self.by_start.get(at)
            if party is not None and doc[at - 1].lower_ in {"of", "from", "the"}:
                return party
        return None


__all__ = ["OWN_LAND", "Left", "OfficeWords"]
