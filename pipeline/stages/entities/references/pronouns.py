"""Whom "he", "her", "I" and "you" mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from spacy.tokens import Span, Token
from typing_extensions import override

from models import Reference
from pipeline.labels import SUBJECTS, VERBS
from pipeline.reference.fold import fold
from pipeline.stages.entities.once import once
from pipeline.stages.entities.references.addressees import SPOKEN_TO, Addressees, is_spoken_to
from pipeline.stages.entities.references.referring import LOOK_BACK
from pipeline.stages.entities.references.trip_pronouns import ends_of_trip, tells_of_trip
from pipeline.stages.entities.tables import word_set

_OBJECTS = frozenset({"dobj", "obj", "iobj", "dative", "pobj"})
#: How what a clause tells hangs on its verb or on the words below, down to whom it names.
_WITHIN = _OBJECTS | {"prep", "appos", "conj", "nmod", "compound"}
#: What a pronoun has from the one it means.
_SHARED = frozenset(
    {"kind", "entity_id", "name", "role", "role_kind", "country", "actor", "guessed"}
)


#: Within how many words of a title its subject is named ("Kenyan President Ruto in Peru").
_OPENS_TITLE = 4
#: How far behind "it" the "to be in" of one who says so of himself may stand, in tokens.
_BEING_REACH = 9
#: How many of those named near before a pronoun are weighed: a page of names alone has thousands.
_MOST_NEAR = 100


class PronounReferences(Addressees):
    """Makes the references that are pronouns."""

    def _pronoun_tokens(self) -> Iterator[Token]:
        """Yield the pronouns that are no part of a name."""
        pronouns = word_set("pronoun", "first_person") | {"it"}
        spans = [span for person in self.persons for span in person.spans]
        taken = {i for span in spans for i in range(span.start, span.end)}
        for token in self.doc:
            called = token.lower_ in SPOKEN_TO and is_spoken_to(token)
            told = called or token.lower_ in pronouns
            if not told or token.i in taken or self._opens_style(token):
                continue
            if token.lower_ != "it" or _is_of_speaker(token):
                yield token

    def _opens_style(self, token: Token) -> bool:
        """Tell "Her Excellency", which is a title's first half, from "her"; "HE the Minister"."""
        following = self.doc[token.i + 1 : token.i + 2]
        if _is_short_style(token.text) and following.text and not following.text.isupper():
            return True
        return following.text.istitle() and following.text.lower() in word_set("style_noun")

    def _pronoun(self, token: Token) -> Reference | None:
        if token.lower_ in SPOKEN_TO:
            antecedent = self._addressee(token)
        elif token.lower_ in word_set("first_person") or token.lower_ == "it":
            antecedent = self._speaker(token)
        else:
            antecedent = self._third_person(token)
        if antecedent is None:
            return None
        fields = antecedent.model_dump(include=set(_SHARED))
        return self._make(token.i, token.i + 1, form="pronoun", **fields)

    @override
    def _meant_behind(self, subject: Token) -> Reference | None:
        """Return whom the "he" of "“I flew to Lima,” he said" means."""
        he = subject.lower_ in word_set("pronoun") and subject.tag_ == "PRP"
        return self._third_person(subject) if he else None

    @override
    def _third_person(self, token: Token) -> Reference | None:
        """Return whom "he", "his" or "her" means: one told of near before, else of the clause."""
        spoken_of = self._spoken_of_behind(token)
        if spoken_of is not None and self._gender_fits(spoken_of, female=_is_female(token)):
            return spoken_of
        candidates = self._candidates(token)
        objective = token.dep_ in _OBJECTS
        if objective:
            # "X invited him": him is not X.
            own = self._clause_subject(token)
            others = [
                (at, ref) for at, ref in candidates if own is None or not _covers(at, ref, own)
            ]
            candidates = others or candidates
        number = self.sentence[token.i]
        same = [(at, ref) for at, ref in candidates if self.sentence[at] == number]
        undergoer = self._undergoer(token) if same else None
        if undergoer is not None:
            named = next((ref for at, ref in same if self.heads(at, ref, undergoer)), None)
            if named is not None or self._is_someone(undergoer):
                return named
        bound = self._owner_of_opening(token, same) if same and not objective else None
        bound = bound or (self._bound(token, same) if same and not objective else None)
        bound = bound or self._met_on_coming(token, same)
        if bound is not None or self._means_kin(token):
            return bound
        if not same and self._means_nobody_named(token):
            return None
        mistaken = self._mistaken(token) if not objective else None
        if mistaken is not None:
            alike = [ref for _, ref in candidates if ref.role_kind == mistaken.role_kind]
            return alike[-1] if alike else None
        alone = all(ref.role_kind == "spokesperson" for _, ref in same)
        ahead = self._ahead(token) if alone and not objective else None
        if ahead is not None and self._gender_fits(ahead, female=_is_female(token)):
            return ahead
        best = max(
            candidates, key=lambda entry: self._rank(entry[0], entry[1], number), default=None
        )
        if best is not None and len({ref.actor for _, ref in candidates}) == 1:
            self._learn_sex(token, *best)
        return best[1] if best else (self._alone(token) or self._titled(token))

    def _owner_of_opening(
        self, token: Token, same: Sequence[tuple[int, Reference]]
    ) -> Reference | None:
        """Return X of "After X's trip to Lima, he flew on", whoever acts in the sentence before.

        Not where another is told of before "he": "After X's trip, Y said he …".
        """
        opener = token.sent[0]
        if token.dep_ not in SUBJECTS or opener.pos_ not in {"ADP", "VERB", "SCONJ"}:
            return None
        before = [ref for at, ref in same if at < token.i]
        acts = any(t.dep_ in SUBJECTS for t in self.doc[opener.i : token.i])
        if acts or len({ref.actor for ref in before}) != 1 or before[-1].form != "name":
            return None
        owns = [t for t in self._tokens(opener.i, before[-1]) if t.dep_ == "poss"]
        trips = (t.head for t in owns if t.idx >= before[-1].start)
        led = any(t.lemma_.lower() in word_set("journey_noun") for t in trips)
        return before[-1] if led else None

    def _learn_sex(self, token: Token, at: int, ref: Reference) -> None:
        """Keep that X is a man behind "X has led Peru since 2017. He will step down", named alone.

        A later "she" is not X, whose name does not tell.
        """
        near = self.sentence[token.i] - self.sentence[at] <= 1 and ref.form != "pronoun"
        subjects = token.dep_ in SUBJECTS and self.is_subject(at, ref)
        if near and subjects and ref.actor in self.sexes and self.sexes[ref.actor] is None:
            self.sexes[ref.actor] = "female" if _is_female(token) else "male"

    def _alone(self, token: Token) -> Reference | None:
        """Return X of "X has landed. He …", the only one told of, whose name is of the other sex.

        A given name of one people's women is borne by another's men ("Karen", "Dina", "Gerd").
        """
        subject = token.dep_ in SUBJECTS or token.dep_ == "poss"
        if not subject or len({ref.actor for _, ref in self.actors}) != 1:
            return None
        at, ref = self.actors[-1]
        near = self.sentence[token.i] - self.sentence[at] <= 1
        if not near or ref.plural or ref.form != "name" or not self.is_subject(at, ref):
            return None
        told = self.sexes.pop(ref.actor or "", None)
        fits = self._gender_fits(ref, female=_is_female(token))
        self.sexes[ref.actor or ""] = told if not fits else None
        return ref if fits else None

    def _titled(self, token: Token) -> Reference | None:
        """Return whom the title begins with, where "he" opens a text that has named nobody yet."""
        title = (self.article.title or "").split()[:_OPENS_TITLE]
        if self.actors or not title:
            return None
        bare = (word.strip(",:;.").removesuffix("'s").removesuffix("’s") for word in title)
        words = [fold(word) for word in bare]
        surnames = {fold(person.name).split()[-1]: person for person in reversed(self.persons)}
        named = (surnames[word] for word in words if word in surnames)
        told = (self._person(person, person.spans[0]) for person in named)
        female = _is_female(token)
        return next((ref for ref in told if self._gender_fits(ref, female=female)), None)

    def _mistaken(self, token: Token) -> Reference | None:
        """Return the office before "her" that was read as a man's: another's of that class."""
        number, female = self.sentence[token.i], _is_female(token)
        told = [
            (at, ref)
            for at, ref in self.actors
            if self.sentence[at] == number and ref.form == "office" and ref.role_kind
        ]
        found = self._bound(token, told) if told else None
        return found if found is not None and not self._gender_fits(found, female=female) else None

    def _candidates(self, token: Token) -> list[tuple[int, Reference]]:
        """Return the actors near before a pronoun that it may mean, in text order."""
        number = self.sentence[token.i]
        female = _is_female(token)
        near = takewhile(
            lambda entry: number - self.sentence[entry[0]] <= LOOK_BACK, reversed(self.actors)
        )
        fitting = [
            (at, ref)
            for at, ref in islice(near, _MOST_NEAR)
            if not ref.plural and self._gender_fits(ref, female=female)
        ]
        if len(fitting) > 1:
            fitting = [e for e in fitting if not self._is_come_by(*e)] or fitting
            fitting = [e for e in fitting if not self.is_mourned(e[0])] or fitting
            fitting = [e for e in fitting if not self._goes_along(e[0], token)] or fitting
        speaker = self._own_voice(token)
        if speaker is not None:  # who is quoted says "I" of himself
            fitting = [(at, ref) for at, ref in fitting if ref.actor != speaker.actor]
        if self._tells_words(token):
            fitting = [(at, ref) for at, ref in fitting if not self._is_spoken_of(at, ref)]
        elif len(fitting) > 1:
            fitting = [e for e in fitting if not self._stands_by(*e, number)] or fitting
        if len(fitting) > 1 and token.dep_ in SUBJECTS:
            met = set(self._met_by(token))
            fitting = [(at, ref) for at, ref in fitting if ref.actor not in met] or fitting
        if len(fitting) > 1:
            fitting = self._gone(token, fitting) or fitting
        return fitting[::-1]

    def _is_come_by(self, at: int, ref: Reference) -> bool:
        """Tell the office of "Since becoming president, he …", which is no one told of."""
        if ref.form != "office":
            return False
        return any(
            t.head.lemma_ == "become" and t.dep_ in {"attr", "dobj", "oprd"}
            for t in self._tokens(at, ref)
        )

    def _met_by(self, subject: Token) -> Iterator[str]:
        """Yield X of "he held talks with X", "he met X", who is not "he".

        Not X of "he said that X left", "he left after X spoke".
        """
        named = {
            i: person for person in self.persons for span in person.spans
            for i in range(span.start, span.end)
        }  # fmt: skip
        inner = [c for c in subject.head.children if c.dep_ in _WITHIN and c.i > subject.i]
        while inner:
            node = inner.pop()
            if node.i in named:
                yield self.ids["person", str(named[node.i].number)]
            inner += [c for c in node.children if c.dep_ in _WITHIN]

    def _goes_along(self, at: int, pronoun: Token) -> bool:
        """Tell A of "accompanied by A and B. He was greeted", who but travels with another."""
        sentence = self.doc[at].sent
        if pronoun.i < sentence.end or self.doc[at].lower_ in word_set("pronoun"):
            return False
        lemmas = self._lemmas(sentence)
        if "delegation" in lemmas and not lemmas.isdisjoint(word_set("lists_members")):
            return True
        comes, goes = word_set("comes_with"), word_set("goes_along")
        if not lemmas.isdisjoint(comes) and self._tells_company(sentence):
            return True
        if lemmas.isdisjoint(goes):
            return False
        return at > next(t.i for t in sentence if t.lemma_.lower() in goes)

    @once
    def _tells_company(self, sentence: Span) -> bool:
        """Tell a sentence whose "came with him" names who goes along."""
        return any(t.lemma_ in word_set("comes_with") and _is_with_him(t) for t in sentence)

    @once
    def _lemmas(self, sentence: Span) -> frozenset[str]:
        """Return the lemmas of a sentence; each pronoun near it asks for those it may mean."""
        return frozenset(t.lemma_.lower() for t in sentence)

    def _stands_by(self, at: int, ref: Reference, number: int) -> bool:
        """Tell who only speaks in a sentence before: "“It is late,” an aide said. He left at once".

        So a private person: "X, a teacher, wept. He left at once" tells of the minister before.
        """
        private = ref.country is None and ref.role_kind in {None, *word_set("bystander")}
        bystander = ref.name is None and ref.role_kind in word_set("bystander")
        return self.sentence[at] < number and (private or bystander)

    def _gone(
        self, token: Token, candidates: list[tuple[int, Reference]]
    ) -> list[tuple[int, Reference]]:
        """Return those of whom a trip told with "he" or "his" may be said.

        None goes where he is at home: "Peru's president met Y of Fiji in Lima. He has been to Lima
        twice" is of Y, and "his visit to Fiji" of the president.
        """
        ends = {land for end in ends_of_trip(token) for land in self._lands_at(end)}
        seats = (seat for at, _ in candidates for seat in self.seats[self.sentence[at]])
        home = {country for place, country in seats if place < token.i}
        if ends & (home | {ref.country for _, ref in candidates}):
            if any(t.lower_ == "from" for t in token.head.subtree):
                return candidates  # "spoke on his arrival in Lima from Quito", back home
            if any(t.lemma_.lower() in word_set("goes_home") for t in token.sent):
                return candidates
            return [entry for entry in candidates if entry[1].country not in ends]
        if not tells_of_trip(token):
            return candidates
        away = [entry for entry in candidates if not self._is_at_home(*entry, token)]
        if len(away) == len(candidates):
            return candidates
        number = self.sentence[token.i]
        beside = [entry for entry in candidates if self.sentence[entry[0]] == number]
        # "A left for Lima, his capital, after his visit to Quito" is of no one told of before.
        lone = beside and all(self.sentence[at] != number for at, _ in away)
        return beside if lone else [e for e in away if self._are_beside(e[0], token.i)] or away

    def _are_beside(self, at: int, other: int) -> bool:
        """Tell whether two tokens stand in one paragraph."""
        return "\n\n" not in self.article.text[self.doc[at].idx : self.doc[other].idx]

    def _is_at_home(self, at: int, ref: Reference, pronoun: Token) -> bool:
        """Tell the host of "A of Peru met B of Fiji in Lima. He will go on to Quito", who is A.

        B of "B will be there until he returns to Suva" is not at home, nor is who has left it: A
        of "After hosting B in Lima, A flew to Oslo. He will go on to Quito".
        """
        told = [seat for seat in self.seats[self.sentence[at]] if seat[0] < pronoun.i]
        home = [place for place, country in told if country == ref.country]
        return bool(home) and not self._has_left(at, ref, home[-1])

    def _has_left(self, at: int, ref: Reference, home: int) -> bool:
        """Tell who goes from the capital at token `home` by the verb of a clause behind it."""
        verbs = (t.head for t in self._tokens(at, ref) if t.dep_ == "nsubj" and t.i > home)
        verb = next((verb for verb in verbs if verb.pos_ in VERBS), None)
        if verb is None or verb.lemma_ not in word_set("sets_out_abroad"):
            return False
        return any(place > verb.i for place, _ in self.seats[self.sentence[at]])

    def _tells_words(self, token: Token) -> bool:
        """Tell the "he" of "“X must choose peace,” he said", who speaks and is not X."""
        speaks = token.dep_ in SUBJECTS and token.head.lemma_ in word_set("speech")
        return speaks and not self._is_quoted(token)

    def _is_spoken_of(self, at: int, ref: Reference) -> bool:
        """Tell one who is named in quotation marks, not the "I" of who is quoted."""
        own = ref.form == "pronoun" and ref.text.lower() in word_set("first_person") | {"it"}
        return not own and self._is_quoted(self.doc[at])

    def _rank(self, at: int, ref: Reference, number: int) -> tuple[float, int]:
        """Rank an actor for a pronoun in sentence `number`: near, a subject, told of most."""
        most = max(self.mentions.values())
        score = -1.2 * (number - self.sentence[at])
        score += 1.5 * self.is_subject(at, ref)
        score += 1.0 * (self.mentions[ref.actor] == most) + 0.4 * bool(ref.name)
        score += 0.8 * (ref.actor in self.sexes)  # who is surely one whom "her" may mean
        return score, at

    def _met_on_coming(
        self, token: Token, same: Sequence[tuple[int, Reference]]
    ) -> Reference | None:
        """Return X of "A carpet was rolled out for X on his arrival", where nobody is told to act.

        "He hailed X on his arrival" may tell of either.
        """
        on = self.doc[max(0, token.i - 1)]
        comes = token.dep_ == "poss" and token.head.lemma_ in word_set("coming_of_guest")
        if not comes or on.lower_ not in word_set("at_coming"):
            return None
        doer = self._clause_subject(token)
        if doer is None or doer.pos_ == "PRON" or self._told_at(doer) is not None:
            return None
        before = self.doc[on.i - 1]
        end = before.idx + len(before.text)
        return next((ref for _, ref in same if ref.end == end and ref.form != "pronoun"), None)

    def _clause_subject(self, token: Token) -> Token | None:
        """Return the subject of the verb that governs a pronoun."""
        for node in token.ancestors:
            if node.pos_ in VERBS:
                found = [c for c in node.children if c.dep_ in SUBJECTS]
                if found:
                    return found[-1]
                if node.dep_ not in {"conj", "xcomp"}:
                    return None
        return None

    def _gender_fits(self, ref: Reference, *, female: bool) -> bool:
        sex = self.sexes.get(ref.actor or "")
        if sex is not None:
            return (sex == "female") == female
        words = set(fold(f"{ref.role or ''} {ref.text}").split())
        before = self.article.text[max(0, ref.start - 10) : ref.start].split()
        style = bool(before) and ("." in before[-1][:-1] or _is_short_style(before[-1]))
        if before and not style:  # "H.E. Ana Ruiz", "HE Ana Ruiz": no "he"
            words |= set(fold(before[-1]).split())
        return not words & (word_set("female") if not female else word_set("male"))


def _is_short_style(text: str) -> bool:
    """Tell the "HE" of "HE the Minister", "HE Ana Ruiz", for "Her Excellency", from a "he"."""
    return text.isupper() and len(text) > 1


def _is_with_him(verb: Token) -> bool:
    """Tell the "flew" of "A and B flew with him", whom they but go along with."""
    return verb.doc[verb.i + 1 : verb.i + 3].text.lower() in word_set("with_him")


def _is_female(pronoun: Token) -> bool:
    return pronoun.lower_ in word_set("female")


def _covers(at: int, ref: Reference, token: Token) -> bool:
    return at <= token.i and token.idx < ref.end


def _is_of_speaker(token: Token) -> bool:
    """Tell the "it" of "It is an honour to be back in Lima", which is the speaker who is there."""
    verb = token.head
    if verb.lemma_ != "be" or token.dep_ not in SUBJECTS or token.i + 1 >= len(token.doc):
        return False
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + _BEING_REACH]]
    at = next((i for i, pair in enumerate(pairwise(behind)) if pair == ("to", "be")), None)
    beside = word_set("beside_here")
    places = (word for word in behind[at + 2 :] if word not in beside) if at else iter(())
    return next(places, "") == "in"


__all__ = ["PronounReferences"]
