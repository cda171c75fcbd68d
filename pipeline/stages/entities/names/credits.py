"""Who is but credited with the text or a picture, which tells nothing of their country."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE
from pipeline.stages.entities.names.paired_names import begins_line
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import word_set

_SIGNS = frozenset({",", "/", "(", "-", "–", "|"})
_DASHES = frozenset({"--", "-", "–", "—"})
_CONTRIBUTED = "contribute"
#: What opens the line of the writers, and how many tokens it has at most.
_OPENERS = frozenset({"By", "From", "BY", "FROM"})
_LINE = 20
#: How many tokens the credits below a story have at most.
_CREDITS = 60
#: The small words of a line of names and outlets, and of its date.
_JOINS = frozenset(
    {"and", "the", "of", "for", "in", "at", "by", "with", "am", "pm", "de", "al", "bin"}
)
#: What ends the sentence before those who wrote a story.
_ENDS = frozenset({".", "”", '"', "!", "?"})


def is_credited(doc: Doc, person: Person) -> bool:
    """Tell who wrote, edited or took what is printed, wherever it names them.

    "By Ana Ruiz, dpa", "Ana Ruiz/AP", "Editor: Ana Ruiz", "Ana Ruiz contributed to this report",
    "(Reporting by Ana Ruiz in Lima)".
    """
    bare = person.spans[:1] if not person.offices and len(person.spans) == 1 else []
    if any(_is_line(doc, span) or _signs(doc, span) for span in bare):
        return True
    return any(_is_credit(doc, span) for span in person.spans)


def _is_line(doc: Doc, name: NameSpan) -> bool:
    """Tell a line of names alone: "Ana Ruiz :", "A. Ruiz and B. Mora, The Times", "Ana Ruiz | PNN".

    Not "Ana Ruiz, minister", nor a line with a verb.
    """
    if len(name.text.split()) == 1:
        return False
    start, end = name.start, name.end
    while start > max(0, name.start - _LINE) and not begins_line(doc, start):
        start -= 1
    last = min(len(doc), name.end + _LINE)
    while end < last and not doc[end].is_space and not begins_line(doc, end):
        end += 1
    if end == last < len(doc) or not doc[start].text[:1].isupper():
        return False
    line = doc[start:end]
    return all(token.tag_ not in FINITE and _may_sign(token) for token in line)


def _may_sign(token: Token) -> bool:
    """Tell names, outlets, dates and what joins them from the words of a sentence."""
    if token.text[:1].isalpha() and token.text[:1].islower():
        return token.lower_ in _JOINS
    return token.text not in _ENDS and token.lower_ not in word_set("possessive")


def _is_credit(doc: Doc, name: NameSpan) -> bool:
    if name.source == "byline":
        return True
    before = doc[name.start - 1].text if name.start else ""
    behind = [token.text.lower() for token in doc[name.end : name.end + 2]]
    if behind[:1] and doc[name.end].lemma_ == _CONTRIBUTED:
        return True
    if behind[:1] in (["from"], ["in"]) and _is_among_contributors(doc, name.start):
        return True
    if behind[:1] and behind[0] in _SIGNS and behind[-1] in word_set("picture_agency"):
        return True
    if behind[:1] in (["/"], ["|"]) and "." in behind[-1].strip("."):
        return True  # "Ana Ruiz/Rollingnews.ie"
    if before == "(" and _closes_story(doc, name.start):
        return True
    if before == "By" and not doc[name.start - 1].is_sent_start:
        return True
    if before == ":" and doc[name.start - 2].lower_ in word_set("picture", "writer"):
        return True
    return _is_in_line(doc, name) or _is_among_makers(doc, name.start)


def _signs(doc: Doc, name: NameSpan) -> bool:
    """Tell who closes a paragraph: "… the crisis. -- Ana Ruiz, OMRI, Inc."."""
    if name.start < 2 or doc[name.start - 1].text not in _DASHES:
        return False
    if doc[name.start - 2].text not in _ENDS:
        return False
    end = name.end
    while end < min(len(doc), name.end + _LINE) and not begins_line(doc, end):
        if doc[end].tag_ in FINITE:
            return False
        end += 1
    return True


def _closes_story(doc: Doc, at: int) -> bool:
    """Tell the names of "… the crisis. (Ana Ruiz and J. Mora)", a sentence of names alone."""
    opens, end = at - 1, at
    while end < len(doc) and doc[end].text != ")" and end - at < _LINE:
        if not (doc[end].text[:1].isupper() or doc[end].text in {",", "and", "&", ".", "-"}):
            return False
        end += 1
    closed = end < len(doc) and doc[end].text == ")"
    last = closed and (end + 1 == len(doc) or "\n" in doc[end + 1].text)
    return bool(last and opens and doc[opens - 1].text in _ENDS)


def _is_in_line(doc: Doc, name: NameSpan) -> bool:
    """Tell a line of writers: "From Ana Ruiz, Lagos and Juan Mora, Kano"."""
    start = name.start
    while start > max(0, name.start - _LINE) and not doc[start - 1].is_space:
        start -= 1
    line = doc[start : start + _LINE]
    end = next((token.i for token in line if token.i >= name.end and token.is_space), len(doc))
    whole = end <= start + _LINE and all(t.tag_ not in FINITE for t in doc[start:end])
    return whole and doc[start].text in _OPENERS


def _is_among_contributors(doc: Doc, at: int) -> bool:
    """Tell B of "A contributed from Lima, B from Quito"."""
    verbs = [t for t in doc[doc[at].sent.start : at] if t.tag_ in FINITE]
    return [verb.lemma_ for verb in verbs] == [_CONTRIBUTED]


def _is_among_makers(doc: Doc, at: int) -> bool:
    """Tell C of "(Reporting by A in Lima and B in Quito; Editing by C)"."""
    for i in range(at - 1, max(0, at - _CREDITS), -1):
        token = doc[i]
        if token.tag_ in FINITE or "\n" in token.text:
            return False
        if token.lower_ == "by" and doc[i - 1].lower_ in word_set("makes_story"):
            return True
    return False


__all__ = ["is_credited"]
