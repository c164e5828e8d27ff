// The right side: the shot under the playhead, its lines, what is in effect there, and what the last save did.

import { $, el, say } from "./dom.js";
import { codeOf, nameOf, offBeat } from "./timeline.js";
import { parts } from "./syntax.js";

const MOST_LINES = 40;
const MOST_CHANGES = 4;
const MOST_WARNINGS = 6;

/** Rows of names and values: [name, value, from?, hint?]. `from`: what else said it, in grey after the value. */
function table(rows) {
  const list = el("dl");
  for (const [name, value, from, hint] of rows) {
    const cell = el("dd", "", value);
    if (from) cell.append(" ", el("em", "", from));
    if (hint) cell.title = hint;
    list.append(el("dt", "", name), cell);
  }
  return list;
}

/** A value in effect. Where it comes from is `level, file:line`; what the shot itself says needs no telling. */
function effective([name, value, where]) {
  const level = /^[^,:]*/.exec(where)[0];
  return [name, value, level === "shot" ? "" : level, where];
}

/** What the page says elsewhere: the film's format in the head, the shot's size by its name. */
const elsewhere = ([name]) => name === "size" || name.startsWith("format ");

function source(lines) {
  const box = el("div", "source");
  const indent = Math.min(...lines.filter(([, text]) => text.trim()).map(([, text]) => text.search(/\S/)), 99);
  for (const [number, text] of lines.slice(0, MOST_LINES)) {
    const line = el("code");
    // What all lines are indented by is of no use here.
    for (const [name, part] of parts(text.slice(Math.min(indent, text.length)))) if (part) line.append(name ? el("span", name, part) : part);
    box.append(el("i", "", String(number)), line);
  }
  if (lines.length > MOST_LINES) box.append(el("i"), el("code", "", el("span", "remark", `… ${lines.length - MOST_LINES} more lines`)));
  return box;
}

function state(piece) {
  if (piece.failed) return `failed: ${piece.failed}`;
  if (piece.ready) return piece.ms === null || piece.ms === undefined ? "from the store" : `made in ${time(piece.ms)}`;
  return piece.making ? "being made" : "waiting";
}

const time = (ms) => (ms < 9950 ? `${Math.round(ms).toLocaleString("en")} ms` : `${(ms / 1000).toFixed(1)} s`);

function beat(film, piece) {
  const off = offBeat(film, piece.start);
  if (off === null) return null;
  if (off === 0) return "on the beat";
  return `${Math.abs(off)} frame${Math.abs(off) === 1 ? "" : "s"} ${off > 0 ? "after" : "before"} the beat`;
}

export class Inspector {
  constructor() {
    this.shot = $("shot");
    this.now = $("now");
    this.signatures = ["", ""];
  }

  /** `save`: { changes, frame, shot } of the last save, or null. `errors`, `warnings`: diagnostics of the text as it is. */
  draw(film, piece, save, errors, warnings) {
    const told = [film.rev, piece.id, warnings.length];
    const now = [film.rev, piece.id, piece.start, state(piece), save, errors.length];
    this.fill(0, told, () => {
      const same = this.id === piece.id;
      const top = this.shot.scrollTop;
      this.id = piece.id;
      this.shot.replaceChildren(...this.told(piece, warnings));
      this.shot.scrollTop = same ? top : 0;
    });
    this.fill(1, now, () => this.now.replaceChildren(...this.state(film, piece), ...this.lastSave(save, errors)));
  }

  /** Draws a half only if what it shows has changed. */
  fill(half, shown, draw) {
    const signature = JSON.stringify(shown);
    if (signature === this.signatures[half]) return;
    this.signatures[half] = signature;
    draw();
  }

  told(piece, warnings) {
    const heading = el("h1", "", nameOf(piece));
    if (piece.size) heading.append(el("em", "", piece.size));
    const content = [heading, el("p", "scene", piece.scene || " ")];
    if (piece.source.length) content.push(el("h2", "", "Source"), source(piece.source));
    const values = piece.values.filter((row) => !elsewhere(row));
    if (values.length) content.push(el("h2", "", "In effect"), table(values.map(effective)));
    if (warnings.length) {
      content.push(el("h2", "", warnings.length === 1 ? "Warning" : "Warnings"));
      content.push(table(warnings.slice(0, MOST_WARNINGS).map((w) => [w.line === null ? w.code : `line ${w.line}`, w.message, "", w.help ?? ""])));
      if (warnings.length > MOST_WARNINGS) content.push(el("p", "scene", `and ${warnings.length - MOST_WARNINGS} more`));
    }
    return content;
  }

  state(film, piece) {
    const rows = [["starts", codeOf(film, piece.start)]];
    const cut = beat(film, piece);
    if (cut) rows.push(["cut", cut]);
    rows.push(["state", state(piece)]);
    return [table(rows)];
  }

  lastSave(save, errors) {
    if (errors.length) {
      const count = `${errors.length} error${errors.length === 1 ? "" : "s"}`;
      return [el("h2", "", "Last save"), table([["not taken", `${count}; the last good film plays`]])];
    }
    if (!save) return [];
    const rows = save.changes.slice(0, MOST_CHANGES);
    if (save.changes.length > MOST_CHANGES) rows.push(["", `and ${save.changes.length - MOST_CHANGES} more`]);
    if (!save.changes.length) rows.push(["changed", "nothing in the picture"]);
    if (save.frame !== null) rows.push(["frame", `on the screen after ${time(save.frame)}`]);
    if (save.shot !== null) rows.push(["shot", `on the screen after ${time(save.shot)}`]);
    return [el("h2", "", "Last save"), table(rows)];
  }
}

/** The bar between picture and time: timecode, frame in shot, rate, marks. */
export class Bar {
  constructor() {
    this.parts = Object.fromEntries(["timecode", "frame", "offset", "length", "label", "speed", "marks", "total"].map((id) => [id, $(id)]));
    this.play = $("play");
  }

  draw(film, piece, player) {
    const { at, rate, markIn, markOut } = player;
    say(this.parts.timecode, codeOf(film, at));
    say(this.parts.frame, String(at));
    say(this.parts.offset, String(at - piece.start + 1));
    say(this.parts.length, String(piece.frames));
    say(this.parts.label, nameOf(piece));
    say(this.parts.speed, rate === 0 || rate === 1 ? (player.muted ? "muted" : "") : `${rate < 0 ? "◀" : "▶"} ${Math.abs(rate)}×`);
    const marks = [markIn === null ? "" : `in ${codeOf(film, markIn)}`, markOut === null ? "" : `out ${codeOf(film, markOut - 1)}`];
    say(this.parts.marks, marks.filter(Boolean).join("  "));
    say(this.parts.total, codeOf(film, film.frames));
    this.play.classList.toggle("playing", rate > 0);
  }
}
