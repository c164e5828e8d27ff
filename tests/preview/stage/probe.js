// Runs beside the page on the stage: reads the number in the frame that is on the screen, and does what tests ask for.

const CELLS = 40;
const canvas = new OffscreenCanvas(CELLS * 8, 12);
const context = canvas.getContext("2d", { willReadFrequently: true });
const $ = (id) => document.getElementById(id);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a picture's strip says: { offset, piece, version }; null if it says nothing. */
function read(source, width, height) {
  if (!width) return null;
  const strip = Math.max(12, height >> 4);
  context.drawImage(source, 0, 0, Math.floor(width / CELLS) * CELLS, strip, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, canvas.height / 2, canvas.width, 1);
  const bit = (n) => (data[(n * 8 + 4) * 4] > 126 ? 1 : 0);
  const number = (from, count) => Array.from({ length: count }, (_, n) => bit(from + n) << n).reduce((a, b) => a | b);
  const [offset, piece, version, check] = [number(0, 12), number(12, 12), number(24, 8), number(32, 8)];
  const good = ((offset & 255) ^ (offset >> 8) ^ (piece & 255) ^ (piece >> 8) ^ version ^ 0x5a) & 255;
  return check === good ? { offset, piece, version } : null;
}

/** What is on the screen now, whichever layer shows it. */
function seen() {
  const picture = $("picture");
  const layer = { video: $("before"), kept: $("kept") }[picture.dataset.before] ?? (picture.classList.contains("still") ? $("still") : $("video"));
  const [width, height] = layer.videoWidth ? [layer.videoWidth, layer.videoHeight] : [layer.width, layer.height];
  const got = read(layer, width, height);
  return got && { ...got, layer: layer.id };
}

/** What the film wants to be seen at its playhead. Pieces are numbered in order of making, `number` of a label. */
function wanted() {
  const { film, player } = globalThis.apex;
  const piece = film.pieces[globalThis.apex.index(player.at)];
  return { label: piece.label, offset: player.at - piece.start };
}

async function until(test, ms = 15000) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (await test()) return true;
    await sleep(5);
  }
  return false;
}

/** All of the film around the playhead is placed. */
const settled = () =>
  until(() => {
    const { film, player } = globalThis.apex;
    if (!film || player.seeking || player.deck.coming.size || player.deck.sounding.size) return false;
    const near = film.pieces.filter((p) => p.ready && p.start < player.at + 50 * film.rate && p.start + p.frames > player.at - 20 * film.rate);
    return near.every((p) => player.deck.laid.get(p.start)?.key === p.key);
  });

function random(seed) {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
}

/** Seeks to frames at random and reads each off the screen when the page says that it is shown. */
async function seeks(count, seed, numbers) {
  const { player } = globalThis.apex;
  const draw = random(seed);
  const wrong = [];
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const frame = Math.floor(draw() * globalThis.apex.film.frames);
    const from = performance.now();
    player.goTo(frame);
    await until(() => !player.seeking && !player.wish, 8000);
    times.push(performance.now() - from);
    const want = wanted();
    const got = seen();
    if (player.at !== frame || !got || got.offset !== want.offset || got.piece !== numbers[want.label]) wrong.push({ frame, want, got });
  }
  times.sort((a, b) => a - b);
  return { wrong: wrong.length, first: wrong.slice(0, 3), median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] };
}

const act = async (name, value) => (await fetch(`/stage/do/${name}/${value}`)).ok;
const press = (key, more = {}) => dispatchEvent(new KeyboardEvent("keydown", { key, ...more }));
const release = (key) => dispatchEvent(new KeyboardEvent("keyup", { key }));

/** Every frame that is drawn while something happens: [time, offset, piece, version, frame of the film]. */
function record() {
  const video = $("video");
  const rows = [];
  let on = true;
  const see = (time, meta) => {
    const got = read(video, video.videoWidth, video.videoHeight);
    rows.push({ time, media: meta.mediaTime, frame: Math.floor(meta.mediaTime * globalThis.apex.film.rate + 0.02), ...got });
    if (on) video.requestVideoFrameCallback(see);
  };
  video.requestVideoFrameCallback(see);
  return {
    rows,
    stop() {
      on = false;
      return rows;
    },
  };
}

globalThis.probe = { read, seen, wanted, until, settled, seeks, act, press, release, record, sleep };

globalThis.modules = Promise.all(["timecode", "timeline"].map((name) => import(`/page/${name}.js`))).then((all) => Object.assign({}, ...all));

// --- a browser that nobody drives runs by itself and posts what it found ---
const run = await (await fetch("/stage/run")).json();
if (run) {
  const report = { agent: navigator.userAgent };
  try {
    await (await import("/stage/alone.js")).default(globalThis.probe, run, report);
  } catch (error) {
    report.error = String(error?.stack ?? error);
  }
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
}
