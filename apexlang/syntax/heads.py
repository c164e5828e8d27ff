"""What stands after a structure word, parsed by `grammar/heads.lark` and remembered by its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, UnexpectedToken

from apexlang.syntax import grammars
from apexlang.syntax.lines import nfc
from apexlang.syntax.literals import Fault


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a head with its place in the head's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Used:
    """One thing of a USE: a name of the library or a file, and the prefix it gets."""

    what: Text
    is_file: bool
    alias: Text | None


@dataclass(frozen=True, slots=True)
class DefinitionHead:
    name: Text
    parent: Text | None


@dataclass(frozen=True, slots=True)
class Given:
    """A name with a value as it is written: a parameter with its default (None: it has none), or an argument."""

    name: Text
    value: Text | None


@dataclass(frozen=True, slots=True)
class TemplateHead:
    name: Text
    parameters: tuple[Given, ...]
    parent: Text | None = None


@dataclass(frozen=True, slots=True)
class InstanceHead:
    """`FROM reaction, who VICTOR #victor`; `label` is without its `#`."""

    name: Text
    arguments: tuple[Given, ...]
    label: Text | None


@dataclass(frozen=True, slots=True)
class ShotHead:
    """`size` is as written; `label` is without its `#`."""

    size: Text
    people: tuple[Text, ...]
    label: Text | None


@dataclass(frozen=True, slots=True)
class HeadingHead:
    place: str
    time: str
    number: str | None


class _Build(Transformer):  # type: ignore[type-arg]
    def film(self, children: list[Token]) -> Text | None:
        return _string(children[0]) if children else None

    def use(self, children: list[Used]) -> tuple[Used, ...]:
        return tuple(children)

    def library(self, children: list[Token]) -> Used:
        return Used(_text(children[0]), False, _text(children[2]) if len(children) > 1 else None)

    def file(self, children: list[Token]) -> Used:
        return Used(_string(children[0]), True, _text(children[2]) if len(children) > 1 else None)

    def definition(self, children: list[Token]) -> DefinitionHead:
        return DefinitionHead(_text(children[0]), _text(children[2]) if len(children) > 1 else None)

    def variant(self, children: list[Token]) -> Text:
        return _text(children[0])

    def parameter(self, children: list[Token]) -> tuple[Token, ...]:
        return tuple(children)

    argument = parameter

    def template(self, children: list[Any]) -> TemplateHead:
        given = tuple(_given(c) for c in children[1:] if isinstance(c, tuple))
        parent = children[2] if len(children) > 2 and children[1].type == "FROM" else None
        return TemplateHead(_text(children[0]), given, _text(parent) if parent is not None else None)

    def instance(self, children: list[Any]) -> InstanceHead:
        arguments = [c for c in children[2:] if isinstance(c, tuple)]
        label = next((c for c in children[2:] if isinstance(c, Token)), None)
        if arguments and len(arguments[-1]) > 2 and arguments[-1][-1].type == "HASH":
            label = arguments[-1][-1]
            arguments[-1] = arguments[-1][:-1]
        named = Text(nfc(label[1:]), label.start_pos or 0, label.end_pos or 0) if label is not None else None
        return InstanceHead(_text(children[1]), tuple(_given(a) for a in arguments), named)

    def size(self, children: list[Token]) -> Text:
        return _phrase(children)

    person = size

    def people(self, children: list[Text]) -> tuple[Text, ...]:
        return tuple(children)

    def shot(self, children: list[object]) -> ShotHead:
        size = children[0]
        assert isinstance(size, Text)
        people = next((c for c in children if isinstance(c, tuple)), ())
        label = next((c for c in children if isinstance(c, Token) and c.type == "LABEL"), None)
        return ShotHead(size, people, Text(nfc(label[1:]), label.start_pos or 0, label.end_pos or 0) if label else None)


def _given(tokens: tuple[Token, ...]) -> Given:
    return Given(_text(tokens[0]), _phrase(list(tokens[1:])) if len(tokens) > 1 else None)


def _text(token: Token) -> Text:
    return Text(nfc(str(token)), token.start_pos or 0, token.end_pos or 0)


def _string(token: Token) -> Text:
    return Text(str(token)[1:-1].replace('""', '"'), token.start_pos or 0, token.end_pos or 0)


def _phrase(tokens: list[Token]) -> Text:
    """Tokens as one text; the space between them is one space or none, as written."""
    out = str(tokens[0])
    for before, token in pairwise(tokens):
        out += (" " if token.start_pos != before.end_pos else "") + str(token)
    return Text(nfc(out), tokens[0].start_pos or 0, tokens[-1].end_pos or 0)


LONGEST_HEAD = 2_000
"""Characters of the longest head that is read."""

STARTS = ("film", "use", "definition", "variant", "template", "shot", "instance")


@cache
def _parser() -> Lark:
    return grammars.parser(
        "heads.lark", start=list(STARTS), lexer="contextual", transformer=_Build(), maybe_placeholders=False
    )


_EXPECTED = {
    "STRING": 'a text (`"…"`)', "PATH": "a name", "NAME": "a name", "SIZEWORD": "a name", "AS": "`AS`", "FROM": "`FROM`",
    "OF": "`of`", "LABEL": "a label (`#crates`)", "COMMA": "`,`", "_AND": "`,`", "DOT": "a name", "HASH": "a label (`#crates`)",
    "OPEN": "`(`", "CLOSE": "`)`", "ANY": "a value",
}  # fmt: skip


@lru_cache(16384)
def _parse(start: str, text: str) -> object:
    if len(text) > LONGEST_HEAD:
        return Fault("E0107", 0, len(text), "this line is too long to be read", f"{LONGEST_HEAD} characters at most")
    try:
        return _parser().parse(text, start=start)
    except UnexpectedInput as problem:
        return _fault(text, problem)


def _fault(text: str, problem: UnexpectedInput) -> Fault:
    if isinstance(problem, UnexpectedToken):
        token = problem.token
        expected = sorted({_EXPECTED[name] for name in problem.expected if name in _EXPECTED})
        if token.type == "$END":
            start = end = len(text)
            message = "something is missing"
        else:
            start, end = token.start_pos or 0, token.end_pos or 0
            message = f"`{text[start:end]}` cannot stand here"
    else:
        start = getattr(problem, "pos_in_stream", None) or 0
        end, expected = start + 1, []
        message = f"`{text[start:end]}` cannot stand here"
        if text[start] == '"':
            return Fault("E0302", start, len(text), "this text is never closed", 'a `"` is missing')
    *most, last = expected or ["nothing more"]
    return Fault("E0107", start, end, message, f"expected {', '.join(most)} or {last}" if most else f"expected {last}")


def film(text: str) -> Text | Fault | None:
    """The title of a FILM; None if it has none."""
    return _parse("film", text)  # type: ignore[return-value]


def use(text: str) -> tuple[Used, ...] | Fault:
    return _parse("use", text)  # type: ignore[return-value]


def definition(text: str) -> DefinitionHead | Fault:
    return _parse("definition", text)  # type: ignore[return-value]


def variant(text: str) -> Text | Fault:
    return _parse("variant", text)  # type: ignore[return-value]


def template(text: str) -> TemplateHead | Fault:
    return _parse("template", text)  # type: ignore[return-value]


def instance(text: str) -> InstanceHead | Fault:
    """What follows SHOT where a template is used: it begins with FROM."""
    return _parse("instance", text)  # type: ignore[return-value]


def is_instance(text: str) -> bool:
    """Whether what follows SHOT uses a template."""
    return text[:4] == "FROM" and text[4:5] in ("", " ", "\t")


def shot(text: str) -> ShotHead | Fault:
    at = text.rfind("#")
    if at > 0 and len(text) <= LONGEST_HEAD and text[at - 1] in " \t" and _label().fullmatch(text, at):
        # Every shot has a label of its own and little else: the rest is remembered without it.
        head = _parse("shot", f"{text[:at]}#x")
        if isinstance(head, ShotHead) and head.label is not None:
            return ShotHead(head.size, head.people, Text(nfc(text[at + 1 :]), at, len(text)))
    return _parse("shot", text)  # type: ignore[return-value]


@cache
def _label() -> re.Pattern[str]:
    return re.compile(_parser().get_terminal("LABEL").pattern.to_regexp())


_NUMBER = re.compile(r"(.*?)[ \t]*#([^#\s]+)#[ \t]*", re.S)
_DASH = re.compile(r"[ \t]+[-–—][ \t]+")


@lru_cache(4096)
def heading(text: str) -> HeadingHead:
    """Place, time of day and number of a scene heading: `WAREHOUSE - NIGHT #12A#`."""
    match = _NUMBER.fullmatch(text)
    place, number = (match[1], match[2]) if match else (text, None)
    parts = _DASH.split(place.strip(" \t"))
    time = parts.pop() if len(parts) > 1 else ""
    return HeadingHead(nfc(" - ".join(p.strip() for p in parts)), nfc(time.strip()), number)
