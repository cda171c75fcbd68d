"""Bytes to text: BOM, then UTF-8, then the likeliest of the old encodings."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes

#: Signatures of a few things that are no text.
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0",
          b"\x1f\x8b", b"PAR1", b"SQLite format 3", b"\x7fELF", b"{\\rtf")  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: So much of a text tells its encoding.
SAMPLE = 65_536
#: With at most this share of bytes beyond ASCII the text is Western; the detector, which counts
#: letters, guesses among all encodings and is often wrong on so few.
WESTERN_SHARE = 0.05
#: A UTF-8 text may hold so many broken bytes and still be one.
BROKEN_SHARE = 0.01
#: Encodings of web pages and archives, asked before all the others (of which some rare one always
#: fits a short text a little better).
USUAL = [
    "cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp874", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip


class NotTextError(ValueError):
    """The bytes are no text; the message says what they look like."""


def decode(data: bytes) -> str:
    """Return the text of some bytes.

    Raises:
        NotTextError: a known binary format, or no encoding fits.
    """
    if data.startswith(_MAGIC):
        raise NotTextError(f"begins with {data[:8]!r}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(data), "replace")


def _guess(data: bytes) -> str:
    beyond = sum(byte > 127 for byte in data[:SAMPLE])
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= BROKEN_SHARE * (beyond or 1):
        return "utf-8"
    if b"\x00" in data[:SAMPLE] and (half := _bare_utf16(data)):
        return half
    if beyond <= WESTERN_SHARE * len(data[:SAMPLE]):
        return "cp1252"
    sample = data[:SAMPLE]
    best = from_bytes(sample, cp_isolation=USUAL).best() or from_bytes(sample).best()
    if best is None:
        raise NotTextError("no encoding fits")
    return best.encoding


def _bare_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a BOM by where its zero bytes lie."""
    sample = data[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.4 * len(sample) / 2 or min(even, odd) > 0.05 * len(sample) / 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def text_lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[str | None]:
    """Yield the lines of a file one by one, ends of line kept; None for one that is too long.

    UTF-8 is decoded line by line, so that one bad line spoils no other.
    """
    head = stream.read(4)
    wide = next((name for bom, name in _BOMS if head.startswith(bom) and name != "utf-8-sig"), None)
    if wide:
        yield from _wide_lines(stream, head, wide, max_bytes)
        return
    for line in _raw_lines(stream, head.removeprefix(codecs.BOM_UTF8), max_bytes):
        if len(line) >= max_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            yield None
        else:
            yield decode(line)


def _raw_lines(stream: BinaryIO, pending: bytes, max_bytes: int) -> Iterator[bytes]:
    while True:
        line, newline, rest = pending.partition(b"\n")
        if not newline:
            line, rest = line + stream.readline(max_bytes), b""
        if not line and not newline:
            return
        yield line + newline
        pending = rest


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(SAMPLE)) and not piece.endswith(b"\n"):
        pass


def _wide_lines(
    stream: BinaryIO, head: bytes, encoding: str, max_bytes: int
) -> Iterator[str | None]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    held = decoder.decode(head)
    while block := stream.read(SAMPLE):
        *lines, held = (held + decoder.decode(block)).split("\n")
        yield from (line + "\n" for line in lines)
        if len(held) > max_bytes:
            held = ""
            yield None
    if held:
        yield held
