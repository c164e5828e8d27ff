"""A picture in one line of Python, by whichever generator there is; the embedded stage always is.

path = await apexlang.quick_generate("An old sailor at the window, night", "pictures")
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from apexlang.picture.files import write_png16
from apexlang.picture.model import Generator, Picture, Refused
from apexlang.picture.options import DEFAULT_ORDER, PictureOptions
from apexlang.picture.registry import choose, generators
from apexlang.plan.model import PictureRequest

_LARGEST = 8192


class GenerationError(Exception):
    """No picture, and why. `made`: for a batch, the paths of those that were made."""

    def __init__(self, reason: str, made: tuple[Path, ...] = ()) -> None:
        super().__init__(reason)
        self.made = made


async def quick_generate(
    prompt: str,
    output_dir: str | os.PathLike[str],
    *,
    generator: str | Generator | None = None,
    width: int = 1280,
    height: int = 720,
    seed: int = 0,
) -> Path:
    """One picture of `prompt` as a 16-bit PNG in `output_dir` (made if need be); its path.

    `generator`: a name (`previz`, `sdxl`), a generator of one's own, or None for the first usable of `DEFAULT_ORDER`.
    The name of the file comes from the prompt and from all that shapes the picture: asked again, it is the same file.
    Raises GenerationError.
    """
    (path,) = await batch_generate([prompt], output_dir, generator=generator, width=width, height=height, seed=seed)
    return path


async def batch_generate(
    prompts: Iterable[str],
    output_dir: str | os.PathLike[str],
    *,
    generator: str | Generator | None = None,
    width: int = 1280,
    height: int = 720,
    seed: int = 0,
) -> list[Path]:
    """One picture a prompt, one after the other, in the order of the prompts; see `quick_generate`.

    One that fails does not stop the others: GenerationError comes at the end, and knows what was made.
    """
    requests = [_request(prompt, width, height, seed) for prompt in prompts]
    if generator is None or isinstance(generator, str):
        generator = await asyncio.to_thread(_pick, generator)
    made: list[Path] = []
    failures: list[str] = []
    for request in requests:
        try:
            made.append(await asyncio.to_thread(_make, generator, request, Path(output_dir)))
        except GenerationError as error:
            failures.append(f"`{_short(request.prose)}`: {error}")
    if failures:
        count = f"{len(failures)} of {len(requests)} pictures were not made: " if len(requests) > 1 else ""
        raise GenerationError(count + "; ".join(failures), tuple(made))
    return made


def _request(prompt: str, width: int, height: int, seed: int) -> PictureRequest:
    prose = " ".join(unicodedata.normalize("NFC", prompt).split())
    if not prose:
        raise GenerationError("the prompt is empty")
    if not (16 <= width <= _LARGEST and 16 <= height <= _LARGEST):
        raise GenerationError(f"a picture of {width}x{height} cannot be made: sides are 16 to {_LARGEST} pixels")
    return PictureRequest(width=width, height=height, seed=seed, prose=prose)


def _pick(name: str | None) -> Generator:
    known = generators(PictureOptions())
    choice = choose((name,) if name else DEFAULT_ORDER, known)
    if choice.name is None:
        raise GenerationError(choice.reason)
    return known[choice.name]


def _make(generator: Generator, request: PictureRequest, folder: Path) -> Path:
    """Makes the picture and writes it, whole or not at all."""
    outcome = generator.make(request)
    if isinstance(outcome, Refused):
        raise GenerationError(f"{generator.name} refused: {outcome.reason}")
    if not isinstance(outcome, Picture):
        raise GenerationError(f"{generator.name} failed: {outcome.reason}")
    path = folder / file_name(request, f"{generator.name} {generator.version}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_png16(path, outcome.rgb)
    except OSError as error:
        raise GenerationError(f"{path} could not be written: {error.strerror or error}") from None
    return path


def file_name(request: PictureRequest, maker: str) -> str:
    """A name that is safe on every system: the prompt's first words in ASCII, and a digest of all that shapes the picture."""
    plain = unicodedata.normalize("NFKD", request.prose).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "picture"
    digest = hashlib.sha256(f"{maker}\n{request.model_dump_json()}".encode()).hexdigest()[:10]
    return f"{words}-{digest}.png"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
