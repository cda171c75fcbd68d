"""Persons of one article: names brought together, with their offices and countries."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from rapidfuzz.distance import DamerauLevenshtein
from spacy.tokens import Doc

from models import Article
from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import FAMILY_FIRST, leaders_by_surname, leaders_named
from pipeline.stages.entities.countries.affiliations import (
    Affiliations,
    give_affiliations,
    give_parties,
    give_usual,
)
from pipeline.stages.entities.countries.attach import attach_offices
from pipeline.stages.entities.countries.bound_abroad import note_bound_abroad
from pipeline.stages.entities.countries.context import assign_context
from pipeline.stages.entities.countries.ground import Ground
from pipeline.stages.entities.countries.home import assign_home, home_country
from pipeline.stages.entities.countries.land_headings import give_lands_over_news
from pipeline.stages.entities.countries.leaders import (
    find_leader,
    find_pope,
    give_posts_of_bodies,
    merge_leaders,
)
from pipeline.stages.entities.countries.likely_country import assign_likely, may_be_weighed
from pipeline.stages.entities.countries.namesakes import in_office_elsewhere
from pipeline.stages.entities.countries.outlet import Sign, visited_by_writer
from pipeline.stages.entities.countries.peers import give_peers_lands, name_peers
from pipeline.stages.entities.countries.private_persons import is_of_no_land, is_private
from pipeline.stages.entities.countries.ranked_offices import give_ranked_offices
from pipeline.stages.entities.countries.span_matters import MattersOfSpans
from pipeline.stages.entities.countries.standing import assign_standing
from pipeline.stages.entities.countries.subject_lands import give_subject_lands
from pipeline.stages.entities.countries.told_apart import give_offices_told_apart
from pipeline.stages.entities.names.credits import is_credited
from pipeline.stages.entities.names.known_names import years_of
from pipeline.stages.entities.names.short_names import are_one_name
from pipeline.stages.entities.names.title_names import given_in_title
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.introduced import introduce, resume
from pipeline.stages.entities.references.past_holders import give_past_offices
from pipeline.stages.entities.references.royal_couples import (
    give_crowns,
    give_kings_lands,
    give_royal_countries,
)
from pipeline.stages.entities.references.short_bodies import short_bodies
from pipeline.stages.entities.references.team_leaders import name_team_leaders
from pipeline.stages.entities.sexes_told import addressed_sex, sex_of
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.spouses import give_spouses
from pipeline.stages.entities.tables import word_set

#: Two spellings of a long word are one name from this similarity on (0 to 1).
SPELLING_SIMILARITY = 0.82
#: So many letters have the particles of names at most ("al", "bin").
_PARTICLE = 3


def gather_persons(
    article: Article,
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan] = (),
    *,
    year: int | None = None,
    outlet: Sequence[Sign] = (),
) -> list[Person]:
    """Return the article's persons in order of first mention.

    Args:
        year: the article's, by which one who held several offices is given one of them.
        outlet: what tells for which country the article writes.
    """
    affiliations = Affiliations(doc)
    affiliations.add(short_bodies(doc, parties))
    lands = [*(p.code for p in parties if p.is_country), *(place.country for place in places)]
    affiliations.leave_out_foreign(set(lands))
    give_affiliations(offices, affiliations, Counter(lands))
    give_subject_lands(doc, names, offices, parties, places)
    attach_offices(doc, names, offices, parties, places, affiliations)
    persons = _by_name(doc, names)
    named = {p.code for p in parties if p.is_country} | {place.country for place in places}
    bodies = {p.code for p in parties if not p.is_country}
    years = years_of(doc, year)
    adjectives = {p.end for p in parties if p.form == "adjective"}
    for person in persons:
        _gather(person)
        elsewhere = in_office_elsewhere(doc, person, years, adjectives)
        for office in person.offices if elsewhere else ():
            office.country = elsewhere
        person.leader = find_leader(person, year=year, named=named, bodies=bodies, years=years)
        person.leader = person.leader or find_pope(person, offices, year)
        give_posts_of_bodies(person, bodies)
        if len(person.words) == 1:
            _complete_by_title(person, article.title or "")
    persons = merge_leaders(persons)
    give_crowns(doc, persons, offices)
    give_kings_lands(doc, persons, offices)
    give_ranked_offices(doc, persons, offices)
    give_offices_told_apart(doc, persons, offices, [*parties, *places])
    give_past_offices(doc, persons, offices)
    introduce(doc, persons, offices)
    resume(persons, offices)
    name_team_leaders(doc, persons, offices)
    name_peers(doc, persons, offices, parties)
    signs = [*outlet, *affiliations.signs()]
    abroad = visited_by_writer(doc, parties)
    home = home_country(
        doc, persons, offices, parties, places, signs, abroad=abroad, body_start=article.body_start
    )
    give_parties(persons, offices, affiliations, parties, home.code if home.told else None)
    give_usual(persons, parties, places, home.code if home.told else None)
    for person in persons:
        person.of_no_land = is_of_no_land(doc, person)
    give_lands_over_news(article.text, doc, persons, parties, places)
    assign_context(doc, persons, offices, parties, places, home=home)
    give_peers_lands(persons, offices)
    for office in (office for p in persons if p.of_no_land for office in p.offices):
        office.country = None
    unsure = [p for p in persons if may_be_weighed(p) and not is_credited(doc, p)]
    unsure = [p for p in unsure if not is_private(doc, p)]
    matters = MattersOfSpans(article, doc, persons, parties, places)
    note_bound_abroad(doc, persons, parties, places)
    assign_home(persons, offices, parties, home, matters)
    if unsure:
        ground = Ground(doc, persons, offices, parties, places)
        assign_likely(ground, unsure, home, matters, article.body_start)
    assign_standing(doc, persons, parties)
    give_spouses(doc, persons)
    give_royal_countries(doc, persons)
    persons.sort(key=lambda person: person.spans[0].start)
    for number, person in enumerate(persons):
        person.number = number
    return persons


def _by_name(doc: Doc, names: Sequence[NameSpan]) -> list[Person]:
    """Bring the names of each person together, the fullest first."""
    persons: list[Person] = []
    by_word: dict[str, set[int]] = defaultdict(set)
    lengths = [(name, len(fold(name.text).split())) for name in names]
    whole = [name for name, length in lengths if length > 1]
    held = {fold(n.text) for n in whole if any(o.form.office != "spouse" for o in n.offices)}
    single = [name for name, length in lengths if length == 1]
    single.sort(key=lambda name: "." not in name.text)  # "B.Batbold" before "Mr Batbold"
    for name in [*sorted(whole, key=lambda n: -len(n.text.split())), *single]:
        words = fold(name.text).split()
        # Names of one person share a word: only those who have one of these may fit.
        near = sorted({number for word in words for number in by_word.get(word, ())})
        others = [persons[number] for number in near]
        if fold(name.text) in held:
            others = [person for person in others if not _is_consort_of(person, words)]
        sex = addressed_sex(doc, name) if len(words) == 1 else None
        if sex is not None:
            others = _of_sex(doc, others, sex)
        elif len(words) == 1 and not name.offices:
            others = [o for o in others if not _is_beside_kin(doc, o)] or others
        person = _find_person(others, words, name)
        if person is None:
            person = Person(number=len(persons))
            persons.append(person)
        person.take(name)
        for word in person.said.keys() | person.words | person.nicknames:
            by_word[word].add(person.number)
    return persons


def _is_beside_kin(doc: Doc, person: Person) -> bool:
    """Tell whom the text tells but as a relative beside one: "Dahal flew with his daughter Ganga".

    A bare surname behind it is not hers. "Sent his sister Ganga Dahal" has her go.
    """
    starts = [span.start for span in person.spans]
    return any(
        doc[i - 1].lower_ in word_set("relative_beside")
        and doc[i - 2].lower_ in word_set("whose_relative")
        and doc[i - 3].lower_ in word_set("before_companion")
        for i in starts
        if i > 2
    )


def _of_sex(doc: Doc, persons: Sequence[Person], sex: str) -> list[Person]:
    """Return whom "Mrs Rojas" may mean: those told to be women, where any is.

    She is not President Luis Rojas beside Ana Rojas, though a bare surname is his.
    """
    return [person for person in persons if sex_of(doc, person) == sex] or list(persons)


def _gather(person: Person) -> None:
    """Give a person the offices and countries of their mentions."""
    person.spans.sort(key=lambda span: span.start)
    offices = [office for span in person.spans for office in span.offices]
    person.offices = sorted(offices, key=lambda office: office.start)
    person.countries = [span.country for span in person.spans if span.country]


def _complete_by_title(person: Person, title: str) -> None:
    """Give the "Xi" of an article titled "Xi Jinping ends tour" his whole name.

    So the "Gross" of one titled "Cuba frees Alan Gross", who leads no country.
    """
    if person.leader is None:
        given = given_in_title(person.name, title)
        if given:
            person.call(f"{given} {person.name}", (2, True), 0)
        return
    names = (person.leader.name, *person.leader.aliases)
    styles = word_set("first_named") | {"pope", "president"}
    whole = (n for n in names if " " in n and n in title and n.split()[0].lower() not in styles)
    named = max(whole, key=len, default=None)
    if named is not None and person.name in named.split():
        person.call(named, (len(named.split()), True), 0)


def _find_person(persons: Sequence[Person], words: list[str], name: NameSpan) -> Person | None:
    fitting = [person for person in persons if _fits(person, words, name)]
    if not fitting:
        return None
    return max(fitting, key=lambda person: _closeness(person, words, name))


def _generation(words: Collection[str]) -> frozenset[str]:
    return word_set("generation") & frozenset(words)


def _fits(person: Person, words: list[str], name: NameSpan) -> bool:
    own = person.words
    if len(words) == 1:
        called = words[0] in own | person.nicknames or words[0] in person.said
        if not called or _offices_clash(person, name):
            return False
        if _is_fathers(person, words[0], name) or _is_spouses(person, words[0], name):
            return False
        return _may_stand_alone(person, words[0], name)
    ours, theirs = _generation(own), _generation(words)
    if ours != theirs and ours | theirs == word_set("generation"):
        return False
    if _is_named_after(fold(person.name).split(), words):
        return False
    if len(words) == 2 and words[0] in word_set("kept_style") and words[0] not in own:
        return _is_styled(person, words[1], name)
    doubled = {word for word in words if words.count(word) > 1 and len(word) > _PARTICLE}
    full = fold(person.name).split()
    if "".join(full) == "".join(words):
        return True  # "Karim Benali", "Karim Ben Ali"
    if any(full.count(word) == 1 for word in doubled):
        return False  # "Nasser Sabah Al-Ahmad Al-Sabah" is not Nasser Al-Ahmad Al-Sabah
    shared = own & set(words)
    missing = [word for word in words if word not in own and len(word) > 1]
    if not missing and len(shared) >= 1:
        return True
    if full[-1] == words[-1] and are_one_name(full[0], words[0]):
        return set(words[1:]) <= own  # "Bill Barr", "William Barr"
    return bool(shared) and all(any(_alike(word, other) for other in own) for word in missing)


def _is_styled(person: Person, word: str, name: NameSpan) -> bool:
    """Tell "Sheikh Tamim" from one called otherwise: so is who is named Tamim first, or last.

    Not the son or kin of one: "Tamim bin Hamad" is not "Sheikh Hamad", nor is the premier "Ahmad
    Nawaf" the amir "Sheikh Nawaf".
    """
    called = fold(person.name).split()
    first = len(called) > 2 and called[0] == word
    last = called[-1] == word and called[-2] not in word_set("filiation", "clan_word")
    held = {office.form.office for office in name.offices}
    last = last and not (held and person.office_classes and held.isdisjoint(person.office_classes))
    return (first or last) and not _offices_clash(person, name)


def _may_stand_alone(person: Person, word: str, name: NameSpan) -> bool:
    """Tell whether one word calls a person: any but the first does, that with the same office.

    "King Abdullah" is not the minister Abdullah Al Yahya.
    """
    called = fold(person.name).split()
    if called[0] != word or not name.offices:
        inner = name.offices and word in called[1:-1] and word not in person.nicknames
        kinds = {office.form.office for office in name.offices}
        regnal = {office.form.form for office in name.offices} & word_set("first_named")
        regnal |= kinds & {"pope"}  # "Pope Francis" is not the cardinal Robert Francis Prevost
        return not (inner and regnal and not kinds & person.office_classes)
    if any(row.code in FAMILY_FIRST for row in leaders_named(person.name)):
        return True
    kinds = person.office_classes
    titles = {office.form.form for office in name.offices}
    if not kinds and titles & word_set("first_named"):
        return False  # "King Hussein" is not the aide Hussein Khalaf
    if not kinds or any(office.form.office in kinds for office in name.offices):
        return True
    if all(o.start >= name.end and o.determiner in {"a", "an"} for o in name.offices):
        return True  # "Gen Prem, a former premier,": who is told of once more
    if any(_is_short_for_own(person, office) for office in name.offices):
        return True
    if len(person.words) == 1 and not titles & word_set("first_named"):
        return True  # "Foreign Minister Cordovez", then "Minister Cordovez"
    return bool(person.office_countries & {office.country for office in name.offices})


def _is_short_for_own(person: Person, office: OfficeSpan) -> bool:
    """Tell "Minister Retno" from others: so is the foreign minister Retno Marsudi called again.

    So is "Minister IWAYA", after "IWAYA Takeshi, Minister for Foreign Affairs".

    So are "Secretary Masud", a foreign secretary, and "General Asim", an army's chief; not
    "President Jusuf" where Jusuf Kalla is vice president, nor "Minister Najib" for a premier.
    """
    if office.form.office in word_set("rank_class"):
        return bool(person.office_classes & word_set("ranked_class"))
    fuller = (o.form for span in person.spans for o in span.offices)
    short = office.form.form
    return office.form.office in word_set("short_title_class") and any(
        (form.form.endswith(f" {short}") or form.form.startswith((f"{short} of ", f"{short} for ")))
        and form.office not in word_set("first_named_class")
        for form in fuller
    )


def _is_consort_of(person: Person, words: Sequence[str]) -> bool:
    """Tell "Iriana Joko Widodo", who bears all of her husband's name, from "Joko Widodo"."""
    called = fold(person.name).split()
    tail = len(called) > len(words) > 1 and called[-len(words) :] == list(words)
    return tail and person.office_classes == {"spouse"}


