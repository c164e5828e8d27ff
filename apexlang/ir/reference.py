"""The language reference and the pages of errors, made from the tables. `python -m apexlang.ir.reference` rewrites `docs/`."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from apexlang import resources
from apexlang.diagnostics.codes import TABLE, explain
from apexlang.ir import table
from apexlang.ir.forms import Kind, Slot, bounds, compile_form, shown
from apexlang.ir.scope import SECTIONS
from apexlang.source import Source
from apexlang.syntax import heads
from apexlang.syntax.blocks import parse
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block

MARK = "<!-- made from the tables by `python -m apexlang.ir.reference`: {} -->"
END = "<!-- end -->"

_CALLED = {"HEADING": "scene"}


def properties() -> str:
    """Every property: where it stands, its clauses, defaults, an example."""
    parts = []
    for p in table.PROPERTIES:
        if p.later:
            continue
        where = ", ".join(_CALLED.get(w, w) for w in p.where)
        lines = [f"### `{p.name}:`", "", f"{p.doc} In {where}.", "", f"```apex\n{p.example}\n```", ""]
        if p.clauses:
            lines += ["| clause | meaning |", "|---|---|"]
            lines += [f"| `{_cell(shown(c.form))}` | {_cell(c.doc + _kinds(c.form))} |" for c in p.clauses]
        else:
            lines.append("Free phrases between commas.")
        notes = []
        if p.default:
            notes.append(f"Not said: {p.default}.")
        if p.many:
            notes.append("May be said more than once.")
        if p.off:
            notes.append("`none` switches it off.")
        parts.append("\n".join([*lines, "", " ".join(notes)]).rstrip() + "\n")
    later = ", ".join(
        f"`{p.name}:` ({', '.join(_CALLED.get(w, w) for w in p.where)})" for p in table.PROPERTIES if p.later
    )
    return "\n".join([*parts, f"Reserved, not in this version yet: {later}.\n"])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _kinds(form: str) -> str:
    """What the values of a form are, where the form's field does not say it."""
    said: dict[str, str] = {}

    def walk(parts: tuple[object, ...]) -> None:
        for part in parts:
            if isinstance(part, Slot):
                kind = table.KINDS[part.kind]
                said.setdefault(kind.says, kind.says + _range(kind))
            else:
                walk(getattr(part, "parts", ()))

    walk(compile_form(form))
    return ": " + "; ".join(said.values()) if said else ""


def _range(kind: Kind) -> str:
    return bounds(kind) if kind.low is not None or kind.high is not None else ""


def words() -> str:
    """The words that values are made of."""
    rows = [
        ("shot sizes", table.SIZES),
        ("camera angles", table.ANGLES),
        ("moods of light", table.MOODS),
        ("sides", table.KINDS["side"].words),
        ("qualities of light", table.KINDS["quality"].words),
        ("fill, rim and background", table.KINDS["accent"].words),
        ("moves", table.MOVES),
        ("compositions", table.COMPOSITIONS),
        ("easings", (*table.EASINGS, "gamma 2.2", "cubic-bezier (0.4, 0, 0.2, 1)")),
        ("generators", table.GENERATORS),
    ]
    return (
        "\n".join(
            [
                "| | words |",
                "|---|---|",
                *(f"| {name} | {', '.join(f'`{w}`' for w in found)} |" for name, found in rows),
            ]
        )
        + "\n"
    )


def library() -> str:
    """Every definition of the library with what it says of itself."""
    out = ["| name | |", "|---|---|"]
    for section, kind in SECTIONS.items():
        text = resources.stdlib(f"{section}.apex") or ""
        for item in parse(Source(section, text)).items:
            if isinstance(item, Block) and item.kind == kind:
                head = heads.definition(item.line.text)
                name = "?" if isinstance(head, Fault) else head.name.text
                doc = next(
                    (line.text for line in item.body if not isinstance(line, Block) and line.kind == "PROSE"), ""
                )
                out.append(f"| `std.{section}.{name}` | {_cell(doc)} |")
    return "\n".join(out) + "\n"


def codes() -> str:
    return "\n".join(f"- [{e.code}](errors/{e.code}.md): {e.title}" for e in TABLE.values()) + "\n"


SECTIONS_OF_THE_PAGE = {"properties": properties, "words": words, "library": library, "codes": codes}


def filled(page: str) -> str:
    """The page with what stands between the marks made anew."""
    for name, make in SECTIONS_OF_THE_PAGE.items():
        start = MARK.format(name)
        pattern = re.escape(start) + r".*?" + re.escape(END)
        page = re.sub(pattern, partial(_text, f"{start}\n{make()}{END}"), page, flags=re.S)
    return page


def _text(text: str, match: re.Match[str]) -> str:
    return text


def main(root: Path) -> None:
    page = root / "docs" / "language.md"
    page.write_text(filled(page.read_text("utf-8")), "utf-8", newline="\n")
    folder = root / "docs" / "errors"
    folder.mkdir(exist_ok=True)
    for entry in TABLE.values():
        (folder / f"{entry.code}.md").write_text(explain(entry), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(__file__).parents[2])
