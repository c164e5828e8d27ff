// What a browser does by itself on the stage: seeks at four rates, a hole, an edit of what is shown and one before it.

export default async function alone(probe, run, report) {
  const { act, settled, seeks, seen, until, sleep, record } = probe;
  const { player } = globalThis.apex;
  const count = Number(run);
  const letters = Object.fromEntries([..."abcdefghij"].map((letter, n) => [letter, n + 1]));
  const shows = (offset, piece, version) =>
    until(() => {
      const got = seen();
      return got && got.offset === offset && got.piece === piece && got.version === version;
    }, 8000);
  report.plays = MediaSource.isTypeSupported('video/mp4; codecs="avc1.42c028"');
  if (!report.plays) return;
  await until(() => globalThis.apex.film);
  report.sound = player.deck.medium.sound !== null;
  report.seeks = {};
  for (const rate of ["23.976", "24", "29.97", "60"]) {
    await act("rate", rate);
    await until(() => globalThis.apex.film.title === rate);
    await settled();
    report.seeks[rate] = await seeks(count, 7, letters);
  }

  // An edit of the shot under the playhead, paused: the poster first, then the new video of the same frame.
  await act("rate", "24");
  await until(() => globalThis.apex.film.title === "24");
  await settled();
  player.goTo(100);
  await shows(15, 3, 0);
  await act("edit", "c");
  report.poster = await shows(15, 3, 1);
  report.posterLayer = seen()?.layer;
  await act("finish", "c");
  report.edited = await until(() => seen()?.layer === "video" && seen()?.version === 1);
  report.editedAt = player.at;

  // A shot before it grows: the playhead stays with its shot.
  await act("grow", "b");
  report.grown = await until(() => player.at === 124 && seen()?.layer === "video" && seen()?.offset === 15 && !player.seeking);

  // A hole: playing holds before it, and goes on when it is filled.
  await act("hole", "d");
  await until(() => !globalThis.apex.film.pieces[3].ready);
  await settled();
  player.goTo(120);
  await until(() => !player.seeking);
  const recorded = record();
  player.play(1);
  report.held = await until(() => player.waitingFor !== null, 8000);
  await sleep(400);
  report.heldAt = player.at;
  report.heldTime = player.video.currentTime * 24;
  report.badge = document.getElementById("badge").textContent;
  await act("finish", "d");
  report.wentOn = await until(() => player.at > 152, 8000);
  player.play(0);
  const frames = recorded.stop().filter((row) => row.piece);
  report.backwards = frames.filter((row, n) => n && row.frame < frames[n - 1].frame && row.frame > 122).length;
  report.wrongPieces = frames.filter((row) => row.frame > 121 && row.frame < 138 && row.piece !== 3).length;
}
