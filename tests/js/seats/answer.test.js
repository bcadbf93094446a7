import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

const stored = new Map();
globalThis.localStorage = {
	getItem: (key) => stored.get(key) ?? null,
	setItem: (key, value) => { stored.set(key, value); },
	removeItem: (key) => { stored.delete(key); },
};
globalThis.window = new EventTarget();
globalThis.FormData = class { constructor() { return [['name-1', 'Agustina Contoh']]; } };
const { forget, keep, read } = await import('../../../static/js/seats/draft.js');
const { send } = await import('../../../static/js/seats/send.js');

beforeEach(() => stored.clear());

test('a draft is kept, read and forgotten', () => {
	keep('k', { a: { name: 'Agustina' } });
	assert.deepEqual(read('k').seats, { a: { name: 'Agustina' } });
	forget('k');
	assert.equal(stored.size, 0);
});

test('a sending that was on its way keeps its own key', () => {
	keep('k', { a: {} }, { sending: 'the key', own: { phone: '0812' } });
	assert.equal(read('k').sending, 'the key');
	assert.equal(read('k').own.phone, '0812');
});

test('a draft is kept for a week, then it is gone from the phone', () => {
	const week = 7 * 24 * 3600 * 1000;
	keep('k', { a: {} }, {}, 1000);
	assert.deepEqual(read('k', 1000 + week - 1).seats, { a: {} });
	assert.deepEqual(read('k', 1000 + week).seats, {});
	assert.equal(stored.size, 0);
});

test('a broken draft is no draft', () => {
	for (const broken of ['{', 'null', '{}', '[]', '7']) {
		stored.set('k', broken);
		assert.deepEqual(read('k').seats, {});
	}
});

test('a full or missing storage breaks nothing', () => {
	const set = mock.method(globalThis.localStorage, 'setItem', () => { throw new Error('full'); });
	keep('k', { a: {} });
	set.mock.restore();
	assert.deepEqual(read('k').seats, {});
});

test('a sending is tried again until there is an answer, the same words each time', async () => {
	const bodies = [];
	const outcomes = [() => { throw new TypeError('network'); }, () => ({ status: 503 }), () => ({ status: 429 }), () => ({ status: 422 })];
	globalThis.fetch = async (_, { body }) => { bodies.push(String(body)); return outcomes.shift()(); };
	let waits = 0;
	const answer = await send({ action: '/o/x' }, () => {
		waits += 1;
		setImmediate(() => window.dispatchEvent(new Event('online')));
	});
	assert.equal(answer.status, 422);
	assert.equal(waits, 3);
	assert.equal(new Set(bodies).size, 1);
});
