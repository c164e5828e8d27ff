// Errors over the picture, in the form in which the terminal has them. The text is the server's; only colours are added here.

import { $, el } from "./dom.js";

const MOST = 3;

/** One line of the form as nodes. */
function coloured(line) {
  let m;
  if ((m = /^(error|warning|note|help)(\[\w+\])?(: )(.*)$/.exec(line))) {
    return [el("span", m[1], m[1] + (m[2] ?? "")), el("span", "said", m[3] + m[4])];
  }
  if ((m = /^(\s*(?:-->|:::) )(.*)$/.exec(line))) return [el("span", "gutter", m[1]), m[2]];
  if ((m = /^(\s*\d* [|~])(.*)$/.exec(line))) {
    const mark = /^([\s|]*)([\^-]+)(.*)$/.exec(m[2]);
    if (!mark || !/^\s*\|/.test(m[1])) return [el("span", "gutter", m[1]), m[2]];
    return [el("span", "gutter", m[1]), mark[1], el("span", mark[2][0] === "^" ? "caret" : "gutter", mark[2] + mark[3])];
  }
  if ((m = /^(\s*= )(.*)$/.exec(line))) return [el("span", "advice", m[1] + m[2])];
  return [line];
}

export class Errors {
  constructor() {
    this.box = $("errors");
    this.items = [];
    this.hidden = false;
  }

  get shown() {
    return this.items.length > 0 && !this.hidden;
  }

  /** `kept`: the film shown is the last good one. */
  set(items, kept) {
    this.items = items;
    this.hidden = false;
    const nodes = [];
    for (const item of items.slice(0, MOST)) {
      if (nodes.length) nodes.push("\n");
      for (const line of item.text.replace(/\s+$/, "").split("\n")) nodes.push(...coloured(line), "\n");
    }
    const more = items.length - MOST;
    if (more > 0) nodes.push("\n", el("span", "gutter", `and ${more} more`), "\n");
    if (kept) nodes.push(el("span", "gutter", "   the last good film is shown"));
    this.box.replaceChildren(...nodes);
    this.box.scrollTop = 0;
    this.box.hidden = !this.shown;
  }

  hide(hidden = true) {
    this.hidden = hidden;
    this.box.hidden = !this.shown;
  }
}
