// The lower part of the page: ruler, strip, beats and wave on canvases, one playhead through all, and the pointer on them.

import { $, eachFrame } from "./dom.js";
import { indexAt } from "./timeline.js";
import { palette } from "./palette.js";
import { drawRuler } from "./ruler.js";
import { drawStrip } from "./strip.js";
import { Wave, drawBeats } from "./sound.js";
import { Thumbs } from "./thumbs.js";
import { View } from "./view.js";

const WHEEL = 400; // of a wheel's turn: zooming by e
const FRAME_SEEN = 5; // pixels from which the playhead is as wide as its frame

export class TimePane {
  /** `scrub(frame)`: the pointer is there with its button down. */
  constructor(scrub) {
    this.view = new View();
    this.film = null;
    this.at = 0;
    this.marks = [null, null];
    this.wrong = new Set();
    this.wave = null;
    this.current = -1;
    this.pane = $("time");
    this.playhead = $("playhead");
    this.loop = $("loop");
    this.bands = ["ruler", "strip", "beats", "wave"].map((id) => ({ id, canvas: $(id), context: $(id).getContext("2d") }));
    this.dirty = new Set();
    this.soon = eachFrame(() => this.draw());
    this.thumbs = new Thumbs(Math.round($("strip").clientHeight * devicePixelRatio) || 80, () => this.redraw("strip"));
    new ResizeObserver(() => this.resize()).observe(this.pane);
    this.listen(scrub);
  }

  // --- what is to be shown ---
  load(film) {
    this.film = film;
    this.resize();
  }

  place(at, [from, to]) {
    if (!this.film) return;
    if (at !== this.at) {
      this.at = at;
      if (!this.dragging && this.view.reveal(at)) this.redraw();
    }
    const current = indexAt(this.film, at);
    if (current !== this.current) {
      this.current = current;
      this.redraw("strip");
    }
    this.marks = [from, to];
    this.soon();
  }

  setWrong(ids) {
    this.wrong = ids;
    this.redraw("strip");
  }

  setWave(bytes) {
    this.wave = new Wave(bytes);
    this.redraw("wave");
  }

  redraw(...ids) {
    for (const { id } of this.bands) if (!ids.length || ids.includes(id)) this.dirty.add(id);
    this.soon();
  }

  zoom(factor, x = this.view.x(this.at)) {
    this.view.zoom(factor, Math.max(0, Math.min(this.view.width, x)));
    this.redraw();
  }

  fit() {
    this.view.whole();
    this.redraw();
  }

  // --- drawing ---
  resize() {
    const ratio = devicePixelRatio;
    for (const { canvas } of this.bands) {
      const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
    }
    if (this.film) this.view.resize(this.bands[0].canvas.clientWidth, this.film.frames);
    this.redraw();
    this.draw(); // at once: a canvas of a new size is empty
  }

  draw() {
    const { film, view } = this;
    if (!film?.pieces.length) return;
    for (const { id, canvas, context } of this.bands) {
      if (!this.dirty.delete(id)) continue;
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      if (id === "ruler") drawRuler(context, width, height, film, view);
      else if (id === "strip") drawStrip(context, width, height, film, view, this.thumbs, this.wrong, this.current);
      else if (id === "beats") drawBeats(context, width, height, film, view);
      else {
        this.wave?.draw(context, width, height, film, view);
        this.drawCuts(context, height);
      }
    }
    const x = view.x(this.at);
    const seen = view.per >= FRAME_SEEN;
    this.playhead.style.transform = `translateX(${Math.round(x)}px)`;
    this.playhead.style.setProperty("--frame", `${seen ? view.per : 0}px`);
    this.drawLoop();
  }

  /** Cuts run on through the wave as gaps, where they are not too many to tell apart. */
  drawCuts(context, height) {
    const { film, view } = this;
    if (film.frames / film.pieces.length * view.per < 12) return;
    context.fillStyle = palette.ground;
    for (let i = indexAt(film, Math.max(0, view.first)); i < film.pieces.length && film.starts[i] <= view.last; i += 1) {
      context.fillRect(Math.round(view.x(film.starts[i])) - 2, 0, 2, height);
    }
  }

  drawLoop() {
    const [from, to] = this.marks;
    this.loop.hidden = from === null && to === null;
    if (this.loop.hidden) return;
    const left = Math.max(-4, this.view.x(from ?? 0));
    const right = Math.min(this.view.width + 4, this.view.x(to ?? this.film.frames));
    this.loop.style.transform = `translateX(${Math.round(left)}px)`;
    this.loop.style.width = `${Math.max(2, Math.round(right - left))}px`;
  }

  // --- the pointer ---
  listen(scrub) {
    const { pane } = this;
    this.dragging = false;
    const x = (event) => event.clientX - this.bands[0].canvas.getBoundingClientRect().left;
    const to = (event) => scrub(this.view.frame(x(event)));
    pane.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.film) return;
      this.dragging = true;
      pane.setPointerCapture(event.pointerId);
      to(event);
    });
    pane.addEventListener("pointermove", (event) => {
      if (!this.dragging) return;
      const over = x(event) - Math.max(0, Math.min(this.view.width, x(event)));
      if (over) {
        this.view.pan(over / 4); // dragged over the edge, the film comes along
        this.redraw();
      }
      to(event);
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) pane.addEventListener(name, () => (this.dragging = false));
    pane.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        if (!this.film) return;
        const unit = event.deltaMode === 1 ? 16 : 1;
        if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.view.pan((event.deltaX || event.deltaY) * unit);
        else this.view.zoom(Math.exp((-event.deltaY * unit) / WHEEL), x(event));
        this.redraw();
      },
      { passive: false },
    );
  }
}
