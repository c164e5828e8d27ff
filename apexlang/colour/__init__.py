"""Colour: the grade as mathematics, baked once to a cube and applied to pictures."""
