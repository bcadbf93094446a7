"""Every table of rakor, imported once, so that migrations and tests see them all."""

from rakor import audit, files, outbox
from rakor.accounts import models as accounts
from rakor.agenda import models as agenda
from rakor.agenda import speaking_models as speaking
from rakor.attendance import models as attendance
from rakor.calendar import models as calendar
from rakor.checkin import models as checkin
from rakor.documents import certificate_models as certificates
from rakor.documents import models as documents
from rakor.events import models as events
from rakor.events import upstream_models as upstreams
from rakor.imports import models as imports
from rakor.messages import campaign_models as campaigns
from rakor.messages import models as messages
from rakor.messages import round_models as rounds
from rakor.minutes import conclusion_models as conclusions
from rakor.minutes import follow_up_models as follow_ups
from rakor.minutes import notes_models as minutes
from rakor.minutes import preparation_models as preparation
from rakor.minutes import release_models as releases
from rakor.offices import models as offices
from rakor.registrations import field_models as registration_fields
from rakor.registrations import models as registrations
from rakor.registrations import pool_models as registration_pools
from rakor.registrations import poster_models as registration_posters
from rakor.registrations import twin_models as registration_twins
from rakor.reports.activity import models as activity_reports
from rakor.seats import letter_models as letters
from rakor.seats import models as seats
from rakor.seats import office_models as office_speakers
from rakor.signatures import models as signatures
from rakor.sources import models as sources
from rakor.sources import zoom_models as zoom
from rakor.web import limits

__all__ = [
    "accounts",
    "activity_reports",
    "agenda",
    "attendance",
    "audit",
    "calendar",
    "campaigns",
    "certificates",
    "checkin",
    "conclusions",
    "documents",
    "events",
    "files",
    "follow_ups",
    "imports",
    "letters",
    "limits",
    "messages",
    "minutes",
    "office_speakers",
    "offices",
    "outbox",
    "preparation",
    "registration_fields",
    "registration_pools",
    "registration_posters",
    "registration_twins",
    "registrations",
    "releases",
    "rounds",
    "seats",
    "signatures",
    "sources",
    "speaking",
    "upstreams",
    "zoom",
]
