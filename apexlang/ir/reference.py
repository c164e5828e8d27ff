"""The language reference and the pages of errors, made from the tables. `python -m apexlang.ir.reference` rewrites `docs/`."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from apexlang import resources
from apexlang.diagnostics import render_all
from apexlang.diagnostics.codes import TABLE, explain
from apexlang.ir import table
from apexlang.ir.forms import Kind, Slot, bounds, compile_form, shown
from apexlang.ir.load import load_source
from apexlang.ir.scope import SECTIONS
from apexlang.source import Source, World
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
        where = ", ".join(_CALLED.get(w, w) for w in p.where)
        lines = [f"### `{p.name}:`", "", f"{p.doc} In {where}.", "", f"```apex\n{p.example}\n```", ""]
        if p.clauses:
            lines += ["| clause | meaning |", "|---|---|"]
            lines += [f"| `{_cell(shown(c.form))}` | {_cell(c.doc + _kinds(c.form) + _late(c))} |" for c in p.clauses]
        else:
            lines.append("Free phrases between commas.")
        notes = []
        if p.default:
            notes.append(f"Not said: {p.default}.")
        if p.many:
            notes.append("May be said more than once.")
        if p.off:
            notes.append("`none` switches it off.")
        if p.later:
            notes.append(f"Not rendered yet: {p.later}.")
        parts.append("\n".join([*lines, "", " ".join(notes)]).rstrip() + "\n")
    return "\n".join(parts)


def later() -> str:
    """What is understood and checked and not rendered yet, with what is done instead."""
    rows: dict[str, list[str]] = {}
    for p in table.PROPERTIES:
        if p.later:
            rows.setdefault(p.later, []).append(f"`{p.name}:`")
            continue
        for c in p.clauses:
            if c.later:
                clause = f" {_first(c.form)}" if len(p.clauses) > 1 else ""
                rows.setdefault(c.later, []).append(f"`{p.name}:{clause}`")
                continue
            for said in dict.fromkeys(c.later_fields.values()):
                fields = [name for name, late in c.later_fields.items() if late == said]
                rows.setdefault(said, []).append(f"`{p.name}: {_late_value(c, fields)}`")
    for name, instead in table.LATER_TRANSITIONS.items():
        rows.setdefault(instead, []).append(f"`{'CUT on …' if name == 'on' else name}`")
    lines = [f"| {', '.join(dict.fromkeys(names))} | {_cell(instead)} |" for instead, names in rows.items()]
    return "\n".join(["| what is said | what is done instead |", "|---|---|", *lines]) + "\n"


def _first(form: str) -> str:
    """The words that a clause begins with; where it begins with a value, the whole of it."""
    words = re.match(r"[a-z|]+(?: [a-z|]+)*", form)
    return words[0].split("|")[0] if words is not None else shown(form)


def _late_value(clause: table.Clause, fields: list[str]) -> str:
    """What of a clause is not rendered: its word, if it has one, and the places of these values."""
    word = re.match(r"[a-z]+ ", clause.form)
    usual = [f" (other than {clause.usual[name]})" for name in fields if name in clause.usual]
    return (word[0] if word else "") + " ".join(f"<{_kind(name)}>" for name in fields) + "".join(usual)


def _late(clause: table.Clause) -> str:
    said = (
        [clause.later]
        if clause.later
        else [f"`{_late_value(clause, [n])}`: {late}" for n, late in clause.later_fields.items()]
    )
    return f". Not rendered yet: {'; '.join(said)}" if said else ""


def _kind(field: str) -> str:
    """A field as a form shows it: `rim_side` is `<side>`."""
    return field.partition("_")[2] or field


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


SECTIONS_OF_THE_PAGE = {"properties": properties, "words": words, "later": later, "library": library, "codes": codes}


_ASKED = re.compile(r"(```apex says\n(.*?)```\n\n```\n)(.*?)(```\n)", re.S)
"""A film in a page, and under it what the program says of it."""


def answer(text: str) -> str:
    """What the program says of a film that stands in a page."""
    source = Source("film.apex", text)
    found = load_source(World(Path()), source).diagnostics
    return render_all(found, {source.path: source})


def filled(page: str) -> str:
    """The page with what stands between the marks, and what is said of the films that ask for it, made anew."""
    page = _ASKED.sub(lambda match: f"{match[1]}{answer(match[2])}{match[4]}", page)
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
