"""From text to tree: lines by their own text, blocks by indentation, heads and values by grammar."""
