"""What has been made, by content key, and what is known of it: a folder that processes and people may share.

`store` (Store) · `shelf` (what is there) · `disk` (bytes onto a disk, and what goes wrong with that) · `runs` (who works in it now) ·
`notes` (what is known of entries and films) · `upkeep` (size, gc, verify).
"""

from apexlang.render.store.disk import StoreError, digest_of, flush, flush_folder, reported, sentence
from apexlang.render.store.store import Store

__all__ = ["Store", "StoreError", "digest_of", "flush", "flush_folder", "reported", "sentence"]
