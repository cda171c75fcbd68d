"""The Doc that the stages read: it changes no more, and what is asked of it often is kept.

spaCy makes a Token each time that one is reached, looks its strings up each time that they are
read, joins a text anew each time that it is asked for, and looks through all tokens before it
yields a sentence. Rules do all of it dozens of times a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from spacy.attrs import HEAD
from spacy.lexeme import Lexeme
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from pipeline.shown import UNSEEN

#: What may stand behind a word and is no part of it.
PADDING = f" {UNSEEN}"
#: The strings that a token keeps as spaCy tells them.
_TOLD = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_")


class ArticleToken(Token):
    """A token that holds its strings, its head and its children."""

    __slots__ = (*_TOLD, "children", "head", "i", "idx")

    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    head: ArticleToken
    #: The tokens right below, in text order.
    children: list[ArticleToken]  # type: ignore[assignment]  # may be gone through more than once

    def nbor(self, i: int = 1) -> Token:
        """Return the token so many places behind it.

        Where a text ends before, it is one without words, so that "is 'to' behind it?" may be asked
        of the last word of a text that is cut short.
        """
        doc: Any = self.doc
        at: int = self.i + i
        if not 0 <= at < len(doc.tokens):
            return EdgeToken.beside(doc, at)
        return doc.tokens[at]  # type: ignore[no-any-return]

    @property
    def sent(self) -> Span:
        """Return the sentence that it is in."""
        doc: Any = self.doc
        return doc.sentence_of[self.i]  # type: ignore[no-any-return]

    @property
    def lefts(self) -> Iterator[Token]:
        """Yield the children before it; spaCy looks for them through the whole subtree."""
        return iter([child for child in self.children if child.i < self.i])

    @property
    def subtree(self) -> Iterator[Token]:
        """Yield the token and all below it: what hangs on its left, itself, what on its right."""
        if not self.children:
            return iter((self,))
        doc: Any = self.doc
        known: dict[int, list[Token]] = doc.subtrees
        found = known.get(self.i)
        if found is None:
            found = known[self.i] = _gathered(self, [])
        return iter(found)

    @property
    def conjuncts(self) -> tuple[Token, ...]:  # type: ignore[override]  # its stub tells of one
        """Return the tokens that are listed with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        listed = [first]
        for token in listed:
            listed += [k for k in token.children if k.dep_ == "conj" and k.i > token.i]
        return tuple([token for token in listed if token is not self])

    @property
    def ancestors(self) -> Iterator[Token]:
        """Yield the tokens above, the nearest first."""
        token: Token = self
        while token.head is not token:
            token = token.head
            yield token


class EdgeToken(ArticleToken):
    """What stands before the first word of a text or behind its last: no word, and below none."""

    __slots__ = ()

    @classmethod
    def beside(cls, doc: Any, at: int) -> EdgeToken:
        """Return what stands at a place before 0 or from the number of tokens on."""
        edge = cls(doc.vocab, doc, 0 if at < 0 else len(doc) - 1)
        edge.i, edge.idx = at, 0 if at < 0 else len(doc.text)
        for name in _TOLD:
            setattr(edge, name, "")
        edge.head, edge.children = edge, []
        return edge

    @property
    def sent(self) -> Span:
        """Return the sentence nearest to it."""
        doc: Any = self.doc
        return doc.sentence_of[0 if self.i < 0 else -1]  # type: ignore[no-any-return]


class WideToken(ArticleToken):
    """A token that holds what is no part of the word, as more spaces behind it than one."""

    __slots__ = ()

    def __len__(self) -> int:
        written: str = Token.text.__get__(self)
        return len(written.rstrip(PADDING))

    @property
    def text_with_ws(self) -> str:
        """Return the word and one space."""
        return f"{self.text} "

    @property
    def is_alpha(self) -> bool:
        """Tell whether the word is of letters."""
        return self._bare.is_alpha

    @property
    def is_digit(self) -> bool:
        """Tell whether the word is of digits."""
        return self._bare.is_digit

    @property
    def is_lower(self) -> bool:
        """Tell whether the word is in small letters."""
        return self._bare.is_lower

    @property
    def is_upper(self) -> bool:
        """Tell whether the word is in capitals."""
        return self._bare.is_upper

    @property
    def is_title(self) -> bool:
        """Tell whether the word begins with a capital."""
        return self._bare.is_title

    @property
    def is_punct(self) -> bool:
        """Tell whether it is a mark."""
        return self._bare.is_punct

    @property
    def is_stop(self) -> bool:
        """Tell whether it is a word of grammar."""
        return self._bare.is_stop

    @property
    def _bare(self) -> Lexeme:
        return self.vocab[self.text]


