"""The words for a news item, without app or database."""

from dataclasses import replace

from rakor.portal.press import PressFacts, PressItem, PressPerson, Via, lead, paragraphs

FACTS = PressFacts(
    organizer="KPU RI",
    title="Rapat Koordinasi Nasional PPID KPU dan Workshop Kehumasan Tahun 2021",
    theme="",
    dates="27–29 Oktober 2021",
    place="Hotel Sentul Bogor Jawa Barat",
    channel="Zoom",
    items=(
        PressItem("Sesi 1", "Urgensi Aksesibilitas Pelayanan Informasi", (PressPerson("Ratna Contoh", "Ketua"),)),
        PressItem("Rehat", "", ()),
    ),
)


def test_the_readers_own_office_leads_the_sentence() -> None:
    assert lead(FACTS, "KPU Kota Semarang") == (
        "KPU Kota Semarang mengikuti Rapat Koordinasi Nasional PPID KPU dan Workshop Kehumasan Tahun 2021 yang "
        "diselenggarakan KPU RI melalui Zoom, 27–29 Oktober 2021."
    )
    assert "di Hotel Sentul" in lead(FACTS, "KPU Kota Semarang", Via.ONSITE)


def test_without_an_office_the_organiser_leads() -> None:
    assert lead(FACTS).startswith("KPU RI menyelenggarakan Rapat Koordinasi Nasional")


def test_every_item_with_people_is_told_once_and_breaks_are_not() -> None:
    text = paragraphs(FACTS)
    assert text[1:] == ["Sesi 1, “Urgensi Aksesibilitas Pelayanan Informasi”, disampaikan Ratna Contoh, Ketua."]


def test_an_organisation_is_not_said_twice() -> None:
    assert PressPerson("Ratna Contoh", "Ketua KPU RI", "KPU RI").shown() == "Ratna Contoh, Ketua KPU RI"


def test_who_leads_a_session_is_named_with_it() -> None:
    talk = PressItem("Sesi 2", "", (PressPerson("Ratna Contoh"),), (PressPerson("Bagus Contoh", "Sekretaris"),))
    panel = PressItem("Panel", "Data terbuka", (), (PressPerson("Bagus Contoh"),))
    assert paragraphs(replace(FACTS, items=(talk, panel)))[1:] == [
        "Sesi 2 disampaikan Ratna Contoh, dipandu Bagus Contoh, Sekretaris.",
        "Panel, “Data terbuka”, dipandu Bagus Contoh.",
    ]
