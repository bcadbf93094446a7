/* What this person wrote and the server has not acknowledged, in IndexedDB: one log for each person, all sessions in it.

   A record is one edit, {edit, owner, at, action, note, fields, tried, refused}. It is changed by the page that owns it
   until it was sent for the first time, never afterwards: what may have arrived is followed by another edit. A page
   holds a lock under its own name; what a page left that holds none any more is taken over by the next one. */

import { asked, complete } from "../checkin/disk.js";

export async function openOutbox(person, { idb = globalThis.indexedDB, locks = globalThis.navigator?.locks } = {}) {
	const database = await opened(idb, `rakor-minutes-${person}`);
	const owner = crypto.randomUUID();
	const pending = new Map();
	if (locks) await new Promise((held) => { locks.request(owner, () => new Promise(() => held())); });

	const write = (change) => {
		const transaction = database.transaction("edits", "readwrite");
		change(transaction.objectStore("edits"));
		return complete(transaction);
	};
	const keep = (record) => {
		pending.set(record.edit, record);
		return write((store) => store.put({ ...record, fields: { ...record.fields } }));
	};
	const drop = (edit) => {
		pending.delete(edit);
		return write((store) => store.delete(edit));
	};
	/* what a page wrote that is closed by now; it may have been sent, so it is not changed any more */
	const adopt = async () => {
		const alive = new Set(locks ? (await locks.query()).held.map((lock) => lock.name) : []);
		const found = await asked(database.transaction("edits").objectStore("edits").getAll());
		const left = found.filter((record) => !pending.has(record.edit) && !alive.has(record.owner)).sort((a, b) => a.at - b.at);
		for (const record of left) await keep({ ...record, owner, tried: true });
		return left;
	};

	let last = 0;
	return {
		pending,
		keep,
		drop,
		adopt,
		begin(action, fields) {
			last = Math.max(last + 1, Date.now());
			const edit = crypto.randomUUID();
			return { edit, owner, at: last, action, note: fields.note, fields: { ...fields, edit }, tried: false, refused: "" };
		},
		waiting: () => [...pending.values()].filter((record) => !record.refused),
		refused: () => [...pending.values()].filter((record) => record.refused),
		has: (note) => [...pending.values()].some((record) => record.note === note),
		latest: (note) => [...pending.values()].filter((record) => record.note === note).at(-1),
	};
}

function opened(idb, name) {
	const request = idb.open(name, 1);
	request.onupgradeneeded = () => request.result.createObjectStore("edits", { keyPath: "edit" });
	return asked(request);
}
