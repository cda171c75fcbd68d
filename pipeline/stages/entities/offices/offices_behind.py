"""The offices behind names: "Xi Jinping, president of China", "X is premier", "X as envoy"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.labels import FINITE, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import DASHES, GENITIVES, STROKES
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.countries.identified import Identified
from pipeline.stages.entities.names.raised_styles import is_raising, is_short_style
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import name_words, word_set

#: What may stand between a name and the office that follows it.
_OFFICE_SIGNS = frozenset({",", "(", "/", *STROKES})
#: What the words between a comma and an office may be ("principal deputy adviser").
_PREMODIFIERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"})
_PREMODIFIER_REACH = 5
#: What opens another noun behind "and".
_OPENS_NOUN = frozenset({"DET", "PRON", "ADJ", "NUM", "PROPN"})
#: How many words "of Milevi" has at most, the see of a titular bishop.
_SEE = 5
#: What the rest of a body's name has between its words, and how many tokens it has at most.
_IN_BODY, _BODY = frozenset({"of", "for", "the", "and", "on", "(", ")", "’s", "'s"}), 12
#: How far behind a name "is president of" is looked for, in tokens.
_COPULA_REACH = 7
#: "His Excellency" as two tokens.
_EXCELLENCY = frozenset({"H E", "H H", "H. E.", "H. E"})
#: What ends a style: "Hon.", "Dato'".
_SIGNS_OF_STYLES = frozenset({".", "'", "’", "‘", "ʻ", "`"})


class OfficesBehind(Identified):
    """Finds the offices that stand behind a name."""

    def _over_honorifics(self, at: int) -> int:
        """Return where the honorifics before token `at` begin, with the "the" of ", the Hon."."""
        honorifics, name = name_words()["honorific"], at
        while (
            at > 0
            and at not in self.by_end
            and (
                self.doc[at - 1].lower_ in honorifics
                or is_raising(self.doc, at - 1)
                or is_short_style(self.doc, at - 1)
                or (self.doc[at - 1].text in _SIGNS_OF_STYLES and not self.doc[at].is_sent_start)
                or (self.doc[at - 1].is_space and not self.doc[at - 1].is_sent_start)
                or self.doc[max(0, at - 2) : at].text in _EXCELLENCY
            )
        ):
            at -= 1 + (self.doc[max(0, at - 2) : at].text in _EXCELLENCY)
        return at - (at < name and self.doc[max(0, at - 2) : at].text.lower() == ", the")

    def _after(self, name: NameSpan) -> Iterator[OfficeSpan]:
        doc, end = self.doc, name.end
        if text_at(doc, end) == "(" and doc[end + 2 : end + 4].text in {"),", ") ,"}:
            end += 3  # "Meles Alem (PhD), spokesperson"
        if name.text.endswith(("Jr.", "Sr.")) and text_at(doc, end) == ",":
            follows = doc[end + 1 : end + 2]
            end += follows.text == "as" or follows.lemma_ in word_set("copula")
        aged = text_at(doc, end) == "," and doc[end + 1 : end + 2].text.isdigit()
        if aged and text_at(doc, end + 2) == ",":
            follows = doc[end + 3 : end + 4]  # "Wang Renlei, 36, as bishop", ", 36, was named"
            end += 2 + (follows.text == "as" or self._opens_copula(end + 3))
        lettered = text_at(doc, end) in word_set("office_letters")
        letters = self.by_start.get(end) if lettered else None
        if letters is not None:
            letters.country = None  # "Ana Ruiz MP, Peruvian Trade Minister X"
            yield letters
        end = self._over_titular(self._over_letters(end))
        if end + 1 >= len(doc):
            return
        if (chaired := self._body_chaired(end)) is not None:
            yield chaired
        office: OfficeSpan | None = self._on_next_line(name)
        if office is not None:
            pass
        elif doc[end].text in _OFFICE_SIGNS:
            office = self._apposed_office(end + 1)
            if office is None and word_behind(doc[end]) in word_set("relative_opener"):
                office = self._copular(end + 1) or self._now_held(end + 1)
            elif (
                office is not None
                and doc[end].text == ","
                and not self._is_sent_one(office)
                and (
                    self._is_next_title(name, office)
                    or self._is_next_subject(name, office)
                    or self._is_second_bare(name, office)
                    or self._is_of_next_land(name, office)
                    or office.form.office == "delegation"  # "invited by X, a delegation came"
                )
            ):
                office = None
            elif office is not None and doc[end].text in DASHES and self._begins_next_title(office):
                office = None  # "Photo: Ana Ruiz — Premier Luis Rojas has arrived"
        elif doc[end].lower_ == "as":
            office = self._apposed_office(end + 1)
        elif name.source == "heading" or self._is_office_of(end) or self._is_named_to(name):
            office = self.by_start.get(end)
        elif doc[end].lower_ == "the" and self._is_loose_subject(name):
            office = self.by_start.get(end) or self.by_start.get(end + 2)
        elif doc[end].lemma_ == "present":
            office = self._credited(end + 1)
        elif self._opens_copula(end) and not self._is_greeted(name):
            office = self._copular(end)
        if office is not None and self._is_companion(office):
            return
        while office is not None and not office.plural:
            yield office
            link = office.end
            if link + 1 < len(doc) and doc[link].text in {"and", "&"}:
                office = self.by_start.get(link + 1)
                if office is not None and self._begins_next_title(office):
                    return
            else:
                return

    def _is_greeted(self, name: NameSpan) -> bool:
        """Tell the guest of "Among those who received Ana Ruiz were Mali's minister X and Y"."""
        at = self._over_honorifics(name.start)
        while (title := self.by_end.get(at)) is not None:
            at = self._over_honorifics(title.start)
        before = self.doc[at - 1] if at else None
        while before is not None and before.i and before.lower_ in word_set("greets_by"):
            before = self.doc[before.i - 1]  # "to see off", "bidding farewell to"
        return before is not None and before.lemma_ in word_set("greets")

    def _is_loose_subject(self, name: NameSpan) -> bool:
        """Tell "Ana Ruiz the police spokesperson said", without a comma, that opens a clause.

        Not "who told Ana Ruiz the minister said so".
        """
        doc, end = self.doc, name.end
        office = self.by_start.get(end) or self.by_start.get(end + 2)
        if office is None or office.determiner not in {"the", None} or office.plural:
            return False
        opens = doc[name.start].is_sent_start or doc[name.start - 1].text in {",", "“", '"'}
        told = doc[office.end : office.end + 1]
        return opens and len(told) > 0 and told[0].tag_ in FINITE

    def _is_companion(self, office: OfficeSpan) -> bool:
        """Tell the wife of "X, his wife and a delegation arrived" from "X, his wife, arrived"."""
        owned = self.doc[office.start].lower_ in word_set("possessive")
        if office.form.office != "spouse" or not owned:
            return False
        at = office.end + (self.doc[office.end : office.end + 2].text == ", and")
        joint, behind = self.doc[at : at + 1], self.doc[at + 1 : at + 2]
        return joint.text == "and" and bool(len(behind)) and behind[0].pos_ in _OPENS_NOUN

    def _body_chaired(self, end: int) -> OfficeSpan | None:
        """Return the second office of "President X of Peru and current chairman of the AU".

        Not that of "President X and the chairman of the AU", nor of "and AU Chairman Y", "and AU
        chairman, Y,".
        """
        doc = self.doc
        owner = self.party_start.get(end + 1 + (doc[end + 1].lower_ == "the"))
        if doc[end].lower_ == "of" and owner is not None:
            end = owner.end
        if text_at(doc, end) not in {"and", "&"}:
            return None
        office = self.by_start.get(end + 1) or self.by_start.get(end + 2)
        if office is None or not leads_body(office):
            return None
        if self._next_name(office.end + (text_at(doc, office.end) == ",")):
            return None
        return office if doc[end + 1].pos_ != "DET" else None

    def _on_next_line(self, name: NameSpan) -> OfficeSpan | None:
        """Return the office on the line below a name that has one of its own.

        Not that of "Ana Ruiz / President Luis Rojas said", which is the next name's.
        """
        doc, at = self.doc, name.end
        if not (doc[at].is_space or doc[at].is_sent_start) or doc[at - 1].is_sent_end is False:
            return None
        alone = all(
            t.lower_ in name_words()["honorific"] or t.text == "."
            for t in doc[doc[name.start].sent.start : name.start]
        )
        while at < len(doc) - 1 and doc[at].is_space:
            at += 1
        office = self.by_start.get(at) if alone and doc[at].is_sent_start else None
        if office is None or office.plural or self._next_name(office.end):
            return None
        verbal = any(t.tag_ in FINITE for t in doc[at].sent)
        return None if verbal else office

    def _over_titular(self, end: int) -> int:
        """Return the second comma of "X, titular of Milevi, apostolic nuncio", else `end`."""
        doc = self.doc
        if text_at(doc, end) != "," or text_at(doc, end + 1) != "titular":
            return end
        see = doc[end + 2 : end + 2 + _SEE]
        return next((token.i for token in see if token.text == ","), end)

    def _is_office_of(self, at: int) -> bool:
        """Tell the office of "Ana Ruiz President of Peru arrived", with no comma before it.

        So of "Ana Ruiz Ambassador to Peru", "Ana Ruiz Advisor for President Luis Rojas".
        """
        office = self.by_start.get(at)
        if office is None or office.head_start != at or self._begins_next_title(office):
            return False
        capital = self.doc[at].text[:1].isupper()
        sent = office.form.scope == "diplomatic" or office.form.office in word_set("aide")
        behind = text_at(self.doc, office.head_end)
        return capital and behind in ({"of", "to", "for"} if sent else {"of"})

    def _is_named_to(self, name: NameSpan) -> bool:
        """Tell the office of "named Ana Ruiz its envoy", "elected Ana Ruiz mayor of Lima"."""
        office, doc = self.by_start.get(name.end), self.doc
        if office is None or office.plural or doc[office.head_start].text[:1].isupper():
            return False
        before = doc[name.start - 1] if name.start else None
        return before is not None and before.lemma_ in word_set("appoints")

    def _apposed_office(self, at: int) -> OfficeSpan | None:
        """Return the office that begins at token `at` or behind some words that go before it.

        Of "the Latvian president's adviser", "President X's adviser" it is the adviser's, who is of
        the president's country.
        """
        while word_at(self.doc, at) in name_words()["honorific"] and at not in self.by_start:
            at += 1 + (text_at(self.doc, at + 1) == ".")  # "X, Hon. President of Peru"
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
            if i in self.names:
                return self._aides(self.names[i].end) if i > at else None
            if self.doc[i].pos_ not in _PREMODIFIERS:
                return None
        return None

    def _aides(self, at: int) -> OfficeSpan | None:
        """Return the aide's office of "X, a senior Ruiz aide, …", which begins at token `at`."""
        office = self.by_start.get(at)
        return office if office is not None and office.form.office in word_set("aide") else None

    def _owner_end(self, at: int, office: OfficeSpan | None) -> int:
        """Return where the owner's phrase at token `at` ends before its "'s", or 0."""
        end = office.end if office is not None else at
        while word_at(self.doc, end) in name_words()["honorific"]:
            end += 1
        name = self.names.get(end)
        end = name.end if name is not None else end
        return end if end > at and text_at(self.doc, end) in GENITIVES else 0

    def _is_next_title(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell whether what follows a name and a comma is the title of the next name.

        "Soe Win, Chief of Staff General Mya" and, where the first has a title of its own,
        "President Lula, President of the Bank, Ilan Goldfajn".
        """
        if self._begins_next_title(office):
            return True
        if name.offices and self._next_name(office.end, joined=True):
            return True  # "President A, Speaker of the Senate and Head of the Council B"
        if name.offices and self._next_name(self._over_body(office.end)):
            return True  # "Envoy A, Head of the Fund for the Arts (FFA) Dr B"
        end = office.end
        if not name.offices or end + 1 >= len(self.doc) or self.doc[end].text != ",":
            return False
        if self._next_name(end + 1):
            return not office.former
        return self._begins_list(office)

    def _over_body(self, at: int) -> int:
        """Return where the rest of a body's name ends ("for the Arts (FFA)"), `at` without one."""
        doc, first = self.doc, at
        while at < min(len(doc), first + _BODY) and at not in self.names:
            within = doc[at].text.istitle() or doc[at].text.isupper() or doc[at].text in _IN_BODY
            if not within or doc[at].lower_ in name_words()["honorific"] or at in self.by_start:
                break
            at += 1
        return at

    def _begins_list(self, office: OfficeSpan) -> bool:
        """Tell that of "Premier X, Premier of Mali, President of Chad and Y": each is another's."""
        following = self.by_start.get(office.end + 1)
        lands = {office.country, following.country if following is not None else None}
        return len(lands) > 1 and all(is_country(land or "") for land in lands)

    def _is_next_subject(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell "After talks with Xi, the Malian president flew home" from an apposition.

        So "he will meet Xi, a spokesman for the ministry said": who says it is no Xi. Where the
        parse takes the office for an apposition, its verb is left without a subject. In "After
        talks with Xi, Keita, the Malian president flew home" the office is his.
        """
        doc, end = self.doc, office.end
        if self._tells_what_was_said(office):
            return True
        opened = doc[office.head_start].sent.start
        led = doc[opened].pos_ in {"ADP", "SCONJ", "VERB"}
        while end < len(doc) and doc[end].pos_ == "ADV":
            end += 1  # "the Malian president then flew home"
        goes_on = end < len(doc) and doc[end].pos_ in VERBS
        if not (led and goes_on) or self._begins_clause_with(name):
            return False
        lacking = doc[end].tag_ in FINITE and not any(c.dep_ in SUBJECTS for c in doc[end].children)
        return doc[office.head_end - 1].dep_ in SUBJECTS or lacking

    def _begins_clause_with(self, name: NameSpan) -> bool:
        """Tell X of "In May, X, the Malian president will go", "After talks with A, X, the"."""
        return text_at(self.doc, self._over_honorifics(name.start) - 1) == ","

    def _tells_what_was_said(self, office: OfficeSpan) -> bool:
        """Tell the spokesman of "he will meet Xi, a spokesman said", what he said before him."""
        teller = self.doc[office.head_end - 1]
        if teller.dep_ != "nsubj" or teller.head.i < teller.i:
            return False
        return any(c.dep_ == "ccomp" and c.i < office.start for c in teller.head.children)

    def _is_second_bare(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell "Xi, Slovak PM agree on trade" from "Xi, Chinese president, agrees on trade"."""
        doc, end = self.doc, office.end
        opens = doc[name.start].is_sent_start and name.end - name.start == 1
        bare = office.determiner is None and office.country and not name.offices
        return bool(opens and bare) and end < len(doc) and doc[end].pos_ in VERBS

    def _is_of_next_land(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell the next entry of "Malian minister X, Peru's premier, and Chile's" from X's office.

        So of "X of Mali, the premier of Peru"; "Malian-born X, Peru's premier" holds it.
        """
        if (
            not is_country(office.country or "")
            or office.former
            or office.form.scope not in NATIONAL
        ):
            return False
        own = [o for o in name.offices if o.end <= name.start and not o.former]
        lands = [o.country for o in own if o.form.scope in NATIONAL and is_country(o.country or "")]
        beside = self.country_beside(name) if not lands else None
        lands += [beside] if is_country(beside or "") else []
        return bool(lands) and office.country not in lands

    def _begins_next_title(self, office: OfficeSpan) -> bool:
        """Tell "Xi Jinping, President Putin and …" from "Xi Jinping, president of China"."""
        kin = office.form.office == "spouse"
        if kin and text_at(self.doc, office.head_end) == "of":
            return False  # "Ana Ruiz, the wife of former Malian | minister Omar Keita"
        return office.determiner in {None, "the"} and self._next_name(office.end)

    def _next_name(self, at: int, *, joined: bool = False) -> bool:
        """Tell whether a name begins at token `at`, or behind more offices and honorifics.

        Args:
            joined: whether an "and" may stand before a further office.
        """
        doc, styles = self.doc, name_words()["honorific"]
        while at < len(doc):
            if doc[at].is_sent_start and doc[at - 1].lower_ not in styles:
                return False  # not "A, premier of Peru⏎Mr B, premier of Chile"
            at += joined and doc[at].lower_ in {"and", "&"} and at + 1 in self.by_start
            if at in self.names:
                return True
            office = self.by_start.get(at)
            if office is not None and not office.plural:
                at = office.end
            elif doc[at].lower_ in styles and doc[at].text[:1].isupper():
                at += 1 + (text_at(doc, at + 1) == ".")
            elif doc[at].lower_ == "the" and word_at(doc, at + 1) in styles:
                at += 1  # "the Honourable Mr X"
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

    def _opens_copula(self, at: int) -> bool:
        """Tell the word that may open "is president of" or is its verb."""
        words = self.doc[at : at + 1]
        told = word_set("copula")
        return any(t.lemma_ in told or t.lower_ in word_set("copula_opener") for t in words)

    def _now_held(self, at: int) -> OfficeSpan | None:
        """Return the office of "the former premier Ana Ruiz, now the UN envoy, arrived"."""
        held = self.doc[at].lower_ in word_set("held_now")
        office = self._apposed_office(at + 1) if held else None
        return None if office is None or self._next_name(office.end) else office

    def _copular(self, start: int) -> OfficeSpan | None:
        doc = self.doc
        for i in range(start, min(start + _COPULA_REACH, len(doc))):
            if (doc[i].text in {",", ".", ";"} or i in self.names) and i > start:
                return None  # also "A appointed B as governor"
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


def leads_body(office: OfficeSpan) -> bool:
    """Tell the chair of a body of states, which who leads one of them holds for a time."""
    of_body = bool(office.country) and not is_country(office.country or "")
    chairs = word_set("chairs_body") & set(office.title.lower().split())
    return of_body and bool(chairs) and office.determiner is None and not office.plural


__all__ = ["OfficesBehind", "leads_body"]
