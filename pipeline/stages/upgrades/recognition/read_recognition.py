"""States recognised: "recognised the State of Palestine", "its recognition by Peru"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.upgrade import Change, UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import ADNOMINAL, OBJECTS, PRESENT, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.done_so import done_so
from pipeline.stages.upgrades.dates.page_day import is_given
from pipeline.stages.upgrades.each_doer import each_doer
from pipeline.stages.upgrades.guards import is_remembered, names_body
from pipeline.stages.upgrades.outcome.status import is_meant, status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.ended import (
    granted_then,
    is_decided,
    is_ended,
    status_of_end,
    taken_back,
    unmaker,
)
from pipeline.stages.upgrades.recognition.in_favour import is_taken_for
from pipeline.stages.upgrades.recognition.recognised_by_others import (
    is_by_others,
    is_of_old,
    is_of_states,
    is_only_recalled,
)
from pipeline.stages.upgrades.recognition.recognised_states import (
    all_recognised,
    is_sought,
    is_won,
    names_no_state,
    promise_of,
    recognised_objects,
)
from pipeline.stages.upgrades.recognition.recognisers import (
    has_owner,
    included,
    joined_in,
    leaders_in_doing,
    led_and_leaders,
    listed_before,
    recognisers,
    understood,
)
from pipeline.stages.upgrades.recognition.sought import asked_recognition
from pipeline.stages.upgrades.tables import Trigger, words

#: How many words before it what a movement is asked for besides may stand.
_LISTED = 8
#: Each other's are two.
_TWO = 2


def read_recognition(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "recognised the State of Palestine": a country is the object itself."""
    if _is_mutual(token):
        yield from _of_each_other(reading, token, trigger)
        return
    if _is_taken_back(token) or _is_as_other(token) or is_of_old(token) or _is_of_one(token):
        return
    if is_taken_for(token):
        return  # read with the ties that are cut for it
    joined = joined_in(token)
    if joined is None and not has_owner(token) and is_by_others(token):
        return
    asked, asking = asked_recognition(reading, token)
    codes = all_recognised(reading.scene, token) or asking or understood(reading, token)
    disputed = words("recognised_late").issuperset(codes)
    if names_no_state(token) or (token.lemma_ in words("acknowledges") and not disputed):
        return
    joining = _joining(token)
    if joining is not None and codes:
        yield from _by_joining(reading, joining, token, trigger, codes)
        return
    if not codes or _is_asked_of_others(reading.scene, token):
        return
    if _only_stands(token) or _stands_by_now(reading, token):
        reading.recognised = codes[0]
        if reading.parties.is_unnamed_many(token) and not is_ended(token):
            yield from _by_unnamed(token, trigger, codes[0], "completed")
        return
    if is_remembered(reading.scene, token) and not reading.is_dated_behind(token, None):
        return
    ended = is_ended(token)
    status = status_of(reading.scene, token) if not ended else status_of_end(reading, token)
    status = "proposed" if asked or is_sought(token) else status
    if status is None:
        return
    if is_meant(token) or promise_of(token) is not None:
        status = "planned"
    described = _in_description(reading, token)
    acting = (owner for owner in asked or recognisers(reading, token) if owner not in described)
    owners = [owner for owner in acting if owner not in codes]
    leads: set[str] = set()
    if joined is None:
        leads = set(leaders_in_doing(reading, token)) - set(codes)
        owners += sorted(leads - set(owners))
    else:
        leads = set(led_and_leaders(reading, joined)) - set(reading.parties.owners(joined))
        owners = [owner for owner in led_and_leaders(reading, joined) if owner not in codes]
    if is_decided(token) or (ended and not owners):
        owners = [code for code in listed_before(reading, token) if code not in codes] or owners
    if not owners and (_tells_of_noun(token) or is_won(token)):
        return
    if token.dep_ == "acl" and token.tag_ == "VBN" and not reading.date(token):
        return  # "Peru, recognised by Chad and Togo" only tells what stands
    many = reading.parties.is_unnamed_many(token) or _is_by_body(reading.scene, token)
    many = many or is_of_states(token) or bool(described)
    if not owners and not has_owner(token) and not many:
        other = reading.parties.other(token.i, set(codes))
        owners = [other] if other and is_country(other) else []
    reading.recognised = codes[0]
    if not owners and many and not ended:
        yield from _by_unnamed(token, trigger, codes[0], status)
    given = granted_then(reading, token) if ended else None
    for code in codes:
        change: Change = "severance" if ended else "establishment"
        told = each_doer(reading, token, trigger, owners, code, token.text, status, change)
        if given is not None:
            over = unmaker(token)
            day = reading.date(over) if over is not None else None
            told = taken_back(list(told), given, day if day != given else None)
        # "joined Chad in the recognition of it in 2010": Chad did it before
        yield from (replace(c, date=None) if leads & set(c.owners) else c for c in told)


