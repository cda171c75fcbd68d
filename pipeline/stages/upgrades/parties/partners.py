"""With whom relations are changed: the parties behind "with" and "towards" of a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from spacy.tokens import Span, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.groups_of_lands import lands_at
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verbs import own_verb
from pipeline.labels import ADNOMINAL, NOUNS, SUBJECTS, UNDERGONE, VERBS
from pipeline.reference.countries import is_country
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.upgrades.levels.level_names import find_levels
from pipeline.stages.upgrades.outcome.misread import gerund_of, opens_clause
from pipeline.stages.upgrades.parties.behind_opening import acting_behind_opening
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.holds import RELATIVES, hold_of, is_own_object
from pipeline.stages.upgrades.parties.makers import Makers
from pipeline.stages.upgrades.parties.party_references import Bars
from pipeline.stages.upgrades.parties.passing import is_with_mediator, names_paper
from pipeline.stages.upgrades.parties.with_doing import doing_behind
from pipeline.stages.upgrades.recognition.in_favour import is_of_favoured
from pipeline.stages.upgrades.tables import words

_TOWARDS = frozenset({"with", "between", "towards", "toward", "to"})
#: Behind which words a partner may stand: of its own, or of whoever "became a partner of" it.
_OF_PARTNER = frozenset({"of", "to"})
_OPENS_PARTNER = frozenset({"with", "towards", "toward", "to"})
#: How the words of a land's name, and those listed beside it, hang on each other.
_IN_NAME = frozenset({"compound", "nmod", "conj", "appos", "poss"})
#: What takes up two that were named together.
_BOTH = frozenset({"both", "two"})
#: How far behind "with" a partner is looked for, in tokens.
_PARTNER_REACH = 8


class Partners(Makers):
    """Reads with whom a party changes its relations."""

    def is_with_unnamed(self, token: Token) -> bool:
        """Tell "the fourth country with which Chile has normalised relations", which names none."""
        if token.dep_ != "relcl" or self.scene.at(token.head.i):
            return False
        nouns = [token, *(child for child in token.children if child.dep_ in UNDERGONE)]
        withs = [c for node in nouns for c in node.children if c.lower_ == "with"]
        relative = any(n.lower_ in RELATIVES for prep in withs for n in prep.children)
        called = _whole(token.head)
        over = called.head
        subject = self.scene.subject(over) if over.lemma_ in told_words("becomes") else None
        if subject == called:
            subject = _behind_be(over)
        return relative and (subject is None or not self.scene.at(subject.i))

    def partners(self, token: Token, bars: Bars) -> list[str]:
        """Return the parties behind "with" or "towards" of the trigger or its relations."""
        return list(self.partner_ends(token, bars))

    def partner_ends(self, token: Token, bars: Bars) -> dict[str, int]:
        """Return the partners of a trigger, each with the token behind its name."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        own: dict[str, int] = {}
        beside: dict[str, int] = {}
        other: dict[str, int] = {}
        meant: Token | None = None
        several: dict[str, int] = {}
        joined = token.pos_ == "NOUN" and token.dep_ == "conj"
        alone = {c.i for c in token.children if c.lower_ == "with"} if joined else set()
        low, high = self._window(sentence.start_char, sentence.end_char, bars)
        verb = own_verb(token)
        acting = acting_behind_opening(self, verb, bars) if verb is not None else {}
        if acting:  # "After talks with Oman, Peru cut ties with Chad"
            low = max(low, doc[min(acting.values())].idx)
        for i in self._openings(sentence):
            if not low <= doc[i].idx < high:
                continue
            if doc[i].lower_ in _OF_PARTNER and not is_own_object(doc[i - 1], token):
                continue
            hold = hold_of(doc[i], token) if not alone or i in alone else None
            backed = any(n.lemma_.lower() in words("backing") for n in doc[i].children)
            if doc[i - 1].lower_ not in {"along", "together"} and hold is not None and not backed:
                found = {"own": own, "beside": beside, "other": other}[hold]
                listed = self._listed(i, bars) | self._of_officers(doc[i])
                found |= {c: e for c, e in listed.items() if c not in found}
                meant = self._noun_behind(i) if hold == "own" and not listed else meant
                several = self._both_behind(i) if not listed else several
        if meant is not None and not own and (beside or other):
            taken_up = self.meant(meant, set(self._subjects(token, bars)))
            own = dict.fromkeys(taken_up[:1], meant.i + 1)
        return own or several or beside or other

    def _openings(self, sentence: Span) -> Sequence[int]:
        """Return the tokens of a sentence behind which a partner may stand."""
        if sentence.start not in self._opened:
            within = range(sentence.start, sentence.end)
            self._opened[sentence.start] = [i for i in within if self._opens_partner(i)]
        return self._opened[sentence.start]

    @cached_property
    def _opened(self) -> dict[int, Sequence[int]]:
        """What was read before, since each trigger of a sentence asks."""
        return {}

    def _both_behind(self, i: int) -> dict[str, int]:
        """Return both of "recognised Peru and Chad and opened relations with the two".

        Of "the Baltic states were free, and Peru opened relations with them" these three.
        They are those named together last before a preposition, token `i`, in its sentence or the
        one before; nobody where these are not two.
        """
        head = next((n for n in self.scene.doc[i].children if n.dep_ == "pobj"), None)
        alone = head is not None and head.lower_ in _BOTH
        number = self.scene.sentence_of[i]
        before = self.scene.beside(number, step=-1)
        first = before.start if before is not None else self.scene.sentence(i).start
        if head is not None and head.lower_ == "them":
            groups = (lands_at(self.scene.doc, at) for at in range(i - 1, first - 1, -1))
            return dict.fromkeys(next(filter(None, groups), ()), head.i + 1)
        if head is None or not (alone or _is_both_states(head)) or self.scene.at(head.i):
            return {}
        for at in range(i - 1, first - 1, -1):
            if self.scene.at(at):
                end = self.scene.bounds(self.scene.at(at)[0])[1]
                named = self.listed_before(end)
                if len(named) > 1:
                    return dict.fromkeys(named, head.i + 1) if len(named) == len(_BOTH) else {}
        return {}

    def _noun_behind(self, i: int) -> Token | None:
        """Return the "island" of "cut ties with the island", behind a preposition, token `i`."""
        heads = (n for n in self.scene.doc[i].children if n.dep_ == "pobj" and n.tag_ == "NN")
        named = (n for n in heads if n.lower_ in words("party_noun") and not self.scene.at(n.i))
        return next((n for n in named if any(c.lower_ == "the" for c in n.children)), None)

    def _opens_partner(self, i: int) -> bool:
        """Tell "with" and "towards", and the "to" of "cut its ties to Peru".

        Also the "of" and "to" of "became a partner of Peru".
        """
        word = self.scene.doc[i].lower_
        before = self.scene.doc[max(i - 1, 0)]
        if word in _OF_PARTNER and before.lemma_.lower() == "partner":
            return before.dep_ == "attr" and bool(self.scene.spots(i + 1))
        if word not in _OPENS_PARTNER:
            return False
        if word == "to":
            return before.lemma_.lower() in words("diplomatic_object") and bool(
                self.scene.spots(i + 1)
            )
        if before.lower_ in {"not", "n't"}:
            return False  # "restored ties with Peru, but not with Chad"
        prep = self.scene.doc[i]
        if any(c.lower_ in words("with_regard") for c in prep.children):
            return False  # "cut ties due to its acts with regard to Peru"
        beside = word in _TOWARDS and (_is_beside(prep) or is_with_mediator(prep))
        beside = beside or (word == "with" and is_of_favoured(prep))
        return not beside

    def is_of_no_state(self, token: Token) -> bool:
        """Tell "established ties with Abkhazia", "with Europe", which are no parties to relations.

        Not "broke off ties with Peru over Abkhazia".
        """
        own = own_verb(token)
        doers = (own, own.head) if own is not None and own.dep_ == "xcomp" else (own,)
        no_state, continent = words("no_state"), words("continent")
        for name in self.scene.sentence(token.i):
            word = name.lower_
            none = word in no_state or (word in continent and self._is_continent(name))
            if not none or name.dep_ == "amod":
                continue
            node = name
            while node.dep_ in _IN_NAME or (node.dep_ == "pobj" and node.head.lower_ == "of"):
                node = node.head if node.dep_ in _IN_NAME else node.head.head
            one_of_more = node.dep_ == "conj" or any(c.dep_ == "conj" for c in node.children)
            if one_of_more and self._is_half_of_pair(node, doers):
                return True
            if one_of_more or self.scene.doc[max(0, name.left_edge.i - 1)].lower_ == "not":
                continue  # "with Russia and Abkhazia": those with the others stand
            acts = node.dep_ in SUBJECTS and node.head in doers
            beside = node.head.lower_ in _TOWARDS and own in (node.head, *node.head.ancestors)
            if acts or (beside and hold_of(node.head, token) == "own"):
                return True
        return False

    def _is_continent(self, name: Token) -> bool:
        """Tell the Africa of "ties with Africa" from that of "ties with South Africa"."""
        known = (r.country for r in self.scene.at(name.i))
        return name.lower_ in words("continent") and not any(is_country(c or "") for c in known)

    def _is_half_of_pair(self, node: Token, doers: Sequence[Token | None]) -> bool:
        """Tell "Russia and Abkhazia opened relations", "relations between Russia and Abkhazia".

        Of "Russia and Abkhazia broke with Peru" the first has done so.
        """
        heads = [node, *node.conjuncts]
        first = min(heads, key=lambda head: head.i)
        acts = first.dep_ in SUBJECTS and first.head in doers
        between = first.head.lower_ == "between"
        if len(heads) != len(("one", "other")) or not (acts or between):
            return False
        own = doers[0]
        reach = own.subtree if own is not None else ()
        return not any(t.lower_ in {"with", "to"} for t in reach if t.i > max(h.i for h in heads))

    def _examples_end_at(self, at: int) -> int:
        """Return where "Peru and Chad" begins of "states such as Peru and Chad", else `at`."""
        doc, start = self.scene.doc, at
        joints = words("party_joint")
        while start > 1 and (self.scene.at(start - 1) or doc[start - 1].lower_ in joints):
            if doc[start - 2].lower_ == "such":
                break
            start -= 1
        before = doc[max(0, start - 2) : start].text.lower()
        return start if before == "such as" or before.endswith(("like", "including")) else at

    def is_with_many(self, token: Token) -> bool:
        """Tell "the normalisation of ties with several Arab states", which names no partner.

        Nor do "ties with the West", "with its neighbours", "with two more states", "with the
        states of the region".
        """
        for noun in (token, *relation_nouns(token)):
            if noun != token and token not in (noun.head, noun.head.head) and noun != token.head:
                continue
            for prep in noun.children:
                for many in prep.children if prep.lower_ == "with" else ():
                    plural = many.tag_ == "NNS" and many.lemma_.lower() in words("many_parties")
                    definite = {c.lower_ for c in many.children} & words("definite") - words("its")
                    plural = plural or many.lemma_.lower() in words("no_partner")
                    before = {t.lower_ for t in self.scene.doc[many.left_edge.i : many.i]}
                    of_told = many.tag_ == "NNS" and not before & words("others")
                    of_more = any(c.lower_ == "of" for c in many.children)
                    definite = definite if plural and of_told and not of_more else set()
                    named = self.codes(many.left_edge.i, many.right_edge.i + 1)
                    named |= dict.fromkeys(examples_of(self, many), many.i) if plural else {}
                    if plural and not definite and not named and not self.group(many.i, many.i + 1):
                        return True
        return False

    def _listed(self, i: int, bars: Bars) -> dict[str, int]:
        """Return the parties listed behind a preposition, each with the token behind its name.

        Of "Peru, with which Fiji has relations", "Peru (with which …)" it is the one right before.
        """
        if self.scene.doc[i + 1 : i + 2].text.lower() in RELATIVES:
            at = i - 2 if self.scene.doc[i - 1].text in OPENS_APPOSITION else i - 1
            called = self._called(self.scene.doc[i], at)
            if called:
                return called
            start = self._examples_end_at(at)
            return dict.fromkeys(self.codes(max(start, 0), at + 1), at + 1)
        peoples = self._peoples(i + 1, bars)
        if peoples:
            return peoples
        told = (s for s in self.scene.spots(i + 1) if s.start not in self.excepted)
        told = (s for s in told if not self._is_of_members(s.reference))
        told = (s for s in told if not self._tells_whose(s.reference))
        told = (s for s in told if not names_paper(self.scene.doc, s.end))
        spots = [s for s in told if not bars[0] <= s.reference.start < bars[1]]
        # "After breaking with Tehran, Riyadh asked …": what has its own verb is not of the list.
        acting = [n for n, s in enumerate(spots) if n and acts(self.scene.doc[s.end - 1])]
        acting += [n for n, s in enumerate(spots) if n and _only_described(self.scene.doc[s.start])]
        acting += [n for n, s in enumerate(spots) if n and opens_clause(self.scene.doc[s.end - 1])]
        acting += [n for n, s in enumerate(spots) if n and self._follows(spots[n - 1].end, s.start)]
        spots = spots[: min(acting)] if acting else spots
        found = {spot.country: spot.end for spot in reversed(spots)}
        if spots:
            found = dict(reversed(found.items()))
            further = {} if acting else self.listed_from(spots[-1].end, bars)
            of_kind = bool(self.behind_kind(spots[-1].end + 1))  # "Peru and fellow states Chad …"
            return found | (further if of_kind else self._behind_body(further))
        listed = self.listed_from(i + 1, bars) or self._some_of(self.scene.doc[i])
        if len(listed) > 1:
            return listed
        end = min(i + _PARTNER_REACH, self.phrase_end(i))
        behind = self.codes(i + 1, end, bars).items()
        named = (told for told in behind if not acts(self.scene.doc[told[1]]))
        first = min(named, key=lambda item: item[1], default=None)
        if first is None:  # "with the self-ruled island", where "ruled" ends the phrase
            heads = [n for n in self.scene.doc[i].children if n.dep_ == "pobj"]
            return {c: n.i + 1 for n in heads for c in self.codes(n.i, n.i + 1, bars)}
        return self.listed_from(first[1], bars) or {first[0]: first[1] + 1}

    def _called(self, prep: Token, at: int) -> dict[str, int]:
        """Return the Peru of "Peru is the first member of the EU with which Fiji has relations".

        Also of "is one of the countries with which", "the last with which … was Peru". Not of "Peru
        is near Chad, with which".
        """
        noun = _whole(prep.head.head) if prep.head.dep_ == "relcl" else prep
        plain = self.scene.doc[at + 1].text not in OPENS_APPOSITION
        subject = self.scene.subject(noun.head)
        if noun.dep_ == "nsubj":
            subject = _behind_be(noun.head)
        elif noun.dep_ != "attr":
            return {}
        if not plain or noun.lemma_.lower() not in words("called_state"):
            return {}
        named = self.codes(subject.i, subject.i + 1) if subject is not None else {}
        return dict.fromkeys(named, at + 1)

    def _behind_body(self, further: Mapping[str, int]) -> dict[str, int]:
        """Return those of a list from its first body on: "Peru, ASEAN, Chad and Fiji".

        A state that acts behind it ends the list ("with ASEAN, Peru said").
        """
        found: dict[str, int] = {}
        for code, end in further.items():
            if is_country(code) and (not found or self._opens_next(end - 1)):
                break
            found[code] = end
        return found

    def _opens_next(self, at: int) -> bool:
        """Tell the name at token `at` that has a verb of its own, not one more of a list."""
        doc = self.scene.doc
        return acts(doc[at]) or _only_described(doc[at]) or opens_clause(doc[at])

    def _follows(self, start: int, end: int) -> bool:
        """Tell the "followed by" of "with Peru, followed by Chad", who is no partner."""
        between = self.scene.doc[start:end]
        return any(t.tag_ == "VBN" and t.lemma_.lower() in words("joins") for t in between)

    def _of_officers(self, prep: Token) -> dict[str, int]:
        """Return both of "signed one with Peru's president, X, and Chad's premier, Y"."""
        heads = [n for c in prep.children if c.dep_ == "pobj" for n in (c, *c.conjuncts)]
        officers = [n for n in heads if any(r.kind in PERSONAL_KINDS for r in self.scene.at(n.i))]
        if len(officers) < len(("one", "other")) or officers != heads:
            return {}
        told = ((n, self.codes(n.left_edge.i, n.i + 1)) for n in officers)
        return {next(iter(codes)): n.i + 1 for n, codes in told if len(codes) == 1}

    def _peoples(self, i: int, bars: Bars) -> dict[str, int]:
        """Return both of "his Peruvian and Chadian counterparts", a phrase that token `i` opens.

        Not of "the Peruvian and Chadian counterpart", "Peruvian and Chadian carmakers".
        """
        doc, found = self.scene.doc, dict[str, int]()
        for at in range(i, min(i + _PARTNER_REACH, len(doc))):
            told = (r for r in self.scene.at(at) if r.form == "adjective")
            code = next((c for c in (self._code(r, bars) for r in told) if c), None)
            joint = doc[at].lower_ in words("party_joint")
            joint = joint or (not found and doc[at].pos_ in {"DET", "PRON"})
            if code is not None:
                found[code] = at + 1
            elif not joint:
                states = doc[at].lemma_.lower() in words("peoples_states")
                return found if states and doc[at].tag_ == "NNS" and len(found) > 1 else {}
        return {}

    def _some_of(self, prep: Token) -> dict[str, int]:
        """Return the partners of "with four states, including Peru and Chile", as they end.

        Also of "with a number of states, including …".
        """
        counted = [n for n in prep.children if n.lemma_.lower() in words("number_of")]
        below = [n for c in counted for of in c.children if of.lower_ == "of" for n in of.children]
        for many in (*prep.children, *below):
            if many.tag_ == "NNS" and many.lemma_.lower() in words("many_parties"):
                return dict.fromkeys(examples_of(self, many), many.right_edge.i + 1)
        return {}

    def _window(self, start: int, end: int, bars: Bars) -> tuple[int, int]:
        """Return the stretch in which a level's partners stand where a sentence has several."""
        text = self.scene.article.text
        others = [(lv.start, lv.end) for lv in find_levels(text[start:end], offset=start)]
        if bars not in others or len(others) < 2:
            return start, end
        at = others.index(bars)
        low = others[at - 1][1] if at else start
        high = others[at + 1][0] if at + 1 < len(others) else end
        before = " with " in text[low : bars[0]] and not text[bars[1] :].startswith(
            (" with ", " to ")
        )
        return (low, bars[0]) if before else (bars[1], high)


