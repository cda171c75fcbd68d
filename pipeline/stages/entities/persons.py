"""Persons of one article: names brought together, with their offices and countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from spacy.tokens import Doc

from models import Role
from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import (
    FAMILY_FIRST,
    Leader,
    leaders_by_name,
    leaders_by_surname,
    leaders_named,
)
from pipeline.stages.entities.names import name_words
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan

#: Two spellings of a long word are one name from this similarity on (0 to 1).
SPELLING_SIMILARITY = 0.82
_COPULAS = frozenset({"be", "become", "serve", "remain", "elect", "appoint", "name", "swear"})
#: Offices whose holders are called by their first name.
_FIRST_NAMED = frozenset(
    {"king", "queen", "emir", "amir", "sultan", "prince", "princess", "emperor"}
)
_CHAINED = frozenset({"and", ",", "&", "cum", "-"})


#: Classes that name a person's office only where the text gives no other.
_LESSER = frozenset(
    {
        "royal",
        "counterpart",
        "military",
        "religious",
        "visitor",
        "official",
        "spouse",
        "leader",
        "delegation",
    }
)


@dataclass
class Person:
    """A person of one article and all that it says of them."""

    number: int
    spans: list[NameSpan] = field(default_factory=list)
    offices: list[OfficeSpan] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    leader: Leader | None = None
    #: Whether the country is only that for which the article writes.
    guessed: bool = False
    #: The fullest form with the number of spans that it was chosen of.
    fullest: tuple[int, str] = (0, "")

    @property
    def name(self) -> str:
        """The fullest form, the earliest of equals."""
        if self.fullest[0] != len(self.spans):
            best = max(self.spans, key=lambda span: (len(span.text.split()), -span.start))
            self.fullest = (len(self.spans), best.text)
        return self.fullest[1]

    @property
    def words(self) -> frozenset[str]:
        """The folded words of the fullest form."""
        return frozenset(fold(self.name).split())

    @property
    def country(self) -> str | None:
        """The party by office, then adjective, then who leads which country."""
        by_office = [office.country for office in self.offices if office.country]
        if by_office:
            return Counter(by_office).most_common(1)[0][0]
        if self.countries:
            return Counter(self.countries).most_common(1)[0][0]
        return self.leader.code if self.leader else None

    @property
    def kinds(self) -> frozenset[str]:
        """The classes of the offices that the text gives, with their usual holder's class."""
        kinds = {office.kind for office in self.offices} - {"counterpart"}
        return frozenset(kinds or ({self.leader.office} if self.leader else set()))

    @property
    def role(self) -> str | None:
        """The fullest office in the text that is not a deputy's of another, or None."""
        office = self.main_office
        return office.title if office else None

    @property
    def main_office(self) -> OfficeSpan | None:
        """The office that the text gives first among those that are current."""
        current = [office for office in self.offices if not office.former] or self.offices
        current = [o for o in current if o.form.office not in _LESSER] or current
        if not current:
            return None
        first = current[0]
        same = [office for office in current if office.kind == first.kind]
        same = [office for office in same if not office.title.isupper()] or same
        return max(same, key=lambda office: (len(office.title), -office.start))

    def roles(self) -> tuple[Role, ...]:
        """Return each distinct office once, in text order."""
        seen: dict[tuple[str, str | None], Role] = {}
        country = self.country
        for office in self.offices:
            role = Role(
                title=office.title,
                country=office.country or country,
                organization=office.organization,
                kind=office.kind,
            )
            seen.setdefault((fold(role.title), role.country), role)
        return tuple(seen.values())


def gather_persons(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    *,
    year: int | None = None,
    outlet: Sequence[str] = (),
) -> list[Person]:
    """Return the article's persons in order of first mention.

    Args:
        year: the article's, by which one who held several offices is given one of them.
        outlet: country codes of the outlet's domain and dateline, "" where not known.
    """
    attach_offices(doc, names, offices, parties)
    persons: list[Person] = []
    whole = [name for name in names if len(fold(name.text).split()) > 1]
    single = [name for name in names if len(fold(name.text).split()) == 1]
    for name in [*sorted(whole, key=lambda n: -len(n.text.split())), *single]:
        person = _find_person(persons, name)
        if person is None:
            person = Person(number=len(persons))
            persons.append(person)
        person.spans.append(name)
    for person in persons:
        person.spans.sort(key=lambda span: span.start)
        person.offices = sorted(
            (office for span in person.spans for office in span.offices),
            key=lambda office: office.start,
        )
        person.countries = [span.country for span in person.spans if span.country]
        person.leader = find_leader(person, year=year)
    persons = _merge_leaders(persons)
    assign_home(persons, offices, home_country(persons, parties, outlet))
    persons.sort(key=lambda person: person.spans[0].start)
    for number, person in enumerate(persons):
        person.number = number
    return persons