def _by_unnamed(
    token: Token, trigger: Trigger, code: str, status: UpgradeStatus
) -> Iterator[Candidate]:
    """Yield what "several states recognised it" tells, for "Peru and Chad have done so" behind."""
    yield Candidate(
        rule=trigger.id,
        at=token.i,
        parties=frozenset({code}),
        level="recognition",
        level_text=token.text,
        change="establishment",
        status=status,
        date=None,
        score=trigger.score,
    )


def _joining(token: Token) -> Token | None:
    """Return the "joined" of "joined over 150 states that recognise it", "the list recognising"."""
    noun = token.head
    if token.dep_ not in ADNOMINAL or (token.dep_ == "acl" and token.tag_ != "VBG"):
        return None
    listed = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    many = noun.lemma_.lower() in words("many_parties") or noun == listed
    of_list = listed.lemma_.lower() in words("list_of")
    whole = listed if of_list else noun
    over = whole.head
    joins = many and whole.dep_ == "dobj" and over.lemma_.lower() in words("joins")
    joins = joins and (of_list or noun.lemma_.lower() in words("many_parties"))
    return over if joins and tense_of(over) != "none" else None


def _by_joining(
    reading: Reading, verb: Token, token: Token, trigger: Trigger, codes: Sequence[str]
) -> Iterator[Candidate]:
    """Yield the recognition by those who join the states that recognise one."""
    status = status_of(reading.scene, verb)
    owners = [owner for owner in reading.parties.owners(verb) if owner not in codes]
    owners = owners or [code for code in included(reading, token) if code not in codes]
    for code in codes if status is not None else ():
        assert status is not None
        yield from each_doer(reading, verb, trigger, owners, code, token.text, status)


def _is_taken_back(token: Token) -> bool:
    """Tell "revoked its recognition of Peru", "the withdrawal of its recognition"."""
    over = token.head.head if token.head.lower_ == "of" else token.head
    taken = words("taken_back", "taking_back")
    back = any(
        child.lower_ == "back" and child.dep_ in {"prt", "advmod"} for child in over.children
    )
    if is_only_recalled(token):
        return False
    return token.pos_ == "NOUN" and (back or over.lemma_.lower() in taken)


def _is_as_other(token: Token) -> bool:
    """Tell "recognised Peru as a leader in fishing" from "as a sovereign state", "as of May".

    "Recognises Beijing as the government of China" tells what stands.
    """
    near = (*token.children, *(c for node in recognised_objects(token) for c in node.children))
    named = [node for c in near if c.lower_ == "as" and c.i > token.i for node in c.children]
    named = [node for node in named if not _is_reason(node)]
    instead = any(c.lower_ == "instead" for c in token.children)
    instead = instead or (token.dep_ == "conj" and is_ended(token.head))
    if any(n.lemma_ == "government" for n in named) and tense_of(token) == "present":
        return not instead
    return bool(named) and not any(_is_statehood(n) for n in named)


def _is_of_one(token: Token) -> bool:
    """Tell "recognises only one China", "the one China", which is a stand and no step."""
    return any(c.lower_ == "one" for n in recognised_objects(token) for c in n.children)


