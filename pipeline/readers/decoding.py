"""Bytes to text: BOM, UTF-16 by its zero bytes, UTF-8, else the likeliest of the old encodings."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

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
#: With so many whole UTF-8 sequences for each broken one a text is UTF-8; other encodings make
#: whole ones hardly ever.
WHOLE_PER_BROKEN = 2
#: Encodings of web pages and archives, asked before all the others (of which some rare one always
#: fits a short text a little better).
USUAL = [
    "cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp874", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip


class NotTextError(ValueError):
    """The bytes are no text; the message says how they begin."""


def decode(data: bytes) -> str:
    """Return the text of some bytes.

    Raises:
        NotTextError: they begin like a known binary format. Others come out as what `is_binary`
            tells.
    """
    if data.startswith(_MAGIC):
        raise NotTextError(f"begins with {data[:8]!r}")
    return _decode(data)


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    if half := bare_utf16(data):
        return data.decode(half, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guess_encoding(data), "replace")


def guess_encoding(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not clean UTF-8."""
    beyond = sum(byte > 127 for byte in data[:SAMPLE])
    lenient = data[:SAMPLE].decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(char > "\x7f" for char in lenient) - broken >= WHOLE_PER_BROKEN * broken:
        return "utf-8"
    if half := bare_utf16(data):
        return half
    if beyond <= WESTERN_SHARE * len(data[:SAMPLE]):
        return "cp1252"
    from charset_normalizer import from_bytes  # most files are plain UTF-8

    sample = data[:SAMPLE]
    best = from_bytes(sample, cp_isolation=USUAL).best() or from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def bare_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a BOM by where its zero bytes lie; letters alone are clean UTF-8 too."""
    sample = data[:2_000]
    if b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.4 * len(sample) / 2 or min(even, odd) > 0.05 * len(sample) / 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def text_lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[str | None]:
    """Yield the lines of a file one by one, ends of line kept; None for one that is too long.

    UTF-8 is decoded line by line, so that one bad line spoils no other.

    Raises:
        NotTextError: the file begins like a known binary format.
    """
    head = stream.read(8)
    if head.startswith(_MAGIC):
        raise NotTextError(f"begins with {head!r}")
    named = (name for bom, name in _BOMS if head.startswith(bom) and name != "utf-8-sig")
    wide = next(named, None) or bare_utf16(head)
    if wide:
        yield from _wide_lines(stream, head, wide, max_bytes)
        return
    for line in _raw_lines(stream, head.removeprefix(codecs.BOM_UTF8), max_bytes):
        if len(line) >= max_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            yield None
        else:
            yield _decode(line)


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
