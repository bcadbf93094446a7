"""The region of somebody without an office of ours, by what the row's columns say; what is not clear stays open."""

from functools import lru_cache

from rakor.regions.rules import Exact, Regency, resolve


@lru_cache(maxsize=2_000)
def region_of(regency: str, province: str) -> tuple[str | None, str | None]:
    """Return the codes of province and regency that two cells name; None for what they do not say clearly."""
    whole = resolve(province) if province else None
    code = whole.region.code if isinstance(whole, Exact) and not isinstance(whole.region, Regency) else None
    for text in (regency, f"{regency}, {province}" if regency and province else ""):
        found = resolve(text) if text else None
        here = found.region if isinstance(found, Exact) else None
        if isinstance(here, Regency) and code in (None, here.province_code):
            return here.province_code, here.code
    return code, None
