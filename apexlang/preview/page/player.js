// The playhead and what moves it: seeks, play, shuttle, loop, and what becomes of it when the film changes under it.
//
// `seeked` does not mean that a picture is on the screen, and the start of a frame may round to its neighbour. So every seek goes to
// the middle of a frame, and only `requestVideoFrameCallback` says which frame is shown.

import { Deck } from "./deck.js";
import { follow, frameOf, indexAt, inside, nameOf, pieceAt } from "./timeline.js";

const SHOWN_MS = 800; // a busy machine may need as long to draw a frame
const TRIES = 4;
const NUDGE_S = 1e-4; // a seek to the very same time may be dropped
const MARGIN = 2; // frames before a hole at which we stop: Firefox plays on over a short one
const LOUDEST_RATE = 2;
const TAIL = 4; // frames
const LOOK_AHEAD_S = 0.03;
const SOON_MS = 40;

export class Player {
  /** `still`: the layer over the video. `tell.changed()`: words and playhead to be drawn anew. `tell.shown(frame, piece)`. */
  constructor(video, still, tell) {
    this.video = video;
    this.still = still;
    this.tell = tell;
    this.deck = new Deck(video, (piece, again) => this.placed(piece, again));
    this.film = null;
    this.at = 0;
    this.rate = 0;
    this.markIn = null;
    this.markOut = null;
    this.muted = false;
    this.waitingFor = null; // the piece that playing waits for
    this.wish = null;
    this.seeking = false;
    this.nudge = 1;
    this.resumeAt = null; // playing goes on from this frame, not from where the video stands
    this.round = 0;
    this.endTimer = 0;
    const follow = (time, frame) => {
      this.presented(frame);
      video.requestVideoFrameCallback(follow);
    };
    video.requestVideoFrameCallback(follow);
    video.addEventListener("waiting", () => this.watch());
    video.addEventListener("timeupdate", () => this.watch()); // a page in the background draws no frames
    video.addEventListener("ended", () => this.atEnd());
  }

  // --- time ---
  middle(frame) {
    return (frame + 0.5) / this.film.rate;
  }

  get loop() {
    return this.markIn !== null || this.markOut !== null;
  }

  get first() {
    return this.markIn ?? 0;
  }

  /** The frame after the last that is played. */
  get end() {
    return this.markOut ?? this.film.frames;
  }

  // --- the film ---
  /** A new film: playhead and marks stay with their shots. */
  load(film) {
    const old = this.film;
    const was = this.at;
    this.film = film;
    this.at = follow(old, film, was);
    for (const mark of ["markIn", "markOut"]) if (this[mark] !== null) this[mark] = old ? follow(old, film, this[mark]) : null;
    const shifted = this.at !== was;
    const ready = this.deck.load(film, this.at);
    if (this.rate > 0 && (shifted || !this.deck.covered(this.at))) {
      this.resumeAt = this.at;
      this.hold(pieceAt(film, this.at));
    }
    ready.then(() => {
      if (this.film !== film) return;
      if (this.rate > 0) this.goOn();
      else if (!this.stillRight()) this.seek(this.at, true);
    });
    this.tell.changed();
  }

  /** A piece was placed: the one under the playhead is to be seen, the one waited for is to be played. */
  placed(piece, again) {
    const here = this.at >= piece.start && this.at < piece.start + piece.frames;
    if (this.rate > 0) {
      // What is decoded of the old picture is thrown away by a seek to where we are.
      if (here && again && !this.waitingFor) this.video.currentTime = Math.max(this.video.currentTime, this.middle(this.at));
      this.goOn();
    } else if (here) this.seek(this.at, true);
    this.tell.changed();
  }

  // --- one frame ---
  /** Shows a frame. At most one seek is under way; of those that wait the last is taken. `again`: even if the playhead is there. */
  seek(frame, again = false) {
    if (!this.film?.pieces.length) return;
    const target = inside(this.film, frame);
    const there = target === this.at && !again;
    this.at = target;
    if (!there || this.wish) this.wish = { frame: target, tries: 0 };
    this.tell.changed();
    if (!this.seeking) this.settle();
  }

  async settle() {
    this.seeking = true;
    while (this.wish) {
      const { wish } = this;
      this.wish = null;
      await this.reach(wish);
    }
    this.seeking = false;
  }

