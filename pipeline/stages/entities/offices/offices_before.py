"""The offices before names: "the premier, X, said", "King and Commander X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.labels import OBJECTS, PREP_COMPLEMENTS, SUBJECTS, TIMES, VERBS
from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.signs import APOSTROPHE_S, DASHES, GENITIVES
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.names.paired_names import ends_line
from pipeline.stages.entities.offices.office_gaps import bids, is_met, over_retired, parted_office
from pipeline.stages.entities.offices.offices_behind import OfficesBehind, leads_body
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import modifiers, word_set

_CHAINED = frozenset({"and", ",", "&", "cum", "-"})
#: What ends "the president, Xi Jinping", so that the name explains the office.
_APPOSITION_ENDS = frozenset({",", ".", ";", ":", "and", ")", "(", "&", *DASHES})
#: Verbs of which one alone is not the subject.
_OF_MANY = frozenset({"are", "were", "have"})
#: How what somebody owns hangs on the verb that tells of it.
_TOLD = SUBJECTS | OBJECTS | PREP_COMPLEMENTS
_AFTER_SUBJECT = frozenset({"AUX", "VERB", "PUNCT", "CCONJ", "ADV"})
#: What stands before the subject of a clause.
_CLAUSE_OPENERS = frozenset({",", ";", ":", "that", "as", "while", "when"})
#: How many tokens before an office its party may begin.
_PARTY_REACH = 4
#: How far before "Ambassador X" the other office may end whose matter goes on, in tokens.
_MATTER_REACH = 4


class OfficesBefore(OfficesBehind):
    """Finds the offices that stand before a name."""

    def _over_brackets(self, at: int) -> int:
        """Return where "(Europe)" begins that stands between an office and a name.

        Before "X" of "[Peru's President] X", as editors tell in a quotation who he is, the bracket.
        """
        if at > 1 and self.doc[at - 1].text == "]" and at - 1 in self.by_end:
            office = self.by_end[at - 1]
            opening = self.doc[max(0, office.start - _PARTY_REACH) : office.start]
            return at - 1 if any(t.text == "[" for t in opening) else at
        if at < 3 or self.doc[at - 1].text != ")":
            return at
        opens = next((i for i in range(at - 2, max(0, at - 6), -1) if self.doc[i].text == "("), at)
        return opens if opens in self.by_end else at

    def _is_bracketed(self, name: NameSpan, at: int) -> bool:
        """Tell X of "the Foreign Minister of Peru (Mr X)", whose style begins at token `at`."""
        if at < 1 or self.doc[at - 1].text != "(":
            return False
        return text_at(self.doc, name.end) in {")", ","}

    def _before(self, name: NameSpan) -> Iterator[OfficeSpan]:
        doc = self.doc
        comma_at = self._over_honorifics(name.start) - 1
        if (aide := self._aide_behind(name, comma_at)) is not None:
            yield aide
            return
        at = self._over_honorifics(self._over_lines(name))
        at = self._over_brackets(at)
        if self._is_bracketed(name, at) and at - 1 in self.by_end:
            at -= 1
        comma = at > 1 and doc[at - 1].text == "," and at not in self.by_end
        office = self.by_end.get(at - 1 if comma else at)
        equated = self._equated(name, at) if office is None else None
        if equated is not None:
            yield equated
        elif office is None:
            office = parted_office(self.doc, self.by_end, self.name_tokens, at)
            office = office or self._far_before(name, at)
            comma = office is not None and "," in {t.text for t in doc[office.end : name.start]}
        if office is None or office.plural or (comma and office.start in self.told):
            return
        if self._is_of_line_above(at, office) or self._is_bureau(office):
            return
        if not comma and self._is_patrons(office):
            name.country = name.country or office.country
            return
        if comma and self._is_of_aide(name, office):
            if (served := self._office_served(office)) is not None:
                yield served
            return
        styled = comma and at < name.start and office.determiner is None
        if (aide := self._aide_to(office, styled=styled)) is not None:
            if not comma or styled or self._is_apposed(name, aide, aide):
                yield aide
            return
        chain = [office]
        opens = doc[chain[-1].start].is_sent_start  # "By Staff Writer / Mali's premier, X"
        beside = None if opens else self._beside(chain[-1])
        if beside is not None and not comma and not beside.plural:
            chain.append(beside)
        while (begin := self._over_modifiers(chain[-1])) > 1 and doc[begin - 1].text in _CHAINED:
            earlier = self.by_end.get(begin - 1)
            if earlier is None or earlier.plural or earlier.start in self.told:
                break
            sign = doc[begin - 1].text
            if (chain[-1].determiner and not comma) or (comma and sign == ","):
                break
            if sign == "," and chain[-1].country and not self._shares_party(earlier, chain[-1]):
                break
            if doc[earlier.start - 1].lower_ == "between":
                break
            if _of_two_countries(earlier, chain[-1]) and not _chairs_too(earlier, chain[-1]):
                break
            if sign != "," and self._of_two_persons(earlier, chain[-1]):
                break
            if sign == "," and _are_incompatible(earlier, chain[-1]):
                break
            if sign == "," and (_is_kin_listed(earlier, chain[-1]) or bids(doc, earlier)):
                break
            if sign == "," and is_met(doc, earlier, chain[-1]):
                break
            if _are_of_two_sexes(earlier, chain) or self._is_his_wife(chain[-1]):
                break
            if self._is_of_other_land(earlier, name):
                break
            chain.append(earlier)
        if comma and not styled and not self._is_apposed(name, chain[-1], office):
            return
        if comma and self._is_guest_of(name, chain):
            return
        owner = next((o.country for o in reversed(chain) if o.country), None)
        for member in reversed(chain):
            # "CARICOM Chairman, Prime Minister X" is no prime minister of CARICOM.
            top = member.form.office in word_set("top_office")
            member.country = member.country or (
                None if top and not is_country(owner or "") else owner
            )
            yield member

    def _is_his_wife(self, office: OfficeSpan) -> bool:
        """Tell the wife of "the president, his wife X", who is not the president."""
        told = self.doc[max(0, office.head_start - 1) : office.head_end]
        return office.form.office == "spouse" and any(t.tag_ == "PRP$" for t in told)

    def _is_of_line_above(self, at: int, office: OfficeSpan) -> bool:
        """Tell the office of A in the lines "A, premier of Peru⏎B, premier of Chile", not B's.

        Args:
            at: the token at which the name begins, with its honorifics.
        """
        doc = self.doc
        if not doc[at].is_sent_start or office.end > at:
            return False
        line = range(doc[office.start].sent.start, office.start)
        apart = "," in {doc[i].text for i in line} or office.start - 1 in self.name_tokens
        return apart and any(i in self.name_tokens for i in line)

    def _is_bureau(self, office: OfficeSpan) -> bool:
        """Tell "the Prime Minister's Office", a body, before who serves in it."""
        owned = text_at(self.doc, office.head_end) in GENITIVES
        top = office.form.office in word_set("top_office")
        return owned and top and self.doc[office.end - 1].lower_ == "office"

    def _over_modifiers(self, office: OfficeSpan) -> int:
        """Return where the "current" begins before "chair", else where the office does."""
        at = office.start
        while at > 1 and not office.determiner and self.doc[at - 1].lower_ in modifiers():
            at -= 1
        return at

    def _beside(self, office: OfficeSpan) -> OfficeSpan | None:
        """Return the office right before another: "Special Envoy for Peace | Ambassador X".

        So that of "Defence Minister (retd) | General X".
        """
        beside = self.by_end.get(over_retired(self.doc, office.start))
        if beside is not None and beside.form.office == "spouse":
            of = text_at(self.doc, beside.head_end) == "of"
            return None if of else beside  # "the wife of former Malian | minister X"
        if beside is not None or office.form.office != "ambassador" or office.determiner:
            return beside
        for at in range(office.start - 1, max(0, office.start - _MATTER_REACH), -1):
            if not self.doc[at].text.istitle() or at in self.name_tokens:
                break
            matter = self.by_end.get(at)
            told = self.doc[matter.start : at] if matter is not None else ()
            if any(token.lower_ in {"for", "of"} for token in told):
                return matter  # "Special Envoy for Global | Criminal Justice Ambassador X"
        return parted_office(self.doc, self.by_end, self.name_tokens, office.start)

    def _is_of_other_land(self, office: OfficeSpan, name: NameSpan) -> bool:
        """Tell the Fijian of "the minister of Fiji, President X of Peru", an entry of his own."""
        land = self.country_beside(name) if self._is_definite(office) else None
        of_land = is_country(office.country or "") and self._tells(office)
        return of_land and is_country(land or "") and land != office.country

    def _is_definite(self, office: OfficeSpan) -> bool:
        """Tell "the premier of Peru", "Peru's premier" from "Premier"."""
        owned = self.doc[office.head_start - 1].text in GENITIVES if office.head_start else False
        return office.determiner == "the" or owned

    def _shares_party(self, one: OfficeSpan, other: OfficeSpan) -> bool:
        """Tell "UAE Vice President, Prime Minister X": the first lends the second its country."""
        return one.country == other.country and self._tells(one) and not self._tells(other)

    def _tells(self, office: OfficeSpan) -> bool:
        """Tell an office that holds the name of its country."""
        return any(i in self.party_start for i in range(office.start, office.end))

    def _of_two_persons(self, one: OfficeSpan, other: OfficeSpan) -> bool:
        """Tell "the president and First Lady X", "the king and Queen X" from one's two offices."""
        if other.form.office == "spouse":
            return True
        heads = [self.doc[office.head_start].text for office in (one, other)]
        reigns = one.form.office in word_set("sole_head") and one.determiner == "the"
        commands = other.form.office in {"military", "chief_of_defence"}
        under = one.form.office in word_set("under_president") and one.determiner == "the"
        reigns = reigns or (under and other.form.office == "head_of_state")
        return reigns and heads[0].islower() and heads[1][:1].isupper() and not commands

    def _far_before(self, name: NameSpan, at: int) -> OfficeSpan | None:
        """Return the office that many words part from the comma before a name at token `at`.

        "The minister overseeing policy towards the lands of the region, X, arrived" fires, told by
        the parse; "told the minister of talks with the bank, X and Y" and "a spokesman for the
        rebels, X, spoke" do not.
        """
        doc = self.doc
        behind = doc[name.end : name.end + 1]
        if at < 1 or doc[at - 1].text != "," or not len(behind):
            return None
        root = doc[name.start : name.end].root
        office = self.by_head.get(root.head.i) if root.dep_ == "appos" else None
        if office is None or office.head_end > at or behind[0].pos_ not in _AFTER_SUBJECT:
            return None
        if office.form.office in {"spokesperson", "military"}:
            return None
        ends = behind[0].text == "," or behind[0].pos_ in VERBS
        others = any(i in self.name_tokens for i in range(office.head_end, name.start))
        return office if ends and not others else None

    def _equated(self, name: NameSpan, at: int) -> OfficeSpan | None:
        """Return the subject of "the ambassador of Chad is | X" that a name at token `at` names."""
        doc = self.doc
        if at < 1 or doc[at - 1].lemma_ != "be" or text_at(doc, name.end) in GENITIVES:
            return None
        subjects = (t for t in doc[at - 1].children if t.dep_ in SUBJECTS and t.i < at)
        found = next((self.by_head[t.i] for t in subjects if t.i in self.by_head), None)
        return found if found is not None and not found.plural else None

    def _is_apposed(self, name: NameSpan, first: OfficeSpan, last: OfficeSpan) -> bool:
        """Tell "the president, Xi Jinping, said" from "told the president, Xi Jinping said"."""
        doc, behind = self.doc, name.end
        while behind < len(doc) and doc[behind].text.isupper() and _is_behind_name(doc[behind]):
            behind += 1  # "the Speaker, Ana Ruiz MP, said"
        following = None if ends_line(doc, behind) else doc[behind]
        if self._is_teller_between(name):
            return False
        if self._owns_told(name, first):
            return True
        if self._opens_clause(self._over_party(first.start)):
            dated = following is not None and following.ent_type_ in TIMES
            on = following is not None and following.lower_ == "on" and not first.determiner
            return following is None or following.pos_ in _AFTER_SUBJECT or dated or on
        capital = doc[last.head_start].text[:1].isupper()
        owned = doc[first.start - 1].text in APOSTROPHE_S
        bare = first.determiner in {None, "a", "an"} and not first.country
        kin = first.form.office == "spouse"  # "his wife, X,"
        if bare and not capital and not owned and not kin:
            listed = doc[first.start - 1].lower_ in word_set("opens_list") and not first.determiner
            return listed and following is not None and following.text == ","
        joined = doc[first.start - 2 : first.start].text.lower() == ", and"
        opens = (doc[first.start - 1].lower_ in _CLAUSE_OPENERS or joined) and not first.determiner
        if opens and capital and first.country and following is not None:
            # ", Peruvian Sports Minister, Ana Ruiz flew to …"
            return following.pos_ in VERBS or following.text in _APPOSITION_ENDS
        listed = doc[first.start - 1].lower_ == "and" and capital
        if following is not None and following.lower_ in _OF_MANY and (first.determiner or listed):
            return True  # "A and his wife, the Duchess of Kent, Ana have arrived"
        dash = following is not None and following.text == "-" and doc[name.end - 1].whitespace_
        if following is None or following.text in _APPOSITION_ENDS or following.is_space or dash:
            return True  # "welcomed the Speaker of Kenya, X to Lima on Monday"
        if self._is_definite(first) and self._is_entry(name, first):
            return True
        plain = capital or first.form.office == "counterpart"
        goes_on = following.pos_ == "ADP" or following.tag_ == "TO"
        return plain and (goes_on or following.ent_type_ in TIMES)

    def _owns_told(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell X of "the premier of Peru, X's visit ended", not of "the premier, X's ally, said".

        Nor of "beside the premier of Peru, X's party won".
        """
        doc, begin = self.doc, self._over_party(office.start)
        the = "the" in {t.lower_ for t in doc[max(0, begin - 1) : begin + 1]}
        if text_at(doc, name.end) not in GENITIVES or not (the or self._is_definite(office)):
            return False
        owner = doc[name.start : name.end].root
        owned, behind = owner.head, owner.head.right_edge.i + 1
        if owner.dep_ != "poss" or owned.dep_ not in _TOLD:
            return False
        apart = text_at(doc, behind) == "," or doc[max(0, begin - 1)].pos_ == "ADP"
        return not apart or owned.lemma_ in word_set("journey_noun")

    def _is_entry(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell X of "and the premier of Peru, X attended", "the premier of Peru, X as well as".

        Not X of "told the premier of Chad and the premier of Peru, X said".
        """
        doc, behind = self.doc, self.doc[name.end]
        joins = word_set("joins_entry")
        if any(doc[name.end : name.end + n].text.lower() in joins for n in (1, 2, 3)):
            return self._tells(office)
        last = any(doc[office.start - n : office.start].text.lower() in joins for n in (1, 2, 3))
        says = behind.lemma_ in word_set("speech")
        return last and self._tells(office) and behind.pos_ in VERBS and not says

    def _over_party(self, at: int) -> int:
        """Return where the "U.S." begins before "State Department spokesman", else `at`."""
        for start in range(at - 1, max(-1, at - _PARTY_REACH), -1):
            party = self.party_start.get(start)
            if party is not None and party.end >= at:
                return start
        return at

    def _is_teller_between(self, name: NameSpan) -> bool:
        """Tell X of "The premier of Chad, X added, must go", who only tells of another."""
        tells, comma, verb = (self.doc[i : i + 1] for i in range(name.end, name.end + 3))
        if comma.text != "," or not len(verb) or tells[0].lemma_ not in word_set("speech"):
            return False
        return verb[0].pos_ in VERBS and verb[0].tag_ != "VBG"

    def _is_guest_of(self, name: NameSpan, chain: Sequence[OfficeSpan]) -> bool:
        """Tell X of "At the invitation of Peru's president, Mr X, premier of Chile, will come".

        Not X of "Peru's president, X, the premier of Chile, Y, will come", who bids him.
        """
        doc, at, first = self.doc, name.end, chain[-1].start
        bidden = {t.lower_ for t in doc[max(0, first - 2) : first]} & word_set("bidding")
        if not bidden or text_at(doc, at) != ",":
            return False
        own = self._apposed_office(at + 1)
        if own is None or not is_country(own.country or ""):
            return False
        if self._next_name(own.end + (text_at(doc, own.end) == ",")):
            return False
        if own.determiner == "the" and text_at(doc, own.end) != ",":
            return False  # "At the request of Peru's president, X, the premier of Chile will come"
        return any(_of_two_countries(one, own) for one in chain if is_country(one.country or ""))

    def _opens_clause(self, at: int) -> bool:
        """Tell the start of a sentence or main clause ("In Lima, Mali's premier, X said")."""
        if at == 0 or self.doc[at].is_sent_start:
            return True
        before = self.doc[at - 1]
        if before.text != "," and before.lower_ != "that":
            return False
        opened = self.doc[before.sent.start]
        return before.lower_ == "that" or opened.pos_ in {"ADP", "SCONJ", "ADV"}


def _are_incompatible(one: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell "the Italian president, Foreign Minister Antonio Tajani": two persons' offices."""
    head = one.form.office == "head_of_state" and one.determiner == "the"
    return head and other.form.office in word_set("under_president")


def _is_behind_name(token: Token) -> bool:
    """Tell the letters of "Ana Ruiz MP", "Sir Luis Rojas KC"."""
    return token.lower_ in word_set("postnominal")


def _is_kin_listed(kin: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell the wife of "with his wife, Trade Minister X, Labour Minister Y", one more in a list."""
    served = other.form.scope in NATIONAL and other.form.office not in word_set("first_named_class")
    return kin.form.office == "spouse" != other.form.office and served


def _are_of_two_sexes(one: OfficeSpan, others: Sequence[OfficeSpan]) -> bool:
    """Tell "the king, his wife Queen X", "the king, Queen X": two persons' offices."""
    female, male = word_set("female"), word_set("male")
    called = set(one.form.form.split()) & word_set("crown")
    told = {word for other in others for word in other.form.form.split()}
    return bool((called & male and told & female) or (called & female and told & male))


def _of_two_countries(one: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell "the Indian premier and the president of China, Xi Jinping": two persons' offices."""
    return bool(one.country and other.country and one.country != other.country)


def _chairs_too(one: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell "the Peruvian president and AU Chairman X", who is both, by the body that he chairs."""
    countries = [each for each in (one, other) if is_country(each.country or "")]
    tops = [each for each in countries if each.form.office in word_set("top_office")]
    return len(tops) == 1 and any(leads_body(each) for each in (one, other))


__all__ = ["OfficesBefore"]
