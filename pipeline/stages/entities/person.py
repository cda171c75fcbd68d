"""A person of one article."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from models import Role
from pipeline.reference.countries import code_today, is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import Leader
from pipeline.stages.entities.names.known_names import also_called
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import word_set

#: Shorter words in capitals are initials and the letters of given names ("JD").
SHORTEST_SHOUT = 3
#: A word of so many hyphens is a whole name.
WHOLE_BY_HYPHENS = 2
#: How many of one's offices are weighed for another: more are one office told again and again.
_MOST_OFFICES = 50


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
    #: Whether all that the article tells leaves no doubt of a country that no words tell.
    beyond_doubt: bool = False
    #: Whether the country is but that which the sentence tells of first.
    by_actor: bool = False
    #: Whether they are but called their country's ("Italy's X") where the talk is of states.
    stands: bool = False
    #: Whether they serve a body that works everywhere, and is of no country.
    of_no_land: bool = False
    #: The country of whom sent them a message, or from which they came home: it is not theirs.
    foreign_to: str | None = None
    #: Whether they came home from it.
    home_again: bool = False
    #: How many words the fullest forms so far have, and if none of them is in capitals.
    fullness: tuple[int, bool] = (0, False)
    #: Those forms as they are written, and where each stands first.
    fullest: dict[str, int] = field(default_factory=dict)
    #: How often each folded word stands in the mentions.
    said: Counter[str] = field(default_factory=Counter)
    #: Where the mentions taken so far start, sorted; the classes and countries of their offices.
    starts: list[int] = field(default_factory=list)
    office_classes: set[str] = field(default_factory=set)
    office_countries: set[str] = field(default_factory=set)
    #: The folded single words by which they are called besides their name.
    nicknames: set[str] = field(default_factory=set)

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a whole name is told: no office, country or known leader."""
        known = self.offices or self.countries or self.leader is not None
        return not known and len(self.words) > 1

    def take(self, span: NameSpan) -> None:
        """Add a mention."""
        self.spans.append(span)
        insort(self.starts, span.start)
        self.nicknames.update(fold(called) for called in also_called(span))
        words = span.text.split()
        small = not any(word.isupper() and len(word) > SHORTEST_SHOUT for word in words)
        self.said.update(fold(span.text).split())
        self.call(span.text, (len(words), small), span.start)
        for office in span.offices:
            self.office_classes.add(office.form.office)
            if office.country:
                self.office_countries.add(office.country)

    def call(self, form: str, fullness: tuple[int, bool], start: int) -> None:
        """Keep a form of the name if none so far is fuller."""
        if fullness > self.fullness:
            self.fullness = fullness
            self.fullest = {form: start}
        elif fullness == self.fullness:
            self.fullest[form] = min(start, self.fullest.get(form, start))

    @property
    def name(self) -> str:
        """The fullest form; of equals that whose words are said most, then the earliest."""
        if len(self.fullest) == 1:
            return next(iter(self.fullest))
        return max(self.fullest, key=self._usage, default="")

    def _usage(self, form: str) -> tuple[int, int]:
        return sum(self.said[word] for word in fold(form).split()), -self.fullest[form]

    @property
    def words(self) -> frozenset[str]:
        """The folded words of the fullest form."""
        return frozenset(fold(self.name).split())

    @property
    def country(self) -> str | None:
        """The party by office, then adjective, then who leads which country."""
        if self.offices and (of_office := self._of_office) is not None:
            return of_office
        if self.countries:
            return _most_told(self.countries)
        if self.is_relative or self.leader is None:
            return None
        return self.leader.code

    @property
    def _of_office(self) -> str | None:
        """The party by office, where no other is surer."""
        by_office = (
            self._of_state or self._of_body or [o.country for o in self.offices if o.country]
        )
        if not self.countries:
            if self._leads and self._only_chairs:
                return self._leads
            return _most_told(by_office) if by_office else None
        past = all(office.former for office in self.offices if office.country)
        if not by_office or past or self._only_chairs:
            return None
        return _most_told(by_office)

    @property
    def _leads(self) -> str | None:
        """The country that they are known to lead."""
        return (
            self.leader.code
            if self.leader and self.leader.office in word_set("top_office")
            else None
        )

    @property
    def _of_state(self) -> list[str]:
        """The countries of the offices of state held now: a premier may chair a union as well."""
        held = (o for o in self.offices if not o.former and o.kind != "counterpart")
        return [o.country for o in held if o.country and is_country(o.country)]

    @property
    def _of_body(self) -> list[str]:
        """The bodies for which they act now, as "the UN envoy, former Peruvian premier X" does."""
        if not any(o.former and o.country for o in self.offices):
            return []
        held = (o for o in self.offices if not o.former and o.kind != "counterpart")
        return [o.country for o in held if o.country]

    @property
    def _only_chairs(self) -> bool:
        """Whether they but chair an organization, as "Peru's X, the chair of APEC" does."""
        return {o.country for o in self.offices if o.country} <= self.chaired != set()

    @property
    def chaired(self) -> set[str]:
        """The organizations that they chair, which leave them their country's.

        So does "the EU leader X", who may be one of many leaders in it.
        """
        chairs = (
            o
            for o in self.offices
            if o.title.lower().startswith("chair")
            or o.form.form == "leader"
            or (o.title.lower().startswith("head") and o.country == "Commonwealth")
        )
        return {o.country for o in chairs if o.country and not is_country(o.country)}

    @property
    def is_of_one_word(self) -> bool:
        """Whether they are but called "Albright" or "al-Burhan", unlike "Sohail-ur-Rehman"."""
        return len(self.name.split()) == 1 and self.name.count("-") < WHOLE_BY_HYPHENS

    @property
    def is_relative(self) -> bool:
        """Whether the text tells them but as somebody's wife or husband, which is no office."""
        titles = {word for office in self.offices for word in office.form.form.split()}
        return bool(titles & word_set("relation")) and all(
            office.form.office == "spouse" for office in self.offices
        )

    @property
    def is_of_nobody(self) -> bool:
        """Whether they are told but as a relative, or as serving a body that works everywhere."""
        return self.is_relative or self.of_no_land

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
        current = [o for o in current if o.form.office not in word_set("lesser_office")] or current
        theirs = {None, self.country}
        current = [o for o in current if o.country in theirs] or current
        current = [o for o in current if o.title not in word_set("office_letters")] or current
        current = [o for o in current if not is_style(o)] or current
        current = [o for o in current if not self.is_rank(o)] or current
        if not current:
            return None
        first = current[0]
        same = [office for office in current if office.kind == first.kind]
        same = [office for office in same if not office.title.isupper()] or same
        return max(same, key=lambda office: (len(office.title), -office.start))

    def is_rank(self, office: OfficeSpan) -> bool:
        """Tell the rank of "Ambassador X, Minister of Trade of Peru", posted nowhere, from a post.

        So that of "Senator X, the foreign minister", of "Ambassador X, director general for Asia";
        not "Ambassador X, the ministry's spokesman".
        """
        if office.form.office in word_set("seat_at_home"):
            return self._holds_leading_office
        if office.form.office != "ambassador" or office.posted:
            return False
        if office.country is None and self._holds_leading_office:
            return True
        few = islice(self.offices, _MOST_OFFICES)
        told = (o.title.lower().replace("-", " ").split() for o in few if not o.former)
        begun = {" ".join(title[:2]) for title in told}
        return not word_set("office_of_diplomat").isdisjoint(begun)

    @property
    def _holds_leading_office(self) -> bool:
        few = islice(self.offices, _MOST_OFFICES)
        held = (o.kind.removeprefix("deputy_") for o in few if not o.former)
        return not word_set("leading_office").isdisjoint(held)

    def roles(self) -> tuple[Role, ...]:
        """Return each distinct office once, in text order."""
        seen: dict[tuple[str, str | None], Role] = {}
        country = self.country
        for office in self.offices:
            held_for = office.country or country
            role = Role(
                title=office.title,
                country=code_today(held_for) if held_for else None,
                organization=office.organization,
                kind=office.kind,
            )
            seen.setdefault((fold(role.title), role.country), role)
        return tuple(seen.values())


def _most_told(codes: Sequence[str]) -> str:
    """Return the code that is told most often, of equals the first."""
    return codes[0] if len(codes) == 1 else Counter(codes).most_common(1)[0][0]


def is_style(office: OfficeSpan) -> bool:
    """Tell the "His Majesty" of "His Majesty Sultan X", whose office is the other."""
    return office.title.rpartition(" ")[2].lower() in word_set("style_noun")


__all__ = ["Person", "is_style"]
