"""How far a list of guests goes, and who stands on it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from models import Reference
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.lists.guest_lines import FINITE, has_words, line_end, lines_end
from pipeline.stages.visits.lists.list_openings import opens_besides
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set

_RELATIVES = frozenset({"who", "whom", "whose", "which", "where", "when"})
_ALL = frozenset({"both", "all", "each"})  # "A and B, both flanking C"
_SIGNS = frozenset({",", ";", ")"})
#: How many words may stand between the words and the first guest.
LEAD_IN = 12
#: How many lands make a list.
_LEAST_LANDS = 2
#: How many tokens lead to them at most: "those from".
_LANDS_LEAD = 2
#: How many sentences back the body may be told whose lands these are.
_BODY_BACK = 1
#: How far before one who stays at home "to represent" may stand, in tokens.
_STOOD_FOR = 6
#: How many sentences back it may be told for whom the event is.
EVENT_REACH = 2


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
            at = _before_teller(word, start)
            break
        at += 1
    behind = line_end(reader, start - 1, last=at + 1)
    if behind <= at and (doc[start].text == ":" or not has_words(doc[start:behind])):
        return lines_end(reader, behind)
    # "the king of Spain and the presidents of:", and lines
    return lines_end(reader, at) if at == sentence.end and doc[at - 1].text == ":" else at


def _before_teller(verb: Token, start: int) -> int:
    """Return the end of the list that ends at a verb: before the teller of "A and B, X said".

    So before whoever does what a verb behind a semicolon tells: "A and B; C joined online".
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and start < c.i < verb.i), None)
    if subject is None or subject.left_edge.i - 1 <= start:
        return verb.i
    sign = subject.left_edge.i - 1
    told = verb.lemma_ in words("speech") and verb.doc[sign].text == ","
    return sign if told or verb.doc[sign].text == ";" else verb.i


def _ends_list(reader: ArgumentReader, word: Token, *, quiet: bool) -> bool:
    """Tell a word that begins another clause: "while", a finite verb outside a relative clause."""
    if word.dep_ == "mark" and word.lower_ in word_set("opens_other_clause"):
        return True
    finite = word.tag_ in FINITE and word.dep_ != "acl"  # ", recently re-elected President B"
    return not quiet and finite and not reader.scene.at(word.i)


def listed(reader: ArgumentReader, start: int, stop: int) -> Iterator[Actor]:
    """Yield the persons and single offices named in a stretch of tokens, each once.

    Without the B of "A, B by video link and C", who is nowhere, and of "A, to represent B".
    """
    if not any(reader.scene.at(i) for i in range(start, stop)):
        return
    guests = list(_named(reader, start, stop))
    stretch = reader.scene.doc[start:stop]
    far = [t.i for t in words_of_distance(stretch) if t.lower_ in word_set("guest_afar")]
    begins = sorted({*(guest.token for guest in guests), stop}) if far else []
    for guest in guests:
        behind = next((i for i in begins if i > guest.token), guest.token)
        stays = any(guest.token < i < behind for i in far)
        if not stays and not _is_stood_for(reader, guest.token, start):
            yield guest


def _is_stood_for(reader: ArgumentReader, i: int, start: int) -> bool:
    """Tell the B of "A, to represent President B", "A on behalf of King B", who stays at home."""
    doc = reader.scene.doc
    for at in range(i - 1, max(start, i - _STOOD_FOR) - 1, -1):
        token = doc[at]
        if token.is_punct or token.is_space:
            return False
        if token.lower_ in word_set("in_place_of"):
            return True
    return False


def _named(reader: ArgumentReader, start: int, stop: int) -> Iterator[Actor]:
    yield from _lands_of_list(reader, start, stop)
    inside = {i for first, last in _clauses(reader, start, stop) for i in range(first, last)}
    told = (Actor(r, i) for i in inside for r in reader.scene.at(i) if r.kind == "person")
    seen = {a.key for a in told if a.reference.form == "name"}  # "who is chairman of it, C of Peru"
    last = _last_clause(reader, start, stop)
    for i in range(start, stop):
        here = reader.scene.at(i)
        if not here or i in inside:
            continue
        references = [r for r in here if _may_be_guest(reader, r)]
        if i >= last:  # "C of Peru, who is also chairman of it"
            references = [r for r in references if r.kind != "office"]
        named = [r for r in references if r.kind == "person" and reader.scene.bounds(r)[0] == i]
        for reference in named or [r for r in references if r.kind != "person"]:
            if not named and reference.plural and reader.scene.named_behind(i):
                continue  # "Malian ministers A and B", who are listed
            for actor in reader.scene.each_of(Actor(reference, i, 0.95)):
                if actor.key not in seen and not _is_owner(reader, reference):
                    seen.add(actor.key)
                    yield actor


