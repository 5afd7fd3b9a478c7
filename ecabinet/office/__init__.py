"""What the secretariat does before and after a meeting, as plain functions."""
