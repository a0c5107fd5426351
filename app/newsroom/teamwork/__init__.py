"""Several people at one article: handing it in, saying that one is at it."""
