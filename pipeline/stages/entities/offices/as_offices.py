"""Offices told with "as", or in a phrase that opens the clause of their holder.

"As president of Peru, X travelled", "X left as Peru's president", "Since becoming president of Peru
in 2021, X has travelled", "Elected Peru's premier last week, X left".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE, NOUNS, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import name_words, word_set

_LINKS = frozenset({"as", "while", "when"})
_PERSONAL = frozenset({"he", "she"})
_RELATIVES = frozenset({"who", "whom"})
#: How far above its "as" the verb or noun is whose doer held the office.
_CLIMB = 3
#: How many tokens before "as" it is denied.
_DENIED = 8
#: How far before an office "becoming", and before that "since", may stand, in tokens.
_RISEN, _RISEN_AFTER = 7, 5
#: How far before an office the name may end of whom it is given to, and before it the verb.
_NAMED = 7
#: How long the phrase may be before the office, and what tells of it behind ("in May 2021").
_LONGEST_OPENING, _LONGEST_TAIL = 14, 7


def attach_as(doc: Doc, names: Sequence[NameSpan], offices: Sequence[OfficeSpan]) -> None:
    """Give offices behind "as" to those who do something in them.

    "In her role as prime minister of Peru, Ana Ruiz flew home", "Ana Ruiz's visit to Chile as
    Peruvian premier", "Ana Ruiz went to Chile in 2016, when she was premier of Peru" fire; "They
    hailed Chile's Luis Rojas as Peru's friend" gives Luis Rojas no office of Peru.
    """
    starts = {name.start: name for name in names}
    ends = {name.end: name for name in names}
    covering = {i: name for name in names for i in range(name.start, name.end)}
    for office in offices:
        at, was = office.start - 1, None
        if office.plural or office.end in starts:
            continue  # "X, while President Y was greeted by Z"
        if _is_taken_up(doc, office, covering):
            _give(office, _behind(doc, office, starts))
            continue
        if _give(office, _risen(doc, office, starts)):
            continue
        if (named := _named_to(doc, office, ends)) is not None and _give(office, named):
            named.offices.insert(0, named.offices.pop())  # he is a general, but comes as this
            continue
        if at < 0:
            continue
        if doc[at].lemma_ == "be" and doc[at - 1].lower_ in _PERSONAL:
            was = doc[at]
            at -= 2  # "When he was premier of Peru, X"
        if at < 0 or doc[at].lower_ not in _LINKS:
            continue
        if any(t.lower_ in word_set("denial") for t in doc[max(0, at - _DENIED) : at]):
            continue  # "does not speak as the representative of the EU"
        if office.determiner in {"a", "an"} and not is_country(office.country or ""):
            continue  # "came as a representative of the EU", which he may be for once
        name = _behind(doc, office, starts) if _opens(doc, at) else None
        bare = office.determiner is None  # not "X, while the delegation of Chile left"
        if name is None and doc[at].lower_ != "as" and doc[at - 1].text == "," and bare:
            name = ends.get(at - 1)  # "X, when premier of Peru, …"
        if name is None and doc[at].lower_ == "as" and at - 1 not in covering:
            name = _doer(doc[at].head, covering)
        if name is None and was is not None and was.head != was:
            name = _doer(was.head, covering)  # "Ana Ruiz came in 2016, when she was premier"
            name = name if name is not None and " " in name.text else None
            office.former = office.former or name is not None
        if _give(office, name):
            office.former = office.former or doc[at - 1].lower_ == "predecessor"


def _give(office: OfficeSpan, name: NameSpan | None) -> bool:
    """Give an office to who has none of a country, nor one that is of another."""
    if name is None or any(o.country for o in name.offices):
        return False
    if name.country and name.country != office.country:
        return False
    name.offices.append(office)
    return True


def _risen(doc: Doc, office: OfficeSpan, starts: Mapping[int, NameSpan]) -> NameSpan | None:
    """Return X of "X flew in, his first trip since becoming Peru's premier", the only one named.

    So of "X landed, a year after he was sworn in as Peru's premier"; nobody of "X landed after Y
    was sworn in as Peru's premier", "X landed before becoming premier".
    """
    sentence = doc[office.start].sent
    opening = doc[max(sentence.start, office.start - _RISEN) : office.start]
    rises = next((t for t in reversed(opening) if t.lemma_ in word_set("rises_to_office")), None)
    if rises is None or not {t.lower_ for t in doc[rises.i : office.start]} <= word_set("of_rise"):
        return None
    before = doc[max(sentence.start, rises.i - _RISEN_AFTER) : rises.i]
    since = next((t for t in reversed(before) if t.lower_ in word_set("since_rise")), None)
    if since is None or any(t.text == "," for t in doc[since.i : rises.i]):
        return None
    told = [starts[i] for i in range(sentence.start, office.start) if i in starts]
    alone = len(told) == 1 and told[0].end <= since.i
    return told[0] if alone and office.end not in starts else None


def _named_to(doc: Doc, office: OfficeSpan, ends: Mapping[int, NameSpan]) -> NameSpan | None:
    """Return X of "named X its first ambassador to Peru", "chose X to be the ambassador".

    Nobody of "named X's brother the ambassador", "named X, the ambassador said".
    """
    for at in range(office.start, max(0, office.start - _NAMED), -1):
        if (name := ends.get(at)) is not None:
            before = doc[max(0, name.start - _NAMED) : name.start]
            told = any(t.lemma_ in word_set("names_to_post") and t.pos_ in VERBS for t in before)
            passive = any(t.lower_ in word_set("passive_be") for t in before)
            return name if told and not passive else None
        own = doc[at - 1]
        if own.text in {",", ";", "."} or (own.pos_ in VERBS and own.lower_ != "be"):
            return None
    return None


def _is_taken_up(doc: Doc, office: OfficeSpan, covering: Mapping[int, NameSpan]) -> bool:
    """Tell an office in a phrase that opens a clause, of whose doer it tells that he took it up.

    "Since becoming", "Sworn in as", "After he became", "Elected", "The second woman to be"; with
    somebody named in it "Succeeding A as" alone.
    """
    first = office.start
    start = next((i for i in range(first, -1, -1) if doc[i].is_sent_start or i == 0), 0)
    if first - start > _LONGEST_OPENING:
        return False
    verbs = word_set("copula") if doc[first - 1].lower_ != "as" else word_set("copula", "acts_as")
    told = any(t.lemma_ in verbs for t in doc[start : first + 1])
    if not told or any(t.text in {",", ";", ":"} for t in doc[start:first]):
        return False
    opening = doc[start:first]
    finite = [t for t in opening if t.tag_ in FINITE]
    if any(i in covering for i in range(start, first)):
        return not finite and any(t.lemma_ in word_set("succeeds") for t in opening)
    by_pronoun = any(t.lower_ in _PERSONAL for t in opening)
    return not finite or (by_pronoun and len(finite) == 1)


def _opens(doc: Doc, at: int) -> bool:
    """Tell the "as" before a clause, and that of "in his role as", "her predecessor as"."""
    before = doc[at - 1] if at else None
    opens = before is None or doc[at].is_sent_start or before.is_space or before.text in {",", ";"}
    return opens or (before is not None and before.lower_ in word_set("held_as"))


def _behind(doc: Doc, office: OfficeSpan, starts: Mapping[int, NameSpan]) -> NameSpan | None:
    """Return X of "as president of Peru, X"."""
    end = office.end
    while end < office.end + _LONGEST_TAIL and text_at(doc, end) != ",":
        if end >= len(doc) or doc[end].pos_ in VERBS or doc[end].is_punct or end in starts:
            return None
        end += 1
    if text_at(doc, end) != ",":
        return None
    end += 1
    while word_at(doc, end) in name_words()["honorific"]:
        end += 1
    return starts.get(end)


def _doer(node: Token, covering: Mapping[int, NameSpan]) -> NameSpan | None:
    """Return who does what a verb or noun tells, or one above it, or to whom it is done."""
    for _ in range(_CLIMB):
        for child in node.children:
            owner = node.pos_ in NOUNS and child.dep_ == "poss"
            if owner and child.i in covering:
                return covering[child.i]
        if node.pos_ in VERBS:
            break
        if node.head == node:
            return None
        node = node.head
    if node.pos_ not in VERBS or node.lemma_ in word_set("takes_for"):
        return None
    undergoes = [c for c in node.children if c.dep_ in {"dobj", "dative"}]
    if any(c.ent_type_ == "PERSON" or c.i in covering for c in undergoes):
        return None
    subject = next((c for c in node.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in _RELATIVES and node.dep_ == "relcl":
        subject = node.head
    if subject is None:
        return None
    inner = [subject, *(c for c in subject.children if c.dep_ == "appos")]
    return next((covering[t.i] for t in inner if t.i in covering), None)


__all__ = ["attach_as"]
