"""What is set off by marks between words that belong together, and how far one looks for them."""

from __future__ import annotations

import re

#: A word of what is set off.
_WITHIN = r"(?:[^\s,;:!?\"“”().]|(?<=[A-Z])\.|\b(?:Mr|Mrs|Dr|Ms)\.){1,40}"
#: What is set off by commas: the least, then what goes on to the next comma and the one behind it.
COMMAS = re.compile(rf"(?:,(?: {_WITHIN}){{1,25}}){{1,4}}?,(?= )")
#: Such that joins nothing, so that no second clause may begin in it.
PLAIN_COMMAS = re.compile(rf"(?:,(?: (?!and |but |or ){_WITHIN}){{1,25}}){{1,3}}?,(?= )")
#: What stands in brackets or between dashes.
SET_OFF = re.compile(r" \([^()]{1,60}\)(?= )| [–—-] [^–—.;!?]{2,80} [–—-](?= )")
#: A word that no mark but a comma follows.
WORD = re.compile(r" ([\w'’&%$/][\w'’.&%/-]*(?<![.])|\d+[:.]\d\d|[ap]\.m\.)(?=[ ,])")
#: Between words that belong together are at most so many without a comma.
MOST_WORDS = 12


__all__ = ["COMMAS", "MOST_WORDS", "PLAIN_COMMAS", "SET_OFF", "WORD"]
