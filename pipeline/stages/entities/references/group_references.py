"""Which two parties "the two sides" and "both leaders" mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from models import Reference
from pipeline.labels import VERBS
from pipeline.reference.countries import is_country
from pipeline.signs import DASHES
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.references.acting_pairs import acting_pair, beside_setting
from pipeline.stages.entities.references.referring import LOOK_BACK, Referring
from pipeline.stages.entities.tables import group_holders, group_nouns, word_set

#: How many sentences back an article may have turned from its main pair to another.
_TURNED = 2
#: How many sentences back those who act together are looked for.
_ACTED = 2
#: So many sentences open an article: the headline and the first of its text.
_OPENING = 2
#: What may stand between the two of a list.
_JOINTS = frozenset({"and", "the", "&"})
#: What opens the list of those who are grouped before it.
_LISTS = frozenset({",", ":", "(", "of", *DASHES})
#: The longest noun of a group ("heads of state"), in tokens.
_LONGEST_NOUN = 3
#: What stands before it and tells of which matter they are ("interior ministers").
_OF_PORTFOLIO = frozenset({"amod", "compound", "nmod"})
#: The words at which a group may begin.
_OPENERS = frozenset({"the", "our", "their", "these", "both", "two"})


class GroupReferences(Referring):
    """Makes the references that are groups."""

    def _group_spans(self) -> Iterator[tuple[int, int, str]]:
        doc, done = self.doc, 0
        for i in where(doc, _OPENERS):
            if i < done:
                continue
            bare = self._bare_group(i)
            if bare:
                yield i, bare, "persons"
                done = bare
                continue
            end = self._quantified(i) or self._definite(i)
            if end:
                stop, refers = self._group_noun(end)
                if refers and not (refers == "persons" and self._is_new(i)):
                    yield i, stop, refers
                    done = stop

    def _group_noun(self, i: int) -> tuple[int, str]:
        """Return the end of the noun of a group at token `i`, and whether it means persons.

        "heads of state", "leaders"; also "interior ministers", "deputy trade secretaries".
        """
        doc, nouns = self.doc, group_nouns()
        for length in range(_LONGEST_NOUN, 0, -1):
            noun = doc[i : i + length].text.lower()
            if noun in nouns and len(noun.split()) == length:
                return i + length, nouns[noun]
        for at in range(i + 1, min(i + _LONGEST_NOUN, len(doc))):
            if doc[at - 1].dep_ not in _OF_PORTFOLIO or not doc[at - 1].text.islower():
                break
            if nouns.get(doc[at].lower_) == "persons" and doc[at].text.islower():
                return at + 1, "persons"
        return i, ""

    def _is_new(self, i: int) -> bool:
        """Tell "Two ministers" at token `i`, told before any two countries whose they might be."""
        if self.doc[i].lower_ != "two":
            return False
        number = self.sentence[i]
        near = (number, *self._before(number, LOOK_BACK))
        told = {code for back in near for at, code in self.coded.get(back, ()) if at < i}
        return len(told) < len(("one", "other"))

    def _bare_group(self, i: int) -> int:
        """Return the end of "both" or "the two" that stand for persons by themselves, or 0."""
        if self.doc[i].lower_ not in {"both", "the"}:
            return 0
        words = [token.lower_ for token in self.doc[i : i + 3]]
        end = i + 1 if words[:1] == ["both"] else i + 2 if words[:2] == ["the", "two"] else 0
        if not end or end >= len(self.doc):
            return 0
        return end if self.doc[end].pos_ in VERBS else 0

    def _quantified(self, i: int) -> int:
        """Return the end of "the two", "both", "our two" and the adjectives behind it, or 0."""
        if self.doc[i].lower_ not in _OPENERS:
            return 0
        words = [token.lower_ for token in self.doc[i : i + 4]]
        if words[0] in {"the", "our", "their", "these"} and words[1:2] == ["two"]:
            end = i + 2
        elif words[0] == "two" and words[1:2] and words[1] in word_set("others_than_told"):
            return 0  # "two more African states"
        elif words[0] == "both" or (words[0] == "two" and (i == 0 or words[1:2] != ["-"])):
            end = i + 1
            if words[1:2] in (["our"], ["the"], ["their"]):
                end += 1
        else:
            return 0
        doc = self.doc
        while end < len(doc) - 1 and self._only_tells_more(end):
            end += 1
        return end

    def _only_tells_more(self, i: int) -> bool:
        """Tell "top" and "Western" of "the two Western leaders" from the name of a country."""
        token = self.doc[i]
        region = token.lower_ in word_set("region") or (
            token.lower_ in word_set("compass")
            and self.doc[i + 1].lower_ in word_set("region")  # "the two West African states"
        )
        return (token.pos_ == "ADJ" and token.text.islower()) or (
            region and token.pos_ in {"ADJ", "PROPN"}
        )

    def _definite(self, i: int) -> int:
        """Return the end of "the sanctioned" before "leaders", behind the two whom it means, or 0.

        "the leaders of Chad", "the leaders" of no sentence that names two, are others.
        """
        doc = self.doc
        if doc[i].lower_ != "the":
            return 0
        end = i + 1
        while end < len(doc) - 1 and doc[end].tag_ in {"JJ", "VBN"} and doc[end].text.islower():
            end += 1
        if end + 1 >= len(doc) or group_nouns().get(doc[end].lower_) != "persons":
            return 0
        after = doc[end + 1]
        if after.pos_ not in VERBS or doc[end].lower_ in {"men", "officials"}:
            return 0
        codes = {code for place, code in self.coded.get(self.sentence[i], ()) if place < i}
        return end if len(codes) == 2 else 0

    def _group(self, start: int, end: int, refers: str) -> Reference:
        members = self._listed(end) or self._ours(start)
        members = members or self._holders(start, end) or self._pair(start, end)
        self.grouped.update(members)
        return self._make(
            start,
            end,
            kind="group",
            form="group",
            plural=True,
            role_kind=refers,
            members=members,
        )

    def _holders(self, start: int, end: int) -> tuple[str, ...]:
        """Return the two lands of "both presidents" where no third one's is told of before.

        "Peru's president X met Fiji's president Y. X went to Norway. Both presidents were glad":
        not Norway, whose president nobody named.
        """
        nouns = (self.doc[at:end].text.lower() for at in range(start + 1, end))
        held = next((kind for kind in map(group_holders().get, nouns) if kind), None)
        if held is None:
            return ()
        told = {ref.country for at, ref in self.actors if at < start and ref.role_kind == held}
        codes = sorted(code for code in told if code)
        return tuple(codes) if len(codes) == 2 else ()

    def _pair(self, at: int, end: int) -> tuple[str, ...]:
        """Return the two parties that stand nearest before a group, no organization of states."""
        number = self.sentence[at]
        states = self.doc[end - 1].lower_ in word_set("state_group")
        acting = self._acting(number, at)
        if acting and not (states and not all(map(is_country, acting))):
            return acting
        pair = self._main_pair()
        seen: dict[str, None] = {}
        for back in (number, *self._before(number, LOOK_BACK)):
            named = self.coded.get(back, ())
            named = beside_setting(self.doc, named) if back < number else named
            codes = [code for place, code in named if place < at]
            codes = [code for code in codes if not states or is_country(code)]
            if back == number and len(set(codes)) == 2:
                return tuple(sorted(set(codes)))
            if back == number and pair and set(codes) <= set(pair):
                return (() if codes else self._other_pair(number, pair)) or pair
            visiting = self._visiting(back, at)
            lone = len(seen.keys() - set(visiting)) <= 1  # "Japan looked on. The two countries"
            if visiting and lone and not self._paired_before(codes, number):
                return visiting
            for code in codes:
                seen[code] = None
            if len(seen) == 2:
                stray = pair and set(codes) != seen.keys() and len(seen.keys() & set(pair)) == 1
                apart = number >= len(self.doc)  # a paragraph that tells a story of its own
                opening = self._opening_pair() if set(codes) != seen.keys() and not apart else ()
                if opening and self._are_strays(seen, opening, at):
                    return opening
                return pair if stray else tuple(sorted(seen))
            if len(seen) > 2 and len(set(codes)) == 2:
                return tuple(sorted(set(codes)))
            if len(seen) > 2:
                break
        opening = self._opening_pair() if number < len(self.doc) else ()
        if opening and seen.keys() <= set(opening):
            return opening
        ranked = sorted(seen or self.counts, key=lambda code: (-self.counts[code], code))
        if not seen and [self.counts[code] for code in ranked[1:3]] == [1, 1]:
            return ()  # nobody is told of before, and each of several behind but once
        return tuple(sorted(ranked[:2])) if len(ranked) >= 2 else ()

    def _acting(self, number: int, at: int) -> tuple[str, ...]:
        """Return the two who act together nearest before a group, past those only spoken of.

        "A and B condemned strikes by Peru on Chad. The two leaders agreed" means those of A and B.
        """
        own = {code for place, code in self.coded.get(number, ()) if place < at}
        for back in (number, *self._before(number, _ACTED)):
            named = [(place, code) for place, code in self.coded.get(back, ()) if place < at]
            named = beside_setting(self.doc, named) if back < number else named
            found = acting_pair(self.doc, named)
            if found and (len(own) < len(("one", "other")) or not self._are_apart(named[0][0], at)):
                return found
        return ()

    def _are_apart(self, first: int, last: int) -> bool:
        """Tell tokens of two paragraphs."""
        return "\n\n" in self.article.text[self.doc[first].idx : self.doc[last].idx]

    def _opening_pair(self) -> tuple[str, ...]:
        """Return the two alone whom the headline or the first sentence on any parties tells of."""
        opening = [{code for _, code in self.coded[n]} for n in sorted(self.coded)[:_OPENING]]
        pair = next((codes for codes in opening if len(codes) == len(("one", "other"))), None)
        return tuple(sorted(pair)) if pair is not None else ()

    def _are_strays(self, seen: Collection[str], pair: tuple[str, ...], at: int) -> bool:
        """Tell two of whom no more is told before than of a pair to which they do not both belong.

        "Chad cut ties with Peru. Oman looked on. Chad's premier spoke. The two countries": not
        Oman and Chad, who are named in no sentence together.
        """
        told = Counter(code for named in self.coded.values() for i, code in named if i < at)
        told += self.grouped
        strays = [told[code] for code in seen if code not in pair]
        partners = [told[code] for code in pair if code not in seen]
        return bool(strays and partners) and max(strays) <= min(partners)

    def _other_pair(self, number: int, pair: tuple[str, ...]) -> tuple[str, ...]:
        """Return the two, neither of an article's main pair, that the sentences before turn to."""
        for back in self._before(number, _TURNED):
            codes = {code for _, code in self.coded.get(back, ())}
            found = tuple(sorted(codes)) if len(codes) == 2 else self._visiting(back)
            if found:
                return () if set(found) & set(pair) else found
            if codes & set(pair):
                break
        return ()

    def _listed(self, end: int) -> tuple[str, ...]:
        """Return the two of "the two countries, Peru and Chad," that a group's end lists.

        Also of "the two governments of Peru and Chad".
        """
        if end >= len(self.doc) or self.doc[end].lower_ not in _LISTS:
            return ()
        named = {party.start: party for party in self.parties if party.acts}
        found: list[str] = []
        at = end + 1
        while at < len(self.doc):
            if at in named:
                found.append(named[at].code)
                at = named[at].end
            elif self.doc[at].lower_ in _JOINTS:
                at += 1
            else:
                break
        joined = self.doc[at - 1].lower_ not in _JOINTS
        return tuple(sorted(found)) if len(set(found)) == 2 and joined else ()

    def _ours(self, start: int) -> tuple[str, ...]:
        """Return the two of "our two nations", said in Oslo by the Chadian president."""
        if self.doc[start].lower_ != "our":
            return ()
        number = self.sentence[start]
        codes = {code for _, code in self.coded.get(number, ())}
        return tuple(sorted(codes)) if len(codes) == 2 else self._visiting(number)

    def _visiting(self, number: int, before: int | None = None) -> tuple[str, ...]:
        """Return the two of "The Chadian president arrived in Oslo", one of them by its capital."""
        codes = {c for at, c in self.coded.get(number, ()) if before is None or at < before}
        seats = {c for at, c in self.seats.get(number, ()) if before is None or at < before}
        both = codes | seats
        return tuple(sorted(both)) if len(codes) == 1 and len(both) == 2 else ()

    def _paired_before(self, codes: Sequence[str], number: int) -> bool:
        """Tell whether a sentence before pairs the one party named with another."""
        near = self._before(number, LOOK_BACK)
        told = [{code for _, code in self.coded.get(back, ())} for back in near]
        return any(len(pair) == 2 and set(codes) < pair for pair in told)

    def _before(self, number: int, most: int) -> list[int]:
        """Return the numbers of so many sentences before one, the nearest first."""
        return list(range(number - 1, max(-1, number - 1 - most), -1))

    def _main_pair(self) -> tuple[str, ...]:
        """Return the two parties that an article is about, where no third comes near them."""
        ranked = self.told.most_common(3)
        if len(ranked) < 2 or ranked[1][1] < 3:
            return ()
        third = ranked[2][1] if len(ranked) > 2 else 0
        return tuple(sorted(code for code, _ in ranked[:2])) if ranked[1][1] >= 2 * third else ()


__all__ = ["GroupReferences"]
