"""Stable Diffusion XL on this machine, through diffusers. Needs the extra: pip install "apexlang[sdxl]".

One picture at a time: a picture painted in a batch differs in its last bits from the same one painted alone. The starting noise
comes from a CPU generator, which is the same on every device; the rest is exact within one build and device class, so both are
in `version`. Weights are read as safetensors only, code from a model's repository is never run, the network is not used.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import math
import os
import threading
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from apexlang.picture.model import Availability, Failed, Outcome, Picture, Progress
from apexlang.picture.options import PictureOptions
from apexlang.picture.prompt import describe
from apexlang.picture.weights import Model, ModelError, find_model
from apexlang.plan.model import PictureRequest

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "safetensors")
INSTALL = 'pip install "apexlang[sdxl]"'


class Sdxl:
    """The generator `sdxl`. The pipeline is loaded by the first picture and kept; calls from several threads take turns."""

    name = "sdxl"

    def __init__(self, options: PictureOptions | None = None) -> None:
        self._options = options or PictureOptions()
        self._lock = threading.Lock()
        self._pipeline: Any = None

    @functools.cached_property
    def version(self) -> str:
        """The model's content, the packages, device class and settings: all that shapes a picture besides the request."""
        settings = self._options.sdxl
        if _missing_packages():
            return "none"
        try:
            model = find_model(self._options).fingerprint
        except ModelError:
            return "none"
        packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES[:3])
        return (
            f"sdxl 1, model {model}, {packages}, {_device(settings.device)}, {settings.steps}/{settings.draft_steps} steps, "
            f"guidance {settings.guidance:g}, {settings.pixels} pixels, negative {settings.negative!r}"
        )

    def available(self) -> Availability:
        missing = _missing_packages()
        if missing:
            return Availability(False, f"{', '.join(missing)} not installed: {INSTALL}", {"missing": missing})
        try:
            model = find_model(self._options)
        except ModelError as error:
            return Availability(False, str(error))
        device = _device(self._options.sdxl.device)
        slow = " (minutes a picture without a GPU)" if device == "cpu" else ""
        return Availability(True, f"{model.name} on {device}{slow}", {"model": model.name, "device": device})

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
        """Paints at about `SdxlOptions.pixels`, then scales and crops to the request's exact size."""
        missing = _missing_packages()
        if missing:
            return Failed(f"{', '.join(missing)} not installed: {INSTALL}")
        with self._lock:
            try:
                return self._make(request, progress)
            except ModelError as error:
                return Failed(str(error))
            except Exception as error:  # a library under us may raise anything; its words, on one line, are the reason
                out_of_memory = type(error).__name__ == "OutOfMemoryError"
                words = " ".join(str(error).split())[:300]
            # Outside of the handler: its traceback would keep the tensors alive.
            if out_of_memory:
                self._pipeline = None
                return Failed("the graphics card has not enough memory for SDXL (it needs about 8 GB free)")
            return Failed(f"SDXL could not make this picture: {words}")

    def _make(self, request: PictureRequest, progress: Progress | None) -> Outcome:
        import torch

        settings = self._options.sdxl
        if self._pipeline is None:
            self._pipeline = _load(find_model(self._options), _device(settings.device))
        pipeline = self._pipeline
        steps = settings.draft_steps if request.quality == "draft" else settings.steps
        width, height = working_size(request.width, request.height, settings.pixels)
        prompt = describe(request)

        def step_done(_: Any, step: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            if progress is not None:
                progress(min(1.0, (step + 1) / steps))
            return tensors

        result = pipeline(
            prompt=prompt,
            negative_prompt=settings.negative,
            width=width,
            height=height,
            num_inference_steps=steps,
            guidance_scale=settings.guidance,
            generator=torch.Generator("cpu").manual_seed(request.seed % (1 << 63)),
            output_type="np",
            callback_on_step_end=step_done,
        )
        painted = np.asarray(result.images[0], np.float32)
        if not np.isfinite(painted).all():
            return Failed("SDXL gave a picture of no numbers (half precision overflowed in the VAE)")
        return Picture(fit(painted, request.width, request.height), notes=_unread(pipeline, prompt))


def working_size(width: int, height: int, pixels: int) -> tuple[int, int]:
    """The size to paint at: the request's shape, about `pixels` in area, sides divisible by 8 and at least 64."""
    scale = math.sqrt(pixels / (width * height))
    return max(64, round(width * scale / 8) * 8), max(64, round(height * scale / 8) * 8)


def fit(painted: npt.NDArray[np.float32], width: int, height: int) -> npt.NDArray[np.uint16]:
    """(h, w, 3) float32 0..1 scaled to cover (height, width), cropped about the centre, as 16-bit code values."""
    have_h, have_w = painted.shape[:2]
    scale = max(width / have_w, height / have_h)
    crop_w, crop_h = width / scale, height / scale
    left, top = (have_w - crop_w) / 2, (have_h - crop_h) / 2
    box = (left, top, min(have_w, left + crop_w), min(have_h, top + crop_h))
    channels = (Image.fromarray(np.ascontiguousarray(painted[..., i])) for i in range(3))
    planes = [np.asarray(channel.resize((width, height), Image.Resampling.LANCZOS, box)) for channel in channels]
    return np.floor(np.stack(planes, axis=-1).clip(0.0, 1.0).astype(np.float64) * 65535 + 0.5).astype(np.uint16)


def _missing_packages() -> list[str]:
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def _device(wanted: str) -> str:
    import torch

    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _load(model: Model, device: str) -> Any:
    # Read by the libraries while they are imported; a user's own setting stays.
    os.environ.setdefault("DIFFUSERS_DISABLE_REMOTE_CODE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import diffusers
    import torch

    pipeline = diffusers.StableDiffusionXLPipeline.from_pretrained(
        str(model.folder),
        dtype=torch.float32 if device == "cpu" else torch.float16,
        use_safetensors=True,
        local_files_only=True,
        variant=model.variant,
        add_watermarker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device)


def _unread(pipeline: Any, prompt: str) -> tuple[str, ...]:
    """What the text encoders cut off, as a note: they read 77 tokens and say nothing."""
    tokenizer = pipeline.tokenizer
    tokens = len(tokenizer(prompt, truncation=False).input_ids)
    if tokens <= tokenizer.model_max_length:
        return ()
    return (f"SDXL reads {tokenizer.model_max_length} tokens and the shot says {tokens}: the last words were not read",)
