"""Who says "I": whoever is quoted, labelled or named in the heading as the speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from spacy.tokens import Token

from models import Reference
from pipeline.labels import AUXILIARIES, FINITE, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.signs import ENGLISH_QUOTES, GENITIVES
from pipeline.stages.entities.countries.outlet import is_quoted
from pipeline.stages.entities.references.clause_antecedents import ClauseAntecedents
from pipeline.stages.entities.tables import word_set

#: How far into a text the heading of what is told in the first person may name its author.
HEADING = 600
#: How many words may stand between "speech" and "by", and between an office and "speech".
_SPEECH_REACH, _OWNED_REACH = 7, 5
#: How many sentences from a quotation its speaker may be told.
_QUOTE_REACH = 2
#: The name before a colon that opens a line of a transcript.
_LABEL = re.compile(
    r"^[ \t]*\**([^\W\d_][^\n:.!?]{0,60}?|[A-Z])\**[ \t]*(?:\([^)\n]*\))?:", re.MULTILINE
)
#: The name or office before a full stop that opens one ("President Torres. Welcome to Lima.").
_STOPPED = re.compile(r"^[ \t]*([^\W\d_][^\n:.!?,]{3,60})(\.)[ \t]+(?=[^\W\d_])", re.MULTILINE)
#: How far behind a quotation the verb that tells who said it may stand, in tokens.
_SAYER_REACH = 30
#: The end of a quotation or of its line; what of it goes on with who said it is marked.
_CLOSING = re.compile(r"([,?!—–-]['’]?[\"”])|[\"“”\n]")


class Speakers(ClauseAntecedents):
    """Finds who speaks at a pronoun of the first person."""

    def _speaker(self, token: Token) -> Reference | None:
        """Return who says "I" at a token.

        In quotation marks it is the subject of a verb of speech nearby; outside them whoever a
        transcript labels, or whom the heading names as the author.
        """
        if self._is_quoted(token):
            return self._sayer_behind(token) or self._sayer(token, _QUOTE_REACH)
        label = self._label_before(token)
        if label is not None:
            return self._labelled(label)
        if self._author is not None:
            return self._author
        return self._sayer(token, 0 if self._is_told_by_writer else _QUOTE_REACH)

    def _own_voice(self, token: Token) -> Reference | None:
        """Return who says the words in which a token stands, so that "he" is another."""
        if self._is_quoted(token):
            start = max(self.article.text.rfind(mark, 0, token.idx) for mark in ('"', "“"))
            told = any(start <= at < token.idx for at in self._first_persons)
            return self._speaker(token) if told else None
        if self._label_before(token) is not None:
            return self._speaker(token)
        told = any(at < token.idx for at in self._unquoted)
        return self._author if told and self._unquoted else None

    @cached_property
    def _first_persons(self) -> list[int]:
        """Where the pronouns of the first person stand, as offsets."""
        first = word_set("first_person")
        return [t.idx for t in self.doc if t.lower_ in first and t.ent_type_ != "PERSON"]

    @cached_property
    def _unquoted(self) -> list[int]:
        """Where those stand that are in no quotation marks."""
        first = set(self._first_persons)
        return [t.idx for t in self.doc if t.idx in first and not self._is_quoted(t)]

    def _sayer(self, token: Token, reach: int) -> Reference | None:
        """Return the subject of a verb of speech in a token's sentence or in so many before."""
        number = self.sentence[token.i]
        for distance in range(reach + 1):
            for at, ref in reversed(self.actors):
                if number - self.sentence[at] == distance and self._speaks(at, ref):
                    return ref
        return None

    def _sayer_behind(self, token: Token) -> Reference | None:
        """Return X of "“I flew to Lima,” X said", told of only behind the quotation."""
        close = _CLOSING.search(self.article.text, token.idx)
        if close is None or close.group(1) is None:
            return None
        if close.end() not in self._sayers:
            self._sayers[close.end()] = self._named_sayer(token, close.end())
        return self._sayers[close.end()]

    @cached_property
    def _sayers(self) -> dict[int, Reference | None]:
        """Whom the words behind a quotation name as its speaker, by the offset of its end."""
        return {}

    def _named_sayer(self, inside: Token, offset: int) -> Reference | None:
        """Return who is the subject of a verb of speech behind a quotation that ends at `offset`.

        Args:
            inside: a token of the quotation.
        """
        line = self.article.text.find("\n", offset)
        behind = (t for t in self.doc[inside.i :] if t.idx >= offset)
        for token in islice(behind, _SAYER_REACH):
            if token.text in {".", ";", *ENGLISH_QUOTES} or (0 <= line <= token.idx):
                return None
            if token.pos_ == "VERB" and token.lemma_ in word_set("speech"):
                named = (c for c in token.children if c.dep_ in SUBJECTS and c.idx >= offset)
                subject = next(named, None)
                if subject is None:
                    return None
                return self._told_at(subject) or self._meant_behind(subject)
        return None

    def _spoken_of_behind(self, token: Token) -> Reference | None:
        """Return Y of "“He comes in May,” X said of Y", where the quotation has named nobody."""
        text = self.article.text
        opening = max(text.rfind(mark, 0, token.idx) for mark in ('"', "“"))
        close = _CLOSING.search(text, token.idx) if self._is_quoted(token) else None
        if close is None or close.group(1) is None:
            return None
        told = (ref for at, ref in self.actors if opening < ref.start and at < token.i)
        if any(ref.form != "pronoun" for ref in told):
            return None
        for verb in islice((t for t in self.doc[token.i :] if t.idx >= close.end()), _SAYER_REACH):
            if verb.text in {".", ";", *ENGLISH_QUOTES}:
                return None
            if verb.pos_ == "VERB" and verb.lemma_ in word_set("speech"):
                whom = (h for word in word_set("speaks_of") for h in prep_objects(verb, word))
                return next((ref for h in whom if (ref := self._told_at(h)) is not None), None)
        return None

    def _meant_behind(self, _subject: Token) -> Reference | None:
        """Return whom the "he" of "“I flew to Lima,” he said" means: none but for pronouns."""
        return None

    def _speaks(self, at: int, ref: Reference) -> bool:
        for i in range(at, len(self.doc)):
            token = self.doc[i]
            if token.idx >= ref.end:
                return False
            if token.dep_ in SUBJECTS and any(
                verb.lemma_ in word_set("speech") for verb in _verbs_of(token)
            ):
                return True
        return False

    def _is_quoted(self, token: Token) -> bool:
        return is_quoted(self.article.text, token.idx)

    # Transcripts

    @cached_property
    def _labels(self) -> list[tuple[int, int]]:
        """The labels of a transcript ("MINISTER X: …"): where each begins and its colon stands."""
        text = self.article.text
        found = [(m.start(1), m.end() - 1) for m in _LABEL.finditer(text)]
        often = Counter(text[a:b] for a, b in found)
        shown = [(a, b) for a, b in found if self._is_label(a, b, often[text[a:b]])]
        if len(shown) > 1:
            return shown
        stopped = [m.span(1) for m in _STOPPED.finditer(text) if self._is_stopped_label(*m.span(1))]
        return stopped if len({text[a:b] for a, b in stopped}) > 1 else []

    def _is_stopped_label(self, start: int, end: int) -> bool:
        """Tell the name or office "President Torres", "The President", and nothing but it."""
        words = self.article.text[start:end].split()
        if not 1 < len(words) < 5 or not all(word[:1].isupper() for word in words):
            return False
        told = [span.end for person in self.persons for span in person.spans]
        lasts = (self.doc[i - 1] for i in (*told, *(office.end for office in self.offices)))
        return any(t.idx + len(t.text) == end for t in lasts)

    def _is_label(self, start: int, end: int, often: int) -> bool:
        """Tell who asks, a name, an office, initials, and what stands before several lines.

        A headline ("Ruto in Lima: …") and what else a page prints once ("Related: …") are none.
        """
        words = self.article.text[start:end].split()
        told = {word.strip(".").lower() for word in words}
        if told & word_set("asker", "answerer"):
            return True
        if len(words) > 8 or not all(w[:1].isupper() or len(w) < 4 for w in words):
            return False
        if often > 1 or (len(words) == 1 and words[0].isupper() and len(words[0]) < 4):
            return True
        if told & word_set("parts_headline"):
            return False
        named = (span for person in self.persons for span in person.spans)
        titles = (office.start for office in self.offices)
        return any(start <= self.doc[i].idx < end for i in (*(s.start for s in named), *titles))

    def _label_before(self, token: Token) -> tuple[int, int] | None:
        """Return the label under which a token stands, if the text is a transcript."""
        at = bisect_right(self._labels, (token.idx, 0)) - 1
        return self._labels[at] if at >= 0 else None

    def _labelled(self, label: tuple[int, int]) -> Reference | None:
        """Return the person or office that a label names, by initials too; none who asks."""
        start, end = label
        text = self.article.text[start:end]
        if {word.strip(".").lower() for word in text.split()} & word_set("asker"):
            return None
        told = [ref for _, ref in self.actors if start <= ref.start < end]
        inside = [ref for ref in told if ref.kind == "person" or ref.role_kind != "official"]
        if inside:
            return next((ref for ref in inside if ref.name), inside[-1])
        letters = text.replace(".", "").strip()
        for _, ref in self.actors if letters.isupper() and 1 < len(letters) < 4 else ():
            initials = "".join(word[:1] for word in (ref.name or "").split())
            if len(initials) > 1 and letters in {initials, initials[0] + initials[-1]}:
                return ref
        return self._author if letters.lower() in word_set("answerer") else None

    # Authors

    @cached_property
    def _is_told_by_writer(self) -> bool:
        """Tell a text that says "I" outside quotations more than once, with an author unknown."""
        return len(self._unquoted) > 1

    @cached_property
    def _author(self) -> Reference | None:
        """The official who speaks or signs in the first person, named in the heading.

        "Speech by Foreign Minister X", "PM's departure statement", "MEDIA RELEASE. FOREIGN
        MINISTER X. I will visit Lima …" have one; a story has none.
        """
        heading = [(at, ref) for at, ref in self.actors if ref.start <= HEADING and not ref.plural]
        speakers = [ref for at, ref in heading if self._gives_speech(at, ref)]
        told = {ref.actor: ref for ref in speakers}
        if told:
            named = [ref for ref in told.values() if ref.name]
            return (named or list(told.values()))[0] if len(named) < 2 else None
        opening = {token.lower_ for token in self.doc if token.idx < HEADING}
        if not opening & word_set("release"):
            return None
        signing = [
            ref
            for at, ref in heading
            if ref.role_kind and not ref.guessed and not self._is_met(at)
            if not self._is_saluted(ref) and not self._is_told_of(at, ref)
        ]
        return next((ref for ref in signing if ref.name), None) or self._sole_office(signing)

    def _sole_office(self, signing: Sequence[Reference]) -> Reference | None:
        """Return the office that heads a release, whose holder the text does not name with it."""
        offices = {ref.actor: ref for ref in signing if ref.country and ref.kind == "office"}
        leading = [ref for ref in offices.values() if ref.role_kind in word_set("signs_release")]
        return leading[0] if len(leading) == 1 else None

    def _is_told_of(self, at: int, ref: Reference) -> bool:
        """Tell one of whom a sentence of the heading says something from one who stands alone."""
        start, end = self._line(ref)
        line = self.doc.char_span(start, end, alignment_mode="expand")
        if line is None or any(t.tag_ in FINITE and not t.is_upper for t in line if t.i < at):
            return True
        acts = [t.head for t in self._tokens(at, ref) if t.dep_ in SUBJECTS and t.head in line]
        return any(verb.tag_ in FINITE and not verb.is_upper for verb in acts)

    def _is_saluted(self, ref: Reference) -> bool:
        """Tell X of the line "Your Excellency X, President of Peru,", to whom a speech is given."""
        start, end = self._line(ref)
        line = self.article.text[start:end].strip().lower()
        return line.endswith((",", ";", ":")) and line.startswith(tuple(word_set("salutes")))

    def _line(self, ref: Reference) -> tuple[int, int]:
        """Return the offsets of the line of text that holds a reference."""
        text = self.article.text
        end = text.find("\n", ref.end)
        return text.rfind("\n", 0, ref.start) + 1, end if end >= 0 else len(text)

    def _is_met(self, at: int) -> bool:
        """Tell X of "Remarks with Premier X", who is not the one who speaks."""
        joints = self._joints_before(at)
        return bool(joints) and joints[-1].lower_ in word_set("spoken_to")

    def _gives_speech(self, at: int, ref: Reference) -> bool:
        """Tell X of "Remarks by Premier X" and "Premier X's arrival statement"."""
        joints = self._joints_before(at)
        if joints and joints[-1].lower_ in word_set("speaks_by"):
            by = joints[-1].i
            spoken = self.doc[max(0, by - _SPEECH_REACH) : by]
            begin, _ = self._line(ref)
            return any(t.lower_ in word_set("spoken") and t.idx >= begin for t in spoken)
        return any(t.lower_ in word_set("spoken") for t in self._owned(ref))

    def _joints_before(self, at: int) -> list[Token]:
        """Return what in its line leads to the name or office at token `at`, its title apart."""
        begin = self._title_starts.get(at, at)
        line = self.article.text.rfind("\n", 0, self.doc[at].idx) + 1
        before = self.doc[max(0, begin - _SPEECH_REACH) : begin]
        joints = word_set("spoken_to", "speaks_by")
        return [t for t in before if t.idx >= line and t.lower_ in joints]

    @cached_property
    def _title_starts(self) -> dict[int, int]:
        """Where the titles before names begin, by the names' first tokens."""
        spans = [span for person in self.persons for span in person.spans]
        return {s.start: min([s.start, *(o.start for o in s.offices)]) for s in spans}

    def _owned(self, ref: Reference) -> Iterator[Token]:
        """Yield the words behind "X's" in the line of X."""
        _, end = self._line(ref)
        behind = [t for t in self.doc if ref.end <= t.idx < min(end, ref.end + 60)]
        if behind and behind[0].text in GENITIVES:
            yield from behind[1 : 1 + _OWNED_REACH]


def _verbs_of(subject: Token) -> Iterator[Token]:
    """Yield the verb of a subject and, in "X, flanked by Y, said", the one it is parted from."""
    verb = subject.head
    yield verb
    if verb.tag_ != "VBN" or any(c.dep_ in AUXILIARIES for c in verb.children):
        return
    parted = [verb.head, *(c for c in verb.children if c.dep_ == "conj")]
    for other in parted:
        if other.i > verb.i and not any(c.dep_ in SUBJECTS for c in other.children):
            yield other


__all__ = ["HEADING", "Speakers"]