def _is_statehood(noun: Token) -> bool:
    """Tell "a state", "an independent country" from "an aspirant country"."""
    if noun.lemma_.lower() not in words("recognised_as"):
        return False
    told = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound"}}
    return not told & words("kind_of_no_state")


def _is_by_body(scene: Scene, token: Token) -> bool:
    """Tell "the football federation recognised Peru": no state does, named elsewhere or not.

    Nor does "a member of the public".
    """
    subject = scene.subject(token) if token.pos_ == "VERB" else None
    if subject is None:
        return False
    named = any(r.kind == "organization" for r in scene.at(subject.i))
    of = prep_objects(subject, "of")
    nobody = any(n.lemma_.lower() in words("no_recogniser") for n in (subject, *of))
    return named or nobody or names_body(scene, subject)


def _is_reason(noun: Token) -> bool:
    """Tell "recognised Peru as part of a deal", "as a gesture", from "as part of Chile".

    Also from "as an inalienable part of Chilean territory". So the "of" of "as of May" is none.
    """
    of = prep_objects(noun, "of")
    land = any(n.pos_ == "PROPN" or n.lemma_.lower() in words("land") for n in of)
    return noun.lower_ == "of" or (noun.lemma_.lower() in words("as_part_of") and not land)


def _tells_of_noun(token: Token) -> bool:
    """Tell the clause of "Peru, which was recognised in 1821", "Peru, recognised by Chad"."""
    participle = token.dep_ == "acl" and token.tag_ == "VBN"
    return token.pos_ == "VERB" and (participle or recognised_objects(token) == [token.head])


def _is_mutual(token: Token) -> bool:
    """Tell "recognised each other", "agreed on mutual recognition"."""
    if token.pos_ == "NOUN":
        return any(child.lower_ in words("of_each_other") for child in token.children)
    objects = [child for child in token.children if child.dep_ in OBJECTS]
    pairs = {("each", "other"), ("one", "another")}
    return any((node.nbor(-1).lower_, node.lower_) in pairs for node in objects if node.i)


