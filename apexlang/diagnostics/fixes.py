"""Fixes into texts: which of them may be made at once, and the text with them made."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping

from apexlang.diagnostics.model import Diagnostic, Fix
from apexlang.source import Source


def safe_fixes(found: Iterable[Diagnostic]) -> list[Fix]:
    """Of each diagnostic, the first fix that needs no one to look at it."""
    first = (next((fix for fix in d.fixes if fix.applicability == "safe"), None) for d in found)
    return [fix for fix in first if fix is not None]


def apply(fixes: Iterable[Fix], sources: Mapping[str, Source]) -> tuple[dict[str, Source], list[Fix]]:
    """The sources that change, by path, and the fixes that were made.

    A fix is made whole or not at all. Of two that overlap, or that write at one place, the one given first is made. A fix in a
    file that is not in `sources` is left out.
    """
    taken: dict[str, list[tuple[int, int, str]]] = {}
    made: list[Fix] = []
    used: dict[str, list[tuple[int, int]]] = {}
    for fix in fixes:
        edits: list[tuple[str, int, int, str]] = []
        for span, text in fix.edits:
            source = sources.get(span.path)
            if source is None:
                break
            start = source.offset(span.line, span.col)
            edits.append((span.path, start, max(start, source.offset(span.end_line, span.end_col)), text))
        else:
            if all(_is_free(used.get(path, []), start, end) for path, start, end, _ in edits):
                made.append(fix)
                for path, start, end, text in edits:
                    taken.setdefault(path, []).append((start, end, text))
                    insort(used.setdefault(path, []), (start, end))
    return {path: Source(path, _rewritten(sources[path].text, edits)) for path, edits in taken.items()}, made


def _is_free(used: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch neither overlaps nor touches one of `used`, which are in order and apart from each other."""
    at = bisect_left(used, (start, end))
    return (at == 0 or used[at - 1][1] < start) and (at == len(used) or end < used[at][0])


def _rewritten(text: str, edits: list[tuple[int, int, str]]) -> str:
    out: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        out += [text[at:start], new]
        at = end
    return "".join([*out, text[at:]])
