"""Import spaCy without its own command line, for a process in which nothing else asks for it.

`import spacy` brings the modules of `spacy train`, `spacy project` and others, with what they need
to make web requests and fill templates: a third of the time that importing it takes.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_PACKAGE, _INFO = "spacy.cli", "spacy.cli.info"


class _Later(ModuleType):
    """Stand for a module that is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_imported(self.__name__), name)


def _imported(module: str) -> ModuleType:
    """Import a module that another one stood for."""
    for name in (_PACKAGE, _INFO):
        if isinstance(sys.modules.get(name), _Later):
            del sys.modules[name]
    return import_module(module)


def _info(*args: Any, **given: Any) -> Any:
    """Do what `spacy.info` does."""
    return _imported(_INFO).info(*args, **given)


def leave_out_spacy_commands() -> None:
    """Let spaCy be imported without its command line, unless it has been imported already."""
    if "spacy" in sys.modules or _PACKAGE in sys.modules:
        return
    package, info = _Later(_PACKAGE), _Later(_INFO)
    vars(package)["__path__"] = []  # it has modules
    vars(info)["info"] = _info
    sys.modules |= {_PACKAGE: package, _INFO: info}


__all__ = ["leave_out_spacy_commands"]
