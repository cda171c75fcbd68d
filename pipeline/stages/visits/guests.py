"""Lists of guests: "among those attending were …", "host to …", "in the presence of …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Phase
from pipeline.discourse.verb_forms import tense_of
from pipeline.lexicon import Rule, load_table
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.event_scene import event_scene
from pipeline.stages.visits.guests_apart import is_apart
from pipeline.stages.visits.tables import PACKAGE, VerbRule, word_set

#: How many words "*" of a phrase may stand for.
_GAP = 14
#: How many words may stand between the words and the first guest.
_LEAD_IN = 12
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: What stands between guests and the words that call them so: "will be a special guest".
_BEFORE_GUESTS = frozenset({"AUX", "ADV", "VERB", "PART", "DET", "ADJ"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "where", "when"})
_OTHER_CLAUSE = frozenset({"while", "although", "though", "whereas", "as", "because", "after"})
#: How long an entry of a list in lines may be, in tokens.
_ENTRY = 30
#: How long the line of a photo's credit may be, in tokens.
_CREDIT = 12


class GuestRule(Rule):
    """Words by which guests are listed, and on which side of them the guests stand."""

    words: tuple[str, ...]
    side: Literal["before", "behind"]
    phase: Phase
    needs_event: bool
    #: Whether the verb's subject is the host, at home.
    hosted: bool = False
    score: float


_Phrase = tuple[GuestRule, tuple[str, ...]]
#: Stands for the second word of phrases that leave it open or have none.
_ANY = ""


@lru_cache(maxsize=1)
def guest_rules() -> Mapping[str, GuestRule]:
    """Return the ways of listing guests by their names."""
    return {rule.id: rule for rule in load_table(PACKAGE, "guests.toml", GuestRule)}


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Mapping[str, tuple[_Phrase, ...]]]:
    """Return the phrases with their rows by their first two words, the longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for rule in guest_rules().values():
        for phrase in rule.words:
            parts = tuple(phrase.split())
            for first in _words_of(parts[0]):
                by_first.setdefault(first, []).append((rule, parts))
    return {first: _by_second(rows) for first, rows in by_first.items()}


def _by_second(rows: Sequence[_Phrase]) -> Mapping[str, tuple[_Phrase, ...]]:
    """Return phrases by their second word; those that fit any stand with each."""
    ranked = sorted(rows, key=lambda row: -len(row[1]))
    named = {id(row): _second(row[1]) for row in ranked}
    words = {_ANY}.union(*named.values())
    return {w: tuple(r for r in ranked if named[id(r)] & {w, _ANY}) for w in words}


def _second(parts: Sequence[str]) -> frozenset[str]:
    return _words_of(parts[1]) if len(parts) > 1 and parts[1] != "*" else frozenset({_ANY})


def guest_words() -> frozenset[str]:
    """Return the words at which `guests` reads."""
    return frozenset(_phrases()) | word_set("<link>")


@cache
def _words_of(part: str) -> frozenset[str]:
    """Return the words that a part of a phrase stands for."""
    return word_set(part) if part.startswith("<") else frozenset({part})


