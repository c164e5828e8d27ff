"""The finished film: sound mixed once, segments joined by stream copy, everything muxed, checked and put in its place."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av

from apexlang.plan.keys import key as key_of
from apexlang.plan.model import Plan, Segment
from apexlang.render import arguments
from apexlang.render.failure import Failure, RenderError
from apexlang.render.filtergraph import list_entry
from apexlang.render.lock import Lock, Refusal
from apexlang.render.once import Task, make_once
from apexlang.render.store import Store, digest_of, flush, flush_folder, notes, reported, sentence
from apexlang.render.work import Work
from apexlang.sound.mix import MixError, mix, write_wav
from apexlang.sound.subtitles import srt
from apexlang.units import Rate

_REC709: Final = 1
_LIMITED: Final = 1
_STALE_S: Final = 24 * 3600
_TIMES: Final = 8
"""Copies of one film whose times are known."""
_AUDIO_OFF_S: Final = Fraction(1, 1000)
_BIT_RATE: Final = "192k"


def record_key(plan: Plan, whole: bool) -> str:
    """The store's key of the note that says what the finished film's file is."""
    return plan.film_key + ".whole-film" if whole else plan.film_key


def is_there(store: Store, plan: Plan, out: Path, whole: bool = False) -> bool:
    """Whether `out` already is this film, whole and unharmed. A file whose size and time are those that it had when it was written,
    or hashed last, is not read; any other of the right size is hashed, once."""
    for either in (whole, not whole):
        note = store.notes.file(record_key(plan, either))
        said = notes.read(note)
        if said is None:
            continue
        with contextlib.suppress(OSError):
            here = out.stat()
            if here.st_size != said.get("size") or not isinstance(said.get("times"), list):
                continue
            if here.st_mtime_ns in said["times"]:
                return True
            if digest_of(out) == said.get("digest"):
                store.write_note(note, {**said, "times": [*said["times"][1 - _TIMES :], here.st_mtime_ns]})
                return True
    return False


def make_mix(work: Work) -> Path:
    """The film's sound as a WAV in the store."""
    plan = work.plan
    known = work.store.path(plan.mix_key)
    if known is not None:
        work.reuse("mix", plan.mix_key, work.label(plan.mix_key, "sound"))
        return known
    label = work.label(plan.mix_key, "sound")
    make_once(work, [Task("mix", plan.mix_key, label, lambda: _mix(work, label))])
    made = work.store.path(plan.mix_key)
    assert made is not None
    return made


def _mix(work: Work, label: str) -> None:
    plan = work.plan
    with work.job("mix", plan.mix_key, label) as progress:
        try:
            made = mix(plan.audio, plan.frames, plan.format, work.folder, lambda share: progress(round(60 * share)))
            with work.store.making(plan.mix_key, ".wav") as path, reported(work.store.root):
                write_wav(path, made.blocks())
        except MixError as problem:
            raise RenderError(
                Failure("E0522", f"the sound `{problem.path}` cannot be used: it {problem.reason}", path=problem.path)
            ) from None
        if made.gain_db < 0:
            work.note(f"the sound was turned down by {-made.gain_db:.1f} dB so that it does not clip")


def sound_key(plan: Plan, ffmpeg_version: str) -> str:
    """The store's key of the film's sound as it is in the film."""
    return key_of("sound", {"bit_rate": _BIT_RATE}, (plan.mix_key,), (ffmpeg_version,))


def sound_tasks(work: Work, mixed: Path) -> list[Task]:
    """What is to be done to have the sound as it is in the film: nothing, or it is encoded, which costs more than all else of a join.
    It stays in the store, so that after an edit of the picture it is only copied."""
    key = sound_key(work.plan, work.crew.ffmpeg.version)
    if work.store.path(key) is not None:
        return []

    def make() -> None:
        with work.store.making(key, ".m4a") as path:
            command = arguments.sound(mixed, path, _BIT_RATE)
            work.crew.run(command, limit_s=600 + float(work.plan.format.rate.seconds(work.plan.frames)))

    return [Task("mix", key, work.label(work.plan.mix_key, "sound"), make)]


def sound_file(work: Work) -> Path:
    """The sound that `sound_tasks` made. RenderError if it has gone since."""
    path = work.store.path(sound_key(work.plan, work.crew.ffmpeg.version))
    if path is None:
        raise RenderError(Failure("E0604", "the sound has gone from the store"))
    return path


def join(work: Work, pictures: Sequence[tuple[Path, int]], sound: Path, place: Place) -> None:
    """The finished film in its place. Of two renders that want the same film, the second finds what the first has made."""
    label = work.label(work.plan.film_key, "film")

    def make() -> None:
        if is_there(work.store, work.plan, place.out, work.options.whole):
            work.reuse("mux", work.plan.film_key, label)
        else:
            mux(work, pictures, sound, place.part)
            place.settle(work)

    make_once(work, [Task("mux", work.plan.film_key, label, make)])


