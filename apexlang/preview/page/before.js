// B held: the picture before the last save, of the very frame the playhead is on.
//
// The bytes of what a save replaced are kept; a second video plays them. Where there are none, the picture that stood on the screen
// when the save came is shown.

import { Medium } from "./medium.js";
import { once } from "./dom.js";
import { indexAt } from "./timeline.js";

export class Before {
  /** `frame`: the element of the picture; `layers`: the video, the canvas over it and the second video, `before`. */
  constructor(frame, { video, still, before, kept }, segments) {
    this.frame = frame;
    this.layers = { video, still, before, kept };
    this.segments = segments;
    this.was = new Map(); // id -> { key, frames, rate, codec }, of the last save
    this.snapshot = null; // { id, offset }
    this.rev = 0; // of the save that it was taken before
    this.medium = new Medium(before, () => {});
    this.open = null; // the key in the second video
    this.held = false;
    this.turn = 0;
  }

  /** Before a save is shown, its poster or its film, whichever comes first: what stands on the screen is the picture before. */
  keep(film, at, still, rev) {
    if (rev === this.rev) return;
    this.rev = rev;
    const piece = film.pieces[indexAt(film, at)];
    if (!piece) return;
    const { video, kept } = this.layers;
    const source = still.on ? this.layers.still : video;
    const [width, height] = still.on ? [source.width, source.height] : [video.videoWidth, video.videoHeight];
    if (!width) return;
    kept.width = width;
    kept.height = height;
    kept.getContext("2d").drawImage(source, 0, 0);
    this.snapshot = { id: piece.id, offset: at - piece.start };
  }

  /** A save changed the film: remembers what was. A save that changed no picture leaves the last one to look back at. */
  changed(old, film) {
    const was = new Map();
    for (const piece of old.pieces) {
      const next = film.pieces[film.byId.get(piece.id)];
      if (next && next.key !== piece.key) was.set(piece.id, { key: piece.key, frames: piece.frames, rate: old.rate, codec: old.codec });
    }
    if (!was.size) return;
    this.was = was;
    this.segments.pin([...was.values()].map((piece) => piece.key));
  }

  /** Shows the picture before at a frame; a word of why if there is none, else null. Called again when the playhead moves. */
  async show(film, at) {
    this.held = true;
    const turn = ++this.turn;
    const piece = film.pieces[indexAt(film, at)];
    const was = piece && this.was.get(piece.id);
    if (!was) return "the last save changed nothing here";
    const offset = Math.min(at - piece.start, was.frames - 1);
    if (this.segments.has(was.key) && (await this.video(was, offset))) {
      if (this.held && turn === this.turn) this.frame.dataset.before = "video";
      return null;
    }
    if (!this.held || turn !== this.turn) return null;
    if (this.snapshot?.id === piece.id && this.snapshot.offset === at - piece.start) {
      this.frame.dataset.before = "kept";
      return null;
    }
    return "the picture before was not made";
  }

  hide() {
    this.held = false;
    delete this.frame.dataset.before;
  }

  async video({ key, frames, rate, codec }, offset) {
    const { before } = this.layers;
    if (this.open !== key) {
      const data = await this.segments.get(key);
      if (!data) return false;
      await this.medium.run(async () => {
        await this.medium.open(codec, frames / rate, false);
        await this.medium.put(this.medium.picture, data, 0, 0, (frames + 0.25) / rate);
        this.open = key;
      });
    }
    const target = (offset + 0.5) / rate;
    if (Math.abs(before.currentTime - target) < 1e-6) return true;
    const shown = new Promise((resolve) => before.requestVideoFrameCallback(() => resolve(true)));
    before.currentTime = target;
    await Promise.race([shown, once(before, "seeked", 800).then(() => new Promise((resolve) => setTimeout(resolve, 60)))]);
    return true;
  }
}
