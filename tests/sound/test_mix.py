"""The mix against arithmetic: every sound at its sample, at its level, faded as said, and never clipped."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
import soundfile as sf

from apexlang.plan.keys import samples
from apexlang.plan.model import Audio, Format
from apexlang.render.ffmpeg import Crew, find
from apexlang.sound.decode import blocks, stereo
from apexlang.sound.mix import SOUND_RATE, Mix, MixError, fade, length, mix, write_wav
from apexlang.sound.probe import SoundError, probe
from apexlang.units import Rate


def whole(made: Mix) -> npt.NDArray[np.float32]:
    return np.concatenate([np.zeros((0, 2), np.float32), *made.blocks()])


FORM = Format(width=2, height=2, rate=Rate(24))


def sound(path: str, **more: Any) -> Audio:
    return Audio(**({"path": path, "digest": "x", "track": "effects", "start": 0} | more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    click = np.zeros((4800, 2))
    click[0] = 0.5
    sf.write(tmp_path / "it's a %d click.wav", click, SOUND_RATE, subtype="FLOAT")
    ones = np.full((48_000, 2), 0.5)
    sf.write(tmp_path / "ones.wav", ones, SOUND_RATE, subtype="FLOAT")
    sf.write(tmp_path / "mono.flac", np.full(48_000, 0.25), SOUND_RATE)
    return tmp_path


@pytest.mark.parametrize("rate", ["24", "23.976", "25", "29.97", "59.94"])
@pytest.mark.parametrize("frames", [1, 7, 1001, 86_399])
def test_length_is_the_pictures(rate: str, frames: int) -> None:
    form = Format(width=2, height=2, rate=Rate.of(rate))
    exact = form.rate.seconds(frames) * 48_000
    assert abs(length(frames, form.rate) - exact) <= Fraction(1, 2)
    assert length(frames, form.rate) == samples(frames, form)


def test_silence_for_a_silent_film(folder: Path) -> None:
    made = mix((), 25, FORM, folder)
    assert whole(made).shape == (50_000, 2) and not whole(made).any() and made.gain_db == 0


def test_every_sound_at_its_sample(folder: Path) -> None:
    clicks = [sound("it's a %d click.wav", start=at, gain_db=-6.0) for at in (0, 1, 12_345, 47_999)]
    made = whole(mix(clicks, 24, FORM, folder))
    assert np.flatnonzero(made[:, 0]).tolist() == [0, 1, 12_345, 47_999]
    assert made[12_345] == pytest.approx([0.5 * 10 ** (-6 / 20)] * 2, rel=1e-6)


def test_lengths_skips_and_ends(folder: Path) -> None:
    step = np.concatenate((np.zeros((100, 2)), np.full((1000, 2), 0.5)))
    sf.write(folder / "step.wav", step, SOUND_RATE, subtype="FLOAT")
    made = whole(mix([sound("step.wav", start=10, skip=90, length=50)], 24, FORM, folder))[:, 0]
    assert np.flatnonzero(made).tolist() == list(range(20, 60))
    made = whole(mix([sound("step.wav", start=47_500)], 24, FORM, folder))[:, 0]
    assert np.flatnonzero(made).tolist() == list(range(47_600, 48_000))
    assert not whole(mix([sound("step.wav", start=90_000)], 24, FORM, folder)).any()
    assert not whole(mix([sound("step.wav", skip=5000)], 24, FORM, folder)).any()


def test_fades_keep_power_and_end_with_the_sound(folder: Path) -> None:
    rise = fade(1000)[:, 0].astype(float)
    assert rise**2 + rise[::-1] ** 2 == pytest.approx(np.ones(1000), abs=1e-6)
    made = whole(mix([sound("ones.wav", fade_in=100, fade_out=200)], 12, FORM, folder))[:, 0]  # half the file
    assert made[:100] == pytest.approx(0.5 * fade(100)[:, 0])
    assert made[-200:] == pytest.approx(0.5 * fade(200)[::-1, 0])
    assert (made[100:-200] == 0.5).all()


def test_a_loud_mix_is_turned_down_as_a_whole(folder: Path) -> None:
    parts = [sound("ones.wav"), sound("ones.wav", start=24_000), sound("mono.flac")]
    made = mix(parts, 24, FORM, folder)
    ceiling = 10 ** (-1 / 20)
    samples_made = whole(made)
    assert float(samples_made.max()) == pytest.approx(ceiling, rel=1e-6)
    assert samples_made[0, 0] / samples_made[30_000, 0] == pytest.approx(0.75 / 1.25, rel=1e-4)
    assert made.gain_db == pytest.approx(20 * math.log10(ceiling / 1.25), abs=1e-3)


@pytest.mark.parametrize("rate", [44_100, 22_050, 96_000])
def test_other_rates_keep_pitch_level_and_length(tmp_path: Path, rate: int) -> None:
    t = np.arange(rate) / rate
    sf.write(tmp_path / "a.wav", np.sin(2 * np.pi * 1000 * t) * 0.5, rate, subtype="FLOAT")
    made = np.concatenate(list(blocks(tmp_path / "a.wav", 48_000)))
    assert len(made) == pytest.approx(48_000, abs=1)
    truth = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(len(made)) / 48_000)
    assert np.abs(made[2000:-2000, 0] - truth[2000:-2000]).max() < 1e-4
    again = np.concatenate(list(blocks(tmp_path / "a.wav", 48_000)))
    assert (again == made).all()


@pytest.mark.parametrize("name", ["a.m4a", "a.mka", "a.mp3", "a.ogg", "a.mp4", "a.webm"])
def test_coded_sounds_begin_where_they_should(tmp_path: Path, name: str) -> None:
    """A burst from .4 s to .5 s: what encoders put before the first sample must not be heard."""
    path = tmp_path / name
    t = np.arange(48_000) / 48_000
    burst = np.sin(2 * np.pi * 500 * t) * 0.5 * ((t >= 0.4) & (t < 0.5))
    sf.write(tmp_path / "burst.wav", burst, 48_000)
    encoder = {"a.mka": ["-c:a", "flac"], "a.mp4": ["-c:a", "aac", "-ar", "44100"]}.get(name, [])
    Crew(find()).run(["-i", f"file:{tmp_path / 'burst.wav'}", *encoder, f"file:{path}"])
    made = np.concatenate(list(blocks(path, 48_000)))
    heard = np.flatnonzero(np.abs(made[:, 0]) > 0.1)
    assert heard[0] / 48_000 == pytest.approx(0.4, abs=0.002)
    assert heard[-1] / 48_000 == pytest.approx(0.5, abs=0.002)
    assert float(probe(path).seconds) == pytest.approx(1.0, abs=0.06)


def test_channels() -> None:
    mono = np.array([[0.5], [0.25]], np.float32)
    assert stereo(mono).tolist() == [[0.5, 0.5], [0.25, 0.25]]
    surround = np.array([[0.1, 0.2, 0.3, 9.0, 0.4, 0.5]], np.float32)
    left, right = stereo(surround)[0]
    assert left == pytest.approx(0.1 + 0.7071 * 0.7, abs=1e-4) and right == pytest.approx(0.2 + 0.7071 * 0.8, abs=1e-4)
    assert stereo(np.array([[0.1, 0.2, 0.3]], np.float32)).shape == (1, 2)


def test_wav_is_whole_and_repeats(tmp_path: Path) -> None:
    made = np.linspace(-0.9, 0.9, 2 * 100_000, dtype=np.float32).reshape(-1, 2)
    write_wav(tmp_path / "a.wav", [made[:70_000], made[70_000:]])
    write_wav(tmp_path / "b.wav", [made])
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    info = sf.info(str(tmp_path / "a.wav"))
    assert (info.frames, info.samplerate, info.channels, info.subtype) == (100_000, 48_000, 2, "PCM_24")
    assert np.abs(sf.read(tmp_path / "a.wav")[0] - made).max() < 2**-22
    with pytest.raises(OSError, match=r"c\.wav"):
        write_wav(tmp_path / "none" / "c.wav", [made])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"no sound at all" * 9, "broken"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "broken"),
        (b"RIFF\0\0\0\0WAVE", "broken|no sound"),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "a b.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SoundError, match=reason):
        probe(path)
    with pytest.raises(MixError, match=reason) as caught:
        mix([sound("a b.wav")], 24, FORM, tmp_path)
    assert caught.value.path == "a b.wav"


def test_a_film_without_sound_is_no_sound(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "v.mp4"), "w") as film:
        stream = film.add_stream("mpeg4", rate=24)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        film.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        film.mux(stream.encode(None))
    with pytest.raises(SoundError, match="has no sound"):
        probe(tmp_path / "v.mp4")


def test_long_sounds_cross_blocks_unharmed(tmp_path: Path) -> None:
    """Two long sounds of random samples, placed, skipped and faded, against the same in one piece."""
    rng = np.random.default_rng(5)
    a, b = (rng.uniform(-0.3, 0.3, (n, 2)).astype(np.float32) for n in (300_000, 150_000))
    sf.write(tmp_path / "a.wav", a, SOUND_RATE, subtype="FLOAT")
    sf.write(tmp_path / "b.wav", b, SOUND_RATE, subtype="FLOAT")
    parts = [
        sound("a.wav", start=1000, skip=70_000, length=200_000, fade_in=90_000, fade_out=100_000),
        sound("b.wav", start=99_000, fade_out=140_000),
    ]
    truth = np.zeros((288_000, 2), np.float32)
    first = a[70_000:270_000].copy()
    first[:90_000] *= fade(90_000)
    first[-100_000:] *= fade(100_000)[::-1]
    second = b.copy()
    second[-140_000:] *= fade(140_000)[::-1]
    truth[1000:201_000] += first
    truth[99_000:249_000] += second
    assert np.abs(whole(mix(parts, 144, FORM, tmp_path)) - truth).max() < 1e-6
