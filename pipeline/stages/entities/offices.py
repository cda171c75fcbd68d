"""Offices: from the country before the head to the end of what it is the office of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from spacy.tokens import Doc

from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name
from pipeline.reference.offices import (
    OfficeForm,
    Scope,
    office_forms,
    office_parties,
    offices,
)
from pipeline.stages.entities.gazetteer import Gazetteer, Hit
from pipeline.stages.entities.office_complements import Right, head_words
from pipeline.stages.entities.office_words import OfficeWords
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import (
    generic_offices,
    institution_words,
    modifiers,
    name_words,
    word_set,
)

#: How many words of a name are held against those of rulers.
_NAME = 4
#: How far behind its head the body that an office is of may end, in tokens.
_BODY_REACH = 8
#: How many words a line of a register has at most before an office.
_LINE = 40
#: How many countries open lines at most where the lines are no register.
_SEVERAL = 2
#: What stands behind the country that opens such a line.
_OPENED = frozenset({",", ".", ":", "–", "—", "-", "|"})
_GENITIVES = frozenset({"'s", "’s"})
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
    hits = list(_gazetteer().find(doc))
    finder.head_starts = frozenset(hit.start for hit in hits)
    for hit in hits:
        if (previous is not None and hit.start < previous.end) or not finder.is_office(hit):
            continue
        if previous is not None and finder.is_given_name(previous, hit):
            continue
        office = finder.read(hit)
        if previous is not None and office.start < previous.end:
            # "Saudi ambassador to Kuwait | Prince Sultan": the country is where he is posted.
            office.start, office.country = hit.start, None
        if previous is not None and office.country is None:
            office.country = finder.shared_country(previous, office)
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


class _OfficeFinder(OfficeWords):
    """Makes offices of the heads that are hit."""

    def is_office(self, hit: Hit[OfficeForm]) -> bool:
        """Tell a noun that names an office from a verb or part of a longer name."""
        first, last = self.doc[hit.start], self.doc[hit.end - 1]
        form = hit.payload
        if self._is_in_name(hit.start) or self._is_behind_name(hit) or self._is_given(hit):
            return False
        if form.capitalised and not first.text[:1].isupper():
            return False
        if form.form in word_set("needs_matter") and not self._has_matter(hit.end):
            return False
        if form.form in word_set("needs_journey") and not self._is_sent(hit):
            return False
        if form.office == "leader" and self._leads_privately(hit):
            return False
        if form.form in word_set("needs_state") and not self._is_of_state(hit):
            return False
        if form.form.isupper() and first.text != form.form:
            return False
        other = last.pos_ in {"VERB", "AUX", "ADV", "ADJ"} and last.text.islower()
        if other and not form.form.endswith("-general"):
            return False
        following = self.doc[hit.end] if hit.end < len(self.doc) else None
        return not (following is not None and following.text == "-" and not last.whitespace_)

    def _leads_privately(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "the Turkish business leader" from one who leads a state, a party or an army."""
        kinds, head = word_set("private_leader"), hit.start
        before = (t for t in self.doc[max(0, head - 3) : head] if t.lower_ in kinds)
        return any(t.head.i == head or t.i == head - 1 for t in before)

    def _is_given(self, hit: Hit[OfficeForm]) -> bool:
        """Tell the "Amir" of "the minister, Amir Peretz" from a ruler's, "Qatar's Amir Tamim".

        A ruler is "the Amir", some land's, or is called by more titles ("Amir Sheikh Tamim").
        """
        first = self.doc[hit.start]
        if hit.payload.form not in word_set("title_or_given") or not first.text.istitle():
            return False
        before = self.doc[hit.start - 1] if hit.start else None
        ruled = before is not None and (
            before.lower_ in word_set("before_ruler") or before.ent_type_ in {"GPE", "NORP"}
        )
        behind = self.doc[hit.end : hit.end + _NAME]
        called = len(behind) > 0 and (behind[0].text.istitle() or behind[0].text in {"al", "el"})
        styled = called and behind[0].lower_ in name_words()["honorific"] | {"sheikh", "sheik"}
        names = [behind[:n].text for n in range(1, len(behind) + 1)]
        names += [f"{first.text} {name}" for name in names]
        known = any(
            row.office == "head_of_state"
            for name in names
            for row in leaders_by_name().get(fold(name), ())
        )
        return called and not ruled and not styled and not known

    def _is_behind_name(self, hit: Hit[OfficeForm]) -> bool:
        """Tell the "MP" of "Ana Ruiz MP, Foreign Minister", letters like those of an order."""
        doc, at = self.doc, hit.start
        letters = hit.end == at + 1 and doc[at].text.isupper() and at > 0
        legislates = letters and hit.payload.office == "legislator"
        ends = doc[hit.end : hit.end + 1].text in {",", ";", ".", ")", "and"}
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
        return noun.dep_ in {"nsubj", "nsubjpass"} and goes

    def _is_of_state(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "a team from the ministry", "a team led by Premier X" from one that plays.

        "A team of Chadian officials" are these, "a Chadian team of officials" is a team.
        """
        doc, end = self.doc, hit.end
        behind = doc[end : end + 1].text.lower()
        if behind in word_set("led_by"):
            by = range(end + 2, end + _BODY_REACH)
            return any(i in self.head_starts and not self._plays(i) for i in by)
        if behind == "under" and self._starts_near(end + 1):
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

    def _starts_near(self, at: int) -> bool:
        """Tell an office right at a token, or behind its article: "under the deputy premier"."""
        at += self.doc[at : at + 1].text.lower() == "the"
        return at in self.head_starts and not self._plays(at)

    def _plays(self, at: int) -> bool:
        """Tell the "captain" of a team, who is none of a ship or an army."""
        return self.doc[at].lower_ in word_set("leads_players")

    def _has_matter(self, i: int) -> bool:
        """Tell the "head" of "head of the Foreign Policy Department" from that of a statue."""
        doc = self.doc
        at = i + 1 + (doc[i + 1 : i + 2].text.lower() == "the")
        if at >= len(doc) or doc[i].lower_ != "of":
            return False
        ahead = {token.lower_ for token in doc[at : at + 5] if token.text[:1].isupper()}
        near = {token.lower_ for token in doc[at : at + 4]}
        owned = at > i + 1 or at in self.by_start  # "deputy head of Emirati intelligence"
        definite = owned and bool(near & institution_words())
        return definite or bool(ahead & institution_words())

    def _is_in_name(self, i: int) -> bool:
        """Tell the "Sultan" of "Zayed bin Sultan" and the "King" of "Mackenzie King"."""
        if i == 0:
            return False
        token, before = self.doc[i], self.doc[i - 1]
        following = self.doc[i + 1].lower_ if i + 1 < len(self.doc) else ""
        if {before.lower_, following} & word_set("filiation"):
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
            inside = doc[at].lower_ in {"of", "for", "and", "the"} or doc[at].text in _GENITIVES
            nominal = doc[at].pos_ in {"NOUN", "PROPN", "ADJ"} or doc[at].text == "-"
            if at == hit.end and doc[at].lower_ not in {"of", "for"}:
                break
            if doc[at].lower_ in bodies and at not in self.covering:
                return True  # not the last word of "the Russian Federation"
            if not inside and not nominal:
                break
            at += 1
        before = hit.start - 1 - (hit.start > 1 and doc[hit.start - 1].text in _GENITIVES)
        return before >= 0 and doc[before].lower_ in bodies

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
        return not public and not all(t.text in _GENITIVES for t in words)

    def read(self, hit: Hit[OfficeForm]) -> OfficeSpan:
        """Return the office whose head was hit."""
        form = hit.payload
        if form.office in word_set("state_class") and self._is_private(hit):
            form = form._replace(office="business", scope="other")
        sent = form.scope == "diplomatic" or form.office in word_set("aide")
        left = self.left(hit.start, plural=form.plural, sent=sent)
        if form.office in word_set("of_any_body") and self._is_of_firm(left.start):
            form = form._replace(scope="other")
        posting = form.scope == "diplomatic" or form.office == "envoy"
        right = self.right(hit.end, posting=posting, speaking=form.office == "spokesperson")
        group = self.of_group(hit.end)
        several = form.plural or form.office == "delegation"
        if group is not None and not several and len(group[1]) != 1:
            group = None  # "the foreign minister | of NATO member Albania" is of one
        if group is not None:
            right = Right(hit.end, group[0], hit.end)
        if form.office == "envoy" and self.doc[hit.end : right.end].text.lower().startswith("in "):
            form = form._replace(office="ambassador")  # "Peru's envoy in Oslo" resides there
        owner = left.party or right.party
        if form.form in word_set("of_subject") and owner and owner.form != "adjective":
            owner = None  # "China expert", "an expert on China's foreign policy"
        if owner is None and form.travels and not form.plural:
            owner = self._entry_country(left.start) or self._line_country(left.start)
        if owner is None and group is None and (form.plural or form.office == "delegation"):
            owner = self.far_owner(hit.end)
        if owner is None and not form.plural and form.scope != "diplomatic":
            owner = self.apposed_owner(right.end)
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
            country=country or office_parties().get(form.form),
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
            and not right.supranational,
            posted=country is None
            and form.scope == "diplomatic"
            and (right.end > hit.end or form.form in word_set("always_posted")),
        )

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
        for sentence in self.doc.sents:
            at = sentence.start
            party = self.by_start.get(at)
            if party is None or not party.is_country or party.form != "name":
                continue
            verbal = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in sentence)
            begins = not at or self.doc[at - 1].is_space
            if begins and not verbal and self.doc[party.end : party.end + 1].text in _OPENED:
                found[at] = party
        return found if len({party.code for party in found.values()}) > _SEVERAL else {}

    def shared_country(self, previous: OfficeSpan, office: OfficeSpan) -> str | None:
        """Return the country that a list gives but once ("the Azerbaijani A, the B and the C")."""
        between = [token.lower_ for token in self.doc[previous.end : office.start]]
        if between not in (["and"], [","], [",", "and"]) or office.form.scope == "other":
            return None
        if office.form.office in word_set("top_office") and not is_country(previous.country or ""):
            return None  # "CARICOM Chairman, Prime Minister X" is no prime minister of CARICOM
        if previous.start and self.doc[previous.start - 1].lower_ == "between":
            return None  # "between the Chadian president and Speaker X": of two countries
        if between == ["and"] and self._is_told_behind(previous):
            return None  # "Hun Sen, Prime Minister of Cambodia and President Macron"
        return previous.country if office.determiner in {None, "the"} else None

    def _is_told_behind(self, office: OfficeSpan) -> bool:
        """Tell whether an office stands in apposition behind a name."""
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
        head = doc[hit.start : self._head_end(hit)].text
        tail = _plain(doc, right.start, self._without_owner(right.start, right.title_end))
        return " ".join([*spelled, *head.split(), tail]).strip()

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
        linked = word_set("owner_link") | word_set("before_party")
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
