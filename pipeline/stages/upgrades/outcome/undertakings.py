"""What was asked for, promised or refused, and whether it came of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, OBJECTS, PAST, PREP_COMPLEMENTS, UNDERGONE, VERBS
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.upgrades.tables import words

#: How many words above a change a bargain is looked for, and above that who strikes it.
_BARGAIN_REACH = 4

#: How many words above a change its procedure stands, with what starts that; and how far above it.
_PROCEDURE_REACH, _STARTS_REACH = 5, 2

#: How many tokens an aside behind a name may take.
_ASIDE = 14
#: How many words before a change "in principle" may stand.
_PRINCIPLE_REACH = 8
#: How many words stand from the "choice" of "no choice but to cut ties" to its verb.
_BUT_TO = 3
#: How many tokens "at an appropriate time" may take.
_TIME_REACH = 6
#: What makes of "soon" the time of something past.
_OF_EVENT = frozenset({"after", "before"})


def is_granted(token: Token) -> bool:
    """Tell "approved its bid to become an observer", which is done though no day is told."""
    return any(map(is_granted_by, token.ancestors))


def is_granted_by(noun: Token) -> bool:
    """Tell "approved its request to", by which it is got, from "made a request to".

    Who "backed Peru's request", "a bid for Peru to", which is another's, only speaks for it.
    """
    asked = noun.pos_ == "NOUN" and noun.lemma_.lower() in words("asking")
    others = any(c.dep_ == "poss" and c.pos_ == "PROPN" for c in noun.children)
    others = others or _is_for_another(noun)
    if asked and noun.dep_ == "pobj" and noun.head.lower_ == "to":
        return _gives_go_ahead(noun.head.head)
    return (
        asked
        and not (others and noun.head.lemma_.lower() in words("speaks_for"))
        and noun.dep_ in UNDERGONE
        and noun.head.pos_ == "VERB"
        and noun.head.lemma_.lower() in words("grants")
    )


def _gives_go_ahead(over: Token) -> bool:
    """Tell the "gave" or the "light" of "gave the green light to its bid to join"."""
    gave = over.head if over.dep_ == "dobj" else over
    given = (c for c in gave.children if c.dep_ == "dobj")
    nods = any(noun.lemma_.lower() in words("go_ahead") for noun in given)
    return nods and gave.tag_ in PAST and gave.lemma_.lower() in words("give")


def _is_for_another(bid: Token) -> bool:
    """Tell "a bid for Peru to join" from "its bid to join"."""
    clauses = (c for c in bid.children if c.dep_ in ADNOMINAL | {"advcl"})
    return any(c.dep_ == "mark" and c.lower_ == "for" for verb in clauses for c in verb.children)


def is_bid_backed(verb: Token) -> bool:
    """Tell "backed its bid to join the bloc", by which it is none, from "accepted its bid to"."""
    noun = verb.head if verb.dep_ in ADNOMINAL | {"advcl"} else verb
    asked = noun != verb and noun.pos_ == "NOUN" and noun.lemma_.lower() in words("asking")
    return asked and noun.head.lemma_.lower() not in words("admits")


def keeper(verb: Token) -> Token | None:
    """Return the "kept" of "kept its pledge to recognise", "made good on", by which it is done."""
    before = verb.doc[max(verb.sent.start, verb.i - 2) : verb.i]
    if len(before) < len(("pledge", "to")) or before[1].lower_ != "to":
        return None
    noun = before[0]
    over = verb_above(noun) if noun.dep_ in {"dobj", "pobj"} else None
    if over is None or over.i > noun.i or noun.lemma_.lower() not in words("promise"):
        return None
    good = over.lemma_ == "make" and any(child.lower_ == "good" for child in over.children)
    return over if good or over.lemma_.lower() in words("keeps_word") else None


def is_set_going(token: Token) -> bool:
    """Tell "started the procedure of granting it", "the process to admit it", still to come.

    Also "are in the process of granting it".
    Not "completed the process of admitting it".
    """
    above = list(islice(token.ancestors, _PROCEDURE_REACH))
    at = next((i for i, n in enumerate(above) if n.lemma_.lower() in words("procedure")), None)
    if at is None or any(node.pos_ in VERBS for node in above[:at]):
        return False
    if token.pos_ == "VERB" and tense_of(token) not in {"infinitive", "none", "progressive"}:
        return False
    over = above[at + 1 :][:_STARTS_REACH]
    if any(node.pos_ in VERBS and is_negated(node) for node in over):
        return False  # "not to start the process of admitting it"
    amid = len(over) > 1 and over[0].lower_ == "in" and over[1].lemma_ == "be"
    return amid or any(n.lemma_.lower() in words("sets_going") for n in over)


def is_refused(verb: Token) -> bool:
    """Tell "rejected a proposal to", "turned down an offer to"."""
    out = {f"{verb.lemma_.lower()} {c.lower_}" for c in verb.children if c.dep_ == "prt"}
    return bool({verb.lemma_.lower(), *out} & words("refused"))


def is_dropped(verb: Token) -> bool:
    """Tell "scrapped a deal to", "called off an agreement to", also where it is refused."""
    said = (c for c in verb.children if c.dep_ in {"prt", "advmod"} and c.i > verb.i)
    forms = {verb.lemma_.lower(), *(f"{verb.lemma_.lower()} {c.lower_}" for c in said)}
    return not is_negated(verb) and (is_refused(verb) or bool(forms & words("gives_up")))


def announcer(verb: Token) -> Token | None:
    """Return the "Peru" of "hailed decisions by Peru and Chad to recognise it", as words stand."""
    doc = verb.doc
    if verb.i - 2 <= verb.sent.start or doc[verb.i - 1].lower_ != "to":
        return None
    named = doc[_before_aside(verb, verb.i - 2)]
    first = next((t for t in named.ancestors if named in t.conjuncts and t.dep_ == "pobj"), named)
    prep = first.head
    told = words("news", "promise", "step")
    by = first.dep_ == "pobj" and prep.lower_ in {"of", "by", "from"}
    over = prep.head
    if over.dep_ == "acl" and over.lemma_.lower() in words("takes_decision"):
        over = over.head  # "the decision made by Peru to cut ties"
    return first if by and over.lemma_.lower() in told else None


def _before_aside(verb: Token, at: int) -> int:
    """Return where "by Peru – a small state – to cut ties" names who does it."""
    doc, mark = verb.doc, verb.doc[at].text
    if mark not in OPENS_APPOSITION:
        return at
    before = range(at - 1, max(verb.sent.start, at - _ASIDE), -1)
    opens = next((i for i in before if doc[i].text == mark), at + 1)
    return opens - 1


def is_forced(verb: Token) -> UpgradeStatus | None:
    """Return the status of what one "has no choice but to" do, None where nothing says so.

    Done where one has or had none, proposed where one "may have no choice".
    """
    doc = verb.doc
    if verb.i < _BUT_TO or [t.lower_ for t in doc[verb.i - 2 : verb.i]] != ["but", "to"]:
        return None
    noun = doc[verb.i - _BUT_TO]
    if noun.lemma_.lower() not in words("no_choice"):
        return None
    over = verb_above(noun)
    modal = over is not None and auxiliaries_of(over) & (words("modal", "future"))
    return "proposed" if modal or over is None or tense_of(over) == "infinitive" else "completed"


def is_in_principle(token: Token) -> bool:
    """Tell "agreed in principle to raise ties", "a preliminary agreement to", not yet made.

    Also "admitted it in principle".
    """
    nouns = [c for c in token.children if c.dep_ in OBJECTS]
    behind = [c for n in (token, *nouns) for c in n.children if c.lower_ == "in" and c.i > token.i]
    if any(n.lower_ == "principle" for prep in behind for n in prep.children):
        return True
    before = token.doc[max(token.sent.start, token.i - _PRINCIPLE_REACH) : token.i]
    lowers = [t.lower_ for t in before]
    if "preliminary" in lowers:
        at = before[lowers.index("preliminary")]
        return at.head.lemma_.lower() in words("document")
    if "principle" not in lowers:
        return False
    led = lowers[: lowers.index("principle")]
    return led[-1:] == ["in"] or led[-2:] == ["in", "-"]


def is_put_off(token: Token) -> bool:
    """Tell "agreed to raise ties in the near future", "as soon as possible", not yet done.

    Also "agreed on the raising of ties in due course", "a statement on raising ties in future",
    one "pledging to raise them soon".
    """
    agreed = token.dep_ == "xcomp" and token.head.lemma_.lower() in words("decided", "vows")
    agreed = agreed and token.tag_ == "VB"
    prep = token.head if token.dep_ in PREP_COMPLEMENTS else None
    agreed = agreed or (prep is not None and prep.head.lemma_ == "agree")  # "agreed on raising it"
    agreed = agreed or token.lemma_ == "agree"
    over = token.head.head
    papers = (over, *(c for c in over.children if c.dep_ == "dobj"))
    on_it = token.dep_ == "pcomp" and token.head.lower_ == "on"
    if not agreed and not (on_it and any(p.lemma_.lower() in words("document") for p in papers)):
        return False
    own = takewhile(lambda t: not _tells_more(t), (t for t in token.subtree if t.i > token.i))
    told = list(own)
    put_off = any(_opens_time(told[at : at + _TIME_REACH]) for at in range(len(told)))
    return put_off or any(map(_is_within_a_while, told))


def _opens_time(told: Sequence[Token]) -> bool:
    """Tell whether tokens begin with "soon", "in the long term"; not with "soon after the war".

    Nor with "in the long term interest".
    """
    lowers = " ".join(t.lower_ for t in told)
    for phrase in words("put_off"):
        if f"{lowers} ".startswith(f"{phrase} "):
            end = told[len(phrase.split()) - 1].i + 1
            behind = told[0].doc[end : end + 1]
            return all(t.pos_ != "NOUN" and t.lower_ not in _OF_EVENT for t in behind)
    return False


def _is_within_a_while(prep: Token) -> bool:
    """Tell "within two months", "in the next few weeks", of what is agreed to be done by then."""
    spans = [c for c in prep.children if c.lemma_.lower() in words("long_units")]
    ahead = any(c.lower_ in words("ahead_of_now") for span in spans for c in span.children)
    return bool(spans) and (prep.lower_ == "within" or (prep.lower_ in {"in", "over"} and ahead))


def _tells_more(token: Token) -> bool:
    """Tell what leads from a change to another matter: "to help", "that will", "for a summit".

    Also the "and" of "resume ties and open embassies soon", not that of "with Peru and Chad", and
    "which", ", with further deals".
    """
    if token.tag_ in {"WDT", "WP"} or (token.lower_ == "with" and token.nbor(-1).text == ","):
        return True
    verb = token.pos_ in VERBS and token.dep_ != "amod"  # not the "coming" of "the coming months"
    if verb or token.lower_ in words("leads_off"):
        return True
    joined = token.dep_ == "cc" and token.i + 1 < len(token.doc)
    return joined and token.nbor().pos_ not in {"PROPN", "NOUN", "DET", "PRON", "NUM"}


def is_asked_for(verb: Token, head: Token) -> bool:
    """Tell "proposed that it break with China" from "said that it broke with China".

    So what "the list of demands includes".
    """
    listed = _is_of_demands(head)
    asked = listed or head.lemma_.lower() in words("asked_that")
    bare = verb.tag_ in {"VB", "VBP", "VBZ"} or any(c.lower_ == "be" for c in verb.children)
    sure = listed or head.lemma_ in words("demanded")
    bare = bare or (sure and verb.lower_ == verb.lemma_.lower())
    return asked and bare and not is_negated(head)


def _is_of_demands(head: Token) -> bool:
    """Tell the verb of "the demands say that", "a list of conditions includes that"."""
    subject = next((c for c in head.children if c.dep_ == "nsubj" and c.i < head.i), None)
    told = subject.subtree if subject is not None and head.pos_ in VERBS else ()
    return any(t.tag_ == "NNS" and t.lemma_.lower() in words("demand_noun") for t in told)


def bargain(token: Token) -> UpgradeStatus | None:
    """Return the status of what is done "in return for" something else, None where nothing is.

    "Got arms in exchange for restoring ties" did both; "wants arms in return for" offers them.
    """
    nodes = [token, *islice(token.ancestors, _BARGAIN_REACH)]
    prep = next(
        (n for n in nodes if n.lower_ == "for" and n.head.lower_ in words("in_barter")), None
    )
    if prep is None or prep.head.head.lower_ != "in":
        return None
    for node in islice(prep.head.ancestors, _BARGAIN_REACH):
        lemma = node.lemma_.lower()
        if any(lemma in words(name) for name in ("proposed", "wished", "minded")):
            return "proposed"
        if node.pos_ in VERBS and tense_of(node) not in {"infinitive", "none"}:
            return "completed" if tense_of(node) == "past" else "proposed"
    return "proposed"


def is_dated_by_other(token: Token) -> bool:
    """Tell "condemned the decision to cut ties on Monday", the day of those who condemn it.

    Also "the plan to restore ties was unveiled in March", which says nothing of when they will.
    """
    noun = token.head
    if token.dep_ != "acl" or noun.pos_ != "NOUN":
        return False
    over = verb_above(noun)
    if over is None:
        return False
    lemma = noun.lemma_.lower()
    judged = noun.dep_ == "dobj" and over.lemma_.lower() in words("judges")
    if judged and lemma in words("step"):
        return True
    planned = lemma in words("attempt", "promise")
    told = over.lemma_.lower() in words("said", "made_known")
    return planned and told and noun.dep_ == "nsubjpass" and over == noun.head


__all__ = [
    "announcer",
    "bargain",
    "is_asked_for",
    "is_bid_backed",
    "is_dropped",
    "is_forced",
    "is_granted",
    "is_granted_by",
    "is_in_principle",
    "is_put_off",
    "is_refused",
    "is_set_going",
    "keeper",
]
