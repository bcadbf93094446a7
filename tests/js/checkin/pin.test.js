import assert from "node:assert/strict";
import { test } from "node:test";

import { Pin, good, pauseAfter } from "../../../static/js/checkin/pin.js";

function phone(enrolled = "1") {
	const notes = new Map();
	const time = { at: 1_000_000 };
	const kept = { noted: async (key) => notes.get(key), note: async (key, value) => notes.set(key, structuredClone(value)) };
	const open = (which = enrolled) => new Pin({ notes: kept, enrolled: which, wall: () => time.at, rounds: 1000 });
	return { notes, time, open, pin: open() };
}

test("a right PIN opens, a wrong one does not, and no PIN lies in the notes", async () => {
	const { pin, notes } = phone();
	assert.equal(await pin.opens("whatever"), true); // none is set
	await pin.set("2468");
	assert.equal(await pin.opens("2469"), false);
	assert.equal(await pin.opens("2468"), true);
	assert.ok(!JSON.stringify([...notes]).includes("2468"));
});

test("pauses grow with wrong tries and outlive the page", async () => {
	const { pin, time, open } = phone();
	await pin.set("2468");
	for (let tries = 0; tries < 3; tries += 1) assert.equal(await pin.opens("1111"), false);
	assert.equal(await pin.wait(), 30_000);
	const again = open(); // the page is opened anew
	assert.equal(await again.opens("2468"), false); // not even the right one, until the pause is over
	time.at += 30_000;
	assert.equal(await again.opens("1111"), false);
	assert.equal(await again.wait(), 60_000);
	time.at -= 10 * 3600_000; // a clock that is set back lengthens nothing
	assert.equal(await again.wait(), 60_000);
	time.at += 10 * 3600_000 + 60_000;
	assert.equal(await again.opens("2468"), true);
	assert.equal(await again.wait(), 0);
});

test("a try that is cut off was a try", async () => {
	const { pin, notes } = phone();
	await pin.set("2468");
	const { deriveBits } = crypto.subtle;
	crypto.subtle.deriveBits = async () => { throw new Error("the page was closed"); };
	await assert.rejects(pin.opens("1111"));
	crypto.subtle.deriveBits = deriveBits;
	assert.equal(notes.get("pin").tries, 1);
});

test("a phone that is enrolled anew has no PIN", async () => {
	const { pin, open } = phone("1");
	await pin.set("2468");
	assert.equal(await open("2").kept(), null);
	assert.notEqual(await open("1").kept(), null);
});

test("pauses end at a quarter of an hour; a PIN is 4 to 8 digits, not all alike", () => {
	assert.deepEqual([0, 2, 3, 4, 8, 20].map(pauseAfter), [0, 0, 30_000, 60_000, 900_000, 900_000]);
	assert.deepEqual(["2468", "12345678", "1111", "123", "123456789", "12a4"].map(good), [true, true, false, false, false, false]);
});
