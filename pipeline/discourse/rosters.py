"""Lists of actors by position: "A of Peru, B of Mali and C", whatever the parse lets head them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from models.entity import ACTOR_KINDS, LAND_KINDS, PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.entries import LAST, EntryReader
from pipeline.discourse.groups import Actor
from pipeline.discourse.tables import words
from pipeline.headings import is_unended
from pipeline.labels import ANY_SUBJECTS, TIMES, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.reference.places import seat_of
from pipeline.signs import ANY_LIST_JOINTS, GENITIVES

#: Parts of a clause by which one is no subject of it.
_OBJECTS = frozenset({"pobj", "dobj", "obj", "iobj", "dative", "attr", "agent", "oprd", "pcomp"})
#: What heads a name from within its list.
_INNER = frozenset({"conj", "appos", "compound", "nmod", "flat"})
_TOLD = frozenset({"VBD", "VBZ"})
#: What the "Hon." before a name is to it.
_STYLES = frozenset({"compound", "nmod"})
#: What opens a clause that tells more of one of a list, and how long it may be, in tokens.
_RELATIVES = frozenset({"who", "whose"})
_CLAUSE_REACH = 18
#: How many tokens before a joint an entry may begin that ends there.
_ENTRY_REACH = 16
#: How many tokens before a land the semicolon stands behind which it begins an entry: "; and the".
_BEFORE_LAND = 3


def is_apposed(person: Reference, office: Reference) -> bool:
    """Tell a further office of "X, Deputy Prime Minister and Minister of Defence": no article.

    So that of "former president X of Peru, UN Special Envoy"; a body's head is another.
    """
    if person.kind != "person" or office.kind != "office" or office.plural:
        return False
    told = office.text.split()
    bare = told[0].lower() not in words("article")
    of_body = not is_country(office.country or "") and office.role_kind != "head_of_organization"
    own = person.country in {office.country, None} or of_body
    return bare and any(word[:1].isupper() for word in told) and own


class RosterReader(EntryReader):
    """Reads the lists in which actors stand."""

    def _listed(self, actor: Actor) -> Iterator[Actor]:
        """Yield the actors that a list goes on with, by position ("A, the B and C")."""
        if actor.is_party or actor.reference.form == "pronoun":
            return
        at = self._behind_aside(self.entry_end(actor.reference))
        while at:
            joint = self._behind_company(at)
            apart = joint > at
            if not apart:
                joint = self._behind_joint(at)
            if joint == at or joint >= len(self.doc) or self.doc[joint].lower_ == "whose":
                return
            following = next(
                (
                    r
                    for r in self.at(joint)
                    if r.kind in ACTOR_KINDS and r.form != "pronoun" and self.bounds(r)[0] <= joint
                ),
                None,
            ) or self._titled(joint)
            following = following or self._of_country_at(joint, actor.reference)
            if following is not None and following.kind == "office" and following.plural:
                following = self._first_held(following) or following
            if following is None:
                return
            if apart and following.country in {actor.country, None}:
                return  # "X, along with his minister Y"
            at = self._behind_aside(self.entry_end(following))
            if self._starts_clause(following) or self._is_teller(joint, at):
                return
            if text_at(self.doc, at) in GENITIVES:
                # "X, Premier Y's envoy, and Z": Y only says whose envoy X is
                at = self._owned_end(at + 1)
                continue
            if not is_apposed(actor.reference, following):
                yield Actor(following, self.phrase_end(following) - 1)

    def _behind_aside(self, i: int) -> int:
        """Return the comma behind "who is also the bloc's chair" at token `i`, or `i` itself.

        So behind "accompanied by her husband", of "A of Peru accompanied by X, B of Chad and C".
        """
        at = i + (text_at(self.doc, i) == ",")
        opening = self.doc[at : at + 2]
        if len(opening) < 2:
            return i
        company = opening[0].lemma_ in words("accompanied") and opening[1].lower_ == "by"
        if not company and not (opening[0].lower_ == "who" and opening[1].lemma_ == "be"):
            return i
        stop = min(at + _CLAUSE_REACH, self.sentence(at).end)
        for token in self.doc[at:stop]:
            if token.text in {",", ";"} and not self._goes_on_about(at, token.i):
                return token.i
        return i

    def _goes_on_about(self, start: int, comma: int) -> bool:
        """Tell the comma of "accompanied by his wife, X", which is followed by who she is."""
        told = {r.actor for t in self.doc[start:comma] for r in self.at(t.i) if r.actor}
        return any(r.actor in told for t in self.doc[comma + 1 : comma + 2] for r in self.at(t.i))

    def _owned_end(self, i: int) -> int:
        """Return the end of the office that begins at token `i`, or 0 where none does."""
        for at in range(i, min(i + 4, len(self.doc))):
            ends = [self.bounds(r)[1] for r in self.at(at) if r.kind in PERSONAL_KINDS]
            if ends:
                return self._past_country(max(ends))
        return 0

    def _of_country_at(self, i: int, first: Reference) -> Reference | None:
        """Return Y of "the presidents of Chad, X, and Mali, Y" at its country, token `i`.

        So of "the president of Chad, X; Mali, Y; and Fiji, Z", whose entries semicolons part.
        """
        role = (first.role or "").split(" of ")[0].lower()
        i += word_at(self.doc, i) == "the"
        land = [r for r in self.at(i) if r.kind == "country" and r.form == "name"]
        parted = any(token.text == ";" for token in self.doc[max(0, i - _BEFORE_LAND) : i])
        if not land or not (role.endswith("s") or (role and parted)):
            return None
        behind = self.bounds(land[0])[1]
        if text_at(self.doc, behind) not in {",", "("}:
            return None
        own = {"role": first.role, "role_kind": first.role_kind, "country": land[0].country}
        named = self._titled(behind + 1)
        if named is None or named.country not in {None, land[0].country}:
            return None
        return named if named.role else named.model_copy(update=own)

    def _titled(self, i: int) -> Reference | None:
        """Return the person whose title starts at token `i`."""
        for at in range(i, min(i + 14, len(self.doc))):
            token = self.doc[at]
            ranked = token.dep_ == "amod"  # "newly appointed Chancellor X"
            if (token.pos_ in VERBS and not ranked) or token.text in {",", ".", ";"}:
                return None
            if token.dep_ == "mark":
                return None  # ", while Minister X stays at home"
            if (
                token.pos_ == "ADP"
                and token.tag_ != "RP"
                and not (self.at(at) or self.doc[at - 1].is_title)
            ):
                return None  # "a rival of Foreign Minister X"
            for reference in self.at(at):
                if reference.kind == "person" and reference.form != "pronoun":
                    return reference
        return None

    def _starts_clause(self, reference: Reference) -> bool:
        """Tell whether a listed actor is the subject of a further verb ("A left, and B stayed")."""
        start, end = self.bounds_of(reference)
        for token in self.doc[start:end]:
            if token.dep_ in ANY_SUBJECTS:
                before = [t for t in token.head.subtree if t.i < start and t.pos_ == "VERB"]
                return bool(before)
        return False

    def _is_teller(self, joint: int, end: int) -> bool:
        """Tell B of "will hold talks with A, B said", who is no part of the list.

        Nor is he in "with A, the minister, B, later told reporters"; "A and B said" are two.

        Args:
            joint: the token at which what stands behind the list's joint begins.
            end: the token behind it.
        """
        if self.doc[joint - 1].text != ",":
            return False
        stop = self.sentence(joint).end
        behind = (t for t in self.doc[end:stop] if t.text != "," and t.pos_ != "ADV")
        verb = next(behind, None)
        return verb is not None and verb.tag_ in _TOLD and verb.lemma_ in words("speech")

    def _listed_backwards(self, actor: Actor) -> Iterator[Actor]:
        """Yield B and A of "A of X, B and C attended" where the parse heads C, the last first."""
        reference = actor.reference
        if actor.is_party or reference.form == "pronoun":
            return
        if reference.plural and reference.kind != "office":
            return
        low = self.sentence(actor.token).start
        found: list[Actor] = []
        joined = False
        at = self._phrase_start(reference)
        while at > low + 1:
            joint = self._joint_before(at, low)
            joined = joined or self.doc[joint:at].text.lower().strip(" ,;") in LAST
            before = self._entry_ending_at(joint, low) if joint < at else None
            if before is None or self._is_object(before, actor):
                break
            if self._is_bidder(self.doc[self.bounds(before)[1] - 1]):
                break
            found.append(Actor(before, self.bounds(before)[1] - 1, 0.9))
            at = self._phrase_start(before)
        # "X, Y flew home" is no list
        listed = found and (joined or self._is_pair_of_line(actor, found))
        if listed or (found and any(True for _ in self._listed(actor))):
            yield from found

    def _is_pair_of_line(self, last: Actor, before: Sequence[Actor]) -> bool:
        """Tell the headline "Ruto, Boric meet in Lima" by its verb, not "Ruto, Boric says"."""
        behind = self.bounds(last.reference)[1]
        line = self.sentence(last.token)
        many = behind < line.end and self.doc[behind].tag_ == "VBP"
        opens = self._phrase_start(before[-1].reference) == line.start
        return many and opens and is_unended(line)

    def _behind_joint(self, i: int) -> int:
        """Return the token behind the ", and" that begins at token `i`, or `i`."""
        while i < len(self.doc) and (
            self.doc[i].lower_ in ANY_LIST_JOINTS or self.doc[i].text == ")"
        ):
            i += 1
        return i + 3 if self.doc[i : i + 3].text.lower() == "as well as" else i

    def _behind_company(self, i: int) -> int:
        """Return the token behind ", along with", ", plus" at token `i`, or `i`."""
        at = i + (text_at(self.doc, i) == ",")
        joints = words("joins_entry")
        length = next((n for n in (2, 1) if self.doc[at : at + n].text.lower() in joints), 0)
        return at + length if length else i

    def _first_held(self, office: Reference) -> Reference | None:
        """Return A of "presidents A of Peru and B of Mali", who stands right behind the plural."""
        end = self.bounds(office)[1]
        named = (r for r in self.at(end) if r.kind == "person" and r.role == office.role)
        return next((r for r in named if r.form == "name" and self.bounds(r)[0] == end), None)

    def _joint_before(self, i: int, low: int) -> int:
        """Return where the ", and" that ends before token `i` begins, or `i`."""
        while i > low and self.doc[i - 1].lower_ in ANY_LIST_JOINTS:
            i -= 1
        if self.doc[max(low, i - 3) : i].text.lower() == "as well as":
            i -= 3
            i -= i > low and self.doc[i - 1].text == ","
        return i

    def _entry_ending_at(self, end: int, low: int) -> Reference | None:
        """Return who an entry of a list that ends before token `end` is, a name or an office."""
        end = self._before_clause(end, low)
        for at in range(end - 1, max(low - 1, end - _ENTRY_REACH), -1):
            for reference in self.at(at):
                named = reference.kind == "person" and reference.form in {"name", "short"}
                if named and self.bounds(reference)[1] == at + 1:
                    return reference if self.entry_end(reference) == end else None
                held = reference.kind == "office" and reference.country and not reference.guessed
                if held and self.bounds(reference)[1] == end:
                    return reference
        return None

    def _before_clause(self, end: int, low: int) -> int:
        """Return where ", who took office in May" begins that ends before token `end`, or `end`."""
        for at in range(end - 1, max(low, end - _CLAUSE_REACH), -1):
            if self.doc[at].text in {",", ";"}:
                break
            if self.doc[at].lower_ in _RELATIVES and self.doc[at - 1].text == ",":
                return at - 1
        return end

    def _is_bidder(self, head: Token) -> bool:
        """Tell X of "At the request of X" at a sentence's head, whatever the parse makes of it.

        So X of "At the request of the minister of defence, X, a delegation came".
        """
        low = self.sentence(head.i).start
        named = next((r for r in self.at(head.i) if r.kind == "person" and r.form == "name"), None)
        before_name = self._styled_start(named) - 1 if named is not None else -1
        if self.doc[low].lower_ in words("in_place_of"):
            return self._is_first_told(head, low)
        for at in range(head.i - 1, low, -1):
            token = self.doc[at]
            if token.lower_ in {"of", "from", "by"} and self.doc[at - 1].lower_ in words("bidding"):
                return all(t.pos_ != "VERB" for t in self.doc[low:at])
            if token.pos_ in VERBS or (token.text in {",", ";"} and at != before_name):
                return False
        return False

    def _styled_start(self, named: Reference) -> int:
        """Return where "Hon. X" begins, the styles before a name included."""
        at = self.bounds(named)[0]
        while at > 1:
            style = at - 1 - (self.doc[at - 1].text == ".")
            if self.doc[style].dep_ not in _STYLES or not self.doc[style].text[:1].isupper():
                break
            at = style
        return at

    def _is_first_told(self, head: Token, low: int) -> bool:
        """Tell X of "Representing the premier, X, Y …": nobody else is told of before him."""
        own = {r.actor for r in self.at(head.i) if r.kind == "person"}
        before = self.doc[low : head.i]
        told = {r.actor for t in before for r in self.at(t.i) if r.kind in PERSONAL_KINDS}
        return bool(own) and told <= own and all(t.pos_ != "VERB" or t.i == low for t in before)

    def _is_object(self, reference: Reference, actor: Actor) -> bool:
        """Tell A of "after talks with A and B": not the subject that a later one is."""
        start, end = self.bounds(reference)
        opening = self._phrase_start(reference)
        if self.doc[opening - 1].text == "," and self._is_bidder(self.doc[opening - 2]):
            return False  # B of "At the invitation of A, B and C flew"
        node = self._entry_head(self.doc[start:end].root, reference)
        if node.dep_ not in _OBJECTS or self._is_further_one(node):
            return False
        other = self.doc[actor.token]
        if node.dep_ == other.dep_ and node.head == other.head:
            return False
        other = self._entry_head(other, actor.reference)
        same = self._verb_over(other) == self._verb_over(node) and self._verb_over(node) is not None
        if same and other.dep_ not in ANY_SUBJECTS and _is_of_all(self.doc[actor.token]):
            return False  # "met with President of Peru A and President of Mali B, who are here"
        # "On Monday A and B flew": the day is the preposition's object.
        dated = any(t.ent_type_ in TIMES for t in self.doc[node.head.i + 1 : start])
        return not (node.dep_ == "pobj" and dated)

    def _entry_head(self, node: Token, reference: Reference) -> Token:
        """Return what heads the entry of a list in which a person is named, and the list."""
        stop = self.sentence(node.i).end
        while node.head != node and node.head.i < stop:
            if node.dep_ in _INNER:
                node = node.head
            elif (owner := self._own_title(node, reference)) is not None:
                node = owner  # "the president of Peru, X": X is apposed to Peru by the parse
            else:
                break
        return node

    def _verb_over(self, node: Token) -> Token | None:
        """Return the verb before a noun whose object it is, also behind a preposition."""
        verb = node.head.head if node.dep_ == "pobj" else node.head
        return verb if verb.pos_ in VERBS and verb.i < node.i else None

    def _is_further_one(self, node: Token) -> bool:
        """Tell A of "In addition to A, B and C, D will attend", "Besides A, B came": all do it."""
        prep = node.head
        first = prep.head if prep.lower_ == "to" and prep.head.lower_ == "addition" else prep
        opens = {first.i, first.i - 1} & {self.sentence(node.i).start}
        return node.dep_ == "pobj" and bool(opens) and first.lower_ in words("besides")

    def _own_title(self, node: Token, reference: Reference) -> Token | None:
        """Return the president of "president of Peru" at its Peru, if a person's own title."""
        of = node.head
        if node.dep_ != "pobj" or of.lower_ != "of" or of.head == of:
            return None
        titled = [r for r in self.at(of.head.i) if r.actor and r.actor == reference.actor]
        return of.head if titled else None

    def _phrase_start(self, reference: Reference) -> int:
        """Return where "Peru's foreign minister, X" begins, title and country included."""
        at = self.bounds_of(reference)[0]
        low = self.sentence(at).start
        while at > low:
            before = self.doc[at - 1]
            owned = [r for r in self.at(at - 1) if r.actor and r.actor == reference.actor]
            owned = owned or [r for r in self.at(at - 1) if r.role_kind == "spouse" and not r.name]
            owned = owned or [r for r in self.at(at - 1) if self._owns_behind(r, at)]
            comma = before.text == "," and any(
                r.actor == reference.actor or r.role_kind == "spouse" for r in self.at(at - 2)
            )  # "his wife, the Duchess of Kent, X"
            titled = before.dep_ == "compound" and before.text[:1].isupper()
            if owned:
                at = min(self.bounds(r)[0] for r in owned)
            elif (titled_at := self._own_title_before(at, reference)) is not None:
                at = titled_at
            elif (land_at := self._own_land_before(at, reference)) is not None:
                return land_at
            elif (
                comma
                or before.text in GENITIVES
                or before.lower_ in words("article")
                or (titled and not self.at(at - 1))
            ):
                at -= 1
            else:
                break
        return at

    def _own_land_before(self, i: int, reference: Reference) -> int | None:
        """Return where "the Gambia," begins of "premiers of Peru, A, and the Gambia, B", B's."""
        told = self.at(i - 2) if self.doc[i - 1].text == "," and i > 1 else []
        land = [r for r in told if r.kind == "country" and r.form == "name"]
        if not land or land[0].country != reference.country or not reference.role:
            return None
        at = self.bounds(land[0])[0]
        at -= self.doc[at - 1].lower_ == "the"
        return at if at and self.doc[at - 1].lower_ in ANY_LIST_JOINTS else None

    def _own_title_before(self, i: int, reference: Reference) -> int | None:
        """Return where "queen of the Belgians," begins before token `i`, a person's own title.

        So too "President of Zambia", right behind which the name stands.
        """
        at = i - (self.doc[i - 1].text == ",")
        low = self.sentence(i).start
        if at <= low:
            return None
        land = [r for r in self.at(at - 1) if r.kind in LAND_KINDS]
        at = min((self.bounds(r)[0] for r in land), default=at)
        while at > low and self.doc[at - 1].lower_ in {"of", "the"}:
            at -= 1
        own = [r for r in self.at(at - 1) if r.actor and r.actor == reference.actor]
        return min(self.bounds(r)[0] for r in own) if land and own and at > low else None

    def _owns_behind(self, party: Reference, at: int) -> bool:
        """Tell the country of "Peru's premier", "Peruvian premier" at the title's start `at`."""
        if party.kind not in PARTY_KINDS:
            return False
        compound = self.doc[at - 1].dep_ == "compound"
        return party.form == "adjective" or self.doc[at].text in GENITIVES or compound

    def government_at(self, head: Token) -> Reference | None:
        """Return the country for whose government its capital acts at `head`, as a party.

        "Madrid invited the premier", "was received by Quito" fire; "flew to Madrid" does not.
        """
        node = head
        while node.dep_ == "conj" and node.head != node:
            node = node.head
        if node.dep_ != "nsubj" and not (node.dep_ == "pobj" and node.head.lower_ == "by"):
            return None
        for reference in self.at(head.i):
            seat = seat_of(reference.country) if reference.country else None
            if reference.kind == "place" and seat is not None and reference.place == seat:
                return reference.model_copy(update={"kind": "country", "form": "metonym"})
        return None


def _is_of_all(last: Token) -> bool:
    """Tell the B of "A and B, who are in Lima", "both of whom went there", not of "who went"."""
    clauses = [c for c in last.children if c.dep_ == "relcl"]
    told = {t.lower_ for clause in clauses for t in (clause, *clause.children)}
    return not clauses or not told.isdisjoint({"are", "were", "have", "both", "all"})


__all__ = ["RosterReader", "is_apposed"]
