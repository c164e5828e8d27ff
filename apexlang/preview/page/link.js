// The line to the server: one WebSocket that comes back by itself after a loss, a restart of the network, or a laptop that slept.

const FIRST_MS = 200;
const LONGEST_MS = 5000;
const BEAT_MS = 2000;
const SLEPT_MS = 12000;

export class Link {
  /** `hear(message)` for each that comes; `change(state)` with `open`, `lost` or `refused`. */
  constructor(address, hear, change) {
    this.address = address;
    this.hear = hear;
    this.change = change;
    this.state = "lost";
    this.wait = FIRST_MS;
    this.sent = null;
    this.at = null;
    this.asked = false;
    this.socket = null;
    this.timer = 0;
    this.renewed = 0; // how often it was opened anew without having been lost
    this.open();
    // A socket that died in sleep does not say so. A clock that jumped does.
    let beat = Date.now();
    setInterval(() => {
      const slept = Date.now() - beat > SLEPT_MS;
      beat = Date.now();
      if (slept) this.again();
    }, BEAT_MS);
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.state !== "open") this.again();
    });
  }

  /** Where the playhead is. The server hears it once for each change, at most once a picture. */
  tell(frame) {
    this.at = frame;
    if (this.asked || this.sent === frame) return;
    this.asked = true;
    // Not by animation frames: a page in the background has none, and is still playing.
    setTimeout(() => {
      this.asked = false;
      if (this.socket?.readyState !== WebSocket.OPEN || this.sent === this.at) return;
      this.sent = this.at;
      this.socket.send(JSON.stringify({ at: this.at }));
    }, 8);
  }

  /** A new connection now, whatever the old one believes of itself. */
  again() {
    clearTimeout(this.timer);
    this.renewed += 1;
    this.drop();
    this.wait = FIRST_MS;
    this.open();
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }

  open() {
    let opened = false;
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onopen = () => {
      opened = true;
      this.wait = FIRST_MS;
      this.sent = null;
      this.become("open");
      if (this.at !== null) this.tell(this.at);
    };
    socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    socket.onclose = () => {
      this.socket = null;
      this.become(opened ? "lost" : "refused");
      this.timer = setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(LONGEST_MS, this.wait * 1.7);
    };
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.change(state);
  }
}
