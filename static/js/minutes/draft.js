/* What an office typed about a follow-up stays on this phone until it has arrived, a week at most. Files cannot be kept:
   no browser lets a page choose them. Without this the form is a form. */

const KEPT = 7 * 24 * 3600 * 1000;
const OWN = ["status", "note", "address", "operator", "phone"];

export function mount(form) {
	const { draft: key, seen } = form.dataset;
	if (!form.dataset.kept) restore(form, read(key, seen));
	form.addEventListener("input", () => keep(key, { at: Date.now(), seen, typed: typed(form) }));
	form.dataset.ready = "yes";
}

function typed(form) {
	const found = new FormData(form);
	return Object.fromEntries(OWN.map((name) => [name, found.get(name) ?? ""]));
}

/* a draft from before the last answer has arrived, or somebody else answered meanwhile: it is let go */
function read(key, seen) {
	try {
		const found = JSON.parse(localStorage.getItem(key) ?? "null");
		if (found?.typed && found.seen === seen && Date.now() - found.at < KEPT) return found.typed;
		localStorage.removeItem(key);
	} catch {
		/* no storage, or something else under our key */
	}
	return null;
}

function keep(key, draft) {
	try {
		localStorage.setItem(key, JSON.stringify(draft));
	} catch {
		/* no room or no storage: the page itself still holds what was typed */
	}
}

function restore(form, draft) {
	if (!draft) return;
	for (const name of OWN) {
		const field = form.elements.namedItem(name);
		if (field && draft[name]) field.value = draft[name];
	}
	form.querySelector("[data-notice]").hidden = false;
}