def guests(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read the guests that the phrase at a token lists.

    "Among those attending were President Kagame of Rwanda and Prime Minister Abiy of Ethiopia"
    fires; "among those attending were two bakers" does not.
    """
    rows = _phrases().get(token.lower_)
    if rows is None:
        return
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else _ANY
    for rule, parts in rows.get(following, rows[_ANY]):
        end = _match(token, parts)
        if not end or (rule.id == "guests_include" and is_apart(reader, token)):
            continue
        sentence = reader.scene.sentence(token.i)
        behind = rule.side == "behind"
        start = end if behind else _clause_start(sentence, token.i)
        stop = list_end(reader, end, sentence) if behind else token.i
        told = list(listed(reader, start, stop))
        if rule.id == "are_present":
            told = _of_subject(reader, token, told)
        if behind and told and not starts_list(reader, told[0], end, hosted=rule.hosted):
            continue
        yield from made_of_list(reader, token, rule, told, among=range(start, stop))
        return


def _of_subject(reader: ArgumentReader, be: Token, told: Sequence[Actor]) -> list[Actor]:
    """Leave those who "were present" of "Friends of A were present", "talks of A, where B was"."""
    verb = be if be.lemma_ == "be" else be.head
    subject = reader.scene.subject(verb)
    keys = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    return [actor for actor in told if actor.key in keys and _is_leader(actor)]


def _is_leader(actor: Actor) -> bool:
    """Tell leaders, ministers and heads of bodies from a Peruvian official, or film director."""
    kind = actor.reference.role_kind
    of_body = kind in word_set("heads_body") and not is_country(actor.country or "")
    return of_body or kind in words("leading_class")


def guest_of(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "was Kagame's guest in Kigali", "was the guest of Xi in Beijing"."""
    guest = next((c for c in verb.children if c.dep_ == "attr" and c.lemma_ == "guest"), None)
    subject = reader.scene.subject(verb)
    if guest is None or subject is None:
        return
    heads = [c for c in guest.children if c.dep_ == "poss"]
    heads += [h for c in guest.children if c.lower_ == "of" for h in c.children]
    hosts = [a for head in heads for a in reader.scene.actors(head)]
    ours = any(head.lower_ == "our" for head in heads)
    for actor in reader.scene.actors(subject):
        country = next((h.country for h in hosts if h.country not in {None, actor.country}), None)
        spot = reader.local_spot(verb, country)
        if spot is None and country is None and ours:
            spot = reader.understood.set_in(verb.i, but={actor.country})
        ground = country or (spot.country if spot is not None else None)
        if ground is None or actor.is_party or actor.reference.plural:
            continue
        yield reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            destination=ground,
            fact=fact_of_verb(verb),
            phase=rule.phase,
            score=rule.score,
            hosts=tuple(hosts),
        )


def _match(token: Token, parts: Sequence[str]) -> int:
    """Return the token behind the phrase that starts at `token`, or 0."""
    doc, at = token.doc, token.i
    for number, part in enumerate(parts):
        if part != "*":
            if at >= len(doc) or doc[at].lower_ not in _words_of(part):
                return 0
            at += 1
            continue
        following = _words_of(parts[number + 1])
        for ahead in range(at + 1, min(at + _GAP + 1, len(doc))):
            if doc[ahead].lower_ in following:
                break
            if doc[ahead].tag_ in _FINITE or doc[ahead].is_punct:
                return 0
        else:
            return 0
        at = ahead
    return at


def _clause_start(sentence: Span, i: int) -> int:
    """Return where the clause before token `i` begins, behind another finite verb."""
    doc = sentence.doc
    at = i - 1
    while at > sentence.start and doc[at].pos_ in _BEFORE_GUESTS:
        at -= 1
    for back in range(at, sentence.start - 1, -1):
        if doc[back].text in {";", ":", "—", "–"} or doc[back].tag_ in _FINITE:
            return back + 1
    return sentence.start


def list_end(reader: ArgumentReader, start: int, sentence: Span) -> int:
    """Return the end of the list that begins at token `start`, bulleted lines included."""
    doc = sentence.doc
    if start == len(doc):
        return start  # "Also present were", and nobody is named
    at, quiet = start, False
    while at < sentence.end:
        word = doc[at]
        if word.lower_ in _RELATIVES:
            quiet = True
        elif word.text in {",", ";"}:
            quiet = False
        elif _ends_list(reader, word, quiet=quiet):
            break
        at += 1
    line_end = _line_end(reader, start - 1)
    if line_end <= at and (doc[start].text == ":" or not _has_words(doc[start:line_end])):
        return _lines_end(reader, line_end)
    return at


def _line_end(reader: ArgumentReader, i: int) -> int:
    """Return the token behind the line of text in which token `i` stands."""
    doc, text = reader.scene.doc, reader.scene.article.text
    while i + 1 < len(doc):
        gap = text[doc[i].idx + len(doc[i]) : doc[i + 1].idx]
        i += 1
        if "\n" in gap or "\n" in doc[i].text:
            break
    else:
        return len(doc)
    return i


