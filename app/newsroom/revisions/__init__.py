"""Every save of an article: kept, listed, compared, gone back to."""
