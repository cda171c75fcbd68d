"""The report: one self-contained page over the files of an output folder."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from models import Visit
from pipeline.report.choose import Limits, choose
from pipeline.report.packing import Packer, pack, pack_text
from pipeline.report.plots import (
    VISIT_GROUPS,
    graph,
    matrix,
    pairs_of,
    upgrades_over_time,
    vega_script,
    visits_over_time,
    years_of,
)
from pipeline.results import Results

PACKAGE = "pipeline.report"
#: The page's own script, in the order in which its parts build on each other.
SCRIPTS = ("data.js", "articles.js", "table.js", "plots.js", "page.js")


def render(folder: Path, *, limits: Limits | None = None) -> str:
    """Return the page of an output folder.

    Args:
        limits: how much it holds; what it leaves out it says.

    Raises:
        StoreError: the folder holds no results, or not as they were written.
    """
    limits = limits or Limits()
    results = Results(folder)
    manifest = results.manifest
    chosen = choose(results, limits)
    packer = Packer(chosen)
    records = packer.records()
    pairs = pairs_of(results.visits)
    names: Mapping[str, str] = records["countries"]
    records["pairs"] = [[a, b, *_by_group(made)] for (a, b), made in sorted(pairs.items())]
    records["years"] = years_of(results.visits, results.upgrades)
    records["conflicts"] = packer.conflicts(results.conflicts[: limits.others])
    records["rejects"] = [
        [reject.source_path, reject.row, reject.reason, reject.detail]
        for reject in results.rejects[: limits.others]
    ]
    records["plots"] = {
        "visits-time": visits_over_time(results.visits),
        "upgrades-time": upgrades_over_time(results.upgrades),
        "matrix": matrix(pairs, names),
        "graph": graph(pairs, names),
    }
    script = "(() => {\n" + "\n".join(_read(name) for name in SCRIPTS) + "\n})();"
    vega = vega_script()
    left_out = dict(chosen.left_out)
    for table, count in (("rejects", len(results.rejects)), ("conflicts", len(results.conflicts))):
        if count > limits.others:
            left_out[table] = count - limits.others
    return _environment().get_template("page.html.jinja").render(
        manifest=manifest,
        chosen=chosen,
        left_out=left_out,
        statuses=_statuses(results.visits),
        rejects=len(results.rejects),
        conflicts=len(results.conflicts),
        plots=records["plots"],
        policy=_policy(script, vega),
        style=Markup(_read("page.css")),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - as above
        records=pack(records),
        chunks=[pack(chunk) for chunk in packer.chunks()],
        vega=pack_text(vega),
    )  # fmt: skip


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _read(name: str) -> str:
    return (files(PACKAGE) / name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    """Return a policy under which the page's own scripts run and nothing else, nor any request."""
    sums = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    sources = " ".join(f"'sha256-{base64.b64encode(total).decode('ascii')}'" for total in sums)
    return (
        f"default-src 'none'; script-src {sources}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


def _by_group(made: Counter[str]) -> list[int]:
    return [made[group] for group in dict.fromkeys(VISIT_GROUPS.values())]


def _statuses(visits: Iterable[Visit]) -> dict[str, int]:
    counts = Counter(VISIT_GROUPS[visit.status] for visit in visits)
    return {group: counts[group] for group in dict.fromkeys(VISIT_GROUPS.values())}


__all__ = ["Limits", "render"]
