/* Notes that this page draws itself: begun here, and perhaps not sent yet. */

const NIL = "00000000-0000-0000-0000-000000000000";
const NAMES = ["note", "parents", "position", "kind", "speaker", "speaker_name", "speaker_post", "text"];

/* a note from the page's own template, saying what `fields` say; `mine`: whose it is */
export function draw(template, fields, mine) {
	const item = template.content.firstElementChild.cloneNode(true);
	for (const element of [item, ...item.querySelectorAll("[id], [for], [href]")]) {
		for (const name of ["id", "for", "href"]) {
			const value = element.getAttribute(name);
			if (value?.includes(NIL)) element.setAttribute(name, value.replace(NIL, fields.note));
		}
	}
	Object.assign(item.dataset, { note: fields.note, position: fields.position, parents: fields.parents });
	const form = item.querySelector("[data-typed]");
	fill(form, fields);
	say(item, form, mine);
	return item;
}

export function fill(form, fields) {
	for (const name of NAMES) form.elements[name].value = fields[name] ?? "";
	form.dispatchEvent(new Event("change"));
}

/* what stands in the form, as it is read */
export function say(item, form, mine) {
	const { kind, speaker, speaker_name, text } = form.elements;
	const view = item.querySelector("[data-view]");
	if (!view) return;
	view.querySelector("[data-kind]").textContent = kind.selectedOptions[0]?.textContent ?? "";
	const chosen = speaker.selectedOptions[0]?.textContent ?? "";
	view.querySelector("[data-speaker]").textContent = speaker.value === "other" ? speaker_name.value : speaker.value ? chosen : "";
	item.querySelector("[data-by]").textContent = mine;
	if (text.value) view.querySelector("[data-said]").textContent = text.value;
}
