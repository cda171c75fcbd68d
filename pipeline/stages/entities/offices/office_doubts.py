"""What reads like an office and is none: a name, a part in a play, a post of a firm."""

from __future__ import annotations

from pipeline.labels import NOMINALS, SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.fold import fold
from pipeline.reference.offices import OfficeForm
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.offices.given_titles import is_given
from pipeline.stages.entities.offices.office_matters import is_federal_land
from pipeline.stages.entities.offices.office_words import OfficeWords
from pipeline.stages.entities.offices.title_owners import head_words
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import (
    institution_words,
    modifiers,
    sexes,
    word_set,
)

#: How far behind its head the body that an office is of may end, in tokens.
_BODY_REACH = 8
#: How many words may stand before the body in "members of the new Kenyan parliament".
_BODY_WORDS = 4
#: How far before a rank or an officer "top" may stand, in tokens.
_TOP_REACH = 6
#: How far behind "the mission left" it may be told after what, in tokens.
_BUSINESS_REACH = 10
#: How far behind "chief" the force that it is of may stand, in tokens.
_FORCE_REACH = 8


class OfficeDoubts(OfficeWords):
    """Tells offices from words that only look like one."""

    def _is_of_assembly(self, end: int) -> bool:
        """Tell the "General" of "the UN General Assembly, Mr X said" from a rank.

        So that of "the General Delegate X", whose office it is a part of.
        """
        if text_at(self.doc, end) in word_set("general_office"):
            return True
        called = word_at(self.doc, end) in word_set("called_general")
        return called and text_at(self.doc, end + 1) == ","

    def _is_before_name(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "Justice Ana Ruiz" from "Department of Justice Ana Ruiz", "the Justice Minister"."""
        led = self.doc[hit.start - 1].lower_ if hit.start else ""
        named = self.doc[hit.end : hit.end + 1]
        person = len(named) > 0 and named[0].ent_type_ == "PERSON"
        return person and led not in {"of", "and", "&", "for"}

    def is_office(self, hit: Hit[OfficeForm]) -> bool:
        """Tell a noun that names an office from a verb or part of a longer name."""
        first, last = self.doc[hit.start], self.doc[hit.end - 1]
        form = hit.payload
        if self._is_in_name(hit.start) or self._is_behind_name(hit):
            return False
        if is_given(self.doc, hit, self.by_end):
            return False
        if self._is_surname(hit):
            return False
        capital = form.capitalised or form.form in word_set("title_in_capital")
        if capital and not first.text[:1].isupper() and not self._is_small_rank(hit):
            return False
        if form.form in word_set("only_before_name") and not self._is_before_name(hit):
            return False
        if form.form == "general" and self._is_of_assembly(hit.end):
            return False
        if form.form in word_set("needs_top") and not self.is_top(hit.start):
            return False
        if form.form in word_set("needs_matter") and not self._has_matter(hit.end):
            return False
        if form.form in word_set("needs_body") and not self._is_of_body(hit):
            return False
        if form.form in word_set("needs_journey") and not self._is_sent(hit):
            return False
        if form.office == "leader" and self._leads_privately(hit):
            return False
        if form.form in word_set("needs_state") and not self._is_of_state(hit):
            return False
        if form.form.isupper() and (first.text != form.form or self._is_radio(hit)):
            return False
        if self._is_no_noun(hit):
            return False
        following = self.doc[hit.end] if hit.end < len(self.doc) else None
        return not (following is not None and following.text == "-" and not last.whitespace_)

    def _is_no_noun(self, hit: Hit[OfficeForm]) -> bool:
        """Tell the "heads" of "the deputy heads to Lima" from a head.

        Not the "general" of "auditor general X", an adjective to the model.
        """
        last = self.doc[hit.end - 1]
        if not last.text.islower() or hit.payload.form.endswith(("-general", "designate", "elect")):
            return False
        alone = hit.end == hit.start + 1
        return last.pos_ in {"VERB", "AUX"} or (alone and last.pos_ in {"ADV", "ADJ"})

    def _is_radio(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "Unity FM's correspondent" from "Indian FM Ana Ruiz"."""
        at = hit.start
        before = self.doc[at - 1] if at else None
        if hit.payload.form != "FM" or before is None or before.i in self.covering:
            return False
        called = before.pos_ == "PROPN" and before.text.istitle()
        return called and text_at(self.doc, hit.end) in APOSTROPHE_S

    def _is_small_rank(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "the top U.S. general", "Pakistani army general X" from "the general public"."""
        doc, at = self.doc, hit.start
        noun = doc[hit.end - 1]
        if hit.payload.form not in word_set("rank_in_small") or noun.tag_ != "NN":
            return False
        behind = doc[hit.end : hit.end + 1]
        joined = len(behind) > 0 and behind[0].pos_ in {"NOUN", "ADJ"} and behind[0].text.islower()
        while at > 0 and doc[at - 1].lower_ in word_set("before_force", "force_word", "top_rank"):
            at -= 1
        owner = self.by_end.get(at - (text_at(doc, at - 1) in APOSTROPHE_S))
        return owner is not None and owner.is_country and not joined

    def is_top(self, at: int) -> bool:
        """Tell "top U.S. | general", "highest-ranking military | officer" from any other."""
        doc, first = self.doc, at
        while at > max(0, first - _TOP_REACH):
            token = doc[at - 1]
            if token.lower_ in word_set("top_rank"):
                return True
            described = token.lower_ in word_set("force_word") or token.lower_ in modifiers()
            joined = token.text == "-" or token.text in APOSTROPHE_S or token.i in self.covering
            if not described and not joined:
                return False
            at -= 1
        return False

    def _is_of_body(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "members of the Kenyan parliament" from "members of the Kenyan team"."""
        before, end = self.doc[max(0, hit.start - 1) : hit.start], hit.end
        if text_at(self.doc, end) != "of" or before.text.lower() in word_set("civil_body"):
            return False
        behind = [t.lower_ for t in self.doc[end + 1 : end + 1 + _BODY_REACH]]
        for length in (1, 2, 3):
            for at in range(min(len(behind) - length + 1, _BODY_WORDS + 1)):
                if " ".join(behind[at : at + length]) in word_set("seated_body"):
                    return word_set("civil_body").isdisjoint(behind[:at])
        return False

    def _leads_privately(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "the Turkish business leader" from one who leads a state, a party or an army.

        Not "European Union leaders", which names no trade union.
        """
        kinds, head = word_set("private_leader"), hit.start
        near = (t for t in self.doc[max(0, head - 3) : head] if t.i not in self.covering)
        before = (t for t in near if t.lower_ in kinds)
        return any(t.head.i == head or t.i == head - 1 for t in before)

    def _is_surname(self, hit: Hit[OfficeForm]) -> bool:
        """Tell the "Major" of "John Major, the former premier", "King" of "Ana King said".

        "Brother John, King of Peru" and "Saint John Major Ruiz" call no one so.
        """
        before = self.doc[hit.start - 1] if hit.start else None
        told = hit.end == hit.start + 1 and self.doc[hit.start].text.istitle()
        if before is None or not told or not before.text.istitle() or before.i in self.covering:
            return False
        given = fold(before.text) in sexes()
        behind = text_at(self.doc, hit.end)
        named = behind in {",", ".", ";", ")", "’s", "'s"} or word_at(self.doc, hit.end) == "and"
        return given and named and bool(before.whitespace_)

    def _is_behind_name(self, hit: Hit[OfficeForm]) -> bool:
        """Tell the "MP" of "Ana Ruiz MP, Foreign Minister", letters like those of an order."""
        doc, at = self.doc, hit.start
        letters = hit.end == at + 1 and doc[at].text.isupper() and at > 0
        legislates = letters and hit.payload.office == "legislator"
        ends = text_at(doc, hit.end) in {",", ";", ".", ")", "and"}
        return legislates and ends and doc[at - 1].ent_type_ == "PERSON"

    def _is_of_letters(self, start: int) -> bool:
        """Tell the "FNM" of "FNM chairman", a party's or an agency's letters."""
        before = self.doc[start - 1] if start else None
        if before is None or before.i in self.covering:
            return False
        return before.text.isupper() and before.is_alpha and 2 <= len(before) <= 5

    def is_given_name(self, previous: OfficeSpan, hit: Hit[OfficeForm]) -> bool:
        """Tell the "Amir" of "Foreign Minister Amir Khan Muttaqi" from that of Qatar."""
        if hit.payload.form not in word_set("given_title") or hit.start != previous.end:
            return False
        royal = previous.form.form in word_set("first_named") or previous.form.office == "royal"
        royal = royal or previous.form.form.endswith(("majesty", "highness"))
        if (
            previous.form.office == "leader"
            and not self.doc[hit.end + 1 : hit.end + 2].text.istitle()
        ):
            return False  # "Omani leader Sultan Qaboos"
        return not royal and self.doc[hit.end : hit.end + 1].text.istitle()

    def _is_sent(self, hit: Hit[OfficeForm]) -> bool:
        """Tell a mission that travels or is led by somebody from one that has its seat there."""
        noun = self.doc[hit.end - 1]
        behind = [t.lower_ for t in self.doc[hit.end : hit.end + 3] if not t.is_punct]
        if behind[1:2] == ["by"] and behind[0] in word_set("led_by"):
            return True
        if behind[:1] == ["under"] and self._starts_near(hit.end + 1):
            return True
        verb = noun.head
        while verb.dep_ == "xcomp" or (verb.pos_ == "AUX" and verb.dep_ == "aux"):
            verb = verb.head
        been = verb.lower_ == "been"
        goes = been or verb.lemma_ in word_set("journey_verb")
        if not goes and verb.lemma_ in word_set("leaves_place"):
            after = self.doc[verb.i : verb.i + _BUSINESS_REACH]
            goes = any(t.lower_ in word_set("business_of_journey") for t in after)
        return noun.dep_ in SUBJECTS and goes

    def _is_of_state(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "a team from the ministry", "a team led by Premier X" from one that plays.

        "A team of Chadian officials" are these, "a Chadian team of officials" is a team.
        """
        doc, end = self.doc, hit.end
        behind = word_at(doc, end)
        led = self._led(hit)
        if led:
            by = range(led + 2, led + _BODY_REACH)
            return any(i in self.head_starts and not self._plays(i) for i in by)
        if behind == "under" and self._starts_near(end + 1):
            return True
        if self.is_of_body_known(hit.start, end) or self.is_of_talks(hit.start, end):
            return True
        state = word_set("of_state")
        before = (t for t in doc[max(0, hit.start - 3) : hit.start] if t.head.i == hit.start)
        if any(t.lower_ in state for t in before):
            return True
        if behind == "of":
            state = word_set("state_people") if hit.start in self.by_end else frozenset()
        part = doc[end : end + _BODY_REACH] if behind in {"of", "from"} else ()
        stop = next((t.i for t in part if t.pos_ in {"VERB", "AUX", "PUNCT"}), end + _BODY_REACH)
        return any(t.lower_ in state for t in part if t.i < stop)

    def _led(self, hit: Hit[OfficeForm]) -> int:
        """Return where "led" stands of "a team led by X", "the team, led by X", or 0.

        And of "the team that is there is led by X".
        """
        noun, end = self.doc[hit.end - 1], hit.end
        end += text_at(self.doc, end) == ","
        if word_at(self.doc, end) in word_set("led_by"):
            return end
        told = noun.dep_ == "nsubjpass" and noun.head.lower_ in word_set("led_by")
        return noun.head.i if told and noun.head.i > noun.i else 0

    def _starts_near(self, at: int) -> bool:
        """Tell an office right at a token, or behind its article: "under the deputy premier"."""
        at += word_at(self.doc, at) == "the"
        return at in self.head_starts and not self._plays(at)

    def _plays(self, at: int) -> bool:
        """Tell the "captain" of a team, who is none of a ship or an army."""
        return self.doc[at].lower_ in word_set("leads_players")

    def _has_matter(self, i: int) -> bool:
        """Tell the "head" of "head of the Foreign Policy Department" from that of a statue."""
        doc = self.doc
        at = i + 1 + (word_at(doc, i + 1) == "the")
        if at >= len(doc) or doc[i].lower_ != "of":
            return False
        ahead = {token.lower_ for token in doc[at : at + 5] if token.text[:1].isupper()}
        near = {token.lower_ for token in doc[at : at + 4]}
        owned = at > i + 1 or at in self.by_start  # "deputy head of Emirati intelligence"
        definite = owned and bool(near & institution_words())
        return definite or bool(ahead & institution_words())

    def has_force(self, i: int) -> bool:
        """Tell the "chief" of "Chief of the Royal Thai Navy" from that of a land's police.

        "Chief of the Navy of Kenya" is an office by its own form.
        """
        end = self._land_body_end(i, "before_force", "armed_force")
        behind = self.doc[end : end + 1]
        further = behind.text in APOSTROPHE_S or (
            behind.text.islower() and behind[0].pos_ == "NOUN"
        )
        return end > 0 and not further  # not "of the Kenyan navy museum"

    def has_house(self, i: int) -> bool:
        """Tell the "member" of "a member of Peru's cabinet", "member of the Thai parliament".

        Not that of "a member of the Thai team", "a member of parliament", an office by itself.
        """
        end = self._land_body_end(i, "before_house", "state_house")
        behind = self.doc[end : end + 1]
        return end > 0 and not (behind.text.islower() and behind[0].pos_ == "NOUN")

    def _land_body_end(self, i: int, before: str, bodies: str) -> int:
        """Return the token behind "of the" and a land's own body at token `i`, 0 for another.

        Args:
            before: the words that may stand between them.
            bodies: the words for such a body.
        """
        doc, at, named = self.doc, i, False
        if word_at(doc, i) != "of":
            return 0
        while at < min(len(doc), i + _FORCE_REACH):
            party = self.by_start.get(at)
            if party is not None and party.is_country and not named:
                named, at = True, party.end
            elif doc[at].lower_ in word_set(before) or doc[at].text in APOSTROPHE_S:
                at += 1
            else:
                break
        sizes = (n for n in (3, 2, 1) if doc[at : at + n].text.lower() in word_set(bodies))
        size = next(sizes, 0)
        if not size and doc[at - 1].lower_ in word_set(bodies):
            return at if named else 0  # "the US Congress", one name
        return at + size if named and size else 0

    def _is_in_name(self, i: int) -> bool:
        """Tell the "Sultan" of "Zayed bin Sultan" and the "King" of "Mackenzie King"."""
        token = self.doc[i]
        following = self.doc[i + 1].lower_ if i + 1 < len(self.doc) else ""
        if following in word_set("filiation"):
            return True
        if i == 0:
            return False
        before = self.doc[i - 1]
        if before.lower_ in word_set("filiation"):
            return True
        if token.ent_type_ != "PERSON" or token.ent_iob_ != "I" or not token.text.istitle():
            return False
        return (
            before.ent_type_ == "PERSON" and before.ent_iob_ == "B" and self._is_first_name(i - 1)
        )

    def _is_first_name(self, i: int) -> bool:
        token = self.doc[i]
        if not token.text.istitle() or i in self.covering:
            return False
        lower = token.lower_
        return lower not in modifiers() and lower not in word_set("address") | head_words()

    def _is_private(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "president of the Georgian football federation", "the bank's president"."""
        doc, bodies = self.doc, word_set("private_body")
        at = hit.end
        while at < min(len(doc), hit.end + _BODY_REACH):
            inside = doc[at].lower_ in {"of", "for", "and", "the"} or doc[at].text in APOSTROPHE_S
            nominal = doc[at].pos_ in NOMINALS or doc[at].text == "-"
            if at == hit.end and doc[at].lower_ not in {"of", "for"}:
                break
            if doc[at].lower_ in bodies and at not in self.covering:
                return not is_federal_land(doc, at, self.covering)
            if not inside and not nominal:
                break
            at += 1
        before = hit.start - 1 - (hit.start > 1 and doc[hit.start - 1].text in APOSTROPHE_S)
        return (before >= 0 and doc[before].lower_ in bodies) or self._is_worldwide(hit, before)

    def _is_worldwide(self, hit: Hit[OfficeForm], last: int) -> bool:
        """Tell "World Rowing president", "president of Global Chess", bodies that no table knows.

        Not "World Bank president", "president of the World Bank", whose bodies one does.

        Args:
            last: the last token of a body before the office.
        """
        doc, wide = self.doc, word_set("worldwide")
        behind = hit.end + 1 + (word_at(doc, hit.end + 1) == "the")
        if text_at(doc, hit.end) == "of" and doc[behind : behind + 1].text.istitle():
            return doc[behind].lower_ in wide and behind not in self.covering
        if last >= 0 and doc[last].lower_ in word_set("no_body"):
            return False  # "At Lima International Airport President X said"
        for at in range(last, max(-1, last - _BODY_REACH), -1):
            if not doc[at].text.istitle() or at in self.covering:
                return False
            if doc[at].lower_ in wide:
                return at < last and (at == 0 or doc[at - 1].lower_ != "the")
        return False

    def _is_executive(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "the chief executive" of a firm from Hong Kong's, which the text then names.

        So the "vice president of communications", not that "of Chad" or "for women's affairs", nor
        "Chad's vice president for policy", "the chief executive of Chad".
        """
        form, doc = hit.payload, self.doc
        if self._is_of_nation(hit):
            return False
        if form.form in word_set("executive"):
            return word_set("executive_land").isdisjoint(
                party.code.lower() for party in self.by_start.values()
            )
        if form.office != "vice_president" or text_at(doc, hit.end) not in {"of", "for"}:
            return False
        matter = doc[hit.end + 1 : hit.end + 2]
        return bool(len(matter)) and matter[0].lower_ in word_set("business_matter")

    def _is_of_nation(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "Nepal's chief executive", "the chief executive of Nepal"."""
        doc = self.doc
        if hit.start > 1 and doc[hit.start - 1].text in APOSTROPHE_S:
            owner = self.by_end.get(hit.start - 1)
            return owner is not None and (not owner.start or doc[owner.start - 1].pos_ != "PROPN")
        owner = self.by_start.get(hit.end + 1) if text_at(doc, hit.end) == "of" else None
        return owner is not None and text_at(doc, owner.end) in {",", ".", ")", ""}

    def _is_of_firm(self, start: int) -> bool:
        """Tell the "Lufthansa" of "Lufthansa spokesman" from a ministry."""
        doc = self.doc
        at = start - 1
        if at < 0 or doc[at].ent_type_ != "ORG" or not doc[at].text.istitle():
            return False
        while at > 0 and doc[at].ent_iob_ == "I":
            at -= 1
        words = doc[at:start]
        public = any(t.lower_ in institution_words() or t.i in self.covering for t in words)
        return not public and not all(t.text in APOSTROPHE_S for t in words)


__all__ = ["OfficeDoubts"]
