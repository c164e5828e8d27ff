// The page of `apexc watch`: hears the server, holds the state, and gives each part what it shows.

import { $, eachFrame, now, say } from "./dom.js";
import { Before } from "./before.js";
import { Errors } from "./errors.js";
import { Bar, Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { Link } from "./link.js";
import { Player } from "./player.js";
import { Still, bitmapOf } from "./still.js";
import { TimePane } from "./timepane.js";
import { beatBeside, changes, cutBeside, filmOf, indexAt, made, patched, pieceAt, wrongPieces } from "./timeline.js";
import { nominal, rateName } from "./timecode.js";
import { hears, sees } from "./medium.js";

const frame = $("picture");
const video = $("video");

/** What happened when, in ms since 1970: for measuring. */
const log = [];
const note = (what, more = {}) => {
  log.push({ what, at: now(), ...more });
  if (log.length > 5000) log.splice(0, 2500);
};

let film = null;
let save = null; // the last save: { at, changes, frame, shot, key }
let warnings = [];
let gone = false;
let waveOf;

// --- parts ---
const errors = new Errors();
const inspector = new Inspector();
const bar = new Bar();
const still = new Still($("still"), frame, (key, offset, at) => {
  note("frame", { key, offset });
  if (save && save.frame === null && save.key === key) save.frame = at - save.at;
  draw();
});
const player = new Player(video, still, { changed: () => draw(), shown });
const before = new Before(frame, { video, still: $("still"), before: $("before"), kept: $("kept") }, player.deck.segments);
const pane = new TimePane((n) => player.goTo(n));
const draw = eachFrame(drawAll);
let beforeHint = null;

function shown(n, piece) {
  note("video", { frame: n, key: piece.key });
  if (save && save.shot === null && save.key === piece.key) save.shot = now() - save.at;
  draw();
}

// --- what the server says ---
const hear = {
  film(message) {
    const next = filmOf(message);
    const old = film;
    film = next;
    gone = false;
    if (old) {
      if (message.rev !== old.rev) before.keep(old, player.at, still, message.rev);
      before.changed(old, next);
    }
    if (old && message.saved !== null && message.rev !== old.rev) {
      if (save?.at !== message.saved) save = newSave(message.saved);
      save.changes = changes(old, next);
    }
    note("film", { rev: message.rev });
    if (!next.pieces.length) return draw();
    frame.style.setProperty("--shape", String(next.width / next.height));
    player.load(next);
    if (!old) player.seek(remembered(), true);
    const here = pieceAt(next, player.at);
    if (save && save.key === null && old && old.pieces[old.byId.get(here.id)]?.key !== here.key) save.key = here.key;
    pane.load(next);
    pane.setWrong(wrongPieces(next, errors.items));
    if (waveOf !== next.mix) fetchWave(next.mix);
    draw();
  },

  shots(message) {
    const whole = patched(film, message);
    if (whole) hear.film(whole);
    else link.again(); // a difference of a film that is not here: connecting anew brings the whole
  },

  sound({ mix, chunks }) {
    if (!film) return;
    film.mix = mix;
    film.chunks = chunks;
    player.deck.fill(player.at);
    if (waveOf !== mix) fetchWave(mix);
  },

  async poster({ rev, key, k, at, jpeg, ms }) {
    note("poster", { key, offset: k, ms });
    if (!film || player.rate > 0) return;
    before.keep(film, player.at, still, rev);
    const bitmap = await bitmapOf(jpeg);
    if (player.rate > 0 || pane.dragging) return;
    // It comes before its film: the playhead may still count in the old one. A newer wish of the person's wins.
    if (player.at !== at && film.byKey.has(key)) return;
    if (save && save.key === null) save.key = key;
    pane.thumbs.retry(key);
    still.draw(bitmap, key, k);
  },

  making: ({ key }) => state(key, { making: true }),
  idle: ({ key }) => state(key, { making: false }),
  seg({ key, ms }) {
    state(key, { ready: true, making: false, failed: null, ms });
    note("seg", { key });
    player.deck.fill(player.at);
  },
  failed: ({ key, why }) => state(key, { failed: why, making: false }),

  saved({ at }) {
    note("saved");
    gone = false;
    save = newSave(at);
  },

  diagnostics({ items, kept }) {
    const wrong = items.filter((item) => item.severity === "error");
    warnings = items.filter((item) => item.severity !== "error");
    errors.set(wrong, kept);
    if (film) pane.setWrong(wrongPieces(film, wrong));
    draw();
    requestAnimationFrame(() => setTimeout(() => note("errors", { count: wrong.length })));
  },

  gone() {
    gone = true;
    draw();
  },
};

const newSave = (at) => ({ at, changes: [], frame: null, shot: null, key: null });

function state(key, change) {
  for (const piece of film?.byKey.get(key) ?? []) Object.assign(piece, change);
  pane.thumbs.retry(key);
  pane.redraw("strip");
  draw();
}

async function fetchWave(mix) {
  waveOf = mix;
  if (mix === null) return; // the old one stays until the new is made
  try {
    const answer = await fetch("/wave", { cache: "no-store" });
    if (answer.ok && waveOf === mix) pane.setWave(await answer.arrayBuffer());
  } catch {
    waveOf = undefined;
  }
}

const link = new Link(
  `ws://${location.host}/live`,
  (message) => hear[message.t]?.(message),
  () => draw(),
);

// --- words and pictures ---
function drawAll() {
  drawHead();
  if (!film?.pieces.length) return;
  const piece = pieceAt(film, player.at);
  bar.draw(film, piece, player);
  inspector.draw(film, piece, save, errors.items, warnings);
  pane.place(player.at, [player.markIn, player.markOut]);
  link.tell(player.at);
  const held = before.held ? (beforeHint ?? "before the save") : null;
  const badge = held ?? (sees(film.codec) ? player.waits : `this browser does not play ${film.codec}`);
  say($("badge"), badge ?? "");
  $("badge").hidden = !badge;
  remember();
}

function drawHead() {
  const wrong = errors.items.length;
  const failed = film?.pieces.filter((piece) => piece.failed).length ?? 0;
  const all = film?.pieces.every((piece) => piece.ready) ?? false;
  if (film) {
    say($("title"), film.title);
    say($("file"), film.file);
    say($("variant"), film.variant ?? "");
    say($("made"), made(film));
    say($("format"), `${rateName(film.fps)} fps · draft ${film.width}×${film.height}`);
    document.title = `${wrong ? "✕ " : ""}${film.title} · Apex`;
  }
  const [name, words] = (() => {
    if (link.state !== "open") return ["off", film ? "not connected, trying again" : "connecting"];
    if (wrong) return ["wrong", `${wrong} error${wrong === 1 ? "" : "s"}`];
    if (gone) return ["wrong", "the file is gone"];
    if (failed) return ["wrong", `${failed} could not be made`];
    if (!film) return ["making", "reading"];
    if (!hears()) return ["made", "no sound in this browser"];
    return all ? ["made", "up to date"] : ["making", "making"];
  })();
  $("state").className = name;
  say($("word"), words);
}

// --- a page opened again stands where it stood ---
const PLACE = "apex-place";

function remember() {
  const piece = pieceAt(film, player.at);
  sessionStorage.setItem(PLACE, JSON.stringify([film.file, piece.id, player.at - piece.start]));
}

function remembered() {
  try {
    const [file, id, offset] = JSON.parse(sessionStorage.getItem(PLACE));
    const piece = file === film.file ? film.pieces[film.byId.get(id)] : null;
    return piece ? piece.start + Math.min(offset, piece.frames - 1) : 0;
  } catch {
    return 0;
  }
}

// --- keys ---
const RATES = [1, 2, 4, 8];
const faster = (rate) => RATES[Math.min(RATES.indexOf(Math.abs(rate)) + 1, RATES.length - 1)];
const withFilm = (action) => (event, keys) => film?.pieces.length && action(event, keys);
const seconds = (event) => (event.shiftKey ? nominal(film.fps) : 1);

async function lookBack() {
  if (!film) return;
  beforeHint = await before.show(film, player.at);
  draw();
}

const keys = new Keys(
  {
    " ": withFilm(() => player.toggle()),
    k: withFilm(() => player.play(0)),
    l: withFilm((event, held) => (held.held?.has("k") ? player.step(1) : player.play(player.rate > 0 ? faster(player.rate) : 1))),
    j: withFilm((event, held) => (held.held?.has("k") ? player.step(-1) : player.play(player.rate < 0 ? -faster(player.rate) : -1))),
    ArrowRight: withFilm((event) => player.step(seconds(event))),
    ArrowLeft: withFilm((event) => player.step(-seconds(event))),
    ArrowUp: withFilm(() => player.goTo(cutBeside(film, player.at, -1))),
    ArrowDown: withFilm(() => player.goTo(cutBeside(film, player.at, 1))),
    ",": withFilm(() => player.goTo(beatBeside(film, player.at, -1))),
    ".": withFilm(() => player.goTo(beatBeside(film, player.at, 1))),
    Home: withFilm(() => player.goTo(0)),
    End: withFilm(() => player.goTo(film.frames - 1)),
    i: withFilm(() => player.mark("in")),
    o: withFilm(() => player.mark("out")),
    x: withFilm(() => player.mark("none")),
    "=": withFilm(() => pane.zoom(1.4)),
    "-": withFilm(() => pane.zoom(1 / 1.4)),
    z: withFilm(() => pane.fit()),
    m: withFilm(() => {
      player.muted = !player.muted;
      player.setSound();
      draw();
    }),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : $("view").requestFullscreen()).catch(() => {}),
    b: withFilm(() => {
      if (player.rate !== 0) player.play(0);
      lookBack();
    }),
    Escape: (event, held) => {
      if (!held.help.hidden) held.toggleHelp(false);
      else errors.hide();
    },
    "?": (event, held) => held.toggleHelp(),
  },
  {
    b: () => {
      before.hide();
      draw();
    },
  },
);
$("state").addEventListener("click", () => errors.hide(false));

// For tests and measurements; nothing of the page goes through it.
globalThis.apex = {
  log,
  player,
  pane,
  link,
  keys,
  get film() {
    return film;
  },
  index: (n) => indexAt(film, n),
};
draw();
