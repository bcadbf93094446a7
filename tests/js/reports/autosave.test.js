import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const stored = new Map();
globalThis.localStorage = {
	getItem: (key) => stored.get(key) ?? null,
	setItem: (key, value) => { stored.set(key, value); },
	removeItem: (key) => { stored.delete(key); },
};
const { forget, post, recall, remember } = await import('../../../static/js/reports/autosave.js');
const form = { action: '/report/text/cost' };

beforeEach(() => stored.clear());

test('what is written is kept with the version it was written over, until it has arrived', () => {
	remember('k', 'Rp0', '3');
	assert.deepEqual(recall('k'), { body: 'Rp0', seen: '3' });
	forget('k');
	assert.equal(recall('k'), null);
});

test('something else under our key, or no storage at all, is nothing', () => {
	for (const other of ['not json', '{"body": 7}', 'null']) {
		stored.set('k', other);
		assert.equal(recall('k'), null);
	}
	const whole = globalThis.localStorage;
	globalThis.localStorage = undefined;
	remember('k', 'x', '0');
	assert.equal(recall('k'), null);
	forget('k');
	globalThis.localStorage = whole;
});

test('an answer is told as it came: kept, another was quicker, no network, no answer of ours', async () => {
	const answers = [
		[{ ok: true, status: 200, json: async () => ({ version: 2 }) }, { ok: true, status: 200, told: { version: 2 } }],
		[{ ok: false, status: 409, json: async () => ({ body: 'lain' }) }, { ok: false, status: 409, told: { body: 'lain' } }],
		[{ ok: true, status: 200, json: async () => { throw new Error('html'); } }, { ok: false, status: 200, told: null }],
	];
	for (const [answer, told] of answers) {
		globalThis.fetch = async () => answer;
		assert.deepEqual(await post(form, 'teks', 1), told);
	}
	globalThis.fetch = async () => { throw new TypeError('network'); };
	assert.deepEqual(await post(form, 'teks', 1), { ok: false, status: 0, told: null });
});
