"""What the portal knows about Kalibaru from public sources, and a flagged demonstration set beside it."""
