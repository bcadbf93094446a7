"""What minutes, conclusions and follow-ups decide, one module for each. Pure."""
