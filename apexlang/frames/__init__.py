"""Frames: a graded still, its planes and a view become a finished yuv420p frame."""