def _royals(person: Person) -> tuple[Leader, ...]:
    """Return the monarchs and princes of one first name, if all are of one country."""
    titles = {word for office in person.offices for word in office.title.lower().split()}
    if not titles & _FIRST_NAMED:
        return ()
    for title in sorted(titles & _FIRST_NAMED):
        named = leaders_by_name().get(fold(f"{title} {person.name}"))
        if named:
            return named
    found = tuple(
        row
        for row in _by_first_name().get(fold(person.name), ())
        if row.office in {"head_of_state", "royal", "head_of_government", "pope"}
    )
    return found if len({row.code for row in found}) == 1 else ()


@lru_cache(maxsize=1)
def _by_first_name() -> Mapping[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = {}
    for rows in leaders_by_name().values():
        for row in rows:
            found.setdefault(fold(row.name).split()[0], []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def home_country(
    persons: Sequence[Person], parties: Sequence[PartySpan], outlet: Sequence[str]
) -> str | None:
    """Return the country for which an article writes: whose offices it gives without a country.

    An Irish paper's "the Foreign Minister" is Ireland's. Known leaders whose office stands
    without a country vote first, then where the outlet is; then the country named most.

    Args:
        outlet: what tells the outlet's country, the surest first: its domain, its dateline.
    """
    votes: Counter[str] = Counter()
    for person in persons:
        bare = [office for office in person.offices if not office.country]
        if person.leader is not None and bare and is_country(person.leader.code):
            # The one told of first is whose outlet this is most likely to be.
            votes[person.leader.code] += 1 if votes else 3
    for weight, code in zip((3, 1), outlet, strict=False):
        if code:
            votes[code] += weight
    if votes and votes.most_common(1)[0][1] > 1:
        return votes.most_common(1)[0][0]
    named = Counter(party.code for party in parties if party.is_country)
    ranked = named.most_common(2)
    sure = bool(ranked) and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1])
    if votes and (not sure or ranked[0][0] in votes):
        return votes.most_common(1)[0][0]
    return ranked[0][0] if sure else None


def assign_home(persons: Sequence[Person], offices: Sequence[OfficeSpan], home: str | None) -> None:
    """Give the home country to offices of a state that stand without one."""
    if home is None:
        return
    foreign = {"counterpart"}
    for person in persons:
        if person.country is None:
            for office in person.offices:
                if office.form.scope in {"national", "royal", "subnational", "party"}:
                    office.country = home
                    person.guessed = True
    for office in offices:
        bare = office.country is None and office.determiner in {None, "the", "our"}
        national = office.form.scope == "national" and office.kind not in foreign
        if bare and national and not office.plural:
            office.home = home


def _find_person(persons: Sequence[Person], name: NameSpan) -> Person | None:
    words = fold(name.text).split()
    fitting = [person for person in persons if _fits(person, words, name)]
    if not fitting:
        return None
    return max(fitting, key=lambda person: _closeness(person, words, name))


def _fits(person: Person, words: list[str], name: NameSpan) -> bool:
    own = person.words
    if len(words) == 1:
        if words[0] not in own or _offices_clash(person, name):
            return False
        return _may_stand_alone(person, words[0], name)
    shared = own & set(words)
    missing = [word for word in words if word not in own and len(word) > 1]
    if not missing and len(shared) >= 1:
        return True
    return bool(shared) and all(any(_alike(word, other) for other in own) for word in missing)


def _may_stand_alone(person: Person, word: str, name: NameSpan) -> bool:
    """Tell whether one word calls a person: any but the first does, that with the same office.

    "King Abdullah" is not the minister Abdullah Al Yahya.
    """
    if fold(person.name).split()[0] != word or not name.offices:
        return True
    if any(row.code in FAMILY_FIRST for row in leaders_named(person.name)):
        return True
    kinds = {office.form.office for span in person.spans for office in span.offices}
    return not kinds or any(office.form.office in kinds for office in name.offices)


def _alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) < 4 or word[0] != other[0]:
        return False
    return DamerauLevenshtein.normalized_similarity(word, other) >= SPELLING_SIMILARITY


