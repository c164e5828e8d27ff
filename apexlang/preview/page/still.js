// The layer over the video for one true frame: of what is not made yet, or was changed a moment ago.

import { now } from "./dom.js";

export class Still {
  /** `canvas`: laid over the video; `frame`: the element whose class `still` shows it; `drawn(key, offset)`: it is on the screen. */
  constructor(canvas, frame, drawn) {
    this.canvas = canvas;
    this.frame = frame;
    this.drawn = drawn;
    this.context = canvas.getContext("bitmaprenderer");
    this.key = null;
    this.offset = 0;
  }

  get on() {
    return this.key !== null;
  }

  /** Whether it shows this frame of this piece. */
  is(key, offset) {
    return this.key === key && this.offset === offset;
  }

  /** The frame from the server, as a bitmap; null if it has none. */
  async ask(key, offset) {
    try {
      const answer = await fetch(`/frame/${key}/${offset}.jpg`);
      return answer.ok ? await createImageBitmap(await answer.blob()) : null;
    } catch {
      return null;
    }
  }

  draw(bitmap, key, offset) {
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.context.transferFromImageBitmap(bitmap);
    this.key = key;
    this.offset = offset;
    this.frame.classList.add("still");
    requestAnimationFrame(() => setTimeout(() => this.is(key, offset) && this.drawn(key, offset, now())));
  }

  clear() {
    if (!this.on) return;
    this.key = null;
    this.frame.classList.remove("still");
  }
}

/** A bitmap from a JPEG in base64. */
export function bitmapOf(base64) {
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(base64) : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
}
