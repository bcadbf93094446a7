import assert from "node:assert/strict";
import { test } from "node:test";

import { newScanId } from "../../../static/js/checkin/scan_ids.js";

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id is a UUID of version 7, whatever the clock says", () => {
	for (const clock of [0, 1, 1_790_000_000_000.7, -5, 2 ** 48 - 1, 2 ** 52]) assert.match(newScanId(clock), SHAPE);
	assert.match(newScanId(), SHAPE);
});

test("a later id sorts later, and its first figures are the moment", () => {
	const moments = [5, 1_790_000_000_000, 1_790_000_000_001, 1_900_000_000_000];
	const ids = moments.map((moment) => newScanId(moment));
	assert.deepEqual([...ids].sort(), ids);
	assert.deepEqual(ids.map((id) => parseInt(id.replace("-", "").slice(0, 12), 16)), moments);
});

test("ids of one moment differ", () => {
	assert.equal(new Set(Array.from({ length: 5000 }, () => newScanId(7))).size, 5000);
});
