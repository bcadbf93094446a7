/* What is written in a text area is kept on this device at once and sent a moment later; it leaves the device only when
   the server has it. Who is slower than somebody else sees both texts and decides. */

const PAUSE = 1200;
const AGAIN = [2_000, 5_000, 15_000, 30_000];

export function mount(form) {
	const area = form.elements.body, seen = form.elements.seen;
	const status = form.querySelector("[data-status]"), stored = form.querySelector("[data-stored]");
	const { key, saving, waiting, other } = form.dataset;
	let timer = 0, tries = 0, sending = null, saved = area.defaultValue;

	const later = (pause) => {
		clearTimeout(timer);
		timer = setTimeout(send, pause);
	};

	async function send() {
		clearTimeout(timer);
		if (sending || area.value === saved) return;
		const body = area.value;
		status.textContent = saving;
		sending = post(form, body, seen.value);
		const answer = await sending;
		sending = null;
		if (answer.ok) return kept(body, answer.told);
		if (answer.status === 409) return differs(answer.told);
		status.textContent = answer.told?.error || waiting;
		if (answer.status !== 422) later(AGAIN[Math.min(tries++, AGAIN.length - 1)]);
	}

	function kept(body, told) {
		saved = body;
		tries = 0;
		seen.value = told.version;
		stored.hidden = true;
		status.textContent = told.said;
		if (area.value === body) forget(key);
		else later(PAUSE);
	}

	function differs(told) {
		seen.value = told.version;
		saved = told.body;
		stored.textContent = told.body;
		stored.hidden = false;
		status.textContent = other;
		remember(key, area.value, seen.value);
	}

	const left = recall(key);
	if (left && left.body !== area.value) {
		area.value = left.body;
		seen.value = left.seen; // what it was written over: somebody else may have written since
		later(0);
	}
	area.addEventListener("input", () => {
		remember(key, area.value, seen.value);
		if (stored.hidden) later(PAUSE);
	});
	area.addEventListener("blur", () => stored.hidden && send());
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		send();
	});
	addEventListener("online", send);
	document.addEventListener("visibilitychange", () => document.hidden && stored.hidden && send());
}

export async function post(form, body, version) {
	const sent = new URLSearchParams({ body, seen: version });
	try {
		const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" }, keepalive: body.length < 30_000 });
		const told = await answer.json().catch(() => null);
		return { ok: answer.ok && told !== null, status: answer.status, told };
	} catch {
		return { ok: false, status: 0, told: null };
	}
}

export function remember(key, body, seen) {
	try {
		localStorage.setItem(key, JSON.stringify({ body, seen }));
	} catch {
		/* no room: the page itself still holds it */
	}
}

export function recall(key) {
	try {
		const found = JSON.parse(localStorage.getItem(key) ?? "null");
		return typeof found?.body === "string" ? found : null;
	} catch {
		return null;
	}
}

export function forget(key) {
	try {
		localStorage.removeItem(key);
	} catch {
		/* nothing was kept */
	}
}
