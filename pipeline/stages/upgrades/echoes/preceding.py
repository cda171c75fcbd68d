"""Those who did the same before: "the fifth country to renew ties, after Togo and Liberia"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.signs import APOSTROPHE_S, GENITIVES
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.echoes.lead_followed import lead_followed, leaders_begin_at
from pipeline.stages.upgrades.parties.doers import is_one_of_order
from pipeline.stages.upgrades.parties.orders import order_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import triggers_of, words

#: How far behind "following" the "by" of "a similar decision by" stands, in tokens.
_SIMILAR = 6
#: How far behind "following" the "of" of "the lead of" stands, in tokens.
_LEAD = 5
#: How many tokens "the small African states" may take.
_KIND = 5


def read_preceding(
    reading: Reading, token: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the changes of those listed behind "after", where one is the next of several."""
    lead = lead_followed(token)
    joins = _joined_in(token)
    done = [c for c in made if c.change != "upgrade"]
    meant = (c for c in done if c.status == "completed" or (lead or joins) is not None)
    first = next(meant, None)
    makers = [code for code in first.owners if code in first.parties] if first is not None else []
    if first is None or len(makers) != 1:
        return
    owner = makers[0]
    known = {code for candidate in made for code in candidate.parties}
    start = leaders_begin_at(lead) if lead is not None else None
    if start is not None:
        for code in reading.parties.listed_from(start):
            if code not in known:
                yield _of_another(first, owner, code, None)
        return
    if joins is not None:
        listed = reading.parties.listed_from(_behind_kind(reading.scene.doc, joins.i + 1))
        for code in dict.fromkeys((*reading.parties.owners(joins), *listed)):
            if code not in known:
                yield replace(_of_another(first, owner, code, None), status=first.status)
        return
    day = _day_of_row(reading, token)
    # "The ninth to switch from Taipei to Beijing, after Peru": the tie lost and that made
    steps = [c for c in done if c.owners == first.owners] if first.rule == "switch" else [first]
    for code, when in _told_before(reading, token, first):
        told = reading.gone_by(token, when) if when is not None else None  # the last "June"
        for step in steps if code not in known else ():
            yield _of_another(step, owner, code, told or day)
    for code, told in _other_ones(reading, token):
        for step in (c for c in done if code not in known and owner in c.parties):
            yield _of_another(step, owner, code, told)


