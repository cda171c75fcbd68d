"""Of what a president is: a state, its parliament or some other body of the country."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc

from pipeline.labels import FINITE
from pipeline.reference.countries import is_country
from pipeline.reference.offices import OfficeForm, office_forms
from pipeline.signs import GENITIVES
from pipeline.stages.entities.offices.office_complements import Right
from pipeline.stages.entities.offices.office_words import Left
from pipeline.stages.entities.tables import institution_words, word_set

#: What a president of a body is, and who stands in for one.
_HEADS = {"head_of_state": "chairman", "vice_president": "vice chairman"}
#: What the chairman of a parliament's committee is.
_OF_COMMITTEE = "committee chairman"
#: What the managing director of a body of states is, as none of a firm is.
_DIRECTOR = "director-general"
#: Who leads a communist party, or serves at an embassy, and what the latter is.
_SECRETARY, _DIPLOMAT = "first secretary", "counsellor"
#: How many words before "president" name the body at most.
_BODY_WORDS = 4
#: How far behind "leader of" the word "party" may stand, in tokens.
_PARTY_REACH = 14


def by_body(
    doc: Doc, form: OfficeForm, head: tuple[int, int], left: Left, right: Right
) -> OfficeForm:
    """Return the class of a president or chairman by the body that they lead.

    "The president of the Czech Senate" is a speaker, as that "of the Senate" is, and "the
    president of the Malian Women's Union" no head of state. "The president of the Russian
    Federation", "of the Libyan Presidential Council" stays one.

    Args:
        head: the tokens of the head.
    """
    owner = left.party or right.party
    behind = doc[head[1] : head[1] + 2]
    if form.form == _SECRETARY and behind[:1].text == "(" and behind[1:].text.istitle():
        return _forms()[_DIPLOMAT]._replace(form=form.form)  # "First Secretary (Political)"
    if form.form in word_set("directs_body") and owner is not None and not owner.is_country:
        return _forms()[_DIRECTOR]._replace(form=form.form)
    if not form.plural and form.form in word_set("leads_party") and _leads_party(doc, head[1]):
        return form._replace(scope="party")
    if form.plural or not (form.form.endswith(("president", "chairman", "chairwoman"))):
        return form
    state = owner is not None and (owner.is_country or is_country(owner.code))
    if owner is not None and not state and form.office in _HEADS:
        return _forms()[_HEADS[form.office]]._replace(form=form.form)
    body = _behind(doc, right) if right.title_end > right.start else _before(doc, head[0], left)
    if not body:
        return form
    if _is_of_chamber(doc, body, right):
        return _forms()[_OF_COMMITTEE]._replace(form=form.form)
    found = _forms().get(f"{form.form} of the {body.lower()}")
    if found is not None and body != "Council":
        return form._replace(office=found.office, scope=found.scope, travels=found.travels)
    words = body.lower().replace("’s", "'s").split()
    if form.office not in _HEADS or word_set("state_body") & set(words):
        return form
    known = len(words) > 1 and words[-1] in institution_words()
    if not known and right.party is None:
        return form  # "the president of Tatarstan"
    other = _forms()[_HEADS[form.office]]
    return form._replace(office=other.office, scope=other.scope)


def _is_of_chamber(doc: Doc, body: str, right: Right) -> bool:
    """Tell "the Senate Foreign Relations Committee" from "the Olympic Committee".

    So is "Senate Foreign Relations", whose chairman is its committee's.
    """
    words = body.lower().split()
    if words[0] in word_set("chamber") and len(words) > 1 and words[-1] in institution_words():
        return True
    if body.lower().split()[-1] != "committee" and "Committee of" not in body:
        return False
    told = {*body.lower().split(), *doc[right.start : right.end].text.lower().split()}
    return bool(told & word_set("chamber"))


def _leads_party(doc: Doc, end: int) -> bool:
    """Tell "leader of the main opposition Unity (UP) party" from "leader of the talks"."""
    if doc[end : end + 1].text != "of":
        return False
    for token in doc[end + 1 : end + _PARTY_REACH]:
        if token.lower_ == "party":
            return (
                token.text.istitle()
                or doc[token.i - 1].text[:1] in ")’'"
                or any(t.text.istitle() for t in doc[end + 1 : token.i])
            )
        if token.text in {",", ";", "."} or (token.tag_ in FINITE and not token.text.istitle()):
            return False  # not the "Invest" of "the We Invest in Peace party"
    return False


def _behind(doc: Doc, right: Right) -> str:
    """Return the "Senate" of "of the Czech Senate", the "Privy Council" of "of the Privy Council".

    Nothing of "of Mali", "of the Senate of Mali": what the land stands behind is told elsewhere.
    """
    if doc[right.start].lower_ != "of":
        return ""
    start = right.start + 1 + (doc[right.start + 1].lower_ == "the")
    owned = False
    if right.party is not None:
        if right.party.start != start:
            return ""
        owned = doc[right.party.end : right.party.end + 1].text in GENITIVES
        start = right.party.end + owned  # "of Mali's National Assembly", "of Mali's parliament"
    body = doc[start : right.title_end].text.partition("(")[0]
    body = " ".join(body.split())
    return body if owned or body[:1].isupper() else ""


def _before(doc: Doc, at: int, left: Left) -> str:
    """Return the "Privy Council" of "Privy Council president"."""
    if not left.institution and left.party is None:
        return ""
    start = at
    while start > 0 and at - start < _BODY_WORDS and doc[start - 1].text.istitle():
        start -= 1
    if left.party is not None and left.party.start <= start < at:
        start = left.party.end
    return " ".join(doc[start:at].text.split()) if left.institution else ""


@cache
def _forms() -> Mapping[str, OfficeForm]:
    return {row.form: row for row in office_forms() if not row.plural}


__all__ = ["by_body"]