def _lines_end(reader: ArgumentReader, at: int) -> int:
    """Return the end of a list in lines, one guest a line, that begins at token `at`.

    Names of who took the photos may stand between ("J. Doe / Agency").
    """
    doc = reader.scene.doc
    end = at
    while at < len(doc):
        stop = _line_end(reader, at)
        line = doc[at:stop]
        if _is_entry(reader, line):
            end = stop
        elif len(line) > _CREDIT or not any(t.text == "/" for t in line):
            break
        at = stop
    return end


def _has_words(tokens: Span) -> bool:
    return any(t.is_alpha or t.is_digit for t in tokens)


def _is_entry(reader: ArgumentReader, line: Span) -> bool:
    """Tell a line of guests of a list: one, a couple, or more parted by semicolons, no verb."""
    words = [t for t in line if not t.is_space]
    heading = bool(words) and words[-1].text in {":", ";"}
    parted = sum(t.text == ";" for t in line) + 1
    if len(line) > _ENTRY * parted or heading or any(t.tag_ in _FINITE for t in line):
        return False
    lands: dict[str | None, str] = {
        r.actor: r.country
        for i in range(line.start, line.end)
        for r in reader.scene.at(i)
        if r.kind == "person" and r.country
    }
    couple = len(lands) == 2 and len(set(lands.values())) == 1  # "King X and Queen Y of Norway"
    return len(lands) == 1 or couple or len(lands) >= parted > 1 or not _has_words(line)


def _ends_list(reader: ArgumentReader, word: Token, *, quiet: bool) -> bool:
    """Tell a word that begins another clause: "while", a finite verb outside a relative clause."""
    if word.dep_ == "mark" and word.lower_ in _OTHER_CLAUSE:
        return True
    return not quiet and word.tag_ in _FINITE and not reader.scene.at(word.i)


def listed(reader: ArgumentReader, start: int, stop: int) -> Iterator[Actor]:
    """Yield the persons and single offices named in a stretch of tokens, each once."""
    seen: set[str] = set()
    for i in range(start, stop):
        references = [r for r in reader.scene.at(i) if _may_be_guest(reader, r)]
        named = [r for r in references if r.kind == "person" and reader.scene.bounds(r)[0] == i]
        for reference in named or [r for r in references if r.kind == "office"]:
            if not named and reader.scene.named_behind(i):
                continue  # "Malian ministers A and B", who are listed
            for actor in reader.scene.each_of(Actor(reference, i, 0.95)):
                if actor.key not in seen and not _is_owner(reader, reference):
                    seen.add(actor.key)
                    yield actor


def starts_list(reader: ArgumentReader, first: Actor, end: int, *, hosted: bool) -> bool:
    """Tell whether the list begins right behind its words, not behind "at" or a verb.

    Hosts also play host to "a meeting with" their guests.
    """
    between = reader.scene.doc[end : first.token]
    within = {"of", "for", "with", "between", "among"} if hosted else {"of", "for"}
    return len(between) <= _LEAD_IN and not any(
        (t.pos_ == "VERB" and t.lower_ != "visiting")
        or (t.lower_ == "for" and t.nbor(-1).pos_ == "ADJ")  # "attending it was hard for X"
        or (t.pos_ == "ADP" and t.lower_ not in within)
        for t in between
    )


def _may_be_guest(reader: ArgumentReader, reference: Reference) -> bool:
    if reference.kind not in {"person", "office"} or reference.form == "pronoun":
        return False
    if reference.kind == "office":
        start, end = reader.scene.bounds(reference)
        within = (r for i in range(start, end) for r in reader.scene.at(i))
        covered = any(r.kind == "person" and r.form != "pronoun" for r in within)
        covered = covered or "as" in {t.lower_ for t in reader.scene.doc[max(0, start - 2) : start]}
        kind = (reference.role_kind or "").removeprefix("deputy_")
        several = reference.plural and reader.scene.doc[end : end + 1].text == "from"
        known = bool(reference.country) and not reference.guessed
        told = several or known or bool(reference.members)
        return told and not covered and kind not in word_set("no_guest") | {""}
    return bool(reference.name) and (reference.form == "name" or bool(reference.country))


def _is_owner(reader: ArgumentReader, reference: Reference) -> bool:
    end = reader.scene.bounds(reference)[1]
    return reader.scene.doc[end : end + 1].text in {"'s", "’s", "'", "’"}


