"""Events told by what is done there: an oath is taken, the dead are buried, a day is kept.

"Peru's president takes office on Monday", "Peru lays its late president to rest", "Peru marks 60
years of independence" each tell of an event with guests, though they name none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.beside_news import is_guessed_beside
from pipeline.discourse.of_token import once_a_token
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set

#: How far behind an oath's verb the office may stand that is taken, in tokens.
_OATH_REACH = 9
#: How a clause depends that says what one has done otherwise: "X, who took office in May, said".
_ASIDE = frozenset({"relcl", "acl", "advcl", "pcomp"})
#: Rites, each with the nouns by which it is called.
_RITES = ("of_a_funeral", "of_an_oath", "of_a_coronation", "of_a_wedding")


def occasion_of(verb: Token) -> frozenset[str]:
    """Return what an event is called that a verb tells by what is done, if it tells of one.

    "Was buried", "will open an office", "takes office", "marks its independence day" fire; "buried
    its differences", "marks its words" do not.
    """
    return _occasion_of(verb) if verb.pos_ in VERBS else frozenset()


def names_beside(name: str) -> frozenset[str]:
    """Return by what other nouns a funeral, an oath, a crowning, a wedding is called.

    "The burial" of one sentence is "the funeral" of the next; "a ceremony" may be any.
    """
    if name in word_set("nameless_event"):
        return frozenset()
    rites = (word_set(rite) for rite in _RITES)
    return frozenset().union(*(names for names in rites if name in names))


@once_a_token
def _occasion_of(verb: Token) -> frozenset[str]:
    lemma = verb.lemma_.lower()
    if _is_burial(verb):
        return word_set("of_a_funeral")
    if lemma in word_set("crowns") and verb.tag_ == "VBN":
        oath = word_set("of_an_oath") if lemma in word_set("installs") else frozenset()
        return word_set("of_a_coronation") | oath
    if _is_day_kept(verb):
        return word_set("of_a_day_kept")
    done_to = _done_to(verb)
    if lemma == "inaugurate" and done_to is not None and _is_of_head(done_to):
        return word_set("of_an_oath")  # "Peru inaugurated Ana Reyes on Monday"
    if _is_sworn_in(verb):
        return word_set("of_an_oath")
    if _marries(verb):
        return word_set("of_a_wedding")
    if lemma == "swear" and verb.tag_ == "VBN" and verb.dep_ not in {"acl", "amod"}:
        return word_set("of_an_oath")
    if oath_of(verb) is not None or _takes_office(verb):
        return word_set("of_an_oath")  # "will take the oath of office on Monday"
    if lemma == "sign" and done_to is not None and done_to.dep_ == "nsubjpass":
        pact = done_to.lemma_.lower() in word_set("signed_pact")
        return word_set("of_a_signing") if pact else frozenset()
    house = done_to is not None and done_to.lemma_.lower() in word_set("opened_house")
    return word_set("of_an_opening") if house and lemma in word_set("opens_house") else frozenset()


def is_of_rite(verb: Token) -> bool:
    """Tell an oath, a burial, a crowning or a day kept from a house opened and a pact signed."""
    return bool(occasion_of(verb) - word_set("of_an_opening", "of_a_signing"))


def oath_of(verb: Token) -> Token | None:
    """Return the oath of "X will take the oath of office", by which one is sworn in."""
    if verb.lemma_ != "take":
        return None
    taken = (c for c in verb.children if c.dep_ in UNDERGONE)
    return next((c for c in taken if c.lemma_.lower() in word_set("oath_taken")), None)


def land_of_occasion(scene: Scene, token: Token) -> Spot | None:
    """Return the country whose event a verb, or the noun of an oath, tells by what is done.

    "Peru's president was sworn in", "took the oath as leader of Peru", "Peru buried its late
    king", "Peru marks its independence day" are held in Peru.
    """
    verb = token.head if token.lemma_.lower() in word_set("oath_taken") else token
    told = occasion_of(verb)
    oath = oath_of(verb) is not None or _takes_office(verb)
    if not told and token.lemma_.lower() not in word_set("oath_verb"):
        return None
    if told == word_set("of_a_signing"):
        return None  # the place alone tells where
    if told == word_set("of_an_opening"):
        return _of_doer(scene, verb) if _is_own_house(scene, verb) else None
    for at in _whose(scene, verb, active=oath):
        for reference in _beginning_at(scene, at):
            held = reference.kind in PERSONAL_KINDS and not reference.plural
            held = held and (not oath or _holds_office(reference))
            held = held and not is_guessed_beside(scene, reference)
            if held and reference.country and is_country(reference.country):
                return _spot(scene, reference)
    if oath:
        return _of_election(scene, verb)
    return _of_doer(scene, verb) if told else None


def _is_own_house(scene: Scene, verb: Token) -> bool:
    """Tell "Peru opens its largest dam" from "Peru opens its embassy in Lima"."""
    house = _done_to(verb)
    if house is None or house.lemma_.lower() in word_set("house_abroad"):
        return False
    own = any(c.dep_ == "poss" for c in house.children)
    return own and not any(
        scene.spots(prep.i + 1) for prep in verb.subtree if prep.lower_ in {"in", "at", "to"}
    )


def _whose(scene: Scene, verb: Token, *, active: bool) -> Iterator[int]:
    """Yield where those are named whom an oath or a burial is of: its subject, the office taken."""
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            yield from (child.i, child.left_edge.i)
            yield from (c.i for c in child.children if c.dep_ == "appos")
    if (active or _marries(verb)) and (taker := scene.subject(verb)) is not None:
        yield taker.i
        yield from (c.i for c in taker.children if c.dep_ == "appos")
    for child in verb.subtree:
        if child.lower_ == "as" and 0 < child.i - verb.i <= _OATH_REACH:
            yield child.i + 1
            yield from (c.i for c in child.children if c.dep_ == "pobj")
    behind = verb.doc[verb.i + 1 : min(verb.i + _OATH_REACH, scene.sentence(verb.i).end)]
    yield from (t.i + 1 for t in behind if t.lower_ == "as" and t.i + 1 < len(verb.doc))
    if (done_to := _done_to(verb)) is not None and done_to.dep_ != "nsubjpass":
        yield done_to.i


def _of_election(scene: Scene, verb: Token) -> Spot | None:
    """Return Peru of "X, who won the Peruvian election, will take the oath of office"."""
    taker = scene.subject(verb)
    if taker is None:
        return None
    clauses = (c for c in taker.children if c.dep_ == "relcl")
    told = [t for c in clauses for t in c.subtree]
    if not any(t.lemma_.lower() in word_set("office_won") for t in told):
        return None
    lands = {r.country: r for t in told for r in scene.at(t.i) if r.kind == "country"}
    if len(lands) != 1 or not is_country(next(iter(lands)) or ""):
        return None
    return _spot(scene, next(iter(lands.values())))


def _of_doer(scene: Scene, verb: Token) -> Spot | None:
    """Return Peru of "Peru buries its late king", "Peru's independence was celebrated".

    Not of "They marked the anniversary of Peru's invasion", which is kept by those who suffered it.
    """
    done_to = _done_to(verb)
    owners = [c for c in (done_to.subtree if done_to is not None else ()) if c.dep_ == "poss"]
    owners = [o for o in owners if o.head.lemma_.lower() not in words("matter")]
    named = [o for o in owners if any(r.kind == "country" for r in scene.at(o.i))]
    doers = named or [c for c in verb.children if c.dep_ == "nsubj"]
    for doer in doers:
        for reference in (r for i in (doer.i, doer.left_edge.i) for r in scene.at(i)):
            land = reference.kind in LAND_KINDS and reference.form != "adjective"
            led = reference.kind in PERSONAL_KINDS and not reference.plural
            if (land or led) and is_country(reference.country or ""):
                return _spot(scene, reference)
    return None


def _spot(scene: Scene, reference: Reference) -> Spot:
    start, end = scene.bounds(reference)
    place = reference.place if reference.kind == "place" else None
    return Spot(reference.country or "", place, reference, start, end)


def _done_to(verb: Token) -> Token | None:
    """Return whom or what something is done to: the object, or the subject of a passive.

    Of "swears in its president", "bids farewell to its late king" it is the president, the king.
    """
    lemma, prep = verb.lemma_.lower(), None
    if lemma == "swear":
        prep = next((c for c in verb.children if c.lower_ == "in"), None)
    elif _bids_farewell(verb):
        prep = next((c for c in verb.children if c.lower_ == "to"), None)
    under = [c for c in prep.children if c.dep_ == "pobj"] if prep is not None else []
    if under:
        return under[0]
    return next((c for c in verb.children if c.dep_ in UNDERGONE), None)


def _is_burial(verb: Token) -> bool:
    """Tell "was buried", "buried its late king", "laid to rest" from "buried its differences"."""
    if verb.lemma_.lower() in word_set("buries"):
        dead = (c for c in verb.children if c.dep_ in OBJECTS)
        return verb.tag_ == "VBN" or any(map(_is_of_head, dead))
    if _bids_farewell(verb):
        return (done_to := _done_to(verb)) is not None and _is_dead(done_to)
    if verb.lower_ not in word_set("<lay>"):
        return False
    rest = next((c for c in verb.children if c.lemma_ == "rest"), None)
    under = prep_objects(verb, "to")
    rest = rest or next((c for c in under if c.lower_ == "rest"), None)
    if rest is None:
        return False
    done_to = _done_to(verb) or _done_to(rest)
    return done_to is not None and _is_of_head(done_to)


def _bids_farewell(verb: Token) -> bool:
    """Tell "bids farewell to its late king"."""
    farewell = word_set("last_farewell")
    return any(c.lower_ in farewell for c in verb.children)


def _is_dead(token: Token) -> bool:
    """Tell the "late president" to whom a land bids farewell from an envoy who leaves."""
    gone = any(t.lower_ in word_set("gone_head") for t in token.subtree if t.i < token.i)
    return gone and _is_of_head(token)


def _is_sworn_in(verb: Token) -> bool:
    """Tell "Peru swears in its new president" from "he swears in public"."""
    if verb.lemma_.lower() != "swear" or verb.dep_ in _ASIDE:
        return False
    done_to = _done_to(verb)
    return done_to is not None and done_to.head.lower_ == "in" and _is_of_head(done_to)


def _marries(verb: Token) -> bool:
    """Tell "Peru's crown prince will marry in Lima" from "she married a baker"."""
    if verb.lemma_.lower() not in word_set("marries") or verb.dep_ in _ASIDE:
        return False
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS)
    return any(c.lemma_.lower() in word_set("of_a_throne") for c in subjects)


def _is_of_head(token: Token) -> bool:
    """Tell the "president" of "Peru was to bury its late president", and a person's name."""
    named = (token, *(c for c in token.children if c.dep_ == "appos"))
    if any(each.ent_type_ == "PERSON" for each in named):
        return True
    return token.lemma_.lower() in word_set("late_head") or token.lower_ == "elect"


