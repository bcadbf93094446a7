"""The form with which people sign: drawn where a finger or a mouse can, typed everywhere."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from rakor.signatures.rules import Problem, read_strokes, thinned, written
from rakor.signatures.store import Mark
from rakor.web.forms import Form, TextField

PROBLEMS = {
    Problem.EMPTY: _l("Gambar tanda tangan Anda di kotak, atau ketik nama Anda."),
    Problem.BROKEN: _l("Gambar tanda tangan tidak terbaca. Gambar sekali lagi, atau ketik nama Anda."),
    Problem.TOO_LONG: _l("Gambarnya terlalu panjang untuk disimpan. Hapus, lalu gambar lebih ringkas."),
    Problem.TOO_SMALL: _l("Goresannya terlalu pendek untuk sebuah tanda tangan. Gambar lebih lengkap."),
}


class SignatureForm(Form):
    """Strokes, or the name in place of them; what was drawn comes before what was typed."""

    drawn = HiddenField()
    typed = TextField(_l("Tanda tangan dengan mengetik nama"), max=80)

    def given(self) -> bool:
        """True where anything was drawn or typed."""
        return bool(self.drawn.data or self.typed.data)

    def mark(self) -> Mark | None:
        """Return what was signed with; None with the reason under the field where it is no signature."""
        if not self.validate():
            return None
        if not self.drawn.data and len(self.typed.data or "") >= 2:
            return Mark(typed=str(self.typed.data))
        found = read_strokes(str(self.drawn.data or ""))
        if isinstance(found, Problem):
            self.typed.errors = [_(str(PROBLEMS[found]))]
            return None
        return Mark(strokes=written(thinned(found)))
