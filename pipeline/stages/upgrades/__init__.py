"""The upgrades stage: from the words that change relations to one record for each change.

`find.py` is the way through it: `candidates.py` asks the reader of each trigger (the tables lie in
this folder), `emitting.py` makes a `Candidate` of its parties, level and date, `guards.py` drops
what is no change of relations, `merging` brings the tellings of one change together.

The readers: `ties` and `levels` (relations and partnerships), `missions` (embassies),
`recognition` (states), `echoes` ("followed suit"). What they ask: `parties` (whose relations),
`dates` (when), `outcome` (done, planned, proposed or none).
"""
