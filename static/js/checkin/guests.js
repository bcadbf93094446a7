/* A guest without an invitation: four lines, sealed on this phone before they are kept. They wait for the organiser. */

import { seal } from "./seal.js";

const LONGEST = 120;

export function guests(desk) {
	const form = desk.part("guest");
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (!desk.scans.free) return;
		const typed = new FormData(form);
		const lines = ["name", "institution", "post", "why"].map((one) => String(typed.get(one) ?? "").trim().slice(0, LONGEST));
		await desk.scans.guest(await seal(desk.root.dataset.seal, JSON.stringify(lines)));
		form.reset();
		form.closest("details").open = false;
	});
}
