"""From an article to its spaCy Doc.

The text is cut into segments, each is read by itself, and one Doc is put together again whose
`token.idx` is the offset in the article.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import spacy
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

from models import Article
from pipeline.casing import (
    Known,
    as_sentence,
    is_of_one_case,
    knower,
    recased,
    with_opening_lands,
)
from pipeline.datelines.dateline import further_datelines
from pipeline.docs import Columns, columns_of, doc_of, pack_columns
from pipeline.errors import ModelError
from pipeline.familiar.words import familiar, own_lemmas, respelt
from pipeline.fingerprint import find_model
from pipeline.headings import is_in_capitals
from pipeline.hyphens import rejoined
from pipeline.inference.bounds import sentence_starts
from pipeline.inference.reader import Reader, reader_of
from pipeline.joints import joins
from pipeline.run_on_lists import entry_starts
from pipeline.segments import segments
from pipeline.shown import as_written, begun, plain, shown, unhyphenated, word_of
from pipeline.styles import WHOLE
from pipeline.surnames import in_print, surnames
from pipeline.word_order.columns import in_own_order, without_commas
from pipeline.word_order.openings import before_offices, open_phrases, with_commas
from pipeline.word_order.orders import reading_order

#: Characters that go through the model at once; a token takes some 10 kB meanwhile.
GROUP = 20_000
#: The hyphen of "U.S.-Chilean", at which the tokenizer cuts "US-Chilean" alone.
_BEHIND_DOTS = r"(?<=\b[UE]\.[SKNU]\.)[-–](?=[A-Za-z])"
#: The full stop and the bracket of "in June.(Ana Ruiz/AP)", set without a space.
_STOP_BEFORE_BRACKET = r"(?<=[a-z0-9])\.(?=\([A-Z])"
_BRACKET_BEHIND_STOP = r"(?<=[a-z0-9]\.)\((?=[A-Z])"
#: The end of "in China and Japan./.", by which agencies close their news.
_END_OF_NEWS = r"\./\."
#: The dash of "SUVA (Reuters) -Chile said", set without a space.
_BEFORE_NAME = r"-(?=[A-Z])"
BOUNDS = "communique_sentence_bounds"
#: What the fast way never looks at: the vocabulary's own words (vectors are found by their hashes,
#: and what a text says is added as it is met), which take most of the time and memory of loading.
_UNUSED = ["strings", "senter"]
#: The tokenizer that nearly all pipelines name, and one without the language's rules, which would
#: be worked out for nothing: those that count are read from the pipeline's files.
_USUAL, EMPTY = "spacy.Tokenizer.v1", "communique_empty_tokenizer"
#: The fast way of working out each loaded pipeline, None for one of another make.
_KNOWERS: WeakKeyDictionary[Language, Known] = WeakKeyDictionary()
_READERS: WeakKeyDictionary[Language, Reader | None] = WeakKeyDictionary()


@Language.component(BOUNDS)
def mark_sentence_bounds(doc: Doc) -> Doc:
    """Set sentence starts where punctuation is plain, and leave the rest to the parser."""
    words = [token.text for token in doc]
    starts = sentence_starts(words, [bool(token.whitespace_) for token in doc])
    for token in doc[1:]:
        token.is_sent_start = starts[token.i]
    return doc


def empty_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes a tokenizer without rules."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers.register(EMPTY, func=empty_tokenizer)


def load_model(name: str) -> Language:
    """Load an installed spaCy pipeline and fit it for articles.

    Raises:
        ModelError: no such pipeline is installed, or it lacks a parser or an entity recognizer.
    """
    with warnings.catch_warnings():
        # W095: the default model was trained for spaCy 3.7, which reads the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(name, exclude=_UNUSED, config=_for_later(name))
            if reader_of(nlp) is None:
                nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"no spaCy pipeline named {name!r} is installed; "
                f"`communique doctor` tells the command that brings it"
            ) from error
    for part in ("parser", "ner"):
        if part not in nlp.pipe_names:
            raise ModelError(f"the spaCy pipeline {name!r} has no {part}")
    nlp.add_pipe(BOUNDS, before="parser")
    _cut_closer(nlp.tokenizer)
    return nlp


def _for_later(name: str) -> dict[str, Any]:
    """Return settings by which a pipeline is made without the rules that its files bring."""
    config = (find_model(name).folder / "config.cfg").read_text(encoding="utf-8")
    return {"nlp": {"tokenizer": {"@tokenizers": EMPTY}}} if f'"{_USUAL}"' in config else {}


def _cut_closer(tokenizer: Any) -> None:
    """Let a tokenizer cut what news sets without a space."""
    # Its special cases are worked out anew at each change of another of its rules.
    rules, tokenizer.rules = tokenizer.rules, {}
    infixes = [tokenizer.infix_finditer.__self__.pattern, _BEHIND_DOTS]
    infixes += [_STOP_BEFORE_BRACKET, _BRACKET_BEHIND_STOP]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    prefixes = [tokenizer.prefix_search.__self__.pattern, _BEFORE_NAME]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    suffixes = [tokenizer.suffix_search.__self__.pattern, _END_OF_NEWS]
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.rules = rules
    for style in WHOLE:
        tokenizer.add_special_case(style, [{ORTH: style}])


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """Yield the Doc of each article, in order."""
    for article in articles:
        yield doc_of(nlp.vocab, annotated(nlp, article))


def _known_words(nlp: Language) -> Known:
    """Return what tells the words of a pipeline's language, made once."""
    if nlp not in _KNOWERS:
        _KNOWERS[nlp] = knower(nlp)
    return _KNOWERS[nlp]


