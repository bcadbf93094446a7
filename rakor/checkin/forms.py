"""The form that makes this phone a desk."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from rakor.web.forms import REQUIRED, Form, TextField


class DeskForm(Form):
    """A desk's name, and where it takes presence; the choices are the event's days and sessions."""

    name = TextField(_l("Nama meja"), required=True, max=60)
    place = SelectField(_l("Mencatat kehadiran untuk"), [InputRequired(REQUIRED)])
