"""What is made, and in what order: the piece under the playhead first, then forward, then backward. Lives on the event loop; the
making itself runs in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from apexlang.plan.model import Generated
from apexlang.preview import jobs
from apexlang.preview.events import Begun, Ended, Event, Going, Remark
from apexlang.preview.eye import lacking
from apexlang.preview.film import Cut
from apexlang.preview.jobs import Job, Outcome, Shop

_PATIENCE_S = 0.25
"""So long the playhead rests on a piece before another's making is set aside for it."""


class Makers:
    """Makes what the open film lacks. `changed(kind, key)` is called when a piece is `making`, `seg`, `failed` or `idle`, and for a
    `picture` that was made; `tell` for the terminal."""

    def __init__(
        self, shop: Shop, workers: int, changed: Callable[[str, str], None], tell: Callable[[Event], None]
    ) -> None:
        self.ready: set[str] = set()
        self.failed: dict[str, str] = {}
        self.cost: dict[str, int] = {}
        self._shop = shop
        self._workers = workers
        self._changed = changed
        self._tell = tell
        self._threads = ThreadPoolExecutor(workers + 2, thread_name_prefix="apex-make")
        self._jobs: dict[str, Job] = {}
        self._for: dict[str, str] = {}  # a job's key -> the piece that it is for
        self._lacks: dict[str, list[tuple[int, Generated]]] = {}
        self._cut: Cut | None = None
        self._here = 0
        self._closed = False
        self._patience: asyncio.TimerHandle | None = None

    @property
    def making(self) -> set[str]:
        """The pieces that are being made, their pictures or their frames."""
        return set(self._for.values())

    def look(self, cut: Cut) -> tuple[set[str], dict[str, list[tuple[int, Generated]]]]:
        """What of a film is there, and which pictures its other pieces lack. Reads the store: for a thread."""
        has = self._shop.bench.store.has
        ready = {key for key in cut.by_key if key in self.ready or has(key)}
        lacks: dict[str, list[tuple[int, Generated]]] = {}
        for key, index in cut.by_key.items():
            if key not in ready and (found := lacking(self._shop, cut.plan, cut.pieces[index].segment)):
                lacks[key] = found
        return ready, lacks

    def open(
        self, cut: Cut, here: int, looked: tuple[set[str], dict[str, list[tuple[int, Generated]]]], at_once: bool
    ) -> None:
        """Takes a film in the place of the one before; what only that one needs is no longer made. `here`: the piece under the
        playhead; `at_once`: it was edited, others wait."""
        self._cut, self._here = cut, here
        self.ready, self._lacks = looked[0] | (self.ready & cut.by_key.keys()), looked[1]
        self.failed = {}
        needed = self.ready | cut.by_key.keys() | {s.key for found in self._lacks.values() for _, s in found}
        for job in list(self._jobs.values()):
            if job.key not in needed and job.what != "sound":
                job.stop()
        self.schedule(at_once)

    def go(self, here: int) -> None:
        """The playhead is on another piece."""
        if here != self._here:
            self._here = here
            self.schedule()

    def schedule(self, at_once: bool = False) -> None:
        """Begins what there is room for."""
        cut = self._cut
        if cut is None or self._closed:
            return
        for index in self._order(len(cut.pieces)):
            if self._busy() >= self._workers:
                break
            self._begin(cut, index)
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if self._waits(cut) and self._busy() >= self._workers:
            if at_once:
                self._make_room()
            else:
                self._patience = asyncio.get_running_loop().call_later(_PATIENCE_S, self._make_room)

    def sound(self, cut: Cut, done: Callable[[Outcome], None]) -> Job:
        """Begins the mix of a film's sound."""
        job = jobs.begin(self._shop, "sound", cut.plan.mix_key, "sound")
        going = self._going(job)
        self._start(job, lambda: jobs.sound(self._shop, job, cut.plan, going), done)
        return job

    def close(self) -> None:
        """Stops everything. What hears of it ends at once; `still_working` says whether something has not."""
        self._closed = True
        if self._patience is not None:
            self._patience.cancel()
        for job in list(self._jobs.values()):
            job.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    # --- inside ---
    def _order(self, count: int) -> Iterator[int]:
        yield from range(self._here, count)
        yield from reversed(range(min(self._here, count)))

    def _busy(self) -> int:
        return sum(job.what != "sound" and not job.stopped for job in self._jobs.values())

    def _waits(self, cut: Cut) -> bool:
        """Whether the piece under the playhead is neither there nor on its way."""
        if not self._here < len(cut.pieces):
            return False
        key = cut.pieces[self._here].key
        return key not in self.ready and key not in self.failed and key not in self._for.values()

    def _make_room(self) -> None:
        """Sets aside the job whose piece is the last in order."""
        cut = self._cut
        if cut is None or not self._waits(cut):
            return
        rank = {cut.pieces[i].key: n for n, i in reversed(list(enumerate(self._order(len(cut.pieces)))))}
        running = [j for j in self._jobs.values() if j.what != "sound" and not j.stopped]
        last = max(running, key=lambda job: rank.get(self._for.get(job.key, ""), len(rank)), default=None)
        if last is not None:
            last.stop()

    def _begin(self, cut: Cut, index: int) -> None:
        piece = cut.pieces[index]
        key = piece.key
        if key in self.ready or key in self.failed or key in self._jobs:
            return
        pictures = self._lacks.get(key)
        if not pictures:
            job = jobs.begin(self._shop, "segment", key, piece.label)
            self._for[key] = key
            self._changed("making", key)
            going = self._going(job)
            self._start(job, lambda: jobs.piece(self._shop, job, cut.plan, piece.segment, going), self._piece_done(job))
            return
        for shot, source in pictures:
            if source.key not in self._jobs and self._busy() < self._workers:
                self._picture(cut, shot, source.key, key)

    def _picture(self, cut: Cut, shot: int, key: str, piece: str) -> None:
        job = jobs.begin(self._shop, "picture", key, cut.plan.shots[shot].label)
        self._for[key] = piece
        self._changed("making", piece)
        going = self._going(job)
        self._start(job, lambda: jobs.picture(self._shop, job, cut.plan, shot, going), self._picture_done(job))

    def _going(self, job: Job) -> Callable[[float], None]:
        loop = asyncio.get_running_loop()

        def going(share: float) -> None:
            if not self._closed:
                loop.call_soon_threadsafe(self._tell, Going(job.key, share))

        return going

    def _start(self, job: Job, make: Callable[[], Outcome], done: Callable[[Outcome], None]) -> None:
        self._jobs[job.key] = job
        self._tell(Begun(job.what, job.key, job.label))
        future = asyncio.get_running_loop().run_in_executor(self._threads, make)

        def ended(future: asyncio.Future[Outcome]) -> None:
            if self._jobs.get(job.key) is job:
                del self._jobs[job.key]
            if future.cancelled():
                return
            problem = future.exception()
            outcome = future.result() if problem is None else jobs.broken(job, problem)
            self._tell(Ended(job.what, job.key, job.label, outcome.seconds, outcome.made, outcome.failure))
            for note in outcome.notes:
                self._tell(Remark(note))
            done(outcome)
            self.schedule()

        future.add_done_callback(ended)

    def _piece_done(self, job: Job) -> Callable[[Outcome], None]:
        def done(outcome: Outcome) -> None:
            self._for.pop(job.key, None)
            if outcome.made:
                self.ready.add(job.key)
                self.cost[job.key] = round(outcome.seconds * 1e3)
                self._changed("seg", job.key)
            elif outcome.failure is not None:
                self.failed[job.key] = outcome.failure.message
                self._changed("failed", job.key)
            else:
                self._changed("idle", job.key)

        return done

    def _picture_done(self, job: Job) -> Callable[[Outcome], None]:
        def done(outcome: Outcome) -> None:
            piece = self._for.pop(job.key)
            if outcome.made:
                for key, found in list(self._lacks.items()):
                    self._lacks[key] = [(shot, source) for shot, source in found if source.key != job.key]
                self._changed("picture", job.key)
            elif outcome.failure is not None:
                for key, found in self._lacks.items():
                    if any(source.key == job.key for _, source in found):
                        self.failed[key] = outcome.failure.message
                        self._changed("failed", key)
            else:
                self._changed("idle", piece)

        return done