def _takes_office(verb: Token) -> bool:
    """Tell "X takes office as president on Monday", not "X, who took office in May, said"."""
    if verb.lemma_ not in word_set("takes_office") or verb.dep_ in _ASIDE:
        return False
    taken = [c for c in verb.children if c.dep_ in OBJECTS]
    if any(c.lemma_.lower() in word_set("office_taken") for c in taken):
        return True
    term = any(c.lower_ == "term" for c in taken)
    return term and verb.lemma_ in word_set("begins_event")


def _is_day_kept(verb: Token) -> bool:
    """Tell "marks 60 years of independence", "its National Day was celebrated", "turns 60".

    Not "marks 60 years of ties", whose day two countries may keep apart.
    """
    if verb.lemma_ == "turn" and any(
        c.dep_ == "nsubj" and c.ent_type_ == "GPE" for c in verb.children
    ):
        return any(c.tag_ == "CD" and c.i == verb.i + 1 for c in verb.children)
    if verb.lemma_.lower() not in word_set("keeps_day") or verb.dep_ == "acl":
        return False
    for child in verb.children:
        if child.dep_ not in {*UNDERGONE, "npadvmod"}:
            continue
        said = {t.lemma_.lower() for t in child.subtree}
        if said & word_set("no_day_kept"):
            return False
        of_state = child.lemma_.lower() == "day" and {t.lower_ for t in child.subtree} & word_set(
            "day_of_state"
        )
        if of_state or said & word_set("day_kept"):
            return True
    return False


def _holds_office(reference: Reference) -> bool:
    """Tell a president, premier or king from a judge or player who takes an oath."""
    return not reference.guessed and reference.role_kind in words("crowned", "leads_land")


def _beginning_at(scene: Scene, i: int) -> Sequence[Reference]:
    """Return who is named at token `i`, or behind an article there."""
    return scene.at(i) or (scene.at(i + 1) if i + 1 < len(scene.doc) else ())


__all__ = ["is_of_rite", "land_of_occasion", "names_beside", "oath_of", "occasion_of"]
