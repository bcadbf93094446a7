"""What is typed about a speaker."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from rakor.web.forms import Form, LinesField


class BioForm(Form):
    """The short text under the name."""

    bio = LinesField(_l("Teks singkat"), max=800)


class PhotoForm(Form):
    """A portrait."""

    photo = FileField(_l("Foto"))
