"""All components of a pipeline over the segments of an article at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START, SPACY
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.docs import BEGIN, INSIDE, OUTSIDE, Columns
from pipeline.inference.bounds import sentence_starts
from pipeline.inference.layers import Linear
from pipeline.inference.parser import Parser, parser_of
from pipeline.inference.recognizer import Recognizer, recognizer_of
from pipeline.inference.tok2vec import Floats, Tok2Vec, Words, tok2vec_of
from pipeline.inference.words import WordRules, word_rules_of

#: What a pipeline must consist of, in this order.
_COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


@dataclass(frozen=True)
class _Tagger:
    scores: Linear
    labels: Sequence[str]

    def tags(self, vectors: Floats) -> list[str]:
        return [self.labels[best] for best in self.scores(vectors).argmax(axis=1).tolist()]


@dataclass(frozen=True)
class Reader:
    """A pipeline of the known make."""

    tokenizer: Callable[[str], Doc]
    vocab: Vocab
    words: Words
    tok2vec: Tok2Vec
    tagger: _Tagger
    parser: Parser
    rules: WordRules
    recognizer: Recognizer

    def read(self, texts: Sequence[str]) -> list[Columns]:
        """Return the columns of each text; what is found does not depend on other calls."""
        docs = [self.tokenizer(text) for text in texts]
        if not docs:
            return []
        parts = [
            Columns(words=[token.text for token in doc], spaces=doc.to_array(SPACY).tolist())
            for doc in docs
        ]
        numbers = self.words.number(docs)
        vectors = self.tok2vec([len(doc) for doc in docs], numbers)
        self._tag(parts, self.tagger.tags(vectors))
        starts = self._parse(parts, vectors)
        for part in parts:
            said = self.rules.say(part.words, part.tags, part.deps)
            if said:
                columns = map(list, zip(*said, strict=True))
                part.tags, part.pos, part.morphs, part.lemmas, part.deps = columns
        self._recognize(docs, numbers, parts, starts)
        return parts

    def _tag(self, parts: Sequence[Columns], tags: list[str]) -> None:
        at = 0
        for part in parts:
            part.tags = tags[at : at + len(part.words)]
            at += len(part.words)

    def _parse(self, parts: Sequence[Columns], vectors: Floats) -> list[int]:
        """Parse sentence by sentence; return where sentences start, over all parts."""
        sentences = []
        for part in parts:
            starts = sentence_starts(part.words, part.spaces)
            edges = [at for at, sure in enumerate(starts) if sure]
            for start, end in zip(edges, [*edges[1:], len(starts)], strict=True):
                sentences.append(self._sentence(part.words[start:end], starts[start:end]))
        self.parser.parse(sentences, vectors)
        read = np.concatenate([doc.to_array([HEAD, DEP, SENT_START]) for doc in sentences])
        strings = self.vocab.strings
        told = read[:, 1].tolist()
        names = {number: strings[number] for number in set(told)}
        heads = read[:, 0].astype(np.int64).tolist()
        deps = [names[number] for number in told]
        at = 0
        for part in parts:
            part.heads = heads[at : at + len(part.words)]
            part.deps = deps[at : at + len(part.words)]
            at += len(part.words)
        marks = read[:, 2] == 1
        marks[np.cumsum([0, *(len(doc) for doc in sentences)])[:-1]] = True
        return np.flatnonzero(marks).tolist()

    def _sentence(self, words: list[str], starts: Sequence[bool | None]) -> Doc:
        doc = Doc(self.vocab, words=words, spaces=[True] * len(words))
        marks: Any = np.array([0 if sure is None else -1 for sure in starts])
        marks[0] = 1
        doc.from_array([SENT_START], marks.astype(np.uint64)[:, None])
        return doc

    def _recognize(
        self,
        docs: Sequence[Doc],
        numbers: Sequence[int],
        parts: Sequence[Columns],
        starts: Sequence[int],
    ) -> None:
        total = sum(len(doc) for doc in docs)
        edges = np.cumsum([len(doc) for doc in docs]).tolist()
        last = sorted({*(edge - 1 for edge in edges), *(start - 1 for start in starts if start)})
        iobs, labels = [OUTSIDE] * total, [""] * total
        for entity in self.recognizer.find(docs, numbers, last=last):
            for at in range(entity.start, entity.end):
                iobs[at] = BEGIN if at == entity.start else INSIDE
                labels[at] = entity.label
        at = 0
        for part, edge in zip(parts, edges, strict=True):
            part.iobs, part.labels = iobs[at:edge], labels[at:edge]
            at = edge


def reader_of(nlp: Language) -> Reader | None:
    """Return the reader of a loaded pipeline, None where a part of it is of another make."""
    names = [name for name in nlp.pipe_names if name in nlp.component_names]
    if tuple(name for name in names if not name.startswith("communique")) != _COMPONENTS:
        return None
    tagger: Any = nlp.get_pipe("tagger")
    if type(tagger) is not Tagger or len(tagger.model.layers) != 2:
        return None
    words = Words()
    shared: Any = nlp.get_pipe("tok2vec")
    tok2vec = tok2vec_of(shared.model, nlp.vocab, words)
    parser, rules, recognizer = parser_of(nlp), word_rules_of(nlp), recognizer_of(nlp, words)
    if tok2vec is None or parser is None or rules is None or recognizer is None:
        return None
    scores = Linear(tagger.model.layers[1].layers[0])
    return Reader(
        tokenizer=nlp.tokenizer,
        vocab=nlp.vocab,
        words=words,
        tok2vec=tok2vec,
        tagger=_Tagger(scores, tagger.labels),
        parser=parser,
        rules=rules,
        recognizer=recognizer,
    )


__all__ = ["Reader", "reader_of"]
