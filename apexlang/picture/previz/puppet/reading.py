"""A description's words, asked by table: which garment, which colour before which noun, how old."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apexlang.picture.previz.puppet import words as w
from apexlang.picture.previz.puppet.spec import Colour, linear, mixed


def _tokens(text: str) -> list[str]:
    return re.findall(r"#[0-9a-f]{6}|[a-z0-9]+(?:['-][a-z0-9]+)*|[,.;]", text.lower().replace("\u2019", "'"))


class Description:
    """The description's words, asked by table."""

    def __init__(self, text: str) -> None:
        base = _tokens(text)
        self.words = base
        self._set: dict[str, int] = {}
        for i, t in enumerate(base):
            self._set.setdefault(t, i)
            for part in t.split("-"):
                self._set.setdefault(part, i)
            if i + 1 < len(base):
                self._set.setdefault(f"{t}-{base[i + 1]}", i + 1)

    def has(self, *options: str) -> bool:
        return any(o in self._set for o in options)

    def find(self, table: Mapping[str, str]) -> tuple[str, int] | None:
        """The first row that is asked for, and where its noun stands; a later word wins no row above it."""
        for value, options in table.items():
            for o in options.split():
                if o in self._set:
                    return value, self._set[o]
        return None

    def before(self, place: int, table: Mapping[str, str], reach: int = 3) -> str | None:
        """The value of a table's word within the few words before a noun, up to a comma."""
        for i in range(place, max(-1, place - reach - 1), -1):
            if i != place and self.words[i] in ",.;":
                return None
            for piece in [*self.words[i].split("-")][::-1]:
                for value, options in table.items():
                    if piece in options.split():
                        return value
        return None

    def colour(self, place: int, reach: int = 4) -> Colour | None:
        """The colour named before a noun: a word of `words.COLOURS` or #rrggbb; 'dark' and 'light' shade it."""
        for i in range(place, max(-1, place - reach - 1), -1):
            t = self.words[i]
            if i != place and t in ",.;":
                return None
            if i != place and t in ("hair", "haired", "eyes", "eyed", "beard", "and", "with", "over"):
                return None
            found = t if t.startswith("#") else next((w.COLOURS[x] for x in t.split("-")[::-1] if x in w.COLOURS), None)
            if found:
                c = linear(found)
                shade = self.words[i - 1] if i else ""
                if "dark" in (shade, *t.split("-")) or shade == "deep":
                    return mixed(c, (0.0, 0.0, 0.0), 0.5)
                if shade in ("light", "pale"):
                    return mixed(c, (0.8, 0.8, 0.8), 0.4)
                return c
        return None

    def years(self) -> int | None:
        """An age in words or figures."""
        text = " ".join(self.words)
        if m := re.search(r"\b(early|mid|late)?[ -]?(\d0)s\b", text):
            return int(m[2]) + {"early": 2, "mid": 5, "late": 8}.get(m[1] or "", 4)
        if m := re.search(r"\b(\d{1,2})[ -](?:years?|year-old|yo)\b|\b(?:aged?) (\d{1,2})\b", text):
            return int(m[1] or m[2])
        if m := re.search(r"(?:^|, )(\d{1,2})(?: ,|$| \.)", text):
            return int(m[1])
        for word, years in w.DECADES.items():
            if self.has(word):
                return int(years) + (3 if self.has("late") else -3 if self.has("early") else 0)
        return None
