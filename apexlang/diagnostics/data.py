"""Diagnostics for programs, in the shapes of the Language Server Protocol 3.17."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apexlang.diagnostics.model import Diagnostic, Fix
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


def _location(span: Span, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {"path": span.path, "range": as_range(span, sources)}


def _fix(fix: Fix, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "edits": [{**_location(span, sources), "newText": text} for span, text in fix.edits],
    }


def as_json(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> dict[str, Any]:
    """One object: code, severity, path, range, message, label, notes, helps, fixes, related places. `sources`: the files by path.

    `path` and `range` are null where a diagnostic has no place.
    """
    d = diagnostic
    return {
        "code": d.code,
        "severity": d.severity,
        "path": d.span.path if d.span else None,
        "range": as_range(d.span, sources) if d.span else None,
        "message": d.message,
        "label": d.label,
        "notes": list(d.notes),
        "helps": list(d.helps),
        "fixes": [_fix(fix, sources) for fix in d.fixes],
        "relatedInformation": [
            {"location": _location(span, sources), "message": text} for span, text in d.secondary
        ],
    }
