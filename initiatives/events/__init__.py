"""What can happen in this room, and how it is told."""