def _whole(noun: Token) -> Token:
    """Return the "one" of "one of the countries", the noun itself where it is no part."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return noun


def _is_beside(prep: Token) -> bool:
    """Tell "signed a pact, with Peru summoning the envoy", whose Peru does something else.

    Also "with Peru still undecided", "with Peru and Chad due to sign one".
    """
    doing = (c for c in prep.children if c.dep_ == "pcomp")
    if any(c.dep_ == "nsubj" for verb in doing for c in verb.children):
        return True
    if doing_behind(prep) is not None:
        return True
    if prep.i and prep.nbor(-1).text != ",":
        return False
    behind = [prep.doc[c.right_edge.i + 1 : c.right_edge.i + 2] for c in prep.children]
    return any(word.text.lower() in words("about_to") for word in behind)


def _is_both_states(noun: Token) -> bool:
    """Tell "both countries", "the two states"."""
    near = {c.lower_ for c in noun.children}
    return noun.lemma_.lower() in words("many_parties") and bool(near & _BOTH)


def relation_nouns(token: Token) -> Iterator[Token]:
    """Yield the "ties" of "cut ties", "the ties that they cut", at the word that tells it."""
    relations = words("relation")
    for node in token.subtree:
        if node.pos_ in NOUNS and node.lemma_.lower() in relations:
            yield node
    described = gerund_of(token) is not None
    if (described or token.dep_ in ADNOMINAL) and token.head.lemma_.lower() in relations:
        yield token.head


def _behind_be(verb: Token) -> Token | None:
    """Return the Peru of "the last country with which Chad has opened relations was Peru"."""
    behind = (c for c in verb.children if c.dep_ == "attr")
    return next(behind, None) if verb.lemma_ == "be" else None


def _only_described(name: Token) -> bool:
    """Tell the "Peru" of "with Chile, one of Peru's allies", which only describes the first.

    Also the "Peruvian" of "with Chile, the former Peruvian ally".
    """
    for node in name.ancestors:
        if node.dep_ == "appos":
            described = name.dep_ == "amod" and name.head == node
            return described or node.lower_ == "one" or node.lemma_.lower() in words("kin")
    return False


def acts(noun: Token) -> bool:
    """Tell the subject of a verb of its own, not of "ties with Peru, Chad and Fiji were cut"."""
    acts = noun.dep_ in SUBJECTS and noun.head.pos_ in VERBS
    before = (c for c in noun.head.children if c.i < noun.i)
    return acts and all(c.dep_ not in SUBJECTS for c in before)


__all__ = ["Partners", "acts", "relation_nouns"]
