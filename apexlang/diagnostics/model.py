"""A diagnostic: what is wrong, where exactly, what was expected, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from apexlang.source import Problem, Span

Severity = Literal["error", "warning"]

LONGEST = 400
"""Characters of the longest message: one that quotes more of a film loses its middle."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the text. `safe`: keeps or restores what was plainly meant; `maybe`: a person should look.

    `also`: further changes that belong to it, of places that do not overlap. The fixes of one diagnostic are choices.
    """

    span: Span
    replacement: str
    applicability: Literal["safe", "maybe"] = "safe"
    also: tuple[tuple[Span, str], ...] = ()

    @property
    def edits(self) -> tuple[tuple[Span, str], ...]:
        """Every place that is changed, with what is written there."""
        return ((self.span, self.replacement), *self.also)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`label` stands at the span; `secondary` are other places that matter, each with its own words."""

    code: str
    severity: Severity
    span: Span | None
    message: str
    label: str = ""
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    secondary: tuple[tuple[Span, str], ...] = ()

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def at(self, span: Span | None) -> Diagnostic:
        return replace(self, span=span)

    def moved(self, by: int, path: str, first: int, end: int) -> Diagnostic:
        """The same, of a text whose lines from `first` up to `end` stand `by` lines further down."""

        def there(span: Span) -> Span:
            if span.path != path or not first <= span.line < end:
                return span
            return Span(path, span.line + by, span.col, span.end_line + by, span.end_col)

        return replace(
            self,
            span=there(self.span) if self.span else None,
            secondary=tuple((there(span), words) for span, words in self.secondary),
            fixes=tuple(
                replace(fix, span=there(fix.span), also=tuple((there(s), text) for s, text in fix.also))
                for fix in self.fixes
            ),
        )


def error(
    code: str,
    span: Span | None,
    message: str,
    label: str = "",
    *,
    notes: tuple[str, ...] = (),
    helps: tuple[str, ...] = (),
    fixes: tuple[Fix, ...] = (),
    secondary: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    return Diagnostic(code, "error", span, _short(message), _short(label), notes, helps, fixes, secondary)


def warning(
    code: str,
    span: Span | None,
    message: str,
    label: str = "",
    *,
    notes: tuple[str, ...] = (),
    helps: tuple[str, ...] = (),
    fixes: tuple[Fix, ...] = (),
    secondary: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    return Diagnostic(code, "warning", span, _short(message), _short(label), notes, helps, fixes, secondary)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 4 :]}"


def of_problem(problem: Problem, span: Span | None) -> Diagnostic:
    """A reading problem, now that its place is known."""
    return error(problem.code, span, problem.message, problem.label, helps=problem.helps)


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, then code; what has no place comes first; the same thing said twice is said once."""

    def place(d: Diagnostic) -> tuple[str, int, int, int, int, str]:
        s = d.span
        if s is None:
            return ("", -1, -1, -1, -1, d.code)
        return (s.path, s.line, s.col, s.end_line, s.end_col, d.code)

    return tuple(dict.fromkeys(sorted(found, key=place)))
