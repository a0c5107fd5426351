"""Sections: the tree a newspaper is arranged in."""
