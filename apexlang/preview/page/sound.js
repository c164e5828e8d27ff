// Under the strip: beats, with those teal that a cut stands on, and the waveform of the mix.

import { firstNotBelow, indexAt } from "./timeline.js";
import { palette } from "./palette.js";

const PAIRS_A_SECOND = 100;
const CLOSEST = 5; // pixels between beats below which only those with a cut are drawn

export function drawBeats(context, width, height, film, view) {
  const { beats } = film;
  if (!beats.length) return;
  const cuts = new Set();
  for (let i = indexAt(film, Math.max(0, view.first)); i < film.pieces.length && film.starts[i] <= view.last; i += 1) cuts.add(film.starts[i]);
  const apart = ((beats[beats.length - 1] - beats[0]) / Math.max(1, beats.length - 1)) * view.per;
  for (let i = firstNotBelow(beats, view.first); i < beats.length && beats[i] <= view.last; i += 1) {
    const on = beats[i] > 0 && cuts.has(beats[i]);
    if (!on && apart < CLOSEST) continue;
    context.fillStyle = on ? palette.made : palette.tick;
    context.fillRect(Math.round(view.x(beats[i])), 3, on ? 2 : 1, on ? height - 6 : (height - 6) * 0.55);
  }
}

/** The peaks of the mix, and sums of them for every scale: a film of an hour is drawn as quickly as one of a minute. */
export class Wave {
  constructor(bytes) {
    const pairs = new Int8Array(bytes);
    let largest = 1;
    for (const value of pairs) largest = Math.max(largest, Math.abs(value));
    this.largest = largest;
    this.levels = [pairs];
    for (let last = pairs; last.length > 512; ) {
      const next = new Int8Array(2 * Math.ceil(last.length / 4));
      for (let i = 0; i < next.length; i += 2) {
        next[i] = Math.min(last[2 * i], last[2 * i + 2] ?? 0);
        next[i + 1] = Math.max(last[2 * i + 1], last[2 * i + 3] ?? 0);
      }
      this.levels.push(next);
      last = next;
    }
  }

  draw(context, width, height, film, view) {
    const pairsAPixel = PAIRS_A_SECOND / (view.per * film.rate);
    const level = Math.max(0, Math.min(this.levels.length - 1, Math.floor(Math.log2(Math.max(1, pairsAPixel)))));
    const pairs = this.levels[level];
    const each = 2 ** level;
    const middle = height / 2;
    const scale = (middle - 1) / this.largest;
    const end = Math.min(width, Math.ceil(view.x(film.frames)));
    context.fillStyle = palette.sound;
    for (let x = 0; x < end; x += 1) {
      const seconds = (view.first + x / view.per) / film.rate;
      const from = Math.floor((seconds * PAIRS_A_SECOND) / each);
      const to = Math.max(from + 1, Math.floor(((seconds * PAIRS_A_SECOND) + pairsAPixel) / each));
      let low = 0;
      let high = 0;
      for (let i = from; i < to; i += 1) {
        low = Math.min(low, pairs[2 * i] ?? 0);
        high = Math.max(high, pairs[2 * i + 1] ?? 0);
      }
      context.fillRect(x, middle - high * scale, 1, Math.max(1, (high - low) * scale));
    }
  }
}
