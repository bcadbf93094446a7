import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seats, sum, words } from '../../../static/js/seats/matrix.js';

test('only a small whole number counts', () => {
	assert.deepEqual(['2', ' 3 ', '', '-1', '1,5', 'dua', '9999'].map(seats), [2, 3, 0, 0, 0, 0, 0]);
});

test('a level sums its own fields', () => {
	const fields = { regency: [{ value: '1' }, { value: '2' }, { value: 'x' }], province: [{ value: '5' }] };
	const form = { querySelectorAll: (wanted) => fields[/data-level="(\w+)"/.exec(wanted)[1]] };
	assert.equal(sum(form, 'regency'), 3);
	assert.equal(sum(form, 'province'), 5);
});

test('the words carry the numbers as the language writes them', () => {
	const pattern = '{one} kursi × {offices} kantor = {all} kursi';
	assert.equal(words(pattern, 6, 514, 'id'), '6 kursi × 514 kantor = 3.084 kursi');
	assert.equal(words('{all} seats', 6, 514, 'en'), '3,084 seats');
});
