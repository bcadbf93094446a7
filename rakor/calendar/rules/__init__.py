"""What stands in a calendar, what is written to whom, and how it is written (RFC 5545, 5546, 6047, 7986).

**Why one mail holds one entry, the whole event.** A programme has forty items. RFC 5546 §3.2.2 wants all components of
a REQUEST to bear one UID, and mail programs keep to it: of a mail with several UIDs they show the first and lose the
rest, and one mail for each session would be forty mails on the day of confirmation. So a person is *invited* to the
event: one VEVENT over all its days, in whose text the own programme stands, each time in the event's zone with the
person's own beside it. It is what a delegate writes into the diary by hand. A published change of any item that the
person may see raises the SEQUENCE of that one entry, and the mail's words say what moved. The single sessions, for
whoever wants them as entries, are *published*: in a feed that a calendar asks for by itself, and as files.

**Why the ticket is another mail.** Outlook moves an invitation to the bin once it is answered; a ticket must stay.

**Why nobody is asked to accept.** Who gets the mail has confirmed here already: PARTSTAT=ACCEPTED, RSVP=FALSE. There is
no mailbox that would read a REPLY, and two places to say no would contradict each other.
"""

from rakor.calendar.rules.entries import Content, Entry, content_hash, content_of, may_join, span
from rakor.calendar.rules.keeping import Kept, Move, Movement, keep
from rakor.calendar.rules.writing import Attendee, Method, calendar_file, invitation, plain, web_address

__all__ = [
    "Attendee",
    "Content",
    "Entry",
    "Kept",
    "Method",
    "Move",
    "Movement",
    "calendar_file",
    "content_hash",
    "content_of",
    "invitation",
    "keep",
    "may_join",
    "plain",
    "span",
    "web_address",
]
