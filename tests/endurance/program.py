"""The command line over a plan that needs no model: what kills and interrupts are quick to try on.

python -m tests.endurance.program run articles -o outputs
"""

from __future__ import annotations

import pipeline.cli.run
from pipeline.cli import app
from tests import fakes

if __name__ == "__main__":  # a worker process imports this module and must not start over
    pipeline.cli.run.build_stages = fakes.build
    app()
