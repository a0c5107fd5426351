"""Media: pictures and recordings, as facts and addresses."""
