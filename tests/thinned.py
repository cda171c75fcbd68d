"""How much is read otherwise once a part of a text that tells nothing of it is left out.

    python -m tests.thinned --help

One sentence, one paragraph or the heading of a text is left out; or a paragraph of another matter
(football, prices, the weather) or a line of the page ("Also read: …") is put between two of its
own. A record may change where that part is evidence of it, names who travels or where to, or holds
a date. Any other must stay as it was: if it does not, something hung on what happened to stand
beside it. No labels are needed; texts are the articles of the corpus' development part, or any that
come on standard input.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from models import Reference, Upgrade, Visit
from models.entity import ACTOR_KINDS
from pipeline.evaluation.gold import load_gold
from pipeline.readers.from_text import read_header
from tests.perturbed import passages
from tests.reading import Reader, Reading, Text
from tests.trial_options import trial_options

CORPUS = Path(__file__).parents[1] / "corpus"
#: What is left out, and what is put in.
CUTS = ("sentence", "paragraph", "heading", "between", "line")
#: Paragraphs of other matters, as they stand between those of a story on a page.
OTHERS = (
    "Rain fell all day in the hills, and two roads were closed.",
    "The price of maize rose by four percent in a week, traders said.",
    "Striker Jonas Eide scored twice as Molde beat Brann 3-1.",
    "A fire destroyed nine shops in the old market; nobody was hurt.",
    "Registration for the half marathon closes soon, the club said.",
    "The library will open an hour later than usual, its director, Ida Holm, said.",
    "Shares of the lender fell to their lowest level in a year.",
    "“We have waited for this song,” singer Tomas Ames told fans.",
    "The airline said that its new aircraft use a tenth less fuel.",
    "Nurses want shorter shifts, and their union called for a vote.",
    "Chile beat Bolivia 2-0 in Santiago, with goals by Luis Rojas and Pedro Vera.",
    "Mayor Tom Ames opened a new bridge over the river, which cost 3 million dollars.",
)
#: Lines that a page puts between paragraphs: what else there is to read, credits, notices.
LINES = (
    "ADVERTISEMENT",
    "Story continues below",
    "Photo: Tom Ames / Reuters",
    "Also read: Zambia raises fuel price for third month",
    "READ MORE: Chile’s Boric names new finance minister",
    "Related: Fiji court frees former police chief",
    "A file photo of the harbour in Lagos. [Ida Holm/AFP]",
    "Follow us on Facebook and X",
    "SEE ALSO | Norway’s wealth fund sells coal stakes",
    "Subscribe to our newsletter",
)
_PARTED = re.compile(r"\n[^\S\n]*\n\s*")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
#: Lines behind which no other matter may stand: what follows belongs to them.
_ANNOUNCES = re.compile(r"[:,;–—-]\s*\Z")
_LISTED = re.compile(r"\s*[-*•#\d]")
#: So many characters of a text hold nearly all of its news.
_LONGEST = 6_000

#: Fields that a date tells.
_OF_DAYS = frozenset({"start", "end", "date", "status"})
#: A record that differs in more fields is another one.
_MOST_CHANGED = 3

Told = Visit | Upgrade
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Cut:
    """A text with a part left out, or put in where `start` is `end`."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Change:
    """One record that is read otherwise: what changed, and how it was and is."""

    what: str
    before: Facts | None
    after: Facts | None


@dataclass(frozen=True)
class Outcome:
    """A text with a part left out or put in, and the records that are read otherwise."""

    told: Text
    cut: Cut
    part: str
    changes: Sequence[Change]

    @property
    def same(self) -> bool:
        """Whether the same is told."""
        return not self.changes


def own_texts() -> list[Text]:
    """Return the articles of the corpus' development part, each led by its title."""
    found = []
    for gold in load_gold(CORPUS / "gold", part="dev"):
        path = CORPUS / "articles" / gold.article
        if path.suffix != ".txt":
            continue
        raw = path.read_text(encoding="utf-8")
        header, start = read_header(raw)
        title = f"{header['title']}\n\n" if header.get("title") else ""
        text = f"{title}{raw[start:].strip()}"
        if len(text) <= _LONGEST:
            found.append(Text(text, header.get("published")))
    return found


def tried(
    reader: Reader, kinds: Iterable[str], texts: Sequence[Text], rng: random.Random, count: int
) -> list[Outcome]:
    """Leave parts out of texts, at most so many of each, and put others in; read them."""
    asked = list(kinds)
    cases: list[tuple[Text, Cut]] = []
    for told in texts:
        reading = reader.read(*told)
        if not reading.visits and not reading.upgrades:
            continue
        for kind in asked:
            made = list(_cuts(kind, reading, rng))
            rng.shuffle(made)
            cases += [(told, cut) for cut in made[:count]]
    reader.prepare(cut.text for _, cut in cases)
    return [_outcome(reader, told, cut) for told, cut in cases]


