"""The upgrades stage."""