def _gathered(token: ArticleToken, found: list[Token]) -> list[Token]:
    """Append a token's subtree to those found."""
    at, own = token.i, False
    for kid in token.children:
        if kid.i > at and not own:
            found.append(token)
            own = True
        if kid.children:
            _gathered(kid, found)
        else:
            found.append(kid)
    if not own:
        found.append(token)
    return found


def _depth(token: ArticleToken) -> int:
    """Return how many tokens stand over one; as spaCy, over a mark or a space by itself all."""
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc) - 1
    count = 0
    while token.head is not token:
        token, count = token.head, count + 1
    return count


class ArticleSpan:
    """A stretch of tokens, made in a fraction of the time that a Span takes.

    What is asked of it rarely, a Span answers (see `_answered`). Whoever makes one sets its slots:
    an `__init__` would take as long again.
    """

    __slots__ = ("doc", "end", "start")

    doc: ArticleDoc
    start: int
    end: int

    @property
    def start_char(self) -> int:
        """Return the offset at which its first token begins."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Return the offset at which its last token ends."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last)

    @property
    def text(self) -> str:
        """Return the text without the space behind it."""
        doc, start, end = self.doc, self.start, self.end
        if end - start == 1:
            return doc.tokens[start].text
        if start == end:
            return ""
        if doc.wide and not doc.wide.isdisjoint(range(start, end)):
            words = doc.tokens[start:end]
            return "".join([f"{t.text}{t.whitespace_}" for t in words]).rstrip(" ")
        last = doc.tokens[end - 1]
        return doc.text[doc.tokens[start].idx : last.idx + len(last)]

    def places(self) -> list[int]:
        """Return where each character of the text stands in the Doc's, and where it ends."""
        words = self.doc.tokens[self.start : self.end]
        told = [t.idx + at for t in words for at in range(len(t.text) + bool(t.whitespace_))]
        return [*told[: len(self.text)], self.end_char]

    @property
    def text_with_ws(self) -> str:
        """Return the text with the space behind it."""
        behind = self.end > self.start and self.doc.tokens[self.end - 1].whitespace_
        return f"{self.text} " if behind else self.text

    @property
    def root(self) -> Token:
        """Return the token over the others."""
        start, end, tokens = self.start, self.end, self.doc.tokens
        if end - start == 1:
            return tokens[start]
        own = tokens[start:end]
        for token in own:
            if token.head is token:
                return token
        above = [token for token in own if not start <= token.head.i < end]
        return min(above, key=_depth) if above else tokens[start]

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return self.doc[self.start + start : self.start + max(start, end)]
        place = (self.end if at < 0 else self.start) + at
        if not self.start <= place < self.end:
            raise IndexError(at)
        return self.doc.tokens[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArticleSpan):
            return NotImplemented
        return (self.start, self.end, self.doc) == (other.start, other.end, other.doc)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return self.text


def _answered(name: str) -> property:
    """Return what asks a Span for something."""
    return property(lambda span: getattr(Span(span.doc, span.start, span.end), name))


# A `__getattr__` would do it too, and make all that a span holds itself slower to reach.
for _name in {name for name in dir(Span) if name[0] != "_"} - {*dir(ArticleSpan)}:
    setattr(ArticleSpan, _name, _answered(_name))


