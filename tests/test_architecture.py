"""The house rules, read from the imports: who may know whom, who may start a process, how large a module may grow.

Every import counts, those inside functions and under TYPE_CHECKING too: a hidden cycle is a cycle.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "apexlang"

FACES = frozenset({"cli", "lsp", "preview"})

# Room: the rooms it may know. `room.model` allows that module only. Itself is always allowed.
ALLOWED: dict[str, frozenset[str]] = {
    "units": frozenset(),
    "source": frozenset({"resources"}),
    "resources": frozenset(),
    "lexicon": frozenset({"resources", "source", "diagnostics"}),
    "version": frozenset(),
    "jit": frozenset(),
    "collector": frozenset(),
    "nodes": frozenset(),
    "options": frozenset({"units", "version"}),
    "diagnostics": frozenset({"source"}),
    "syntax": frozenset({"source", "diagnostics", "units", "resources"}),
    "ir": frozenset({"collector", "nodes", "syntax", "source", "diagnostics", "units", "resources"}),
    "plan": frozenset({"collector", "nodes", "lexicon", "ir", "units", "source", "diagnostics", "version"}),
    "picture": frozenset({"jit", "lexicon", "plan.model", "units", "version"}),
    "sound": frozenset({"plan.model", "units", "version"}),
    "colour": frozenset({"jit", "plan.model", "version"}),
    "motion": frozenset({"jit", "plan.model", "version"}),
    "frames": frozenset({"jit", "colour", "motion", "plan.model", "version"}),
    "render": frozenset(
        {"plan", "picture", "sound", "colour", "motion", "frames", "units", "resources", "jit", "version"}
    ),
    "deliver": frozenset({"plan", "render", "units", "version"}),
    # Beside the stages: films read back to people, and files as a git revision has them. No stage knows these.
    "reading": frozenset({"lexicon", "ir", "plan", "units", "source", "diagnostics"}),
    "screenplay": frozenset({"ir", "syntax", "source"}),
    "history": frozenset({"source"}),
}
STAGES = frozenset(ALLOWED)

# The driver: `compiler` is the light half that checks, `making` the one that makes, `media` looks into files for both,
# `remembering` what a film was when it was last made.
DRIVER = frozenset({"compiler", "making", "media", "remembering"})
for _room in DRIVER:
    ALLOWED[_room] = STAGES | DRIVER
ALLOWED["apexlang"] = STAGES | DRIVER
for _face in FACES:
    ALLOWED[_face] = STAGES | DRIVER | {"apexlang"}

# Imports of our own inside a function: what makes a film is loaded when a film is to be made, so that checking is quick.
LATE = frozenset(
    {
        ("apexlang.compiler", "apexlang.making"),
        ("apexlang.compiler", "apexlang.media"),
        ("apexlang", "apexlang.picture.quick"),
    }
)
# Faces know no face, but for the command that starts the preview.
STARTS_A_FACE = frozenset({("apexlang.cli.commands.watch", "preview"), ("apexlang.cli.watching", "preview")})
LATE_ROOMS = frozenset({("apexlang.cli.app", "apexlang.cli.commands")})

# The door to other processes, and the one file that knows ffmpeg-python.
PROCESSES = frozenset({"subprocess", "multiprocessing", "imageio_ffmpeg", "pty", "asyncio.subprocess"})
MAY_START_PROCESSES = frozenset({"apexlang.render.ffmpeg", "apexlang.history"})
"""FFmpeg has its door, git has the other."""
KNOWS_FFMPEG_PYTHON = frozenset({"apexlang.render.arguments"})

# Optional: imported where they are used, so that the package starts without them.
OPTIONAL = frozenset(
    {
        *("torch", "diffusers", "transformers", "accelerate", "safetensors", "peft", "huggingface_hub"),
        *("insightface", "onnxruntime", "httpx", "google", "opentimelineio"),
    }
)
# The only ones that may be imported inside a function.
HEAVY = OPTIONAL | {"librosa", "numba", "scipy", "soxr", "av", "watchdog"}

NETWORK = frozenset({"socket", "urllib.request", "http.client", "requests", "httpx"})
RUNS_CODE = frozenset({"pickle", "marshal", "shelve", "dill"})

WISH, LIMIT = 400, 600
"""Lines of a module: above the first it is listed as asking to be two, above the second the test fails."""


@dataclass(frozen=True)
class Import:
    module: str
    target: str
    line: int
    in_function: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if "_data" not in path.parts}


def imports_of(name: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        targets: list[str] = []
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            # `from apexlang.plan import model` is an import of apexlang.plan.model.
            targets = [f"{base}.{a.name}" if f"{base}.{a.name}" in modules() else base for a in node.names]
        elif isinstance(node, ast.Call) and dynamic_target(node):
            targets = [dynamic_target(node)]
        yield from (Import(name, target, node.lineno, id(node) in inside) for target in dict.fromkeys(targets))


def dynamic_target(node: ast.Call) -> str:
    """`importlib.import_module("x")` and `__import__("x")`; what is not a literal is reported as `?`."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in ("import_module", "__import__") or not node.args:
        return ""
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else "?"


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for name, path in modules().items() for found in imports_of(name, path))


