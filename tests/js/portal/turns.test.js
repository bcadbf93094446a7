import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clockWords, groupsOf, overrun, split, turnOf } from '../../../static/js/portal/turns.js';

const item = (starts, ends) => ({ starts, ends });

test('an item is on from its beginning to its end, and over at its end', () => {
	const [first, second] = [item(0, 10), item(10, 20)];
	const at = (now) => split([first, second], now);
	assert.deepEqual(at(0).running, [first]);
	assert.deepEqual(at(9).running, [first]);
	assert.deepEqual(at(10).running, [second]);
	assert.deepEqual(at(10).over, [first]);
	assert.deepEqual(at(-1).coming, [first, second]);
	assert.deepEqual(at(20).running, []);
});

test('a session overruns until the next begins, and only for a while', () => {
	const items = [item(0, 10), item(15, 20)];
	assert.equal(overrun(items, 12, 30), items[0]);
	assert.equal(overrun(items, 16, 30), null);
	assert.equal(overrun(items, 25, 30), items[1]);
	assert.equal(overrun(items, 60, 30), null);
	assert.equal(overrun([], 1, 30), null);
});

test('a list is shown in groups of about the same length, all of it, each once', () => {
	for (let count = 0; count <= 20; count += 1) {
		for (const size of [1, 2, 3, 5, Infinity]) {
			const groups = groupsOf(count, size);
			const seen = groups.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, n) => first + n));
			assert.deepEqual(seen, Array.from({ length: count }, (_, n) => n));
			assert.ok(groups.every(({ first, last }) => last - first <= size));
		}
	}
	assert.deepEqual(groupsOf(6, 5).map(({ first, last }) => last - first), [3, 3]);
});

test('groups take turns', () => {
	const groups = groupsOf(5, 2);
	assert.deepEqual([0, 11, 12, 24, 36].map((now) => turnOf(groups, now, 12).number), [1, 1, 2, 3, 1]);
});

test('a time left is said in minutes and seconds, with hours where there are any', () => {
	assert.equal(clockWords(0), '00.00');
	assert.equal(clockWords(61_999), '01.01');
	assert.equal(clockWords(3_905_000), '1.05.05');
	assert.equal(clockWords(-61_000), '01.01');
});
