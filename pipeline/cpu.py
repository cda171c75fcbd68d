"""How the processor is used, by number libraries and by Python's collector of cyclic garbage.

The libraries must be told before they are imported.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

#: Libraries that would each start a thread a core, and take the cores from the other workers.
THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
#: OpenBLAS takes its kernels for 256 bits on AMD's processors, those for 512 take half the time.
_KERNELS, _WIDE = "OPENBLAS_CORETYPE", "SkylakeX"
_WIDE_FLAGS = frozenset({"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"})
_PROCESSORS = Path("/proc/cpuinfo")
#: Objects made between two looks for cyclic garbage. Rules, tables and merging make many that stay,
#: which Python's own few hundred would have looked at again and again: the model and the tables
#: are some 350,000, of which none is garbage. So do the articles at work, some 60,000 of a batch:
#: these are taken apart by hand (`ArticleDoc.let_go`), and what holds itself besides is little.
BETWEEN_COLLECTIONS = 500_000


def pin_threads() -> None:
    """Let number libraries use one thread."""
    for variable in THREAD_VARIABLES:
        os.environ[variable] = "1"


def spare_collector() -> None:
    """Let Python look less often for garbage that holds itself."""
    gc.set_threshold(BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


def prepare() -> None:
    """Set up a process: its threads, its collector, and the kernels where nobody else has."""
    pin_threads()
    spare_collector()
    if _KERNELS not in os.environ and _is_wide_amd():
        os.environ[_KERNELS] = _WIDE


def _is_wide_amd() -> bool:
    try:
        lines = _PROCESSORS.read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines()
    except OSError:
        return False  # no Linux
    told = {key.strip(): value for key, _, value in (line.partition(":") for line in lines)}
    flags = set(told.get("flags", "").split())
    return "AuthenticAMD" in told.get("vendor_id", "") and flags >= _WIDE_FLAGS


__all__ = ["THREAD_VARIABLES", "pin_threads", "prepare", "spare_collector"]