def reader_for(nlp: Language) -> Reader | None:
    """Return the fast way of working a pipeline out, made once; None for one of another make."""
    if nlp not in _READERS:
        _READERS[nlp] = reader_of(nlp)
    return _READERS[nlp]


def annotated(nlp: Language, article: Article) -> bytes:
    """Return the packed columns of an article's Doc (see `pipeline.docs`).

    An article is read by itself: in a shared batch the arithmetic of one would depend on its
    neighbours, and so on the number of workers.
    """
    further = (line.end for line in further_datelines(article.text, article.body_start))
    runs = entry_starts(article.text)
    cut = segments(article.text, cuts=(article.body_start, *further, *runs))
    known = _known_words(nlp)
    whole = rejoined(article.text, known)
    marked = [(start, plain(whole[start:end])) for start, end in cut]
    begins = [(start, text, begun(text)) for start, text in marked]
    told = [text[lead:] for _, text, lead in begins if lead < len(text)]
    bounds = [(start + lead, start + len(text)) for start, text, lead in begins if lead < len(text)]
    bare = map(unhyphenated, told)
    texts, places = zip(*(shown(text, joins) for text in bare), strict=True) if told else ((), ())
    one_case = is_of_one_case(article.text)
    if not one_case:
        plain_openings = map(with_opening_lands, texts)
        texts = tuple(
            recased(t, known) if is_in_capitals(t) else as_sentence(t) for t in plain_openings
        )
    if one_case:
        texts = tuple(recased(text, known) for text in texts)
    elif names := surnames(article.text, known):
        texts = tuple(in_print(text, names, known) for text in texts)
    parts, other = _read(nlp, texts)
    for part, text, at, is_other in zip(parts, told, places, other, strict=True):
        if at:
            part.words = as_written(part.words, part.spaces, text, at)
        elif is_other:
            part.words = respelt(part.words, part.spaces, text)
        if is_other:
            part.lemmas = own_lemmas(part.words, part.lemmas)
    columns = _assemble(len(article.text), bounds, parts)
    columns.unseen = _unseen(nlp, columns.words)
    return pack_columns(columns)


def _read(nlp: Language, texts: Sequence[str]) -> tuple[list[Columns], list[bool]]:
    """Return the columns of each text, and whether it was read with other words (`familiar`).

    It is read in the order, and with the commas, that a model expects (`word_order`).
    """
    orders = [(*reading_order(text), text) for text in texts]
    told = [familiar(shown) for shown, _, _ in orders]
    commas = [sorted({*open_phrases(text), *before_offices(text)}) for text in told]
    marked = [with_commas(text, at) for text, at in zip(told, commas, strict=True)]
    parts = [part for group in _groups(marked) for part in _columns(nlp, group)]
    for i, (_, steps, text) in enumerate(orders):
        if commas[i]:
            parts[i] = without_commas(parts[i], commas[i]) or _columns(nlp, [told[i]])[0]
        if steps:
            parts[i] = in_own_order(parts[i], steps) or _columns(nlp, [familiar(text)])[0]
    return parts, [new != shown for new, (shown, _, _) in zip(told, orders, strict=True)]


def _columns(nlp: Language, texts: Sequence[str]) -> list[Columns]:
    reader = reader_for(nlp)
    return reader.read(texts) if reader else list(map(columns_of, nlp.pipe(texts)))


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Gather segments to what goes through the model at once; nearly always the whole article."""
    group: list[str] = []
    held = 0
    for text in texts:
        group.append(text)
        held += len(text)
        if held >= GROUP:
            yield group
            group, held = [], 0
    if group:
        yield group


def _assemble(length: int, bounds: Sequence[tuple[int, int]], parts: Sequence[Columns]) -> Columns:
    columns = Columns()
    at = 0
    for (start, end), part in zip(bounds, parts, strict=True):
        columns.gap(start - at)
        columns.extend(part)
        at = end
    columns.gap(length - at)
    return columns


def _unseen(nlp: Language, words: Sequence[str]) -> list[int]:
    """Tell of each word whether the model has met it in no text in small letters, as surnames."""
    vectors = nlp.vocab.vectors
    if not vectors.shape[1]:
        return [0] * len(words)
    told = dict.fromkeys(words, 0)
    for word in told:
        if word[:1].isupper():
            told[word] = int(get_string_id(word_of(word).lower()) not in vectors)
    return list(map(told.__getitem__, words))


__all__ = ["annotate", "annotated", "load_model", "reader_for"]
