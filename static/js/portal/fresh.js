/* An open page follows the published programme: every few seconds it asks whether another version is read, and then
   takes the parts marked data-fresh from the page anew. Hidden pages do not ask. */

import { mountAll } from "../app.js";

const EVERY = 6_000;

export function mount(element) {
	const { url, words } = element.dataset;
	let seen = element.dataset.seen;
	const ask = async () => {
		if (document.hidden) return;
		try {
			const answer = await fetch(`${url}?seen=${encodeURIComponent(seen)}`);
			if (answer.status === 200) seen = await renew(element, seen, words);
		} catch { /* without network the next question comes by itself */ }
	};
	setInterval(ask, EVERY);
	document.addEventListener("visibilitychange", ask);
}

/* the page itself may come from a cache for some seconds: then it is asked for again with the next question */
async function renew(element, seen, words) {
	const answer = await fetch(location.href, { cache: "no-store" });
	if (!answer.ok) return seen;
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const now = page.querySelector("[data-module~='portal/fresh']")?.dataset.seen;
	if (!now || now === seen) return seen;
	for (const part of document.querySelectorAll("[data-fresh]")) {
		const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
		if (!fresh || part.contains(document.activeElement)) continue; // nothing typed is lost
		part.replaceWith(document.adoptNode(fresh));
		mountAll(fresh);
	}
	element.textContent = words;
	return now;
}
