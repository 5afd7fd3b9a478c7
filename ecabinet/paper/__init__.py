"""Files in and out: what is uploaded is read in limited workers, official documents are set as PDF. No database."""
