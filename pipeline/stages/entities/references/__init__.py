"""Whom pronouns, offices and groups mean within one article."""
