"""How much is read otherwise once others stand in a text: another land, people, offices.

    python -m tests.renamed --help

Whole texts are renamed, each at all its places: a country with its adjective, people and capital by
another one, persons by persons of other naming cultures, an office by another that travels as
well (`renamed.toml`). The records must be the renamed records, and the persons keep their
countries and classes of office. What one knows of leaders would tell more than the text does, so
that every text is first told of people whom nobody knows, and taken only where it says by itself
what it said of those known.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models import Entity
from pipeline.reference.countries import capital, country_codes, country_forms, country_name
from pipeline.reference.leaders import leaders_named
from tests.perturbed import Key, keys, own_texts, passages
from tests.reading import Reader, Reading, Text
from tests.trial_options import trial_options

_TABLE = Path(__file__).with_suffix(".toml")
#: So many draws are made for each text that is wanted.
_DRAWS = 40
_SHE = re.compile(r"\b(?:[Ss]he|[Hh]er|Mrs|Ms|Queen|Princess|Madam|Lady|First Lady)\b")
_HE = re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|Mr|King|Prince|Sheikh|Sir|Lord)\b")
#: Kinds of forms that are put one for the other.
_KINDS = ("name", "adjective", "people")
_VOWEL = re.compile(r"(?!(?:Eu|Uk|Ur|Ug|Uz|Un|U\.?[SKA]|UA|One))[AEIOUÅÉ]")
_ARTICLE = re.compile(r"\b([Aa])n? $")
_THE = re.compile(r"\b([Tt]he) $")
#: What stands before a country's name where "the" would stand before one that has an article.
_ASKS_THE = re.compile(r"\b([Tt]he) $")

Spans = Mapping[str, str]


@dataclass(frozen=True)
class Land:
    """One country as texts are renamed to it."""

    code: str
    names: Sequence[str]
    adjectives: Sequence[str]
    people: Sequence[str]
    capital: str | None


@dataclass(frozen=True)
class Case:
    """A text renamed, and how what was told of it must read then."""

    put: str
    day: str | None
    old: str
    new: str
    words: Spans
    codes: Mapping[str, str]
    role: str | None = None


@dataclass(frozen=True)
class Outcome:
    """One text renamed, with the records and persons that are gone and those that are new."""

    case: Case
    gone: Sequence[Key]
    new: Sequence[Key]
    people_gone: Sequence[Key]
    people_new: Sequence[Key]


@cache
def table() -> Mapping[str, list[dict[str, list[str]]]]:
    """Return the table of lands' oddities, of cultures and of offices."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def lands() -> Mapping[str, Land]:
    """Return the countries that have a name and an adjective of their own."""
    odd = set(table()["lands"][0]["odd_forms"])
    forms: dict[str, dict[str, list[str]]] = {}
    for row in country_forms():
        codes = country_codes(row.form)
        alone = len(set(codes)) == 1 or (row.kind == "name" and codes[0] == row.code)
        if row.kind in _KINDS and row.form not in odd and alone:
            forms.setdefault(row.code, {}).setdefault(row.kind, []).append(row.form)
    return {code: _land(code, kinds) for code, kinds in forms.items() if _fit(code, kinds)}


def _fit(code: str, kinds: Mapping[str, list[str]]) -> bool:
    return len(code) == 3 and "name" in kinds and bool(capital(code))


def _land(code: str, kinds: Mapping[str, list[str]]) -> Land:
    names = [name for name in kinds["name"] if not name.startswith("the ")]
    adjectives = kinds.get("adjective") or names
    many = [word for word in kinds.get("people", ()) if word.endswith(("s", "men"))]
    return Land(code, names, adjectives, many or adjectives, capital(code))


# ── people ──────────────────────────────────────────────────────────────────────────────────────


def _forms_of(person: Entity, text: str) -> list[str]:
    names = {person.name, *person.aliases, *(span.text for span in person.mentions)}
    last = person.name.split()[-1]
    held = {name for name in names if name in text and name[:1].isupper() and last in name}
    return sorted(held | {last}, key=len, reverse=True)


def _people_renamed(reading: Reading, drawn: Iterator[tuple[str, str]]) -> tuple[str, Spans] | None:
    """Return a text told of other people, and each name with the one put for it."""
    text = reading.article.text
    words: dict[str, str] = {}
    people = reading.entities("person")
    tokens = [token for person in people for token in person.name.split()]
    if len(set(tokens)) < len(tokens):
        return None
    for person in people:
        if not (names := next(drawn, None)):
            return None
        whole, short = names
        for form in _forms_of(person, text):
            new = short if len(form.split()) == 1 and form != person.name else whole
            words[form] = new
    if not words:
        return None
    new_text = _put(text, words)
    left = {token for token in tokens if len(token) > 2 and token[0].isupper()}
    if any(re.search(rf"\b{re.escape(token)}\b", new_text) for token in left):
        return None
    return new_text, words


