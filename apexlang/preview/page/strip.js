// The filmstrip: every piece in sight with its picture, its name and its state. What is out of sight costs nothing.

import { indexAt, nameOf } from "./timeline.js";
import { palette, stateColour } from "./palette.js";

const EDGE = 3; // pixels of the state's edge
const GAP = 2;
const NARROW = 4; // below, a piece is a mark of its state
const PICTURED = 14; // from here it has a picture
const NAMED = 34; // from here a name
const RANK = ["made", "waiting", "making", "wrong"]; // where many share a pixel the one that matters most is seen

/** Draws the strip. `wrong`: ids of pieces with an error in their text; `current`: the index of the piece under the playhead. */
export function drawStrip(context, width, height, film, view, thumbs, wrong, current) {
  const colours = RANK.map((name) => palette[name]);
  let run = null; // narrow pieces that share pixels
  const flush = () => {
    if (!run) return;
    context.fillStyle = palette.cell;
    context.fillRect(run.x, 0, run.to - run.x, height);
    context.fillStyle = colours[run.rank];
    context.fillRect(run.x, 0, run.to - run.x, EDGE);
    run = null;
  };
  thumbs.begin();
  for (let i = indexAt(film, Math.max(0, view.first)); i < film.pieces.length; i += 1) {
    const piece = film.pieces[i];
    const x = Math.round(view.x(piece.start));
    const to = Math.round(view.x(piece.start + piece.frames));
    if (x > width) break;
    if (to - x >= NARROW) {
      flush();
      drawPiece(context, x, to - GAP, height, piece, view, thumbs, stateColour(piece, wrong), i === current, width);
      continue;
    }
    const rank = colours.indexOf(stateColour(piece, wrong));
    if (run && x <= run.x) {
      run.rank = Math.max(run.rank, rank);
      run.to = Math.max(run.to, to, run.x + 1);
      continue;
    }
    flush();
    run = { x, to: Math.max(x + 1, to), rank };
  }
  flush();
  if ((film.frames / film.pieces.length) * view.per < PICTURED) drawOverview(context, width, height, film, view, thumbs);
  thumbs.end();
  const piece = film.pieces[current];
  if (!piece || view.x(piece.frames) - view.x(0) < NARROW) return; // the playhead says it
  const x = Math.round(view.x(piece.start));
  const to = Math.max(x + 4, Math.round(view.x(piece.start + piece.frames)) - GAP);
  context.strokeStyle = palette.bright;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x + 0.75, 0.75, to - x - 1.5, height - 1.5, 2.5);
  context.stroke();
}

function drawPiece(context, x, to, height, piece, view, thumbs, colour, current, width) {
  context.save();
  context.beginPath();
  context.roundRect(x, 0, to - x, height, 3);
  context.clip();
  context.fillStyle = palette.cell;
  context.fillRect(x, 0, to - x, height);
  if (to - x >= PICTURED) drawPictures(context, Math.max(x, -2), x, Math.min(to, width + 2), height, piece, view, thumbs);
  if (piece.kind !== "shot") drawJoin(context, x, to, height);
  context.fillStyle = colour;
  context.fillRect(x, 0, to - x, EDGE);
  if (to - x >= NAMED && piece.kind === "shot") {
    const left = Math.max(x, 0); // the name of a shot that began out of sight stays in sight
    drawName(context, nameOf(piece), left + 8, Math.min(to, width) - left - 14, height);
  }
  context.restore();
}

/** Pieces too narrow for pictures of their own: each tile shows the one under its middle. The tiles move with the film. */
function drawOverview(context, width, height, film, view, thumbs) {
  const tall = height - EDGE;
  const wide = Math.max(24, (tall * film.width) / film.height);
  const frames = wide / view.per;
  for (let k = Math.floor(view.first / frames); view.x(k * frames) < width; k += 1) {
    const frame = (k + 0.5) * frames;
    if (frame >= film.frames) break;
    const piece = film.pieces[indexAt(film, frame)];
    const picture = thumbs.get(piece, piece.frames >> 1) ?? thumbs.standIn(piece);
    if (!picture) continue;
    const x = Math.round(view.x(k * frames));
    context.globalAlpha = piece.ready ? 0.8 : 0.3;
    context.drawImage(picture, x, EDGE, Math.round(view.x((k + 1) * frames)) - x - 1, tall);
  }
  context.globalAlpha = 1;
}

/** Each tile shows the frame that stands there in time, so that a long shot shows how it moves. */
function drawPictures(context, from, x, to, height, piece, view, thumbs) {
  const middle = piece.frames >> 1;
  const whole = thumbs.get(piece, middle) ?? thumbs.standIn(piece);
  const tall = height - EDGE;
  context.globalAlpha = piece.ready ? 1 : 0.38;
  const shape = whole ? whole.width / whole.height : 16 / 9;
  const wide = Math.max(24, tall * shape);
  for (let k = Math.max(0, Math.floor((from - x) / wide)); x + k * wide < to; k += 1) {
    const frame = Math.min(piece.frames - 1, Math.floor(((k + 0.5) * wide) / view.per));
    const one = (to - x) / wide <= 1.5;
    const own = one || !piece.ready ? null : thumbs.get(piece, coarse(frame, wide / view.per, piece.frames));
    const picture = own ?? whole;
    if (picture) context.drawImage(picture, x + k * wide, EDGE, wide, tall);
  }
  context.globalAlpha = 1;
}

/** The frames that tiles choose from lie on a grid of powers of two, so that zooming a little asks for nothing new. */
function coarse(frame, step, frames) {
  const grid = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, step))));
  return Math.min(frames - 1, Math.floor(frame / grid) * grid + (grid >> 1));
}

/** A transition: the diagonal by which editors know one. */
function drawJoin(context, x, to, height) {
  context.fillStyle = palette.between;
  context.beginPath();
  context.moveTo(x, EDGE);
  context.lineTo(to, height);
  context.lineTo(x, height);
  context.fill();
  context.strokeStyle = palette.text;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, EDGE);
  context.lineTo(to, height);
  context.stroke();
  context.globalAlpha = 1;
}

const widths = new Map();
let shade = null;

function drawName(context, name, x, room, height) {
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "alphabetic";
  let text = name;
  if (measure(context, text) > room) {
    while (text.length > 1 && measure(context, `${text}…`) > room) text = text.slice(0, -1);
    if (text.length < 3) return;
    text += "…";
  }
  if (!shade || shade.height !== height) {
    shade = { height, fill: context.createLinearGradient(0, height - 30, 0, height) };
    shade.fill.addColorStop(0, "#0000");
    shade.fill.addColorStop(1, "#000c");
  }
  context.fillStyle = shade.fill;
  context.fillRect(x - 8, height - 30, room + 20, 30);
  context.fillStyle = palette.bright;
  context.fillText(text, x, height - 8);
}

function measure(context, text) {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 5000) widths.clear();
    width = context.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}
