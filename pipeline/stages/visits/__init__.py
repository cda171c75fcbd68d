"""The visits stage: from the words that tell of trips to one record for each trip.

`find.py` is the way through it: `candidates.py` asks the reader of each trigger (`triggers.py`,
`trigger_senses.py`, `openers.py`; the tables lie in this folder) what is told there, and
`arguments.py` dates and weighs it as a `Candidate`; `usable.py` drops what is no trip of state;
`merging` brings the tellings of one trip together; `days` and `outcome` give it its days and
status; `confidence.py` says how sure the record is, `spell.py` what became of each trigger.

The readers, by what a trip is told by: `travel` (verbs), `nouns`, `meetings`, `hosts`, `events`,
`lists`, `tours`, `pictures`. What they ask: `travellers` (who), `places` (where).
"""
