/* A part of a page that keeps itself fresh and says since when it could not. The clock is the server's: each answer
   sets it right, and between two answers, or without a network, the device counts on by itself. */

export function pulse(root, { fresh, tick }) {
	const note = document.querySelector("[data-offline]");
	let ahead = Date.parse(root.dataset.at) - Date.now();
	const now = () => Date.now() + ahead;
	const every = Number(root.dataset.every) * 1000;

	async function ask() {
		try {
			const answer = await fetch(`${root.dataset.url}?seen=${root.dataset.version}`, { cache: "no-store", signal: AbortSignal.timeout(10_000) });
			if (!answer.ok) throw new Error(String(answer.status));
			const said = Date.parse(answer.headers.get("X-Now") ?? "");
			if (said && Math.abs(said - now()) > 2_000) ahead = said - Date.now();
			if (answer.status === 200) take(await answer.text());
			note.hidden = true;
		} catch {
			if (note.hidden) note.textContent = note.dataset.words.replace("{time}", clockOf(now(), root.dataset.zone));
			note.hidden = false;
		}
		setTimeout(ask, every);
	}

	function take(html) {
		const made = document.createElement("template");
		made.innerHTML = html;
		const part = made.content.firstElementChild;
		root.dataset.version = part.dataset.version;
		root.replaceChildren(part);
		fresh?.(part);
		tick(now());
	}

	tick(now());
	setInterval(() => tick(now()), 1000);
	setTimeout(ask, 1000);
}

export function clockOf(moment, zone) {
	const parts = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).formatToParts(moment);
	const of = (type) => parts.find((part) => part.type === type).value;
	return `${of("hour")}${document.documentElement.lang === "en" ? ":" : "."}${of("minute")}`;
}
