"""Motion: easings and camera paths as pure functions of the shot's own frame number."""
