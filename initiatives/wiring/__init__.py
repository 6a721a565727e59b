"""What this room tells the lower ones about itself, one module per noun."""
