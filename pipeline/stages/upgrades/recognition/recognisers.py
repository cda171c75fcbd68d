"""Who recognises a state: "its recognition by Peru", "Peru's recognition of it"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verbs import verb_above
from pipeline.labels import OBJECTS, PREMODIFIERS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.dates.in_row import dated_in_row
from pipeline.stages.upgrades.dates.listed import dated_partners
from pipeline.stages.upgrades.parties.counted_states import states_meant
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.recognised_states import (
    is_won,
    promise_of,
    recognised_objects,
    won_by,
)
from pipeline.stages.upgrades.tables import words

#: How many sentences before its recognition a state's independence may be told of.
_TOLD_BACK = 3


def listed_before(reading: Reading, token: Token) -> list[str]:
    """Return the countries that a sentence lists before "the decisions to no longer recognise"."""
    start = reading.scene.sentence(token.i).start
    lists = [list(reading.parties.listed_from(i)) for i in range(start, token.i)]
    return max((found for found in lists if len(found) > 1), key=len, default=[])


def understood(reading: Reading, token: Token) -> list[str]:
    """Return the state of "announced its recognition", which was told of before."""
    given = _is_announced(token)
    of = any(child.lower_ == "of" for child in token.children)
    given = given or _is_followed(token)
    known = token.pos_ == "NOUN" and given and not of and reading.recognised
    if known:
        return [known]
    verb = won_by(token)
    if verb is not None:  # "Peru's minister said he had received promises of recognition"
        whose = reading.parties.owners(verb)
        return whose if len(whose) == 1 and is_country(whose[0]) else []
    return _thankful(reading, token) or _taken_up(reading, token) or _counted(reading, token)


def _counted(reading: Reading, token: Token) -> list[str]:
    """Return those of "Peru recognised the three republics", "their independence", told near by.

    Not of "recognised the three states for their work", which it thanked.
    """
    if any(c.lower_ == "for" for c in token.children):
        return []
    doers = reading.parties.owners(token)
    nouns = [n for o in recognised_objects(token) for n in (o, *_whose_statehood(o))]
    return next((c for n in nouns if (c := states_meant(reading.parties, n, doers))), [])


def _whose_statehood(noun: Token) -> list[Token]:
    """Return the "republics" of "the independence of the three republics"."""
    return prep_objects(noun, "of") if noun.lemma_.lower() in words("statehood") else []


def _taken_up(reading: Reading, token: Token) -> list[str]:
    """Return the Peru of "Peru declared independence in 1821. Chile recognised it".

    None where nothing told of its being a state ("the junta took power in Peru. Chile recognised
    it").
    """
    subject = reading.scene.subject(token) if token.pos_ == "VERB" else None
    objects = [n for n in recognised_objects(token) if _stands_for_state(n)]
    if _agents(token) and objects and objects[0] == subject:
        return _taken_up_subject(reading, token, objects[0])
    objects = [n for n in objects if n.i > token.i]
    if subject is None or not objects:
        return []
    doers = reading.parties.codes(subject.left_edge.i, subject.right_edge.i + 1)
    back = 1 if objects[0].lower_ == "it" else _TOLD_BACK
    code = _newly_state(reading, token, back)
    owner = next((c for c in objects[0].children if c.dep_ == "poss"), None)
    if code is None and owner is not None:
        code = next(iter(reading.parties.meant(owner, set(doers))), None)
    acting = doers or reading.parties.owners(token)
    if code is None and owner is None and (acting or reading.parties.is_unnamed_many(token)):
        code = reading.recognised  # "Chad has recognised Peru. Fiji recognised it in 2008"
    return [code] if code is not None and code not in acting else []


def _taken_up_subject(reading: Reading, token: Token, noun: Token) -> list[str]:
    """Return the Peru of "Chad recognised Peru. In 1822 it was recognised by Fiji", told of so."""
    told = reading.recognised or _newly_state(reading, token, _TOLD_BACK)
    plain = {c.dep_ for c in noun.children} <= {"det"}
    by = [c for a in _agents(token) for c in reading.parties.codes(a.i, a.right_edge.i + 1)]
    return [told] if told is not None and plain and told not in by else []


def joined_in(noun: Token) -> Token | None:
    """Return the "joined" of "Peru joined Chad in the recognition of it", else None."""
    prep = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj" or prep.lower_ != "in":
        return None
    over = prep.head if prep.head.pos_ in VERBS else verb_above(prep)
    joins = over is not None and over.lemma_.lower() in words("joins")
    return over if joins else None


def included(reading: Reading, token: Token) -> list[str]:
    """Return those of "others will join the list recognising it, including Peru and Chad"."""
    for i in range(token.i + 1, reading.scene.sentence(token.i).end - 1):
        if token.doc[i].lower_ in words("namely") and token.doc[i - 1].text == ",":
            return list(reading.parties.listed_from(i + 1))
    return []


def leaders_in_doing(reading: Reading, token: Token) -> list[str]:
    """Return those named of "joined ten others in recognising it, including Peru and Chad"."""
    prep = token.head
    over = prep.head if token.dep_ == "pcomp" and prep.lower_ == "in" else None
    if over is None or over.lemma_.lower() not in words("joins"):
        return []
    objects = (c for c in over.children if c.dep_ in OBJECTS and c.tag_ == "NNS")
    many = next((n for n in objects if n.lemma_.lower() in words("many_parties")), None)
    if many is None:
        return []
    return examples_of(reading.parties, many) or included(reading, token)


def led_and_leaders(reading: Reading, verb: Token) -> list[str]:
    """Return who joined others in a recognition, and whom they joined."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    heads = [node for child in objects for node in (child, *child.conjuncts)]
    met = [code for node in heads for code in reading.parties.codes(node.i, node.i + 1)]
    return list(dict.fromkeys([*reading.parties.owners(verb), *met]))


def _newly_state(reading: Reading, token: Token, back: int) -> str | None:
    """Return whose independence or recognition the sentences right before tell of last."""
    number = reading.scene.sentence_of[token.i]
    for sentence in reversed(reading.scene.sentences[max(0, number - back) : number]):
        for noun in reversed(sentence):
            if noun.lemma_.lower() in words("statehood", "recognition_noun"):
                found = _whose_state(reading, noun)
                if found:
                    return found[0]
    return None


def _whose_state(reading: Reading, noun: Token) -> list[str]:
    """Return the "Peru" of "Peru's independence", "Peru declared independence from Spain".

    Not the "Spain" of "Spain granted independence".
    """
    parts = [c for c in noun.children if c.dep_ == "poss" or c.lower_ == "of"]
    becomes = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("becomes_state")
    subject = reading.scene.subject(noun.head) if becomes and not parts else None
    parts = [subject] if subject is not None else parts
    codes = reading.parties.codes
    return [code for part in parts for code in codes(part.left_edge.i, part.right_edge.i + 1)]


def _thankful(reading: Reading, token: Token) -> list[str]:
    """Return the "Peru" of "Peru thanked Chad for recognising it", "its independence"."""
    over = token.head.head
    if token.dep_ != "pcomp" or token.head.lower_ != "for" or over.lemma_ != "thank":
        return []
    subject = reading.scene.subject(over)
    objects = [n for n in recognised_objects(token) if _stands_for_state(n)]
    if subject is None or not objects:
        return []
    return list(reading.parties.codes(subject.left_edge.i, subject.i + 1))[:1]


def _stands_for_state(noun: Token) -> bool:
    """Tell "it", "the country", "the country's independence"."""
    owners = [c.lemma_.lower() for c in noun.children if c.dep_ == "poss"]
    owned = noun.lemma_.lower() in words("statehood") and bool(owners)
    meant = owners if owned else [noun.lemma_.lower()]
    known = words("party_noun", "called_no_state") | {"it", "its", "their", "our"}
    return all(word in known for word in meant)


def recognisers(reading: Reading, token: Token) -> list[str]:
    """Return who recognises; of "the recognition by Peru" and "Peru's" those named there."""
    parts, codes = _owning(token) or _agents(token), reading.parties.codes
    if row := dated_in_row(reading, token):
        return list(row)
    if not parts:
        told = _describing(reading, token) if any(c.lower_ == "of" for c in token.children) else []
        return told or reading.parties.owners(token) or _describing(reading, token)
    found = [code for part in parts for code in codes(part.left_edge.i, part.right_edge.i + 1)]
    return list(dict.fromkeys([*found, *own_days(reading, token)]))


def own_days(reading: Reading, token: Token) -> dict[str, str]:
    """Return the dates of "was recognised by Peru in 2008, by Chile in 2009", by who did it.

    Empty where but one has a date.
    """
    by = next(iter(_agents(token)), None) or _won_from(token)
    if by is None:
        return dated_in_row(reading, token)
    partners = dated_partners(reading, by.i + 1, reading.scene.sentence(token.i).end)
    dated = {partner.code: partner.date for partner in partners}
    joined = partners and partners[0].start == by.i + 1 and len(dated) > 1
    return dated if joined else {}


def _describing(reading: Reading, noun: Token) -> list[str]:
    """Return the "American" of "the end of American recognition of Peru"."""
    told = [c for c in noun.children if c.dep_ in PREMODIFIERS and c.i < noun.i]
    return [code for c in told for code in reading.parties.codes(c.i, c.i + 1)]


def _owning(token: Token) -> list[Token]:
    if token.pos_ != "NOUN":
        return []
    won = won_by(token)
    promise = promise_of(token)
    by = {"by", "from"} if won is not None else {"by"}
    near = (*token.children, *won.children) if won is not None else tuple(token.children)
    near = (*near, *promise.children) if promise is not None else near
    parts = [c for c in near if c.dep_ == "poss" or c.lower_ in by]
    below = [c for n in prep_objects(token, "of") for c in n.children]
    parts += [c for c in below if c.lower_ == "by"]
    return [part for part in parts if part.lower_ not in words("its")]


def _agents(verb: Token) -> list[Token]:
    """Return the "by" of "A and B were recognised by Peru", wherever the parse hangs it."""
    described = verb.dep_ == "acl" and verb.tag_ == "VBN"  # "Peru, recognised by Chad in 1912"
    passive = described or any(c.dep_ == "nsubjpass" for c in verb.children)
    if verb.pos_ != "VERB" or not passive:
        return []
    return [t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i][:1]


def _won_from(noun: Token) -> Token | None:
    """Return the "from" of "won recognition from Peru in May and from Chad in June"."""
    if noun.pos_ != "NOUN" or not is_won(noun):
        return None
    return next((t for t in noun.doc[noun.i : noun.sent.end] if t.lower_ == "from"), None)


def is_given(noun: Token) -> bool:
    """Tell "Peru's recognition of Chad", "granted it recognition", from "its stand on recognition".

    Where nobody gives it, what stands over it has to say that it is made or wanted.
    """
    backed = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("backs")
    return backed or has_owner(noun) or _is_announced(noun) or is_won(noun)


def _is_followed(noun: Token) -> bool:
    """Tell the "recognition" of "Following Peru's public recognition last week"."""
    owned = any(c.dep_ == "poss" for c in noun.children)
    return owned and noun.dep_ == "pobj" and noun.head.lower_ in told_words("after_which")


def _is_announced(noun: Token) -> bool:
    """Tell the "recognition" of "announced its recognition", "extended recognition to Peru"."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("announce")


def has_owner(token: Token) -> bool:
    """Tell "Peru's recognition of Chile" from "recognition of Chile"."""
    return bool(_owning(token))


__all__ = [
    "has_owner",
    "included",
    "is_given",
    "joined_in",
    "leaders_in_doing",
    "led_and_leaders",
    "listed_before",
    "own_days",
    "recognisers",
    "understood",
]
