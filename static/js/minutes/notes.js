/* Minutes while they are written: every keystroke goes into this browser's log first, then edit by edit to the server;
   what others write comes in by asking. Without this the forms are forms. */

import { mountAll } from "../app.js";
import { draw, fill, say } from "./drawn.js";
import { inOrder, merge, noteOf } from "./merging.js";
import { openOutbox } from "./outbox.js";
import { between } from "./places.js";
import { sender } from "./sender.js";

const [ASKS, ASKS_HIDDEN] = [3000, 15000];

export async function mount(page) {
	const [words, template] = [page.dataset, page.querySelector("[data-blank]")];
	const status = document.querySelector("[data-status]");
	const notes = () => page.querySelector("#notes");
	const list = () => notes().querySelector("[data-list]");
	const outbox = await openOutbox(words.log);
	const began = notes().dataset.state;
	const records = new WeakMap(); // the last record of each form
	let [changed, timer, because] = [false, undefined, ""];

	const say_ = (pattern) => { status.textContent = [pattern, changed && words.changed].filter(Boolean).join(" "); };
	const told = (state, why = state === page.dataset.now ? because : "") => { // said again, it is so for the same reason
		because = why;
		const count = new Set(outbox.waiting().map((record) => record.note)).size;
		const refused = outbox.refused();
		showLeft(page, state === "locked" ? outbox.waiting() : refused, why || refused[0]?.refused || "");
		if (state === "saved" && refused.length) say_(words.refused.replace("{n}", refused.length));
		else if (state === "locked") say_(words.refused.replace("{n}", count));
		else if (state !== "saving" || !status.textContent) say_((words[state] ?? "").replace("{n}", count));
		page.dataset.now = state;
	};
	const { wake } = sender(outbox, { told, stored: () => ask(300) });

	/* One edit of a form, kept at once. While it has not been sent it is the same edit; then another one follows it. */
	function typed(form, more = {}) {
		const fields = { ...Object.fromEntries(new FormData(form)), removed: "", ...more };
		let record = records.get(form);
		if (record?.refused) {
			outbox.drop(record.edit);
			fields.parents = record.fields.parents;
		}
		if (!record || record.tried || record.refused) record = outbox.begin(form.getAttribute("action"), fields);
		else record.fields = { ...fields, edit: record.edit, parents: record.fields.parents };
		records.set(form, record);
		form.elements.parents.value = record.edit;
		outbox.keep(record);
		wake();
	}

	function place(before, after) {
		return between(before?.dataset.position ?? "", after?.dataset.position ?? "");
	}
	function put(fields, open = false) {
		const item = draw(template, fields, words.mine);
		notes().querySelector("[data-empty]")?.remove();
		list().append(item);
		inOrder(list());
		mountAll(item);
		if (open) {
			item.querySelector("details").open = true;
			item.querySelector("textarea").focus();
		}
		return item;
	}
	function renew(form) {
		fill(form, { ...Object.fromEntries(new FormData(form)), note: crypto.randomUUID(), parents: "", text: "", position: place(list().lastElementChild) });
		records.delete(form);
	}
	function submit(form, submitter) {
		const item = form.closest("[data-note]");
		const text = form.elements.text.value.trim();
		if (form.dataset.new !== undefined) {
			if (!text) return form.elements.text.focus();
			typed(form);
			const record = records.get(form);
			const made = put({ ...record.fields, parents: record.edit });
			records.set(made.querySelector("[data-typed]"), record);
			renew(form);
			return form.elements.text.focus();
		}
		if (form.dataset.typed === undefined) {
			const record = outbox.begin(form.getAttribute("action"), Object.fromEntries(new FormData(form)));
			outbox.keep(record);
			item?.setAttribute("aria-busy", "true");
		} else if (submitter?.name === "removed") {
			typed(form, { removed: "yes" });
			item.remove();
		} else {
			typed(form);
			say(item, form, words.mine);
			form.closest("details").open = false;
			item.querySelector("summary").focus();
		}
		wake(0);
	}

	page.addEventListener("input", (event) => {
		const form = event.target.closest("[data-typed]");
		if (form) typed(form);
	});
	page.addEventListener("submit", (event) => {
		if (!event.target.matches("[data-edit]")) return;
		event.preventDefault();
		submit(event.target, event.submitter);
	});
	page.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
	});
	page.addEventListener("click", (event) => {
		const link = event.target.closest("[data-insert]");
		if (!link) return;
		event.preventDefault();
		const item = link.closest("[data-note]");
		put({ note: crypto.randomUUID(), parents: "", position: place(item, item.nextElementSibling), kind: "discussion" }, true);
	});

	function ask(delay = document.hidden ? ASKS_HIDDEN : ASKS) {
		clearTimeout(timer);
		timer = setTimeout(look, delay);
	}
	async function look() {
		try {
			const response = await fetch(`${words.notes}?seen=${notes().dataset.seen}`, { redirect: "manual" });
			if (response.status === 200) takeIn(await response.text());
		} catch { /* the sender says that the network is away */ }
		ask();
	}
	function takeIn(text) {
		const answer = new DOMParser().parseFromString(text, "text/html");
		const fresh = answer.querySelector("#notes");
		if (!fresh) return;
		changed = fresh.dataset.state === "approved" && began !== "approved";
		if (changed) {
			notes().dataset.seen = fresh.dataset.seen;
			return told(page.dataset.now ?? "saved");
		}
		refresh(answer);
		const form = page.querySelector("[data-new]");
		const whole = merge(notes(), fresh, { busy: outbox.has, own: form?.elements.note.value, also: words.also });
		if (!whole) setTimeout(look);
	}

	/* what was written before this page was opened, and has not arrived */
	function restore(left) {
		for (const record of left) {
			if (record.action !== words.action || !template) continue;
			const item = noteOf(list(), record.note) ?? put({ ...record.fields, parents: record.edit });
			const form = item.querySelector("[data-typed]");
			if (!form) continue; // in a conflict already
			fill(form, { ...record.fields, parents: record.edit });
			records.set(form, outbox.latest(record.note));
			say(item, form, words.mine);
		}
		wake(0);
	}
	await outbox.adopt(restore);
	setInterval(outbox.adopt, 10000, restore);
	document.addEventListener("visibilitychange", () => (document.hidden ? wake(0) : ask(0)));
	page.querySelector("[data-hint]")?.removeAttribute("hidden");
	page.dataset.ready = "yes";
	if (words.writes && !outbox.pending.size) told("saved");
	ask();
}

/* where the minutes stand, and what stands beside them; but not under somebody's hands */
function refresh(answer) {
	for (const now of answer.querySelectorAll("[data-part]")) {
		const old = document.querySelector(`[data-part=${now.dataset.part}]`);
		if (!old || old.contains(document.activeElement)) continue;
		old.replaceWith(document.adoptNode(now));
		mountAll(now);
	}
}

/* what was not taken in, to be read and copied */
function showLeft(page, records, why) {
	const box = page.querySelector("[data-left]");
	box.hidden = !records.length;
	box.querySelector("[data-why]").textContent = why;
	box.querySelector("[data-texts]").replaceChildren(...records.map((record) => {
		const line = document.createElement("li");
		line.className = "lines";
		line.textContent = record.fields.text;
		return line;
	}));
}
