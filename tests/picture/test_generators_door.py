"""The table of generators, the choice among them, prompts, and the one-line way to a picture."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from apexlang.picture.files import read_rgb16
from apexlang.picture.model import Availability, Failed, Generator, Outcome, Picture, Progress, Refused
from apexlang.picture.options import PictureOptions, SdxlOptions
from apexlang.picture.prompt import describe
from apexlang.picture.quick import GenerationError, batch_generate, quick_generate
from apexlang.picture.registry import NAMES, choose, generators
from apexlang.picture.weights import ModelError, find_model
from apexlang.plan.model import PictureRequest, Subject


class Plain:
    """A generator of flat pictures, as a user might write one."""

    name = "plain"
    version = "1"

    def __init__(self, outcome: Outcome | None = None, usable: bool = True) -> None:
        self.outcome, self.usable = outcome, usable

    def available(self) -> Availability:
        return Availability(self.usable, "always" if self.usable else "switched off")

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
        shade = 1000 * len(request.prose) % 65536
        return self.outcome or Picture(np.full((request.height, request.width, 3), shade, np.uint16))


def test_every_name_is_known_and_says_how_it_stands() -> None:
    known = generators()
    assert tuple(known) == NAMES
    for name, generator in known.items():
        state = generator.available()
        assert generator.name == name and state.why
    assert known["previz"].available().usable
    assert "nano_banana" in known["imagen"].available().why


def test_what_is_not_there_yet_says_so_when_asked_for_a_picture() -> None:
    outcome = generators()["minimax"].make(PictureRequest(width=64, height=64))
    assert isinstance(outcome, Failed) and "later version" in outcome.reason


def test_the_first_usable_one_serves_and_the_others_say_why_not() -> None:
    known: dict[str, Generator] = {"a": Plain(usable=False), "b": Plain(), "c": Plain()}
    choice = choose(("a", "nobody", "b", "c"), known)
    assert choice.name == "b"
    assert choice.passed_over == (("a", "switched off"), ("nobody", "there is no generator of this name"))
    none = choose(("a",), known)
    assert none.name is None and "switched off" in none.reason


def test_a_missing_model_says_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="hf download somebody/xl"):
        find_model(PictureOptions(models=tmp_path, sdxl=SdxlOptions(model="somebody/xl")))
    (tmp_path / "mine").mkdir()
    with pytest.raises(ModelError, match=r"model_index\.json"):
        find_model(PictureOptions(models=tmp_path, sdxl=SdxlOptions(model="mine")))


def test_sdxl_without_its_packages_names_the_extra() -> None:
    pytest.importorskip("numpy")
    try:
        import torch  # noqa: F401
    except ImportError:
        sdxl = generators()["sdxl"]
        assert 'pip install "apexlang[sdxl]"' in sdxl.available().why
        outcome = sdxl.make(PictureRequest(width=64, height=64))
        assert isinstance(outcome, Failed) and 'pip install "apexlang[sdxl]"' in outcome.reason


def test_a_prompt_says_what_the_request_says() -> None:
    request = PictureRequest(
        width=64,
        height=36,
        setting="INT.",
        place="WAREHOUSE",
        time="NIGHT",
        size="close-up",
        subjects=(Subject(name="SARAH", description="A commander in her late 30s.", wears=("tactical jacket",)),),
        prose="She stops.  Something\nmoved.",
        lens_mm=85,
        aperture=2,
        angle="low angle",
        key_side="left",
        key_kelvin=3200,
        key_quality="volumetric",
        rim="practical",
        palette=("#2C3E50",),
        style=("film noir",),
    )
    assert describe(request) == (
        "close-up of Sarah, low angle, Sarah: A commander in her late 30s, wearing tactical jacket, She stops. Something moved, "
        "interior of warehouse at night, volumetric key light from the left (warm, 3200 K), practical rim light, "
        "85mm lens at f/2, shallow depth of field, palette of #2C3E50, film noir"
    )


def test_a_bare_request_is_still_a_prompt() -> None:
    assert describe(PictureRequest(width=64, height=36)) == "medium shot, 35mm lens at f/4"


def test_one_line_to_a_picture(tmp_path: Path) -> None:
    path = asyncio.run(
        quick_generate("A lamp: 100% 'bright'/\\?", tmp_path / "new", generator=Plain(), width=64, height=36)
    )
    assert path.parent == tmp_path / "new" and path.name.startswith("a-lamp-100-bright-")
    assert read_rgb16(path).shape == (36, 64, 3)
    again = asyncio.run(
        quick_generate("A lamp: 100% 'bright'/\\?", tmp_path / "new", generator=Plain(), width=64, height=36)
    )
    other = asyncio.run(quick_generate("A lamp", tmp_path / "new", generator=Plain(), width=64, height=36, seed=1))
    assert again == path != other
    assert sorted(tmp_path.glob("**/*.*")) == sorted([path, other])


@pytest.mark.parametrize("prompt", ["CON", "../../etc/passwd", "灯塔", "x" * 5000, "a\0b", "-o out"])
def test_names_are_safe_everywhere(tmp_path: Path, prompt: str) -> None:
    path = asyncio.run(quick_generate(prompt, tmp_path, generator=Plain(), width=16, height=16))
    assert path.parent == tmp_path and path.exists() and len(path.name) <= 60
    assert path.name[0].isalnum() and all(c.isalnum() or c in "-." for c in path.name)


def test_a_batch_keeps_its_order_and_goes_on_after_a_failure(tmp_path: Path) -> None:
    prompts = ["one", "three", "fifteen"]
    paths = asyncio.run(batch_generate(prompts, tmp_path, generator=Plain(), width=16, height=16))
    assert [path.name.split("-")[0] for path in paths] == prompts
    assert asyncio.run(batch_generate([], tmp_path, generator=Plain())) == []

    class Moody(Plain):
        def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
            return Refused("not that") if request.prose == "three" else super().make(request, progress)

    with pytest.raises(
        GenerationError, match=r"1 of 3 pictures were not made: `three`: plain refused: not that"
    ) as caught:
        asyncio.run(batch_generate(prompts, tmp_path, generator=Moody(), width=16, height=16))
    assert [path.name.split("-")[0] for path in caught.value.made] == ["one", "fifteen"]


def test_quick_failures_are_one_clear_exception(tmp_path: Path) -> None:
    for arguments, words in (
        ({"prompt": "  "}, "empty"),
        ({"prompt": "a", "width": 0}, "0x720"),
        ({"prompt": "a", "generator": "nobody"}, "no generator of this name"),
        ({"prompt": "a", "generator": "imagen"}, "shut Imagen down"),
        ({"prompt": "a", "generator": Plain(Failed("out of paint"))}, "out of paint"),
    ):
        with pytest.raises(GenerationError, match=words):
            asyncio.run(quick_generate(output_dir=tmp_path, **arguments))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GenerationError, match="could not be written"):
        asyncio.run(quick_generate("a", tmp_path / "file", generator=Plain(), width=16, height=16))


def test_the_embedded_stage_serves_when_nothing_else_does(tmp_path: Path) -> None:
    path = asyncio.run(quick_generate("A quiet street in the rain", tmp_path, generator="previz", width=160, height=90))
    assert read_rgb16(path).shape == (90, 160, 3)
    assert read_rgb16(path).std() > 500
