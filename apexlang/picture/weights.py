"""Finding a diffusers model on this machine, and refusing one that is incomplete or pickled (unpickling runs code)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apexlang.picture.options import PictureOptions

_NETWORKS = ("unet", "vae", "text_encoder", "text_encoder_2")
_SMALL_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "tokenizer": "vocab.json",
        "tokenizer_2": "vocab.json",
        "scheduler": "scheduler_config.json",
    }
)
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_LIBRARIES = (None, "diffusers", "transformers")
_SAMPLES = 16
_SAMPLE_BYTES = 1 << 16


class ModelError(Exception):
    """There is no usable model; the text says why, and what would help."""


@dataclass(frozen=True)
class Model:
    """`variant`: the suffix of its weight files where only those are there (`fp16`). `fingerprint` stands for the content in keys."""

    name: str
    folder: Path
    variant: str | None
    fingerprint: str


def find_model(options: PictureOptions) -> Model:
    """The model that `options.sdxl.model` names: a folder, one in the models folder, or a hub id in the hub's cache on this
    machine. The network is not touched. Raises ModelError."""
    wanted = options.sdxl.model
    name = Path(wanted).name
    for folder in (Path(wanted).expanduser(), options.models / name, _hub_snapshot(wanted)):
        if folder is not None and folder.is_dir():
            return check_model(name, folder)
    fetch = f", or fetch it with `hf download {wanted}`" if _is_hub_id(wanted) else ""
    raise ModelError(f"the model `{wanted}` is not on this machine: put its folder at {options.models / name}{fetch}")


def check_model(name: str, folder: Path) -> Model:
    """The model in `folder`, if it is a whole SDXL in diffusers' layout, in safetensors. Raises ModelError."""
    index = _index(name, folder)
    kind = index.get("_class_name")
    if kind != "StableDiffusionXLPipeline":
        raise ModelError(f"the model `{name}` is a {kind}, not a StableDiffusionXLPipeline")
    for part, entry in index.items():
        if isinstance(entry, list) and entry and entry[0] not in _LIBRARIES:
            raise ModelError(f"the model `{name}` brings code of its own for `{part}`, which Apex does not run")
    plain = True
    for part in _NETWORKS:
        plain &= _check_network(name, folder / part)
    for part, file in _SMALL_PARTS.items():
        if not (folder / part / file).is_file() and not (folder / part / "tokenizer.json").is_file():
            raise ModelError(f"the model `{name}` is not whole: {part}/{file} is missing")
    return Model(name, folder, None if plain else "fp16", _fingerprint(folder))


def _index(name: str, folder: Path) -> dict[str, Any]:
    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    except OSError:
        raise ModelError(f"the model `{name}` is not in diffusers' layout: model_index.json is missing") from None
    except ValueError:
        raise ModelError(f"the model `{name}` is damaged: model_index.json is not JSON") from None
    if not isinstance(index, dict):
        raise ModelError(f"the model `{name}` is damaged: model_index.json holds no table")
    return index


def _check_network(name: str, folder: Path) -> bool:
    """Whether its weights are there without a variant's suffix (else as `fp16`)."""
    files = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    weights = [file for file in files if file.endswith(".safetensors")]
    if not weights:
        pickled = next((file for file in sorted(files) if file.endswith(_PICKLED)), None)
        if pickled:
            raise ModelError(
                f"the model `{name}` holds pickled weights ({folder.name}/{pickled}), which can run code: "
                "only safetensors are read"
            )
        raise ModelError(f"the model `{name}` is not whole: {folder.name} has no .safetensors file")
    if "config.json" not in files:
        raise ModelError(f"the model `{name}` is not whole: {folder.name}/config.json is missing")
    for index in (file for file in files if file.endswith(".safetensors.index.json")):
        _check_shards(name, folder, index)
    return any(".fp16" not in file for file in weights)


def _check_shards(name: str, folder: Path, index: str) -> None:
    try:
        shards = set(json.loads((folder / index).read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, AttributeError):
        raise ModelError(f"the model `{name}` is damaged: {folder.name}/{index} cannot be read") from None
    missing = sorted(str(shard) for shard in shards if not (folder / str(shard)).is_file())
    if missing:
        raise ModelError(f"the model `{name}` is not whole: {folder.name}/{missing[0]} is missing")


def _is_hub_id(wanted: str) -> bool:
    return wanted.count("/") == 1 and not wanted.startswith((".", "~", "/")) and "\\" not in wanted


def _hub_snapshot(wanted: str) -> Path | None:
    """Where `hf download` put a model: hub/models--owner--name/snapshots/COMMIT, COMMIT as in refs/main."""
    if not _is_hub_id(wanted):
        return None
    home = os.environ.get("HF_HOME") or str(Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    hub = Path(os.environ.get("HF_HUB_CACHE") or str(Path(home) / "hub")).expanduser()
    repository = hub / ("models--" + wanted.replace("/", "--"))
    try:
        commit = (repository / "refs" / "main").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return repository / "snapshots" / Path(commit).name


def _fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits of the content. Small files count whole; of weights, their size and samples spread over them:
    reading seven gigabytes on every run would cost more than the doubt."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(f"\n{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
        if path.suffix != ".safetensors":
            digest.update(path.read_bytes())
            continue
        size = path.stat().st_size
        with path.open("rb") as file:
            for i in range(_SAMPLES + 1):
                file.seek(max(0, size - _SAMPLE_BYTES) * i // _SAMPLES)
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Iterator[Path]:
    yield folder / "model_index.json"
    for part in (*_NETWORKS, *_SMALL_PARTS):
        yield from sorted(
            path for path in (folder / part).iterdir() if path.suffix in (".json", ".txt", ".safetensors")
        )
