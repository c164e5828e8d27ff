"""What the compiler says to people: diagnostics as values, how they are shown, and the table of their codes."""

from apexlang.diagnostics.model import Diagnostic, Fix, error, in_order, of_problem, warning
from apexlang.diagnostics.render import SHOWN, as_json, render, render_all
from apexlang.diagnostics.suggestions import suggest

__all__ = [
    "SHOWN",
    "Diagnostic",
    "Fix",
    "as_json",
    "error",
    "in_order",
    "of_problem",
    "render",
    "render_all",
    "suggest",
    "warning",
]
