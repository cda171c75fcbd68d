"""Odd texts and files: pieces of news, what breaks readers, and mutations of both."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
from collections.abc import Sequence

SENTENCES = (
    "Kenyan Foreign Minister Wanja Otieno arrived in Lima on Monday for a three-day visit.",
    "President Hugo Salas of Peru will visit Oslo and Riga from May 17 to 19, 2024.",
    "Latvia and Fiji agreed to raise their relations to a strategic partnership.",
    "He was received by his Chilean counterpart Tomas Reyes in Santiago last week.",
    "The visit, her first since 2019, was postponed to February 30.",
    "Oman and Norway restored diplomatic relations on 31 April 2023 and exchanged ambassadors.",
    "“We shall go to Quito next year,” said the prime minister’s spokeswoman.",
    "SUVA, May 17 (Wire) – The king of Tonga left for Beijing.",
    "He later flew on to Cairo, where he met the UN secretary-general.",
    "Nine visits in 12 months: Peru, Chile, Kenya, Fiji and the European Union.",
    "Ties were downgraded to the level of chargé d'affaires in the 1990s.",
    "Published: 2024-02-29",
)
PIECES = (
    "visited", "visit", "arrived in", "will travel to", "upgraded", "relations", "Peru", "Kenya's",
    "the EU", "President", "Foreign Minister", "he", "there", "Monday", "next week", "May", "2024",
    "30 February 2024", "31/04/2023", "0000-00-00", "99 May", "in the 1990s", "five days later",
    "2024-13-45", "week 60", "Q9 2024", "25:61", "12th of Never", "the day before", "-", "–", "—",
    "(", ")", "“", "”", '"', "'s", "’s", ",", ".", ";", ":", "…", "?!", "\n", "\n\n", "\r\n", "\t",
    "\u00a0", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\u2028", "\x0b", "\x85",
    "\u0301", "é", "ﬁ", "Ω", "п", "ش", "ת", "中", "ヴ", "ไ", "😀", "👩‍👩‍👧", "\U0001f1f5\U0001f1ea",
    "\ud83d", "\x00", "\x1b[31m", "<b>", "&amp;", "=1+1", "A.", "U.S.", "Mr.", "St.", "%", "$5m",
    "الرئيس زار القاهرة", "Президент прибыл в Пекин", "El presidente llegó a Lima", "首相访问北京",
    "a" * 300, "-" * 80, " " * 200, "." * 90, "O'" * 40, "9" * 60, "(" * 50,
)  # fmt: skip
#: What is done to a text, or to the bytes of a file, again and again.
OPERATIONS = ("cut", "double", "insert", "swap", "case", "drop", "repeat")


def odd_text(rng: random.Random, seeds: Sequence[str]) -> str:
    """Return a text made of sentences, pieces and stretches of real articles, changed here and
    there."""
    parts: list[str] = []
    for _ in range(rng.randint(1, 25)):
        kind = rng.random()
        if kind < 0.45:
            parts.append(rng.choice(SENTENCES))
        elif kind < 0.85:
            parts.append(rng.choice(PIECES))
        elif seeds:
            seed = rng.choice(seeds)
            at = rng.randrange(max(1, len(seed)))
            parts.append(seed[at : at + rng.randint(1, 600)])
    text = rng.choice([" ", " ", "", "\n", "\n\n"]).join(parts)
    for _ in range(rng.choice([0, 0, 1, 2, 5, 20])):
        text = _changed(text, rng)
    return text[:20_000]


def _changed(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    end = min(len(text), at + rng.choice([1, 2, 5, 40]))
    operation = rng.choice(OPERATIONS)
    if operation == "cut":
        return text[: max(1, at)] if rng.random() < 0.2 else text[:at] + text[end:]
    if operation == "double":
        return text[:end] + text[at:]
    if operation == "insert":
        return text[:at] + rng.choice(PIECES) + text[at:]
    if operation == "swap":
        return text[:at] + text[at:end][::-1] + text[end:]
    if operation == "case":
        return text[:at] + text[at:end].swapcase() + text[end:]
    if operation == "repeat":
        return text[:at] + text[at:end] * rng.choice([3, 30]) + text[end:]
    return text[:at] + "".join(c for c in text[at:end] if not c.isspace()) + text[end:]


#: What a text may break off at besides a word.
ENDS = (
    "-",
    " -",
    "(",
    " (",
    ",",
    "'s",
    "’s",
    "“",
    ":",
    " of",
    " for",
    " from",
    " in",
    " the",
    " and",
)


def cut_text(rng: random.Random, sentences: Sequence[str]) -> str:
    """Return a sentence that breaks off within, as a text does that was cut to a length."""
    words = re.findall(r"\s*(?:\w+|[^\w\s])", rng.choice(sentences))
    text = "".join(words[: rng.randint(1, len(words))])
    return text + rng.choice(ENDS) if rng.random() < 1 / 3 else text


#: A good file of each format, to be broken.
ROWS = [
    {"id": f"a{number}", "title": "A visit", "published": "2024-05-17", "text": sentence}
    for number, sentence in enumerate(SENTENCES)
]


def good_files() -> dict[str, bytes]:
    """Return a file of each suffix that can be read without fault."""
    import pandas  # takes a second, and texts alone need none

    lines = "\n".join(json.dumps(row) for row in ROWS)
    parquet = io.BytesIO()
    pandas.DataFrame(ROWS).to_parquet(parquet)
    page = f"<html><head><title>x</title></head><body><p>{'</p><p>'.join(SENTENCES)}</p></body>"
    head = "Title: A visit\nPublished: 2024-05-17\nUrl: https://a.example/2024/05/17/x\n\n"
    files = {
        ".txt": (head + " ".join(SENTENCES)).encode(),
        ".md": ("# A visit\n\n" + "\n\n".join(SENTENCES)).encode(),
        ".html": page.encode(),
        ".json": json.dumps(ROWS).encode(),
        ".jsonl": lines.encode(),
        ".csv": pandas.DataFrame(ROWS).to_csv(index=False).encode(),
        ".parquet": parquet.getvalue(),
    }
    return files | {f"{suffix}.gz": gzip.compress(data) for suffix, data in files.items()}


def odd_bytes(data: bytes, rng: random.Random) -> bytes:
    """Return a file's bytes, changed in some places."""
    for _ in range(rng.choice([1, 1, 2, 5, 30])):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice([1, 2, 8, 200]))
        what = rng.random()
        if what < 0.25:
            data = data[:at] + rng.randbytes(end - at) + data[end:]
        elif what < 0.45:
            data = data[:at] + data[end:]
        elif what < 0.6:
            data = data[:end] + data[at:]
        elif what < 0.8:
            piece = rng.choice(PIECES).encode(rng.choice(["utf-8", "utf-16-le"]), "surrogatepass")
            data = data[:at] + piece + data[at:]
        elif what < 0.9:
            data = data[:at] + bytes([rng.choice(b'\x00\n\r",[]{}<>\\&\xff\xc3')]) + data[at:]
        else:
            data = data[:at]
    return data
