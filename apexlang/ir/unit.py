"""A film's files: the one that is compiled, those that it uses, and the parts of the library that are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from apexlang.diagnostics import Diagnostic, Fix, error, of_problem, suggest, warning
from apexlang.ir.filling import Filler, settled
from apexlang.ir.kinds import kind_of_file
from apexlang.ir.places import within
from apexlang.ir.scope import NAMED, SECTIONS, Definition, Scope, folded, library_file, library_name
from apexlang.ir.table import BY_NAME
from apexlang.source import Problem, Source, Span, World
from apexlang.syntax import heads
from apexlang.syntax.blocks import parse
from apexlang.syntax.lines import Line, nfc
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block, Tree


@dataclass(slots=True, eq=False)
class Template:
    """A TEMPLATE as it stands: where its names mean what they mean, and how its head was read."""

    unit: Unit
    block: Block
    head: heads.TemplateHead
    used: bool = False


@dataclass(slots=True, eq=False)
class Unit:
    """One file of the film. `prefix` is put before the names that it defines; `uses` are the files it uses, each with the
    place in the file (index into the tree's items) where it says so."""

    path: str
    tree: Tree
    prefix: str = ""
    scope: Scope = field(default_factory=Scope)
    own: list[Definition] = field(default_factory=list)
    uses: list[tuple[int, Unit]] = field(default_factory=list)

    def span(self, line: Line, start: int, end: int) -> Span:
        """The span of `line.whole()[start:end]`; never empty."""
        return within(self.path, line, start, end)

    def word(self, line: Line) -> Span:
        """The span of the word that makes the line what it is."""
        end = line.word_end if line.word else line.col + max(1, len(line.text))
        return Span(self.path, line.number, line.col, line.number, end)

    def line(self, line: Line) -> Span:
        """The span of the whole line."""
        start = min(line.indent, line.col)  # a tab counts for more columns than it has letters
        return Span(self.path, line.number, start, line.number, max(line.end_col, start + 1))

    def fault(self, line: Line, fault: Fault) -> Diagnostic:
        """A fault in the text of a line as a diagnostic."""
        span = self.span(line, fault.start, fault.end)
        fixes: tuple[Fix, ...] = ()
        if fault.fix is not None:
            a, b = line.place(fault.start), line.place(fault.end)
            fixes = (
                Fix(Span(self.path, *a, *b), fault.fix, "maybe" if fault.maybe or fault.code == "E0309" else "safe"),
            )
        make = warning if fault.code[0] == "W" else error
        return make(fault.code, span, fault.message, fault.label, helps=fault.helps, fixes=fixes)


class Gathering:
    """Reads a film's files, follows every USE, and finds out which names mean what."""

    def __init__(self, world: World, parse: Callable[[Source], Tree] | None = None) -> None:
        self.world = world
        self._parse = parse or _parse
        self.sections: set[str] = set()
        """Sections of the library that were asked for."""
        self.found: list[Diagnostic] = []
        self.units: dict[str, Unit] = {}
        self.characters: dict[str, Definition] = {}
        self._library: dict[str, Unit | None] = {}
        self._open: list[str] = []
        self._unread: dict[str, Problem] = {}
        self._names: list[str] = []
        self._taken: dict[tuple[str, str], Definition] = {}
        self.filled: set[Span] = set()
        self.templates: dict[str, Template] = {}
        self.variants: dict[str, Definition] = {}

    def film(self, source: Source) -> Unit:
        return self._unit(source, "")

    def in_order(self, unit: Unit) -> Iterator[Unit]:
        """The unit and all that it uses, each once, the used ones first."""
        seen: set[str] = set()

        def walk(u: Unit) -> Iterator[Unit]:
            if u.path in seen:
                return
            seen.add(u.path)
            for _, used in u.uses:
                yield from walk(used)
            yield u

        yield from walk(unit)

    def _unit(self, source: Source, prefix: str) -> Unit:
        unit = Unit(source.path, self._parse(source), prefix)
        self.units[source.path] = unit
        self.found += unit.tree.diagnostics
        self._open.append(source.path)
        for item in unit.tree.items:
            if isinstance(item, Block) and item.kind in (*NAMED, "CHARACTER"):
                self._define(unit, item)
        for index, item in enumerate(unit.tree.items):
            if isinstance(item, Line) and item.kind == "USE" and not item.muted:
                self._use(unit, index, item)
        self._open.pop()
        self._fill(unit)
        return unit

    def _fill(self, unit: Unit) -> None:
        """Reads the unit's SET blocks and fills what they stand for into its lines."""
        own: dict[str, Line] = {}
        for item in unit.tree.items:
            if not isinstance(item, Block) or item.kind != "SET" or item.line.muted:
                continue
            if item.line.text:
                span = unit.span(item.line, 0, len(item.line.text))
                self.found.append(error("E0107", span, f"`{item.line.text}` cannot follow SET", "nothing stands here",
                                        helps=("names stand indented under SET, like `town: Berlin`",)))  # fmt: skip
            for line in item.body:
                if not isinstance(line, Line) or line.muted:
                    continue
                if not line.text:
                    self.found.append(error("E0309", unit.word(line), f"`{line.word}:` stands for nothing", "no value",
                                            helps=("like `town: Berlin`",)))  # fmt: skip
                elif line.word in own:
                    here, first = (Definition("SET", line.word, unit.word(x)) for x in (line, own[line.word]))
                    self.found.append(_twice(here, first))
                else:
                    own[line.word] = line
        around = unit.scope.values
        if own:
            unit.scope.values = {**around, **settled(unit.path, own.values(), around, self.found.append)}
        if "{" in unit.tree.source.text or "}" in unit.tree.source.text:
            items = self.filler(unit).tree(unit.tree.items, unit.scope.values)
            unit.tree = replace(unit.tree, items=items)

    def filler(self, unit: Unit) -> Filler:
        return Filler(unit.path, self.found.append, self.filled)

    def _define(self, unit: Unit, block: Block) -> None:
        line = block.line
        if line.kind == "CHARACTER":
            name = nfc(" ".join(line.text.removeprefix("@").split()))
            if not name:
                return
            here = Definition("CHARACTER", name, unit.span(line, 0, len(line.text)))
            if not line.muted:
                self._declare(self.characters, folded(name), here)
            return
        said = _name(line)
        if said is None:
            return
        name = said.text
        if name.startswith("std.") or "." in name:
            return
        here = Definition(line.kind, unit.prefix + name, unit.span(line, said.start, said.end))
        if line.muted:
            unit.scope.names[line.kind].setdefault(name, here)
            return
        if self._claim(here):
            unit.own.append(here)
            if line.kind == "TEMPLATE":
                head = heads.template(line.text)
                if isinstance(head, heads.TemplateHead):
                    self.templates[here.name] = Template(unit, block, head)
        unit.scope.names[line.kind].setdefault(name, here)

    def _claim(self, here: Definition) -> bool:
        """Takes a name for the film; an error if it is taken."""
        first = self._taken.setdefault((here.kind, here.name), here)
        if first is here:
            return True
        self.found.append(_twice(here, first))
        return False

    def _declare(self, table: dict[str, Definition], key: str, here: Definition) -> None:
        first = table.setdefault(key, here)
        if first is not here:
            self.found.append(_twice(here, first))

    def _use(self, unit: Unit, index: int, line: Line) -> None:
        used = heads.use(line.text)
        if isinstance(used, Fault):
            help_ = 'like `USE std.grades.teal_orange` or `USE "cast.apex" AS cast`'
            bare = _BARE_FILE.match(line.text)
            if bare is not None:
                used = Fault(
                    "E0319",
                    0,
                    bare.end(),
                    "a file's name stands in quotation marks",
                    f'write `"{bare[0]}"`',
                    (),
                    f'"{bare[0]}"',
                )
            self.found.append(
                unit.fault(line, Fault(used.code, used.start, used.end, used.message, used.label, (help_,)))
            )
            return
        for one in used:
            span = unit.span(line, one.what.start, one.what.end)
            if one.alias is not None and "." in one.alias.text:
                at = unit.span(line, one.alias.start, one.alias.end)
                self.found.append(error("E0209", at, f"`{one.alias.text}` is not a name to give", "no dots in it"))
                continue
            alias = one.alias.text if one.alias else ""
            if one.is_file:
                self._use_file(unit, index, one.what.text, alias, span)
            else:
                self._use_library(unit, one.what.text, alias, span)

    def _use_file(self, unit: Unit, index: int, text: str, alias: str, span: Span) -> None:
        path = self.world.resolve(unit.path, text)
        if isinstance(path, Problem):
            self.found.append(of_problem(path, span))
            return
        kind = kind_of_file(path)
        if kind is not None and self.world.missing(path) is None:
            self.found.append(error("E0512", span, f"`{text}` is {kind}", 'expected a film file (`"cast.apex"`)'))
            return
        if path in self._open:
            circle = " -> ".join(f"`{p}`" for p in [*self._open[self._open.index(path) :], path])
            self.found.append(
                error("E0207", span, f"`{path}` is being read already: USE goes in a circle", "back to where it began",
                      notes=(circle,) if len(self._open) > 1 else ())
            )  # fmt: skip
            return
        other = self.units.get(path)
        if other is None:
            source = self._unread.get(path) or self.world.read(path)
            if isinstance(source, Problem):
                self._unread[path] = source
                self.found.append(of_problem(source, span))
                return
            if len(self._open) > 100:
                self.found.append(error("E0207", span, "files use files more than a hundred deep", "one too many"))
                return
            other = self._unit(source, unit.prefix + (f"{alias}." if alias else ""))
        unit.uses.append((index, other))
        for kind, names in other.scope.names.items():
            for name, definition in names.items():
                if definition.name.startswith("std."):
                    continue
                visible = f"{alias}.{name}" if alias else name
                unit.scope.names[kind].setdefault(visible, definition)
        for name, filling in other.scope.values.items():
            unit.scope.values.setdefault(f"{alias}.{name}" if alias else name, filling)

    def _use_library(self, unit: Unit, name: str, alias: str, span: Span) -> None:
        definition = self.library(name)
        if definition is None:
            if not name.startswith("std"):
                known = [n for n in self.library_names() if n.endswith(f".{name}")]
                if known:
                    self.found.append(error("E0206", span, f"the library's names begin with `std.`, `{name}` does not",
                                            f"did you mean `{known[0]}`?", fixes=(Fix(span, known[0]),)))  # fmt: skip
                    return
                self.found.append(
                    error("E0206", span, f"the library's names begin with `std.`, `{name}` does not", "no such name",
                          helps=(f'for a file of yours, write `USE "{name.removesuffix(".apex")}.apex"`',))
                )  # fmt: skip
                return
            self._no_such(span, name, self.library_names())
            return
        short = alias or name.rpartition(".")[2]
        first = unit.scope.names[definition.kind].get(short)
        if first is not None and first.name != definition.name:
            self.found.append(_twice(Definition(definition.kind, short, span), first))
            return
        unit.scope.names[definition.kind][short] = definition

    def _no_such(self, span: Span, name: str, candidates: list[str]) -> None:
        section = name.split(".")[1] if name.count(".") else ""
        meant = suggest(name, candidates) if name != f"std.{section}" or section not in SECTIONS else None
        fixes = (Fix(span, meant),) if meant else ()
        label = f"did you mean `{meant}`?" if meant else "no such name in the library"
        inside = [c for c in candidates if c.startswith(f"std.{section}.")] or candidates
        helps = () if meant else ("the library has " + ", ".join(f"`{c}`" for c in inside[:12]),)
        self.found.append(error("E0206", span, f"the library has no `{name}`", label, helps=helps, fixes=fixes))

    def library(self, name: str) -> Definition | None:
        """A definition of the library by its full name."""
        parts = library_name(name)
        unit = self.library_unit(parts[0]) if parts else None
        if parts is None or unit is None:
            return None
        return unit.scope.names[SECTIONS[parts[0]]].get(parts[1])

    def library_unit(self, section: str) -> Unit | None:
        self.sections.add(section)
        if section not in self._library:
            path = library_file(section)
            source = self.world.read(path) if path else None
            unit = self._unit(source, f"std.{section}.") if isinstance(source, Source) else None
            self._library[section] = unit
        return self._library[section]

    def library_names(self) -> list[str]:
        """Every full name of the library."""
        if self._names:
            self.sections.update(SECTIONS)
            return self._names
        found: list[str] = []
        for section, kind in SECTIONS.items():
            unit = self.library_unit(section)
            if unit is not None:
                found += [d.name for d in unit.own if d.kind == kind]
        self._names = found
        return found

    def look_up(self, unit: Unit, kind: str, name: str) -> Definition | None:
        """What a name means in a file: a definition it sees, or a full name of the library of this kind."""
        seen = unit.scope.find(kind, name)
        if seen is not None:
            return seen
        found = self.library(name) if name.startswith("std.") else None
        return found if found is not None and found.kind == kind else None


def _parse(source: Source) -> Tree:
    return parse(source, BY_NAME)


_BARE_FILE = re.compile(r"[^\s\"',]+\.apex(?![^\s,])|[^\s\"',]*/[^\s\"',]+")
"""A path without its quotation marks."""


def _name(line: Line) -> heads.Text | None:
    """The name that the head of a definition gives; None where it cannot be read."""
    if line.kind == "TEMPLATE":
        template = heads.template(line.text)
        return None if isinstance(template, Fault) else template.name
    if line.kind == "VARIANT":
        variant = heads.variant(line.text)
        return None if isinstance(variant, Fault) else variant
    head = heads.definition(line.text)
    return None if isinstance(head, Fault) else head.name


def _twice(here: Definition, first: Definition) -> Diagnostic:
    name = here.name
    return error(
        "E0202",
        here.span,
        f"{here.kind} `{name}` is defined twice",
        "defined again here",
        helps=("give one of them another name",),
        secondary=((first.span, "first defined here"),),
    )
