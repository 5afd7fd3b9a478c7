"""The rules of a meeting, pure: no input or output, no clock, no randomness."""
