"""The form that begins a round by WhatsApp."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from rakor.events.fields import WordRadio
from rakor.events.models import Event
from rakor.messages import audience, words
from rakor.messages.campaign_form import strange_placeholder
from rakor.messages.round_models import TEXT_LENGTH
from rakor.messages.rules.campaigns import Audience
from rakor.messages.rules.placeholders import ROUND_PLACEHOLDERS
from rakor.messages.rules.rounds import Over
from rakor.regions.rules import reference
from rakor.seats.letter_words import LINK_STATES
from rakor.web.forms import Form, LinesField, ValidationError

# always in Indonesian: they are stored words for whoever receives them
TEXTS = {
    Over.OFFICES: (
        "Yth. {kantor},\nKami belum menerima jawaban untuk {kegiatan} ({tanggal}, {tempat}).\n"
        "Masih ada {kursi_terbuka} kursi tanpa jawaban. Mohon isi sebelum {batas_jawab}:\n{tautan}\n"
        "Tanpa akun dan tanpa kata sandi. Terima kasih."
    ),
    Over.PROVINCES: (
        "Yth. Sekretariat di {provinsi},\n{belum_menjawab} dari {jumlah_kantor} kantor di provinsi Anda belum menjawab "
        "undangan {kegiatan}.\nMohon teruskan tautannya dari halaman ini; batas jawab {batas_jawab}:\n{tautan}\n"
        "Terima kasih."
    ),
}


class RoundForm(Form):
    """Over what, who of them, and the words."""

    over = WordRadio(_l("Putaran ke"), words.OVERS, default="offices")
    way = SelectField(_l("Keadaan tautan kantor"), choices=[], validate_choice=False, default="silent")
    province = SelectField(_l("Provinsi"), choices=[], validate_choice=False, default="")
    body = LinesField(_l("Teks WhatsApp"), required=True, max=TEXT_LENGTH, render_kw={"rows": 8})

    def offer(self, event: Event) -> "RoundForm":
        """Fill in what can be chosen, and the words to start from."""
        every = [SelectChoice("", _("Semua"))]
        self.way.choices = every + [SelectChoice(word, label) for word, label in LINK_STATES.items()]
        there = reference().provinces(event.regions_as_of)
        self.province.choices = every + [SelectChoice(one.code, one.short_name) for one in there]
        return self

    def start_from(self, over: Over) -> "RoundForm":
        """Fill in the words that are usual for offices or provinces."""
        self.over.data, self.body.data = over, TEXTS[over]
        return self

    def values(self) -> dict[str, Any]:
        """Return the columns of a round."""
        typed = {"way": self.way.data or "", "province": self.province.data or ""}
        return {"over": self.over.word, "filters": audience.read(Audience.OFFICES, typed), "body": self.body.data}

    def validate_body(self, field: LinesField) -> None:
        over = Over(self.over.data) if self.over.data in set(Over) else Over.OFFICES
        if problem := strange_placeholder(field.data or "", ROUND_PLACEHOLDERS[over]):
            raise ValidationError(problem)
