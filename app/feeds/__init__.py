"""Other clothes for what is public: feeds, maps, and the log itself over HTTP."""
