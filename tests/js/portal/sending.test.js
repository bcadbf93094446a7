import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

globalThis.FormData = class { constructor(form) { this.form = form; } get(name) { return this.form.fields[name] ?? null; } };
globalThis.addEventListener = () => {};
const { send } = await import('../../../static/js/portal/sending.js');

const SEGMENT = 1000;
const form = { fields: { item_id: 'i', material_id: '' }, dataset: { uploads: '/s/t/uploads' } };
const bytes = new Uint8Array(7_321).map((_, place) => place % 251);
const file = new File([bytes], 'paparan.pptx');

/* a server that keeps what comes; `trouble` may break a request before or after it was taken */
function server(trouble = () => {}) {
	const kept = { content: [], digest: '', requests: [] };
	const answer = (body, status = 200) => ({ ok: status < 300, status, json: async () => body });
	const fetching = async (url, { body }) => {
		kept.requests.push(url);
		const before = trouble(kept.requests.length, 'before');
		if (before) return before;
		let said;
		if (url === form.dataset.uploads) {
			kept.digest = body.get('digest');
			said = answer({ url: '/s/t/uploads/u', arrived: kept.content.length, segment: SEGMENT, most: SEGMENT * 4 });
		} else if (url.endsWith('/completion')) {
			said = kept.content.length === file.size ? answer({ done: '/s/t#i' }) : answer({ arrived: kept.content.length }, 409);
		} else {
			const start = Number(url.split('from=')[1]);
			const part = [...new Uint8Array(await body.arrayBuffer())];
			if (start === kept.content.length) kept.content.push(...part);
			said = answer({ arrived: kept.content.length });
		}
		trouble(kept.requests.length, 'after');
		return said;
	};
	return { kept, fetching, answer };
}

const quick = { resting: async () => {} };

test('a file arrives whole, with its digest, in parts that grow on a good line', async () => {
	const { kept, fetching } = server();
	const answer = await send(file, form, () => {}, { fetching, ...quick });
	assert.deepEqual(answer, { done: '/s/t#i' });
	assert.deepEqual(kept.content, [...bytes]);
	assert.equal(kept.digest, createHash('sha256').update(bytes).digest('hex'));
	assert.ok(kept.requests.length < 2 + Math.ceil(bytes.length / SEGMENT));
});

test('whatever request breaks, before or after it was taken, the file arrives once and whole', async () => {
	for (const when of ['before', 'after']) {
		for (let broken = 1; broken < 8; broken += 1) {
			const { kept, fetching } = server((number, moment) => {
				if (moment === when && number === broken) throw new TypeError('network');
			});
			const states = [];
			await send(file, form, (state) => states.push(state), { fetching, ...quick });
			assert.deepEqual(kept.content, [...bytes], `${when} ${broken}`);
		}
	}
});

test('a server that rests is asked again; a word of refusal ends it', async () => {
	const resting = server((number, moment) => (moment === 'before' && number < 4 ? resting.answer({}, 503) : null));
	const waited = [];
	await send(file, form, () => {}, { fetching: resting.fetching, resting: async (seconds) => waited.push(seconds) });
	assert.deepEqual(waited, [1, 2, 4]);
	const full = server((number, moment) => (moment === 'before' ? full.answer({ problem: 'penuh' }, 422) : null));
	assert.deepEqual(await send(file, form, () => {}, { fetching: full.fetching, ...quick }), { problem: 'penuh' });
	const gone = server((number, moment) => (moment === 'before' && number === 3 ? gone.answer({}, 404) : null));
	await assert.rejects(send(file, form, () => {}, { fetching: gone.fetching, ...quick }));
});

test('what arrived on another day is not sent again', async () => {
	const { kept, fetching } = server();
	kept.content.push(...bytes.slice(0, SEGMENT * 3));
	await send(file, form, () => {}, { fetching, ...quick });
	assert.deepEqual(kept.content, [...bytes]);
	assert.equal(kept.requests[1], '/s/t/uploads/u?from=3000');
});
