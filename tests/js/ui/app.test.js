import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mountAll } from '../../../static/js/app.js';

const element = (module) => ({ dataset: { module }, querySelector: () => null });
const root = (...elements) => ({ querySelectorAll: () => elements });
globalThis.Element ??= class {};

test('a name that is no behaviour of ours is never loaded', async () => {
	const errors = [];
	const before = console.error;
	console.error = (...words) => errors.push(words);
	await mountAll(root(element('../../evil'), element('https://evil.example/x'), element('ui/../x'), element('copy')));
	console.error = before;
	assert.deepEqual(errors, []);
});

test('an unknown behaviour is reported and may be mounted again after the next swap', async () => {
	const errors = [];
	const before = console.error;
	console.error = (...words) => errors.push(words[0]);
	const wanting = element('ui/nothing_here');
	await mountAll(root(wanting));
	await mountAll(root(wanting));
	console.error = before;
	assert.deepEqual(errors, ['data-module ui/nothing_here', 'data-module ui/nothing_here']);
});
