"""Where the levels of an article stand, and which of them belong to a trigger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.headings import is_unended
from pipeline.labels import ADNOMINAL, PAST, PREMODIFIERS, TIMES, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.levels.level_links import (
    acts_on_else,
    does_else,
    hangs_on,
    is_got,
    is_had,
    is_joined_verb,
    is_kept_to,
    is_lost_subject,
    is_object_before,
    is_of_clause_behind,
    is_of_paper,
    is_passed_over,
    is_since_then,
    is_to_be,
    is_trigger,
    is_within,
    leads_on,
    trails,
)
from pipeline.stages.upgrades.levels.level_names import Level, find_levels, hints_in
from pipeline.stages.upgrades.levels.shortened import find_short, short_names
from pipeline.stages.upgrades.outcome.misread import gerund_of, is_misread
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.ties.relations import is_newly_made

#: How far from its trigger a level may stand, in tokens.
LEVEL_REACH = 18
#: How far behind a trigger "to a new level" is looked for, in tokens.
VAGUE_REACH = 14
#: How far behind "to the highest level" its name may stand, in tokens.
_SPELLED = 7

#: What hangs on a verb by which its subject does something itself.
_OF_ITS_OWN = frozenset(
    ["dobj", "obj", "ccomp", "xcomp", "aux", "neg", "prt", "dative", "acomp", "attr", "oprd"]
)
#: What is told to be within a level that stands.
_INSIDE = frozenset({"in", "under", "within"})
_OWN = frozenset({"their", "its", "our", "the", "this"})
_DEFINITE = frozenset({"the", "this"})
#: How what a trigger makes may hang on it.
_MADE = frozenset(
    [
        "dobj",
        "obj",
        "nsubjpass",
        "nsubj",
        "attr",
        "prep",
        "conj",
        "oprd",
        "ccomp",
        "xcomp",
        "acl",
        "agent",
        "appos",
        "dep",
        "pobj",
        "npadvmod",
    ]
)


def _levels(sentence: Span, hints: Iterable[str]) -> Iterator[Level]:
    """Yield the levels in a sentence, of which a word may hold what is not shown (soft hyphens).

    Args:
        hints: the words that its story holds of those by which names are known.
    """
    text = sentence.text
    if sentence.end_char - sentence.start_char == len(text):
        yield from find_levels(text, offset=sentence.start_char, hints=hints)
        return
    places = sentence.places()  # type: ignore[attr-defined]  # sentences are ArticleSpans
    for level in find_levels(text, hints=hints):
        yield replace(level, start=places[level.start], end=places[level.end - 1] + 1)


class LevelReader:
    """Finds the levels of triggers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        #: The levels by the number of their sentence.
        self.by_sentence: dict[int, list[Level]] = {}
        hints = hints_in("\n".join(sentence.text for sentence in scene.sentences))
        for number, sentence in enumerate(scene.sentences):
            found = [level for level in _levels(sentence, hints) if not self._is_of_talks(level)]
            if found:
                self.by_sentence[number] = found
        self._add_short_names()

    def _add_short_names(self) -> None:
        """Add the levels named by initials that the article gives them ("CSP status")."""
        told = [level for found in self.by_sentence.values() for level in found]
        names = short_names(self.scene.article.text, told)
        for number, sentence in enumerate(self.scene.sentences) if names else ():
            text = self.scene.article.text[sentence.start_char : sentence.end_char]
            short = list(find_short(text, names, offset=sentence.start_char))
            if short:
                found = [*self.by_sentence.get(number, ()), *short]
                self.by_sentence[number] = sorted(found, key=lambda level: level.start)

    def span(self, level: Level) -> Span | None:
        """Return the tokens of a level."""
        return self.scene.doc.char_span(level.start, level.end, alignment_mode="expand")

    def _is_of_talks(self, level: Level) -> bool:
        """Tell "full membership talks", "a strategic partnership forum", which make no level."""
        span = self.span(level)
        if span is None or span.end >= len(self.scene.doc):
            return False
        at = span.root.head
        if at.lower_ == "at" and at.head.lemma_.lower() in words("occasion"):
            return True  # "a meeting of the council at ambassadorial level"
        behind = self.scene.doc[span.end]
        return behind.pos_ == "NOUN" and behind.lemma_.lower() in words("of_talks")

    def beside(self, token: Token) -> Sequence[Level]:
        """Return the levels of a token's sentence."""
        return self.by_sentence.get(self.scene.sentence_of[token.i], ())

    def of(self, token: Token) -> list[Level]:
        """Return the levels that stand with a trigger: under it, or behind it before the next."""
        found = []
        for level in self.beside(token):
            span = self.span(level)
            if span is None or span.start <= token.i < span.end:
                continue
            if self._joined(token, span.root, span.start):
                found.append(level)
        return found

    def _joined(self, token: Token, root: Token, start: int) -> bool:
        past = token.tag_ in PAST and token.lemma_ not in words("reaches_level")
        own = token.head == root and (
            (token.dep_ in ADNOMINAL and past)
            or is_newly_made(token)
            or gerund_of(token) is not None
        )
        if (own or is_of_paper(token, root)) and abs(start - token.i) < LEVEL_REACH:
            return True
        if is_had(root, token) or is_since_then(root):
            return False
        if is_lost_subject(token, root):
            return True
        hangs = (
            trails(token, root)
            or is_to_be(token, root)
            or is_object_before(token, root)
            or is_joined_verb(token, root)
            or hangs_on(root, token)
        )
        if hangs is not None:
            return hangs
        if is_of_clause_behind(token, root):
            return False
        if token.dep_ in ADNOMINAL and (
            token.head in {root, *root.ancestors} or is_within(token.head, root)
        ):
            return abs(start - token.i) < LEVEL_REACH and not acts_on_else(token, root)
        if not token.i < start <= token.i + LEVEL_REACH:
            return False
        between = self.scene.doc[token.i + 1 : start]
        return not any(is_trigger(t) or t.text in {";", ":"} for t in between)

    def word_before(self, level: Level) -> str:
        """Return the word that leads to a level, past its article and adjectives; lower case."""
        doc = self.scene.doc
        span = self.span(level)
        if span is None:
            return ""
        at = span.start - 1
        while at > 0 and is_passed_over(doc[at]):
            at -= 1
        return doc[at].lower_ if at >= 0 else ""

    def is_post(self, level: Level) -> bool:
        """Tell the chargé d'affaires that somebody is from the level of relations."""
        leads = words("to_charge")
        return level.name == "charge_d_affaires" and self.word_before(level) not in leads

    def behind(self, levels: Sequence[Level], preps: Collection[str]) -> list[Level]:
        """Return the levels that stand behind one of some prepositions."""
        return [level for level in levels if self.word_before(level) in preps]

    def _dates(self, prep: Token) -> bool:
        """Tell the "on" of "were built on Monday"."""
        behind = prep.nbor() if prep.i + 1 < len(prep.doc) else prep
        return any(self.scene.dates_in(behind.idx, behind.idx + len(behind)))

    def is_made(self, token: Token, level: Level) -> bool:
        """Tell "established a strategic partnership" from "announced talks on the partnership"."""
        span = self.span(level)
        if span is None:
            return False
        node = span.root
        if level.elided:
            return level.start > token.idx
        if self._is_matter_of_talks(token, level):
            return False
        if level.name in words("conferred") and node.tag_ == "NNS" and node.head.lower_ == "with":
            return False  # "opened talks with five candidate countries"
        if self.word_before(level) in _INSIDE and any(c.lower_ in _OWN for c in node.children):
            return False  # "praised the progress made in their partnership"
        if level.name == "diplomatic_relations" and _is_matter_of_paper(node):
            return False
        if node.lemma_.lower() == "partner" and self._is_with_whom(level, node):
            return False
        if token.head == node and (is_newly_made(token) or is_misread(token)):
            return True
        if trails(token, node) or is_to_be(token, node) or is_object_before(token, node):
            return True
        if is_lost_subject(token, node):
            return True
        built_on = (
            c for c in token.children if c.lower_ in told_words("upon") and not self._dates(c)
        )
        rests = any(c.dep_ == "nsubjpass" for c in token.children)  # "are built on trust"
        if token.lemma_ == "build" and any(rests or node in prep.subtree for prep in built_on):
            return False  # "to build on their strategic partnership"
        if token.dep_ in ADNOMINAL and (token.head == node or is_within(token.head, node)):
            return True
        if is_of_paper(token, node):
            return True
        if _is_phase_of(node) or is_kept_to(node, token):
            return False
        joined = node.dep_ == "conj"
        for _ in range(7):
            head = node.head
            if node == token:
                return True
            if head == node:
                return False
            if head == token:
                if joined and node.dep_ == "dative":
                    return True  # "gave full membership to Peru and observer status to Chad"
                named = node.dep_ == "compound" and token.lemma_.lower() in words("document")
                begun = token.pos_ == "VERB" and token.lemma_ in words("begins")
                begun = begun and all(c.dep_ != "auxpass" for c in token.children)
                if begun and not joined and _begins_else(token, node, span.root):
                    return False
                made = node.dep_ in _MADE and (
                    node.dep_ != "nsubj" or token.pos_ != "VERB" or begun or is_headed_by(token)
                )
                return named or made
            if head.pos_ == "VERB" and (does_else(head) or head.lower_ in words("grounded")):
                return False
            listed = self._is_in_level(head) or bool(self.scene.at(head.i))
            if (listed and node.lower_ == "as") or is_got(head, token):
                node = head  # "as an observer, and Peru as a dialogue partner"
                continue
            if not leads_on(node):
                return token.dep_ in ADNOMINAL and token.head in {span.root, *span.root.ancestors}
            node = head
        return False

    def _is_matter_of_talks(self, verb: Token, level: Level) -> bool:
        """Tell "opened talks with Peru on a partnership", whose "on" may hang on the verb."""
        held = (c for c in verb.children if c.dep_ in UNDERGONE)
        talks = any(noun.lemma_.lower() in words("talks") for noun in held)
        return talks and self.word_before(level) in words("matter_of_talks")

    def _is_with_whom(self, level: Level, noun: Token) -> bool:
        """Tell "a pact with a dialogue partner", "with Peru, a dialogue partner", who is met."""
        named = noun.dep_ == "appos" and bool(self.scene.at(noun.head.i))
        return named or self.word_before(level) == "with"

    def _is_in_level(self, noun: Token) -> bool:
        return any(level.start <= noun.idx < level.end for level in self.beside(noun))

    def is_raised(self, token: Token, level: Level) -> bool:
        """Tell "the strategic partnership was elevated", which names the level left behind."""
        span = self.span(level)
        if span is None or span.root.dep_ not in UNDERGONE or span.root.head != token:
            return False
        if level.name in words("diplomatic_level") or level.name in words("conferred"):
            return False
        owned = any(child.dep_ in {"det", "poss"} for child in span.root.children)
        standing = span.root.lemma_.lower() in words("tie")  # "upgrade bilateral strategic ties"
        return (owned or standing) and not self.is_new(level)

    def is_thought_of(self, token: Token, level: Level) -> bool:
        """Tell "agreed to look into a partnership", by the words between trigger and level."""
        span = self.span(level)
        if span is None or token not in span.root.ancestors:
            return False
        for node in span.root.ancestors:
            if node == token:
                return False
            if node.pos_ == "VERB" and node.lemma_.lower() in words("proposed"):
                return span.root.dep_ != "oprd"  # "to what they call a partnership"
        return False

    def is_new(self, level: Level) -> bool:
        """Tell "a comprehensive partnership" from "their" or "the comprehensive partnership".

        Relations with an embassy are new where nothing says whose they are ("diplomatic ties").
        """
        span = self.span(level)
        if span is None:
            return False
        if level.name in words("diplomatic_level"):
            determined = {"det", "poss"}
            return not any(child.dep_ in determined for child in span.root.children)
        if level.name in words("conferred"):
            owned = [c for c in span.root.children if c.dep_ == "poss" or c.lower_ in _DEFINITE]
            spelled = level.text.lower().startswith("status of")
            # "sought observer status", "the status of observer"
            return all(spelled and c.lower_ == "the" for c in owned)
        before = self.scene.doc[max(0, span.start - 3) : span.start]
        if any(token.tag_ == "JJR" for token in before):
            return False  # "a stronger strategic partnership" is one that stands
        verb = span.root.head
        sought = span.root.dep_ == "dobj" and verb.lemma_ not in words("talks_over")
        if sought and is_unended(span.root.sent):  # "Peru eyes strategic partnership", a headline
            return not any(c.dep_ in {"det", "poss"} for c in span.root.children)
        return any(token.lower_ in words("indefinite") for token in before)

    def is_newest(self, level: Level) -> bool:
        """Tell "Peru's newest strategic partner", who has just become one."""
        span = self.span(level)
        nodes = (*span.root.children, *span.root.lefts) if span is not None else ()
        return any(node.lower_ in words("order") for node in nodes)

    def is_bettered(self, token: Token, level: Level, *, dated: bool) -> bool:
        """Tell "build closer diplomatic ties", which stand already, from "full" ones opened.

        So does "built strong diplomatic ties", but not "built them on 3 May 1974". "Build a
        stronger partnership" is to go on with one.
        """
        span = self.span(level)
        if span is None:
            return False
        told = (*span.root.children, *span)
        closer = any(t.tag_ == "JJR" for node in told for t in (node, *node.children))
        if level.name != "diplomatic_relations":
            return closer and not dated and level.name.endswith("_partnership")
        built = token.lemma_.lower() in words("builds") and not dated
        return closer or (built and any(t.lower_ in words("quality") for t in told))

    def is_vague(self, token: Token) -> bool:
        """Tell "to a new level", which names none."""
        following = self.following(token, VAGUE_REACH)
        return bool(following & words("vague_noun")) and bool(following & words("vague_level"))

    def is_spelled_out(self, level: Level) -> bool:
        """Tell the name of "to the highest level, a comprehensive partnership" behind its noun."""
        span = self.span(level)
        if span is None:
            return False
        before = self.scene.doc[max(span.sent.start, span.start - _SPELLED) : span.start]
        said = [t for t in before if not t.is_punct and t.lower_ not in words("spells_out")]
        said = [
            t
            for t in said
            if t.ent_type_ not in TIMES and not (t.lower_ == "on" and self._dates(t))
        ]
        return bool(said) and said[-1].lower_ in words("vague_noun", "tier")

    def following(self, token: Token, reach: int) -> set[str]:
        """Return the words from a trigger on in its sentence, lower case."""
        end = min(self.scene.sentence(token.i).end, token.i + reach)
        return {t.lower_ for t in self.scene.doc[token.i : end]}

    def may_be_diplomatic(self, noun: Token) -> bool:
        """Tell the bare "ties" that mean diplomatic relations from "trade ties".

        So do "decades-old ties", and a "relationship" that ends.
        """
        bare = noun.lemma_.lower() in words("diplomatic_object") or noun.lower_ == "links"
        if (not bare and not _is_relationship_lost(noun)) or _is_of_kind(noun):
            return False
        kept = words("bare_modifier", "of_age")
        told = [c for c in noun.children if c.dep_ in PREMODIFIERS and c.i < noun.i]
        told = [word for c in told if not is_misread(c) for word in (c, *_fields_beside(c))]
        # "diplomatic and trade ties", "political and military ties"
        joined = any(word.lower_ in words("of_states") for word in told)
        return joined or all(word.lower_ in kept or bool(self.scene.at(word.i)) for word in told)