def _put(text: str, words: Spans) -> str:
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    return pattern.sub(lambda found: words[found[0]], text)


def _sex(text: str) -> str | None:
    she, he = bool(_SHE.search(text)), bool(_HE.search(text))
    return None if she and he else "women" if she else "men"


def _plain_people(text: str) -> Iterator[tuple[str, str]]:
    sex = _sex(text)
    rows = table()["plain"][0]
    for name in rows[sex or "men"]:
        yield name, name.split()[-1]


def _names_of(
    culture: Mapping[str, list[str]], sex: str, rng: random.Random
) -> Iterator[tuple[str, str]]:
    families = culture.get(f"{sex}_families", culture.get("families", [""]))
    used: set[str] = set()
    for _ in range(200):
        given, family = rng.choice(culture[sex]), rng.choice(families)
        parts = {"given": given, "family": family, "last": (family or given).split()[-1]}
        parts["first"] = given.split()[-1]
        whole = culture["form"][0].format(**parts).strip()
        if not used & set(whole.split()) and not leaders_named(whole):
            used |= set(whole.split())
            parts["whole"] = whole
            yield whole, culture["short"][0].format(**parts)


# ── texts ───────────────────────────────────────────────────────────────────────────────────────


def plain_texts(reader: Reader, texts: Sequence[Text]) -> list[Text]:
    """Return texts told of people whom nobody knows, where that changes nothing."""
    found: list[Text] = []
    for text in texts:
        reading = reader.read(*text)
        if _sex(text.text) is None:
            continue
        if not reading.entities("person"):
            found.append(text)
            continue
        if renamed := _people_renamed(reading, _plain_people(text.text)):
            new, words = renamed
            told = _keys(reader.read(new, text.published))
            if told == _mapped(_keys(reading), words, {}):
                found.append(Text(new, text.published))
    return found


def _keys(reading: Reading) -> Counter[Key]:
    return keys(reading, days=True)


def _people(reading: Reading) -> Counter[Key]:
    return Counter(
        (person.name, person.country, *sorted({role.kind or "-" for role in person.roles}))
        for person in reading.entities("person")
    )


def _mapped(told: Counter[Key], words: Spans, codes: Mapping[str, str]) -> Counter[Key]:
    def one(value: object) -> object:
        if not isinstance(value, str):
            return value
        if "+" in value:
            return "+".join(sorted(codes.get(code, code) for code in value.split("+")))
        return codes.get(value) or (_put(value, words) if words else value)

    return Counter({tuple(map(one, key)): n for key, n in told.items()})


def renamed_people(reader: Reader, text: Text, rng: random.Random) -> Case | None:
    """Tell a text of people of another naming culture."""
    reading = reader.read(*text)
    culture = rng.choice(table()["culture"])
    sex = _sex(text.text)
    if not sex:
        return None
    found = _people_renamed(reading, _names_of(culture, sex, rng))
    if not found:
        return None
    return Case(str(culture["name"][0]), text.published, text.text, found[0], found[1], {})


def renamed_land(reader: Reader, text: Text, rng: random.Random) -> Case | None:
    """Tell a text of another country."""
    reading = reader.read(*text)
    told = {one.country for one in reading.of(Entity) if one.kind in ("country", "place")}
    known = sorted(code for code in told if code in lands())
    if not known:
        return None
    old, new = lands()[rng.choice(known)], lands()[rng.choice(sorted(lands()))]
    if new.code in told:
        return None
    words: dict[str, str] = {}
    chosen = {kind: rng.choice(getattr(new, kind)) for kind in ("adjectives", "people")}
    name = rng.choice([country_name(new.code), *new.names])
    for kind in ("adjectives", "people"):
        words |= dict.fromkeys(getattr(old, kind), chosen[kind])
    words |= dict.fromkeys(old.names, name)
    if old.capital:
        if not new.capital or new.capital in new.names:
            if re.search(rf"\b{re.escape(old.capital)}\b", text.text):
                return None
        else:
            words[old.capital] = new.capital
    whole = _land_put(text.text, words, set(old.names), set(new.names))
    for one in reading.of(Entity):
        mine = one.country == old.code and one.kind in ("country", "place")
        if mine and not all(_inside(span.text, words) for span in one.mentions):
            return None
        if one.kind == "person" and any(word in words for word in one.name.split()):
            return None
    if whole == text.text:
        return None
    return Case(new.code, text.published, text.text, whole, words, {old.code: new.code})


def _inside(mention: str, words: Spans) -> bool:
    return re.sub(r"^[Tt]he |['’]s?$", "", mention) in words


