/* The phone stops being a desk: it wipes what it knows, then tells the server. Unsent records are sent first, never dropped. */

import { uninstall } from "./installed.js";

/* Wipe the database, the caches, the notes and the service worker; returns whether the server heard of it. */
export async function wipe({ store, name, idb = globalThis.indexedDB, clean = uninstall, tell = told }) {
	if (await store.waitingCount()) throw new Error("records wait");
	await store.dropRoster();
	store.close();
	await new Promise((resolve) => {
		const request = idb.deleteDatabase(name);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
	return finishWiping(clean, tell);
}

/* What a wipe does last; again where it was cut off. */
export async function finishWiping(clean = uninstall, tell = told) {
	await clean();
	return tell();
}

async function told() {
	try {
		return (await fetch("/scan/v1/farewell", { method: "POST", cache: "no-store" })).ok;
	} catch {
		return false;
	}
}

/* "Selesai": refused while records wait, which can be saved as a file instead. */
export function finishing(desk) {
	const { part, words, store } = desk;
	part("finish").addEventListener("click", async () => {
		const waiting = await store.waitingCount();
		if (waiting) desk.uplink.kick();
		part("finish_status").textContent = waiting ? words.finish_waiting.replace("{n}", waiting) : "";
		if (!waiting) await desk.leave("finished");
	});
}
