"""What is kept: tables, queries, migrations and the event log; knows no HTTP."""
