"""The planner: the typed film becomes whole frames, jobs and keys."""
