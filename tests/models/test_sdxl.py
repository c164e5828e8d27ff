"""SDXL for real, at toy size: random weights prove seeds, sizes, loading and refusals. They say nothing about looks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apexlang.picture.model import Failed, Picture
from apexlang.picture.options import PictureOptions, SdxlOptions
from apexlang.picture.sdxl import Sdxl, fit, working_size
from apexlang.plan.model import PictureRequest

torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")
transformers = pytest.importorskip("transformers")

pytestmark = pytest.mark.models

TOY = SdxlOptions(model="toy", steps=2, draft_steps=1, pixels=96 * 64, device="cpu")


def toy_tokenizer(folder: Path) -> Any:
    """CLIP's alphabet of bytes and its two marks, no merges: 514 words."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = [chr(byte) for byte in printable] + [chr(256 + i) for i in range(len(others))]
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return transformers.CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with one SDXL of about five megabytes in it, `toy`."""
    torch.set_num_threads(1)  # toys gain nothing from more, and on a busy machine lose much
    torch.manual_seed(7)
    unet = diffusers.UNet2DConditionModel(
        sample_size=12,
        block_out_channels=(32, 64),
        layers_per_block=1,
        norm_num_groups=8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4),
        transformer_layers_per_block=(1, 1),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        cross_attention_dim=64,
        projection_class_embeddings_input_dim=32 + 6 * 8,
    )
    vae = diffusers.AutoencoderKL(
        block_out_channels=(16, 32, 32, 32),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=8,
        force_upcast=False,
    )
    text = transformers.CLIPTextConfig(
        vocab_size=514,
        hidden_size=32,
        intermediate_size=37,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=77,
        projection_dim=32,
        bos_token_id=512,
        eos_token_id=513,
        pad_token_id=513,
    )
    models = tmp_path_factory.mktemp("models")
    tokenizer = toy_tokenizer(tmp_path_factory.mktemp("tokenizer"))
    pipeline = diffusers.StableDiffusionXLPipeline(
        vae=vae,
        text_encoder=transformers.CLIPTextModel(text),
        text_encoder_2=transformers.CLIPTextModelWithProjection(text),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=unet,
        scheduler=diffusers.EulerDiscreteScheduler(beta_schedule="scaled_linear", timestep_spacing="leading"),
    )
    pipeline.save_pretrained(models / "toy", safe_serialization=True)
    return models


@pytest.fixture(scope="module")
def sdxl(toy: Path) -> Sdxl:
    return Sdxl(PictureOptions(models=toy, sdxl=TOY))


def request(**more: Any) -> PictureRequest:
    return PictureRequest(**{"width": 150, "height": 100, "prose": "A lamp.", "seed": 5, **more})


def made(sdxl: Sdxl, asked: PictureRequest) -> Picture:
    outcome = sdxl.make(asked)
    assert isinstance(outcome, Picture), outcome
    return outcome


def test_it_says_that_it_is_usable_and_what_shapes_its_pictures(sdxl: Sdxl) -> None:
    state = sdxl.available()
    assert state.usable and "toy on cpu" in state.why
    assert f"torch {torch.__version__.partition('+')[0]}" in sdxl.version
    assert "diffusers" in sdxl.version and "cpu" in sdxl.version


def test_the_same_request_gives_the_same_bytes_in_another_pipeline_too(sdxl: Sdxl, toy: Path) -> None:
    first = made(sdxl, request())
    assert first.rgb.shape == (100, 150, 3) and first.rgb.dtype == np.uint16
    assert first.rgb.std() > 100
    assert np.array_equal(made(sdxl, request()).rgb, first.rgb)
    assert np.array_equal(made(Sdxl(PictureOptions(models=toy, sdxl=TOY)), request()).rgb, first.rgb)


def test_seed_prose_and_quality_each_change_the_picture(sdxl: Sdxl) -> None:
    first = made(sdxl, request()).rgb
    for changed in ({"seed": 6}, {"prose": "A door."}, {"quality": "draft"}):
        assert not np.array_equal(made(sdxl, request(**changed)).rgb, first), changed


@pytest.mark.parametrize("size", [(17, 33), (96, 64), (333, 100)])
def test_the_size_is_the_one_asked_for(sdxl: Sdxl, size: tuple[int, int]) -> None:
    assert made(sdxl, request(width=size[0], height=size[1])).rgb.shape == (size[1], size[0], 3)


def test_progress_is_told(sdxl: Sdxl) -> None:
    seen: list[float] = []
    sdxl.make(request(), seen.append)
    assert seen == [0.5, 1.0]


def test_words_that_the_model_does_not_read_are_told(sdxl: Sdxl) -> None:
    assert made(sdxl, request()).notes == ()
    (note,) = made(sdxl, request(prose="lamp " * 200)).notes
    assert "77 tokens" in note


@pytest.fixture
def copy(toy: Path, tmp_path: Path) -> Path:
    shutil.copytree(toy / "toy", tmp_path / "toy")
    return tmp_path / "toy"


def reason(folder: Path) -> str:
    sdxl = Sdxl(PictureOptions(models=folder.parent, sdxl=TOY))
    outcome = sdxl.make(request())
    assert isinstance(outcome, Failed), outcome
    assert not sdxl.available().usable
    return outcome.reason


@pytest.mark.parametrize(
    "file",
    [
        "model_index.json",
        "unet/diffusion_pytorch_model.safetensors",
        "unet/config.json",
        "text_encoder_2/model.safetensors",
        "scheduler/scheduler_config.json",
    ],
)
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    words = reason(copy)
    assert file.partition("/")[0] in words
    assert "missing" in words or "no .safetensors" in words


def test_pickled_weights_are_refused(copy: Path) -> None:
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    torch.save({}, weights.with_suffix(".bin"))
    weights.unlink()
    assert "pickled" in reason(copy) and "safetensors" in reason(copy)


def test_code_of_a_models_own_is_refused(copy: Path) -> None:
    index = json.loads((copy / "model_index.json").read_text())
    (copy / "model_index.json").write_text(json.dumps({**index, "unet": ["unet_of_mine", "Net"]}))
    assert "code of its own" in reason(copy)
    (copy / "model_index.json").write_text(json.dumps({**index, "_class_name": "FluxPipeline"}))
    assert "FluxPipeline" in reason(copy)


def test_damaged_weights_are_a_reason_and_not_a_traceback(copy: Path) -> None:
    weights = copy / "vae" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    outcome = Sdxl(PictureOptions(models=copy.parent, sdxl=TOY)).make(request())
    assert isinstance(outcome, Failed) and "\n" not in outcome.reason


def test_other_weights_are_another_version(copy: Path, sdxl: Sdxl) -> None:
    moved = Sdxl(PictureOptions(models=copy.parent, sdxl=TOY))
    assert moved.version == sdxl.version
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert Sdxl(PictureOptions(models=copy.parent, sdxl=TOY)).version != sdxl.version


def test_half_precision_files_are_found(copy: Path) -> None:
    for part in ("unet", "vae", "text_encoder", "text_encoder_2"):
        for weights in list((copy / part).glob("*.safetensors")):
            weights.rename(weights.with_suffix(".fp16.safetensors"))
    assert isinstance(Sdxl(PictureOptions(models=copy.parent, sdxl=TOY)).make(request()), Picture)


def test_working_sizes() -> None:
    assert working_size(1920, 1080, 1024 * 1024) == (1368, 768)
    assert working_size(64, 64, 1024 * 1024) == (1024, 1024)


def test_fitting_keeps_the_middle() -> None:
    ramp = np.repeat(np.linspace(0, 1, 200, dtype=np.float32)[None, :, None], 100, axis=0).repeat(3, axis=2)
    out = fit(ramp, 100, 100)
    assert out.shape == (100, 100, 3)
    assert abs(int(out[50, 50, 0]) - 32768) < 400
    assert abs(int(out[50, 0, 0]) - 0.25 * 65535) < 400
