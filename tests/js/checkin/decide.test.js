import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decide } from "../../../static/js/checkin/decide.js";
import { Packed, Roster } from "../../../static/js/checkin/roster.js";

const world = JSON.parse(readFileSync(new URL("../../checkin/decide_vectors.json", import.meta.url)));

/* The roster's place in the store, in memory. */
function memory(content = null) {
	const kept = { roster: content && { content, seq: new Packed(content).header.change_seq }, changes: new Map() };
	return {
		kept,
		keptRoster: async () => kept.roster,
		keptChanges: async () => [...kept.changes.values()],
		keepRoster: async (roster) => { kept.roster = roster; kept.changes.clear(); },
		keepChanges: async (lines, seq) => {
			kept.roster = { ...kept.roster, seq };
			for (const line of lines) kept.changes.set(line.ref, line);
		},
		dropRoster: async () => { kept.roster = null; kept.changes.clear(); },
	};
}

const content = () => Uint8Array.from(Buffer.from(world.roster.packed, "base64")).buffer;
const change = (values) => ({ revoked_seq: null, replaced: false, sealed: null, checkpoint: null, first_in_at: null, last_out_at: null, inside: false, place: "", ...values });

async function opened() {
	const roster = new Roster(memory(content()), "hall");
	await roster.open();
	return roster;
}

test("a desk alone decides as the server's rules do", () => {
	assert.ok(world.decisions.length >= 400);
	for (const { line, own, fact, door, verdict } of world.decisions) {
		assert.equal(decide(line ?? undefined, own, fact, door).verdict, verdict, JSON.stringify({ line, own, fact, door }));
	}
});

test("somebody seen here or elsewhere is named with when and where", () => {
	const fact = { scan_id: "n", kind: "ticket", wall_at: 9000 };
	const elsewhere = decide({ first_in_at: 5000, place: "Meja 3" }, [], fact);
	assert.deepEqual(elsewhere, { verdict: "already", first_in_at: 5000, place: "Meja 3" });
	const own = [{ scan_id: "o", kind: "ticket", wall_at: 4000, device_id: "me" }];
	assert.deepEqual(decide({ first_in_at: 5000, place: "Meja 3" }, own, fact), { verdict: "already", first_in_at: 4000, place: "" });
});

test("every ticket is found in the packed roster and opens with its own code alone", async () => {
	const roster = await opened();
	const { tickets } = world.roster;
	for (const [number, { code, ref, revoked, who }] of tickets.entries()) {
		const line = roster.find(ref);
		assert.equal(line.revoked, revoked);
		assert.equal(line.first_in_at !== null, number % 4 === 0);
		const said = await roster.unseal(line, code);
		assert.deepEqual(said && [said.name, said.role, said.office, said.placing, said.colour], who);
		assert.equal(await roster.unseal(line, tickets[(number + 1) % 40].code), null);
	}
	assert.equal(roster.find("0".repeat(24)), undefined);
	assert.equal(roster.size, 40);
});

test("a presence elsewhere keeps the ticket, a new ticket keeps the presence", async () => {
	const roster = await opened();
	const [{ ref }, { ref: other }] = [world.roster.tickets[1], world.roster.tickets[2]];
	await roster.apply([
		change({ change_seq: 41, ref, checkpoint: "hall", first_in_at: 777, inside: true, place: "Meja 9" }),
		change({ change_seq: 42, ref: other, checkpoint: "elsewhere", first_in_at: 888, inside: true }),
		change({ change_seq: 43, ref, revoked_seq: 43, replaced: true }),
		change({ change_seq: 44, ref: "f".repeat(24), sealed: "AAAA" }),
	], 44);
	const { sealed, ...line } = roster.find(ref);
	assert.deepEqual(line, { ref, revoked: true, replaced: true, first_in_at: 777, last_out_at: null, place: "Meja 9" });
	assert.equal(sealed.length, 0);
	assert.equal(roster.find(other).first_in_at, null);
	assert.equal(roster.size, 41);
	const again = new Roster(roster.store, "hall");
	await again.open();
	assert.equal(again.seq, 44);
	assert.equal(again.find(ref).revoked, true);
	await again.apply([change({ change_seq: 43, ref })], 43); // older than what is known
	assert.equal(again.find(ref).revoked, true);
});

test("a torn download is refused and what was kept stays", async () => {
	const roster = await opened();
	await assert.rejects(roster.replace(content().slice(0, 400)));
	assert.equal(roster.size, 40);
	await roster.forget();
	assert.equal(roster.ready, false);
});

test("at another checkpoint the tickets stay good and the presence is forgotten", async () => {
	const roster = await opened();
	const [{ ref: here, code }, { ref: changed }] = [world.roster.tickets[0], world.roster.tickets[1]];
	await roster.apply([change({ change_seq: 41, ref: changed, checkpoint: "hall", first_in_at: 777, inside: true, place: "Meja 9" })], 41);
	assert.ok(roster.find(here).first_in_at && roster.local);
	await roster.move("canteen");
	assert.equal(roster.local, false);
	assert.deepEqual([roster.find(here).first_in_at, roster.find(changed).first_in_at, roster.find(changed).place], [null, null, ""]);
	assert.ok(await roster.unseal(roster.find(here), code));
	await roster.apply([change({ change_seq: 42, ref: here, checkpoint: "canteen", first_in_at: 888, inside: true })], 42);
	assert.equal(roster.find(here).first_in_at, 888);
});
