"""Who may call: keys, roles, and the rule every route declares."""
