"""An archive in bulk: one process makes finished rows of stories, another writes them.

`archiving.publish` does the same in one place, and is what is done whenever the rows
are not what they would be now. The tests hold the two together, row by row.
"""
