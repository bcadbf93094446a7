/* On the list of sessions: what this browser still holds of any minutes goes up from here too. */

import { openOutbox } from "./outbox.js";
import { sender } from "./sender.js";

export async function mount(box) {
	const outbox = await openOutbox(box.dataset.log);
	const said = box.querySelector("[data-words]");
	const told = () => {
		const [waiting, refused] = [outbox.waiting().length, outbox.refused().length];
		box.hidden = !waiting && !refused;
		said.textContent = (waiting ? said.dataset.waiting : said.dataset.refused).replace("{n}", waiting || refused);
	};
	const { wake } = sender(outbox, { told, stored: told });
	await outbox.adopt(() => { told(); wake(0); });
}
