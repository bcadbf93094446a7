/* The server's notes taken into the page: what somebody is writing in stays under their hands. */

import { mountAll } from "../app.js";

const FIELDS = ["kind", "speaker", "speaker_name", "speaker_post", "text", "parents", "position"];

/* `root` and `fresh` are the page's #notes and the server's. `busy(id)`: has edits that wait; `own`: the new note's id.
   False where the page lacks a note that the server took for known: then all have to be asked for. */
export function merge(root, fresh, { busy, own, also }) {
	const list = root.querySelector("[data-list]");
	const items = new Map([...fresh.querySelectorAll("[data-note]")].map((item) => [item.dataset.note, item]));
	items.delete(own);
	let whole = true;
	for (const [id, item] of items) {
		const old = noteOf(list, id);
		if (item.dataset.known !== undefined) {
			whole &&= Boolean(old) && (busy(id) || isOpen(old) || old.dataset.parents === item.dataset.parents);
		} else if (!old) list.append(document.adoptNode(item));
		else if (busy(id)) continue;
		else if (isOpen(old)) update(old, item, also);
		else replace(old, item);
	}
	for (const old of [...list.children]) {
		const id = old.dataset.note;
		if (!items.has(id) && !busy(id) && !isOpen(old)) old.remove();
	}
	inOrder(list);
	for (const part of ["[data-removed]", "[data-empty]"]) {
		const [old, now] = [root.querySelector(part), fresh.querySelector(part)];
		if (old?.open) continue;
		old?.remove();
		if (now && !(part === "[data-empty]" && list.children.length)) root.append(document.adoptNode(now));
	}
	root.dataset.seen = whole ? fresh.dataset.seen : "";
	mountAll(list);
	return whole;
}

function replace(old, item) {
	const focused = old.contains(document.activeElement);
	old.replaceWith(document.adoptNode(item));
	if (focused) item.querySelector("summary")?.focus();
}

export function noteOf(list, id) {
	return [...list.children].find((item) => item.dataset.note === id);
}

/* by place, then by id, as the server puts them */
export function inOrder(list) {
	const order = (item) => `${item.dataset.position}\u0000${item.dataset.note}`;
	const sorted = [...list.children].sort((a, b) => (order(a) < order(b) ? -1 : 1));
	sorted.forEach((item, at) => {
		if (list.children[at] !== item) list.insertBefore(item, list.children[at]);
	});
}

function isOpen(item) {
	return item.querySelector("details")?.open || item.contains(document.activeElement?.closest("[data-typed]") ?? null);
}

/* somebody has its form open and nothing unsent: the form follows, and in a conflict it says so */
function update(old, item, also) {
	const [form, now] = [old.querySelector("[data-typed]"), item.querySelector("[data-typed]")];
	if (form && now && form.elements.parents.value !== now.elements.parents.value) {
		const caret = form.elements.text.selectionStart;
		for (const name of FIELDS) form.elements[name].value = now.elements[name].value;
		form.elements.text.setSelectionRange(caret, caret);
		form.dispatchEvent(new Event("change"));
		old.dataset.position = item.dataset.position;
	}
	const hint = form?.querySelector("[data-refusal]");
	if (hint && item.dataset.conflict !== undefined) {
		hint.hidden = false;
		hint.querySelector("span").textContent = also;
	}
	const [view, nowView] = [old.querySelector("[data-view]"), item.querySelector("[data-view]")];
	if (view && nowView) view.replaceWith(document.adoptNode(nowView));
}
