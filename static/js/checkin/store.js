/* The desk's own log, in IndexedDB. A record counts as kept only when its transaction is complete under strict
   durability; it is offered until the server says, for that very record, that it is stored. */

import { STRICT, asked, complete } from "./disk.js";
import { shelf } from "./shelf.js";

const INDEXES = { state: "state", scan_id: "record.scan_id", ref: "record.ref", target: "record.target", kind: "record.kind" };

export async function openStore(name, idb = globalThis.indexedDB) {
	const database = await opened(idb, name);
	const notes = () => database.transaction("notes").objectStore("notes");
	return {
		...shelf(database),
		append: (make, ref) => append(database, make, ref),
		waiting: (limit) => waiting(database, limit),
		waitingCount: () => asked(database.transaction("records").objectStore("records").index("state").count("waiting")),
		all: async () => (await asked(database.transaction("records").objectStore("records").getAll())).map((kept) => kept.record),
		knows: async (ref) => (await asked(database.transaction("records").objectStore("records").index("ref").count(ref))) > 0,
		settle: (scanIds, epoch) => settle(database, scanIds, epoch),
		reoffer: (epoch) => reoffer(database, epoch),
		purge: () => purge(database),
		note: (key, value) => note(database, key, value),
		noted: async (key) => (await asked(notes().get(key)))?.value,
		close: () => database.close(),
	};
}

function opened(idb, name) {
	const request = idb.open(name, 2);
	request.onupgradeneeded = () => {
		const { result: database, transaction } = request;
		for (const [store, key] of [["records", "device_seq"], ["notes", "key"], ["roster", undefined], ["changes", "ref"]]) {
			if (!database.objectStoreNames.contains(store)) database.createObjectStore(store, key && { keyPath: key });
		}
		const records = transaction.objectStore("records");
		for (const [index, path] of Object.entries(INDEXES)) {
			if (!records.indexNames.contains(index)) records.createIndex(index, path, { unique: index === "scan_id" });
		}
	};
	return asked(request);
}

/* Number a record and keep it; `make` gets the number and what is known about the ticket `ref`, and says what to keep.
   One transaction: nothing comes between what was known and what was decided. Resolves when it is on disk. */
async function append(database, make, ref) {
	const transaction = database.transaction(["records", "notes"], "readwrite", STRICT);
	const done = complete(transaction);
	const [notes, records] = [transaction.objectStore("notes"), transaction.objectStore("records")];
	const [last, known] = await Promise.all([asked(notes.get("device_seq")), ref ? about(records, ref) : []]);
	const seq = (last?.value ?? 0) + 1;
	const record = make(seq, known);
	notes.put({ key: "device_seq", value: seq });
	records.put({ device_seq: seq, state: "waiting", record });
	await done;
	return record;
}

async function waiting(database, limit) {
	const index = database.transaction("records").objectStore("records").index("state");
	return (await asked(index.getAll("waiting", limit))).map((kept) => kept.record);
}

/* What this phone recorded about one ticket, what took it back, and the clock records that date both: [{state, record}]. */
async function about(records, ref) {
	const marks = await asked(records.index("ref").getAll(ref));
	if (!marks.length) return [];
	const rulings = await Promise.all(marks.map((kept) => asked(records.index("target").getAll(kept.record.scan_id))));
	return [...marks, ...rulings.flat(), ...(await asked(records.index("kind").getAll("clock")))];
}

/* The server has these on its disk: keep a copy under its epoch, offer them no more. */
async function settle(database, scanIds, epoch) {
	const transaction = database.transaction("records", "readwrite", STRICT);
	const records = transaction.objectStore("records");
	const done = complete(transaction);
	for (const scanId of scanIds) {
		const request = records.index("scan_id").get(scanId);
		request.onsuccess = () => request.result && records.put({ ...request.result, state: "stored", epoch });
	}
	await done;
}

/* The server was restored from a backup: everything it does not know under this epoch (null: everything) goes up again. */
async function reoffer(database, epoch) {
	const transaction = database.transaction("records", "readwrite", STRICT);
	const records = transaction.objectStore("records");
	const done = complete(transaction);
	const request = records.index("state").openCursor("stored");
	request.onsuccess = () => {
		const cursor = request.result;
		if (!cursor) return;
		if (cursor.value.epoch !== epoch) cursor.update({ ...cursor.value, state: "waiting" });
		cursor.continue();
	};
	await done;
}

/* The event is over: copies of what the server keeps go. What it never acknowledged stays. */
async function purge(database) {
	const transaction = database.transaction("records", "readwrite", STRICT);
	const done = complete(transaction);
	const request = transaction.objectStore("records").index("state").openCursor("stored");
	request.onsuccess = () => {
		request.result?.delete();
		request.result?.continue();
	};
	await done;
}

async function note(database, key, value) {
	const transaction = database.transaction("notes", "readwrite", STRICT);
	const done = complete(transaction);
	transaction.objectStore("notes").put({ key, value });
	await done;
}
