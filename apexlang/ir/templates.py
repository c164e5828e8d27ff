"""Templates: shots with names in them that are filled in where the template is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from apexlang.diagnostics import Diagnostic, Fix, error, suggest
from apexlang.ir import model as ir
from apexlang.ir.properties import Context, Count, look_up
from apexlang.ir.scope import Filling
from apexlang.ir.shots import between, card, labelled, shot_fields
from apexlang.ir.shots import shot as plain_shot
from apexlang.ir.unit import Template, Unit
from apexlang.source import Span
from apexlang.syntax import heads
from apexlang.syntax.lines import Line
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block

DEEPEST = 16
MOST = 50_000
"""Shots that the templates of one film may make: templates of templates could grow without end."""

Item = ir.Shot | ir.Transition


def items(ctx: Context, unit: Unit, block: Block) -> Iterator[Item]:
    """The shots, cards and transitions of a scene, templates filled in."""
    yield from _items(ctx, unit, block.body, (), ctx.templated)


def _items(
    ctx: Context, unit: Unit, body: Iterable[Line | Block], using: tuple[str, ...], count: Count
) -> Iterator[Item]:
    for item in body:
        if isinstance(item, Line):
            if item.kind == "TRANSITION":
                made = between(ctx, unit, item)
                if made is not None:
                    yield made
        elif item.kind == "TITLE":
            yield card(ctx, unit, item)
        elif heads.is_instance(item.line.text):
            yield from _used(ctx, unit, item, using, count)
        else:
            yield plain_shot(ctx, unit, item)


def _used(ctx: Context, unit: Unit, block: Block, using: tuple[str, ...], count: Count) -> Iterator[Item]:
    """What `SHOT FROM template, who VICTOR #victor` stands for: the template's shots, with what stands under this one over them."""
    line = block.line
    head = heads.instance(line.text)
    if isinstance(head, Fault):
        help_ = "a shot of a template is `SHOT FROM template, name value #label`"
        ctx.found.append(unit.fault(line, Fault(head.code, head.start, head.end, head.message, head.label, (help_,))))
        return
    at = unit.span(line, head.name.start, head.name.end)
    if _too_many(ctx, at, count):  # a use that makes nothing counts too: there may be ten million of them
        return
    name = look_up(ctx, unit, "TEMPLATE", head.name.text, at)
    template = ctx.gathering.templates.get(name) if name is not None else None
    if name is None or template is None:
        return
    if name in using or len(using) >= DEEPEST:
        what = f"TEMPLATE `{name}` comes from itself" if name in using else "templates use templates too deep"
        circle = " -> ".join(f"`{n}`" for n in [*using[using.index(name) :], name]) if name in using else ""
        ctx.found.append(error("E0204", at, what, "used within itself" if circle else f"{DEEPEST} deep at most",
                               notes=(circle,) if circle else ()))  # fmt: skip
        return
    lineage = _lineage(ctx, template)
    values = _arguments(ctx, unit, line, head, name, lineage)
    if values is None:
        return
    template.used = True
    body = next((t for t in lineage if t.block.body), template)
    body.used = True
    before = len(ctx.found)
    filled = ctx.gathering.filler(body.unit).tree(body.block.body, {**body.unit.scope.values, **values})
    over = shot_fields(ctx, unit, block) if block.body else {}
    muted = line.muted or body.block.line.muted
    made: list[Item] = []
    for item in _items(ctx, body.unit, filled, (*using, name), count):
        made.append(item)
        if isinstance(item, ir.Shot) and _too_many(ctx, at, count):
            return
    mark = unit.line(line)
    ctx.found[before:] = [_from_here(d, mark, body.unit.path) for d in ctx.found[before:]]
    label = labelled(ctx, unit, line, head.label) if head.label is not None else None
    several = sum(isinstance(i, ir.Shot) for i in made) > 1
    number = 0
    for item in made:
        if isinstance(item, ir.Transition):
            yield item.model_copy(update={"muted": item.muted or muted})
            continue
        number += 1
        yield _placed(item, over if number == 1 else _settings_only(over), label, number if several else 0, mark, muted,
                      unit.span(line, head.label.start, head.label.end) if head.label else None)  # fmt: skip


