"""Words of quota pools: their names, whom they are for, and why something is refused."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.events.quota import QuotaPool
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode, PoolProblem
from rakor.registrations.words import MODES

PROBLEMS: dict[PoolProblem, LazyString] = {
    PoolProblem.EVERYBODY: _l("Pilih kategori, cara mengikuti, atau provinsi. Kuota untuk semua orang sudah ada."),
    PoolProblem.BELOW_USED: _l("Ukuran ini lebih kecil daripada tempat yang sudah terisi; tidak ada yang diubah."),
    PoolProblem.NO_LIMIT: _l("Kuota tanpa batas tidak dapat meminjamkan atau menerima tempat."),
    PoolProblem.NOT_ENOUGH_FREE: _l("Tempat kosongnya tidak sebanyak itu; tidak ada yang dipindahkan."),
    PoolProblem.SAME_POOL: _l("Pilih dua kuota yang berbeda."),
    PoolProblem.GONE: _l("Kuota ini sudah tidak ada."),
}
SHOWN_PROVINCES = 3


def name_of(pool: QuotaPool, *, alone: bool = False) -> str:
    """Return a pool's name; the rest is everybody where it is the only one."""
    if not pool.is_rest:
        return pool.name
    return str(_("Semua pendaftar") if alone else _("Pendaftar lainnya"))


def for_whom(pool: QuotaPool, roles: Mapping[UUID, str]) -> str:
    """Return whom a pool is for: "Media · Daring · Papua, Maluku, dan 4 lainnya"."""
    if pool.is_rest:
        return str(_("Siapa saja yang tidak termasuk kuota lain"))
    parts = [roles.get(pool.role_id, "")] if pool.role_id else []
    if pool.mode:
        parts.append(str(MODES[Mode(pool.mode)]))
    if pool.provinces:
        parts.append(_places(pool.provinces))
    return " · ".join(filter(None, parts))


def _places(codes: list[str]) -> str:
    names = [found.short_name for code in codes if (found := reference().find(code))]
    shown, more = ", ".join(names[:SHOWN_PROVINCES]), len(names) - SHOWN_PROVINCES
    return str(_("%(names)s, dan %(n)s lainnya", names=shown, n=more)) if more > 0 else shown
