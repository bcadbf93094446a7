"""A person's name on the screen."""


def initials(name: str) -> str:
    """Up to two letters of a name without its titles: "Dr. Ratna Contoh, M.Si." → "RC"."""
    words = [word for word in name.split(",")[0].split() if "." not in word]
    letters = [word[0].upper() for word in words if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]) or name[:1].upper()
