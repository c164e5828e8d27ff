"""The grammar and the library that ship with the compiler: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def grammar(name: str) -> str:
    """The text of a grammar file, `blocks.lark` say. FileNotFoundError if there is none: the installation is broken."""
    return grammar_path(name).read_text(encoding="utf-8")


def grammar_path(name: str) -> Path:
    """Where a grammar file stands: for tools that read it themselves, as editors do `apex.tmLanguage.json`."""
    return _folder("grammar") / name


@cache
def stdlib_names() -> tuple[str, ...]:
    """The library's files in order of name: `grades.apex`, `looks.apex`."""
    return tuple(sorted(path.name for path in _folder("stdlib").glob("*.apex")))


def stdlib(name: str) -> str | None:
    """The text of a library file, `looks.apex` say; None if the library has no such file."""
    if name not in stdlib_names():
        return None
    return (_folder("stdlib") / name).read_text(encoding="utf-8")


def stage_words() -> str:
    """The text of the words that the embedded stage understands, `stage.toml`."""
    return (_folder("stdlib") / "stage.toml").read_text(encoding="utf-8")
