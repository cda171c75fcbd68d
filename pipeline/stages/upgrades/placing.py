"""Where the levels of an article stand, and which of them belong to a trigger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.levels import Level, find_levels
from pipeline.stages.upgrades.mended import relation_in
from pipeline.stages.upgrades.misread import is_misread, ties_over
from pipeline.stages.upgrades.shortened import find_short, short_names
from pipeline.stages.upgrades.tables import making_verbs, noun_triggers, words

#: How far from its trigger a level may stand, in tokens.
LEVEL_REACH = 18
#: How far behind a trigger "to a new level" is looked for, in tokens.
VAGUE_REACH = 14
#: How far behind "to the highest level" its name may stand, in tokens.
_SPELLED = 7
#: How far behind its relations ", established in 1974" may stand, in tokens.
_TRAILS = 9

_CLAUSES = frozenset({"acl", "relcl"})
_OBJECTS = frozenset({"dobj", "obj", "nsubjpass"})
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


def _levels(sentence: Span) -> Iterator[Level]:
    """Yield the levels in a sentence, of which a word may hold what is not shown (soft hyphens)."""
    text = sentence.text
    if sentence.end_char - sentence.start_char == len(text):
        yield from find_levels(text, offset=sentence.start_char)
        return
    places = sentence.places()  # type: ignore[attr-defined]  # sentences are ArticleSpans
    for level in find_levels(text):
        yield replace(level, start=places[level.start], end=places[level.end - 1] + 1)


class LevelReader:
    """Finds the levels of triggers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        #: The levels by the number of their sentence.
        self.by_sentence: dict[int, list[Level]] = {}
        for number, sentence in enumerate(scene.sentences):
            found = [level for level in _levels(sentence) if not self._is_of_talks(level)]
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
        past = token.tag_ in {"VBN", "VBD"} and token.lemma_ not in {"reach", "attain"}
        own = token.head == root and ((token.dep_ in _CLAUSES and past) or is_newly_made(token))
        if (own or _is_of_paper(token, root)) and abs(start - token.i) < LEVEL_REACH:
            return True
        hangs = (
            _trails(token, root)
            or _is_to_be(token, root)
            or _is_joined_verb(token, root)
            or _hangs_on(root, token)
        )
        if hangs is not None:
            return hangs
        if token.dep_ in _CLAUSES and (
            token.head in {root, *root.ancestors} or _is_within(token.head, root)
        ):
            return abs(start - token.i) < LEVEL_REACH and not acts_on_else(token, root)
        if not token.i < start <= token.i + LEVEL_REACH:
            return False
        between = self.scene.doc[token.i + 1 : start]
        return not any(_is_trigger(t) or t.text in {";", ":"} for t in between)

    def word_before(self, level: Level) -> str:
        """Return the word that leads to a level, past its article and adjectives; lower case."""
        doc = self.scene.doc
        span = self.span(level)
        if span is None:
            return ""
        at = span.start - 1
        while at > 0 and _is_passed_over(doc[at]):
            at -= 1
        return doc[at].lower_ if at >= 0 else ""

    def is_post(self, level: Level) -> bool:
        """Tell the chargé d'affaires that somebody is from the level of relations."""
        leads = words("to_charge")
        return level.name == "charge_d_affaires" and self.word_before(level) not in leads

    def behind(self, levels: Sequence[Level], preps: Collection[str]) -> list[Level]:
        """Return the levels that stand behind one of some prepositions."""
        return [level for level in levels if self.word_before(level) in preps]

    def is_made(self, token: Token, level: Level) -> bool:
        """Tell "established a strategic partnership" from "announced talks on the partnership"."""
        span = self.span(level)
        if span is None:
            return False
        node = span.root
        if level.elided:
            return level.start > token.idx
        if token.head == node and (is_newly_made(token) or is_misread(token)):
            return True
        if _trails(token, node) or _is_to_be(token, node):
            return True
        built_on = (c for c in token.children if c.lower_ in {"on", "upon"})
        if token.lemma_ == "build" and any(node in prep.subtree for prep in built_on):
            return False  # "to build on their strategic partnership"
        if token.dep_ in _CLAUSES and (token.head == node or _is_within(token.head, node)):
            return True
        if _is_of_paper(token, node):
            return True
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
                begun = token.lemma_ in {"begin", "start"}
                made = node.dep_ in _MADE and (
                    node.dep_ != "nsubj" or token.pos_ != "VERB" or begun
                )
                return named or made
            if head.pos_ == "VERB" and _does_else(head):
                return False
            listed = self._is_in_level(head) or bool(self.scene.at(head.i))
            if (listed and node.lower_ == "as") or _is_got(head, token):
                node = head  # "as an observer, and Peru as a dialogue partner"
                continue
            if not _leads_on(node):
                return token.dep_ in _CLAUSES and token.head in {span.root, *span.root.ancestors}
            node = head
        return False

    def _is_in_level(self, noun: Token) -> bool:
        return any(level.start <= noun.idx < level.end for level in self.beside(noun))

    def is_raised(self, token: Token, level: Level) -> bool:
        """Tell "the strategic partnership was elevated", which names the level left behind."""
        span = self.span(level)
        if span is None or span.root.dep_ not in _OBJECTS or span.root.head != token:
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
            owned = (c.dep_ == "poss" or c.lower_ in {"the", "this"} for c in span.root.children)
            return not any(owned)  # "sought observer status"
        before = self.scene.doc[max(0, span.start - 3) : span.start]
        if any(token.tag_ == "JJR" for token in before):
            return False  # "a stronger strategic partnership" is one that stands
        return any(token.lower_ in words("indefinite") for token in before)

    def is_newest(self, level: Level) -> bool:
        """Tell "Peru's newest strategic partner", who has just become one."""
        span = self.span(level)
        nodes = (*span.root.children, *span.root.lefts) if span is not None else ()
        return any(node.lower_ in words("order") for node in nodes)

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
        return bool(said) and said[-1].lower_ in words("vague_noun") | words("tier")

    def following(self, token: Token, reach: int) -> set[str]:
        """Return the words from a trigger on in its sentence, lower case."""
        end = min(self.scene.sentence(token.i).end, token.i + reach)
        return {t.lower_ for t in self.scene.doc[token.i : end]}

    def may_be_diplomatic(self, noun: Token) -> bool:
        """Tell the bare "ties" that mean diplomatic relations from "trade ties"."""
        if noun.lemma_.lower() not in words("diplomatic_object") and noun.lower_ != "links":
            return False
        return all(
            child.lower_ in words("bare_modifier") or bool(self.scene.at(child.i))
            for child in noun.children
            if child.dep_ in {"amod", "compound"} and not is_misread(child)
        )


