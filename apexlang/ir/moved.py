"""Typed nodes that stand some lines further down: the same in all but their places."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_args

from apexlang.ir.model import Node
from apexlang.ir.places import Places, Values
from apexlang.source import Span

Kind = TypeVar("Kind", bound=Node)


def moved(node: Kind, by: int) -> Kind:
    """The node with every place in it `by` lines further down (up, if negative)."""
    fields: dict[str, Any] = {}
    own = node.__dict__
    for name in _with_nodes(type(node)):
        value = own[name]
        if isinstance(value, Node):
            fields[name] = moved(value, by)
        elif type(value) is tuple and value:
            fields[name] = tuple(moved(v, by) if isinstance(v, Node) else v for v in value)
    span, where = own["span"], own["where"]
    if span is not None:
        fields["span"] = down(span, by)
    if where:
        fields["where"] = (
            where.moved(by)
            if isinstance(where, Places | Values)
            else {n: down(place, by) for n, place in where.items()}
        )
    return node.but(fields) if fields else node


def down(span: Span, by: int) -> Span:
    """The place `by` lines further down."""
    path, line, col, end_line, end_col = span
    return Span(path, line + by, col, end_line + by, end_col)


@cache
def _with_nodes(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of node in which nodes may be."""
    return tuple(name for name, field in kind.model_fields.items() if _holds_nodes(field.annotation))


def _holds_nodes(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Node):
        return True
    return any(_holds_nodes(part) for part in get_args(annotation))