def _too_many(ctx: Context, at: Span, count: Count) -> bool:
    """Counts one more; whether that is more than a film may have, which is said once."""
    count.made += 1
    if count.made > MOST and not count.said:
        count.said = True
        ctx.found.append(
            error("E0211", at, f"the templates of this film make more than {MOST:,} shots", "one too many")
        )
    return count.made > MOST


def _placed(
    shot: ir.Shot,
    over: Mapping[str, Any],
    label: str | None,
    number: int,
    mark: Span,
    muted: bool,
    label_at: Span | None,
) -> ir.Shot:
    """A template's shot where it is used. One of several is called `label.own`, or `label.2` where it has no label of its own."""
    where = dict(shot.where)
    where.setdefault("template", shot.span)  # type: ignore[arg-type]
    own = shot.label
    if label is not None:
        own = label if not number else f"{label}.{own}" if own else label if number == 1 else f"{label}.{number}"
        where["label"] = label_at or mark
    fields: dict[str, Any] = {}
    if over:
        fields = {name: (*getattr(shot, name), *over[name]) for name in ("prose", "dialogue", "supers", "sounds")}
        fields["settings"] = laid_over(over["settings"], shot.settings)
        fields["source"] = over["source"] or shot.source
    return shot.model_copy(update={**fields, "label": own, "where": where, "span": mark, "muted": shot.muted or muted})


def _settings_only(over: Mapping[str, Any]) -> dict[str, Any]:
    nothing = {"prose": (), "dialogue": (), "supers": (), "sounds": (), "source": None}
    return {**over, **nothing} if over else {}


def laid_over(over: ir.Settings, under: ir.Settings) -> ir.Settings:
    """Two settings as one: what `over` says holds, of camera and light field by field."""
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for name in ir.Settings.model_fields:
        if name in ("span", "where"):
            continue
        a, b = getattr(over, name), getattr(under, name)
        value, source = (a, over) if a is not None else (b, under)
        if value is None:
            continue
        if isinstance(a, ir.Camera | ir.Light) and isinstance(b, ir.Camera | ir.Light):
            parts = {
                p: v for p in type(b).model_fields if p not in ("span", "where") and (v := getattr(b, p)) is not None
            }
            parts |= {
                p: v for p in type(a).model_fields if p not in ("span", "where") and (v := getattr(a, p)) is not None
            }
            value = type(a).made(**parts, where={**dict(b.where), **dict(a.where)}, span=a.span)
        fields[name] = value
        if name in source.where:
            where[name] = source.where[name]
    return ir.Settings.made(**fields, where=where) if fields else ir.Settings.made()


def _lineage(ctx: Context, template: Template) -> list[Template]:
    """The template, the one it is FROM, and so on. A circle, which `parents_end` reports, ends where it closes."""
    found = [template]
    while (parent := found[-1].head.parent) is not None:
        definition = ctx.gathering.look_up(found[-1].unit, "TEMPLATE", parent.text)
        above = ctx.gathering.templates.get(definition.name) if definition is not None else None
        if above is None or above in found:
            break
        found.append(above)
    return found


