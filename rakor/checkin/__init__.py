"""Check-in: desks, their devices and the scan protocol."""
