"""What a trigger makes of a level: raised, opened, or restored as "once more" tells."""

from __future__ import annotations

from spacy.tokens import Token

from models.upgrade import Change
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.tables import Trigger, words
from pipeline.stages.upgrades.ties.mended import is_mended


def _is_once_more(token: Token, level: Level | None) -> bool:
    """Tell "established diplomatic relations again", which restores them."""
    if level is None or level.name != "diplomatic_relations":
        return False
    if token.pos_ == "VERB" and token.lemma_.lower() not in words("opens_ties"):
        return False
    near = {*token.children, *(node for child in token.children for node in child.children)}
    again = [node for node in near if node.lower_ in words("once_again")]
    inside = (node for node in near if node.i and node.lower_ == "more")
    more = [node for node in inside if node.nbor(-1).lower_ == "once"]
    return any(node.i > token.i for node in (*again, *more))


def _is_first_in_years(token: Token, level: Level | None) -> bool:
    """Tell "opened diplomatic relations for the first time in 50 years", "since 1961": once more.

    Not "opened relations for the first time", "for the first time in their history", "in 1972".
    """
    if level is None or level.name != "diplomatic_relations":
        return False
    for time in (node for node in token.subtree if node.lower_ == "time"):
        preps = [c for c in (*time.children, *token.children) if c.i > time.i]
        spans = [n for c in preps if c.lower_ in {"in", "since"} for n in c.children]
        if any(c.lower_ == "first" for c in time.children) and any(map(_is_long_ago, spans)):
            return True
    return False


def _is_long_ago(time: Token) -> bool:
    """Tell the "years" of "in 50 years", the "1961" of "since 1961"; not that of "in 1961"."""
    years = time.lemma_.lower() in words("years")
    years = years and all(c.lower_ != "of" for c in time.children)  # its second year of freedom
    return years or (time.ent_type_ == "DATE" and time.head.lower_ == "since")


def change_told(token: Token, trigger: Trigger, level: Level | None) -> Change:
    """Return what a trigger makes of a level: of a partnership, or of diplomatic relations."""
    if _is_once_more(token, level) or _is_first_in_years(token, level):
        return "restoration"
    conferred = level is not None and level.name in words("conferred")
    if conferred and trigger.change not in {"severance", "restoration"}:
        return "upgrade"
    if conferred and token.lemma_.lower() in words("suspends_seat"):
        return "downgrade"
    diplomatic = level is not None and level.name in words("diplomatic_level")
    if trigger.change == "severance" and diplomatic and is_mended(token):
        return "restoration"
    change = trigger.diplomatic if diplomatic else trigger.change
    if level is None:
        return change
    if level.name == "ambassador_level" and trigger.id == "make":
        return "upgrade"
    if level.name == "charge_d_affaires":
        lowered = {"downgrade", "upgrade", "severance"}  # "cut ties to the level of chargés"
        return "downgrade" if change in lowered else change
    if level.name == "diplomatic_relations" and trigger.id == "raise":
        return "upgrade"
    return change


__all__ = ["change_told"]
