"""The gaps of a story in which an advertisement may stand, judged one by one."""