def is_newly_made(token: Token) -> bool:
    """Tell the "launched" of "the newly launched partnership", which has been made lately."""
    new = any(child.lower_ in words("lately") for child in token.children)
    return token.dep_ == "amod" and token.tag_ == "VBN" and new


def relation_object(token: Token) -> Token | None:
    """Return the relation noun that is what a trigger changes."""
    if token.lemma_ in {"begin", "start"} and not any(c.dep_ == "dobj" for c in token.children):
        begun = (c for c in token.children if c.dep_ == "nsubj" and _is_relation(c))
        return next(begun, None)
    for child in token.children:
        if child.dep_ in _OBJECTS and _is_relation(child):
            return child
        if child.dep_ in _OBJECTS and child.lemma_.lower() in words("level_of"):
            below = [n for prep in child.children if prep.lower_ == "of" for n in prep.children]
            found = next(filter(_is_relation, below), None)
            if found is not None:
                return found
        # "restore relations and dispatch envoys", read as envoys of relations
        misread = (n for n in child.children if n.dep_ == "nmod" and child.dep_ in _OBJECTS)
        found = relation_in(child) or next(filter(_is_relation, misread), None)
        if found is not None:
            return found
        of_noun = token.pos_ in {"NOUN", "PROPN"} and _is_of(child, token)
        cut_off = child.dep_ == "prt" or (child.dep_ == "prep" and child.lower_ == "off")
        if of_noun or cut_off:
            found = next(filter(_is_relation, child.children), None)
            if found is not None:
                return found
    noun = ties_over(token) if token.dep_ in _CLAUSES else token.head
    clause = token.dep_ in _CLAUSES or is_misread(token)
    return noun if clause and _is_relation(noun) else None


def _is_of(prep: Token, noun: Token) -> bool:
    """Tell the preposition of "a break in ties", "an end to relations" from that of another."""
    if prep.lower_ == "to":
        return noun.lemma_.lower() in words("end_to")
    return prep.lower_ in {"of", "in", "on"}


def taken_up(token: Token, sentence_before: Span | None) -> Token | None:
    """Return the relation noun that a trigger's "them" or "it" takes up ("broke them off")."""
    pronoun = next((c for c in token.children if c.dep_ in _OBJECTS and c.pos_ == "PRON"), None)
    if pronoun is None or pronoun.lower_ not in words("pronoun_object"):
        return None
    start = sentence_before.start if sentence_before is not None else token.sent.start
    for i in range(token.i - 1, start - 1, -1):
        if _is_relation(token.doc[i]) and token.doc[i].pos_ in {"NOUN", "PROPN"}:
            return token.doc[i]
    return None


def _is_relation(token: Token) -> bool:
    return token.lemma_.lower() in words("relation")


