"""The long forms of the reliability tests, and the page of promises made from them."""
