"""The several lands that plural offices are of: "the premiers of Peru, the Gambia and Chad"."""

from __future__ import annotations

from pipeline.labels import NOUNS, TIMES
from pipeline.neighbours import text_at, word_at
from pipeline.signs import GENITIVES, LIST_JOINTS, STROKES
from pipeline.stages.entities.offices.office_complements import OfficeComplements
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

#: What parts the lands of a list.
#: How far behind "of" the noun of a group of countries stands, in tokens.
_GROUP_REACH = 6
#: How far behind "heads of" the last of the bodies that they head may stand, in tokens.
_SENDERS_REACH = 11
#: How many tokens a name has that stands among lands, and is none, at most, and one more.
_LONGEST_NAME = 4
#: How far behind a team it may be told that it talks, in tokens.
_TALKS_REACH = 14
#: What the model takes the name of a land for that no table knows.
_LANDS = frozenset({"GPE", "LOC"})
#: What stands before that of which envoys of several lands are.
_OF_MATTER = frozenset({"for", "on"})
#: What stands before the lands of a group.
_MARKS = frozenset({":", *STROKES})
#: How many tokens what joins the last land of a list has.
JOINT_LENGTHS = (4, 3, 2)
#: What joins it where it is the third or later, and else begins a clause.
_BARE_JOINTS = frozenset({", and", ", &"})


