"""The demo worlds (written by the lead from 22.34 on; the portal with its home page stays with its engineer).

Four events to try rakor with, marked as examples on screen and paper, never made over real data.
"""
