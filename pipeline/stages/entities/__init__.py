"""The entities stage: persons, countries, organizations, places, and every reference to them.

`find.py` is the way through it: `parties.py`, `bodies.py` and `places.py` by tables
(`gazetteer.py`), `offices`, `names`; `persons.py` brings the names of one `Person` together,
`countries` tells whose they are, `references` whom pronouns, offices and groups mean.
"""
