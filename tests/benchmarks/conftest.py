"""The number libraries are set up as the command line sets them up, before they are imported."""

from pipeline.cpu import prepare

prepare()
