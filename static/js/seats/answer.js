/* The office's form: the button counts, "Semua daring" fills, what is typed stays on the phone, and a sending survives
   a dropped network, a closed page too. Without this the form is a form. */

import { mountAll } from "../app.js";
import { forget, keep, read } from "./draft.js";
import { Seat } from "./seat.js";
import { send } from "./send.js";
import { offerTwins } from "./twins.js";

const OWN = ["phone", "operator"];

export function mount(form) {
	const seats = [...form.querySelectorAll("[data-seat]")].map((element) => new Seat(element));
	const button = document.querySelector(`[data-send][form="${form.id}"]`);
	const notice = form.querySelector("[data-notice]");
	const stamp = form.elements.namedItem("idempotency_key");
	const own = OWN.map((name) => form.elements.namedItem(name)).filter(Boolean);
	const key = form.dataset.draft;

	const count = () => {
		const ready = seats.filter((seat) => seat.ready).length;
		button.querySelector("span").textContent = ready ? button.dataset.some.replace("{n}", ready) : button.dataset.none;
		offerTwins(seats, remember);
	};
	const say = (words, n) => {
		notice.hidden = false;
		notice.querySelector("div").textContent = words.replace("{n}", n);
	};
	function remember(sending = {}) {
		const touched = seats.filter((seat) => seat.touched);
		const typed = Object.fromEntries(own.map((field) => [field.name, field.value]));
		const drafts = touched.map((seat) => [seat.key, { seen: seat.seen, ...seat.typed }]);
		keep(key, Object.fromEntries(drafts), { own: typed, ...sending });
		count();
		return touched.length;
	}
	const submit = async () => {
		if (form.dataset.sending) return;
		form.dataset.sending = "yes";
		const typed = remember({ sending: stamp.value });
		button.querySelector("span").textContent = button.dataset.waiting;
		const answer = await send(form, (online) => say(online ? form.dataset.busy : form.dataset.offline, typed));
		delete form.dataset.sending;
		if (answer.type === "opaqueredirect" || answer.redirected) {
			forget(key);
			location.assign(form.dataset.receipt);
		} else {
			remember();
			show(await answer.text());
		}
	};

	const draft = form.dataset.kept ? { seats: {} } : read(key);
	const restored = restore(seats, draft.seats);
	for (const field of own) if (!field.value) field.value = draft.own?.[field.name] ?? "";
	count();
	/* a seat that was answered meanwhile, by this very sending perhaps, needs no draft */
	if (restored < Object.keys(draft.seats).length) remember(draft.sending ? { sending: draft.sending } : {});
	form.addEventListener("input", () => remember());
	form.querySelector('[name="fill"][value="online"]')?.addEventListener("click", (event) => {
		event.preventDefault();
		seats.filter((seat) => !seat.answered).forEach((seat) => seat.choose(event.currentTarget.value));
		remember();
	});
	form.addEventListener("submit", (event) => {
		if (event.submitter?.name === "fill") return;
		event.preventDefault();
		submit();
	});
	window.addEventListener("pageshow", () => { delete form.dataset.sending; });
	form.dataset.ready = "yes";

	if (!restored) return;
	/* it was on its way when the page was closed: the same sending goes on, with the same key and the same words */
	if (draft.sending && restored === Object.keys(draft.seats).length) {
		stamp.value = draft.sending;
		say(form.dataset.resumed, restored);
		submit();
	} else say(form.dataset.restored, restored);
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
