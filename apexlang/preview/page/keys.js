// The keys: one table for what they do, what they are called, and the page of help.

import { $, el } from "./dom.js";

/** What the help shows: [keys, what they do], in the order of reading. */
const HELP = [
  ["Space", "play, pause"],
  ["J K L", "back, stop, forward; again: 2, 4, 8 times"],
  ["K + J  K + L", "one frame"],
  ["← →", "one frame; with Shift one second"],
  ["↑ ↓", "previous, next cut"],
  [", .", "previous, next beat"],
  ["Home End", "head, tail"],
  ["I O X", "mark in, mark out, clear; plays in the loop"],
  ["B", "held: the picture before the save"],
  ["M F", "mute, full screen"],
  ["= − Z", "zoom in, out, fit; or the wheel"],
  ["click, drag", "scrub, frame by frame"],
  ["Esc", "hide the error"],
  ["?", "these keys"],
];

/** A key by its name in a table: letters by what they say, whatever Shift and caps lock do. */
function nameOf(event) {
  const { key } = event;
  if (key === "+") return "=";
  if (key === "_") return "-";
  if (key === "<") return ",";
  if (key === ">") return ".";
  return key.length === 1 ? key.toLowerCase() : key;
}

export class Keys {
  /** `down`: { key: (event, keys) => … }, `up` likewise. */
  constructor(down, up) {
    this.down = down;
    this.held = new Set();
    this.help = $("help");
    for (const [names, what] of HELP) {
      const caps = el("span", "caps");
      for (const name of names.split(/\s+/)) caps.append(/^[+]$|^click,$|^drag$/.test(name) ? el("span", "", name) : el("kbd", "", name));
      $("helpKeys").append(el("div", "row", caps, el("span", "", what)));
    }
    addEventListener("keydown", (event) => this.press(event));
    addEventListener("keyup", (event) => {
      const name = nameOf(event);
      this.held.delete(name);
      up[name]?.(event);
    });
    addEventListener("blur", () => {
      for (const name of this.held) up[name]?.(null);
      this.held.clear();
    });
    this.help.addEventListener("click", () => this.toggleHelp(false));
    for (const button of document.querySelectorAll("button[data-key]")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays with the film
      button.addEventListener("click", (event) => down[button.dataset.key]?.(event, this));
    }
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const name = nameOf(event);
    // A button that was reached by Tab keeps Space and Enter to itself.
    if ((name === " " || name === "Enter") && event.target instanceof HTMLButtonElement && event.target.matches(":focus-visible")) return;
    const action = this.down[name];
    if (action) {
      event.preventDefault();
      if (!(event.repeat && STEADY.has(name) && !this.held.has("k"))) action(event, this);
    }
    this.held.add(name);
  }

  toggleHelp(on = this.help.hidden) {
    this.help.hidden = !on;
  }
}

/** Keys that do one thing however long they are held. */
const STEADY = new Set([" ", "j", "k", "l", "i", "o", "x", "m", "f", "z", "b", "?", "Escape"]);