def _cuts(kind: str, reading: Reading, rng: random.Random) -> Iterator[Cut]:
    text = reading.article.text
    bounds = _paragraphs(text)
    if kind == "heading":
        first, behind = bounds[0], text[bounds[0][1] :].lstrip()
        if behind and not _STOPPED.search(text[slice(*first)]):
            yield Cut(kind, *first, behind)
    elif kind == "paragraph":
        for start, end in bounds[1:]:
            yield Cut(kind, start, end, _joined(text, start, end))
    elif kind == "sentence":
        whole = set(bounds)
        for sentence in reading.doc.sents:
            start, end = sentence.start_char, sentence.end_char
            lone = (start, start + len(text[start:end].rstrip())) in whole
            if start >= bounds[0][1] and not lone and _STOPPED.search(text[start:end]):
                yield Cut(kind, start, end, _joined(text, start, end))
    else:
        for (_, end), (start, stop) in pairwise(bounds[1:]):
            if not _ANNOUNCES.search(text[:end]) and not _LISTED.match(text[start:stop]):
                other = rng.choice(OTHERS if kind == "between" else LINES)
                put = f"{text[:end]}\n\n{other}\n\n{text[start:]}"
                yield Cut(kind, end, end, put)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for gap in [*_PARTED.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            found.append((at, end))
        at = gap.end() if gap else end
    return found


def _joined(text: str, start: int, end: int) -> str:
    """Return a text without a part, and without the white space of one of its sides."""
    before, behind = text[:start].rstrip(), text[end:].lstrip()
    left, right = text[len(before) : start], text[end : len(text) - len(behind)]
    gap = max(left, right, key=lambda white: (white.count("\n"), len(white)))
    return f"{before}{gap}{behind}" if before and behind else before + behind


def _outcome(reader: Reader, told: Text, cut: Cut) -> Outcome:
    before, after = reader.read(*told), reader.read(cut.text, told.published)
    kept = [r for r in _records(before) if not _tells_of(before, cut, r)]
    dated = any(d.start < cut.end and cut.start < d.end for d in before.dates)
    every, now = ([_facts(r) for r in _records(one)] for one in (before, after))
    changes = list(_changes([_facts(r) for r in kept], every, now, days=not dated))
    return Outcome(told, cut, before.article.text[cut.start : cut.end], changes)


def _records(reading: Reading) -> list[Told]:
    return [*reading.visits, *reading.upgrades]


def _tells_of(reading: Reading, cut: Cut, record: Told) -> bool:
    """Tell a part that is evidence of a record, or names whom or what it is about."""
    if cut.start == cut.end:
        return False
    if any(p.start < cut.end and cut.start < p.end for p in record.evidence):
        return True
    inside = [r for r in reading.of(Reference) if cut.start <= r.start < cut.end]
    if isinstance(record, Upgrade):
        lands = {party.code for party in record.parties}
        return any(lands & {r.country, *r.members} for r in inside)
    origin = record.origin.code if record.origin else None
    lands = {record.destination.code} - {None}
    for reference in inside:
        if record.visitor.entity_id and reference.entity_id == record.visitor.entity_id:
            return True
        if lands & {reference.country, *reference.members}:
            return True
        if reference.kind in ACTOR_KINDS and origin in {reference.country, *reference.members}:
            return True
    return False


def _facts(record: Told) -> Facts:
    if isinstance(record, Visit):
        return {
            "kind": "visit",
            "visitor": record.visitor.name or record.visitor.role or "-",
            "origin": record.origin.code if record.origin else None,
            "destination": record.destination.code,
            "start": record.start,
            "end": record.end,
            "status": record.status,
            "count": record.count,
        }
    return {
        "kind": "upgrade",
        "parties": "+".join(sorted(party.code for party in record.parties)),
        "level": record.level,
        "change": record.change,
        "date": record.date,
        "status": record.status,
    }


def _changes(
    kept: Sequence[Facts], every: Sequence[Facts], now: Sequence[Facts], *, days: bool
) -> Iterator[Change]:
    """Yield what became of the records that must be as before, then the records that are new.

    Args:
        days: whether days and statuses are compared, too.
    """
    free, lost = list(now), []
    for facts in kept:
        if facts in free:
            free.remove(facts)
        else:
            lost.append(facts)
    rest = [facts for facts in every if facts not in kept]
    for facts in lost:
        near = max(free, key=lambda other: _likeness(facts, other), default=None)
        if near is None or _likeness(facts, near) < len(facts) - _MOST_CHANGED:
            yield Change("gone", facts, None)
            continue
        free.remove(near)
        parts = [key for key in facts if facts[key] != near[key]]
        if days or not _OF_DAYS.issuperset(parts):
            yield Change("+".join(parts), facts, near)
    for facts in free:
        if not any(_likeness(facts, other) >= len(facts) - _MOST_CHANGED for other in rest):
            yield Change("new", None, facts)


def _likeness(one: Facts, other: Facts) -> int:
    if one["kind"] != other["kind"]:
        return -1
    return sum(one[key] == other[key] for key in one)


def main() -> None:
    """Print how many texts are read otherwise by each kind of cut, and what changes."""
    parser = trial_options("thinned", __doc__, draws=99)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(CUTS)} (default all)")
    asked = parser.parse_args()
    texts = list(passages(sys.stdin.read())) if asked.stdin else own_texts()
    reader = Reader()
    for kind in asked.kinds or CUTS:
        rng = random.Random(f"{asked.seed} {kind}")
        outcomes = tried(reader, [kind], texts, rng, asked.draws)
        otherwise = [outcome for outcome in outcomes if not outcome.same]
        counts = Counter(change.what for outcome in otherwise for change in outcome.changes)
        told = ", ".join(f"{what} {count}" for what, count in counts.most_common())
        print(f"{kind}: {len(otherwise)} of {len(outcomes)} otherwise ({told})", flush=True)
        for outcome in otherwise[: asked.show]:
            _print(outcome, texts.index(outcome.told))


def _print(outcome: Outcome, number: int) -> None:
    part = outcome.part or outcome.cut.text[outcome.cut.start :].strip().split("\n")[0]
    where = outcome.told.text[:40].replace("\n", " ")
    before = outcome.cut.text[: outcome.cut.start].rstrip()[-50:]
    print(f"  [{number} {where}] {before!r} ^ {part!r}")
    for change in outcome.changes:
        print(f"    {change.what}: {_line(change.before)} > {_line(change.after)}")


def _line(facts: Facts | None) -> str:
    return " ".join(map(str, facts.values())) if facts else "nothing"


if __name__ == "__main__":
    main()
