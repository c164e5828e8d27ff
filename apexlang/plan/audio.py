"""Which sound plays where, in samples of 48 kHz."""

from __future__ import annotations

from apexlang.ir import model as ir
from apexlang.plan.keys import SOUND_RATE, samples
from apexlang.plan.model import Audio, Format
from apexlang.plan.shots import Assets
from apexlang.plan.timeline import Timeline
from apexlang.units import Time


def sounds(film: ir.Film, timeline: Timeline, form: Format, assets: Assets) -> tuple[Audio, ...]:
    """Music under the whole film, each sound at its time in its shot. A negative time starts before the cut; what would
    begin before the film does is cut at the film's first sample."""
    end = samples(timeline.frames, form)
    found = [
        Audio(
            path=m.path,
            digest=assets.digest(m.path),
            track="music",
            start=0,
            skip=_length(m.start, form),
            length=end,
            gain_db=m.gain_db,
            fade_in=_length(m.fade_in, form),
            fade_out=_length(m.fade_out, form),
        )
        for m in film.music
        if end
    ]
    for placed in timeline.shots:
        for cue in placed.shot.sounds:
            at = samples(placed.start + cue.at.to_frames(form.rate), form)
            found.append(
                Audio(
                    path=cue.path,
                    digest=assets.digest(cue.path),
                    track="effects",
                    start=max(at, 0),
                    skip=max(-at, 0),
                    gain_db=cue.gain_db,
                )
            )
    return tuple(found)


def _length(time: Time | None, form: Format) -> int:
    """Samples; plain seconds stay exact, everything else goes by whole frames."""
    if time is None:
        return 0
    if time == Time(seconds=time.seconds):
        return round(time.seconds * SOUND_RATE)
    return samples(time.to_frames(form.rate), form)
