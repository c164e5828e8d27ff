"""Reading a film back to people: where a shot's values come from, the film in outline, what differs between two versions.

Pure functions over the typed film, its timeline and its plan. Nothing here prints, and nothing is made.
"""
