"""The pages of this room, one module for each story; every story has its own blueprint."""
