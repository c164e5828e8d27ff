"""Rendering: the store, the filtergraph, FFmpeg, and the runner that makes what a plan asks for."""
