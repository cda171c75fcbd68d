"""Private persons, named beside an event, who are of no country that the article tells."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import name_words, word_set

#: How far behind a name the noun of its apposition stands, in tokens.
_REACH = 5
#: How many tokens ", a 34-year-old" has at most.
_AGE = 8
#: How far from a name a body is told that somebody serves, in tokens.
_BODY = 14
#: Of how many years one is told in "Rasel, 40,".
_YOUNGEST, _OLDEST = 1, 110
_SIGNS = frozenset({",", "("})
_VERBAL = frozenset({"VERB", "AUX"})
#: What ends the phrase that tells who one is.
_CLOSING = frozenset({",", ".", ";", ":", ")"})


def is_private(doc: Doc, person: Person) -> bool:
    """Tell a resident, a pupil, a victim's father from those of whom a country's news tells.

    "Teacher Ana Ruiz", "Ana Ruiz, the mother of a pupil,", "Ana Ruiz (14)" and "their daughter,
    Ana" fire; one who holds an office does not.
    """
    if person.leader is not None:
        return False
    if person.offices:
        plain = all(office.kind in word_set("no_office_of_state") for office in person.offices)
        if plain and any(_is_befallen(doc, span) for span in person.spans):
            return True  # "the murder of the journalist X"
        return all(o.form.form in word_set("private_person") for o in person.offices)
    if any(_is_aged(doc, span) or _is_told_private(doc, span) for span in person.spans):
        return True
    return any(_is_befallen(doc, span) for span in person.spans)


def is_of_no_land(doc: Doc, person: Person) -> bool:
    """Tell the staff of a body that works everywhere: "Ana Ruiz, a researcher at Oxfam,".

    Not who is told to be of a country, nor who but speaks of it ("Ana Ruiz met Oxfam's chief").
    """
    told = person.countries or person.leader or any(office.country for office in person.offices)
    return not told and any(_serves_everywhere(doc, span) for span in person.spans)


def _serves_everywhere(doc: Doc, name: NameSpan) -> bool:
    start, end = name.start, name.end
    while start > max(0, name.start - _BODY) and _is_of_phrase(doc, start - 1):
        start -= 1
    behind = doc[end : end + 1].text
    while behind in {",", "of", "from", "(", "with"} and end < min(len(doc), name.end + _BODY):
        end += 1
        if doc[end : end + 1].text in _CLOSING or doc[end : end + 1].text == "":
            break
        if doc[end].tag_ in FINITE:
            break
    phrases = (doc[start : name.start].text.lower(), doc[name.end : end].text.lower())
    return any(body in phrase for body in word_set("body_of_no_land") for phrase in phrases)


def _is_of_phrase(doc: Doc, at: int) -> bool:
    return doc[at].pos_ not in {"VERB", "AUX", "ADP"} and doc[at].text not in _CLOSING


def _is_aged(doc: Doc, name: NameSpan) -> bool:
    """Tell "Ana Ruiz, 34, said", "Ana Ruiz (14)", "34-year-old Ana Ruiz"."""
    if doc[max(0, name.start - 4) : name.start].text.lower().endswith("-year-old"):
        return True
    if _is_years_old(doc, name.end):
        return True
    behind = doc[name.end : name.end + 3]
    if len(behind) < 2 or behind[0].text not in _SIGNS:
        return False
    told = behind[1].text
    aged = told.isascii() and told.isdigit() and _YOUNGEST <= int(told) <= _OLDEST
    return aged and behind[-1].text in _CLOSING


def _is_years_old(doc: Doc, end: int) -> bool:
    """Tell "Ana Ruiz, a 34-year-old waitress," from "Ana Ruiz, a 34-year-old senator,"."""
    if doc[end : end + 1].text != "," or doc[end + 1 : end + 2].text not in {"a", "an"}:
        return False
    old = next((t.i for t in doc[end + 2 : end + _AGE] if t.lower_ == "old"), None)
    if old is None:
        return False
    public = word_set("public_calling", "sportsperson", "head_of_body")
    for token in doc[old + 1 : old + 1 + _REACH]:
        if token.text in _CLOSING or token.pos_ in {"VERB", "AUX", "ADP"}:
            break
        if token.lemma_.lower() in public:
            return False
    return True


def _is_befallen(doc: Doc, name: NameSpan) -> bool:
    """Tell the X of "Police arrested X", "X was killed", "the murder of X", "X and other victims".

    Whom a phrase describes is left to what that tells: "the mayor, X, was arrested".
    """
    behind = doc[name.end : name.end + 3]
    if behind[:2].text.lower() in {"and other", "and others"}:
        return behind[-1].lemma_.lower() in word_set("private_person")
    token = doc[name.start : name.end].root
    if any(_describes(child, name) for child in token.children):
        return False
    while token.dep_ in {"conj", "appos"} and token.head is not token:
        token = token.head
    fates = word_set("befalls_private")
    if any(child.dep_ == "relcl" and child.lemma_ in fates for child in token.children):
        return True
    if token.dep_ != "pobj":
        return token.head.pos_ in _VERBAL and token.head.lemma_ in fates
    led, head = token.head.lower_, token.head.head
    if led == "of":
        return head.lemma_.lower() in word_set("fate_noun")
    return led in {"by", "as"} and head.pos_ in _VERBAL and head.lemma_ in fates


def _describes(child: Token, name: NameSpan) -> bool:
    """Tell a word for an office from "Mr.", "journalist", and the letters in "Ana Ruiz, SC"."""
    told = child.dep_ in {"appos", "compound", "amod", "nmod"}
    style = child.text.isupper() or child.lower_ in name_words()["honorific"]
    style = style or child.lemma_.lower() in word_set("private_calling")
    return told and not style and not name.start <= child.i < name.end


def _is_told_private(doc: Doc, name: NameSpan) -> bool:
    """Tell the worker of "school worker X", the mother of "X, whose mother", "X, a resident"."""
    private = word_set("private_person")
    at = name.start - 1
    at -= at > 0 and doc[at].text == ","
    if at >= 0 and doc[at].text.islower() and doc[at].lemma_ in private:
        # "his father X" is whosever the one is of whom one tells
        return not any(t.tag_ in {"PRP$", "POS"} for t in doc[max(0, at - 2) : at])
    if at >= 0 and doc[at].is_sent_start and doc[at].lemma_.lower() in private:
        return True
    if doc[name.end : name.end + 1].text != ",":
        return False
    for token in doc[name.end + 1 : name.end + 1 + _REACH]:
        if token.text in _CLOSING or token.pos_ in {"VERB", "AUX", "ADP"}:
            return False
        if token.lemma_ in private and token.text.islower():
            return True
    return False


__all__ = ["is_of_no_land", "is_private"]
