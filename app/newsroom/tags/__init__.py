"""Tags: what stories are about, typed."""
