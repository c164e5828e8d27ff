// Bytes by key, kept while they may be wanted again: an edit that moves a shot fetches nothing.

const MOST = 200; // pieces
const LARGEST = 160e6; // bytes of all

export class Bytes {
  /** `folder`: where the bytes of a key are, `/seg/` say. */
  constructor(folder, ending) {
    this.folder = folder;
    this.ending = ending;
    this.kept = new Map();
    this.size = 0;
    this.pinned = new Set();
  }

  /** Whether `get` answers without asking the server. */
  has(key) {
    return this.kept.get(key)?.data != null;
  }

  /** These stay whatever comes: what the last save replaced, for looking back. */
  pin(keys) {
    this.pinned = new Set(keys);
  }

  /** A promise of the bytes; null where the server has none now. */
  get(key) {
    const entry = this.kept.get(key);
    if (entry) {
      this.kept.delete(key);
      this.kept.set(key, entry);
      return entry.promise;
    }
    const fresh = { data: null, promise: this.fetch(key) };
    this.kept.set(key, fresh);
    fresh.promise.then((data) => {
      if (this.kept.get(key) !== fresh) return;
      if (!data) {
        this.kept.delete(key);
        return;
      }
      fresh.data = data;
      this.size += data.byteLength;
      this.forget();
    });
    return fresh.promise;
  }

  async fetch(key) {
    try {
      const answer = await fetch(`${this.folder}${key}${this.ending}`);
      return answer.ok ? await answer.arrayBuffer() : null;
    } catch {
      return null; // the server is gone; the link says so
    }
  }

  forget() {
    for (const [key, entry] of this.kept) {
      if (this.kept.size <= MOST && this.size <= LARGEST) return;
      if (!entry.data || this.pinned.has(key)) continue;
      this.kept.delete(key);
      this.size -= entry.data.byteLength;
    }
  }
}