def _is_named_after(called: Sequence[str], words: Sequence[str]) -> bool:
    """Tell "Mohamed bin Zayed" from his son, "Khaled bin Mohamed bin Zayed Al Nahyan"."""
    behind = (called[i + 1 :] for i, word in enumerate(called) if word in word_set("filiation"))
    return any(
        len(tail) >= len(words)
        and all(a == b or _alike(a, b) for a, b in zip(tail, words, strict=False))
        for tail in behind
    )


def _is_fathers(person: Person, word: str, name: NameSpan) -> bool:
    """Tell "King Salman" from a person who is called his son ("Khalid bin Salman")."""
    words = fold(person.name).split()
    fathers = {words[i + 1] for i in range(len(words) - 1) if words[i] in word_set("filiation")}
    titles = {office.form.form for office in name.offices}
    own = {office.form.form for span in person.spans for office in span.offices}
    kinds = person.office_classes - (
        {"head_of_state"} if titles & {"king", "emir", "sultan"} else set()
    )
    titled = titles & word_set("first_named") and not titles & own
    return (
        bool(titled) and word in fathers and all(o.form.office not in kinds for o in name.offices)
    )


def _is_spouses(person: Person, word: str, name: NameSpan) -> bool:
    """Tell "President Obama" from "Michelle Obama", who shares but the surname of one who led.

    Whose given name begins as the leader's does may be the leader, otherwise spelled; where several
    who led share the surname, so may one more.
    """
    kinds = {office.form.office for office in name.offices} & word_set("top_office")
    if not kinds or kinds & person.office_classes or len(person.words) == 1:
        return False
    if any(row.office in kinds for row in leaders_named(person.name)):
        return False
    titles = {office.form.form for office in name.offices}
    own = [o.form.form.split() for span in person.spans for o in span.offices]
    if any(not titles.isdisjoint({form[0], form[-1]}) for form in own):
        return False  # "President Michel", who is the European Council's
    led = [row for row in leaders_by_surname().get(word, ()) if row.office in kinds]
    sure = "spouse" in person.office_classes or len({row.name for row in led}) == 1
    return bool(led) and sure and all(fold(row.name)[:1] != fold(person.name)[:1] for row in led)


