"""`apexc doctor`: what this machine can do, and why not more. Says whether a key is set, never what it is."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import sys
from dataclasses import asdict, dataclass

from apexlang.cli import say
from apexlang.jit import is_warm
from apexlang.picture.registry import generators
from apexlang.render.ffmpeg import FfmpegError, capabilities, find, usable
from apexlang.version import __version__

EXTRAS: dict[str, tuple[str, ...]] = {
    "sdxl": ("torch", "diffusers", "transformers", "accelerate", "safetensors", "peft"),
    "faces": ("insightface", "onnxruntime"),
    "upscale": ("torch",),
    "cloud": ("httpx", "google.genai"),
    "nle": ("opentimelineio",),
}
"""Each extra with the modules that make it whole."""


@dataclass(frozen=True)
class Finding:
    """`state`: `ok`, `optional` (absent, and films can be made without it) or `missing` (they cannot)."""

    part: str
    name: str
    state: str
    text: str


def run(as_data: bool) -> int:
    """Exit status 1 if no film can be made here."""
    found = [*_program(), *_ffmpeg(), *_extras(), _gpu(), *_generators(), _kernels()]
    whole = all(f.state != "missing" for f in found)
    if as_data:
        say.answer({"ok": whole, "findings": [asdict(f) for f in found]})
    else:
        say.out("\n".join(_lines(found)))
        say.out(
            "\nFilms can be made here." if whole else "\nNo film can be made here until what is marked ! is put right."
        )
    return say.DONE if whole else say.FAILED


def _lines(found: list[Finding]) -> list[str]:
    marks = {"ok": "+", "optional": "-", "missing": "!"}
    width = max(len(f.name) for f in found)
    lines: list[str] = []
    part = ""
    for f in found:
        if f.part != part:
            part = f.part
            lines += ["", part] if lines else [part]
        lines.append(f"  {marks[f.state]} {f.name:<{width}}  {f.text}")
    return lines


def _program() -> list[Finding]:
    cores = os.cpu_count() or 1
    return [
        Finding("Program", "apexc", "ok", __version__),
        Finding("Program", "Python", "ok", f"{platform.python_version()} at {sys.executable}"),
        Finding("Program", "machine", "ok", f"{platform.system()} {platform.machine()}, {say.plural(cores, 'core')}"),
    ]


def _ffmpeg() -> list[Finding]:
    try:
        ffmpeg = find()
        wrong = usable(ffmpeg)
        can = capabilities(ffmpeg)
    except FfmpegError as problem:
        return [Finding("FFmpeg", "FFmpeg", "missing", problem.reason)]
    where = f"{ffmpeg.version}, {ffmpeg.origin}, at {ffmpeg.exe}"
    if wrong is not None:
        return [Finding("FFmpeg", "FFmpeg", "missing", f"{where}: {wrong}")]
    return [
        Finding("FFmpeg", "FFmpeg", "ok", where),
        Finding("FFmpeg", "encoders", "ok", f"all that is needed, of {len(can.encoders)}"),
        Finding("FFmpeg", "filters", "ok", f"all that is needed, of {len(can.filters)}"),
    ]


def _has(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _extras() -> list[Finding]:
    found = []
    for extra, modules in EXTRAS.items():
        lacking = [module for module in modules if not _has(module)]
        if lacking:
            text = f'lacks {", ".join(lacking)}: pip install "apexlang[{extra}]"'
        else:
            text = ", ".join(f"{module} {_release(module)}".strip() for module in modules)
        found.append(Finding("Extras", extra, "optional" if lacking else "ok", text))
    return found


def _release(module: str) -> str:
    try:
        return importlib.metadata.version(module.replace(".", "-"))
    except importlib.metadata.PackageNotFoundError:
        return ""


def _gpu() -> Finding:
    if not _has("torch"):
        return Finding("Graphics card", "GPU", "optional", "not looked for: only generators that need torch use one")
    try:
        import torch

        if torch.cuda.is_available():
            free, total = torch.cuda.mem_get_info()
            return Finding(
                "Graphics card",
                "GPU",
                "ok",
                f"{torch.cuda.get_device_name()}, {free / 2**30:.1f} of {total / 2**30:.1f} GiB free",
            )
        if torch.backends.mps.is_available():
            return Finding("Graphics card", "GPU", "ok", "Apple silicon (MPS)")
    except Exception as problem:  # a broken driver must not break the one command that looks for it
        return Finding("Graphics card", "GPU", "optional", f"torch cannot be asked: {type(problem).__name__}")
    return Finding("Graphics card", "GPU", "optional", "torch finds none")


def _generators() -> list[Finding]:
    found = []
    for name, generator in generators().items():
        state = generator.available()
        found.append(Finding("Generators", name, "ok" if state.usable else "optional", state.why))
    return found


def _kernels() -> Finding:
    text = "compiled and ready" if is_warm() else "compiled at the first render, which takes about a minute longer"
    return Finding("Engine", "kernels", "ok", text)