def _lands_of_list(reader: ArgumentReader, start: int, stop: int) -> Iterator[Actor]:
    """Yield one for each land that a list beginning at token `start` names, of the body told of.

    "The others are from Peru and Chad", "The countries are Peru and Chad" fire behind "Leaders of
    six countries came"; "The countries are Peru and Chad" behind "Six countries trade" does not.
    """
    scene, doc = reader.scene, reader.scene.doc
    at = start + (doc[start : start + 1].text == ":")
    behind = doc[at : at + _LANDS_LEAD].text.lower()
    sign = next((n for n in (2, 1) if " ".join(behind.split()[:n]) in word_set("of_lands")), 0)
    at += sign
    at += doc[at : at + 1].text in {":", "the"}
    names = word_set("names_lands")
    opening = doc[scene.sentence(start).start : start]
    if at >= stop or not (sign or any(t.lower_ in names for t in opening)):
        return
    codes = tuple(dict.fromkeys(scene.parties_listed(at)))
    if len(codes) < _LEAST_LANDS:
        return
    body = _body(reader, start)
    if body is None:
        return
    own = {"members": codes, "country": codes[0], "plural": True}
    yield from scene.each_of(Actor(body.model_copy(update=own), start, 0.9))


def _body(reader: ArgumentReader, i: int) -> Reference | None:
    """Return the "leaders" of no land yet told that were told of last before token `i`."""
    scene = reader.scene
    number = scene.sentence_of[i]
    led = words("leading_class") | word_set("sent_to_events")
    for at in range(i - 1, scene.sentences[max(0, number - _BODY_BACK)].start - 1, -1):
        for told in scene.at(at):
            kind = (told.role_kind or "").removeprefix("deputy_")
            if told.plural and told.kind in {"office", "delegation"}:
                fits = kind in led and not (told.members or is_country(told.country or ""))
                return told if fits else None
    return None


