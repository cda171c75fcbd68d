"""Candidates: each trigger of a change with its level, parties, status and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from models.upgrade import Change, UpgradeStatus
from pipeline.discourse.factuality import is_negated, tense_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing import Clock
from pipeline.stages.upgrades.levels import Level, find_levels
from pipeline.stages.upgrades.parties import Parties, PartyFinder
from pipeline.stages.upgrades.tables import Trigger, noun_triggers, verb_triggers, words

#: How far from its trigger a level may stand, in tokens.
LEVEL_REACH = 18


@dataclass(frozen=True)
class Candidate:
    """One telling of a change."""

    rule: str
    at: int
    parties: Parties
    level: str | None
    level_text: str | None
    previous: str | None
    change: Change
    status: UpgradeStatus
    date: str | None
    score: float


class ChangeFinder:
    """Reads the candidates of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = Clock(scene)
        self.parties = PartyFinder(scene)
        #: The sentence and parties of the change told last.
        self.last: tuple[int, Parties] | None = None
        self.levels: dict[int, list[Level]] = {}
        for number, sentence in enumerate(scene.sentences):
            text = scene.article.text[sentence.start_char : sentence.end_char]
            found = list(find_levels(text, offset=sentence.start_char))
            if found:
                self.levels[number] = found

    def find(self) -> Iterator[Candidate]:
        """Yield candidates in text order."""
        for token in self.scene.doc:
            if token.idx < self.scene.article.body_start:
                continue
            lemma = self._lemma(token)
            if token.pos_ in {"VERB", "AUX"}:
                triggers = verb_triggers().get(lemma, ())
            elif token.pos_ in {"NOUN", "PROPN"}:
                triggers = noun_triggers().get(lemma, ())
            else:
                continue
            for trigger in triggers:
                found = list(self._read(token, trigger))
                yield from found
                if found:
                    break
        yield from self._since()

    def _lemma(self, token: Token) -> str:
        """Return a token's lemma, with the "re-" that the tokenizer cut off."""
        lemma = token.lemma_.lower()
        doc = self.scene.doc
        if token.i > 1 and doc[token.i - 1].text == "-" and doc[token.i - 2].lower_ == "re":
            return f"re-{lemma}"
        return lemma

    # One trigger

    def _read(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        if self._is_not_party(token):
            return
        levels = self._levels_of(token)
        if trigger.needs == "state":
            yield from self._recognition(token, trigger)
            return
        if trigger.needs == "mission":
            yield from self._mission(token, trigger)
            return
        if trigger.needs == "switch":
            yield from self._switch(token, trigger)
            return
        if trigger.preps and not any(self._word_before(lv) in trigger.preps for lv in levels):
            return
        if trigger.needs == "diplomatic":
            yield from self._diplomatic(token, trigger, levels)
            return
        if not levels:
            changed = self._relation_object(token)
            if trigger.needs == "relation" and changed is not None:
                plain = changed.lemma_ in words("tie") and token.lemma_.lower() in words("plain")
                if plain and not self._is_vague(token):
                    yield from self._emit(token, trigger, self._same_level(token), None)
            return
        if trigger.id in {"raise", "lower"}:
            # "downgraded diplomatic relations" names what is changed, not the level reached.
            named = [lv for lv in levels if lv.name != "diplomatic_relations"]
            if not named and self._word_before(levels[0]) not in {"to", "into", "at"}:
                yield from self._emit(token, trigger, None, None)
                return
            levels = named or levels
        new = [lv for lv in levels if self._word_before(lv) != "from"]
        old = next((lv for lv in levels if self._word_before(lv) == "from"), None)
        if trigger.id in {"raise", "take_to"}:
            reached = [lv for lv in new if self._word_before(lv) in {"to", "into", "as", "at"}]
            if reached:
                # "lifted the strategic partnership to …": the object is the level left behind.
                old = old or next((lv for lv in levels if lv.start < reached[0].start), None)
                new = reached
            elif self._is_vague(token):
                return
            else:
                new = new[:1]
        if len(new) > 1 and new[0].name == "diplomatic_relations":
            new = [lv for lv in new if lv.name != "ambassador_level"]
        if trigger.needs == "level" and not trigger.preps:
            new = [lv for lv in new if self._is_made(token, lv)]
        for level in new[:3]:
            yield from self._emit(token, trigger, level, old)

    def _emit(
        self, token: Token, trigger: Trigger, level: Level | None, old: Level | None
    ) -> Iterator[Candidate]:
        status = self._status(token, trigger)
        if status is None:
            return
        bare = level is None or level.text.lower() in {"ties", "relations", "tie", "relation"}
        sets, sure = self.parties.find(token, level, named=bare)
        number = self.scene.sentence_of[token.i]
        if not sets and self.last is not None and number - self.last[0] <= 2:
            sets, sure = [self.last[1]], 0.7
        if level is not None and level.name in words("conferred"):
            sets, sure = self.parties.status(token, level), 0.95
        date = self._date(token, level)
        if trigger.dated and date is None:
            return
        if self._is_remembered(token) and not self._is_dated_behind(token, level):
            return
        diplomatic = level is not None and level.name in words("diplomatic_level")
        change: Change = trigger.diplomatic if diplomatic else trigger.change
        if level is not None and level.name == "ambassador_level" and trigger.id == "make":
            change = "upgrade"
        if level is not None and level.name == "charge_d_affaires":
            change = "downgrade" if change in {"downgrade", "upgrade"} else change
        if trigger.id == "raise" and diplomatic and level and level.name == "diplomatic_relations":
            change = "upgrade"
        for parties in sets:
            self.last = (number, parties)
            yield Candidate(
                rule=trigger.id,
                at=token.i,
                parties=parties,
                level=level.name if level else None,
                level_text=" ".join(level.text.split()) if level else None,
                previous=old.name if old else None,
                change=change,
                status=status,
                date=date,
                score=round(trigger.score * sure, 3),
            )

    def _diplomatic(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        """Read a restored or severed tie; the bare word "ties" means diplomatic relations."""
        reached = [lv for lv in levels if self._word_before(lv) in {"to", "at"}]
        level = next(iter(reached or levels), None)
        if level is None:
            noun = self._relation_object(token)
            if noun is None or not self._may_be_diplomatic(noun):
                return
            if token.lemma_.lower() not in words("bare_verb"):
                return
            text = noun.text
            level = Level("diplomatic_relations", text, noun.idx, noun.idx + len(noun))
        made = list(self._emit(token, trigger, level, None))
        yield from made
        if trigger.change == "severance":
            yield from self._in_favour(token, trigger, made)

    def _in_favour(
        self, token: Token, trigger: Trigger, made: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """Read the tie that is opened in "severed ties with Taipei in favour of Beijing"."""
        doc = self.scene.doc
        end = min(self.scene.sentence(token.i).end, token.i + 20)
        for i in range(token.i, end - 1):
            if doc[i].lower_ not in {"favor", "favour"} or doc[i + 1].lower_ != "of":
                continue
            spots = self.scene.spots(i + 2)
            for candidate in made if spots else ():
                owners = self.parties.owners(token)
                for owner in owners:
                    if owner in candidate.parties and spots[0].country != owner:
                        yield replace(
                            candidate,
                            parties=frozenset({owner, spots[0].country}),
                            change="establishment",
                            level_text=None,
                        )

    def _switch(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read "switched recognition from Taipei to Beijing": one tie lost, one made."""
        near = {t.lemma_.lower() for t in token.subtree}
        if not near & {"recognition", "tie", "relation", "allegiance", "diplomatic"}:
            return
        status = self._status(token, trigger)
        owners = self.parties.owners(token)
        if status is None or not owners:
            return
        doc = self.scene.doc
        end = min(self.scene.sentence(token.i).end, token.i + 16)
        ends: dict[str, str] = {}
        for i in range(token.i + 1, end):
            if doc[i].lower_ in {"from", "to"}:
                spots = self.scene.spots(i + 1)
                if spots:
                    ends.setdefault(doc[i].lower_, spots[0].country)
        date = self._date(token, None)
        changes: dict[str, Change] = {"from": "severance", "to": "establishment"}
        for word, change in changes.items():
            if word in ends and ends[word] != owners[0]:
                yield Candidate(
                    rule=trigger.id, at=token.i, parties=frozenset({owners[0], ends[word]}),
                    level="diplomatic_relations", level_text=None, previous=None, change=change,
                    status=status, date=date, score=trigger.score,
                )

    def _mission(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read ambassadors exchanged or embassies opened as the step itself."""
        sentence = self.scene.sentence(token.i)
        others = self.levels.get(self.scene.sentence_of[token.i], [])
        if any(lv.name in words("diplomatic_level") for lv in others):
            return
        objects = [c for c in token.children if c.dep_ in {"dobj", "obj", "nsubjpass", "pobj"}]
        objects += [g for c in token.children if c.lower_ == "of" for g in c.children]
        noun = next((o for o in objects if o.lemma_.lower() in words("mission")), None)
        if noun is None:
            return
        around = {t.lower_ for t in sentence} | {token.lemma_.lower()}
        again = bool(around & words("again"))
        lemma = token.lemma_.lower()
        if not again and lemma in {"send", "return", "dispatch", "appoint", "open"}:
            if lemma != "open" or noun.lemma_.lower() != "embassy":
                return
        status = self._status(token, trigger)
        if status in {None, "proposed"}:
            return
        assert status is not None
        text = noun.text
        level = Level("ambassador_level", text, noun.idx, noun.idx + len(noun))
        sets, sure = self.parties.find(token, level, named=True)
        ends = [s.country for i in range(token.i, sentence.end)
                if self.scene.doc[i].lower_ in {"in", "to"} for s in self.scene.spots(i + 1)[:1]]
        owners = self.parties.owners(token)
        if owners and ends and ends[0] not in owners:
            sets, sure = [frozenset({owners[0], ends[0]})], 0.9
        for parties in sets:
            yield Candidate(
                rule=trigger.id, at=token.i, parties=parties, level="ambassador_level",
                level_text=text, previous=None, change="restoration" if again else "upgrade",
                status=status, date=self._date(token, None), score=round(trigger.score * sure, 3),
            )

    def _is_vague(self, token: Token) -> bool:
        """Tell "to a new level", which names none."""
        end = min(self.scene.sentence(token.i).end, token.i + 14)
        following = [t.lower_ for t in self.scene.doc[token.i : end]]
        nouns = {"level", "levels", "height", "heights", "stage", "plane", "phase"}
        return bool(set(following) & nouns) and bool(set(following) & words("vague_level"))

    def _same_level(self, token: Token) -> Level | None:
        """Return the level last named where a text says "to the same level"."""
        end = min(self.scene.sentence(token.i).end, token.i + 12)
        following = [t.lower_ for t in self.scene.doc[token.i : end]]
        if "same" not in following:
            return None
        number = self.scene.sentence_of[token.i]
        for back in range(0, 6):
            found = [lv for lv in self.levels.get(number - back, []) if lv.start < token.idx]
            if found:
                return found[-1]
        return None

    def _may_be_diplomatic(self, noun: Token) -> bool:
        if noun.lemma_.lower() not in words("diplomatic_object"):
            return False
        modifiers = {c for c in noun.children if c.dep_ in {"amod", "compound"}}
        return all(
            c.lower_ in words("bare_modifier") or bool(self.scene.at(c.i)) for c in modifiers
        )

    def _recognition(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read "recognised the State of Palestine": a country is the object itself."""
        target = None
        if token.pos_ == "VERB":
            objects = [c for c in token.children if c.dep_ in {"dobj", "obj", "nsubjpass"}]
        else:
            objects = [
                c for prep in token.children if prep.lower_ == "of" for c in prep.children
            ]
        for head in objects:
            for node in [head, *head.children, *(g for c in head.children for g in c.children)]:
                for reference in self.scene.at(node.i):
                    if reference.kind == "country" and reference.form == "name":
                        target = target or (node, reference)
            if head.lemma_.lower() in {"independence", "statehood"}:
                pass
            elif target is not None and target[0] is not head:
                if head.lemma_.lower() not in {"state", "republic", "government"}:
                    return
        if target is None:
            return
        status = self._status(token, trigger)
        if status is None:
            return
        code = target[1].country
        owners = [c for c in self.parties.owners(token) if c != code]
        if not owners:
            other = self.parties._context(token.i, {code} if code else set())
            owners = [other] if other else []
        for owner in owners:
            if code and owner:
                yield Candidate(
                    rule=trigger.id, at=token.i, parties=frozenset({code, owner}),
                    level="recognition", level_text=token.text, previous=None,
                    change="establishment", status=status, date=self._date(token, None),
                    score=trigger.score,
                )

    # Levels

    def _levels_of(self, token: Token) -> list[Level]:
        """Return the levels that stand with a trigger: under it, or behind it before the next."""
        doc = self.scene.doc
        found = []
        for level in self.levels.get(self.scene.sentence_of[token.i], ()):
            span = doc.char_span(level.start, level.end, alignment_mode="expand")
            if span is None or span.start <= token.i < span.end:
                continue
            if self._joined(token, span.root, span.start):
                found.append(level)
        return found

    def _joined(self, token: Token, root: Token, start: int) -> bool:
        doc = self.scene.doc
        node = root
        for _ in range(8):
            if node == token:
                return True
            if node != root and self._is_other_trigger(node):
                return False
            if node.head == node:
                break
            if node.pos_ == "VERB" and node is not root and node.dep_ not in {"xcomp", "conj", "acl"}:
                break
            node = node.head
        if token.dep_ in {"acl", "relcl"} and token.head in {root, *root.ancestors}:
            return abs(start - token.i) < LEVEL_REACH
        low, high = sorted((token.i, start))
        if high - low > LEVEL_REACH:
            return False
        between = doc[low + 1 : high]
        verbs = [t for t in between if self._is_other_trigger(t)]
        return start > token.i and not verbs and all(t.text not in {";", ":"} for t in between)

    def _is_other_trigger(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            return lemma in verb_triggers()
        return token.pos_ == "NOUN" and lemma in noun_triggers()

    def _word_before(self, level: Level) -> str:
        doc = self.scene.doc
        span = doc.char_span(level.start, level.end, alignment_mode="expand")
        if span is None:
            return ""
        at = span.start - 1
        while at > 0 and (
            doc[at].lower_ in {"a", "an", "the", "of", "level", "status", "'", '"', "“", "‘", "new",
                               "that", "its", "their", "higher", "rank", "plane"}
            or doc[at].pos_ in {"ADJ", "PUNCT"} and doc[at].text not in {",", ";"}
        ):
            at -= 1
        return doc[at].lower_ if at >= 0 else ""

    def _is_made(self, token: Token, level: Level) -> bool:
        """Tell "established a strategic partnership" from "announced talks on the partnership"."""
        doc = self.scene.doc
        span = doc.char_span(level.start, level.end, alignment_mode="expand")
        if span is None:
            return False
        node = span.root
        for _ in range(7):
            if node == token:
                return True
            if node.dep_ in {"relcl", "acl"} and token == node:
                return True
            head = node.head
            if head == node:
                return False
            if head == token:
                return node.dep_ in {"dobj", "obj", "nsubjpass", "nsubj", "attr", "prep", "conj", "oprd",
                                     "ccomp", "xcomp", "acl", "agent", "appos", "dep", "pobj"}
            allowed = head.lemma_.lower() in words("document") | words("relation") | {
                "status", "level", "into", "on", "of", "to", "as", "a", "establishment", "in", "framework"
            } or head.pos_ in {"ADP", "VERB"} or node.dep_ in {"conj", "appos", "compound"}
            if not allowed:
                return token.dep_ in {"acl", "relcl"} and token.head in {span.root, *span.root.ancestors}
            node = head
        return False

    def _relation_object(self, token: Token) -> Token | None:
        """Return the relation noun that is what a trigger changes."""
        for child in token.children:
            if child.dep_ in {"dobj", "obj", "nsubjpass"} and child.lemma_.lower() in words("relation"):
                return child
            if child.lower_ == "of" and token.pos_ in {"NOUN", "PROPN"}:
                for node in child.children:
                    if node.lemma_.lower() in words("relation"):
                        return node
            if child.dep_ == "prt" or child.dep_ == "prep" and child.lower_ == "off":
                for node in child.children:
                    if node.lemma_.lower() in words("relation"):
                        return node
        if token.dep_ in {"acl", "relcl"} and token.head.lemma_.lower() in words("relation"):
            return token.head
        return None

    def _is_not_party(self, token: Token) -> bool:
        """Tell a firm's or a university's partnership by its subject or partner."""
        verb = token if token.pos_ in {"VERB", "AUX"} else self._verb_above(token)
        if verb is not None:
            subject = self.scene.subject(verb)
            if subject is not None and any(
                self._names_body(head) for head in [subject, *subject.conjuncts]
            ):
                return True
        for child in token.subtree:
            if child.lower_ == "with" and any(self._names_body(c) for c in child.children):
                return True
        return False

    def _names_body(self, head: Token) -> bool:
        if head.lemma_.lower() in words("not_party"):
            return True
        if self.scene.at(head.i):
            return False
        return head.ent_type_ == "ORG" and head.lower_ not in {"government", "ministry", "cabinet"}

    # Status and date

    def _status(self, token: Token, trigger: Trigger) -> UpgradeStatus | None:
        verb = token if token.pos_ in {"VERB", "AUX"} else self._verb_above(token)
        if token.pos_ in {"NOUN", "PROPN"}:
            lemma_above = token.head.lemma_.lower()
            near = {c.lower_ for c in token.children}
            if near & {"possible", "proposed", "potential"}:
                return "proposed"
            if near & {"planned", "upcoming", "future", "expected", "forthcoming"}:
                return "planned"
            node = token
            for _ in range(5):
                if node.head == node:
                    break
                node = node.head
                if node.lemma_.lower() in words("decided"):
                    return self._tense_status(node) if node.pos_ == "VERB" else "completed"
                if node.lemma_.lower() in words("proposed") and tense_of(node) != "none":
                    return "proposed"
                if node.lemma_.lower() in words("proposed") and node.pos_ in {"NOUN", "ADJ"}:
                    return "proposed"
            del lemma_above
            return self._tense_status(verb) if verb is not None else "completed"
        return self._verb_status(token)

    def _verb_above(self, token: Token) -> Token | None:
        for node in token.ancestors:
            if node.pos_ in {"VERB", "AUX"}:
                return node
        return None

    def _tense_status(self, verb: Token) -> UpgradeStatus | None:
        if is_negated(verb):
            return None
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        if auxiliaries & {"will", "'ll", "shall"}:
            return "planned"
        if "would" in auxiliaries and verb.dep_ in {"ccomp", "conj"} and verb.head.tag_ == "VBD":
            return "planned"
        if auxiliaries & {"may", "might", "could", "would", "should", "can"}:
            return "proposed"
        return "completed"

    def _verb_status(self, verb: Token) -> UpgradeStatus | None:
        own = self._tense_status(verb)
        if own is None:
            return None
        node = verb
        status: UpgradeStatus = own
        infinitive = tense_of(verb) in {"infinitive", "none"}
        for _ in range(6):
            head = node.head
            if head == node:
                break
            if node.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "conj", "pcomp", "prep", "pobj",
                                 "dobj", "relcl", "aux", "dep"}:
                break
            lemma = head.lemma_.lower()
            if node.dep_ == "conj" and head.pos_ == "VERB":
                infinitive = infinitive and tense_of(head) in {"infinitive", "none"}
                node = head
                continue
            if node.dep_ in {"relcl", "advcl"} and not infinitive:
                break
            if node.dep_ in {"acl", "relcl"} and lemma in {"first", "last", "country", "state", "one"}:
                return "completed"
            if head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"} and infinitive:
                if head.pos_ in {"VERB", "AUX"} and is_negated(head):
                    return None
                if lemma in words("decided"):
                    above = self._tense_status(head) if head.pos_ == "VERB" else "completed"
                    return "completed" if above == "completed" else above
                if lemma in words("planned"):
                    return "planned"
                if lemma in words("proposed"):
                    return "proposed"
                if lemma == "be":
                    return "planned"
            if node.dep_ == "ccomp" and lemma in {"declare", "announce"} and own == "planned":
                return "completed" if self._is_document(head) else own
            if head.pos_ in {"VERB", "AUX"} and not infinitive:
                break
            node = head
        if infinitive and status == "completed":
            return "proposed" if tense_of(verb) == "infinitive" else "completed"
        return status

    def _is_document(self, verb: Token) -> bool:
        subject = self.scene.subject(verb)
        return subject is not None and subject.lemma_.lower() in words("document")

    def _is_remembered(self, token: Token) -> bool:
        return any(
            node.lemma_.lower() in words("anniversary") for node in [*token.ancestors]
        ) or any(
            t.lemma_.lower() in words("anniversary") for t in self.scene.sentence(token.i)
        ) and token.pos_ in {"NOUN", "PROPN"}

    def _is_dated_behind(self, token: Token, level: Level | None) -> bool:
        """Tell "the anniversary of the ties established in 1974": its own date follows."""
        doc = self.scene.doc
        end = token.i + 1
        if level is not None:
            span = doc.char_span(level.start, level.end, alignment_mode="expand")
            end = max(end, span.end) if span is not None else end
        return bool(self.clock.behind(end))

    def _date(self, token: Token, level: Level | None) -> str | None:
        anchors = [token]
        doc = self.scene.doc
        if level is not None:
            span = doc.char_span(level.start, level.end, alignment_mode="expand")
            if span is not None:
                behind = self.clock.behind(span.end)
                if behind:
                    return self.clock.when(behind, phase="whole").start
                anchors.append(span.root)
        return self.clock.when(anchors, phase="whole").start

    # "strategic partners since 2010"

    def _since(self) -> Iterator[Candidate]:
        doc = self.scene.doc
        for number, levels in self.levels.items():
            sentence = self.scene.sentences[number]
            for level in levels:
                span = doc.char_span(level.start, level.end, alignment_mode="expand")
                if span is None:
                    continue
                for i in range(span.end, min(span.end + 6, sentence.end - 1)):
                    if level.name == "charge_d_affaires":
                        break
                    if doc[i].lower_ in {"since", "from"}:
                        dated = self.clock.after(i + 1)
                        if dated is None:
                            continue
                        sets, sure = self.parties.find(span.root, level)
                        diplomatic = level.name in words("diplomatic_level")
                        for parties in sets:
                            yield Candidate(
                                rule="since", at=span.root.i, parties=parties, level=level.name,
                                level_text=" ".join(level.text.split()), previous=None,
                                change="establishment" if diplomatic else "upgrade",
                                status="completed", date=dated, score=round(0.8 * sure, 3),
                            )
                        break


__all__ = ["Candidate", "ChangeFinder"]
