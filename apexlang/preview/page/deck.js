// What of a film lies in the browser's buffers: fetches pieces around the playhead, places them by frame, takes up what an edit moved.

import { indexAt, moved } from "./timeline.js";
import { Medium, hears, within } from "./medium.js";
import { Bytes } from "./bytes.js";
import { silence } from "./silence.js";

const BEHIND_S = 30; // the window of pictures around the playhead
const AHEAD_S = 60;
const SLACK = 3; // so many windows may lie there before what is far is let go
const SOUND_BEHIND_S = 6; // browsers give sound far less room
const SOUND_AHEAD_S = 24;
const CHUNK_S = 2; // a piece of the mix
const FETCHES = 4;
const SILENCE = "silence";
const AGAIN_MS = 1000;

export class Deck {
  /** `placed(piece, again)`: a piece's picture was placed; `again`: over another picture that stood there. */
  constructor(video, placed) {
    this.placed = placed;
    this.film = null;
    this.at = 0;
    this.laid = new Map(); // start frame -> { key, frames }
    this.heard = new Map(); // number of a chunk -> key
    this.coming = new Set(); // what is being fetched or placed: { start, key, valid }
    this.sounding = new Map();
    this.refused = new Set(); // keys that this browser could not play
    this.segments = new Bytes("/seg/", ".mp4");
    this.chunks = new Bytes("/audio/", ".mp4");
    this.medium = new Medium(video, () => this.makeRoom(1));
    video.addEventListener("error", () => this.reopen());
  }

  // --- what is there ---
  /** Whether the very picture of a frame, as the film has it now, is placed. */
  fresh(frame) {
    const piece = this.film.pieces[indexAt(this.film, frame)];
    return this.laid.get(piece.start)?.key === piece.key;
  }

  /** Whether some picture is placed there: the right one, or the one from before a save while the right one is being made. */
  covered(frame) {
    const piece = this.film.pieces[indexAt(this.film, frame)];
    return this.laid.get(piece.start)?.frames === piece.frames;
  }

  // --- the film changed ---
  /** Takes up a film; a promise of the moment when nothing of the old one is in the way. */
  load(film, at) {
    const old = this.film;
    this.film = film;
    this.at = at;
    const same = old && old.codec === film.codec && old.size === film.size && old.rate === film.rate;
    if (!same) return this.reopen();
    const from = moved(old, film);
    for (const job of this.coming) if (job.start >= from || !this.wanted(job)) job.valid = false;
    for (const start of [...this.laid.keys()]) if (start >= from) this.laid.delete(start);
    const seconds = film.frames / film.rate;
    const ready = this.medium.run(async () => {
      if (from < Infinity) await this.medium.remove(this.medium.picture, (from - 0.25) / film.rate, Infinity);
      if (old.frames !== film.frames) {
        for (const number of [...this.heard.keys()]) if ((number + 1) * CHUNK_S >= seconds) this.heard.delete(number);
        await this.medium.last(seconds);
      }
    });
    this.fill(at);
    return ready;
  }

  /** Starts anew: at first, when size, rate or codec change, and after the browser gave up on what it was fed. */
  reopen() {
    const { film } = this;
    if (!film) return Promise.resolve();
    for (const job of this.coming) job.valid = false;
    this.sounding.clear();
    this.laid.clear();
    this.heard.clear();
    const ready = this.medium.run(async () => {
      this.laid.clear();
      this.heard.clear();
      await this.medium.open(film.codec, film.frames / film.rate);
    });
    this.fill(this.at);
    return ready;
  }

  wanted({ start, key }) {
    const piece = this.film.pieces[indexAt(this.film, start)];
    return piece?.start === start && piece.key === key;
  }

  // --- filling ---
  /** Fetches and places what is missing around a frame, nearest first. Cheap to call. */
  fill(at) {
    const { film } = this;
    this.at = at;
    if (!film?.pieces.length) return;
    const near = [];
    const end = at + AHEAD_S * film.rate;
    for (let i = indexAt(film, Math.max(0, at - BEHIND_S * film.rate)); i < film.pieces.length; i += 1) {
      const piece = film.pieces[i];
      if (piece.start >= end) break;
      if (piece.ready && this.laid.get(piece.start)?.key !== piece.key && !this.refused.has(piece.key)) near.push(piece);
    }
    // Forward first: what lies behind is wanted a third as much.
    const far = (p) => (p.start > at ? p.start - at : p.start + p.frames > at ? -1 : 3 * (at - p.start));
    near.sort((a, b) => far(a) - far(b));
    for (const piece of near) {
      if (this.coming.size >= FETCHES) break;
      this.bring(piece);
    }
    this.fillSound(at);
    this.letGo(at);
  }

  async bring(piece) {
    const job = { start: piece.start, key: piece.key, valid: true };
    for (const other of this.coming) if (other.valid && other.start === job.start && other.key === job.key) return;
    this.coming.add(job);
    const data = await this.segments.get(piece.key);
    if (!data) {
      setTimeout(() => this.drop(job), AGAIN_MS);
      return;
    }
    await this.medium.run(() => this.lay(piece, job, data));
    this.drop(job);
  }