def _offices_clash(person: Person, name: NameSpan) -> bool:
    countries = {office.country for span in person.spans for office in span.offices}
    own = {office.country for office in name.offices}
    countries.discard(None)
    own.discard(None)
    return bool(countries and own and not countries & own)


def _closeness(person: Person, words: list[str], name: NameSpan) -> tuple[int, int, int, int]:
    """Rank persons that a name may mean: same office, surname, then the nearest before."""
    kinds = {office.form.office for span in person.spans for office in span.offices}
    same_office = any(office.form.office in kinds for office in name.offices)
    last = fold(person.name).split()[-1] == words[-1]
    before = [span.start for span in person.spans if span.start < name.start]
    distance = name.start - max(before) if before else 100_000 + person.spans[0].start
    known = bool(kinds or leaders_named(person.name))
    return int(same_office), int(known), int(last), -distance


def _merge_leaders(persons: list[Person]) -> list[Person]:
    """Make two spellings of one known leader one person ("Joe Biden", "Joseph Biden")."""
    merged: dict[object, Person] = {}
    for person in persons:
        leader = person.leader
        key: object = (leader.name, leader.code) if leader else person.number
        kept = merged.setdefault(key, person)
        if kept is not person:
            kept.spans = sorted(kept.spans + person.spans, key=lambda span: span.start)
            kept.offices = sorted(kept.offices + person.offices, key=lambda o: o.start)
            kept.countries += person.countries
    return list(merged.values())


def find_leader(person: Person, *, year: int | None = None) -> Leader | None:
    """Return the known leader of that name, if the text does not give another country.

    A surname alone is enough only where it stands beside an office of the leader's class.
    """
    own = {office.country for office in person.offices if office.country} | set(person.countries)
    rows = leaders_named(person.name)
    if not rows and len(person.words) == 1:
        kinds = {office.form.office for office in person.offices}
        rows = tuple(
            row
            for row in leaders_by_surname().get(fold(person.name), ())
            if row.office in kinds or (row.code in own)
        )
        if len({row.code for row in rows}) > 1:
            rows = tuple(row for row in rows if row.code in own)
    if not rows and len(person.words) == 1:
        rows = _royals(person)
    fitting = [row for row in rows if not own or row.code in own]
    if any(office.form.scope == "national" for office in person.offices):
        fitting = [row for row in fitting if is_country(row.code)]
    kinds = {office.form.office for office in person.offices}
    titled = [row for row in fitting if row.office in kinds]
    current = [row for row in titled or fitting if year is not None and row.held_in(year)]
    return max(current or titled or fitting, key=lambda row: row.start, default=None)


def attach_offices(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
) -> None:
    """Give each name the offices and countries that stand beside it."""
    by_end = {office.end: office for office in offices}
    by_start = {office.start: office for office in offices}
    party_end = {party.end: party for party in parties}
    party_start = {party.start: party for party in parties}
    for name in names:
        for office in _before(doc, name, by_end):
            name.offices.append(office)
        for office in _after(doc, name, by_start):
            if office not in name.offices:
                name.offices.append(office)
        name.country = name.country or _country_beside(doc, name, party_end, party_start)
    _attach_lists(doc, names, offices)


def _before(doc: Doc, name: NameSpan, by_end: dict[int, OfficeSpan]) -> Iterator[OfficeSpan]:
    at = name.start
    honorifics = name_words()["honorific"]
    while (
        at > 0
        and at not in by_end
        and (doc[at - 1].lower_ in honorifics or doc[at - 1].text == ".")
    ):
        at -= 1
    comma = at > 1 and doc[at - 1].text == "," and at not in by_end
    office = by_end.get(at - 1 if comma else at)
    if office is None or office.plural:
        return
    chain = [office]
    beside = by_end.get(chain[-1].start)
    if beside is not None and not comma and not beside.plural:
        chain.append(beside)
    while chain[-1].start > 1 and doc[chain[-1].start - 1].text in _CHAINED:
        earlier = by_end.get(chain[-1].start - 1)
        if earlier is None or earlier.plural:
            break
        if (chain[-1].determiner and not comma) or (comma and doc[chain[-1].start - 1].text == ","):
            break
        if doc[chain[-1].start - 1].text == "," and chain[-1].country:
            break
        chain.append(earlier)
    if comma and not _is_apposed(doc, name, chain[-1]):
        return
    owner = next((o.country for o in reversed(chain) if o.country), None)
    for member in reversed(chain):
        member.country = member.country or owner
        yield member


