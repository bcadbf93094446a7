"""Made-up values for `/patterns`: one moment, Tuesday 24 November 2026, 08.55 WIB, as in the rest of the look."""

from datetime import UTC, date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from rakor.web.charts import Tile
from rakor.web.forms import Form

# letters, name, seats that are present, seats, column, row; one line per island
PROVINCES = {
    "Sumatera": "AC,Aceh,87,120,1,1;SU,Sumatera Utara,113,170,2,2;SB,Sumatera Barat,83,100,2,3;RI,Riau,43,65,3,3;"
    "JA,Jambi,49,60,4,4;SS,Sumatera Selatan,67,90,4,5;BE,Bengkulu,37,55,3,4;LA,Lampung,63,80,4,6;"
    "BB,Kepulauan Bangka Belitung,40,40,5,5;KR,Kepulauan Riau,27,40,4,2",
    "Jawa": "JK,DKI Jakarta,29,35,6,6;JB,Jawa Barat,90,140,6,7;JT,Jawa Tengah,116,180,7,7;YO,DI Yogyakarta,30,30,7,8;"
    "JI,Jawa Timur,145,195,8,7;BT,Banten,45,45,5,7",
    "Bali-Nusa Tenggara": "BA,Bali,50,50,9,7;NB,Nusa Tenggara Barat,50,55,10,7;NT,Nusa Tenggara Timur,76,115,11,7",
    "Kalimantan": "KB,Kalimantan Barat,53,75,6,3;KT,Kalimantan Tengah,62,75,6,4;KS,Kalimantan Selatan,65,70,7,4;"
    "KI,Kalimantan Timur,46,55,7,3;KU,Kalimantan Utara,25,30,7,2",
    "Sulawesi": "SA,Sulawesi Utara,73,80,11,3;ST,Sulawesi Tengah,45,70,10,4;SN,Sulawesi Selatan,109,125,9,5;"
    "SG,Sulawesi Tenggara,64,90,10,5;GO,Gorontalo,35,35,10,3;SR,Sulawesi Barat,25,35,9,4",
    "Maluku": "MA,Maluku,38,60,13,5;MU,Maluku Utara,36,55,13,3",
    "Papua": "PA,Papua,28,50,16,4;PB,Papua Barat,25,40,15,4;PS,Papua Selatan,9,25,16,6;PT,Papua Tengah,20,45,15,5;"
    "PE,Papua Pegunungan,12,45,16,5;PD,Papua Barat Daya,0,0,14,4",
}
ONSITE = [0, 1, 3, 9, 24, 48, 65, 84, 100, 98, 72, 46, 25, 13, 7, 5, 4, 4, 3, 3, 3, 2, 2, 2]
ONLINE = [0, 0, 0, 0, 0, 0, 0, 1, 4, 18, 56, 125, 201, 237, 235, 155, 83, 42, 26, 20, 17, 16, 14, 12]


class SampleForm(Form):
    """One of each kind of field."""

    name = StringField(_l("Nama"), [InputRequired(), Length(max=120)])
    phone = StringField(_l("Nomor WhatsApp"), [InputRequired(), Length(min=10, message=_l("Nomor kurang panjang."))])
    email = StringField(_l("Email"))
    province = SelectField(
        _l("Provinsi"),
        choices=[SelectChoice("95", "Papua Selatan"), SelectChoice("33", "Jawa Tengah")],
        validators=[InputRequired()],
    )
    mode = RadioField(
        _l("Kehadiran"),
        [InputRequired()],
        choices=[
            SelectChoice("onsite", _l("Luring")),
            SelectChoice("online", _l("Daring")),
            SelectChoice("no", _l("Tidak")),
        ],
    )
    consent = BooleanField(_l("Foto saya boleh dimuat di halaman acara"))


def samples() -> dict[str, Any]:
    """Everything the page shows."""
    typed = MultiDict({"name": "Agustina Contoh, S.E.", "phone": "0812 000", "province": "95", "mode": "online"})
    form = SampleForm(typed)
    form.validate()
    return {
        "form": form,
        "tiles": [tile for island, line in PROVINCES.items() for tile in _tiles(island, line)],
        "series": _series(),
        "now": datetime(2026, 11, 24, 1, 55, tzinfo=UTC),
        "then": datetime(2026, 11, 25, 6, 0, tzinfo=UTC),
        "first": date(2026, 11, 23),
        "last": date(2026, 11, 25),
    }


def _tiles(island: str, line: str) -> list[Tile]:
    tiles = []
    for entry in line.split(";"):
        letters, name, part, whole, col, row = entry.split(",")
        percent = 100 * int(part) // int(whole) if int(whole) else None
        level = sum((percent or 0) >= step for step in (50, 65, 80, 100))
        tiles.append(
            Tile(letters, letters, name, percent, int(part), int(whole), level, int(col), int(row), island, "#map")
        )
    return tiles


def _series() -> dict[str, Any]:
    return {
        "words": _(
            "Kedatangan per lima menit, 07.00 sampai 08.55 WIB. Luring memuncak 07.40 dengan 100 orang, "
            "daring memuncak 08.05 dengan 237 orang."
        ),
        "onsite": ONSITE,
        "online": ONLINE,
        "onsite_label": _("Luring 100, 07.40"),
        "online_label": _("Daring 237, 08.05"),
        "ticks_y": [0, 80, 160, 240],
        "ticks_x": [(0, "07.00"), (6, "07.30"), (12, "08.00"), (18, "08.30"), (23, "08.55")],
    }
