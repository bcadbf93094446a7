"""Campaigns as letters: the organiser's words with the recipient's values in them, and where a broadcast is stopped."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.accounts import store as accounts
from rakor.events.models import Event
from rakor.messages import audience, campaigns, store
from rakor.messages.campaign_models import Campaign
from rakor.messages.letters import Subject, closing, config, contact_of, page, renders
from rakor.messages.models import Message
from rakor.messages.recipients import Addressed, writes_to
from rakor.messages.rules import Kind, Letter, one_line
from rakor.messages.rules.campaigns import Audience, Nature
from rakor.messages.rules.placeholders import fill, paragraphs
from rakor.messages.to_offices import writes_office
from rakor.messages.values import Occasion, occasion, of_office, of_person, office_link
from rakor.offices.models import Office
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.seats.store import OfficeProgress


@renders(Kind.CAMPAIGN)
def _to_person(subject: Subject) -> Letter:
    campaign = campaigns.of_message(subject.event.id, subject.campaign_id)
    return to_person(campaign, occasion(subject.event, campaign.item_id), subject.registration, link=page(subject))


@writes_office(Kind.CAMPAIGN)
def _to_office(event: Event, office: Office, row: Message) -> Letter | None:
    campaign = campaigns.of_message(event.id, row.campaign_id)
    found = next((one for one in audience.offices(event, {}) if one.office_id == office.id), None)
    return to_office(campaign, occasion(event, campaign.item_id), found) if found else None


def to_person(campaign: Campaign, of: Occasion, row: Registration, *, link: str) -> Letter:
    """Return what a campaign says to a person, in the language that is spoken now; ``link``: where its button leads."""
    stop = None
    if campaign.nature is Nature.BROADCAST:
        stop = (str(_("Berhenti menerima kabar umum kegiatan ini")), f"{link}/broadcasts")
    values = of_person(of, row, link=link)
    lines = closing(Subject(of.event, row, campaign.created_at))
    return _letter(campaign, values, row.language, (str(_("Buka halaman saya")), link), lines, stop)


def to_office(campaign: Campaign, of: Occasion, row: OfficeProgress, link: str = "") -> Letter:
    """Return what a campaign says to an office; ``link``: its page, or another address in a trial."""
    link = link or office_link(of.event, row)
    contact = contact_of(of.event)
    lines = (one_line(of.event.organizer), *([_("Bantuan: %(contact)s", contact=contact)] if contact else ()))
    return _letter(campaign, of_office(of, row, link=link), "id", (str(_("Buka halaman kantor")), link), lines, None)


def _letter(
    campaign: Campaign, values: Mapping[str, str], language: str, action: tuple[str, str], lines: tuple[str, ...],
    stop: tuple[str, str] | None,
) -> Letter:  # fmt: skip
    english = language == "en" and campaign.body_en
    subject, body = (campaign.subject_en or campaign.subject, campaign.body_en) if english else (
        campaign.subject, campaign.body
    )  # fmt: skip
    first, *rest = [fill(part, values) for part in paragraphs(body)] or [""]
    return Letter(
        subject=one_line(fill(subject, values)),
        greeting=first,
        paragraphs=tuple(rest),
        facts=(),
        action=action,
        closing=lines,
        stop=stop,
    )


@writes_to(store.USER)
def _trial(event: Event, row: Message) -> Addressed | None:
    """The campaign as its writer gets it: a sample recipient's values, but the public page instead of a secret link."""
    user = accounts.user(row.recipient_id)
    campaign = campaigns.campaign(event.id, row.campaign_id) if row.campaign_id else None
    if user is None or campaign is None:
        return None
    said = sample_letter(event, campaign, UUID(row.detail["as"]), f"{config().base_url}/e/{event.slug}")
    return Addressed(marked(said), user.email, "id") if said else None


def sample_letter(event: Event, campaign: Campaign, as_id: UUID, link: str) -> Letter | None:
    """Return a campaign as a chosen recipient would read it, with ``link`` in place of the own one; None if unknown."""
    of = occasion(event, campaign.item_id)
    if campaign.audience is Audience.OFFICES:
        office = next((one for one in audience.offices(event, {}) if one.office_id == as_id), None)
        with force_locale("id"):
            return to_office(campaign, of, office, link) if office else None
    person = registrations.registration(event.id, as_id)
    if person is None:
        return None
    with force_locale(person.language):
        return to_person(campaign, of, person, link=link)


def marked(said: Letter) -> Letter:
    """Return a trial so that nobody takes it for the message itself."""
    return Letter(
        f"[{_('Uji coba')}] {said.subject}", said.greeting, said.paragraphs, said.facts, said.action, said.closing
    )
