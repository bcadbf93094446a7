"""Academic, religious and professional titles before and after a name, as they are written in Indonesia."""

import re

# in plain form; "r" and the like count only with a dot, because they also begin names
FRONT_ALONE = (
    "prof", "profesor", "dr", "drg", "drh", "drs", "dra", "ir", "hj", "h", "kh", "apt", "ns", "tgk", "pdt", "ust",
)  # fmt: skip
_FRONT_DOTTED = ("r", "rr", "ra", "rm", "rmt", "krt", "bdn", "psikolog", "pol", "purn", "k")
_HONORIS = r"\(?h\.\s?c\.?\)?|\(hc\)"
_FRONT = re.compile(
    rf"(?:(?:{_HONORIS}|k\.\s?h\.|r\.\s?a\.|r\.\s?m\.)|(?:{'|'.join(FRONT_ALONE)})(?:\.|(?=\s))"
    rf"|(?:{'|'.join(_FRONT_DOTTED)})\.)\s*",
    re.IGNORECASE,
)

# letters only, lower case
_BACK = frozenset(
    """
    amd amdkep amdkeb amdkom amdt ama amk as
    s1 sadm sag sak san sap sarq sars sastp sbns sds se sei sesy sft sgz sh shi shum siip sik sikom sip sipem
    sked skeb skel skep skes skg skh skm skom sli smat smn smoh sn spar spd spdi spi spk spn sps spsi spt spw ss
    ssi ssn ssos ssosi sst sstp ssy st stat stekpang sth sthi stp str strkeb strkep strkes strkom strtr
    ma mak map mars mag mba mcs mdiv mec mecdev med meng mep mepd mesy mfil mh mhi mhum mi mikom mip mkes mkn mkom
    mm mmar mmsi mmt mp mpa mpd mpdi mphil mpia mpp mppa mpsda mpsi msa msak mscpa msc mse msi msn msos mst msy mt mth
    mtr mtrip mts mura
    phd dr drph dsc dba edd lc llm llb lln bba ba bsc beng bed ccms cpa ca cfa cht cmed cpr qia crmp cgcae
    sppd spa spog spb span spjp spm sprad psikolog apt ners ns akt ak mmed mbiomed mph mkkk ciqar ciqnr clma
    """.split()  # noqa: SIM905
)
_SIGN_OF_TITLE = re.compile(r"[A-Z][A-Za-z]{0,5}(\.[A-Za-z]{1,6})*\.?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


def split_front(text: str) -> tuple[str, str]:
    """("Dr. H.", "Ahmad Contoh") of "Dr. H. Ahmad Contoh"; a title that nothing follows stays the name."""
    position = 0
    while found := _FRONT.match(text, position):
        if found.end() >= len(text):
            break
        position = found.end()
    return text[:position].strip(), text[position:].strip()


def split_back(text: str) -> tuple[str, str]:
    """("Ahmad Contoh", "S.T., M.Eng.") of "Ahmad Contoh, S.T., M.Eng."; what may be a name stays with the name."""
    name, *parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    if parts and name and all(_is_back_part(part) for part in parts):
        return name, ", ".join(parts)
    return (text, "") if parts else _split_without_comma(name)


def is_back_title(word: str) -> bool:
    """Whether a word is in the list of titles after a name: "S.T." and "ST", "M.Eng.", "Ph.D"."""
    return _NOT_LETTERS.sub("", word.casefold()) in _BACK


def _is_back_part(part: str) -> bool:
    # "S.Sos M.Si" without a comma between; unknown ones by their look: a dot inside or two capitals
    return all(is_back_title(word) or _looks_like_title(word) for word in part.split())


def _looks_like_title(word: str) -> bool:
    capitals = sum(sign.isupper() for sign in word)
    return bool(_SIGN_OF_TITLE.fullmatch(word)) and ("." in word or capitals >= 2) and len(word) <= 12


def _split_without_comma(text: str) -> tuple[str, str]:
    """Titles at the end without a comma: listed ones only, and only when they stand out from the name."""
    words = text.split()
    shouted = text.isupper()
    keep = len(words)
    while keep > 1 and is_back_title(words[keep - 1]) and _stands_out(words[keep - 1], shouted):
        keep -= 1
    return " ".join(words[:keep]), ", ".join(words[keep:])


def _stands_out(word: str, shouted: bool) -> bool:
    inner_dot = "." in word[:-1]
    return inner_dot or (not shouted and sum(sign.isupper() for sign in word) >= 2)