class OfficeLands(OfficeComplements):
    """Reads the lists of lands behind the heads of offices in one Doc."""

    def of_group(self, i: int) -> tuple[int, tuple[str, ...]] | None:
        """Read Mali and Chad of "leaders | of French allies Mali and Chad", of whom none is French.

        Returns where the list ends and its countries; none of these of "leaders of French allies".
        """
        doc = self.doc
        if word_at(doc, i) not in {"of", "from"}:
            return None
        if (lands := self._lands_of_peers(i)) is not None:
            return lands
        if self._past_kind_of_land(i + 1) > i + 1 and len(self.lands_listed(i)[0]) > 1:
            return None  # "of the Republics of Peru and Chad"
        related, group = word_set("related_land"), word_set("related_land", "of_lands")
        at = i + 1
        while at < i + _GROUP_REACH and at < len(doc) and doc[at].lower_ not in group:
            if doc[at].pos_ in {"VERB", "AUX", "CCONJ"} or doc[at].text == ",":
                return None
            at += 1
        first = at
        while at < len(doc) and doc[at].lower_ in group:
            at += 1
        if at == first:
            return None
        if text_at(doc, at) == "of" and (whose := self.first_land(at)) is not None:
            return whose.end, ()  # "the six neighbouring nations of Libya", which is none of them
        codes, end = self._named_from(self._past_mark(at))
        if codes and text_at(doc, end) not in GENITIVES:
            return end, codes
        return (at, ()) if doc[at - 1].lower_ in related and at not in self.by_start else None

    def _past_mark(self, at: int) -> int:
        """Return the token behind the colon of "of the member states (of a body): Mali, Chad"."""
        for i in range(at, min(at + _GROUP_REACH, len(self.doc) - 1)):
            if self.doc[i].text in _MARKS:
                return i + 1 if len(self._named_from(i + 1)[0]) > 1 else at
            if self.doc[i].pos_ in {"VERB", "AUX", "CCONJ"} or self.doc[i].is_punct:
                break
        return at

    def _lands_of_peers(self, i: int) -> tuple[int, tuple[str, ...]] | None:
        """Return the lands of "his counterparts from Peru and Chile, A and B", and their end."""
        doc = self.doc
        if i < 1 or doc[i].lower_ != "from" or doc[i - 1].lemma_ not in word_set("peer"):
            return None
        codes, end = self._named_from(i + 1 + (word_at(doc, i + 1) == "the"))
        named = doc[end + 1 : end + 2]
        told = named.text[:1].isupper() and all(t.pos_ == "PROPN" for t in named)
        each = (len(codes) > 1) == (doc[i - 1].lower_ != doc[i - 1].lemma_)
        return (end, codes) if codes and each and told and doc[end].text == "," else None

    def _named_from(self, at: int) -> tuple[tuple[str, ...], int]:
        """Return the countries that a list from token `at` on names one by one, and its end."""
        doc, codes, end = self.doc, [], at
        while (party := self.by_start.get(at)) is not None:
            if not party.is_country or party.form != "name":
                break
            codes.append(party.code)
            at = end = self._past_initials(party)
            while word_at(doc, at) in LIST_JOINTS:
                at += 1
            if at not in self.by_start and word_at(doc, at) == "the":
                at += 1
        return tuple(dict.fromkeys(codes)), end

    def first_land(self, i: int) -> PartySpan | None:
        """Return the Peru of "of Peru", "from the Gambia" at token `i`."""
        i = self._past_senders(i)
        at = i + 1 + (word_at(self.doc, i + 1) == "the")
        told = self.by_start.get(i + 1) or self.by_start.get(self._past_kind_of_land(at))
        return told or self.by_start.get(self._past_unknown(i + 1))

    def lands_listed(self, i: int) -> tuple[tuple[str, ...], int]:
        """Return the lands of "of Peru, the Gambia and Chad" from token `i` on, and their end.

        It ends behind the land that "and" adds, and before one that owns what follows, as Chad in
        "of Peru, Mali and Chad's premier", or stands before its own (X).
        """
        doc, codes, end = self.doc, list[str](), i
        i = self._past_senders(i)
        at, last = i + 1, False
        while word_at(doc, i) in {"of", "from"}:
            at = self._past_kind_of_land(at)
            if codes or doc[i].lower_ == "from":
                at = self._past_unknown(at)
            party = self.by_start.get(at) or self.by_start.get(at + (word_at(doc, at) == "the"))
            if party is None or not party.is_country or party.form != "name":
                break
            stop = self._past_initials(party)
            behind = doc[stop : stop + 1]
            if behind.text in GENITIVES or (codes and behind.text[:1] == "("):
                break
            titled = behind.text[:1].isupper() and behind[0].pos_ in NOUNS
            if codes and titled and stop not in self.by_start:
                break  # "the presidents of Peru and Chad, US Secretary of State X"
            codes.append(party.code)
            at = end = stop
            run_on = len(codes) > 1 and stop in self.by_start  # "China Turkey", amid commas
            if last or not (run_on or (len(behind) and behind[0].lower_ in LIST_JOINTS)):
                break
            while word_at(doc, at) in LIST_JOINTS:
                last = last or doc[at].lower_ in {"and", "&"}
                at += 1
        return tuple(dict.fromkeys(codes)), end

    def _past_initials(self, party: PartySpan) -> int:
        """Return the token behind "Mali", or behind the bracket of "the Central Republic (CR)"."""
        inside = self.doc[party.end : party.end + 3]
        short = len(inside) > 2 and inside[0].text == "(" and inside[2].text == ")"
        return inside.end if short and inside[1].text.isupper() else party.end

    def _past_senders(self, i: int) -> int:
        """Return the last "of" of "delegations of the foreign ministries of Peru and Chad".

        So that of "heads of the committees on trade of the parliaments of Peru and Chad".
        """
        doc, last = self.doc, i
        if word_at(doc, i) not in {"of", "from"}:
            return i
        for at in range(i + 1, min(i + _SENDERS_REACH, len(doc) - 1)):
            if doc[at].lower_ in word_set("sends_guests") and doc[at + 1].lower_ == "of":
                last = at + 1
            elif doc[at].pos_ in {"VERB", "AUX", "CCONJ"} or at in self.by_start:
                break
        return last

    def _past_kind_of_land(self, at: int) -> int:
        """Return the token of Peru in "of the Republics of Peru and Chad", else `at`."""
        kind = at + (word_at(self.doc, at) == "the")
        told = word_at(self.doc, kind) in word_set("kinds_of_land")
        return kind + 2 if told and word_at(self.doc, kind + 1) == "of" else at

    def _past_unknown(self, at: int) -> int:
        """Return the token of Peru in "from Abkhazia, Peru and Chad", behind what is no land."""
        doc = self.doc
        for end in range(at + 1, min(at + _LONGEST_NAME, len(doc) - 1)):
            if end - 1 in self.by_start or doc[end - 1].ent_type_ not in _LANDS:
                break
            behind = end
            while word_at(doc, behind) in LIST_JOINTS:
                behind += 1
            if behind > end and behind in self.by_start:
                return behind
        return at

    def past_lands(self, end: int) -> int:
        """Return the end of "(of Kenya), of Ghana and Peru", whose first land ends at a token."""
        doc, at = self.doc, end
        while True:
            i = at
            while word_at(doc, i) in LIST_JOINTS:
                i += 1
            of = word_at(doc, i) == "of"
            if i == at or not (of or at > end):
                return at
            i += of
            party = self.by_start.get(i) or self.by_start.get(i + (word_at(doc, i) == "the"))
            if party is None or not party.is_country or party.form != "name":
                return at
            at = party.end

    def past_last_land(self, start: int, end: int) -> int:
        """Return the end of ", and Peru" behind "of Kenya, Ghana", or of "as well as Peru".

        Not behind "of Kenya and Ghana", where ", and Peru" begins a clause; nor "as well as US" of
        "of Kenya, as well as US envoy X".

        Args:
            start: the token behind the office's head.
            end: that behind the last land known.
        """
        doc, length = self.doc, self.last_joint(end)
        bare = doc[end : end + length].text.lower() in _BARE_JOINTS
        if not length or (bare and "and" in {t.lower_ for t in doc[start:end]}):
            return end
        alone = bare and not self.listed(start, end)
        at = end + length
        at += 2 * (doc[at : at + 2].text.lower() == "those of")
        land = self.by_start.get(at) or self.by_start.get(at + (text_at(doc, at) == "the"))
        if alone or land is None or not land.is_country or land.form != "name":
            return end
        own = text_at(doc, land.end) in GENITIVES or self._leads_noun(land.end)
        return end if own else land.end

    def _leads_noun(self, at: int) -> bool:
        """Tell the US of "as well as US envoy X" by the noun at a token, no day: "Peru Monday"."""
        behind = self.doc[at : at + 1]
        return any(t.pos_ in NOUNS and t.ent_type_ not in TIMES for t in behind)

    def last_joint(self, i: int) -> int:
        """Return how many tokens "as well as" and its like have at token `i`, or 0.

        They join the last land of a list.
        """
        told = ((n, self.doc[i : i + n].text.lower()) for n in JOINT_LENGTHS)
        return next((n for n, joint in told if joint in word_set("joins_last_land")), 0)

    def listed(self, start: int, end: int) -> tuple[str, ...]:
        """Return the parties of "the presidents of Togo, Benin and Ghana", "of the EU and Peru"."""
        first = next((i for i in range(start, end) if i in self.by_start), end)
        matter = (i for i in range(first, end) if self.doc[i].lower_ in _OF_MATTER)
        end = next(matter, end)  # "envoys of Peru and Chad for Fiji"
        found = (self.by_start.get(i) for i in range(start, end))
        codes = dict.fromkeys(party.code for party in found if party and self._is_listed(party))
        return tuple(codes) if len(codes) > 1 else ()

    def _is_listed(self, party: PartySpan) -> bool:
        """Tell a country, or the EU of "the leaders of the EU and Peru", not of "EU members"."""
        behind = word_at(self.doc, party.end)
        return party.is_country or (party.acts and party.form == "name" and behind in LIST_JOINTS)

    def is_of_body_known(self, start: int, end: int) -> bool:
        """Tell "a Commonwealth team", "a team from the Commonwealth", not "a team from Chad".

        Nor that of a lender, whose staff come to work on its loans.
        """
        bodies = [self.by_end.get(start)]
        if word_at(self.doc, end) in {"of", "from"}:
            at = end + 1 + (word_at(self.doc, end + 1) == "the")
            bodies += [self.by_start.get(end + 1), self.by_start.get(at)]
        known = (b for b in bodies if b is not None and b.acts and not b.is_country)
        return any(body.code not in word_set("lender") for body in known)

    def is_of_talks(self, start: int, end: int) -> bool:
        """Tell "an Israeli team flew to Doha to speak with mediators" from one that plays."""
        party, noun = self.by_end.get(start), self.doc[end - 1]
        if party is None or not party.is_country or noun.head.pos_ not in {"VERB", "AUX"}:
            return False
        told = self.doc[end : min(end + _TALKS_REACH, noun.sent.end)]
        return any(t.lower_ in word_set("of_mediation") for t in told)


__all__ = ["JOINT_LENGTHS", "OfficeLands"]
