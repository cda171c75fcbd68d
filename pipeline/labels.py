"""Sets of labels that several rules ask for: of words, of what they are to their head, of names.

The labels are those of the English models of spaCy: parts of speech of Universal Dependencies, tags
of the Penn Treebank, relations of ClearNLP (older models write "obj"), names of OntoNotes.
"""

from __future__ import annotations

#: Parts of speech.
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})

#: Tags of verbs that say when: of those with a tense, and of these and what stands for one.
TENSED = frozenset({"VBD", "VBP", "VBZ"})
FINITE = TENSED | {"MD"}
#: Those of the present, in which headlines and captions tell, and of what is told as past.
PRESENT = frozenset({"VBP", "VBZ"})
PAST = frozenset({"VBD", "VBN"})
#: Tags of nouns in the plural.
PLURALS = frozenset({"NNS", "NNPS"})

#: Who does it, or to whom it is done.
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
#: Whom a verb is done to, in the active and in the passive.
UNDERGONE = OBJECTS | {"nsubjpass"}
#: How a verb hangs on its main verb.
AUXILIARIES = frozenset({"aux", "auxpass"})
#: How a clause hangs on the noun that it describes.
ADNOMINAL = frozenset({"acl", "relcl"})

#: What a name or a number is of a day or an hour.
TIMES = frozenset({"DATE", "TIME"})

__all__ = [
    "ADNOMINAL",
    "AUXILIARIES",
    "FINITE",
    "NOUNS",
    "OBJECTS",
    "PAST",
    "PLURALS",
    "PRESENT",
    "SUBJECTS",
    "TENSED",
    "TIMES",
    "UNDERGONE",
    "VERBS",
]
