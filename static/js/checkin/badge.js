/* One person's badge, printed again at the desk: asked for, waited for, then a link that opens the PDF. */

import { ask } from "./found.js";

const EVERY_MS = 1000;
const TRIES = 60;

export function printing({ part, words }) {
	const file = part("badge_file");
	const say = (word) => (part("badge_words").textContent = words[word] ?? "");
	/* Another person's ticket is on the screen: what was said of the badge before goes. */
	function clear() {
		file.hidden = true;
		say("");
	}
	async function print() {
		const ref = part("ticket").dataset.ref;
		const mine = () => part("ticket").dataset.ref === ref;
		clear();
		say("badge_making");
		const asked = await ask(`/scan/badges?ref=${ref}`, { method: "POST" });
		let found = asked;
		for (let tries = 0; asked.progress && tries < TRIES && mine() && !found.file && found.state !== "failed"; tries += 1) {
			await new Promise((done) => setTimeout(done, EVERY_MS));
			found = await ask(asked.progress);
			if (found.problem) break;
		}
		if (!mine()) return;
		say(found.problem ?? (found.file ? "badge_ready" : "badge_failed"));
		if (!found.file) return;
		file.href = found.file;
		file.hidden = false;
	}
	part("ticket_print").addEventListener("click", print);
	return clear;
}
