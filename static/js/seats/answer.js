/* The office's form: the button counts, "Semua daring" fills, what is typed stays on the phone, and a sending survives
   a dropped network. Without this the form is a form. */

import { mountAll } from "../app.js";
import { forget, keep, read } from "./draft.js";
import { Seat } from "./seat.js";
import { send } from "./send.js";

export function mount(form) {
	const seats = [...form.querySelectorAll("[data-seat]")].map((element) => new Seat(element));
	const button = document.querySelector(`[data-send][form="${form.id}"]`);
	const notice = form.querySelector("[data-notice]");
	const key = form.dataset.draft;

	const count = () => {
		const ready = seats.filter((seat) => seat.ready).length;
		button.querySelector("span").textContent = ready ? button.dataset.some.replace("{n}", ready) : button.dataset.none;
	};
	const say = (words, n) => {
		notice.hidden = false;
		notice.querySelector("div").textContent = words.replace("{n}", n);
	};
	const remember = () => {
		const touched = seats.filter((seat) => seat.touched);
		keep(key, Object.fromEntries(touched.map((seat) => [seat.key, { seen: seat.seen, ...seat.typed }])));
		count();
		return touched.length;
	};

	if (!form.dataset.kept) {
		const restored = restore(seats, read(key));
		if (restored) say(form.dataset.restored, restored);
	}
	count();
	form.addEventListener("input", remember);
	form.querySelector('[name="fill"]')?.addEventListener("click", (event) => {
		event.preventDefault();
		seats.filter((seat) => !seat.answered).forEach((seat) => seat.choose(event.currentTarget.value));
		remember();
	});
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (form.dataset.sending) return;
		form.dataset.sending = "yes";
		const typed = remember();
		button.querySelector("span").textContent = button.dataset.waiting;
		const answer = await send(form, (online) => say(online ? form.dataset.busy : form.dataset.offline, typed));
		delete form.dataset.sending;
		if (answer.type === "opaqueredirect" || answer.redirected) {
			forget(key);
			location.assign(form.dataset.receipt);
		} else show(await answer.text());
	});
	window.addEventListener("pageshow", () => { delete form.dataset.sending; });
}

function restore(seats, drafts) {
	const same = seats.filter((seat) => drafts[seat.key]?.seen === seat.seen);
	same.forEach((seat) => seat.fill(drafts[seat.key]));
	return same.length;
}

/* the server's page with its errors takes this one's place */
function show(text) {
	const page = new DOMParser().parseFromString(text, "text/html");
	for (const part of ["main", ".foot"]) {
		const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
		if (old && fresh) old.replaceWith(document.adoptNode(fresh));
		else if (old) old.remove();
	}
	mountAll(document.querySelector("main"));
	document.querySelector("main [role=alert]")?.scrollIntoView({ block: "center" });
	document.querySelector("main [aria-invalid=true]")?.focus();
}