def room(module: str) -> str:
    """`apexlang.plan.keys` -> `plan`; the package itself is `apexlang`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "apexlang"


def is_of(target: str, names: frozenset[str]) -> bool:
    return any(target == name or target.startswith(name + ".") for name in names)


def complain(wrong: list[Import], rule: str) -> None:
    assert not wrong, rule + "\n  " + "\n  ".join(map(str, wrong))


def own_imports() -> list[Import]:
    return [i for i in imports() if i.target == "apexlang" or i.target.startswith("apexlang.")]


def edge_allowed(found: Import) -> bool:
    source, target = room(found.module), room(found.target)
    if source == target and source != "apexlang":
        return True
    allowed = ALLOWED[source]
    if (found.module, target) in STARTS_A_FACE:
        return True
    return target in allowed or any(is_of(found.target, frozenset({f"apexlang.{a}"})) for a in allowed if "." in a)


def is_late(found: Import) -> bool:
    return (found.module, found.target) in LATE or (found.module, found.target.rpartition(".")[0]) in LATE_ROOMS


def test_every_room_is_on_the_plan() -> None:
    unknown = {room(name) for name in modules()} - set(ALLOWED)
    assert not unknown, f"say in ALLOWED whom these may know: {sorted(unknown)}"


def test_data_flows_one_way() -> None:
    complain([i for i in own_imports() if not edge_allowed(i)], "an edge that the architecture does not have:")


def test_the_models_know_no_verb() -> None:
    """A `model.py` imports leaves and other models, so that nouns never pull in a stage."""
    nouns = {"source", "units", "nodes"}
    complain(
        [
            i
            for i in own_imports()
            if i.module.endswith(".model") and room(i.target) not in nouns and not i.target.endswith(".model")
        ],
        "a model imports a verb:",
    )
    complain(
        [i for i in own_imports() if i.module == "apexlang.ir.model" and room(i.target) not in nouns],
        "ir.model knows source and units only:",
    )


def test_no_cycle_between_modules() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for found in own_imports():
        if found.target in graph and found.target != found.module:
            graph[found.module].add(found.target)
    done: set[str] = set()
    for start in graph:
        cycle = find_cycle(start, graph, done, [])
        assert not cycle, "a cycle of imports: " + " -> ".join(cycle)


def find_cycle(name: str, graph: dict[str, set[str]], done: set[str], path: list[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done:
        return []
    for target in sorted(graph[name]):
        cycle = find_cycle(target, graph, done, [*path, name])
        if cycle:
            return cycle
    done.add(name)
    return []


def test_the_faces_stay_apart() -> None:
    complain(
        [
            i
            for i in own_imports()
            if room(i.target) in FACES
            and room(i.module) != room(i.target)
            and (i.module, room(i.target)) not in STARTS_A_FACE
        ],
        "nobody imports a face:",
    )


def test_one_door_to_other_processes() -> None:
    complain(
        [i for i in imports() if is_of(i.target, PROCESSES) and i.module not in MAY_START_PROCESSES],
        "only render/ffmpeg.py and history.py start processes:",
    )
    complain(
        [i for i in imports() if is_of(i.target, frozenset({"ffmpeg"})) and i.module not in KNOWS_FFMPEG_PYTHON],
        "only the file that turns a graph into arguments knows ffmpeg-python:",
    )


def test_optional_libraries_are_imported_where_they_are_used() -> None:
    complain([i for i in imports() if is_of(i.target, OPTIONAL) and not i.in_function], "an extra at module level:")


def test_nothing_else_hides_in_a_function() -> None:
    complain(
        [i for i in imports() if i.in_function and not is_of(i.target, HEAVY) and i.target != "?" and not is_late(i)],
        "an import inside a function (only heavy libraries may):",
    )


def test_nothing_runs_code_from_data() -> None:
    complain([i for i in imports() if is_of(i.target, RUNS_CODE) or i.target == "?"], "may run code from a file:")
    calls = [
        f"{name}:{node.lineno} calls {node.func.id}"
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
    ]
    assert not calls, calls


def test_only_faces_and_generators_touch_the_network() -> None:
    complain(
        [i for i in imports() if is_of(i.target, NETWORK) and room(i.module) not in FACES | {"picture"}],
        "network traffic starts in generators and in the preview only:",
    )


def test_no_float_fast_paths() -> None:
    """`fastmath` lets the compiler reorder sums, and a picture differ between two machines."""
    wrong = [
        f"{name}:{node.value.lineno}"
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg == "fastmath"
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    assert not wrong, wrong


def test_every_module_says_what_it_is_for() -> None:
    missing = [
        name for name, path in modules().items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not missing, f"no docstring: {missing}"


def test_modules_are_rooms_not_halls() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    for name, lines in sorted(lengths.items(), key=lambda item: -item[1]):
        if lines > WISH:
            print(f"{name}: {lines} lines, asking to be two")
    halls = {name: lines for name, lines in lengths.items() if lines > LIMIT}
    assert not halls, f"longer than {LIMIT} lines: {halls}"


@pytest.mark.parametrize("module", ["apexlang", "apexlang.compiler", "apexlang.ir", "apexlang.plan.timeline"])
def test_checking_a_film_stays_light(module: str) -> None:
    """`apexc check` answers in a breath: its path brings in nothing that draws, sounds or learns."""
    code = f"import {module}, sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    heavy = {"numpy", "numba", "librosa", "av", "rich", "PIL", "scipy", "soundfile", "typer", *OPTIONAL}
    assert not heavy & set(result.stdout.split()), heavy & set(result.stdout.split())
