"""Provinces and regencies as coded facts: names, zones, the map of a day, and free text to a code."""