  async reach(wish) {
    const { film, deck } = this;
    if (wish.frame >= film.frames) return;
    const piece = pieceAt(film, wish.frame);
    const offset = wish.frame - piece.start;
    if (!deck.fresh(wish.frame)) {
      deck.fill(wish.frame);
      // What is made is on its way and comes here again when it is placed.
      if (!piece.ready || deck.refused.has(piece.key)) await this.single(piece, offset);
      return;
    }
    deck.fill(wish.frame);
    if (!deck.soundAt(wish.frame)) await deck.medium.run(() => {});
    if (await this.show(wish.frame)) {
      if (this.film !== film || this.wish || !deck.fresh(wish.frame)) return;
      this.still.clear();
      this.tell.shown(wish.frame, piece);
    } else if (!this.wish && this.film === film) {
      if (wish.tries < TRIES) this.wish = { frame: wish.frame, tries: wish.tries + 1 };
      else await this.single(piece, offset);
    }
  }

  /** Seeks the video; true once that very frame was on the screen, false if it was not in time. */
  show(frame) {
    const { video } = this;
    const { rate } = this.film;
    return new Promise((resolve) => {
      let handle = 0;
      const end = (shown) => {
        clearTimeout(timer);
        video.cancelVideoFrameCallback(handle);
        resolve(shown);
      };
      const see = (time, meta) => {
        if (frameOf(meta.mediaTime, rate) === frame) end(true);
        else handle = video.requestVideoFrameCallback(see);
      };
      const timer = setTimeout(() => end(false), SHOWN_MS);
      handle = video.requestVideoFrameCallback(see);
      this.nudge = -this.nudge;
      video.currentTime = this.middle(frame) + this.nudge * NUDGE_S;
    });
  }

  /** The true frame of a piece that is not made, from the server. */
  async single(piece, offset) {
    if (this.still.is(piece.key, offset)) return;
    const got = await this.still.ask(piece.key, offset);
    // The playhead may be elsewhere by now, or the piece made: then this picture is late.
    if (got && !this.wish && this.stillWanted(piece.key, offset)) this.still.draw(got, piece.key, offset);
  }

  stillWanted(key, offset) {
    const piece = pieceAt(this.film, this.at);
    return this.rate <= 0 && piece.key === key && this.at - piece.start === offset && (!this.deck.fresh(this.at) || this.deck.refused.has(key));
  }

  /** Whether the layer over the video shows what the playhead is on. */
  stillRight() {
    const piece = pieceAt(this.film, this.at);
    return piece !== undefined && !this.deck.fresh(this.at) && this.still.is(piece.key, this.at - piece.start);
  }

  // --- playing ---
  /** Plays at a rate: 0 stops, below zero backwards. */
  play(rate) {
    if (!this.film?.pieces.length) return;
    const was = this.rate;
    this.rate = rate;
    this.waitingFor = null;
    this.resumeAt = null;
    this.round += 1;
    this.setSound();
    if (rate > 0) {
      if (this.at >= this.end - 1 || (this.markIn !== null && this.at < this.markIn)) this.at = this.first;
      this.wish = null;
      this.video.playbackRate = rate;
      if (was <= 0) this.resumeAt = this.at;
      this.goOn(true);
      this.watching(this.round);
    } else {
      this.video.pause();
      if (rate < 0) this.backwards(this.round);
      else if (was !== 0) this.seek(this.at, true);
    }
    this.tell.changed();
  }

  toggle() {
    this.play(this.rate === 0 ? 1 : 0);
  }

  step(frames) {
    if (this.rate !== 0) this.play(0);
    this.seek(this.at + frames);
  }

  goTo(frame) {
    if (this.rate !== 0) this.play(0);
    this.seek(frame);
  }

  setSound() {
    this.video.muted = this.muted || this.rate > LOUDEST_RATE || this.rate < 0;
  }

  /** Playing, if it can: there must be a picture where it is to go on. */
  goOn(start = false) {
    if (this.rate <= 0 || !(start || this.waitingFor)) return;
    const from = this.resumeAt ?? this.at;
    const missing = this.hole(from);
    if (missing) {
      this.hold(missing);
      return;
    }
    this.waitingFor = null;
    if (this.resumeAt !== null) {
      const time = this.middle(this.resumeAt);
      if (Math.abs(this.video.currentTime - time) > 0.4 / this.film.rate || start) this.video.currentTime = time;
      this.resumeAt = null;
    }
    this.video.play().catch((error) => {
      if (error.name === "NotAllowedError") this.play(0);
    });
    this.tell.changed();
  }

