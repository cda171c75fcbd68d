"""Reads news articles; finds persons, dates, visits and upgrades of relations."""
