/* The roster's place in the desk's database: the packed download as it came, the changes since, and in "mode daftar" the
   sealed names. */

import { STRICT, asked, complete } from "./disk.js";

const STORES = ["roster", "changes"];

export function shelf(database) {
	const write = async (act) => {
		const transaction = database.transaction(STORES, "readwrite", STRICT);
		const done = complete(transaction);
		act(transaction.objectStore("roster"), transaction.objectStore("changes"));
		await done;
	};
	return {
		keptRoster: async () => {
			const roster = database.transaction("roster").objectStore("roster");
			const [content, seq] = await Promise.all([asked(roster.get("content")), asked(roster.get("seq"))]);
			return content ? { content, seq } : null;
		},
		keptChanges: () => asked(database.transaction("changes").objectStore("changes").getAll()),
		keepRoster: ({ content, seq }) => write((roster, changes) => {
			roster.put(content, "content");
			roster.put(seq, "seq");
			changes.clear();
		}),
		keepChanges: (lines, seq) => write((roster, changes) => {
			for (const line of lines) changes.put(line);
			roster.put(seq, "seq");
		}),
		keptNames: () => asked(database.transaction("roster").objectStore("roster").get("names")),
		keepNames: (names) => write((roster) => roster.put(names, "names")),
		dropNames: () => write((roster) => roster.delete("names")),
		dropRoster: () => write((roster, changes) => {
			roster.delete("content");
			roster.delete("seq");
			changes.clear();
		}),
	};
}
