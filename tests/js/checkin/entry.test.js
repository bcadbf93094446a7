import assert from "node:assert/strict";
import { test } from "node:test";

import { Clocks } from "../../../static/js/checkin/clocks.js";
import { Entry } from "../../../static/js/checkin/entry.js";

const REF = "0a1b2c3d4e5f60718293a4b5";

/* A phone whose roster holds `line`, and a server that answers `said`, or nothing. */
function phone({ line, said }) {
	const records = [];
	const store = {
		append: async (make, ref) => {
			const known = records.filter((one) => ref && one.ref === ref).map((record) => ({ state: "waiting", record }));
			records.push(make(records.length + 1, known));
			return records.at(-1);
		},
	};
	const uplink = { failures: 0, kick: () => {}, answer: async () => said ?? null };
	const roster = { seq: 300, find: () => line, unseal: async () => ({ name: "Sari Contoh" }) };
	const place = { checkpoint: "c", name: "Meja 1", operator: "o" };
	const clocks = new Clocks({ wall: () => 5_000, mono: () => 1_000, newId: () => "s" });
	return { records, entry: new Entry({ store, clocks, roster, uplink, place, words: { refused_here: "r" }, online: () => true }) };
}

const living = { ref: REF, revoked: false, replaced: false, first_in_at: null, last_out_at: null, place: "" };
const dead = { ...living, revoked: true, replaced: true };

test("a ticket that this phone knows to be dead is refused and stays one record: the server's rules do not count it", async () => {
	const { records, entry } = phone({ line: dead });
	const { said } = await entry.enter({ kind: "ticket", ref: REF });
	assert.equal(said.verdict, "old_card");
	assert.deepEqual(records.map((one) => [one.kind, one.verdict, one.roster_seq]), [["ticket", "old_card", 300]]);
});

test("refused by the server's newer knowledge: what would count as 'could not know' is taken back, the refusal is recorded", async () => {
	const { records, entry } = phone({ line: living, said: { verdict: "revoked", change_seq: 311 } });
	const { record } = await entry.enter({ kind: "ticket", ref: REF });
	assert.deepEqual(records.map((one) => [one.kind, one.roster_seq]), [["ticket", 300], ["void", undefined], ["ticket", 311]]);
	assert.equal(records[1].target, records[0].scan_id);
	assert.equal(record, records[2]);
	assert.equal(record.verdict, "revoked");
});

test("insisting on a dead ticket is an override with a reason, by what the phone knows now", async () => {
	const { records, entry } = phone({ line: dead });
	const refused = await entry.enter({ kind: "ticket", ref: REF });
	const { said } = await entry.insist(refused, "atas izin panitia");
	assert.equal(said.verdict, "in");
	const { kind, override, reason, roster_seq, operator } = records.at(-1);
	assert.deepEqual({ kind, override, reason, roster_seq, operator }, { kind: "ticket", override: true, reason: "atas izin panitia", roster_seq: 300, operator: "o" });
});

test("insisting on a seen or unknown code is a manual record with a reason", async () => {
	for (const verdict of ["already", "unknown"]) {
		const { records, entry } = phone({ line: undefined, said: { verdict, change_seq: 311 } });
		const entered = await entry.enter({ kind: "ticket", ref: REF });
		await entry.insist(entered, "identitas dicocokkan");
		const { kind, ref, reason, override } = records.at(-1);
		assert.deepEqual({ kind, ref, reason, override }, { kind: "manual", ref: REF, reason: "identitas dicocokkan", override: undefined });
	}
});

test("a phone that cannot keep the record says so by throwing", async () => {
	const { entry } = phone({ line: living });
	entry.store.append = async () => { throw new Error("QuotaExceededError"); };
	await assert.rejects(entry.enter({ kind: "ticket", ref: REF }));
});
