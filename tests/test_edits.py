"""Random edits of random films. After each, what was rendered piece by piece over the store of the edits before is, sample by sample
and frame by frame, what a cold render makes; its frames before encoding are those of the whole film's one graph; and what was made
again is what `apexc diff` had said.

`APEX_EDITS=200 pytest tests/test_edits.py` is the long run.
"""

from __future__ import annotations

import os
import random
import wave
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

import apexlang
from apexlang.options import Options
from apexlang.plan.build import segment_label
from apexlang.reading.difference import compare
from apexlang.reading.sides import Side, side
from apexlang.render.run import Report
from apexlang.render.store import Store
from apexlang.source import World

EDITS = int(os.environ.get("APEX_EDITS", "10"))
RATES = ("24fps", "23.976fps", "25fps", "30fps")
SIZES = ("wide", "close-up", "medium", "full")
GRADES = ("plain", "warm", "hard")
HEADER = """
CHARACTER SARAH

GRADE plain
  primary: exposure +0.1st
GRADE warm
  primary: temperature 4800K, saturation +15%
  finish: vignette 40%, grain 12%
GRADE hard FROM warm
  primary: contrast +20%
  finish: sharpen 60%
"""


@dataclass(frozen=True)
class Shot:
    name: str
    source: str
    hold: int
    grade: str = ""
    move: str = ""
    into: str = ""
    over: str = ""
    sound: str = ""

    @property
    def text(self) -> str:
        lines = [f"  {self.into}", ""] if self.into else []
        lines += [f"  SHOT {SIZES[len(self.name) % 4]} #{self.name}", f"    {self.source}", f"    hold: {self.hold}f"]
        lines += [
            f"    {line}" for line in (self.grade and f"grade: {self.grade}", self.move, self.over, self.sound) if line
        ]
        return "\n".join(lines) + "\n"


@dataclass
class Script:
    """A film under edit. Every choice comes from one seeded generator."""

    chance: random.Random
    rate: str = "24fps"
    grade: str = "warm"
    music: bool = True
    shots: list[Shot] = field(default_factory=list)
    made: int = 0

    @property
    def text(self) -> str:
        music = '  music: "tone.wav", fade in 4f\n' if self.music else ""
        head = (
            f'FILM "Edits"\n  format: 64x36, {self.rate}\n  grade: {self.grade}\n{music}{HEADER}\nINT. ROOM - DAY\n\n'
        )
        return head + "\n".join(shot.text for shot in self.shots)

    def shot(self) -> Shot:
        self.made += 1
        pick = self.chance
        source = pick.choice(
            (f"color: #{pick.randrange(1 << 24):06x}", f'still: "still_{pick.randrange(4)}.png"',
             f'still: "still_{pick.randrange(4)}.png"', 'clip: "clip.mp4" from 12f')
        )  # fmt: skip
        return Shot(f"s{self.made}", source, pick.randint(8, 20), self.some_grade(), self.some_move(), self.some_joint(),
                    self.some_words(), self.some_sound())  # fmt: skip

    def some_grade(self) -> str:
        return self.chance.choice(("", *GRADES))

    def some_move(self) -> str:
        zoom = 1 + self.chance.randint(2, 20) / 100
        return self.chance.choice(
            ("", f"move: push in 1.0 -> {zoom}", f"move: pan left {zoom}, linear", "move: static")
        )

    def some_joint(self) -> str:
        long = self.chance.randint(1, 4)
        return self.chance.choice(("", "", "", f"DISSOLVE {2 * long}f", f"FADE OUT {long}f\n\n  FADE IN {long}f"))

    def some_words(self) -> str:
        return self.chance.choice(("", "", "", f"SUPER: Take {self.made}", f"SARAH: Line {self.made}."))

    def some_sound(self) -> str:
        return self.chance.choice(("", "", f'sound: "hit.wav" at {self.chance.randint(0, 6)}f'))

    def edit(self) -> str:
        """One change; says which kind it was."""
        at = self.chance.randrange(len(self.shots))
        shot = self.shots[at]
        kinds: dict[str, Callable[[], None]] = {
            "insert": lambda: self.shots.insert(at, self.shot()),
            "delete": lambda: self._delete(at),
            "move": lambda: self.shots.insert(self.chance.randrange(len(self.shots)), self.shots.pop(at)),
            "retime": lambda: self._change(at, replace(shot, hold=self.chance.randint(8, 20))),
            "regrade": lambda: self._change(at, replace(shot, grade=self.some_grade())),
            "regrade film": self._regrade,
            "remove": lambda: self._change(at, replace(shot, move=self.some_move())),
            "retransition": lambda: self._change(at, replace(shot, into=self.some_joint())),
            "retitle": lambda: self._change(at, replace(shot, over=self.some_words(), sound=self.some_sound())),
        }
        kind = self.chance.choice(sorted(kinds))
        kinds[kind]()
        self._legal()
        return kind

    def _change(self, at: int, shot: Shot) -> None:
        self.shots[at] = shot

    def _delete(self, at: int) -> None:
        if len(self.shots) > 3:
            del self.shots[at]

    def _regrade(self) -> None:
        self.grade = self.chance.choice(GRADES)

    def _legal(self) -> None:
        """A film begins and ends without a transition that needs a neighbour."""
        self.shots[0] = replace(self.shots[0], into="")


