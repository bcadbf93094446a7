/* What this person wrote and the server has not acknowledged, in IndexedDB: one log for each person, all sessions in it.

   A record is one edit, {edit, owner, at, action, note, fields, tried, refused}. It is changed by the page that owns it
   until it was sent for the first time, never afterwards: what may have arrived is followed by another edit. A page
   holds a lock under its own name as long as it is open; who gets that lock takes over what it left. */

import { asked, complete } from "../checkin/disk.js";

export async function openOutbox(person, { idb = globalThis.indexedDB, locks = globalThis.navigator?.locks } = {}) {
	const database = await opened(idb, `rakor-minutes-${person}`);
	const owner = crypto.randomUUID();
	const [pending, watched] = [new Map(), new Set()];
	if (locks) await new Promise((held) => { locks.request(owner, () => new Promise(() => held())); });

	const write = (change) => {
		const transaction = database.transaction("edits", "readwrite");
		const done = complete(transaction);
		change(transaction.objectStore("edits"));
		transaction.commit?.(); // at once: the tab may be closed before this turn is over
		return done;
	};
	const keep = (record) => {
		pending.set(record.edit, record);
		return write((store) => store.put({ ...record, fields: { ...record.fields } }));
	};
	const drop = (edit) => {
		pending.delete(edit);
		return write((store) => store.delete(edit));
	};
	const all = () => asked(database.transaction("edits").objectStore("edits").getAll());
	/* what a page wrote that is closed by now; it may have been sent, so it is not changed any more */
	const take = async (from, taken) => {
		const left = (await all()).filter((record) => record.owner === from).sort((a, b) => a.at - b.at);
		for (const record of left) await keep({ ...record, owner, tried: true });
		if (left.length) taken(left);
	};
	/* `taken(records)` hears of what other pages left, now or as soon as they are closed */
	const adopt = async (taken) => {
		for (const from of new Set((await all()).map((record) => record.owner))) {
			if (from === owner || watched.has(from)) continue;
			watched.add(from);
			if (locks) locks.request(from, () => take(from, taken));
			else await take(from, taken);
		}
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