def _fields_beside(word: Token) -> list[Token]:
    """Return the "trade" of "diplomatic and trade ties", not the "troubled" of "long, troubled"."""
    kept = words("domain") | {"diplomatic"}
    return [c for c in word.conjuncts if c.pos_ == "NOUN" or c.lower_ in kept]


def _is_of_kind(noun: Token) -> bool:
    """Tell "relations of peace and friendship", which are of no form, from "of the two states"."""
    of = prep_objects(noun, "of")
    return any(n.lemma_.lower() in words("kind_of_ties") for n in of)


def _is_relationship_lost(noun: Token) -> bool:
    """Tell "ended its relationship with Peru" from "improved its relationship with Peru"."""
    over = noun.head
    lost = noun.lower_ == "relationship" and over.lemma_.lower() in words("ends_relationship")
    return lost and noun.dep_ in UNDERGONE


def _is_matter_of_paper(noun: Token) -> bool:
    """Tell the relations of "signed pacts on trade and diplomatic relations", which opens none."""
    first = noun
    while first.dep_ == "conj":
        first = first.head
    about = first.dep_ == "pobj" and first.head.lower_ == "on" and first != noun
    return about and first.head.head.lemma_.lower() in words("document")


def _is_phase_of(level: Token) -> bool:
    """Tell "launched a phase of their strategic partnership" from "entered the phase of one"."""
    of, owned = level.head, any(c.dep_ == "poss" for c in level.children)
    return owned and of.lower_ == "of" and of.head.lemma_.lower() in words("phase")


def _begins_else(verb: Token, node: Token, level: Token) -> bool:
    """Tell "their partnership began to bear fruit", "they started drills under it".

    Args:
        node: what hangs on the verb, and holds the level.
    """
    led = node.dep_ == "prep" and node.lower_ not in words("begun_with")
    held = node.dep_ != "prep" and node != level
    return led or held or any(c.dep_ == "xcomp" for c in verb.children)


def is_headed_by(verb: Token) -> bool:
    """Tell the "signed" of "2013 - Strategic partnership signed", parsed as if it did so itself."""
    if verb.tag_ not in PAST or verb.dep_ != "ROOT":
        return False
    return not any(child.dep_ in _OF_ITS_OWN for child in verb.children)


__all__ = ["LEVEL_REACH", "VAGUE_REACH", "LevelReader"]
