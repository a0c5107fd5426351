"""What readers see: ready documents, lists, addresses. Knows nothing of drafts."""
