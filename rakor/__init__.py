"""rakor runs coordination meetings: from the invitation letter to the attendance list.

Glossary (the whole table is in docs/glossary.csv):

event         kegiatan: one meeting with its days, channels, roles and identity
seat          kursi: office × role × number; what is invited, before the person is known
registration  one person at one event, with or without a seat
holding       a person sitting on a seat, from a moment to a moment
ticket        the code a registration shows; reissuing raises its epoch
fact          one immutable statement about presence (a scan, a void, a manual mark)
checkpoint    where presence is taken: a desk, a day, a session
presence      what the facts of one registration at one checkpoint reduce to
link          an opaque address that opens one office's or one person's page without an account
"""

__version__ = "0.1.0"