  /** The first piece without a picture that playing from a frame would come upon at once; null if there is none. */
  hole(frame) {
    const { film } = this;
    const end = Math.min(this.end - 1, frame + Math.ceil(MARGIN * Math.max(1, this.rate)));
    for (let n = frame; n <= end; n = film.starts[indexAt(film, n)] + pieceAt(film, n).frames) {
      if (!this.deck.covered(n)) return pieceAt(film, n);
    }
    return null;
  }

  hold(piece) {
    if (this.waitingFor === piece) return;
    this.waitingFor = piece;
    this.video.pause();
    this.deck.fill(this.at);
    this.tell.changed();
  }

  /** What to say over the picture while nothing moves: null if nothing. */
  get waits() {
    if (this.waitingFor) return `waiting for ${nameOf(this.waitingFor)}`;
    const piece = this.film?.pieces.length ? pieceAt(this.film, this.at) : null;
    if (this.rate !== 0 || !piece || piece.ready) return null;
    if (piece.failed) return `${nameOf(piece)} could not be made`;
    return `${nameOf(piece)} · ${piece.making ? "being made" : "waiting"}`;
  }

  /** A frame of the video is on the screen. */
  presented(meta) {
    if (this.rate <= 0 || this.waitingFor || this.video.seeking || !this.film) return;
    const frame = inside(this.film, frameOf(meta.mediaTime, this.film.rate));
    if (frame >= this.end) return;
    this.still.clear();
    if (frame !== this.at) {
      this.at = frame;
      this.deck.fill(frame);
      this.tell.changed();
    }
    this.watch();
  }

  watching(round) {
    if (round !== this.round) return;
    this.watch();
    requestAnimationFrame(() => this.watching(round));
  }

  /** Looks ahead while playing: a hole, the mark out, the end. */
  watch() {
    if (this.rate <= 0 || this.waitingFor || this.video.seeking || this.video.paused) return;
    const { rate } = this.film;
    const frame = inside(this.film, frameOf(this.video.currentTime, rate));
    // The browser chooses a frame a picture of the screen ahead: to be in time for it, the jump must come that much early.
    const early = Math.min(0.9, rate * LOOK_AHEAD_S * this.rate);
    const left = (((this.end - early) / rate - this.video.currentTime) * 1000) / this.rate;
    if (left < 2) {
      this.atEnd();
      return;
    }
    if (left < SOON_MS && !this.endTimer) {
      const { round } = this;
      this.endTimer = setTimeout(() => {
        this.endTimer = 0;
        if (round === this.round) this.watch();
      }, left);
    }
    const missing = this.hole(frame);
    if (missing) this.hold(missing);
    // The last frames before the end do not come out of a decoder that waits for more.
    else if (this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && frame >= this.film.frames - TAIL) this.atEnd();
  }

  atEnd() {
    if (this.rate <= 0) return;
    if (!this.loop) {
      this.rate = 0;
      this.round += 1;
      this.video.pause();
      this.seek(this.film.frames - 1, true);
      return;
    }
    this.at = this.first;
    this.resumeAt = this.first;
    const missing = this.hole(this.first);
    if (missing) this.hold(missing);
    else {
      this.video.currentTime = this.middle(this.first);
      this.resumeAt = null;
    }
    this.tell.changed();
  }

  /** Backwards by seeks, as many as the machine shows: the clock says how far the next one goes. */
  async backwards(round) {
    let time = performance.now();
    let due = 0;
    while (round === this.round && this.rate < 0) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      due += ((now - time) / 1000) * this.film.rate * -this.rate;
      time = now;
      if (this.seeking || due < 1) continue;
      // However long the last one took, never leap over more than half a second.
      const leap = Math.min(Math.floor(due), Math.ceil((this.film.rate / 2) * -this.rate));
      due %= 1;
      const low = this.first;
      if (this.at - leap >= low) this.seek(this.at - leap);
      else if (this.loop && this.at <= low) this.seek(this.end - 1);
      else if (this.at > low) this.seek(low);
      else this.play(0);
    }
  }

  // --- marks ---
  mark(which) {
    if (which === "in") {
      this.markIn = this.at;
      if (this.markOut !== null && this.markOut <= this.at) this.markOut = null;
    } else if (which === "out") {
      this.markOut = this.at + 1;
      if (this.markIn !== null && this.markIn > this.at) this.markIn = null;
    } else this.markIn = this.markOut = null;
    this.tell.changed();
  }
}