def _is_trigger(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return lemma in making_verbs()
    return token.pos_ == "NOUN" and lemma in noun_triggers()


def _hangs_on(root: Token, token: Token) -> bool | None:
    """Tell whether a level hangs on a trigger or on another; None where on neither."""
    node = root
    for _ in range(8):
        if node == token:
            return True
        if node != root and _is_trigger(node):
            return False
        if node.head == node:
            return None
        if node.pos_ == "VERB" and node != root and node.dep_ not in {"xcomp", "conj", "acl"}:
            return None
        node = node.head
    return None


def _is_of_paper(token: Token, root: Token) -> bool:
    """Tell "the partnership agreement signed by both in May opens the door"."""
    return root.dep_ == "compound" and token.dep_ in _CLAUSES and token.head == root.head


def _is_joined_verb(token: Token, root: Token) -> bool:
    """Tell "recognised it and established relations", where the parse takes an adjective.

    It joins the noun to the verb, which no sentence does.
    """
    joined = root.dep_ == "conj" and root.pos_ == "NOUN" and root.head.pos_ == "VERB"
    return joined and token.dep_ == "amod" and token.head == root and token.tag_ in {"VBN", "VBD"}


def acts_on_else(token: Token, root: Token | None = None) -> bool:
    """Tell "a partner's mission to promote trade", "put life into their partnership".

    Their verb has an object of its own, which is no relations.
    """
    own = (c for c in token.children if c.dep_ in {"dobj", "obj"} and c.pos_ == "NOUN")
    kinds = words("relation") | words("document") | words("level_of") | words("many_parties")
    kinds |= words("dealt_with")
    other = (n for n in own if n.lemma_.lower() not in kinds)
    return any(root is None or (n != root and n not in root.ancestors) for n in other)


def _does_else(verb: Token) -> bool:
    """Tell "agreed to shore up their relations", whose verb makes none."""
    lemma = verb.lemma_.lower()
    if lemma in words("kept_up"):
        return True
    to_do = verb.tag_ == "VB" and any(c.lower_ == "to" and c.i < verb.i for c in verb.children)
    return to_do and lemma not in making_verbs() | words("leads_to_made")


def _is_within(noun: Token, root: Token) -> bool:
    """Tell the "Peru" of "the partnership of Chile and Peru, proclaimed in 2009"."""
    above = list(noun.ancestors)
    between = above[: above.index(root)] if root in above else above
    return root in above and all(t.pos_ in {"ADP", "NOUN", "PROPN"} for t in between)


def _is_passed_over(token: Token) -> bool:
    if token.lower_ in words("before_level"):
        return True
    return token.pos_ in {"ADJ", "PUNCT"} and token.text not in {",", ";"}


def _trails(token: Token, root: Token) -> bool:
    """Tell "fifty years of relations between Peru and Chad, established in 1974".

    The parse hangs such a participle on the sentence's verb, also that of "marked ten years of the
    partnership declared in 2014".
    """
    if token.tag_ not in {"VBN", "VBD"} or token.dep_ != "advcl" or token.i < 1:
        return False
    bare = not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in token.children)
    after = token.doc[token.i + 1 : token.i + 3]
    off = after[:1].text == "off"
    led = after[1:] if off or after[:1].text == "into" else after[:1]
    dated = any(t.lower_ in {"on", "in"} or (off and t.lower_ == "by") for t in led)
    if token.nbor(-1) == root:
        return bare and dated
    if token.tag_ != "VBN":
        return False
    behind = token.nbor(-1).text == "," and 0 < token.i - root.i < _TRAILS
    return bare and dated and behind


def _is_to_be(token: Token, root: Token) -> bool:
    """Tell "a partnership with Peru is expected to be signed", whose subject is of another verb."""
    passive = any(child.dep_ == "auxpass" for child in token.children)
    if token.dep_ != "xcomp" or token.tag_ != "VBN" or not passive:
        return False
    over = token.head.head if token.head.pos_ == "ADJ" else token.head
    subject = next((c for c in over.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and (root == subject or root.head == subject)


def _is_got(noun: Token, token: Token) -> bool:
    """Tell "accepted its application for observer status", by which the status is got."""
    asked = noun.lemma_.lower() in words("asking") and noun.head == token
    return asked and token.lemma_.lower() in words("grants")


def _leads_on(node: Token) -> bool:
    """Tell whether what hangs on a word's head may be what the trigger above makes."""
    head = node.head
    lemma = head.lemma_.lower()
    if node.lemma_ in words("have") and node.dep_ == "pcomp":
        return False  # "with Peru now having relations with it"
    if node.lemma_ in words("have") and node.dep_ in {"acl", "relcl"}:
        return head.dep_ == "attr"
    return (
        any(lemma in words(name) for name in ("document", "relation", "leads_to_level"))
        or head.pos_ in {"ADP", "VERB"}
        or node.dep_ in {"conj", "appos", "compound"}
    )


__all__ = [
    "LEVEL_REACH",
    "VAGUE_REACH",
    "LevelReader",
    "acts_on_else",
    "is_newly_made",
    "relation_object",
    "taken_up",
]
