"""Countries and organizations named in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.labels import TENSED
from pipeline.lexicon import Row, load_table
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import capital, country_forms, country_traps
from pipeline.reference.leaders import leaders_named
from pipeline.reference.organizations import organization_forms
from pipeline.signs import APOSTROPHE_S, HYPHENS, LIST_JOINTS
from pipeline.stages.entities.gazetteer import Gazetteer, Hit, where
from pipeline.stages.entities.spans import PartyForm, PartySpan
from pipeline.stages.entities.tables import PACKAGE, institution_words, name_words, word_set

#: How far before "of Georgia" the office of a governor or senator stands, in tokens.
_SEAT_REACH = 6
#: How far before the last city of a list the preposition stands, in tokens, and what joins it.
_PLACE_LIST = 12
#: How many words a leader's name may have that the model takes for none.
_NAME_LENGTHS = (2, 3)


class Prefix(Row):
    """The bound form of an adjective ("Sino-Russian"); no code where it names no party."""

    form: str
    code: str | None = None


class SharedForm(Row):
    """A form that several countries have; `also` lists the others between spaces."""

    form: str
    code: str
    also: str


#: What a form stands for: party code, how it names it, whether it is a country, whether it acts.
Meaning = tuple[str, PartyForm, bool, bool]


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[Meaning]:
    forms: list[tuple[str, Meaning | None]] = []
    forms += [(trap.form, None) for trap in country_traps()]
    for country in country_forms():
        meaning: Meaning = (country.code, country.kind, True, True)
        forms.append((country.form, meaning))
        if len(country.form) > 3 and country.kind != "metonym":
            forms.append((country.form.upper(), meaning))
    for body in organization_forms():
        if body.kind == "head":
            continue
        kind: PartyForm = "metonym" if body.kind == "metonym" else "name"
        forms.append((body.form, (body.code, kind, False, body.party)))
    return Gazetteer([(form, meaning or _NOTHING) for form, meaning in forms])


_NOTHING: Meaning = ("", "name", False, False)


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    rows = load_table(PACKAGE, "prefixes.csv", Prefix)
    return {row.form: row.code for row in rows if row.code}


@lru_cache(maxsize=1)
def _shared() -> dict[str, SharedForm]:
    return {row.form: row for row in load_table(PACKAGE, "shared_forms.csv", SharedForm)}


def find_parties(doc: Doc) -> Iterator[PartySpan]:
    """Yield the countries and organizations named in `doc`, from left to right.

    "Azerbaijani" fires; "Indian" of "Indian Ocean" and "Jordan" of "Michael Jordan" do not.
    """
    hits = list(_gazetteer().find(doc))
    american = {hit.start for hit in hits if hit.payload[0] == "GEO" and _is_of_state(doc, hit)}
    other = _is_american_georgia(doc, seated=bool(american))
    read: set[int] = set()
    meant = _meant(doc, hits)
    for hit in hits:
        code, form, is_country, acts = hit.payload
        code = meant.get(doc[hit.start : hit.end].text, code)
        read |= {*range(hit.start, hit.end)}
        if code == "GEO" and (other or hit.start in american):
            continue
        if code and not (_inside_a_person(doc, hit.start) or _is_given_name(doc, hit)):
            speaks = form == "metonym" and _acts_behind_a_place(doc, hit)
            if form == "metonym" and not speaks and _after_place_preposition(doc, hit.start):
                continue
            if form == "metonym" and _names_an_event(doc, hit.end):
                continue
            if form in {"adjective", "name"} and _is_money(doc, hit):
                continue
            if form == "adjective" and _is_language(doc, hit):
                continue
            if form == "metonym" and not speaks and _is_visited(doc, hit.start):
                continue
            yield PartySpan(hit.start, hit.end, code, form, is_country, acts)
    prefixes = _prefixes()
    for i in where(doc, prefixes.keys(), lower=False):
        # "Indo-Pacific" is a region, whole.
        if i not in read and i + 1 < len(doc) and doc[i + 1].text in HYPHENS:
            yield PartySpan(i, i + 1, prefixes[doc[i].text], "adjective", True)


def _meant(doc: Doc, hits: Sequence[Hit[Meaning]]) -> Mapping[str, str]:
    """Return whose the shared forms of a text are: "the Congolese leader left Brazzaville".

    They are the usual country's where the text names that by a form of its own, or neither.
    """
    texts = [doc[hit.start : hit.end].text for hit in hits]
    meant = dict.fromkeys(_of_no_country(doc, hits, set(texts)), "")
    found = {_shared()[text].form for text in texts if text in _shared()}
    if not found:
        return meant
    told = {hit.payload[0] for hit, text in zip(hits, texts, strict=True) if text not in _shared()}
    told |= {row.code for name in _called(doc) for row in leaders_named(name)}
    for form in found:
        row = _shared()[form]
        told |= {code for code in (row.code, *row.also.split()) if _has_capital(doc, code)}
        others = [code for code in row.also.split() if code in told]
        meant[form] = others[0] if row.code not in told and len(others) == 1 else row.code
    return meant


def _called(doc: Doc) -> Iterator[str]:
    """Yield what may name a person: what the model takes for one, and capitalised words."""
    yield from (ent.text for ent in doc.ents if ent.label_ == "PERSON")
    for at, token in enumerate(doc):
        if token.text[:1].isupper():
            for length in _NAME_LENGTHS:
                words = doc[at : at + length]
                if len(words) == length and words[-1].text[:1].isupper():
                    yield words.text


def _of_no_country(
    doc: Doc, hits: Sequence[Hit[Meaning]], texts: AbstractSet[str]
) -> Iterator[str]:
    """Yield the forms that here are of no country.

    So is the "Niger" of an article on the Nigerian state of that name, and "Indian" of one on the
    indigenous of the Americas, which names neither India nor a town of it.
    """
    if "Niger" in texts and texts & {"Niger State", "Niger state"}:
        told = {text for hit, text in _read(doc, hits) if hit.payload[0] == "NER"}
        yield from told if told == {"Niger"} else ()
    forms = texts & {"Indian", "Indians"}
    if forms and not word_set("of_first_peoples").isdisjoint(token.lower_ for token in doc):
        told = {text for hit, text in _read(doc, hits) if hit.payload[0] == "IND"}
        yield from forms if told <= forms and not _has_capital(doc, "IND") else ()


def _read(doc: Doc, hits: Sequence[Hit[Meaning]]) -> Iterator[tuple[Hit[Meaning], str]]:
    """Yield hits with what stands there."""
    return ((hit, doc[hit.start : hit.end].text) for hit in hits)


def is_leaning(doc: Doc, at: int) -> bool:
    """Tell the "Russian" of "pro-Russian", of which one so called mostly is not."""
    return at > 1 and doc[at - 1].text == "-" and doc[at - 2].lower_ in word_set("leans_to")


def bound_start(doc: Doc, end: int) -> int:
    """Return where a bound adjective that ends at token `end` begins, else `end`.

    "The Hezbollah-allied | speaker", "the Iran-backed | prime minister"; not "the Iran | speaker".
    """
    at = end
    while (
        at > 1
        and (at < end or doc[at - 1].lower_ in word_set("bound_participle"))
        and doc[at - 2].text in HYPHENS
        and not doc[at - 2].whitespace_
    ):
        at -= 2
    return at - 1 if at < end else end


def _has_capital(doc: Doc, code: str) -> bool:
    """Tell a text that names a country's capital."""
    city = capital(code)
    return city is not None and (city in doc.text or city.upper() in doc.text)


