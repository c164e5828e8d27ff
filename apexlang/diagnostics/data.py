"""Diagnostics for programs, in the shapes of the Language Server Protocol 3.17."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apexlang.diagnostics.model import Diagnostic, Fix
from apexlang.diagnostics.render import as_is
from apexlang.source import Source, Span


def utf16(text: str) -> int:
    """Code units that `text` takes in UTF-16: two for each character beyond U+FFFF."""
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def _position(line: int, col: int, source: Source | None) -> dict[str, int]:
    """Counted from 0. Our columns are code points, the protocol's are UTF-16 code units."""
    if source is not None and line < len(source.lines):
        text = source.lines[line]
        col = utf16(text[:col]) + max(0, col - len(text))
    return {"line": line, "character": col}


def as_range(span: Span, sources: Mapping[str, Source]) -> dict[str, Any]:
    """A span as a range of the protocol. Of a file that is not in `sources`, columns stay code points."""
    source = sources.get(span.path)
    return {
        "start": _position(span.line, span.col, source),
        "end": _position(span.end_line, span.end_col, source),
    }


def as_json(
    diagnostic: Diagnostic, sources: Mapping[str, Source], named: Callable[[str], str] = as_is
) -> dict[str, Any]:
    """One object: code, severity, path, range, message, label, notes, helps, fixes, related places.

    `sources`: the files by path; `named`: what a path is called. `path` and `range` are null where a diagnostic has no place.
    """
    d = diagnostic

    def location(span: Span) -> dict[str, Any]:
        return {"path": named(span.path), "range": as_range(span, sources)}

    def choice(fix: Fix) -> dict[str, Any]:
        return {
            "applicability": fix.applicability,
            "edits": [{**location(span), "newText": text} for span, text in fix.edits],
        }

    return {
        "code": d.code,
        "severity": d.severity,
        **(location(d.span) if d.span else {"path": None, "range": None}),
        "message": d.message,
        "label": d.label,
        "notes": list(d.notes),
        "helps": list(d.helps),
        "fixes": [choice(fix) for fix in d.fixes],
        "relatedInformation": [{"location": location(span), "message": text} for span, text in d.secondary],
    }
