import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { reduce, reduceAll } from "../../../static/js/checkin/reducer.js";

const histories = JSON.parse(readFileSync(new URL("../../attendance/reducer_vectors.json", import.meta.url)));

test("every shared history gives its known answer, in any order", () => {
	assert.ok(histories.length >= 100);
	for (const day of histories) {
		const tickets = new Map(day.tickets.map((ticket) => [ticket.ref, ticket]));
		for (const facts of [day.facts, [...day.facts].reverse(), [...day.facts, ...day.facts]]) {
			const found = Object.fromEntries(reduceAll(facts, tickets, day.admission, day.aliases));
			assert.deepEqual(found, day.presences);
		}
	}
});

test("a scan of this desk is inside until it is taken back", () => {
	const scan = { scan_id: "a", kind: "ticket", ref: "r", wall_at: 1000, device_id: "me", device_seq: 1 };
	const taken = { scan_id: "b", kind: "void", target_id: "a", wall_at: 2000, device_id: "me", device_seq: 2 };
	assert.equal(reduce([scan], new Map()).inside, true);
	assert.equal(reduce([scan, taken], new Map()).inside, false);
});
