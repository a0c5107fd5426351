"""Sitemaps and robots.txt: what there is to find, for search engines."""
