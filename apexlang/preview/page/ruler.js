// The ruler: timecode above the strip, at steps that people count in.

import { palette } from "./palette.js";
import { nominal, timecode } from "./timecode.js";

const LABEL = 108; // pixels that a label wants

/** Frames between two labels and between two ticks, for a scale in pixels a frame. */
export function steps(per, fps) {
  const second = nominal(fps);
  const choices = [1, 2, 5, 10].filter((n) => n < second);
  for (const n of [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]) choices.push(n * second);
  const index = choices.findIndex((n) => n * per >= LABEL);
  const big = index < 0 ? choices[choices.length - 1] : choices[index];
  const small = choices.filter((n) => n < big && big % n === 0 && n * per >= 7)[0] ?? big;
  return [big, small];
}

export function drawRuler(context, width, height, film, view) {
  const [big, small] = steps(view.per, film.fps);
  context.font = `10.5px ${palette.mono}`;
  context.textBaseline = "middle";
  const end = Math.min(film.frames, view.last);
  for (let n = Math.max(0, Math.floor(view.first / small) * small); n <= end; n += small) {
    const large = n % big === 0;
    context.fillStyle = large ? palette.tick : palette.rule;
    context.fillRect(Math.round(view.x(n)), height - (large ? 8 : 4), 1, large ? 8 : 4);
  }
  context.fillStyle = palette.dim;
  for (let n = Math.max(0, Math.floor(view.first / big) * big); n < end; n += big) {
    const x = view.x(n);
    // A label is left out rather than cut.
    if (x >= -1 && x + LABEL - 24 <= width) context.fillText(timecode(n, film.fps, film.drop), x + 4, height - 14);
  }
}
