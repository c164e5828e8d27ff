"""What a job's key stands for: the very values that are hashed. No path, no place and no secret is among them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from apexlang.plan.keys import KEY_VERSION, Tools, canonical, mix_content, segment_content, segment_tools
from apexlang.plan.model import Generated, Plan, Segment, Shot


class Origins:
    """The origins of a plan's jobs. `versions`: of generators, by name."""

    def __init__(self, plan: Plan, tools: Tools, versions: Mapping[str, str]) -> None:
        self._plan = plan
        self._tools = tools
        self._versions = versions

    def of(self, key: str) -> dict[str, Any] | None:
        """`kind`, `labels`, `parameters`, `inputs` (keys of other jobs) and `tools` of a picture, a segment or the sound; None for any
        other key. Plain JSON."""
        plan, tools = self._plan, self._tools
        if key in self._pictures:
            shown = self._pictures[key]
            picture = shown[0].picture
            assert isinstance(picture, Generated)
            made_by = (picture.generator, self._versions.get(picture.generator, ""))
            return _said("picture", [f"#{s.label}" for s in shown], picture.request, (), made_by)
        if key in self._segments:
            first = self._segments[key][0]
            shots = [plan.shots[p.shot] for p in (first.a, first.b) if p is not None and p.shot is not None]
            inputs = [s.picture.key for s in shots if isinstance(s.picture, Generated)]
            content = segment_content(first, plan.shots, plan.format, plan.encoding)
            return _said("segment", self._labels[key], content, inputs, segment_tools(first, tools))
        if key == plan.mix_key:
            content = mix_content(plan.audio, plan.frames, plan.format)
            return _said("mix", ["sound"], content, (), (tools.mixer,))
        return None

    @cached_property
    def _pictures(self) -> dict[str, list[Shot]]:
        found: dict[str, list[Shot]] = defaultdict(list)
        for shot in self._plan.shots:
            if isinstance(shot.picture, Generated):
                found[shot.picture.key].append(shot)
        return dict(found)

    @cached_property
    def _segments(self) -> dict[str, list[Segment]]:
        found: dict[str, list[Segment]] = defaultdict(list)
        for segment in self._plan.segments:
            found[segment.key].append(segment)
        return dict(found)

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for job in self._plan.jobs:
            found[job.key].append(job.label)
        return found


def _said(kind: str, labels: list[str], parameters: Any, inputs: Any, tools: Any) -> dict[str, Any]:
    return {
        "version": KEY_VERSION,
        "kind": kind,
        "labels": list(labels),
        "parameters": json.loads(canonical(parameters)),
        "inputs": list(inputs),
        "tools": list(tools),
    }
