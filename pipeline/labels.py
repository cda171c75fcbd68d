"""Sets of the parser's labels that several rules ask for, by what the words are of their verb.

The labels are those of the English models of spaCy (ClearNLP's; older models write "obj").
"""

from __future__ import annotations

#: Who does it, or to whom it is done.
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
#: Whom a verb is done to, in the active and in the passive.
UNDERGONE = OBJECTS | {"nsubjpass"}

__all__ = ["OBJECTS", "SUBJECTS", "UNDERGONE"]
