"""The offices and countries that stand beside names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.reference.countries import is_country
from pipeline.stages.entities.as_offices import attach_as
from pipeline.stages.entities.ground import SUBJECTS
from pipeline.stages.entities.home import NATIONAL
from pipeline.stages.entities.national_groups import NationalGroups
from pipeline.stages.entities.office_gaps import parted_office
from pipeline.stages.entities.person import LETTERS
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import name_words, word_set

_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_CHAINED = frozenset({"and", ",", "&", "cum", "-"})
_LISTED_BY = frozenset({",", "and", "&"})
#: What may stand between a name and the office that follows it.
_OFFICE_SIGNS = frozenset({",", "(", "–", "—", "-", "/"})
#: What ends "the president, Xi Jinping", so that the name explains the office.
_APPOSITION_ENDS = frozenset({",", ".", ";", ":", "and", ")", "(", "–", "—", "&"})
#: Verbs of which one alone is not the subject.
_OF_MANY = frozenset({"are", "were", "have"})
_AFTER_SUBJECT = frozenset({"AUX", "VERB", "PUNCT", "CCONJ", "ADV"})
#: What stands before the subject of a clause.
_CLAUSE_OPENERS = frozenset({",", ";", ":", "that", "as", "while", "when"})
#: What the words between a comma and an office may be ("principal deputy adviser").
_PREMODIFIERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"})
_PREMODIFIER_REACH = 5
#: How far behind a name "is president of" is looked for, in tokens.
_COPULA_REACH = 7
#: The words of "of the two countries", one behind the other.
_OF_PAIR = (
    {"of", "from"},
    {"the", "both", "our", "their"},
    {"two", "three", "four"},
    {"countries", "nations", "states", "neighbours", "neighbors", "republics", "kingdoms", "sides"},
)


def attach_offices(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan] = (),
) -> None:
    """Give each name the offices and countries that stand beside it."""
    attacher = _Attacher(doc, names, offices, parties, places)
    for name in names:
        attacher.attach(name)
    attacher.attach_lists(offices)
    attacher.attach_nationals()
    attach_as(doc, names, offices)


def _of_two_countries(one: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell "the Indian premier and the president of China, Xi Jinping": two persons' offices."""
    return bool(one.country and other.country and one.country != other.country)


#: What ends a style: "Hon.", "Dato'".
_SIGNS_OF_STYLES = frozenset({".", "'", "’"})