def mux(work: Work, pictures: Sequence[tuple[Path, int]], sound: Path, part: Path) -> None:
    """Joins `pictures` (files with their frames) and adds sound and subtitles, into `part`; then checks what came out."""
    plan = work.plan
    with contextlib.ExitStack() as stack:
        listed = stack.enter_context(work.store.scratch(".txt"))
        captions = stack.enter_context(work.store.scratch(".srt")) if plan.captions else None
        progress = stack.enter_context(work.job("mux", plan.film_key, work.label(plan.film_key, "film")))
        with reported(work.store.root):
            listed.write_text(concat_list(pictures, plan.format.rate), encoding="utf-8", newline="\n")
            if captions is not None:
                captions.write_text(srt(plan.captions, plan.format.rate), encoding="utf-8", newline="\n")
        command = arguments.mux(listed, sound, captions, part, plan.format.rate, plan.title)
        work.crew.run(command, limit_s=600 + float(plan.format.rate.seconds(plan.frames)))
        progress(90)
        wrong = check(part, plan)
        if wrong is not None:
            raise RenderError(Failure("E0604", f"the finished film is not as planned: {wrong}"))


def segment_files(work: Work, segments: Sequence[Segment]) -> list[tuple[Path, int]]:
    """The encoded segments in order. RenderError if one has gone since it was made."""
    found = []
    for s in segments:
        path = work.store.path(s.key)
        if path is None:
            raise RenderError(Failure("E0604", f"{work.label(s.key, 'a segment')} has gone from the store"))
        found.append((path, s.frames))
    return found


def concat_list(pictures: Sequence[tuple[Path, int]], rate: Rate) -> str:
    """A list for the concat demuxer. It knows microseconds only: durations are differences of rounded times, so that their
    rounding never adds up."""
    rows = ["ffconcat version 1.0"]
    frames = 0
    for path, count in pictures:
        begin, end = (round(rate.seconds(f) * 1_000_000) for f in (frames, frames + count))
        rows.append(list_entry(arguments.url(path)))
        rows.append(f"duration {(end - begin) // 1_000_000}.{(end - begin) % 1_000_000:06}")
        frames += count
    return "\n".join(rows) + "\n"


def check(film: Path, plan: Plan) -> str | None:
    """None if the file is as planned: every frame at its time, tagged, sound as long as the picture, subtitles if there are
    captions. Else what is wrong. Nothing is decoded."""
    try:
        with av.open(arguments.url(film)) as container:
            return _check(container, plan)
    except (av.FFmpegError, OSError) as problem:
        return f"it cannot be read back ({problem})"


def _check(container: Any, plan: Plan) -> str | None:
    if not container.streams.video or not container.streams.audio:
        return "picture or sound is missing"
    if plan.captions and not container.streams.subtitles:
        return "the subtitles are missing"
    video, audio = container.streams.video[0], container.streams.audio[0]
    codec = video.codec_context
    if (video.width, video.height) != (plan.format.width, plan.format.height):
        return f"it is {video.width}x{video.height}, not {plan.format.width}x{plan.format.height}"
    tags = (codec.colorspace, codec.color_primaries, codec.color_trc)
    if any(int(tag) != _REC709 for tag in tags) or int(codec.color_range) != _LIMITED:
        return f"its colours are tagged {tags}"
    step = 1 / plan.format.rate.fps / video.time_base
    times = sorted(p.pts for p in container.demux(video) if p.pts is not None)
    if len(times) != plan.frames:
        return f"it has {len(times)} frames, not {plan.frames}"
    off = next((i for i, t in enumerate(times) if t != step * i), None)
    if off is not None:
        return f"frame {off} stands at {float(times[off] * video.time_base):.6f} s"
    picture = plan.format.rate.seconds(plan.frames)
    sound = Fraction(audio.duration or 0) * audio.time_base
    if abs(sound - picture) > _AUDIO_OFF_S:
        return f"the sound lasts {float(sound):.4f} s, the picture {float(picture):.4f} s"
    return None


class Place:
    """Where the film goes. Taken before anything is made, so that a folder that cannot be written is known at once: a name
    beside `out`, which becomes `out` when the film is whole, and is removed if it never is."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.part = out.with_name(f".{out.stem}.{secrets.token_hex(4)}.part")
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            if out.is_dir():
                raise RenderError(Failure("E0601", f"the film cannot be written: {out} is a folder"))
            self.part.touch(exist_ok=False)
            self._lock = Lock.take(self.part)
        except OSError as problem:
            raise RenderError(Failure("E0601", sentence(problem, out.parent))) from None
        _sweep(out)

    def settle(self, work: Work) -> None:
        """The finished part takes its place, and the store notes what the film's file is."""
        try:
            flush(self.part)
            here, digest = self.part.stat(), digest_of(self.part)
            if os.name == "nt" and self._lock is not None:  # what is open cannot be renamed there
                self._lock.release()
            os.replace(self.part, self.out)
            flush_folder(self.out.parent)
        except PermissionError:
            reason = f"{self.out} cannot be replaced: is it open in a player?"
            raise RenderError(Failure("E0601", reason)) from None
        except OSError as problem:
            raise RenderError(Failure("E0601", sentence(problem, self.out))) from None
        note = work.store.notes.file(record_key(work.plan, work.options.whole))
        work.store.write_note(note, {"size": here.st_size, "digest": digest, "times": [here.st_mtime_ns]})

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            self.part.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()


def _sweep(out: Path) -> None:
    """Removes parts that killed runs left beside `out`: those that nobody holds, and, where the disk knows no locks, old ones."""
    now = time.time()
    for old in out.parent.iterdir():
        if old.name.startswith(f".{out.stem}.") and old.suffix == ".part":
            lock = Lock.attempt(old)
            if isinstance(lock, Lock):
                lock.release(remove=True)
            elif lock is Refusal.UNABLE:
                with contextlib.suppress(OSError):
                    if now - old.stat().st_mtime > _STALE_S:
                        old.unlink()
