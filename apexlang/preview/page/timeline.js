// The film as the page knows it, and what an edit does to it. Pure: no document, no network, no clock.
//
// A film is its pieces in order, without gaps. A piece belongs to its `id`, which stays through edits; its bytes belong to its `key`.

import { timecode } from "./timecode.js";

/** A film from the server's message: its pieces with their starts, found by frame, by id or by key. Frames count from 0. */
export function filmOf(message) {
  const { shots, ...rest } = message;
  const [width, height] = message.size.split("x").map(Number);
  const byKey = new Map();
  for (const piece of shots) {
    if (byKey.has(piece.key)) byKey.get(piece.key).push(piece);
    else byKey.set(piece.key, [piece]);
  }
  return {
    ...rest,
    pieces: shots,
    rate: message.fps[0] / message.fps[1],
    width,
    height,
    starts: Float64Array.from(shots, (piece) => piece.start),
    byId: new Map(shots.map((piece, index) => [piece.id, index])),
    byKey,
    beatSet: new Set(message.beats),
  };
}

/** The message of a whole film from the one it is a difference of; null where it is a difference of another. */
export function patched(base, message) {
  if (!base || base.rev !== message.base) return null;
  const { order, set, base: _, ...rest } = message;
  let start = 0;
  const shots = [];
  for (const id of order) {
    const entry = Object.hasOwn(set, id) ? set[id] : base.pieces[base.byId.get(id)];
    if (!entry) return null;
    shots.push({ ...entry, start });
    start += entry.frames;
  }
  return { ...rest, t: "film", shots };
}

/** The index of the piece that a frame belongs to; the last one for frames beyond the end. */
export function indexAt(film, frame) {
  let low = 0;
  let high = film.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (film.starts[middle] <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The frame that a time in seconds lies in, of a film of `rate` frames a second. Browsers say a frame's time with an error of a
 * microsecond; Firefox says where it was sought to, the middle, for the frame that it shows there.
 */
export const frameOf = (seconds, rate) => Math.floor(seconds * rate + 0.02);

/** The piece that a frame belongs to; undefined in a film of no pieces. */
export const pieceAt = (film, frame) => film.pieces[indexAt(film, frame)];

/** The nearest frame that the film has. */
export const inside = (film, frame) => Math.max(0, Math.min(film.frames - 1, Math.round(frame)));

/**
 * Where the playhead goes when the film changes: to the same frame of its shot, wherever that stands now. Where the shot is gone, to
 * the same frame of the film.
 */
export function follow(old, film, frame) {
  if (!old?.pieces.length || !film.pieces.length) return inside(film, frame);
  const was = pieceAt(old, frame);
  const now = film.pieces[film.byId.get(was.id)];
  return inside(film, now ? now.start + Math.min(frame - was.start, now.frames - 1) : frame);
}

/** The first frame from which pieces stand elsewhere than before; Infinity where all stand as they stood. */
export function moved(old, film) {
  const shared = Math.min(old.pieces.length, film.pieces.length);
  for (let i = 0; i < shared; i += 1) {
    if (old.pieces[i].frames !== film.pieces[i].frames) return film.starts[i];
  }
  return old.pieces.length === film.pieces.length ? Infinity : Math.min(old.frames, film.frames);
}

/** What people call a piece: `#stop`, and a transition by the shots it joins. */
export const nameOf = (piece) => (piece.kind === "shot" && !piece.label.startsWith("#") ? `#${piece.label}` : piece.label);

/**
 * What a save changed, in the film's own words: [[piece, what], …]. A piece that only moved has not changed, and transitions are told
 * only where no shot is: they follow from their shots.
 */
export function changes(old, film) {
  const out = [];
  for (const piece of film.pieces) {
    const was = old.pieces[old.byId.get(piece.id)];
    if (!was) out.push([piece, "new"]);
    else if (was.key !== piece.key) out.push([piece, difference(was, piece)]);
  }
  for (const piece of old.pieces) if (!film.byId.has(piece.id)) out.push([piece, "removed"]);
  const shots = out.filter(([piece]) => piece.kind === "shot");
  return (shots.length ? shots : out).map(([piece, what]) => [nameOf(piece), what]);
}

function difference(was, now) {
  const before = new Map(was.values.map(([name, value]) => [name, value]));
  const words = [];
  for (const [name, value] of now.values) {
    if (!before.has(name)) words.push(`${name} ${value}`);
    else if (before.get(name) !== value) words.push(`${name} ${replaced(before.get(name), value)}`);
    before.delete(name);
  }
  for (const name of before.keys()) words.push(`no ${name}`);
  if (!words.length && was.frames !== now.frames) words.push(`${was.frames} → ${now.frames} frames`);
  return words.join(", ") || (now.kind === "shot" ? "picture" : "drawn again");
}

/** Two values as `old → new`, without the words that both begin or end with. */
function replaced(was, now) {
  const a = was.split(" ");
  const b = now.split(" ");
  let head = 0;
  while (head < Math.min(a.length, b.length) - 1 && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head - 1 && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const part = (words) => words.slice(head, words.length - tail).join(" ");
  return `${part(a)} → ${part(b)}`;
}

/** The cut before a frame, or after it (`way` -1 or 1): a start of a piece, the head or the last frame. */
export function cutBeside(film, frame, way) {
  const index = indexAt(film, frame);
  if (way < 0) return film.starts[index] < frame ? film.starts[index] : film.starts[Math.max(0, index - 1)];
  return index + 1 < film.starts.length ? film.starts[index + 1] : film.frames - 1;
}

/** The beat before a frame, or after it; the frame itself where there is none. */
export function beatBeside(film, frame, way) {
  const index = firstNotBelow(film.beats, way < 0 ? frame : frame + 1);
  return film.beats[way < 0 ? index - 1 : index] ?? frame;
}

/** How a cut stands to the nearest beat, in frames: 0 on it, negative before it; null in a film without beats. */
export function offBeat(film, frame) {
  const index = firstNotBelow(film.beats, frame);
  const near = [film.beats[index - 1], film.beats[index]].filter((beat) => beat !== undefined).map((beat) => frame - beat);
  return near.length ? near.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a)) : null;
}

/** The index of the first of sorted numbers that is not below one. */
export function firstNotBelow(numbers, wanted) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The shots that errors stand in, as ids: by their lines, and the line after them, where one may just be writing. */
export function wrongPieces(film, errors) {
  const out = new Set();
  for (const error of errors) {
    if (error.line === null || (error.file && error.file !== film.file)) continue;
    let best = null;
    for (const piece of film.pieces) {
      if (piece.kind === "shot" && piece.line <= error.line && (!best || piece.line > best.line)) best = piece;
    }
    const last = best?.source.length ? best.source[best.source.length - 1][0] : best?.line;
    if (best && error.line <= last + 1) out.add(best.id);
  }
  return out;
}

/** How much of the film is made: words for the head of the page. */
export function made(film) {
  const count = (kind) => {
    const all = film.pieces.filter((piece) => (piece.kind === "shot") === (kind === "shot"));
    return [all.filter((piece) => piece.ready).length, all.length];
  };
  const [shots, allShots] = count("shot");
  const [joins, allJoins] = count("transition");
  const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  if (shots === allShots && joins === allJoins) return plural(allShots, "shot");
  if (shots === allShots) return `${plural(allShots, "shot")}, ${joins} of ${plural(allJoins, "transition")} made`;
  return `${shots} of ${plural(allShots, "shot")} made`;
}

/** A frame's timecode in its film. */
export const codeOf = (film, frame) => timecode(frame, film.fps, film.drop);
