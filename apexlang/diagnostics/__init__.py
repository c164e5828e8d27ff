"""What the compiler says to people: diagnostics as values, how they are shown, and the table of their codes."""

from apexlang.diagnostics.data import as_json
from apexlang.diagnostics.fixes import apply, safe_fixes
from apexlang.diagnostics.model import Diagnostic, Fix, error, in_order, of_problem, warning
from apexlang.diagnostics.render import SHOWN, render, render_all, visible
from apexlang.diagnostics.suggestions import suggest

__all__ = [
    "SHOWN",
    "Diagnostic",
    "Fix",
    "apply",
    "as_json",
    "error",
    "in_order",
    "of_problem",
    "render",
    "render_all",
    "safe_fixes",
    "suggest",
    "visible",
    "warning",
]