def _clauses(reader: ArgumentReader, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of what is told of a guest: "(who stands in for B)", ", who succeeded B,".

    It ends at the next comma, of a bracket at its close; one that ends its sentence goes on with
    what the rest of its line tells.
    """
    doc, begun, close = reader.scene.doc, 0, frozenset[str]()
    openers = word_set("opens_guest_clause")
    for token in doc[start + 1 : stop]:
        if begun:
            behind = token.is_sent_start and token.i >= line_end(reader, begun)
            if token.text in close or behind:
                yield begun, token.i
                begun = 0
        elif (token.lower_ in openers or token.lower_ in _ALL) and _opens_clause(token):
            begun, close = token.i, frozenset({")"}) if token.nbor(-1).text == "(" else _SIGNS
    if begun and _stands_in(doc[begun]):
        yield begun, stop


def _last_clause(reader: ArgumentReader, start: int, stop: int) -> int:
    """Return where ", who is its chairman" begins behind which no comma stands, or `stop`."""
    for token in reversed(reader.scene.doc[start + 1 : stop]):
        if token.text in _SIGNS:
            behind = token.i + 1
            opens = behind < stop and reader.scene.doc[behind].lower_ == "who"
            return behind if opens else stop
    return stop


def _opens_clause(token: Token) -> bool:
    """Tell the "who" of ", who stands in for B", the "both" of ", both flanking C"."""
    form = token.lower_
    if form in _ALL:
        opens = any(t.tag_ == "VBG" for t in token.doc[token.i + 1 : token.i + 2])
    else:
        opens = form in word_set("opens_guest_clause")
    if not opens:
        return False
    apart = form == "accompanied" or _stands_in(token)
    return apart or token.nbor(-1).text in {",", "("}


def _stands_in(who: Token) -> bool:
    """Tell the "who" of "the minister who represented President B"."""
    behind = who.doc[who.i + 1 : who.i + 2]
    return who.lower_ == "who" and bool(behind) and behind[0].lemma_ == "represent"


def is_of_state(reader: ArgumentReader, link: Token) -> bool:
    """Tell whether the event is one for those who lead states, here, shortly before or all told."""
    numbers = (n for _, n in reader.scene.backwards(reader.scene.sentence_of[link.i], EVENT_REACH))
    near = (token for n in numbers for token in reader.scene.sentences[n])
    forms = (form for token in near for form in (token.lemma_.lower(), token.lower_))
    if any(form in word_set("event_of_state") for form in forms):
        return True
    return bool(reader.understood.names_of_report(link.i) & word_set("event_of_state", "oath_verb"))


def starts_list(reader: ArgumentReader, first: Actor, end: int, *, hosted: bool) -> bool:
    """Tell whether the list begins right behind its words, not behind "at" or a verb.

    Hosts also play host to "a meeting with" their guests. Some may be named of many: "included
    dignitaries from 90 countries such as A and B".
    """
    between = reader.scene.doc[_behind_many(reader.scene.doc, end, first.token) : first.token]
    within = {"of", "for", "with", "between", "among"} if hosted else {"of", "for"}
    return len(between) <= LEAD_IN and not any(
        (t.pos_ == "VERB" and t.lower_ != "visiting" and not is_attribute(t))
        or (t.dep_ == "mark" and t.lower_ == "that")  # "were demands that X resign"
        or (t.lower_ == "for" and t.nbor(-1).pos_ == "ADJ")  # "attending it was hard for X"
        or (t.pos_ == "ADP" and t.lower_ not in within)
        for t in between
    )


def named_besides(reader: ArgumentReader, start: int, stop: int) -> list[Actor]:
    """Return the A of "Besides A, guests were B and C", but no "the host, President A"."""
    if not opens_besides([*reader.scene.doc[start:stop]]):
        return []
    own = (a for a in listed(reader, start, stop) if a.country)
    return [a for a in own if not words("definite") & _words_of(reader, a)]


def _words_of(reader: ArgumentReader, actor: Actor) -> set[str]:
    """Return "the host president" of one who is named beside a list, with the words before."""
    first, end = reader.scene.bounds(actor.reference)
    return {t.lower_ for t in reader.scene.doc[max(0, first - 4) : end]}


def is_attribute(token: Token) -> bool:
    """Tell the "elected" of "newly elected President A", which is no verb of a clause."""
    return token.tag_ == "VBN" and token.dep_ == "amod" and token.i < token.head.i


def _behind_many(doc: Doc, start: int, end: int) -> int:
    """Return the token behind "leaders from 90 countries such as", or `start`."""
    for at in range(end, start + 1, -1):
        for length in (2, 1):
            named = doc[at - length : at].text.lower() in word_set("names_some")
            if named and any(t.tag_ == "NNS" for t in doc[start : at - length]):
                verbs = any(t.pos_ in {"VERB", "AUX"} for t in doc[start : at - length])
                return start if verbs else at
    return start


def _may_be_guest(reader: ArgumentReader, reference: Reference) -> bool:
    if reference.kind == "delegation":
        return len(reference.members) > 1  # "delegations from Peru and Chad"
    if reference.kind not in {"person", "office"} or reference.form == "pronoun":
        return False
    if reference.kind == "office":
        start, end = reader.scene.bounds(reference)
        within = (r for i in range(start, end) for r in reader.scene.at(i))
        covered = any(r.kind == "person" and r.form != "pronoun" for r in within)
        covered = covered or _is_post_of(reader.scene.doc, start)
        kind = (reference.role_kind or "").removeprefix("deputy_")
        several = reference.plural and reader.scene.doc[end : end + 1].text == "from"
        titled = reference.role_kind == "royal" and " " in (reference.role or "")
        known = bool(reference.country) and (titled or not reference.guessed)
        told = several or known or bool(reference.members)
        return told and not covered and kind not in word_set("no_guest") | {""}
    return bool(reference.name) and (reference.form == "name" or bool(reference.country))


def _is_post_of(doc: Doc, start: int) -> bool:
    """Tell "in his role as the president" from "as well as the presidents" at token `start`."""
    led = [t.lower_ for t in doc[max(0, start - 4) : start]]
    return "as" in led[-2:] and "well" not in led


def _is_owner(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell "the premier's wife", "Premier X's wife", who is not the premier."""
    doc, start = reader.scene.doc, reader.scene.bounds(reference)[0]
    while start and (step := _back_in_phrase(reader, reference, start)):
        start -= step
    of = start > 1 and doc[start - 1].lower_ == "of"
    if of and doc[start - 2].lower_ in word_set("sent_or_kin"):
        return True  # "the special envoy of X", "the mother of Emir X"
    if start > 1 and doc[start - 1].lower_ == "to" and doc[start - 2].lower_ in word_set("serves"):
        return True  # "an adviser to X"
    ends = {reader.scene.bounds(reference)[1], reader.scene.phrase_end(reference)}
    return any(reader.scene.doc[end : end + 1].text in {"'s", "’s", "'", "’"} for end in ends)


def _back_in_phrase(reader: ArgumentReader, reference: Reference, at: int) -> int:
    """Return how far back from token `at` a phrase of one goes on: over a comma to his own name."""
    before = reader.scene.at(at - 1)
    if any(
        r.actor == reference.actor or (r.kind == "country" and r.country == reference.country)
        for r in before
    ):
        return 1
    apposed = at > 1 and reader.scene.doc[at - 1].text == ","
    own = apposed and any(r.actor == reference.actor for r in reader.scene.at(at - 2))
    return 2 if own else 0


__all__ = [
    "LEAD_IN",
    "is_attribute",
    "is_of_state",
    "list_end",
    "listed",
    "named_besides",
    "starts_list",
]
