/* What is unsent, as a file sealed to the event: another way for it to reach the server, when the network never comes back.
   It stays on this phone all the same, and its ids make a second arrival harmless. */

import { sealed } from "./seal.js";

const MOST = 9000; // four megabytes

export async function outboxFile({ store, root }) {
	const records = await store.waiting(MOST);
	const text = JSON.stringify({ what: "rakor/outbox/1", device: root.dataset.device, records });
	return { count: records.length, content: await sealed(root.dataset.seal, text) };
}

export function exporting(desk) {
	const { part, words } = desk;
	part("export").addEventListener("click", async () => {
		const { count, content } = await outboxFile(desk);
		part("finish_status").textContent = count ? words.exported.replace("{n}", count) : words.nothing_waits;
		if (!count) return;
		const link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
		link.download = `rakor-${desk.root.dataset.device.slice(0, 8)}-${count}.sealed`;
		link.click();
		URL.revokeObjectURL(link.href);
	});
}
