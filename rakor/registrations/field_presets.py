"""Questions that most events ask, ready to be taken into the form with one touch (domain.md §2.5)."""

from enum import StrEnum
from uuid import UUID

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.registrations.answers import FieldWish
from rakor.registrations.rules.fields import FieldKind, FieldPurpose


class Preset(StrEnum):
    """A ready set of questions."""

    ROOMING = "rooming"
    SHIRT = "shirt"
    ARRIVAL = "arrival"
    DIET = "diet"


PRESETS: dict[Preset, LazyString] = {
    Preset.ROOMING: _l("Kamar"),
    Preset.SHIRT: _l("Ukuran kaus"),
    Preset.ARRIVAL: _l("Kedatangan dan kepulangan"),
    Preset.DIET: _l("Makanan dan kebutuhan khusus"),
}
SIZES = ("S", "M", "L", "XL", "XXL", "XXXL")


def wishes(preset: Preset) -> list[tuple[FieldWish, str]]:
    """Return the questions of a set, each with the label of the one it depends on (empty: none)."""
    if preset is Preset.ROOMING:
        room, double = _("Kamar"), _("Berdua")
        return [
            (_wish(room, FieldKind.CHOICE, FieldPurpose.LOGISTICS, (_("Sendiri"), double)), ""),
            (_wish(_("Nama teman sekamar"), FieldKind.TEXT, FieldPurpose.LOGISTICS, value=double), room),
            (
                _wish(
                    _("Jenis kelamin"), FieldKind.CHOICE, FieldPurpose.LOGISTICS, (_("Laki-laki"), _("Perempuan")),
                    hint=_("Hanya untuk pembagian kamar"), value=double,
                ),
                room,
            ),
        ]  # fmt: skip
    if preset is Preset.SHIRT:
        return [(_wish(_("Ukuran kaus atau seragam"), FieldKind.CHOICE, FieldPurpose.LOGISTICS, SIZES), "")]
    if preset is Preset.ARRIVAL:
        example = _("Misalnya: GA 402, tiba 10.20 WIB")
        return [
            (_wish(_("Tanggal kedatangan"), FieldKind.DATE, FieldPurpose.TRAVEL), ""),
            (_wish(_("Penerbangan atau kereta kedatangan"), FieldKind.TEXT, FieldPurpose.TRAVEL, hint=example), ""),
            (_wish(_("Tanggal kepulangan"), FieldKind.DATE, FieldPurpose.TRAVEL), ""),
            (_wish(_("Penerbangan atau kereta kepulangan"), FieldKind.TEXT, FieldPurpose.TRAVEL), ""),
        ]
    return [
        (_wish(_("Pantangan makanan"), FieldKind.TEXT, FieldPurpose.SPECIAL_NEEDS), ""),
        (
            _wish(
                _("Kebutuhan aksesibilitas"), FieldKind.TEXT, FieldPurpose.SPECIAL_NEEDS,
                hint=_("Misalnya kursi roda atau juru bahasa isyarat"),
            ),
            "",
        ),
    ]  # fmt: skip


def depending(wish: FieldWish, on: UUID) -> FieldWish:
    """Return a question that is asked only for its answer to another one."""
    return FieldWish(**{**wish.__dict__, "shown_by_id": on})


def _wish(
    label: str,
    kind: FieldKind,
    purpose: FieldPurpose,
    options: tuple[str, ...] = (),
    *,
    hint: str = "",
    value: str = "",
) -> FieldWish:
    return FieldWish(
        kind=kind, label=label, hint=hint, required=False, options=options, shown_by_id=None, shown_value=value,
        purpose=purpose,
    )  # fmt: skip
