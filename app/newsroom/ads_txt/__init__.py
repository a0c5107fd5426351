"""Who may sell the advertising: the records behind ads.txt and app-ads.txt."""
