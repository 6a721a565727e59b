"""What this room adds to the page of an organisation."""
