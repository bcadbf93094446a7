import assert from "node:assert/strict";
import { test } from "node:test";

import { Follower } from "../../../static/js/checkin/follower.js";

const HOUR = 3600_000;

/* A roster that remembers what was done to it, notes in memory, a server that answers from a list. */
function made(replies = {}) {
	const notes = new Map();
	const roster = {
		ready: true, seq: 10, epoch: "e1", worn: false, local: true, checkpoint: "hall", size: 1, done: [],
		open: async () => {},
		apply: async (changes, seq) => { roster.seq = Math.max(roster.seq, seq); },
		replace: async () => { roster.done.push("replaced"); Object.assign(roster, { ready: true, seq: 20, epoch: "e2" }); },
		forget: async () => { roster.done.push("forgotten"); roster.ready = false; },
	};
	const asked = [];
	const now = { wall: 100 * HOUR };
	const get = async (address) => {
		asked.push(address);
		const body = (replies[address.split("?")[0]] ?? []).shift();
		if (!body) throw new TypeError("no network");
		return { status: 200, headers: new Headers({ "X-Rakor-Expires": String(200 * HOUR) }), json: async () => body, arrayBuffer: async () => body };
	};
	const store = { note: async (key, value) => notes.set(key, value), noted: async (key) => notes.get(key) };
	return { follower: new Follower({ roster, store, get, wall: () => now.wall }), roster, notes, asked, now };
}

const settled = () => new Promise((resolve) => { setTimeout(resolve, 5); });

test("an answer moves the roster on, and what did not fit is fetched", async () => {
	const more = { "/scan/v1/changes": [{ change_seq: 30, changes: [{ change_seq: 25 }] }, { change_seq: 30, changes: [] }] };
	const { follower, roster, asked } = made(more);
	await follower.heard({ server_epoch: "e1", change_seq: 12, changes: [{ change_seq: 12 }] }, follower.wish);
	assert.equal(roster.seq, 12);
	await follower.heard({ server_epoch: "e1", change_seq: 30, changes: [{ change_seq: 20 }] }, follower.wish);
	await settled();
	assert.deepEqual(asked, ["/scan/v1/changes?since=20", "/scan/v1/changes?since=25"]);
	assert.equal(roster.seq, 30);
});

test("a restored server's roster replaces ours", async () => {
	const { follower, roster, notes } = made({ "/scan/v1/roster": [new ArrayBuffer(1)], "/scan/v1/changes": [{ change_seq: 20, changes: [] }] });
	await follower.heard({ server_epoch: "e2", change_seq: 3, changes: [] }, follower.wish);
	await settled();
	assert.deepEqual(roster.done, ["forgotten", "replaced"]);
	assert.equal(notes.get("expires_at"), 200 * HOUR);
});

test("a download that breaks is tried at the next contact", async () => {
	const { follower, roster, asked } = made();
	roster.ready = false;
	for (let contact = 0; contact < 2; contact += 1) {
		await follower.heard({ server_epoch: "e1", change_seq: 3, changes: [] }, follower.wish);
		await settled();
	}
	assert.deepEqual(asked, ["/scan/v1/roster?checkpoint=hall", "/scan/v1/roster?checkpoint=hall"]);
	assert.deepEqual(follower.wish, { changes: 0 });
});

test("a day without contact, or the event's end, ends what the phone may know", async () => {
	const { follower, roster, notes, now } = made();
	assert.equal(await follower.over(), false);
	notes.set("contact_at", now.wall - 23 * HOUR);
	assert.equal(await follower.over(), false);
	now.wall += 2 * HOUR;
	assert.equal(await follower.over(), true);
	await follower.open();
	assert.deepEqual(roster.done, ["forgotten"]);
	notes.set("contact_at", now.wall);
	notes.set("expires_at", now.wall - 1);
	assert.equal(await follower.over(), true);
});

test("an answer asked for before the roster was here skips nothing", async () => {
	const between = { "/scan/v1/changes": [{ change_seq: 30, changes: [{ change_seq: 30 }] }, { change_seq: 30, changes: [] }] };
	const { follower, roster, asked } = made(between);
	roster.ready = false;
	const { wish } = follower;
	roster.ready = true; // the download ended while the answer was on its way
	await follower.heard({ server_epoch: "e1", change_seq: 30, changes: [] }, wish);
	await settled();
	assert.equal(asked[0], "/scan/v1/changes?since=10");
	assert.equal(roster.seq, 30);
});
