// The stretch of film that the timeline shows: `first` is the frame at its left edge, `per` the pixels of a frame. Pure.

const LARGEST = 40; // pixels of a frame, zoomed in all the way

export class View {
  constructor() {
    this.first = 0;
    this.per = 1;
    this.width = 1;
    this.frames = 1;
    this.fitted = true;
  }

  get fit() {
    return this.width / this.frames;
  }

  /** A new width or length: what was fitted stays fitted, what was zoomed keeps its scale. */
  resize(width, frames) {
    this.width = Math.max(1, width);
    this.frames = Math.max(1, frames);
    if (this.fitted) this.per = this.fit;
    this.clamp();
  }

  x(frame) {
    return (frame - this.first) * this.per;
  }

  /** The frame under a pixel, whole. */
  frame(x) {
    return Math.floor(this.first + x / this.per);
  }

  get last() {
    return this.first + this.width / this.per;
  }

  /** Larger or smaller around a pixel: the frame under it stays under it. */
  zoom(factor, x) {
    const anchor = this.first + x / this.per;
    const lowest = this.fit;
    this.per = Math.max(lowest, Math.min(Math.max(LARGEST, lowest), this.per * factor));
    this.fitted = this.per <= lowest * 1.0001;
    this.first = anchor - x / this.per;
    this.clamp();
  }

  whole() {
    this.fitted = true;
    this.per = this.fit;
    this.first = 0;
  }

  pan(pixels) {
    this.first += pixels / this.per;
    this.clamp();
  }

  /** Turns the page so that a frame is in sight; true if it had to. While a film plays the view stands still for a page at a time. */
  reveal(frame) {
    const span = this.width / this.per;
    if (frame >= this.first && frame + 1 <= this.first + span) return false;
    this.first = frame < this.first && frame > this.first - span / 2 ? frame - span * 0.9 : frame - span * 0.1;
    this.clamp();
    return true;
  }

  clamp() {
    this.first = Math.max(0, Math.min(this.frames - this.width / this.per, this.first));
  }
}
