"""Attendance: checkpoints, facts, and what the facts reduce to. Attendance is a pure function of the set of
facts.
"""
