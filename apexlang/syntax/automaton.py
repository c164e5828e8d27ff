"""Lark's parser, each of its steps taken once: which kinds of token may follow which, remembered by the parser's state."""

from __future__ import annotations

from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

END = "$END"


class State(dict[str, "State | None"]):
    """A state of Lark's parser between two tokens: from a kind of token to the state after it, None where the grammar refuses it.

    What opens and closes comes back to the state that it began in, so a handful of states serves every film; what is
    built from the tokens is the caller's work. `known`: every state that was met, by Lark's own stack.
    """

    __slots__ = ("_known", "_parser")

    def __init__(self, parser: InteractiveParser, known: dict[tuple[object, ...], State] | None = None) -> None:
        self._parser = parser
        self._known = {} if known is None else known

    def __missing__(self, kind: str) -> State | None:
        self[kind] = after = self._step(kind)
        return after

    def _step(self, kind: str) -> State | None:
        parser = self._parser.copy()  # type: ignore[no-untyped-call]
        try:
            parser.feed_token(Token(kind, ""))
        except UnexpectedToken:
            return None
        return self._known.setdefault(tuple(parser.parser_state.state_stack), State(parser, self._known))
