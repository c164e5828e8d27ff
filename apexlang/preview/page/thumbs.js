// Small pictures for the filmstrip: those in sight are fetched, a few at a time, and kept for a while.

const MOST = 500;
const AT_ONCE = 3;

export class Thumbs {
  /** `height`: of a thumbnail in pixels of the screen; `come()`: one more is there. */
  constructor(height, come) {
    this.height = height;
    this.come = come;
    this.kept = new Map(); // "key/frame" -> bitmap
    this.latest = new Map(); // id -> bitmap: stands in while the new one is on its way, so that nothing flickers
    this.wishes = new Map();
    this.coming = new Map();
    this.not = new Set(); // keys of pieces that the server had no picture of; asked again when it tells something new of them
  }

  /** Between `begin` and `end` the strip asks for all that is in sight; what it no longer asks for is no longer fetched. */
  begin() {
    this.wishes.clear();
  }

  /** The thumbnail of a frame of a piece, or null; it is fetched if `fetch`. */
  get(piece, frame, fetch = true) {
    const name = `${piece.key}/${frame}`;
    const bitmap = this.kept.get(name);
    if (bitmap) {
      this.kept.delete(name);
      this.kept.set(name, bitmap);
      return bitmap;
    }
    if (fetch && !this.not.has(piece.key)) this.wishes.set(name, piece.id);
    return null;
  }

  /** Something to show for a piece until its own is there. */
  standIn(piece) {
    return this.latest.get(piece.id) ?? null;
  }

  end() {
    for (const [name, abort] of this.coming) {
      if (!this.wishes.has(name)) abort.abort();
    }
    this.pump();
  }

  pump() {
    for (const [name, id] of this.wishes) {
      if (this.coming.size >= AT_ONCE) return;
      if (!this.coming.has(name) && !this.not.has(keyOf(name))) this.fetch(name, id);
    }
  }

  async fetch(name, id) {
    const abort = new AbortController();
    this.coming.set(name, abort);
    try {
      const answer = await fetch(`/frame/${name}.jpg?thumb=1`, { signal: abort.signal });
      if (answer.ok) {
        const bitmap = await createImageBitmap(await answer.blob(), { resizeHeight: this.height, resizeQuality: "medium" });
        this.kept.set(name, bitmap);
        this.latest.set(id, bitmap);
        this.forget();
        this.come();
      } else this.not.add(keyOf(name));
    } catch {
      // Out of sight by now, or the server is gone: asked again when it is in sight again.
    }
    this.coming.delete(name);
    this.wishes.delete(name);
    this.pump();
  }

  /** The server told something new of a piece: it may have pictures now. */
  retry(key) {
    this.not.delete(key);
  }

  forget() {
    for (const name of this.kept.keys()) {
      if (this.kept.size <= MOST) return;
      this.kept.delete(name); // the browser frees a bitmap that nothing holds; `latest` may still hold this one
    }
    for (const id of this.latest.keys()) {
      if (this.latest.size <= MOST) return;
      this.latest.delete(id);
    }
  }
}

const keyOf = (name) => name.slice(0, name.indexOf("/"));