  drop(job) {
    this.coming.delete(job);
    this.fill(this.at);
  }

  async lay(piece, job, data) {
    if (!job.valid || !this.wanted(job)) return;
    const { rate } = this.film;
    const { start, frames } = piece;
    const again = this.laid.has(start);
    // A quarter of a frame of room on each side: a stray frame of a wrong length cannot lie over a neighbour.
    const good = await this.medium.put(this.medium.picture, data, start / rate, (start - 0.25) / rate, (start + frames + 0.25) / rate);
    if (!good) {
      this.refused.add(piece.key);
      this.reopen();
      return;
    }
    if (job.valid) this.laid.set(start, { key: job.key, frames });
    else this.laid.delete(start); // a newer film came meanwhile, and does not know this picture
    this.checkKept();
    if (job.valid) this.placed(piece, again);
  }

  /** A browser short of room drops pictures by itself while it takes others. */
  checkKept() {
    const ranges = this.medium.picture.buffered;
    const { rate } = this.film;
    for (const [start, { frames }] of this.laid) {
      if (!within(ranges, (start + 0.5) / rate) || !within(ranges, (start + frames - 0.5) / rate)) this.laid.delete(start);
    }
  }

  // --- sound ---
  /** Where the mix is not there yet there is silence: without any sound a browser shows no picture either. */
  fillSound(at) {
    if (!hears()) return;
    const { film } = this;
    const here = Math.floor(at / film.rate / CHUNK_S);
    const first = Math.max(0, here - Math.ceil(SOUND_BEHIND_S / CHUNK_S));
    const end = Math.min(Math.ceil(film.frames / film.rate / CHUNK_S), here + Math.ceil(SOUND_AHEAD_S / CHUNK_S));
    const order = [];
    for (let number = here; number < end; number += 1) order.push(number);
    for (let number = here - 1; number >= first; number -= 1) order.push(number);
    for (const number of order) {
      const key = film.chunks[number] ?? SILENCE;
      const now = this.heard.get(number);
      // While a new mix is being made the old one plays on.
      if (now === key || (now && key === SILENCE && film.mix === null)) continue;
      if (this.sounding.has(number)) continue;
      if (this.sounding.size >= FETCHES) return;
      this.bringSound(number, key, !now && (number === here || number === here + 1));
    }
  }

  async bringSound(number, key, soon) {
    const job = {};
    this.sounding.set(number, job);
    const valid = () => this.sounding.get(number) === job;
    if (soon && key !== SILENCE && !this.chunks.has(key)) this.laySound(number, SILENCE, null, valid);
    const data = key === SILENCE ? null : await this.chunks.get(key);
    const missing = key !== SILENCE && !data;
    if (!missing || !this.heard.has(number)) await this.laySound(number, missing ? SILENCE : key, data, valid);
    const end = () => {
      if (valid()) this.sounding.delete(number);
      this.fill(this.at);
    };
    if (missing) setTimeout(end, AGAIN_MS);
    else end();
  }

  laySound(number, key, data, valid) {
    return this.medium.run(async () => {
      if (!valid() || !this.medium.sound) return;
      const from = number * CHUNK_S;
      const to = Math.min(from + CHUNK_S, this.film.frames / this.film.rate);
      if (from >= to) return;
      await this.medium.put(this.medium.sound, data ?? silence, from, from, to);
      this.heard.set(number, key);
    });
  }

  /** Whether a picture could be shown at a frame as far as the sound goes. */
  soundAt(frame) {
    return !hears() || this.heard.has(Math.floor((frame + 0.5) / this.film.rate / CHUNK_S));
  }

  // --- room ---
  letGo(at) {
    const { rate } = this.film;
    const low = at - SLACK * BEHIND_S * rate;
    const high = at + SLACK * AHEAD_S * rate;
    for (const start of this.laid.keys()) {
      if (start < low || start > high) {
        this.medium.run(() => this.makeRoom(SLACK - 1));
        return;
      }
    }
    const far = SLACK * SOUND_AHEAD_S;
    for (const number of this.heard.keys()) {
      if (Math.abs(number * CHUNK_S - at / rate) > far) {
        this.medium.run(() => this.makeRoom(SLACK - 1));
        return;
      }
    }
  }

  /** Inside the chain: drops what lies outside of so many windows around the playhead. */
  async makeRoom(windows) {
    const { rate } = this.film;
    const low = this.at - windows * BEHIND_S * rate;
    const high = this.at + windows * AHEAD_S * rate;
    for (const [start, { frames }] of [...this.laid]) {
      if (start + frames > low && start < high) continue;
      this.laid.delete(start);
      await this.medium.remove(this.medium.picture, Math.max(0, (start - 0.25) / rate), (start + frames - 0.25) / rate);
    }
    for (const number of [...this.heard.keys()]) {
      const away = number * CHUNK_S - this.at / rate;
      if (away > -windows * SOUND_BEHIND_S - CHUNK_S && away < windows * SOUND_AHEAD_S) continue;
      this.heard.delete(number);
      await this.medium.remove(this.medium.sound, number * CHUNK_S, (number + 1) * CHUNK_S);
    }
  }
}
