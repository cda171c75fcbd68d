"""What an office is the office of: what stands right of its head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from spacy.tokens import Doc, Token

from pipeline.labels import TENSED
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.names import is_name_word
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.offices.office_matters import portfolio_words
from pipeline.stages.entities.offices.portfolio_lists import Portfolios
from pipeline.stages.entities.offices.title_owners import TitleOwners, head_words
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import callings, institution_words, word_set

_PLURAL_GENITIVES = frozenset({"'", "’"})
#: What counts the ministers of one matter.
_NUMBERED = frozenset({"II", "III"})
_MATTER_OPENERS = frozenset({"of", "for"})
#: How far before a word of a matter its "of" stands, and before the head of a title its first word.
_MATTER_REACH, _HEAD_AHEAD = 7, 4
#: Ends of words for what is done or is so, which are no names.
_ABSTRACT = re.compile(r"...(?:[st]ions?|ments?|ness|ships?|[^c]ity|prises?|asters?)$")


@dataclass
class Right:
    """What an office is the office of, from token `start` to `end`, and the party in it."""

    start: int
    end: int
    #: Where the words of the title end; `end` is further where only the party follows.
    title_end: int
    party: PartySpan | None = None
    #: Whether words of an institution stand there ("of the Municipal Council").
    institution: bool = False
    #: Whether it is rather an organization of many countries than of one.
    supranational: bool = False
    #: Where a matter that no table has ends, behind which a name may stand.
    matter_end: int = -1


class OfficeComplements(Portfolios, TitleOwners):
    """Reads what stands behind the heads of offices in one Doc."""

    def __init__(self, doc: Doc, parties: Sequence[PartySpan]) -> None:
        self.doc = doc
        self.by_end = {party.end: party for party in parties}
        self.by_start = {party.start: party for party in parties}
        self.covering = {i: party for party in parties for i in range(party.start, party.end)}

    #: The ends of the heads of offices that are ranks by their starts.
    ranks: Mapping[int, int] = MappingProxyType({})

    def right(self, i: int, *, posting: bool, speaking: bool = False) -> Right:
        """Read what an office is the office of, from token `i` on.

        Args:
            posting: whether the office is a diplomat's, who is posted "in" or "to" a country.
            speaking: whether the holder speaks "for" somebody.
        """
        doc = self.doc
        straddling = self.covering.get(i - 1)
        if straddling is not None and straddling.start < i < straddling.end:
            # "President of the | Republic of Botswana": the country's long name began in the head.
            return Right(i, straddling.end, i, straddling)
        if text_at(doc, i) in _NUMBERED and doc[i + 1 : i + 2].text.istitle():
            return Right(i, i + 1, i + 1)  # "Finance Minister II Omar Azizan"
        if region := self._region_behind(i):
            return Right(i, region, i)
        if text_at(doc, i) == "(" and doc[i + 2 : i + 4].text.lower() in {
            ")of",
            ") of",
            ") for",
        }:
            i += 3  # "Director (Ag) of the Information Service"
        read = Right(i, i, i, self._owner_of_title(i))
        if read.party is not None or self._is_of_titled(i):
            return read
        if (land := self._land_of_patron(i)) is not None:
            return Right(i, i, i, land)
        if (land := self._land_of_peer(i)) is not None:
            return Right(i, land.end, land.end, land)
        if (land := self._land_of_origin(i)) is not None:
            return Right(i, land.end, i, land)
        if bureau := self._bureau_of_chief(i):
            return Right(i, bureau, bureau, institution=True)
        if posting and (matter := self.matter_abroad(i)):
            where = next(token.i for token in doc[i:matter] if token.text == "in")
            return Right(i, matter, where)
        if i >= len(doc) or not self._opens(i, posting=posting):
            return read
        at = i
        speaking = speaking and doc[i].lower_ == "for"
        while at < len(doc):
            if speaking and self._is_patron(at):
                party = self.by_end.get(at)
                read.party = read.party or party
                read.end = i
                break
            step = self._step_right(read, at, posting=posting, speaking=speaking)
            if not step:
                break
            at += step
        read.title_end = read.end
        return read

    def _opens(self, i: int, *, posting: bool) -> bool:
        """Tell whether what an office is the office of begins at token `i`."""
        doc = self.doc
        lower = doc[i].lower_
        if lower in word_set("posting_opener"):
            posted = posting or doc[i : i + 2].text.lower() == "in charge"
            return posted or self._is_matter(i) or self._is_owned_institution(i + 1)
        if lower in APOSTROPHE_S:
            # "Vice Chairwoman of the National Assembly's Committee", not "the King's state visit".
            if i + 2 >= len(doc) or {i + 1, i + 2} & self.head_starts:
                return False  # "the President's Media Director General"
            if doc[i - 1].lower_ in head_words():
                return False  # "the President's Press Office Secretary"
            return doc[i + 1].text[:1].isupper() and self._is_subject_matter(doc[i + 1])
        if lower in word_set("office_opener") or self._goes_on(i) or self._portfolio_list(i):
            return True
        if self._adds_matter(i, i):
            return True
        if self._is_subject_matter(doc[i - 1]) and doc[i].lower_ in institution_words():
            return doc[i].text.istitle() and self._is_subject_matter(doc[i])
        if self._is_unlisted_matter(i):
            return True
        # "Secretary Commerce", "Director General Health", "Speaker National Assembly".
        before = doc[i - 1]
        postposed = before.lower_ in word_set("postposed_head") and before.text.istitle()
        return postposed and doc[i].text.istitle() and self._is_subject_matter(doc[i])

    def _is_owned_institution(self, i: int) -> bool:
        """Tell the "Cambodia's Ministry" of "Secretary of State at Cambodia's Ministry"."""
        party = self.by_start.get(i)
        if party is None or party.end + 1 >= len(self.doc):
            return False
        owns = self.doc[party.end].text in APOSTROPHE_S
        return owns and self._is_subject_matter(self.doc[party.end + 1])

    def _is_rank_of_name(self, at: int) -> bool:
        """Tell the rank of "the chief of the Malian army General X" from a "consulate general"."""
        end = self.ranks.get(at, 0)
        named = 0 < end < len(self.doc) and self.doc[end].ent_type_ == "PERSON"
        return named and self.doc[at - 1].lower_ not in word_set("before_general")

    def _begins_name(self, read: Right, at: int) -> bool:
        """Tell a name that the model took into the institution before it.

        "Head of the Foreign Policy Department | Dastan Dyushekeyev, …". Not the "Minister" of
        "Deputy Prime Minister and Foreign Minister Bishnu Poudel".
        """
        if at - 1 < read.start:
            return False
        token, last = self.doc[at], self.doc[at - 1].lower_
        # "the Libyan Presidential Council | Musa Ali", all of which the model takes for a body
        behind = last in word_set("head_of_institution") and token.text.istitle()
        named = behind and token.lower_ not in institution_words() and is_name_word(token.text)
        following = self.doc[at + 1 : at + 2].text
        return (named and following.istitle()) or self._is_name_at(at)

    def _is_patron(self, i: int) -> bool:
        """Tell the "Minister Joly" of "a spokesman for Minister Joly", an office of its own."""
        if i not in self.head_starts or not self.doc[i].text[:1].isupper():
            return False
        ahead = self.doc[i + 1 : i + 5]
        return any(t.ent_type_ == "PERSON" or t.pos_ == "PROPN" for t in ahead)

    def _land_of_patron(self, i: int) -> PartySpan | None:
        """Return "Peru" for "a spokesman | for Peru's prime minister Ana Ruiz", an office of hers.

        Not for "a spokesman for Peru's prime minister, Luis Rojas,", who may be the spokesman, nor
        for "Spokesman for Peru's prime minister Luis Rojas", a title of his.
        """
        doc = self.doc
        if text_at(doc, i) not in {"of", "for", "to"}:
            return None
        at = i + 1 + (text_at(doc, i + 1) == "the")
        party = self.by_start.get(at)
        articles = {t.lower_ for t in doc[max(doc[i].sent.start, i - 5) : i - 1]} & {
            "a",
            "an",
            "the",
        }
        if party is None or not articles:
            return None
        head = party.end + (text_at(doc, party.end) in APOSTROPHE_S)
        end = next((e for e in range(head + 1, head + 4) if doc[e : e + 1].text.istitle()), 0)
        named = end > 0 and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "B"
        owns = named and head in self.head_starts and all(t.is_lower for t in doc[head:end])
        return party if owns else None

    def _step_right(self, read: Right, at: int, *, posting: bool, speaking: bool) -> int:
        """Take in what starts at token `at`; return how many tokens to go on by, 0 to stop."""
        token = self.doc[at]
        opener = self.doc[read.start].lower_
        found = self.by_start.get(at)
        if found is not None and self._is_of_next_office(found, read):
            return 0
        if found is not None and not self._begins_title(found, read):
            subject = self._is_affairs(found.end) or self._is_matter_of_panel(at)
            owner = opener == "of" or speaking or self._is_owned_institution(at)
            owner = owner or (found.form == "name" and self._is_behind_of(at))
            if read.party is None and (found.is_country or found.acts) and owner:
                read.party = None if subject else found
            read.end = found.end
            return found.end - at
        if read.party is not None:
            if token.text == "," and at + 1 in self.by_start:
                return 1
            if listed := self._definite_in_list(at):
                return listed
            if token.lower_ in word_set("other_matter") and (opener != "of" or not posting):
                return 0
        return self._step_over_right(read, token)

    def _is_of_named_body(self, read: Right, token: Token) -> bool:
        """Tell "of the | Malian Fatherland Front X", a body's name, from "of Mali | X".

        The model takes the body for one, and it ends in a word of bodies.
        """
        if read.party is None or self.doc[read.party.start - 1].lower_ != "the":
            return False
        at = token.i
        while (
            at < len(self.doc) and self.doc[at].ent_type_ == "ORG" and self.doc[at].ent_iob_ == "I"
        ):
            at += 1
        words = {t.lower_ for t in self.doc[token.i : at]}
        return not words.isdisjoint(institution_words() | word_set("private_body"))

    def _is_behind_post(self, read: Right, token: Token) -> bool:
        """Tell the "Batbold" that the model took into "Ambassador to Norway | Batbold Ganbat"."""
        post = self.by_end.get(token.i)
        if post is None or post.form != "name" or self.doc[read.start].lower_ not in {"to", "in"}:
            return False
        return token.text.istitle() and token.lower_ not in institution_words()

    def _is_behind_of(self, at: int) -> bool:
        """Tell the "Ghana" of "Minister for Trade and Industry of Ghana", also in small letters."""
        at -= self.doc[at - 1].lower_ == "the"
        matter = self.doc[at - 2]
        known = matter.text.istitle() and matter.lower_ in institution_words()
        return self.doc[at - 1].lower_ == "of" and (known or matter.lower_ in portfolio_words())

    def _definite_in_list(self, i: int) -> int:
        """Return the length of the joint of "of Morocco, the Netherlands and the Gambia", or 0."""
        doc, at = self.doc, i
        while at < len(doc) and doc[at].lower_ in {",", "and"} and at - i < 2:
            at += 1
        if at == i or word_at(doc, at) != "the":
            return 0
        party = self.by_start.get(at + 1)
        if party is None or not party.is_country or party.form != "name":
            return 0
        following = word_at(doc, party.end)
        return 0 if following in head_words() | APOSTROPHE_S else at + 1 - i

    def _step_over_right(self, read: Right, token: Token) -> int:
        doc, at = self.doc, token.i
        if read.party is not None and at == read.party.end:
            known = token.lower_ in institution_words() or not token.text.istitle()
            if not known and not self._is_of_named_body(read, token):
                return 0  # "President of Laos | Thongloun Sisoulith"
        elif self._is_behind_post(read, token):
            return 0
        if at > read.start:
            if self._is_rank_of_name(at):
                return 0
            if doc[at : at + 3].text.lower() in word_set("before_party"):
                return 3  # "a delegation of high-level Kenyan officials"
            ranked = token.lower_ in word_set("ranks_party")
            if ranked and word_at(doc, at + 1) in word_set("before_party", "party_noun"):
                return 1  # "the leader of Peru's main opposition party"
            if token.lower_ in word_set("before_party") or token.pos_ == "NUM":
                return 1  # "the ruling Botswana Democratic Party", "of five Kenyan ministers"
        listed = self._portfolio_list(at) if token.text in {",", "and", "&"} else 0
        if listed:
            read.end = listed
            return listed - at
        if added := self._adds_matter(read.start, at):
            read.end = read.matter_end = added
            return added - at
        if token.lower_ in {"at", "in"}:
            return int(at == read.start or self._is_matter(at))
        if token.text in _PLURAL_GENITIVES:
            return int(doc[at - 1].lower_.endswith("s"))  # "of the Maldives' parliament"
        if token.lower_ in word_set("office_connector"):
            return 0 if token.lower_ == "and" and self._is_next_office(read, at + 1) else 1
        if token.text == "(" and at + 2 < len(doc) and doc[at + 2].text == ")":
            read.end = at + 3 if doc[at + 1].text.isupper() else read.end
            return 3
        led = doc[at - 1].text[:1].isupper() or doc[at - 1].lower_ in {"for", "and", "the"}
        continent = token.text in word_set("continent") and led
        if token.ent_type_ == "LOC" and "for" in {t.lower_ for t in doc[read.start : at]}:
            continent = token.text.istitle()  # "envoy for the Horn of Africa"
        hyphened = text_at(doc, at + 2) if word_behind(token) == "-" else ""
        of_matter = hyphened.istitle() and word_at(doc, at + 3) in institution_words()
        if hyphened in word_set("continent") or (of_matter and token.text.istitle()):
            read.end = at + 3  # "Secretary of State for Ibero-America", "for Euro-Asian Affairs"
            return 3
        if paired := self._paired_matter(at, end=read.end):
            read.end = at + paired
            return paired
        complement = _is_complement(token) or self._is_region(at) or continent
        if self._is_unlisted_matter(at):
            read.end = at + 1
            return 1
        known = token.lower_ in institution_words()
        if not known and (matter := self._minister_matter(read.start, at)):
            read.end = read.matter_end = matter
            read.institution = True
            return matter - at
        if at == read.matter_end and not known and token.text.istitle():
            return 0  # "Minister of Urbanism | Ana Ruiz"
        if at == read.end and self.by_end.get(at) and is_name_word(token.text):
            return 0  # "Minister for Francophonie | Ana Ruiz"
        if complement and not self._begins_name(read, at) and not self._is_behind_region(at):
            read.institution = read.institution or token.lower_ in institution_words()
            read.supranational |= token.lower_ in word_set("supranational")
            read.end = at + 1
            return 1
        return 0

    def _is_unlisted_matter(self, i: int) -> bool:
        """Tell the "Transition" of "Minister of Energy Transition Ana Ruiz" from a name.

        So is a word that no table has behind one of a matter, before a name or more of the title.
        """
        doc = self.doc
        token, before = doc[i], doc[i - 1]
        if not token.text.istitle() or not before.text.istitle() or i + 1 >= len(doc):
            return False
        if before.lower_ not in institution_words() or token.lower_ in institution_words():
            return False
        led = any(t.lower_ in _MATTER_OPENERS for t in doc[max(0, i - _MATTER_REACH) : i - 1])
        if not led or is_name_word(token.text) or not _ABSTRACT.search(token.lower_):
            return False
        behind = doc[i + 1]
        if behind.text == "and":
            return word_at(doc, i + 2) in institution_words()
        return behind.text == "," or (behind.ent_type_ == "PERSON" and is_name_word(behind.text))

    def _is_next_office(self, read: Right, at: int) -> bool:
        """Tell "and the premier", "of Laos and | President X", "and | prime ministers", from more.

        So "of Dubai and | Deputy Supreme Commander"; "Minister for Trade and the Pacific" goes on.
        """
        doc = self.doc
        following, behind = text_at(doc, at), text_at(doc, at + 1)
        ahead = at
        while ahead < min(at + _HEAD_AHEAD, len(doc)) and doc[ahead].text.istitle():
            head = ahead in self.head_starts or doc[ahead].lower_ in callings()
            if ahead > at and head and not self._is_subject_matter(doc[ahead]):
                return True
            ahead += 1
        told = read.party is not None and at in self.head_starts
        return told or (following.lower() == "the" and behind not in word_set("continent"))

    def _goes_on(self, i: int) -> bool:
        """Tell the rest of "minister for foreign affairs | and external trade"."""
        doc = self.doc
        if doc[i].lower_ not in {"and", "&"} or i + 1 >= len(doc) or self._joins_next_title(i):
            return False
        following = doc[i + 1].lower_
        many = doc[i - 1].tag_ == "NNS" and doc[i - 1].lower_ in head_words()
        if i + 1 in self.head_starts and (many or doc[i + 1].text.islower()):
            return False  # "Peru's defence minister | and foreign ministers from Mali and Chad"
        if self._is_region_too(i):
            return True
        if not {doc[i - 1].lower_, following} <= institution_words():
            return False
        if following not in head_words() or following in word_set("portfolio"):
            return True
        behind = word_at(doc, i + 2)
        return following in portfolio_words() and behind not in word_set("office_noun")

    def _is_of_next_office(self, found: PartySpan, read: Right) -> bool:
        """Tell the Chad of "the premier of Peru, Chad's president", "… Peru, Chadian president"."""
        apart = self.doc[found.start - 1].lower_ in {",", "and", "&", "the"}
        owns = text_at(self.doc, found.end) in APOSTROPHE_S | _PLURAL_GENITIVES
        titled = self.doc[found.end : found.end + 1].text.istitle()  # "US Secretary of State"
        head = found.end + owns if owns or titled or found.form == "adjective" else -1
        known = bool({head, found.start} & self.head_starts)
        return read.party is not None and apart and known

    def _begins_title(self, found: PartySpan, read: Right) -> bool:
        """Tell a country that begins the next title ("… of the Duma, Russian President …")."""
        before = self.doc[found.start - 1].text
        apart = before == "," or (before in {"and", "&"} and found.end in self.head_starts)
        return found.form == "adjective" and apart and read.end > read.start


def _is_complement(token: Token) -> bool:
    known = token.lower_ in institution_words()
    if token.ent_type_ == "PERSON" and not (known and _opens_entity(token)):
        return False
    if known:  # not the verb of "the queen of Norway | travel to Oman"
        return not (token.is_lower and token.tag_ in TENSED)
    if token.pos_ in {"VERB", "AUX", "PRON", "PUNCT", "SCONJ", "NUM"}:
        return False
    return token.ent_type_ in {"ORG", "GPE"} and token.text[:1].isupper()


def _opens_entity(token: Token) -> bool:
    """Tell the "Marine Resources" that the model took into "Marine Resources Ana Ruiz"."""
    while token.ent_iob_ == "I" and token.i and token.nbor(-1).lower_ in institution_words():
        token = token.nbor(-1)
    return token.ent_iob_ == "B"


__all__ = ["OfficeComplements", "Right"]