def _arguments(
    ctx: Context, unit: Unit, line: Line, head: heads.InstanceHead, name: str, lineage: Sequence[Template]
) -> dict[str, Filling] | None:
    """What each parameter stands for here. None, and errors, where one is missing."""
    wanted: dict[str, Filling | None] = {}
    for template in reversed(lineage):
        for given in template.head.parameters:
            span = template.unit.span(template.block.line, given.name.start, given.name.end)
            filling = Filling(given.value.text, span) if given.value is not None else wanted.get(given.name.text)
            wanted[given.name.text] = filling
    said: dict[str, Filling] = {}
    wrong = False
    for given in head.arguments:
        at = unit.span(line, given.name.start, given.name.end)
        key = given.name.text
        if key not in wanted:
            wrong = True
            meant = suggest(key, wanted)
            label = f"did you mean `{meant}`?" if meant else "no parameter of this name"
            takes = ", ".join(f"`{n}`" for n in wanted) or "nothing"
            ctx.found.append(error("E0208", at, f"TEMPLATE `{name}` has no `{key}`", label, helps=(f"it takes {takes}",),
                                   fixes=(Fix(at, meant),) if meant else ()))  # fmt: skip
        elif given.value is None:
            wrong = True
            ctx.found.append(error("E0208", at, f"`{key}` has no value", "a value is missing after it",
                                   helps=(f"like `SHOT FROM {name}, {key} …`",)))  # fmt: skip
        elif given.value.text[0] in ":=":
            wrong = True
            mark = unit.span(line, given.value.start, given.value.start + 1)
            ctx.found.append(error("E0208", mark, f"`{key}` and its value have no `{given.value.text[0]}` between them",
                                   "delete this", helps=(f"like `SHOT FROM {name}, {key} …`",), fixes=(Fix(mark, " "),)))  # fmt: skip
        elif key in said:
            wrong = True
            ctx.found.append(error("E0208", at, f"`{key}` is given twice", "given again"))
        else:
            said[key] = Filling(given.value.text, unit.span(line, given.value.start, given.value.end))
    missing = [key for key, default in wanted.items() if default is None and key not in said]
    if missing and not wrong:
        at = unit.span(line, head.name.start, head.name.end)
        names = " and ".join(f"`{key}`" for key in missing)
        here = lineage[0].unit.line(lineage[0].block.line)
        example = ", ".join(f"{key} …" for key in missing)
        ctx.found.append(error("E0208", at, f"TEMPLATE `{name}` needs {names}", "not given", secondary=((here, "defined here"),),
                               helps=(f"like `SHOT FROM {head.name.text}, {example}`",)))  # fmt: skip
    if missing or wrong:
        return None
    return {key: said.get(key) or default for key, default in wanted.items() if default is not None or key in said}  # type: ignore[misc]


def _from_here(found: Diagnostic, mark: Span, path: str) -> Diagnostic:
    """What was found in a template, with the place of its use."""
    if found.span is None or found.span == mark or found.span.path != path or len(found.secondary) > 3:
        return found
    return replace(found, secondary=(*found.secondary, (mark, "the template is used here")))


def unused(ctx: Context, unit: Unit) -> None:
    """Checks the unit's templates that no shot is made from, as far as can be told without their arguments."""
    for template in ctx.gathering.templates.values():
        if template.unit is not unit or template.used:
            continue
        values: dict[str, Filling] = dict(unit.scope.values)
        open_: set[str] = set()
        for ancestor in reversed(_lineage(ctx, template)):
            for given in ancestor.head.parameters:
                span = unit.line(template.block.line)
                if given.value is not None:
                    values[given.name.text] = Filling(given.value.text, span)
                    open_.discard(given.name.text)
                elif given.name.text not in values:
                    open_.add(given.name.text)
        values |= {name: Filling("", unit.line(template.block.line), broken=True) for name in open_}
        filled = ctx.gathering.filler(unit).tree(_open_heads(template.block.body, open_), values)
        list(_items(ctx, unit, filled, (template.head.name.text,), Count()))


def _open_heads(body: Iterable[Line | Block], names: set[str]) -> tuple[Line | Block, ...]:
    """A body whose shots are not lost for a parameter without a value: their heads are read without their characters."""
    out: list[Line | Block] = []
    for item in body:
        if isinstance(item, Block) and any("{" + name in item.line.text for name in names):
            bare = item.line.text.split(" of ")[0] if not heads.is_instance(item.line.text) else "{"
            if "{" in bare:
                continue
            item = Block(replace(item.line, text=bare), item.body)
        out.append(item)
    return tuple(out)