def _fact(verb: Token) -> Fact:
    """Return what the verb of a list of guests tells ("are due to attend": they are to come)."""
    below = [c for c in verb.children if c.dep_ in {"acomp", "xcomp", "oprd"}]
    ahead = any(c.lemma_ in words("plan") for c in (verb, *below))
    present = tense_of(verb) == "present" or verb.lower_ in {"are", "is"}
    if ahead and present:
        return Fact("planned", weak=True)
    if verb.lemma_ in words("invite") and tense_of(verb) != "future":
        return Fact("invited")
    if verb.lemma_ == "accept" and any(c.lemma_ == "invitation" for c in verb.children):
        return Fact("planned")
    told = verb.lemma_ in word_set("promises_to_come") | word_set("says_so")
    come = next((c for c in verb.children if c.dep_ == "ccomp" and told), None)
    return fact_of_verb(come if come is not None else verb)  # "have confirmed they will attend"


def made_of_list(
    reader: ArgumentReader,
    token: Token,
    rule: GuestRule,
    listed: Sequence[Actor],
    *,
    among: range,
) -> Iterator[Candidate]:
    """Yield the trips of listed guests to the event told of, none of those at home there."""
    countries = {a.country for a in listed if a.country}
    if not countries or not any(a.reference.role_kind for a in listed):
        return
    if any(t.lower_ in word_set("absent_ones") for t in reader.scene.sentence(token.i)):
        return  # "with most leaders, including A and B, absent from the summit"
    acts = token.pos_ == "VERB" or rule.id == "are_present"
    verb = token if acts else governing_verb(token)
    host = _host(reader, verb) if rule.hosted and verb is not None else None
    event, spot = event_scene(
        reader,
        token,
        listed=among if rule.side == "behind" else range(0),
        needs_event=rule.needs_event,
        own_place=True,
        but=countries if len(countries) == 1 else (),
    )
    if host is not None and (spot is None or spot.country != host):
        spot = None
    ground = spot.country if spot is not None else host
    if ground is None or (rule.needs_event and event is None):
        return
    if acts:
        verb = token
    came = [t for t in token.doc[token.i : among.start] if t.lower_ in word_set("<arrived>")]
    if rule.phase == "arrive" and came:
        verb = came[0]  # "those who have arrived are": they have
    fact = _fact(verb) if verb is not None else Fact("completed", weak=True)
    opening = token.doc[token.i : among.start] if among.start > token.i else _told_of(token)
    ahead = {t.lower_ for t in opening} & (word_set("<due>") | word_set("has_promised"))
    if ahead and fact.status in {"ongoing", "completed"} and fact.reason != "pluperfect":
        fact = Fact("planned", weak=True)  # "among those expected to attend is A"
    anchors = [event] if event is not None else []
    for actor in listed:
        if actor.country == ground:
            continue
        yield reader.make(
            rule,
            token,
            actor=actor,
            spot=spot,
            destination=ground,
            fact=fact,
            phase=rule.phase,
            score=rule.score,
            anchors=anchors,
            notes=("event",),
        )


def _told_of(token: Token) -> Span:
    """Return "among the guests expected to speak", behind those listed, up to the next clause."""
    doc, at = token.doc, token.i
    while at < min(len(doc), token.i + _LEAD_IN):
        if doc[at].is_punct or doc[at].tag_ in _FINITE:
            break
        at += 1
    return doc[token.i : at]


def _host(reader: ArgumentReader, verb: Token) -> str | None:
    """Return the country of the host who is the subject of a verb."""
    subject = reader.scene.subject(verb)
    hosts = reader.scene.actors(subject) if subject is not None else []
    at_home = (h for h in hosts if h.reference.role_kind not in word_set("posted_abroad"))
    places = reader.scene.spots(subject.left_edge.i) if subject is not None and not hosts else []
    own = [*(host.country for host in at_home), *(spot.country for spot in places[:1])]
    return next((country for country in own if country), None)


__all__ = [
    "GuestRule",
    "guest_of",
    "guest_rules",
    "guest_words",
    "guests",
    "list_end",
    "listed",
    "made_of_list",
    "starts_list",
]
