"""Screenplays: Fountain and Final Draft to films, and films back to them. What a person wrote survives both ways.

`model` is the screenplay as its elements. `fountain` and `final_draft` read it, `fountain_text` and `final_draft_text` write it;
`film` makes a film of it (`lines`, `shots` and `cast` say how), `telling` finds it in a film again. `formats` is the door.
"""
