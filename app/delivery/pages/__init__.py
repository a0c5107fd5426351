"""What a page of the site needs: what lives there, and what stands beside it."""
