"""Those whom a text tells as a party's or a movement's people: "a member of Likud, X"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from pipeline.labels import FINITE, PLURALS, TIMES
from pipeline.signs import DASHES, ENDS_PHRASE, GENITIVES, OPENS_LIST
from pipeline.stages.entities.countries.affiliations import Affiliation, Affiliations
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import name_words, word_set

#: What people belong to.
_JOINED = frozenset({"party", "movement"})
_SERVED = _JOINED | {"agency"}
#: What may lead from one of its people to a party.
_LINKS = frozenset({"of", "in", "from", "with", "for", "at"})
#: What closes an apposition.
_CLOSING = ENDS_PHRASE | DASHES | {"and", ""}
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "ADV", "NUM", "PRON"})
#: What leads from an aide to the head of a body ("an adviser to AU Commission head X").
_LED_TO = frozenset({"of", "to", "for"})
#: How a body is bound to what of it acts.
_OWNED = frozenset({"poss", "compound", "nmod", "amod"})
#: How many words may stand between a party and its people, before them, and behind the party.
_REACH, _LEAD, _TAIL = 4, 5, 5
#: How many tokens the matter of a rapporteur or an expert has at most.
_MATTER = 30
#: How many tokens a bracket behind a name has at most.
_BRACKET = 8


def members_told(
    affiliations: Affiliations,
    names: Sequence[NameSpan],
    listed: Callable[[int], Sequence[NameSpan]],
    lands: Mapping[int, str],
    parties: Sequence[PartySpan] = (),
) -> Iterator[tuple[int, Affiliation]]:
    """Yield where the names of a party's people start, and the party.

    "Members of Fatah, A and B", "A, a senior Hamas figure", "A of Likud" and "A (Likud)" fire; "an
    expert on Hezbollah, A" and "A, a critic of Likud" do not. So "WHO epidemiologist A", "A, the
    IMF mission chief for Chad".

    Args:
        listed: the names of the list that begins at a token.
        lands: the countries named as an adjective, by the token behind.
        parties: the countries and organizations that the Doc names, whose organizations are read
            as agencies.
    """
    reader = _Reader(affiliations.doc, names, listed)
    for hit in (*affiliations.hits, *map(_as_agency, filter(_employs, parties))):
        if hit.payload.kind not in _SERVED or hit.start in lands or reader.is_part(hit):
            continue
        if affiliations.stands_alone(hit, hit.end) and not affiliations.goes_on(hit):
            yield from ((name.start, hit.payload) for name in reader.people_of(hit))


def _employs(party: PartySpan) -> bool:
    """Tell a body of states called by its name from a country, and from "European"."""
    return not party.is_country and party.acts and party.form in {"name", "abbreviation"}


def _as_agency(party: PartySpan) -> Hit[Affiliation]:
    row = Affiliation(form=party.code, kind="agency", code=party.code)
    return Hit(party.start, party.end, row)


def _own(hit: Hit[Affiliation]) -> frozenset[str]:
    """Return the nouns for those who are of a party, or serve an agency."""
    served = hit.payload.kind == "agency"
    return word_set("belongs", "serves") if served else word_set("belongs")


class _Reader:
    """Reads who stands beside the parties of one Doc."""

    def __init__(
        self,
        doc: Doc,
        names: Sequence[NameSpan],
        listed: Callable[[int], Sequence[NameSpan]],
    ) -> None:
        self.doc, self.listed = doc, listed
        self.starts = {name.start: name for name in names}
        self.ends = {name.end: name for name in names}
        self.within = {i for name in names for i in range(name.start, name.end)}

    def is_part(self, hit: Hit[Affiliation]) -> bool:
        """Tell the "Hezbollah" of "Kataib Hezbollah", another movement."""
        before = self.doc[hit.start - 1] if hit.start else None
        if before is None or before.is_sent_start or before.i in self.within:
            return False
        return before.text[:1].isupper() and before.pos_ == "PROPN"

    def people_of(self, hit: Hit[Affiliation]) -> Iterator[NameSpan]:
        """Yield those who are told as a party's people."""
        appointed = self._appointed(hit) if hit.payload.kind == "agency" else None
        if appointed is not None:
            yield appointed
            return
        led = self._leading(hit) if hit.payload.kind in _JOINED else None
        if led is not None:
            yield led
        noun, start, end = self._behind(hit) or self._before(hit) or (0, 0, 0)
        if end:
            many = self.doc[noun].tag_ in PLURALS
            before = self._named_before(start, end, many=many)
            apposed = before and end < len(self.doc) and self.doc[end].text == ","
            found = before if apposed else self._named_behind(end) or before
            yield from found if many else found[:1]
            return
        sign = self._over_article(hit.start) - 1
        own = self.ends.get(self._over_bracket(sign))
        if own is not None and self._is_of(self.doc[sign].text, hit):
            yield own

    def _appointed(self, hit: Hit[Affiliation]) -> NameSpan | None:
        """Return the X of "the IMF has named X as its mission chief"."""
        head = self.doc[hit.start : hit.end].root
        while head.dep_ in _OWNED and head.head.i > head.i:
            head = head.head  # "the IMF's board"
        if head.dep_ != "nsubj" or head.head.lemma_ not in word_set("appoints"):
            return None
        end = next((c.i for c in head.head.children if c.dep_ == "dobj"), -1)
        return next((self.starts[i] for i in range(head.head.i, end + 1) if i in self.starts), None)

    def _leading(self, hit: Hit[Affiliation]) -> NameSpan | None:
        """Return the X of "Likud (LKD), led by X", "Fatah under X"."""
        doc, at = self.doc, hit.end
        at += doc[at : at + 1].text in {"Party", "party", "movement"}
        if doc[at : at + 1].text == "(" and doc[at + 2 : at + 3].text == ")":
            at += 3
        at += doc[at : at + 1].text in {",", ")"}
        if doc[at : at + 2].text.lower() in {"led by", "headed by"}:
            return self.starts.get(at + 2)
        return None

    def _over_bracket(self, at: int) -> int:
        """Return where the bracket opens that closes before token `at` ("X (Ana) of Likud")."""
        if at < 1 or self.doc[at - 1].text != ")":
            return at
        opens = (i for i in range(at - 2, max(0, at - _BRACKET), -1) if self.doc[i].text == "(")
        return next(opens, at)

    def _is_of(self, sign: str, hit: Hit[Affiliation]) -> bool:
        """Tell "X of Likud", "X (Likud)" from "accused X of Hamas links", "freed X from Hamas"."""
        behind = self.doc[hit.end : hit.end + 1]
        if sign == "(":
            return behind.text in {")", ",", "/"}
        served = hit.payload.kind == "agency"
        if sign not in ({"of", "with"} if served else {"of", "from"}):
            return False
        if sign == "from" and hit.payload.kind != "party":
            return False
        longer = len(behind) > 0 and behind[0].pos_ in _NOMINAL | {"PART"}
        return not longer or behind[0].lower_ in word_set("party_noun")

    def _behind(self, hit: Hit[Affiliation]) -> tuple[int, int, int] | None:
        """Return the noun and bounds of "Hamas's political bureau member", "Likud activists"."""
        doc, at = self.doc, hit.end
        at += doc[at : at + 1].text in GENITIVES
        led = doc[hit.start - 1].lower_ in _LED_TO if hit.start else False
        for i in range(at, min(at + _REACH, len(doc))):
            if i in self.within or (doc[i].pos_ not in _NOMINAL and doc[i].text not in GENITIVES):
                return None
            last = doc[i + 1 : i + 2]
            joined = len(last) > 0 and last[0].pos_ in _NOMINAL and i + 1 not in self.within
            if doc[i].lemma_.lower() in _own(hit) and not joined:
                headed = led and doc[i].lower_ in word_set("head_of_body")
                return None if headed else (i, hit.start, i + 1)
        return None

    def _before(self, hit: Hit[Affiliation]) -> tuple[int, int, int] | None:
        """Return the noun and bounds of "member of the ruling Likud party's central council"."""
        doc, at = self.doc, hit.start
        while at > max(1, hit.start - _REACH) and doc[at - 1].pos_ in _BEFORE_NOUN | {"NOUN"}:
            at -= 1
        noun = at - 2
        if noun < 0 or doc[at - 1].lower_ not in _LINKS:
            return None
        if doc[noun].lemma_.lower() not in _own(hit):
            return None
        end = hit.end
        while end < min(len(doc), hit.end + _TAIL) and end not in self.within:
            if doc[end].text not in GENITIVES and doc[end].pos_ not in _NOMINAL:
                break
            if doc[end].lower_ in name_words()["honorific"] and doc[end].text.istitle():
                break
            end += 1
        return noun, noun, end

    def _over_article(self, at: int) -> int:
        while at > 1 and self.doc[at - 1].pos_ in {"DET", "ADJ"}:
            at -= 1
        return at

    def _named_behind(self, at: int) -> Sequence[NameSpan]:
        """Return A and B of ", A and B," at the end of what tells of a party's people.

        Nobody of "met a member of Likud, A said".
        """
        doc = self.doc
        at = self._over_matter(at)
        sign = doc[at : at + 1].text in OPENS_LIST
        found = self.listed(at + sign)
        if not found or any(i in self.starts for i in range(at, found[0].start)):
            return ()
        closed = doc[found[-1].end : found[-1].end + 1].text in _CLOSING
        return found if not sign or closed else ()

    def _over_matter(self, at: int) -> int:
        """Return where X stands of "the UN special rapporteur on housing in Chad X", or token `at`.

        Not of "a UN envoy on Monday told X".
        """
        doc = self.doc
        if doc[at : at + 1].text.lower() not in {"on", "for"}:
            return at
        for i in range(at + 1, min(len(doc), at + _MATTER)):
            if i in self.starts:
                return i
            if doc[i].tag_ in FINITE or doc[i].text in {".", ";", ":"} or doc[i].is_sent_start:
                break
            if doc[i].ent_type_ in TIMES:
                break
        return at

    def _named_before(self, at: int, end: int, *, many: bool) -> Sequence[NameSpan]:
        """Return A and B of "A and B, both senior" before what tells of a party's people.

        Nobody of "According to A, a Hamas official said", whose subject that is.
        """
        doc, first = self.doc, at
        while at > max(1, first - _LEAD) and doc[at - 1].pos_ in _BEFORE_NOUN:
            at -= 1
            if doc[at].lower_ in {"who", "that"}:
                break
        be = doc[at - 1].lemma_ == "be" if at > 1 else False
        at -= be
        at -= at > 1 and be and doc[at - 1].lower_ == "who"
        subject = doc[end].tag_ in FINITE if end < len(doc) else False
        if at < 1 or not (be or (doc[at - 1].text in OPENS_LIST and not subject)):
            return ()
        at -= doc[at - 1].text in OPENS_LIST
        found: list[NameSpan] = []
        while (name := self.ends.get(at)) is not None:
            found.insert(0, name)
            at = name.start
            while many and at > 1 and doc[at - 1].text in {",", "and", "&"}:
                at -= 1
        return found


__all__ = ["members_told"]