def _is_of_state(doc: Doc, hit: Hit[Meaning]) -> bool:
    """Tell "Georgia Governor Brian Kemp", "a senator from Georgia": the American state's."""
    owns = text_at(doc, hit.end) in APOSTROPHE_S
    if word_at(doc, hit.end + owns) in word_set("us_georgia_office"):
        return True
    if owns or hit.start < 2 or doc[hit.start - 1].lower_ not in {"of", "from"}:
        return False
    for token in reversed(doc[max(0, hit.start - _SEAT_REACH) : hit.start - 1]):
        if token.lower_ in word_set("us_georgia_office"):
            return True
        if not token.text[:1].isupper():
            return False
    return False


def _is_american_georgia(doc: Doc, *, seated: bool) -> bool:
    """Tell an article that means the American state by "Georgia": by the cities and states beside.

    One that names Georgians or Tbilisi means the country.

    Args:
        seated: whether the state's governor or a senator of it is named.
    """
    if "Georgia" not in doc.text:
        return False
    named = {token.lower_ for token in doc if token.text[:1].isupper()}
    told = seated or bool(named & word_set("beside_us_georgia"))
    return told and not named & word_set("georgian")


def _inside_a_person(doc: Doc, start: int) -> bool:
    """Tell whether a model's PERSON reaches beyond the hit to its left ("Michael Jordan")."""
    first = doc[start]
    if first.ent_type_ != "PERSON" or first.ent_iob_ != "I":
        return False
    before = doc[start - 1]
    return before.text[:1].isupper() and before.is_alpha


