"""An article as the rules see it: tokens with what they refer to and when."""

from __future__ import annotations

from pipeline.discourse.actors import Actor, ActorReader
from pipeline.discourse.ground import GroundReader
from pipeline.discourse.places import PlaceReader
from pipeline.discourse.text import Spot


class Scene(ActorReader, PlaceReader, GroundReader):
    """Answers who, where and in which sentence, for one case."""


__all__ = ["Actor", "Scene", "Spot"]