class ArticleDoc(Doc):
    """A Doc that changes no more."""

    # Reached at every turn, they have slots, which take a third of the time of a property.
    __slots__ = ("__dict__", "tokens", "unseen", "wide")

    #: What tokens tell, by attribute, where whoever makes the Doc has it at hand.
    known: Mapping[str, Sequence[str]] = MappingProxyType({})

    def __init__(self, vocab: Vocab, **columns: Any) -> None:
        """Take what a Doc takes."""
        super().__init__(vocab, **columns)
        #: All tokens, once one was asked for.
        self.tokens: tuple[ArticleToken, ...] = ()
        #: The numbers of tokens that hold what is no part of the word.
        self.wide: frozenset[int] = frozenset()
        #: The numbers of tokens that the model has met in no text in small letters, as surnames.
        self.unseen: frozenset[int] = frozenset()

    @cached_property
    def text(self) -> str:
        """Return the text of all tokens."""
        return super().text

    def _made(self) -> tuple[ArticleToken, ...]:
        """Make the tokens."""
        vocab = self.vocab
        wide = self.wide
        tokens = tuple(
            [(WideToken if i in wide else ArticleToken)(vocab, self, i) for i in range(len(self))]
        )
        told = [self.known.get(name) or map(getattr(Token, name).__get__, tokens) for name in _TOLD]
        offsets = map(Token.idx.__get__, tokens)
        rows = zip(tokens, offsets, *told, strict=True)
        # Slots set by name take a tenth of the time of descriptors that are called.
        for i, (token, idx, text, lower, lemma, pos, tag, dep, label) in enumerate(rows):
            token.i, token.idx = i, idx
            token.text, token.lower_, token.lemma_ = text, lower, lemma
            token.pos_, token.tag_, token.dep_, token.ent_type_ = pos, tag, dep, label
            token.children = []
        heads = self.to_array([HEAD]).astype(np.int64).tolist()
        for i, (token, apart) in enumerate(zip(tokens, heads, strict=True)):
            if apart:
                head = token.head = tokens[i + apart]
                head.children.append(token)
            else:
                token.head = token
        self.tokens = tokens
        return tokens

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """Return what readers keep of it or of a stretch of tokens: it goes when the Doc goes."""
        return {}

    @cached_property
    def subtrees(self) -> dict[int, list[Token]]:
        """Return the subtrees that were asked for, by the number of the token over them."""
        return {}

    @cached_property
    def _annotated(self) -> dict[tuple[int | str, bool], bool]:
        return {}

    @cached_property
    def sentence_of(self) -> list[Span]:
        """Return the sentence of each token."""
        return [sentence for sentence in self._sentences for _ in sentence]

    @cached_property
    def _sentences(self) -> tuple[Span, ...]:
        return tuple(self[span.start : span.end] for span in super().sents)

    @cached_property
    def ents(self) -> Sequence[Span]:
        """Return the entities."""
        return tuple(super().ents)

    def settle(self) -> None:
        """Work out now what is kept once asked for: the tokens, the sentences, the entities."""
        _ = (iter(self), self.sentence_of, self.ents, self.text)

    def let_go(self) -> None:
        """Take all apart that holds itself, so that its memory comes free at once.

        Tokens hold their Doc and each other. To find that nothing else holds them takes Python's
        collector of cyclic garbage six times as long. The Doc cannot be used any more.
        """
        for token in self.tokens:
            del token.head, token.children
        self.tokens = ()
        self.__dict__.clear()

    @property
    def sents(self) -> Iterator[Span]:
        """Yield the sentences."""
        return iter(self._sentences)

    def has_annotation(self, attr: int | str, *, require_complete: bool = False) -> bool:
        """Tell whether tokens have a property at all."""
        key = attr, require_complete
        if key not in self._annotated:
            told = super().has_annotation(attr, require_complete=require_complete)
            self._annotated[key] = told
        return self._annotated[key]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens or self._made())

    def __getitem__(self, at: Any) -> Any:
        tokens = self.tokens or self._made()
        if at.__class__ is not slice:
            return tokens[at]
        start, end = at.start, at.stop
        if start is None or end is None or not 0 <= start <= end <= len(tokens):
            start, end, _ = at.indices(len(tokens))
            end = max(start, end)
        span = ArticleSpan()
        span.doc = self
        span.start = start
        span.end = end
        return span
