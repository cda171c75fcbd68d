"""What the words around an event say of it: who, where, when, and whether it happened.

What visits and upgrades share, and so knows neither: an article as a `Scene` (`scene.py`,
`text.py`), its stories kept apart (`stories.py`, `side_stories.py`, `strands.py`), who acts
(`actors.py`, `subjects.py`, `groups.py`, `delegations.py`, `rosters.py`), where (`places.py`,
`spots.py`, `ground.py`), when (`timing`), and what became of it (`factuality.py`, `outcome.py`).
"""