def _land_put(text: str, words: Spans, old: set[str], new: set[str]) -> str:
    """Put a land's words, with the articles that they ask for."""
    parted = set(table()["lands"][0]["with_article"])
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w])")
    parts, at = [], 0
    for found in pattern.finditer(text):
        before, put = text[at : found.start()], words[found[0]]
        if article := _ARTICLE.search(before):
            before = before[: article.start()] + article[1] + ("n " if _VOWEL.match(put) else " ")
        if found[0] in old and put in new:
            before = _with_the(before, put in parted, found[0] in parted)
        parts += [before, put]
        at = found.end()
    return "".join([*parts, text[at:]])


def _with_the(before: str, wants: bool, had: bool) -> str:
    the = _THE.search(before)
    if the and had and not wants:
        return before[: the.start()]
    if wants and not the and _ASKS_THE.search(before):
        opens = not before or re.search(r"(?:[.!?\n] ?|^)$", before)
        return before + ("The " if opens else "the ")
    return before


def renamed_office(reader: Reader, text: Text, rng: random.Random) -> Case | None:
    """Tell a text of the holder of another office."""
    del reader
    offices = table()["office"]
    every = sorted((form for row in offices for form in row["forms"]), key=len, reverse=True)
    places = list(
        re.finditer(rf"\b(?:{'|'.join(map(re.escape, every))})\b(?! of\b| for\b|-)", text.text)
    )
    if not places:
        return None
    old = rng.choice(places)[0]
    row = rng.choice(offices)
    put = rng.choice(row["forms"])
    if put == old or text.text.count(old) > 1 or re.search(r"\b" + re.escape(put), text.text):
        return None
    named = re.search(rf"{re.escape(old)}(?= [A-Z][\w’-]+ [A-Z])", text.text)
    if not named:
        return None
    words = {old: put}
    new = text.text[: named.start()] + put + text.text[named.end() :]
    article = "\\1" + ("n " if _VOWEL.match(put) else " ")
    new = re.sub(rf"\b([Aa])n? (?={re.escape(put)})", article, new)
    return Case(put, text.published, text.text, new, words, {}, row["kind"][0])


KINDS = {"people": renamed_people, "land": renamed_land, "office": renamed_office}


def tried(
    reader: Reader, kind: str, texts: Sequence[Text], rng: random.Random, count: int
) -> list[Outcome]:
    """Rename texts, each drawn at random, and read them."""
    cases: dict[str, Case] = {}
    for _ in range(_DRAWS * count):
        case = KINDS[kind](reader, rng.choice(texts), rng)
        if case:
            cases[case.new] = case
        if len(cases) == count:
            break
    reader.prepare(text for case in cases.values() for text in (case.old, case.new))
    return [_outcome(reader, case) for case in cases.values()]


def _outcome(reader: Reader, case: Case) -> Outcome:
    old, new = reader.read(case.old, case.day), reader.read(case.new, case.day)
    before, after = _mapped(_keys(old), case.words, case.codes), _keys(new)
    people, now = _mapped(_people(old), case.words, case.codes), _people(new)
    if case.role:
        people, now = (Counter(key[:2] for key in each) for each in (people, now))
    return Outcome(case, *_apart(before, after), *_apart(people, now))


def _apart(before: Counter[Key], after: Counter[Key]) -> tuple[list[Key], list[Key]]:
    return list((before - after).elements()), list((after - before).elements())


def main() -> None:
    """Print how many texts are read otherwise once renamed."""
    parser = trial_options("renamed", __doc__, draws=200)
    parser.add_argument("kinds", nargs="*", help="people, land, office (default all)")
    parser.add_argument("--pool", type=int, default=900, help="texts drawn from (default 900)")
    parser.add_argument("--people", action="store_true", help="show persons, too")
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    texts = list(passages(sys.stdin.read())) if asked.stdin else own_texts()
    pool = rng.sample(texts, min(asked.pool, len(texts)))
    reader = Reader()
    reader.prepare(text.text for text in pool)
    plain = plain_texts(reader, pool)
    print(f"{len(plain)} of {len(pool)} texts say the same of people whom nobody knows")
    for kind in asked.kinds or KINDS:
        outcomes = tried(reader, kind, plain, rng, asked.draws)
        told = [one for one in outcomes if one.gone or one.new]
        people = [one for one in outcomes if one.people_gone or one.people_new]
        print(f"{kind}: {len(told)} of {len(outcomes)} records, {len(people)} persons otherwise")
        shown = [one for one in outcomes if one in told or (asked.people and one in people)]
        for outcome in shown[: asked.show]:
            _print(outcome)


def _print(outcome: Outcome) -> None:
    print(f"  [{outcome.case.put}] " + outcome.case.new.replace("\n", " ¶ "))
    for sign, found in (
        ("-", outcome.gone), ("+", outcome.new),
        ("p-", outcome.people_gone), ("p+", outcome.people_new),
    ):  # fmt: skip
        for key in found:
            print(f"    {sign} {' '.join(map(str, key))}")


if __name__ == "__main__":
    main()
