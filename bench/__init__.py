"""The measurements, runnable by anybody: `make bench`."""
