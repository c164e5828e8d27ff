// One MediaSource with a buffer for the picture and one for the sound. Every operation goes through one chain, one at a time.
//
// Knows seconds and bytes, nothing of films.

import { once } from "./dom.js";

const SOUND = 'audio/mp4; codecs="flac"';

/** Whether this browser plays the sound at all. */
export const hears = () => globalThis.MediaSource?.isTypeSupported(SOUND) ?? false;

/** Whether this browser plays the picture. */
export const sees = (codec) => globalThis.MediaSource?.isTypeSupported(`video/mp4; codecs="${codec}"`) ?? false;

/** Whether a time is within ranges, `TimeRanges` of a buffer. */
export function within(ranges, time) {
  for (let i = 0; i < ranges.length; i += 1) if (time >= ranges.start(i) && time < ranges.end(i)) return true;
  return false;
}

export class Medium {
  /** `full()`: called inside the chain when the browser has no room; frees some. */
  constructor(video, full) {
    this.video = video;
    this.full = full;
    this.chain = Promise.resolve();
    this.source = null;
    this.picture = null;
    this.sound = null;
  }

  /** Runs a job after all before it; a promise of its end. A job that fails is told to the console and stops nothing. */
  run(job) {
    this.chain = this.chain.then(job).catch((error) => console.warn(String(error)));
    return this.chain;
  }

  /** Inside the chain: starts anew for a codec and a length in seconds. What was placed is gone. */
  async open(codec, seconds, withSound = hears()) {
    this.picture = this.sound = null;
    const source = new MediaSource();
    const address = URL.createObjectURL(source);
    this.source = source;
    this.video.src = address;
    await once(source, "sourceopen");
    URL.revokeObjectURL(address);
    this.picture = source.addSourceBuffer(`video/mp4; codecs="${codec}"`);
    if (withSound) this.sound = source.addSourceBuffer(SOUND);
    source.duration = seconds;
  }

  get alive() {
    return this.source?.readyState === "open" && !this.video.error;
  }

  /**
   * Inside the chain: places bytes that begin at zero at `at` seconds, and of them only what lies from `from` to `to`.
   * False if the browser would not have them.
   */
  async put(buffer, data, at, from, to) {
    if (!this.alive || !buffer) return false;
    buffer.appendWindowStart = 0;
    buffer.appendWindowEnd = to;
    buffer.appendWindowStart = Math.max(0, from);
    buffer.timestampOffset = at;
    try {
      buffer.appendBuffer(data);
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      await this.full();
      buffer.appendBuffer(data);
    }
    await this.settled(buffer);
    return this.alive;
  }

  async remove(buffer, from, to) {
    if (!this.alive || !buffer || !(from < to)) return;
    buffer.remove(Math.max(0, from), to);
    await this.settled(buffer);
  }

  /** The length in seconds. What lies beyond must have been removed before: a browser refuses to cut off frames this way. */
  async last(seconds) {
    if (!this.alive) return;
    for (const buffer of this.source.sourceBuffers) {
      const end = buffer.buffered.length ? buffer.buffered.end(buffer.buffered.length - 1) : 0;
      if (end > seconds) await this.remove(buffer, seconds, Infinity);
    }
    if (Math.abs(this.source.duration - seconds) > 1e-6) this.source.duration = seconds;
  }

  async settled(buffer) {
    while (buffer.updating) await once(buffer, "updateend");
  }
}
