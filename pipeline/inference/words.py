"""What spaCy's attribute ruler and lemmatizer say of a token, looked up instead of matched.

Nearly all of the ruler's patterns look at one token's form, tag and dependency, so what they say
is remembered for each of these that occurs; the few that look at two tokens are tried by the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.symbols import IDS
from spacy.tokens.morphanalysis import MorphAnalysis

#: Tokens of which it is remembered what was said.
REMEMBERED = 50_000
_READ = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_SET = frozenset({"TAG", "POS", "MORPH", "LEMMA", "DEP"})
_DEMANDS = frozenset({"IN", "NOT_IN", "REGEX"})
_MODES = frozenset({"rule", "lookup"})
#: Stands for every dependency that no pattern names.
_OTHER = "*"


class Seen(NamedTuple):
    """What patterns look at."""

    word: str
    tag: str
    dep: str

    def value(self, attribute: str) -> str | bool:
        """Return an attribute by its name in patterns."""
        if attribute == "LOWER":
            return self.word.lower()
        if attribute == "IS_SPACE":
            return self.word.isspace()
        return self.tag if attribute == "TAG" else self.dep


class Said(NamedTuple):
    """What is said of a token."""

    tag: str
    pos: str
    morph: str
    lemma: str
    dep: str


@dataclass(frozen=True)
class _Spec:
    """A pattern's demands on one token: values that are wanted, those that are not, and shapes."""

    wanted: Mapping[str, frozenset[Any]]
    unwanted: Mapping[str, frozenset[Any]]
    shapes: Mapping[str, re.Pattern[str]]

    def fits(self, seen: Seen) -> bool:
        for name, values in self.wanted.items():
            if seen.value(name) not in values:
                return False
        for name, values in self.unwanted.items():
            if seen.value(name) in values:
                return False
        return all(shape.search(str(seen.value(name))) for name, shape in self.shapes.items())


@dataclass(frozen=True)
class _Rule:
    """A pattern, and what it sets on which of its tokens; later rules overrule earlier ones."""

    order: int
    specs: tuple[_Spec, ...]
    target: int
    sets: Mapping[str, str]


_Places = dict[str, list[tuple[int, _Rule]]]


class WordRules:
    """The ruler and the lemmatizer of a pipeline."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self._vocab, self._lemmatizer = ruler.vocab, lemmatizer
        _index(lemmatizer)
        rules = list(_rules(ruler))
        self._single = [rule for rule in rules if len(rule.specs) == 1]
        self._double = [rule for rule in rules if len(rule.specs) == 2]
        self._deps = {
            dep
            for rule in rules
            for spec in rule.specs
            for demands in (spec.wanted, spec.unwanted)
            for dep in demands.get("DEP", ())
        }
        self._by_word = _indexed(self._single, "LOWER")
        self._by_tag = _indexed(_without(self._single, "LOWER"), "TAG")
        self._by_neither = _without(_without(self._single, "LOWER"), "TAG")
        self._pairs_by_word, self._pairs_by_dep = _pairs(self._double)
        self._said: dict[tuple[str, str, str], Said] = {}
        self._lemmas: dict[tuple[str, str, str], str] = {}
        morphs = {rule.sets["MORPH"] for rule in rules if "MORPH" in rule.sets}
        self._morphs = {
            morph: MorphAnalysis(self._vocab, morph) for morph in {"", *(morphs - {"_"})}
        }

    def say(self, words: Sequence[str], tags: Sequence[str], deps: Sequence[str]) -> list[Said]:
        """Return what is said of the tokens of one text."""
        if len(self._said) > REMEMBERED:
            self._said.clear()
            self._lemmas.clear()
            self._lemmatizer.cache.clear()
        remembered, named = self._said, self._deps
        said = []
        for word, tag, dep in zip(words, tags, deps, strict=True):
            key = (word, tag, dep if dep in named else _OTHER)
            found = remembered.get(key)
            if found is None:
                found = remembered[key] = self._apply(Seen(*key), self._matching(Seen(*key)))
            if found.dep == _OTHER:  # `_replace` takes four times as long
                found = Said(found.tag, found.pos, found.morph, found.lemma, dep)
            said.append(found)
        self._say_of_pairs(words, tags, deps, said)
        return said

    def _matching(self, seen: Seen) -> list[_Rule]:
        lower = seen.word.lower()
        candidates = (*self._by_word.get(lower, ()), *self._by_tag.get(seen.tag, ()))
        return [rule for rule in (*candidates, *self._by_neither) if rule.specs[0].fits(seen)]

    def _say_of_pairs(
        self,
        words: Sequence[str],
        tags: Sequence[str],
        deps: Sequence[str],
        said: list[Said],
    ) -> None:
        hits: dict[int, list[_Rule]] = {}
        by_word, by_dep = self._pairs_by_word, self._pairs_by_dep
        found = [(at, by_word[w]) for at, w in enumerate(map(str.lower, words)) if w in by_word]
        found += [(at, by_dep[dep]) for at, dep in enumerate(deps) if dep in by_dep]
        for at, placed in found:
            for place, rule in placed:
                first = at - place
                span = range(first, first + 2)
                if first < 0 or span.stop > len(words):
                    continue
                pair = (Seen(words[n], tags[n], deps[n]) for n in span)
                if all(spec.fits(seen) for spec, seen in zip(rule.specs, pair, strict=True)):
                    hits.setdefault(first + rule.target, []).append(rule)
        for at, rules in hits.items():
            seen = Seen(words[at], tags[at], deps[at])
            said[at] = self._apply(seen, [*self._matching(seen), *rules])

    def _apply(self, seen: Seen, rules: Sequence[_Rule]) -> Said:
        sets: dict[str, str] = {}
        for rule in sorted(rules, key=lambda rule: rule.order):
            sets.update(rule.sets)
        pos, morph = sets.get("POS", ""), sets.get("MORPH", "")
        morph = "" if morph == "_" else morph
        lemma = sets.get("LEMMA") or self._lemma(seen.word, pos, morph)
        return Said(sets.get("TAG", seen.tag), pos, morph, lemma, sets.get("DEP", seen.dep))

    def _lemma(self, word: str, pos: str, morph: str) -> str:
        key = (word, pos, morph)
        found = self._lemmas.get(key)
        if found is None:
            analysed = self._morphs[morph]
            orth = self._vocab.strings.add(word)
            token = SimpleNamespace(
                text=word, orth=orth, pos=IDS.get(pos, 0), pos_=pos, morph=analysed
            )
            found = self._lemmas[key] = self._lemmatizer.lemmatize(token)[0]  # type: ignore[arg-type]
        return found


def _index(lemmatizer: Lemmatizer) -> None:
    """Turn the lemmatizer's lists of known forms, which it looks through, into sets."""
    if lemmatizer.lookups.has_table("lemma_index"):
        table = lemmatizer.lookups.get_table("lemma_index")
        for pos, forms in list(table.items()):
            table[pos] = dict.fromkeys(forms)


