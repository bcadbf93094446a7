import assert from "node:assert/strict";
import { test } from "node:test";

import { Clocks } from "../../../static/js/checkin/clocks.js";
import { Uplink, fitting } from "../../../static/js/checkin/uplink.js";

/* The store's promises, in memory. */
function memoryStore() {
	const kept = [];
	const notes = new Map();
	return {
		kept,
		append: async (make) => {
			const record = make(kept.length + 1);
			kept.push({ state: "waiting", record });
			return record;
		},
		waiting: async (limit) => kept.filter((one) => one.state === "waiting").slice(0, limit).map((one) => one.record),
		waitingCount: async () => kept.filter((one) => one.state === "waiting").length,
		settle: async (ids, epoch) => {
			for (const one of kept) if (ids.includes(one.record.scan_id)) Object.assign(one, { state: "stored", epoch });
		},
		reoffer: async (epoch) => {
			for (const one of kept) if (one.state === "stored" && one.epoch !== epoch) one.state = "waiting";
		},
		note: async (key, value) => notes.set(key, value),
		noted: async (key) => notes.get(key),
	};
}

/* A server that keeps records by their ids, with replies that can be lost after it stored them. */
function server() {
	const facts = new Map();
	const made = { facts, epoch: "e1", lose: 0, refuse: 0, batches: 0 };
	made.post = async ({ records }) => {
		made.batches += 1;
		if (made.refuse > 0) {
			made.refuse -= 1;
			return { status: 503, retryAfter: 1, body: null };
		}
		for (const record of records) facts.set(record.scan_id, (facts.get(record.scan_id) ?? 0) + 1);
		if (made.lose > 0) {
			made.lose -= 1;
			throw new TypeError("network");
		}
		const answered = records.map((record) => ({ scan_id: record.scan_id, status: "stored", verdict: "in" }));
		return { status: 200, body: { records: answered, server_epoch: made.epoch, server_time: 1_000_000, retry_after_ms: 0 } };
	};
	return made;
}

function desk(backend) {
	const store = memoryStore();
	const states = [];
	const clocks = new Clocks({ wall: () => 5_000, mono: () => 1_000, newId: () => "s" });
	const uplink = new Uplink({ store, clocks, post: backend.post, sleep: async () => {}, chance: () => 0, onState: (one) => states.push(one) });
	const scan = (id) => store.append((seq) => ({ scan_id: id, device_seq: seq, kind: "ticket" }));
	return { store, uplink, states, scan };
}

test("a scan with a network is an outbox of length one", async () => {
	const backend = server();
	const { store, uplink, states, scan } = desk(backend);
	await scan("a");
	const answer = uplink.answer("a", 1000);
	await uplink.kick();
	assert.equal((await answer).verdict, "in");
	assert.equal(await store.waitingCount(), 0);
	assert.deepEqual(states.at(-1), { state: "online", waiting: 0 });
	assert.equal(store.kept[1].record.kind, "clock");
});

test("a lost reply sends the same id again and nobody waits for it", async () => {
	const backend = server();
	backend.lose = 1;
	const { store, uplink, scan } = desk(backend);
	await scan("a");
	const answer = uplink.answer("a", 60_000);
	await uplink.kick();
	assert.equal(await answer, null);
	assert.equal(backend.facts.get("a"), 2);
	assert.equal(await store.waitingCount(), 0);
});

test("what an answer does not name stays, and goes up until it is named", async () => {
	const [store, there] = [memoryStore(), server()];
	const sent = [];
	const post = async (batch) => {
		sent.push(batch.records.map((one) => one.scan_id));
		const reply = await there.post(batch);
		return { ...reply, body: { ...reply.body, records: reply.body.records.slice(0, 1) } };
	};
	const uplink = new Uplink({ store, clocks: new Clocks(), post, sleep: async () => {} });
	for (const id of ["a", "b", "c"]) await store.append((seq) => ({ scan_id: id, device_seq: seq, kind: "ticket" }));
	await uplink.kick();
	assert.equal(await store.waitingCount(), 0);
	assert.deepEqual(sent.slice(0, 3).map((ids) => ids.slice(0, 2)), [["a", "b"], ["b", "c"], ["c", sent[2][1]]]);
});

test("a busy server is asked again and nothing is dropped", async () => {
	const backend = server();
	backend.refuse = 3;
	const { store, uplink, states, scan } = desk(backend);
	for (const id of ["a", "b", "c"]) await scan(id);
	await uplink.kick();
	assert.equal(await store.waitingCount(), 0);
	assert.ok(states.some((one) => one.state === "busy" && one.waiting === 3));
	assert.deepEqual([...backend.facts.values()].slice(0, 3), [1, 1, 1]);
});

test("a restored server is offered everything again", async () => {
	const backend = server();
	const { uplink, scan } = desk(backend);
	await scan("a");
	await uplink.kick();
	backend.facts.clear();
	backend.epoch = "e2";
	await scan("b");
	await uplink.kick();
	assert.deepEqual(["a", "b"].map((id) => backend.facts.get(id)), [1, 1]);
});

test("an answer that does not come in time is null", async () => {
	const { uplink } = desk(server());
	assert.equal(await uplink.answer("never", 5), null);
});

test("a batch stays below the size that the server takes", () => {
	const records = Array.from({ length: 200 }, (_, n) => ({ scan_id: String(n), reason: "x".repeat(500) }));
	const taken = fitting(records);
	assert.ok(taken.length < 200);
	assert.ok(JSON.stringify({ records: taken }).length < 64 * 1024);
	assert.deepEqual(taken, records.slice(0, taken.length));
});

test("a revoked phone sends the rest, then wipes itself once, and sends nothing more", async () => {
	const [store, there] = [memoryStore(), server()];
	let wiped = 0;
	const post = async (batch) => {
		const reply = await there.post(batch);
		return { ...reply, body: { ...reply.body, wipe: true } };
	};
	const uplink = new Uplink({ store, clocks: new Clocks(), post, sleep: async () => {}, onWipe: async () => {
		assert.equal(await store.waitingCount(), 0);
		wiped += 1;
	} });
	for (let number = 0; number < 3; number += 1) await store.append((seq) => ({ scan_id: `s${seq}`, device_seq: seq, kind: "ticket" }));
	await uplink.kick();
	const { batches } = there;
	await uplink.beat();
	assert.equal(wiped, 1);
	assert.equal(there.batches, batches);
	assert.ok(["s1", "s2", "s3"].every((id) => there.facts.has(id)));
});

test("a beat asks although nothing waits, and is repeated until it was answered", async () => {
	const [store, there] = [memoryStore(), server()];
	there.refuse = 2;
	const uplink = new Uplink({ store, clocks: new Clocks(), post: there.post, sleep: async () => {} });
	await uplink.beat();
	assert.ok(there.batches >= 3);
	assert.equal(uplink.failures, 0);
});

test("an acknowledgement that falls offers everything again", async () => {
	const [store, there] = [memoryStore(), server()];
	let through = 5;
	const seen = [];
	const post = async (batch) => {
		seen.push(...batch.records.map((one) => one.scan_id));
		const reply = await there.post(batch);
		return { ...reply, body: { ...reply.body, ack_through: through } };
	};
	const uplink = new Uplink({ store, clocks: new Clocks(), post, sleep: async () => {} });
	await store.append((seq) => ({ scan_id: "a", device_seq: seq, kind: "ticket" }));
	await uplink.kick();
	through = 0;
	await uplink.beat();
	assert.equal(seen.filter((id) => id === "a").length, 2);
});