def material(folder: Path) -> None:
    rng = np.random.default_rng(5)
    for n in range(4):
        small = rng.integers(0, 256, (6, 10, 3), np.uint8)
        Image.fromarray(small).resize((96, 54), Image.Resampling.BICUBIC).save(folder / f"still_{n}.png")
    tone(folder / "tone.wav", 20)
    tone(folder / "hit.wav", 0.3)
    clip(folder / "clip.mp4", 80)


def tone(path: Path, seconds: float) -> None:
    t = np.arange(round(48_000 * seconds)) / 48_000
    sound = np.sin(2 * np.pi * 330 * t) * (0.2 + 0.1 * np.sin(2 * np.pi * 1.3 * t))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((sound * 32_000).astype("<i2").tobytes())


def clip(path: Path, frames: int) -> None:
    """Footage in which a bar wanders."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 54, "yuv420p"
        for n in range(frames):
            picture = np.full((54, 96, 3), 60, np.uint8)
            picture[:, n % 90 : n % 90 + 6] = (200, 180, 90)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def decoded(film: Path) -> tuple[list[bytes], bytes]:
    """Every frame and every sample of a film."""
    frames, samples = [], []
    with av.open(str(film)) as container:
        for frame in container.decode(video=0):
            frames.append(frame.to_ndarray().tobytes())
    with av.open(str(film)) as container:
        for sound in container.decode(audio=0):
            samples.append(sound.to_ndarray().tobytes())
    return frames, b"".join(samples)


def rendered(path: Path, store: Path, out: Path) -> Report:
    done = apexlang.compile(path, options=Options(store=store)).render(out)
    assert isinstance(done, Report), done
    return done


@pytest.mark.parametrize("part", range(5))
def test_an_edited_film_is_the_film_rendered_anew(part: int, tmp_path: Path) -> None:
    chance = random.Random(f"edits {part}")
    material(tmp_path)
    script = Script(chance, RATES[part % 4])
    script.shots = [script.shot() for _ in range(4)]
    script._legal()
    path, warm = tmp_path / "film.apex", tmp_path / "warm"
    path.write_text(script.text, encoding="utf-8")
    rendered(path, warm, tmp_path / "warm.mp4")
    had = {s.key for s in apexlang.compile(path, options=Options(store=warm)).plan().segments}
    for number in range(max(1, EDITS // 5)):
        before = side(World(tmp_path), "film.apex", "before")
        assert isinstance(before, Side)
        kind = script.edit()
        path.write_text(script.text, encoding="utf-8")
        after = side(World(tmp_path), "film.apex", "after")
        assert isinstance(after, Side)
        told = f"part {part}, edit {number}: {kind}\n{script.text}"
        film = apexlang.compile(path, options=Options(store=warm))
        assert film.ok, (told, film.diagnostics)
        plan = film.plan()
        names = {s.key: segment_label(s, plan.shots) for s in reversed(plan.segments)}
        new = names.keys() - had
        with Store(warm) as store:
            lacking = {key for key in new if not store.has(key)}
        predicted = compare(before, after).work
        assert predicted is not None, told
        assert {name for name, _ in predicted.segments.values()} == {names[key] for key in new}, told
        report = rendered(path, warm, tmp_path / "warm.mp4")
        assert sorted(label for what, label in report.made if what == "segment") == sorted(names[k] for k in lacking), (
            told
        )
        had = set(names)
        rendered(path, tmp_path / f"cold{number}", tmp_path / "cold.mp4")
        frames, samples = decoded(tmp_path / "warm.mp4")
        cold_frames, cold_samples = decoded(tmp_path / "cold.mp4")
        assert len(frames) == report.frames, told
        assert frames == cold_frames, told
        assert samples == cold_samples, told
        assert film.hashes(whole=True) == film.hashes(whole=False), told
        assert Fraction(len(frames)) / film.require().format.rate.fps == report.seconds, told
