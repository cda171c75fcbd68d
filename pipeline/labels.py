"""Sets of labels that several rules ask for: of words, of what they are to their head, of names.

The labels are those of the English models of spaCy: parts of speech of Universal Dependencies, tags
of the Penn Treebank, relations of ClearNLP (older models write "obj"), names of OntoNotes.
"""

from __future__ import annotations

from calendar import month_name

#: Parts of speech.
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
#: Those of the words of a name or of what describes it.
NOMINALS = NOUNS | {"ADJ"}

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
#: The same, and a clause that does it ("Breaking with Chad was a mistake").
ANY_SUBJECTS = SUBJECTS | {"csubj"}
#: Whom a verb is done to, in the active and in the passive.
UNDERGONE = OBJECTS | {"nsubjpass"}
#: The same, and what stands behind a preposition.
ANY_OBJECTS = UNDERGONE | {"pobj"}
#: How a word or a clause hangs on its preposition, how a clause completes its verb.
PREP_COMPLEMENTS = frozenset({"pobj", "pcomp"})
COMPLEMENTS = frozenset({"ccomp", "xcomp"})
#: How what opens a clause hangs on its verb ("when", "while").
OPENERS = frozenset({"mark", "advmod"})
#: How a verb hangs on its main verb.
AUXILIARIES = frozenset({"aux", "auxpass"})
#: How a clause hangs on the noun that it describes.
ADNOMINAL = frozenset({"acl", "relcl"})
#: How what describes a noun stands before it; the same, and its owner; the same, and its numbers.
PREMODIFIERS = frozenset({"amod", "compound", "nmod"})
OWNER_OR_MODIFIERS = PREMODIFIERS | {"poss"}
BEFORE_NOUN = OWNER_OR_MODIFIERS | {"nummod", "npadvmod", "npmod"}

#: What a name or a number is of a day or an hour.
TIMES = frozenset({"DATE", "TIME"})

#: Words, in small letters, of what is so late that a host may go on it as well as his guest.
LATE_WORDS = frozenset({"year", "month", *(name.lower() for name in month_name[1:])})

__all__ = [
    "ADNOMINAL",
    "ANY_OBJECTS",
    "ANY_SUBJECTS",
    "AUXILIARIES",
    "BEFORE_NOUN",
    "COMPLEMENTS",
    "FINITE",
    "LATE_WORDS",
    "NOMINALS",
    "NOUNS",
    "OBJECTS",
    "OPENERS",
    "OWNER_OR_MODIFIERS",
    "PAST",
    "PLURALS",
    "PREMODIFIERS",
    "PREP_COMPLEMENTS",
    "PRESENT",
    "SUBJECTS",
    "TENSED",
    "TIMES",
    "UNDERGONE",
    "VERBS",
]
