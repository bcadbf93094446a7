import assert from "node:assert/strict";
import { test } from "node:test";

import { Clocks } from "../../../static/js/checkin/clocks.js";

function clocks() {
	const now = { wall: 1_000_000, mono: 100 };
	let id = 0;
	const made = new Clocks({ wall: () => now.wall, mono: () => now.mono, newId: () => `s${(id += 1)}` });
	const pass = (milliseconds) => {
		now.wall += milliseconds;
		now.mono += milliseconds;
	};
	return { now, made, pass };
}

test("a stretch in which both clocks run together is one segment", () => {
	const { made, pass } = clocks();
	pass(5000);
	assert.deepEqual(made.stamp(), { t_wall: 1_005_000, t_mono: 5100, segment: "s1" });
});

test("a changed wall clock or a sleep begins a new segment", () => {
	const { now, made, pass } = clocks();
	now.wall += 3_600_000;
	assert.equal(made.stamp().segment, "s2");
	pass(1000);
	assert.equal(made.stamp().segment, "s2");
	now.wall += 1001;
	assert.equal(made.stamp().segment, "s3");
});

test("slow drift is no jump", () => {
	const { now, made, pass } = clocks();
	for (let tick = 0; tick < 100; tick += 1) {
		pass(1000);
		now.wall += 50;
		made.tick();
	}
	assert.equal(made.stamp().segment, "s1");
});

test("only a surer clock record is written, and each segment has its own", () => {
	const { now, made, pass } = clocks();
	pass(1000);
	assert.deepEqual(made.heard(2_000_000, now.mono - 200, now.mono), {
		server_time: 2_000_000, rtt: 200, t_wall: 1_000_900, t_mono: 1000, segment: "s1",
	});
	assert.equal(made.heard(2_000_000, now.mono - 190, now.mono), null);
	assert.equal(made.heard(2_000_000, now.mono - 100, now.mono).rtt, 100);
	now.wall += 60_000;
	assert.equal(made.heard(2_000_000, now.mono - 500, now.mono).segment, "s2");
	assert.ok(made.skew < 0);
});
