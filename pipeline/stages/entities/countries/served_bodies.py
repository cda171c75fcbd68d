"""The countries of those who lead or serve a body: "X, who heads the Malian tax office"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.labels import FINITE
from pipeline.neighbours import text_at, word_at
from pipeline.signs import ENDS_PHRASE, GENITIVES
from pipeline.stages.entities.countries.lands_in_turn import LandsInTurn
from pipeline.stages.entities.countries.seats import seat_of_learning
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import callings, institution_words, word_set

#: What ends an apposition.
CLOSING = ENDS_PHRASE | {"and"}
#: How many words describe somebody between the nationality and the name.
DESCRIPTION_REACH = 5
#: How far behind the comma of an apposition the body is named in which one serves, in tokens.
_BODY_REACH = 16
#: How far behind such a comma the verb of who tells the sentence may stand, in tokens.
_TELLER_REACH = 10
#: What leads from a scholar to where he works, and no more to what he studies.
_LEADS_TO_BODY = frozenset({"at", "with", "from", "for"})
#: What leads from a name to whose he is, or where he works.
_OF = frozenset({"of", "from"})
#: Small words within the name of a body.
_WITHIN_BODY = frozenset({"of", "the", "for", "and", "in"})
#: How many words may stand between "who" and the verb of what one does ("who has long led").
_ADVERBS = 3


class ServedBodies(LandsInTurn):
    """Reads the bodies that stand behind the names of one Doc, and whose they are."""

    place_start: Mapping[int, PlaceSpan]
    by_head: Mapping[int, OfficeSpan]

    def country_of_body(self, name: NameSpan) -> str | None:
        """Read "X, head of the Malian parliament's budget committee", "X, of Mali's tax office".

        So "X of Mali's tax office", "X, who works for the Malian ministry". Not "X, who met the
        Malian ministry's envoy", "X, an expert on Mali's parliament".
        """
        doc, at = self.doc, name.end
        if text_at(doc, at) != ",":
            joined = word_at(doc, at) in word_set("of_a_body") and not self._is_matter_of(at)
            if joined and (code := self._body_of_land(at + 1)):
                return code
            return self._learned_body(at + 1) if joined and text_at(doc, at) in _OF else None
        if self._is_teller(at):
            return None
        if word_at(doc, at + 1) in _OF and (code := self._body_of_land(at + 2)):
            return code
        for i in range(at + 1, min(at + _BODY_REACH, len(doc))):
            party = self.party_start.get(i)
            seat = seat_of_learning(doc, i, self.party_start, self.place_start)
            if seat is not None:
                return seat if self._is_led_to(at, i) else None
            if party is not None and self._is_studied(at, party):
                continue
            if party is not None:
                owns = self._is_adjective(party) or text_at(doc, party.end) in GENITIVES
                if word_at(doc, party.end) in word_set("studied"):
                    continue  # "X, director of the American studies department of …"
                told = party.is_country and owns and self._is_body_at(party.end)
                return party.code if told and self._is_led_to(at, i) else None
            if i in self.names or doc[i].tag_ in FINITE or doc[i].text in CLOSING:
                return None
        return None

    def _is_matter_of(self, at: int) -> bool:
        """Tell the "of" of "told X of Mali's plans", "accused X of Malian links"."""
        sign = self.doc[at]
        over = (sign.head, sign.head.head, self.doc[at - 1].head)
        return sign.lower_ == "of" and any(t.lemma_ in word_set("tells_of_matter") for t in over)

    def _is_body_at(self, at: int) -> bool:
        """Tell whether an institution stands behind token `at`, before its phrase ends."""
        for token in self.doc[at : at + DESCRIPTION_REACH + 1]:
            if token.is_space:
                return False  # "Modi in US", a line above "Prime Minister Modi"
            if token.lower_ in institution_words() | word_set("charity"):
                return True
            if token.pos_ in {"VERB", "AUX", "ADP", "CCONJ"} or token.text in CLOSING:
                return False
        return False

    def _learned_body(self, at: int) -> str | None:
        """Return the country of "the University of Lima", "Lima University" from token `at` on."""
        for i in range(at, min(at + _BODY_REACH, len(self.doc))):
            seat = seat_of_learning(self.doc, i, self.party_start, self.place_start)
            named = self.doc[i].text[:1].isupper() or self.doc[i].lower_ in _WITHIN_BODY
            if seat is not None or not named:
                return seat
        return None

    def _is_studied(self, comma: int, party: PartySpan) -> bool:
        """Tell the land of "a professor of Malian politics at …", which tells not whose he is.

        "a fellow of the Malian Academy" is of it.
        """
        between = self.doc[comma + 1 : party.start]
        head = next((t.i for t in between if self._is_scholar(t.i)), None)
        if head is None or word_at(self.doc, party.end) in word_set("learned_body"):
            return False
        return all(t.lower_ not in _LEADS_TO_BODY for t in self.doc[head : party.start])

    def _is_scholar(self, at: int) -> bool:
        return at in self.by_head and self.by_head[at].form.office == "academic"

    def _is_led_to(self, comma: int, at: int) -> bool:
        """Tell whether a post and "of", "at" and the like lead from a comma to a party."""
        between = self.doc[comma + 1 : at]
        preps = [token.lower_ for token in between if token.pos_ == "ADP"]
        if any(token.lemma_.lower() in word_set("for_or_against") for token in between):
            return False  # "X, a critic of Mali's government", whosever he is
        if not preps or not set(preps) <= word_set("of_a_body"):
            return False
        posts = (t.i in self.by_head or t.lemma_.lower() in callings() for t in between)
        return between[0].lower_ == "of" or (between[0].pos_ != "ADP" and any(posts))

    def _country_led(self, at: int) -> str | None:
        """Return the country of "leads France's mission", whose verb stands at token `at`."""
        verb = self.doc[at]
        if verb.lemma_ not in word_set("leads") or verb.pos_ != "VERB":
            return None
        whose = at + 1 + (word_at(self.doc, at + 1) in {"the", "a"})
        if verb.lemma_ == "represent" and whose in self.by_start:
            return None  # "who represents Britain's Queen Elizabeth"
        return self._owner(whose) or self._land_led(whose)

    def _land_led(self, at: int) -> str | None:
        """Return the land of "who led | Peru from 2005 to 2012", "who led Peru until then"."""
        party = self.party_start.get(at)
        named = party is not None and party.is_country and party.form == "name"
        if party is None or not named or word_at(self.doc, party.end) not in word_set("while_led"):
            return None
        return party.code

    def _country_of_doing(self, at: int) -> str | None:
        """Return the country of "who heads the Spanish embassy" behind the "who".

        So of "who now works for the Spanish ministry", "who advises the Spanish president".
        """
        doc, last = self.doc, at + _ADVERBS
        while at < last and at + 1 < len(doc) and doc[at].pos_ in {"ADV", "AUX"}:
            at += 1
        if at + 2 >= len(doc) or doc[at].pos_ != "VERB":
            return None
        if doc[at].lemma_ in word_set("leads"):
            return self._country_led(at)
        behind = at + 1 + (word_at(doc, at + 1) in {"the", "a"})
        if doc[at].lemma_ in word_set("advises"):
            office = self.by_start.get(at + 1) or self.by_start.get(behind)
            return office.country if office is not None else None
        if doc[at].lemma_ in word_set("serves_at") and doc[at + 1].lower_ in word_set("served_in"):
            employed = doc[at].lemma_ == "work"
            return self._body_of_land(at + 2, but=word_set("hires_locals") if employed else ())
        return None

    def _body_of_land(self, at: int, *, but: Collection[str] = ()) -> str | None:
        """Return whose body is named from token `at`: of "the Malian army", "Mali's army".

        So of "the finance committee of the Malian parliament"; nobody's of "Mali's
        intention", "Mali President Ruiz".

        Args:
            but: words of bodies that do not count.
        """
        doc = self.doc
        at += word_at(doc, at) in {"the", "a", "an"}
        party = self.party_start.get(at) or self.party_start.get(at - 1)
        if party is None:
            return self._owner_behind(at)
        behind = party.end + (text_at(doc, party.end) in GENITIVES)
        owns = behind > party.end or self._is_adjective(party)
        owns = owns or (not party.is_country and party.acts)
        other = behind in self.by_head or word_at(doc, behind) in word_set("studied")
        barred = any(t.lower_ in but for t in doc[behind : behind + DESCRIPTION_REACH])
        told = owns and not (other or barred) and self._is_body_at(behind)
        return party.code if told else None

    def _owner(self, at: int) -> str | None:
        """Return the party of "France's mission" or "Spanish embassy" that begins at `at`.

        So that of "trade ministry of Spain", "UN office".
        """
        doc = self.doc
        party = self.party_start.get(at) or self.party_start.get(at - 1)
        if party is None:
            return self._owner_behind(at)
        if party.end >= len(doc):
            return None
        owns = party.form == "adjective" or doc[party.end].text in GENITIVES
        if owns or (not party.is_country and party.acts and self._is_body_at(party.end)):
            return party.code
        before = next((t for t in reversed(doc[at - 3 : at]) if t.pos_ == "VERB"), None)
        now = before is not None and (before.tag_ == "VBZ" or before.lemma_ == "represent")
        whole = doc[party.end].pos_ not in {"NOUN", "PROPN", "ADJ", "PART", "CCONJ"}
        return party.code if now and whole else None  # "who represents Spain at the talks"

    def _owner_behind(self, at: int) -> str | None:
        """Return the Spain of "trade ministry of Spain", not of "talks on a ministry".

        So that of "budget committee of the Spanish parliament".
        """
        doc = self.doc
        for i in range(at, min(at + DESCRIPTION_REACH, len(doc) - 2)):
            if doc[i].lower_ == "of":
                if doc[i - 1].lower_ not in institution_words():
                    return None
                party = self.party_start.get(i + 1) or self.party_start.get(i + 2)
                if party is None or not party.is_country:
                    return None
                named = party.form == "name" and text_at(doc, party.end) not in GENITIVES
                return party.code if named or self._is_body_at(party.end) else None
            if doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"}:
                return None
        return None

    def _hails_from(self, at: int) -> str | None:
        """Return the country of "comes from Holguin", "hails from Peru" that begins at `at`."""
        doc = self.doc
        verb = doc[at : at + 2].text.lower().split(" ")
        comes = verb[0] in word_set("hails") and verb[1:] == ["from"]
        if not comes:
            return None
        at += 2 + (doc[at + 2 : at + 3].text.lower() == "the")
        party, place = self.party_start.get(at), self.place_start.get(at)
        if party is not None:
            return party.code if party.form == "name" and party.is_country else None
        return place.country if place is not None else None

    def _is_teller(self, comma: int) -> bool:
        """Tell "held talks with X, a Malian officer said", who tells of the talks, from X himself.

        "X, a Malian officer said" opens with a loose apposition.
        """
        doc = self.doc
        before = doc[doc[comma].sent.start : comma]
        if not any(token.tag_ in FINITE for token in before):
            return False
        for token in doc[comma + 1 : comma + _TELLER_REACH]:
            if token.tag_ in FINITE:
                return token.lemma_ in word_set("tells_of")
            if token.text in CLOSING or token.tag_ in {"WP", "WDT", "WRB"}:
                return False
        return False

    def _is_adjective(self, party: PartySpan) -> bool:
        words = self.doc[party.start : party.end].text.lower()
        return party.form == "adjective" or words in word_set("adjectival_name")


__all__ = ["CLOSING", "DESCRIPTION_REACH", "ServedBodies"]