class _Attacher(NationalGroups):
    """Looks around the names of one Doc, from left to right."""

    def attach(self, name: NameSpan) -> None:
        """Give a name what stands before and behind it."""
        for office in self._before(name):
            name.offices.append(office)
        for office in self._after(name):
            self.told.add(office.start)
            if office not in name.offices:
                name.offices.append(office)
        name.country = name.country or self.country_beside(name)
        if not name.country and not any(office.country for office in name.offices):
            name.country = self.country_of_body(name)
        for office in name.offices:
            # "… of Chad, and Premier X of Peru": a premier of Peru, whoever stands before him
            beside = office.end <= name.start and name.country and is_country(name.country)
            if beside and not self._tells(office) and office.form.scope in NATIONAL:
                office.country = name.country
        if name.country:
            self.share_with_first(name)
        self.give_seat(name)

    # Before the name

    def _over_honorifics(self, at: int) -> int:
        """Return where the honorifics before token `at` begin."""
        honorifics = name_words()["honorific"]
        while (
            at > 0
            and at not in self.by_end
            and (
                self.doc[at - 1].lower_ in honorifics
                or (self.doc[at - 1].text in _SIGNS_OF_STYLES and not self.doc[at].is_sent_start)
                or (self.doc[at - 1].is_space and not self.doc[at - 1].is_sent_start)
            )
        ):
            at -= 1
        return at

    def _over_brackets(self, at: int) -> int:
        """Return where "(Europe)" begins that stands between an office and a name."""
        if at < 3 or self.doc[at - 1].text != ")":
            return at
        opens = next((i for i in range(at - 2, max(0, at - 6), -1) if self.doc[i].text == "("), at)
        return opens if opens in self.by_end else at

    def _before(self, name: NameSpan) -> Iterator[OfficeSpan]:
        doc = self.doc
        if (aide := self._aide_behind(name)) is not None:
            yield aide
            return
        at = self._over_honorifics(self._over_lines(name))
        at = self._over_brackets(at)
        comma = at > 1 and doc[at - 1].text == "," and at not in self.by_end
        office = self.by_end.get(at - 1 if comma else at)
        equated = self._equated(name, at) if office is None else None
        if equated is not None:
            yield equated
        elif office is None:
            office = parted_office(self.doc, self.by_end, self.name_tokens, at)
            comma = office is not None and "," in {t.text for t in doc[office.end : name.start]}
        if office is None or office.plural or (comma and office.start in self.told):
            return
        if not comma and (aide := self._aide_to(office)) is not None:
            yield aide
            return
        chain = [office]
        opens = doc[chain[-1].start].is_sent_start  # "By Staff Writer / Mali's premier, X"
        beside = None if opens else self.by_end.get(chain[-1].start)
        if beside is not None and not comma and not beside.plural:
            chain.append(beside)
        while chain[-1].start > 1 and doc[chain[-1].start - 1].text in _CHAINED:
            earlier = self.by_end.get(chain[-1].start - 1)
            if earlier is None or earlier.plural or earlier.start in self.told:
                break
            sign = doc[chain[-1].start - 1].text
            if (chain[-1].determiner and not comma) or (comma and sign == ","):
                break
            if sign == "," and chain[-1].country and not self._shares_party(earlier, chain[-1]):
                break
            if _of_two_countries(earlier, chain[-1]) or doc[earlier.start - 1].lower_ == "between":
                break
            if sign != "," and self._of_two_persons(earlier, chain[-1]):
                break
            chain.append(earlier)
        if comma and not self._is_apposed(name, chain[-1], office):
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
        return reigns and heads[0].islower() and heads[1][:1].isupper() and not commands

    def _equated(self, name: NameSpan, at: int) -> OfficeSpan | None:
        """Return the subject of "the ambassador of Chad is | X" that a name at token `at` names."""
        doc = self.doc
        if at < 1 or doc[at - 1].lemma_ != "be" or doc[name.end : name.end + 1].text in _GENITIVES:
            return None
        subjects = (t for t in doc[at - 1].children if t.dep_ in SUBJECTS and t.i < at)
        found = next((self.by_head[t.i] for t in subjects if t.i in self.by_head), None)
        return found if found is not None and not found.plural else None

    def _is_apposed(self, name: NameSpan, first: OfficeSpan, last: OfficeSpan) -> bool:
        """Tell "the president, Xi Jinping, said" from "told the president, Xi Jinping said"."""
        doc = self.doc
        following = doc[name.end] if name.end < len(doc) else None
        if self._opens_clause(first.start):
            return following is None or following.pos_ in _AFTER_SUBJECT
        capital = doc[last.head_start].text[:1].isupper()
        owned = doc[first.start - 1].text in {"'s", "’s"}
        bare = first.determiner in {None, "a", "an"} and not first.country
        kin = first.form.office == "spouse"  # "his wife, X,"
        if bare and not capital and not owned and not kin:
            return False
        joined = doc[first.start - 2 : first.start].text.lower() == ", and"
        opens = (doc[first.start - 1].lower_ in _CLAUSE_OPENERS or joined) and not first.determiner
        if opens and capital and first.country and following is not None:
            # ", Peruvian Sports Minister, Ana Ruiz flew to …"
            return following.pos_ in {"AUX", "VERB"} or following.text in _APPOSITION_ENDS
        if following is not None and following.lower_ in _OF_MANY and first.determiner:
            return True  # "A and his wife, the Duchess of Kent, Ana have arrived"
        if following is None or following.text in _APPOSITION_ENDS or following.is_space:
            return True  # "welcomed the Speaker of Kenya, X to Lima on Monday"
        plain = capital or first.form.office == "counterpart"
        return plain and (following.pos_ == "ADP" or following.ent_type_ in {"DATE", "TIME"})

    def _is_guest_of(self, name: NameSpan, chain: Sequence[OfficeSpan]) -> bool:
        """Tell X of "At the invitation of Peru's president, Mr X, premier of Chile, will come"."""
        doc, at, first = self.doc, name.end, chain[-1].start
        bidden = {t.lower_ for t in doc[max(0, first - 2) : first]} & word_set("bidding")
        if not bidden or doc[at : at + 1].text != ",":
            return False
        own = self._apposed_office(at + 1)
        if own is None or not is_country(own.country or ""):
            return False
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

    # Behind the name

    def _after(self, name: NameSpan) -> Iterator[OfficeSpan]:
        doc, end = self.doc, name.end
        if doc[end : end + 1].text == "(" and doc[end + 2 : end + 4].text in {"),", ") ,"}:
            end += 3  # "Meles Alem (PhD), spokesperson"
        if name.text.endswith(("Jr.", "Sr.")) and doc[end : end + 1].text == ",":
            follows = doc[end + 1 : end + 2]
            end += follows.text == "as" or follows.lemma_ in word_set("copula")
        aged = doc[end : end + 1].text == "," and doc[end + 1 : end + 2].text.isdigit()
        if aged and doc[end + 2 : end + 3].text == ",":
            end += 2 + (doc[end + 3 : end + 4].text == "as")  # "Wang Renlei, 36, as bishop"
        letters = self.by_start.get(end) if doc[end : end + 1].text in LETTERS else None
        if letters is not None:
            letters.country = None  # "Ana Ruiz MP, Peruvian Trade Minister X"
            yield letters
        end = self._over_letters(end)
        if end + 1 >= len(doc):
            return
        office: OfficeSpan | None = None
        if doc[end].text in _OFFICE_SIGNS:
            office = self._apposed_office(end + 1)
            if office is None and doc[end + 1].lower_ in word_set("relative_opener"):
                office = self._copular(end + 1)
            elif (
                office is not None
                and doc[end].text == ","
                and (
                    self._is_next_title(name, office)
                    or self._is_next_subject(office)
                    or self._is_second_of_headline(name, office)
                )
            ):
                office = None
        elif doc[end].lower_ == "as":
            office = self._apposed_office(end + 1)
        elif name.source == "heading" or self._is_office_of(end):
            office = self.by_start.get(end)
        elif doc[end].lemma_ == "present":
            office = self._credited(end + 1)
        elif doc[end].lemma_ in word_set("copula") or doc[end].lower_ in word_set("copula_opener"):
            office = self._copular(end)
        while office is not None and not office.plural:
            yield office
            link = office.end
            if link + 1 < len(doc) and doc[link].text in {"and", "&"}:
                office = self.by_start.get(link + 1)
                if office is not None and self._begins_next_title(office):
                    return
            else:
                return

    def _is_office_of(self, at: int) -> bool:
        """Tell the office of "Ana Ruiz President of Peru arrived", with no comma before it."""
        office = self.by_start.get(at)
        if office is None or office.head_start != at or self._begins_next_title(office):
            return False
        capital = self.doc[at].text[:1].isupper()
        return capital and self.doc[office.head_end : office.head_end + 1].text == "of"

    def _apposed_office(self, at: int) -> OfficeSpan | None:
        """Return the office that begins at token `at` or behind some words that go before it.

        Of "the Latvian president's adviser", "President X's adviser" it is the adviser's, who is of
        the president's country.
        """
        for i in range(at, min(at + _PREMODIFIER_REACH, len(self.doc))):
            office = self.by_start.get(i)
            end = self._owner_end(i, office)
            if end:
                own = self._apposed_office(end + 1)
                if own is not None and not own.country and office is not None:
                    own.country = office.country
                return own
            if office is not None:
                return office
            if i in self.names or self.doc[i].pos_ not in _PREMODIFIERS:
                return None
        return None

    def _owner_end(self, at: int, office: OfficeSpan | None) -> int:
        """Return where the owner's phrase at token `at` ends before its "'s", or 0."""
        end = office.end if office is not None else at
        while self.doc[end : end + 1].text.lower() in name_words()["honorific"]:
            end += 1
        name = self.names.get(end)
        end = name.end if name is not None else end
        return end if end > at and self.doc[end : end + 1].text in _GENITIVES else 0

    def _is_next_title(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell whether what follows a name and a comma is the title of the next name.

        "Soe Win, Chief of Staff General Mya" and, where the first has a title of its own,
        "President Lula, President of the Bank, Ilan Goldfajn".
        """
        if self._begins_next_title(office):
            return True
        end = office.end
        if not name.offices or end + 1 >= len(self.doc) or self.doc[end].text != ",":
            return False
        return self._next_name(end + 1) and not office.former

    def _is_next_subject(self, office: OfficeSpan) -> bool:
        """Tell "After talks with Xi, the Malian president flew home" from an apposition."""
        doc, end = self.doc, office.end
        opened = doc[office.head_start].sent.start
        led = doc[opened].pos_ in {"ADP", "SCONJ", "VERB"}
        goes_on = end < len(doc) and doc[end].pos_ in {"VERB", "AUX"}
        return led and goes_on and doc[office.head_end - 1].dep_ in SUBJECTS

    def _is_second_of_headline(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell "Xi, Slovak PM agree on trade" from "Xi, Chinese president, agrees on trade"."""
        doc, end = self.doc, office.end
        opens = doc[name.start].is_sent_start and name.end - name.start == 1
        bare = office.determiner is None and office.country and not name.offices
        return bool(opens and bare) and end < len(doc) and doc[end].pos_ in {"VERB", "AUX"}

    def _begins_next_title(self, office: OfficeSpan) -> bool:
        """Tell "Xi Jinping, President Putin and …" from "Xi Jinping, president of China"."""
        return office.determiner in {None, "the"} and self._next_name(office.end)

    def _next_name(self, at: int) -> bool:
        """Tell whether a name begins at token `at`, or behind more offices and honorifics."""
        doc = self.doc
        while at < len(doc):
            if at in self.names:
                return True
            office = self.by_start.get(at)
            if office is not None and not office.plural:
                at = office.end
            elif doc[at].lower_ in name_words()["honorific"] and doc[at].text[:1].isupper():
                at += 1
            else:
                return False
        return False

    def _credited(self, at: int) -> OfficeSpan | None:
        """Return the office of "presented his credentials as envoy" from behind the verb on."""
        doc = self.doc
        at += doc[at].lower_ in word_set("possessive")
        if doc[at : at + 2].text.lower() != "credentials as":
            return None
        return self._apposed_office(at + 2)

    def _copular(self, start: int) -> OfficeSpan | None:
        doc = self.doc
        for i in range(start, min(start + _COPULA_REACH, len(doc))):
            if doc[i].text in {",", ".", ";"} and i > start:
                return None
            office = self.by_start.get(i)
            if (
                doc[i].pos_ in {"ADP", "VERB", "NOUN"}
                and doc[i].lemma_ not in word_set("copula")
                and (office is None and doc[i].lower_ != "as")
            ):
                return None
            copula = any(doc[j].lemma_ in word_set("copula") for j in range(start, i))
            if office is not None and office.kind == "visitor":
                return None  # "has been a frequent guest"
            if office is not None and copula:
                # "was the first EU leader to come": one of its leaders, not its head
                among = "first" in office.modifiers and not is_country(office.country or "")
                return None if among or self._begins_next_title(office) else office
        return None

    # Lists

    def attach_lists(self, offices: Sequence[OfficeSpan]) -> None:
        """Give a plural office to each name of the list behind it ("Presidents Xi and Putin")."""
        for office in offices:
            at = self._over_among(self._over_pair(office.end))
            listed = self._listed(at) if office.plural else []
            listed = [] if listed and self._is_before_subjects(office, listed) else listed
            listed = listed or (self._listed_before(office) if office.plural else [])
            in_turn = bool(office.country) and self.doc[office.end : office.end + 1].text == ","
            for index, name in enumerate(listed):
                if not name.offices:
                    name.country = (in_turn and self._own_party(name)) or name.country
                    name.offices.append(_share(office, name, index, len(listed)))

    def _over_among(self, at: int) -> int:
        """Return the end of ", among them" at token `at`, else `at`."""
        if self.doc[at : at + 2].text.lower() == ", including":
            return at + 2
        return at + 3 if self.doc[at : at + 3].text.lower() == ", among them" else at

    def _is_before_subjects(self, office: OfficeSpan, listed: Sequence[NameSpan]) -> bool:
        """Tell "In talks with Israeli officials, X and Y said" from "the officials, X and Y"."""
        doc = self.doc
        if doc[office.end : office.end + 1].text != ",":
            return False
        led = doc[doc[office.head_start].sent.start].pos_ in {"ADP", "SCONJ", "VERB"}
        goes_on = doc[listed[-1].end : listed[-1].end + 1].text
        return led and bool(goes_on) and doc[listed[-1].end].pos_ in {"VERB", "AUX"}

    def _over_pair(self, at: int) -> int:
        """Return the end of "of the two countries" at token `at`, else `at`."""
        doc, end = self.doc, at
        for words in _OF_PAIR:
            if doc[end : end + 1].text.lower() not in words:
                return at
            end += 1
        return end

    def _own_party(self, name: NameSpan) -> str | None:
        """Return the country before a name of "the presidents of Chad, X, and Mali, Y"."""
        at = name.start - 1
        party = self.party_end.get(at) if at > 0 and self.doc[at].text == "," else None
        return party.code if party is not None and party.form == "name" else None

    def _listed_before(self, office: OfficeSpan) -> list[NameSpan]:
        """Return A and B of "A and B, the presidents of Chad and Mali", one for each country."""
        doc = self.doc
        at = office.start - 1
        if at < 1 or doc[at].text != "," or office.determiner not in {None, "the", "both"}:
            return []
        ends = {name.end: name for name in self.names.values()}
        found: list[NameSpan] = []
        while (name := ends.get(at)) is not None and not name.offices:
            found.insert(0, name)
            at = name.start
            while at > 0 and doc[at - 1].lower_ in _LISTED_BY:
                at -= 1
        told = len(office.countries) in {1, len(found)} and bool(office.countries)
        return found if told and len(found) > 1 else []


def _share(office: OfficeSpan, name: NameSpan, index: int, count: int) -> OfficeSpan:
    """Return a plural office as the one at `index` of `count` holders has it."""
    own = replace(office, plural=False)
    if len(office.countries) == count > 1:
        own.country = office.countries[index]
    elif name.country:
        own.country = name.country
    elif len(office.countries) > 1:
        own.country = None
    return own


__all__ = ["attach_offices"]