def read_those_before(
    reading: Reading, token: Token, history: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield those of "Peru cut ties. It is the third to do so, after Fiji in 2019 and Oman".

    The one whose step was told right before makes it no more; those behind "after" have made it.
    """
    so = token.lemma_ == "do" and any(c.lower_ in {"so", "same"} for c in token.children)
    if not so or order_before(token) is None or not history:
        return
    last, number = history[-1], reading.scene.sentence_of
    subject = reading.scene.subject(reading.scene.sentence(token.i).root)
    if last.change == "upgrade" or number[token.i] - number[last.at] != 1 or subject is None:
        return
    named = set(reading.parties.codes(subject.left_edge.i, subject.right_edge.i + 1))
    if subject.lower_ in {"it", "they"} or (named and named <= set(last.owners)):
        first = replace(last, at=token.i, date=None, report=None)
        yield from read_preceding(reading, token, [first])


def with_preceding(reading: Reading, token: Token, made: Sequence[Candidate]) -> list[Candidate]:
    """Return what is made, and what those listed behind "after" made before.

    The day of "the fifth to cut ties, after Chad last May" is Chad's, however the parse joins it.
    """
    before = list(read_preceding(reading, token, made))
    return [*_without_days(reading, token, made, before), *before]


def _without_days(
    reading: Reading, token: Token, made: Sequence[Candidate], before: Sequence[Candidate]
) -> list[Candidate]:
    own = {c.date for c in before if c.date is not None}
    sentence = reading.scene.sentence(token.i)
    ends = [i for i in range(token.i, sentence.end) if token.doc[i].lower_ in words("after_others")]
    if not own or not ends or reading.clock.within(sentence.start, ends[0]) is not None:
        return list(made)
    return [replace(c, date=None) if c.date in own else c for c in made]


def _day_of_row(reading: Reading, token: Token) -> str | None:
    """Return the day of "is the fourth to recognise it today, after Togo", that of all four.

    "Became the fourth to recognise it on Monday" dates its own step alone, and so does "was the
    fourth, after Togo, to recognise it on Monday".
    """
    verb = token if token.pos_ == "VERB" else verb_above(token)
    order = order_before(verb) if verb is not None else None
    above = (t for t in order.ancestors if t.pos_ in VERBS) if order is not None else ()
    named = next(iter(above), None)
    if verb is None or named is None or named.lemma_ != "be":
        return None
    behind = reading.scene.doc[verb.i : reading.scene.sentence(verb.i).end]
    end = next((t.i for t in behind if t.lower_ in words("after_others")), verb.i)
    told = reading.clock.within(verb.i, end)
    return told if told is not None and len(told) == DAY else None


def _told_before(reading: Reading, token: Token, first: Candidate) -> list[tuple[str, str | None]]:
    """Return those whom a sentence says to have done the same before, each with its date."""
    doc = reading.scene.doc
    sentence = reading.scene.sentence(token.i)
    is_next = _is_next(token)
    start = (order_before(token) or _order_over(token) or token).i
    for i in range(sentence.start, sentence.end - 1):
        lead = _behind_lead(reading, i)
        if lead is None and (i <= start or doc[i].lower_ not in words("after_others")):
            continue
        likewise = lead or _behind_similar(doc, i + 1)
        listed = _listed(reading, likewise or _behind_kind(doc, i + 1))
        end = max((behind for _, behind, _ in listed), default=0)
        if not listed or doc[end - 1].dep_ == "nsubj":
            continue
        if lead is None and text_at(doc, end) in APOSTROPHE_S:
            continue
        if lead is not None and _leads_further(doc, end, first.change):
            continue
        row = _is_row_between(doc, token.i, i, first.change)
        whole = row is None and len(listed) > 1 and _closes(reading, end)
        whole = whole or (_is_so_long_after(doc, i) and _ends_phrase(reading, end))
        if is_next or likewise or row or whole or _are_earlier(listed, first.date):
            # "Following Peru's lead, on Monday" is of the change itself.
            own = lead is not None and text_at(doc, end) == ","
            return [(code, None if own else told) for code, _, told in listed]
    return []


def _other_ones(reading: Reading, token: Token) -> list[tuple[str, str | None]]:
    """Return Peru and Chad of "Fiji is the third to cut ties. The others are Peru and Chad (2016)".

    Of "The others were Peru and Chad, said Fiji", where the list does not end it, nobody.
    """
    behind = reading.scene.beside(reading.scene.sentence_of[token.i], step=1)
    if behind is None or not _is_next(token):
        return []
    words_of = [t.lower_ for t in behind[:5]]
    opens = next((n for n, word in enumerate(words_of) if word in {"other", "others"}), None)
    verb = next((n for n, word in enumerate(words_of) if word in {"are", "were"}), None)
    if opens is None or verb is None or opens > verb or opens > 1:
        return []
    between = behind[opens + 1 : verb]
    if any(t.pos_ != "NUM" and t.lemma_.lower() not in words("many_parties") for t in between):
        return []  # "The other hosts were Peru and Chad"
    listed = _listed(reading, behind.start + verb + 1)
    end = max((after for _, after, _ in listed), default=behind.end)
    at = reading.clock.date_behind(end) if listed else None
    closed = _closes(reading, at[1] if at is not None else end)
    return [(code, told) for code, _, told in listed] if closed else []


def _order_over(verb: Token) -> Token | None:
    """Return the "country" of "became the fourth country after Togo and Mali to cut ties"."""
    clause = verb.dep_ == "advcl" and verb.head.lemma_ in {"be", "become"}
    told = (c for c in verb.head.children if c.dep_ == "attr" and c.i < verb.i)
    return next(filter(is_one_of_order, told), None) if clause else None


def _behind_similar(doc: Doc, start: int) -> int | None:
    """Return the token behind "a similar decision by", which others took before; else None."""
    phrase = [token.lower_ for token in doc[start : start + _SIMILAR]]
    at = next((n for n, word in enumerate(phrase) if word in {"by", "of", "from"}), None)
    if at is None or not set(phrase[:at]) & words("likewise"):
        return None
    step = any(token.lemma_.lower() in words("step") for token in doc[start : start + at])
    return start + at + 1 if step else None


def _behind_lead(reading: Reading, at: int) -> int | None:
    """Return where those begin whose lead one follows at token `at`, None where none is told.

    Tells "following the lead of Peru", "following in Peru's footsteps".
    """
    doc = reading.scene.doc
    if doc[at].lower_ != "following":
        return None
    phrase = doc[at + 1 : at + 1 + _LEAD]
    of = next((token for token in phrase if token.lower_ in {"of", "from"}), None)
    if of is not None:
        return of.i + 1 if doc[of.i - 1].lower_ in words("lead_of") else None
    start = at + 2 if text_at(doc, at + 1) == "in" else at + 1
    end = max(reading.parties.listed_from(start).values(), default=start)
    owned = text_at(doc, end) in GENITIVES
    return start if owned and text_at(doc, end + 1) in words("lead_of") else None


def _leads_further(doc: Doc, end: int, change: str) -> bool:
    """Tell the lead of "following Peru's move to expel him", "Peru's lead in hiring guards".

    Not that of "following Peru's lead in cutting ties", "following Peru's move in March".

    Args:
        end: the token behind those whose lead it is.
        change: what the verb behind it must tell as well.
    """
    at = end + 1 if text_at(doc, end) in GENITIVES else end
    at += 1 if text_at(doc, at) in words("lead_of") and at > end else 0
    behind, led = doc[at : at + 1], doc[at + 1 : at + 2]
    if behind.text not in words("led_further") or not len(led) or led[0].ent_type_ == "DATE":
        return False
    return not _tells_same(led[0], change)


def _tells_same(verb: Token, change: str) -> bool:
    """Tell a verb of the same change, or "do so"."""
    told = triggers_of("VERB").get(verb.lemma_.lower(), ())
    same = change in {trigger.change for trigger in told}
    return same or verb.lemma_.lower() in words("does_so")


def _behind_kind(doc: Doc, start: int) -> int:
    """Return where the names behind "the African states of", "its neighbours" begin."""
    for i in range(start, min(start + _KIND, len(doc))):
        if doc[i].lemma_.lower() in words("many_parties") and doc[i].tag_ == "NNS":
            return i + 2 if text_at(doc, i + 1) == "of" else i + 1
        if doc[i].pos_ not in {"DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM"}:
            break
    return start


def _is_row_between(doc: Doc, start: int, end: int, change: str) -> bool | None:
    """Tell "cut ties, the second country this month to do so, after Peru" by the order of words.

    None where nothing between is told of one in a row.

    Args:
        start: where the change stands.
        end: where "after" stands.
        change: what it is, which the verb behind "to" must tell as well.
    """
    for token in doc[start + 1 : end]:
        if token.pos_ == "VERB" and order_before(token) is not None:
            return _tells_same(token, change)
    return None


def _closes(reading: Reading, end: int) -> bool:
    """Tell a list that ends its sentence ("cuts ties with Peru after Chile, Chad")."""
    rest = reading.scene.doc[end : reading.scene.sentence(end - 1).end]
    return all(token.is_punct or token.is_space for token in rest)


def _is_so_long_after(doc: Doc, after: int) -> bool:
    """Tell the "after" of "cut ties three days after Peru", which did so so long before."""
    before = doc[max(0, after - 1) : after]
    unit = before.text.lower() in words("units_of_days") and doc[after].lower_ == "after"
    return unit and before.root.dep_ in {"npadvmod", "obl", "nmod"}


def _ends_phrase(reading: Reading, end: int) -> bool:
    """Tell "after Peru, its minister said" from "after Peru's vote", "after Peru sent aid"."""
    return text_at(reading.scene.doc, end) in {",", ";"} or _closes(reading, end)


def _of_another(first: Candidate, owner: str, code: str, date: str | None) -> Candidate:
    """Return the change that another made with the same partner before."""
    return replace(
        first,
        rule="preceding",
        parties=(first.parties - {owner}) | {code},
        status="completed",
        date=date,
        report=None,
        owners=(code,),
        score=round(first.score * 0.85, 3),
    )


def _joined_in(token: Token) -> Token | None:
    """Return the verb of "joined Peru and Chile in cutting ties", "in declaring to cut them".

    Also of "joined them in announcing its recognition", "in declaring its intent to cut ties".
    """
    for over in (token, *token.ancestors):
        if over.dep_ == "pcomp" and over.head.lower_ == "in":
            joins = over.head.head
            return joins if joins.lemma_.lower() in words("joins") else None
        if over != token and over.lemma_.lower() not in words("decided", "intent"):
            return None
    return None


def _listed(reading: Reading, start: int) -> list[tuple[str, int, str | None]]:
    """Return those listed, the token behind each and its date ("Togo in 2009 and Peru in 2011")."""
    found: list[tuple[str, int, str | None]] = []
    at: int | None = start
    while at is not None:
        behind = reading.parties.listed_from(at)
        both = at > 0 and reading.scene.doc[at - 1].lower_ == "both"
        both = both or reading.scene.doc[at : at + 2].text.lower().startswith(("both", "and both"))
        at = None
        stretch: list[tuple[str, int, str | None]] = []
        for code, end in behind.items():
            told = reading.clock.date_behind(end)
            stretch.append((code, end, told[0] if told else None))
            at = told[1] if told else None
        last = stretch[-1][2] if stretch and both else None
        found += [(code, end, told or last) for code, end, told in stretch]
    return found


def _are_earlier(listed: Sequence[tuple[str, int, str | None]], date: str | None) -> bool:
    """Tell "following Egypt in 1979 and Jordan in 1994" of ties opened in 2020."""
    return date is not None and all(told is not None and told < date for _, _, told in listed)


def _is_next(token: Token) -> bool:
    """Tell whether a trigger hangs on "the fifth country", or on the verb that names it so."""
    if order_before(token) is not None:
        return True
    over = token.head if token.dep_ in {"xcomp", "ccomp", "advcl"} else None
    named = [c for c in over.children if c.dep_ in {"attr", "nsubj", "dobj"}] if over else []
    nodes = [*token.ancestors, *(n for n in named if n.i < token.i), *_own_subject(token)]
    return any(n.pos_ in {"NOUN", "ADJ"} and is_one_of_order(n) for n in nodes)


def _own_subject(token: Token) -> list[Token]:
    """Return the "nation" of "made Peru the third nation to open ties", as the parse has it."""
    return [c for c in token.children if c.dep_ == "nsubj"]


__all__ = ["read_those_before", "with_preceding"]