def _of_each_other(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read two states that recognise each other, which is one step of both."""
    owners = list(dict.fromkeys(reading.parties.owners(token)))
    status = status_of(reading.scene, token)
    if len(owners) == _TWO and status is not None:
        yield Candidate(
            rule=trigger.id,
            at=token.i,
            parties=frozenset(owners),
            level="recognition",
            level_text=token.text,
            change="establishment",
            status=status,
            date=reading.date(token),
            score=trigger.score,
        )


def _only_stands(token: Token) -> bool:
    """Tell "states that recognise Taipei", "recognising it is no taboo", which tell no change.

    Not "the only state that recognises it, having done so in 2010".
    """
    if done_so(token) is not None:
        return False
    if token.dep_ == "csubj" or _is_one_of_few(token) or _is_kept_up(token):
        return True
    if token.dep_ == "acl" and token.tag_ == "VBG" and tense_of(token) == "none":
        return not (_is_issued(token.head) or unmaker(token) is not None)
    if any(_is_of_the_few(child) for child in token.children):
        return tense_of(token) in {"present", "none"}
    if any(_is_counted(child) for child in token.children):
        return tense_of(token) in {"present", "none"}
    if token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children):
        return tense_of(token) == "present"
    if token.dep_ == "advcl" and any(c.lower_ in words("contrast") for c in token.children):
        return tense_of(token) == "present"
    return token.dep_ == "relcl" and tense_of(token) == "present"


def _in_description(reading: Reading, token: Token) -> set[str]:
    """Return the "US" of "some 100 states, mainly those that have ties to the US, recognised it".

    Who is named in a clause about states that are only counted is none of them.
    """
    subject = reading.scene.subject(token) if token.pos_ == "VERB" else None
    if subject is None or not _is_counted(subject):
        return set()
    clauses = (node for node in subject.subtree if node.dep_ == "relcl" and node.i > subject.i)
    spans = ((clause.left_edge.i, clause.right_edge.i + 1) for clause in clauses)
    return {code for start, end in spans for code in reading.parties.codes(start, end)}


def _is_kept_up(token: Token) -> bool:
    """Tell "vowed to continue recognising it", "will keep its recognition", which are no change."""
    over = token.head
    held = token.dep_ == "dobj" if token.pos_ == "NOUN" else token.dep_ in {"xcomp", "pcomp"}
    return held and over.lemma_.lower() in words("keeps_on") and not is_negated(over)


def _is_issued(paper: Token) -> bool:
    """Tell "signed a decree recognising it", which recognises it, from "states recognising it"."""
    issued = paper.dep_ in UNDERGONE
    issued = issued and paper.lemma_.lower() in words("document", "paper_of_state", "decided")
    return issued and paper.head.lemma_.lower() in words("signs")


def _is_of_the_few(subject: Token) -> bool:
    """Tell the subject of "only Peru officially recognises it", as it does all along.

    Not of "only Peru recognised it at once".
    """
    near = {c.lower_ for c in subject.children if c.i < subject.i}
    before = (
        subject.doc[subject.left_edge.i - 1] if subject.left_edge.i > subject.sent.start else None
    )
    near |= {before.lower_} if before is not None and before.pos_ == "ADV" else set()
    return subject.dep_ == "nsubj" and bool(near & words("of_the_few"))


def _is_one_of_few(verb: Token) -> bool:
    """Tell "Peru was one of a few states to recognise it", "is among the states to", which did.

    Not "one of the few to recognise it in 2010", which dates it.
    """
    dated = any(n.ent_type_ == "DATE" for c in verb.children for n in c.children)
    if tense_of(verb) != "infinitive" or dated:
        return False
    for token in verb.doc[verb.sent.start : verb.i]:
        counted = token.lower_ == "one" and token.dep_ == "attr"
        if (counted or token.lower_ == "among") and token.head.lemma_ == "be":
            between = verb.doc[token.i : verb.i]
            told = any(t.pos_ in VERBS for t in between)
            return not told and not {t.lower_ for t in between} & words("order")
    return False


def _stands_by_now(reading: Reading, token: Token) -> bool:
    """Tell "Peru and Chile recognise it and keep relations with it", told behind the opening.

    In a title or the first sentence, of a day, "formally" or quoted it may be the news.
    """
    if any(c.lower_ in words("as_it_stands") for c in token.children):
        return tense_of(token) in {"present", "infinitive", "none"}
    if token.tag_ not in PRESENT or tense_of(token) != "present" or is_given(reading.scene, token):
        return False
    scene = reading.scene
    body = [
        s for s in scene.sentences if s.start_char >= scene.article.body_start and s.text.strip()
    ]
    opening = body[:1] and token.i < body[0].end
    return not opening and not reading.date(token)


def _is_counted(subject: Token) -> bool:
    """Tell the subject of "only 12 states, Peru among them, recognise it"."""
    counts = [c for c in subject.children if c.dep_ == "nummod" or c.lower_ in words("quantity")]
    return subject.dep_ == "nsubj" and bool(counts)


def _is_asked_of_others(scene: Scene, token: Token) -> bool:
    """Tell "demanded that Hamas lay down arms and recognise Israel": a movement is no state.

    Nor is who is to "renounce violence and recognise it"; "Peru renounced its claim and recognised
    it" is of a state.
    """
    verb = token
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and scene.subject(verb) is None:
        verb = verb.head
    over = [node for node in token.ancestors if node.lemma_.lower() in words("unmet")]
    before = token.doc[max(token.sent.start, token.i - _LISTED) : token.i]
    if tense_of(token) != "past":
        forsworn = [node for node in before if node.lemma_.lower() in words("forswears")]
        own = [c.i for c in token.children if c.dep_ == "nsubj"]
        over += [node for node in forsworn if all(i < node.i for i in own)]
    subject = scene.subject(verb) if token.pos_ == "VERB" else None
    subject = subject or next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    named = subject is not None and subject.lower_ in words("movement")
    kind = subject is not None and subject.lemma_.lower() in words("movement")
    return named or kind or bool(over)


__all__ = ["read_recognition"]
