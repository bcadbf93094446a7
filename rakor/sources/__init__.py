"""Sources of attendance beside the desk: each makes facts of the one ledger, under ids that the fact itself decides."""