def _rules(ruler: AttributeRuler) -> Iterator[_Rule]:
    patterns: Sequence[Any] = ruler.patterns
    for order, row in enumerate(patterns):
        for pattern in row["patterns"]:
            specs = tuple(_spec(token) for token in pattern)
            target = row["index"] if row["index"] >= 0 else len(specs) + row["index"]
            yield _Rule(order, specs, target, row["attrs"])


def _spec(demands: Mapping[str, Any]) -> _Spec:
    wanted, unwanted, shapes = {}, {}, {}
    for name, value in demands.items():
        if not isinstance(value, dict):
            wanted[name] = frozenset({value})
            continue
        if "IN" in value:
            wanted[name] = frozenset(value["IN"])
        if "NOT_IN" in value:
            unwanted[name] = frozenset(value["NOT_IN"])
        if "REGEX" in value:
            shapes[name] = re.compile(value["REGEX"])
    return _Spec(wanted, unwanted, shapes)


def _indexed(rules: Sequence[_Rule], attribute: str) -> dict[str, list[_Rule]]:
    """Return rules by the values that they want of their first token."""
    found: dict[str, list[_Rule]] = {}
    for rule in rules:
        for value in rule.specs[0].wanted.get(attribute, ()):
            found.setdefault(value, []).append(rule)
    return found


def _pairs(rules: Sequence[_Rule]) -> tuple[_Places, _Places]:
    """Return rules over two tokens by the form that one of them has, and those by its dependency.

    With each comes the place of that token.
    """
    by_word: _Places = {}
    by_dep: _Places = {}
    for rule in rules:
        place, name = next(
            (place, name)
            for name in ("LOWER", "DEP")
            for place, spec in enumerate(rule.specs)
            if name in spec.wanted
        )
        index = by_word if name == "LOWER" else by_dep
        for value in rule.specs[place].wanted[name]:
            index.setdefault(value, []).append((place, rule))
    return by_word, by_dep


def _without(rules: Sequence[_Rule], attribute: str) -> list[_Rule]:
    return [rule for rule in rules if attribute not in rule.specs[0].wanted]


def word_rules_of(nlp: Language) -> WordRules | None:
    """Return the rules of a pipeline, None where they are of another make."""
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if type(ruler) is not AttributeRuler or not isinstance(lemmatizer, Lemmatizer):
        return None
    if lemmatizer.mode not in _MODES or lemmatizer.overwrite:
        return None
    if not all(_is_known(row) for row in ruler.patterns):
        return None
    return WordRules(ruler, lemmatizer)


def _is_known(row: Mapping[str, Any]) -> bool:
    tokens = [token for pattern in row["patterns"] for token in pattern]
    values = [value for token in tokens for value in token.values()]
    return (
        set(row["attrs"]) <= _SET
        and all(isinstance(value, str) for value in row["attrs"].values())
        and all(0 < len(pattern) <= 2 for pattern in row["patterns"])
        and all(set(token) <= _READ for token in tokens)
        and all(_is_placed(pattern) for pattern in row["patterns"])
        and all(isinstance(v, (str, bool)) or set(v) <= _DEMANDS for v in values)
    )


def _is_placed(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a pattern over two tokens names a form or a dependency to find it by."""
    specs = [_spec(token) for token in pattern]
    return len(specs) == 1 or any({"LOWER", "DEP"} & set(spec.wanted) for spec in specs)


__all__ = ["Said", "WordRules", "word_rules_of"]