def _is_apposed(doc: Doc, name: NameSpan, office: OfficeSpan) -> bool:
    """Tell "the president, Xi Jinping, said" from "told the president, Xi Jinping said"."""
    following = doc[name.end] if name.end < len(doc) else None
    opens = office.start == 0 or bool(doc[office.start].is_sent_start)
    if opens:
        return following is None or following.pos_ in {"AUX", "VERB", "PUNCT"}
    if office.determiner in {None, "a", "an"} and not office.country:
        return False
    return following is None or following.text in {",", ".", "and", ")", "(", "–", "—"}


def _after(doc: Doc, name: NameSpan, by_start: dict[int, OfficeSpan]) -> Iterator[OfficeSpan]:
    end = name.end
    if end + 1 >= len(doc):
        return
    sign = doc[end].text
    office: OfficeSpan | None = None
    if sign in {",", "(", "–", "—", "-"}:
        office = by_start.get(end + 1)
        if office is None and doc[end + 1].lower_ in {"who", "now", "then", "currently"}:
            office = _copular(doc, end + 1, by_start)
        elif office is not None and sign == "," and _begins_next_title(doc, office):
            office = None
    elif doc[end].lemma_ in _COPULAS or doc[end].lower_ in {"who", "was", "is"}:
        office = _copular(doc, end, by_start)
    while office is not None and not office.plural:
        yield office
        link = office.end
        if link + 1 < len(doc) and doc[link].text in {"and", "&"}:
            office = by_start.get(link + 1)
            if office is not None and _begins_next_title(doc, office):
                return
        else:
            return


def _begins_next_title(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "Xi Jinping, President Putin and …" from "Xi Jinping, president of China"."""
    at = office.end
    return (
        at < len(doc)
        and doc[at].text[:1].isupper()
        and doc[at].ent_type_ == "PERSON"
        and office.determiner is None
    )


def _copular(doc: Doc, start: int, by_start: dict[int, OfficeSpan]) -> OfficeSpan | None:
    for i in range(start, min(start + 7, len(doc))):
        if doc[i].text in {",", ".", ";"} and i > start:
            return None
        office = by_start.get(i)
        if (
            doc[i].pos_ in {"ADP", "VERB", "NOUN"}
            and doc[i].lemma_ not in _COPULAS
            and (office is None and doc[i].lower_ != "as")
        ):
            return None
        if office is not None and any(doc[j].lemma_ in _COPULAS for j in range(start, i)):
            return None if _begins_next_title(doc, office) else office
    return None


def _country_beside(
    doc: Doc,
    name: NameSpan,
    party_end: dict[int, PartySpan],
    party_start: dict[int, PartySpan],
) -> str | None:
    """Read "Malaysia's Anwar Ibrahim", "Anwar Ibrahim (Malaysia)", "Anwar Ibrahim of Malaysia"."""
    at = name.start
    if at > 1 and doc[at - 1].text in {"'s", "’s"} and at - 1 in party_end:
        return party_end[at - 1].code
    if at in party_end and party_end[at].form == "adjective":
        return party_end[at].code
    end = name.end
    if end + 1 < len(doc) and doc[end].text in {"(", "of"}:
        party = party_start.get(end + 1) or party_start.get(end + 2)
        if party is None or party.form != "name":
            return None
        closed = doc[end].text == "of" or doc[party.end : party.end + 1].text == ")"
        return party.code if closed else None
    return None


def _attach_lists(doc: Doc, names: Sequence[NameSpan], offices: Sequence[OfficeSpan]) -> None:
    """Give a plural office to each name of the list behind it ("Presidents Xi and Putin")."""
    starts = {name.start: name for name in names}
    for office in offices:
        if not office.plural:
            continue
        listed: list[NameSpan] = []
        at = office.end
        depth = 0
        while at < len(doc) and len(listed) < 30:
            token = doc[at]
            found = starts.get(at)
            if found is not None:
                listed.append(found)
                at = found.end
                continue
            depth += (token.text == "(") - (token.text == ")")
            known = token.text in {",", "and", "&", "(", ")", ":", "-", "–", "of"} or depth > 0
            if not known and not (listed and doc[at - 1].text == "of"):
                break
            at += 1
        for index, name in enumerate(listed):
            if name.offices:
                continue
            office_copy = OfficeSpan(**{**office.__dict__, "plural": False})
            countries = office.countries
            if len(countries) == len(listed) > 1:
                office_copy.country = countries[index]
            elif name.country:
                office_copy.country = name.country
            elif len(countries) > 1:
                office_copy.country = None
            name.offices.append(office_copy)


__all__ = ["Person", "attach_offices", "find_leader", "gather_persons"]
