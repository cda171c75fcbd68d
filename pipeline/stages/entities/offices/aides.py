"""The offices of aides, told by whose aides they are: "adviser to the President | X"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.leaders import leaders_named
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan
from pipeline.stages.entities.tables import word_set


class Aides:
    """Tells an aide's office from that of whom he serves."""

    doc: Doc
    by_end: Mapping[int, OfficeSpan]
    name_ends: Mapping[int, NameSpan]
    party_end: Mapping[int, PartySpan]

    def _aide_to(self, office: OfficeSpan, *, styled: bool = False) -> OfficeSpan | None:
        """Return the aide's office of "Adviser to the President | Ana Ruiz", which is hers.

        Not that of "an adviser to President Ruiz", "told the adviser to the premier, Luis Rojas".

        Args:
            styled: whether ", Mr" stands between ("adviser to President of Peru, Mr X").
        """
        doc, at = self.doc, office.start - 1
        if not (styled or office.determiner == "the") or at < 1 or doc[at].lower_ != "to":
            return None
        aide = self.by_end.get(at)
        capital = doc[office.head_start].text.istitle()
        if aide is None or not capital or not (styled or doc[aide.head_start].text.istitle()):
            return None
        title = " ".join(doc[aide.head_start : office.end].text.split())
        return replace(aide, end=office.end, title=title, country=aide.country or office.country)

    def _aide_behind(self, name: NameSpan, comma: int) -> OfficeSpan | None:
        """Return the aide's office of "Adviser to President X, Ana Ruiz, …", which is hers.

        Not that of "told the aide to President X, Ana Ruiz said", "an aide to X, Ana Ruiz and Y".

        Args:
            name: hers.
            comma: the token before her name and its honorifics.
        """
        doc = self.doc
        patron = self._patron_before(comma) if comma > 0 and doc[comma].text == "," else None
        if patron is None:
            return None
        at = min((o.start for o in patron.offices if o.end <= patron.start), default=patron.start)
        aide = self.by_end.get(at - 1) if at > 1 else None
        if aide is None or aide.plural or doc[at - 1].lower_ not in {"of", "to", "from"}:
            return None
        if not self._is_aides(aide):
            return None
        behind = doc[name.end : name.end + 2]
        opens = aide.start == 0 or doc[aide.start].is_sent_start
        verbal = len(behind) > 0 and behind[0].pos_ in VERBS
        ends = behind[:1].text in {",", ".", ";"} and behind[1:2].text.lower() not in {"and", "&"}
        if not ends and not (opens and verbal):
            return None
        own = next((o.country for o in patron.offices if o.country), patron.country)
        return replace(aide, country=aide.country or own)

    def _patron_before(self, comma: int) -> NameSpan | None:
        """Return the X of "envoy of President X, |", "envoy of President X of Peru, |"."""
        land = self.party_end.get(comma)
        at = land.start - (word_at(self.doc, land.start - 1) == "the") if land else comma
        of_land = land is not None and word_at(self.doc, at - 1) == "of"
        return self.name_ends.get(at - 1 if of_land else comma)

    def _is_of_aide(self, name: NameSpan, office: OfficeSpan) -> bool:
        """Tell Ana of "The wife of the Malian president, Ana Ruiz, arrived" from a president.

        So behind "The spokesman for", "The adviser to", "The son of". Not behind "a spokesman for
        the president", "told the adviser to", nor where a leader of that name is known.
        """
        doc, at = self.doc, office.start - 1
        if office.determiner != "the" or at < 1 or doc[at].lower_ not in {"of", "to", "for"}:
            return False
        aide = self.by_end.get(at)
        kin = aide is None and doc[at - 1].lower_ in word_set("beside_leader")
        start = at - 2 if aide is None else aide.start
        if not kin and (aide is None or aide.plural or not self._is_aides(aide)):
            return False
        behind = doc[name.end : name.end + 2]
        told = bool(behind[:1].text == "," and behind[-1].pos_ in VERBS)
        known = any(row.office == office.form.office for row in leaders_named(name.text))
        opens = start >= 0 and bool(doc[start].is_sent_start) and doc[start].lower_ == "the"
        return told and opens and not known

    def _office_served(self, office: OfficeSpan) -> OfficeSpan | None:
        """Return the "wife" of "the wife of the Malian president", of his country."""
        aide = self.by_end.get(office.start - 1)
        return aide and replace(aide, country=aide.country or office.country)

    def _is_patrons(self, office: OfficeSpan) -> bool:
        """Tell the wife of "the wife of Mali's president | X", where X is the president.

        So the envoy of "Y, envoy of the President of Mali | X", who is Y. Not that of "his wife |
        X", "the wife of Mali's president, X", nor of lists ("Peru's premier Y, envoy of …").
        """
        of = text_at(self.doc, office.head_end) in {"of", "to"}
        if not of or office.end <= office.head_end + 1:
            return False
        return office.form.office == "spouse" or self._is_sent_one(office)

    def _is_sent_one(self, office: OfficeSpan) -> bool:
        """Tell the envoy of "Y, envoy of the President of Mali" from the next one of a list."""
        if office.form.office not in word_set("aide") | {"envoy"}:
            return False
        own = self.name_ends.get(office.start - 1)
        if own is None or any(held is not office for held in own.offices):
            return False
        alone = self.by_end.get(own.start) is None
        within = self.doc[office.start : office.end]
        return alone and any(t.lower_ in word_set("sends_envoy") for t in within)

    def _is_aides(self, office: OfficeSpan) -> bool:
        return office.form.office in word_set("aide") | word_set("of_one")


__all__ = ["Aides"]
