/* "Serah terima": the next operator, of the event's team or by a name under seal, and perhaps a PIN of their own. */

import { seal } from "./seal.js";

export async function handover(desk, lock) {
	const { part, words, root, store, entry } = desk;
	const form = part("handover");
	const kept = await store.noted("operator");
	if (kept?.enrolled === root.dataset.enrolled) root.dataset.operator = kept.id;
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const { operator, other, pin } = Object.fromEntries(new FormData(form));
		const name = other.trim();
		const say = (word) => { part("handover_status").textContent = words[word]; };
		if (!operator && !name) return say("handover_who");
		if (pin && !(await lock.take(pin))) return say("pin_weak");
		const who = operator ? { operator } : { operator: undefined, sealed: await seal(root.dataset.seal, JSON.stringify([name])) };
		await entry.append({ kind: "handover", ...who });
		root.dataset.operator = operator;
		await store.note("operator", { id: operator, enrolled: root.dataset.enrolled });
		desk.uplink.kick();
		form.reset();
		form.closest("details").open = false;
		return say("handed_over");
	});
}