def _is_given_name(doc: Doc, hit: Hit[Meaning]) -> bool:
    """Tell the Jordan of "Jordan Mwangi, 27," from that of "Jordan King Abdullah"."""
    at = hit.end
    if at - hit.start == 1 and doc[hit.start].lower_ in word_set("given_people"):
        # "Scot Marcel", not "a Scot" nor "Brit Andy Mason"
        return doc[at : at + 1].text.istitle() and not doc[at + 1 : at + 2].text.istitle()
    if at - hit.start != 1 or doc[hit.start].lower_ not in word_set("given_land"):
        return False
    posted = word_set("posted_to")
    if doc[hit.start].ent_iob_ != "B" or doc[hit.start].ent_type_ != "PERSON":
        return False
    if hit.start > 1 and doc[hit.start - 1].lower_ == "to" and doc[hit.start - 2].lower_ in posted:
        return False  # "the Emirati ambassador to Jordan Ahmed Ali"
    named = False
    while at < len(doc) and doc[at].ent_iob_ == "I":
        titled = doc[at].lower_ in name_words()["honorific"] | institution_words()
        titled |= doc[at].lower_ in word_set("geographic_noun") | name_words()["facility"]
        if titled or not doc[at].text[:1].isupper() or doc[at].lower_ in word_set("crown"):
            return False
        named, at = True, at + 1
    return named


def _acts_behind_a_place(doc: Doc, hit: Hit[Meaning]) -> bool:
    """Tell the Kremlin of "will visit Lima, the Kremlin said", which is in no list with Lima."""
    at = hit.start - (hit.start > 0 and doc[hit.start - 1].lower_ == "the")
    apart = at > 0 and doc[at - 1].text == ","
    return apart and hit.end < len(doc) and doc[hit.end].tag_ in TENSED


def _after_place_preposition(doc: Doc, start: int) -> bool:
    """Tell "in Cairo", and the Cairo of "to Davos, Kigali and Cairo"."""
    at = _before_list(doc, start)
    return at >= 0 and doc[at].lower_ in word_set("place_preposition")


def _is_visited(doc: Doc, start: int) -> bool:
    """Tell "visited Cairo", and the Cairo of "visited Davos, Kigali and Cairo"."""
    at = _before_list(doc, start)
    return at >= 0 and doc[at].lemma_ in word_set("visited")


def _before_list(doc: Doc, start: int) -> int:
    """Return the token before the list of names that goes on with token `start`, -1 if none is."""
    at = start - 1
    while start - at < _PLACE_LIST and at > 0 and doc[at].lower_ in LIST_JOINTS:
        at -= 1 + (doc[at].lower_ == "and" and doc[at - 1].text == ",")
        first = at
        while at > 0 and doc[at].text.istitle() and not doc[at].is_sent_start:
            at -= 1
        if at == first:
            return -1
    return at


def _names_an_event(doc: Doc, end: int) -> bool:
    """Tell the Doha of "the Doha Round", the Minsk of "the Minsk agreements"."""
    return word_at(doc, end) in word_set("event_of_city")


def _is_money(doc: Doc, hit: Hit[Meaning]) -> bool:
    """Tell the U.S. of "2 million U.S. dollars", which names no country."""
    counted = hit.start > 0 and (
        doc[hit.start - 1].pos_ == "NUM" or doc[hit.start - 1].lower_ in word_set("money_before")
    )
    return counted and word_at(doc, hit.end) in word_set("currency")


def _is_language(doc: Doc, hit: Hit[Meaning]) -> bool:
    """Tell the Spanish of "said in Spanish" from that of "in Spanish waters"."""
    told = hit.start > 0 and doc[hit.start - 1].lower_ in word_set("language_before")
    after = doc[hit.end] if hit.end < len(doc) else None
    return told and (after is None or after.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PART"})


__all__ = ["bound_start", "find_parties", "is_leaning"]
