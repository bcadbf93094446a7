"""Minutes, conclusions and follow-ups in the database, one module for each."""