def _alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) < 4 or word[0] != other[0]:
        return False
    return DamerauLevenshtein.normalized_similarity(word, other) >= SPELLING_SIMILARITY


def _offices_clash(person: Person, name: NameSpan) -> bool:
    """Tell whether a name's offices are another's: of another country, or a consort's spouse's."""
    kinds = {office.form.office for office in name.offices}
    if kinds and "spouse" not in kinds and _is_consort(person):
        return True
    own = {office.country for office in name.offices if office.country}
    if not own or not person.office_countries or person.office_countries & own:
        return False
    return not _is_sent_by_body(person, name)


def _is_consort(person: Person) -> bool:
    """Tell a first lady, by what the text calls her, else by the names of those who are known."""
    if person.office_classes:
        return person.office_classes == {"spouse"}
    known = leaders_named(person.name)
    return bool(known) and all(row.office == "spouse" for row in known)


def _is_sent_by_body(person: Person, name: NameSpan) -> bool:
    """Tell "Ruiz, former Peruvian premier," behind "the UN envoy Ana Ruiz", or before her.

    "The Chilean minister Ana Ruiz" is another than she.
    """
    told = [o for span in (*person.spans, name) for o in span.offices if o.country]
    of_states = [office for office in told if is_country(office.country or "")]
    return len(of_states) < len(told) and all(office.former for office in of_states)


def _closeness(person: Person, words: list[str], name: NameSpan) -> tuple[int, int, int, int, int]:
    """Rank persons that a name may mean: same office, surname, then the nearest before.

    A bare surname is the husband's, not the first lady's.
    """
    kinds = person.office_classes
    consort = len(words) == 1 and not name.offices and _is_consort(person)
    same_office = any(office.form.office in kinds for office in name.offices)
    last = fold(person.name).split()[-1] == words[-1]
    before = bisect_left(person.starts, name.start)
    distance = name.start - person.starts[before - 1] if before else 100_000 + person.starts[0]
    known = bool(kinds or leaders_named(person.name))
    return -consort, int(same_office), int(known), int(last), -distance


__all__ = ["gather_persons"]
