"""The organiser's page of questions: added, put right, put in order, withdrawn."""


from uuid import UUID, uuid4

import pytest

from rakor.registrations import answers
from rakor.registrations.extra_form import name_of
from rakor.registrations.rules.fields import (
    FieldKind,
)
from tests.cast import Cast
from tests.registrations.asking import ask, told
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")




def test_sari_adds_and_withdraws_questions(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/questions"
    typed = {"label": "Ukuran kaus", "kind": "choice", "options": "M", "purpose": "logistics", "shown_by": ""}
    refused = sari.post(url, data=typed)
    assert refused.status_code == 422
    assert 'value="Ukuran kaus"' in refused.text
    assert sari.post(url, data=typed | {"options": "M\nL\nL"}).status_code == 303
    with people.app.app_context():
        (field,) = answers.fields(people.event_id)
        assert field.options == ["M", "L"]
    depends = {"label": "Warna", "kind": "text", "purpose": "logistics", "shown_by": str(field.id)}
    assert sari.post(url, data=depends | {"shown_value": "S"}).status_code == 422
    assert sari.post(url, data=depends | {"shown_value": "M"}).status_code == 303
    assert "bila “Ukuran kaus” dijawab “M”" in sari.get(url).text
    assert sari.post(f"{url}/{field.id}/withdrawal").status_code == 303
    with people.app.app_context():
        assert answers.fields(people.event_id) == []
    assert sari.post(f"{url}/{field.id}/withdrawal").status_code == 404


def test_a_question_is_put_right_but_never_turned_into_another(people: Cast) -> None:
    size = ask(people, "Ukuran kaos", FieldKind.CHOICE, options=("M", "L"))
    colour = ask(people, "Warna", shown_by_id=size, shown_value="L")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/questions"
    whole = {"label": "Ukuran kaus", "kind": "choice", "options": "M\nL\nXL", "purpose": "logistics", "shown_by": ""}
    assert "orang sudah menjawab" not in sari.get(f"{url}/{size}").text
    assert "biarkan ada" in sari.post(f"{url}/{size}", data=whole | {"options": "M\nS"}).text
    assert sari.post(f"{url}/{size}", data=whole).status_code == 303
    people.app.test_client().post(f"/e/{people.slug}/registration", data=filled(**{name_of(size): "XL"}))
    assert told(people.app) == {"Ukuran kaus": "XL"}
    assert "1 orang sudah menjawab" in sari.get(f"{url}/{size}").text
    for change in ({"kind": "text"}, {"purpose": "publication"}):
        refused = sari.post(f"{url}/{size}", data=whole | change)
        assert refused.status_code == 422
        assert "Buat pertanyaan baru." in refused.text
    assert people.browser("rina").get(f"{url}/{colour}").status_code == 403
    assert sari.get(f"{url}/{uuid4()}").status_code == 404


def test_questions_change_places_but_none_comes_before_what_it_depends_on(people: Cast) -> None:
    first, second = ask(people, "Menginap?", FieldKind.CHOICE, options=("ya", "tidak")), ask(people, "Bus")
    third = ask(people, "Kamar", shown_by_id=second, shown_value="ya")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/questions"

    def order() -> list[UUID]:
        with people.app.app_context():
            return [one.id for one in answers.fields(people.event_id)]

    assert sari.post(f"{url}/{second}/position", data={"step": "up"}).status_code == 303
    assert order() == [second, first, third]
    sari.post(f"{url}/{third}/position", data={"step": "up"})
    assert order() == [second, third, first]
    sari.post(f"{url}/{third}/position", data={"step": "up"})
    assert "bergantung pada yang di atasnya" in sari.get(url).text
    sari.post(f"{url}/{first}/position", data={"step": "down"})
    assert order() == [second, third, first]
    assert sari.post(f"{url}/{uuid4()}/position", data={"step": "up"}).status_code == 404
