import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between } from '../../../static/js/minutes/places.js';

const first = () => 0n;
const last = (below) => below - 1n;

test('a place lies between its neighbours, whatever is drawn', () => {
	for (const draw of [first, last, undefined]) {
		const words = [between('', '', draw)];
		for (let n = 0; n < 200; n += 1) {
			const at = (n * 7) % (words.length + 1);
			const [before, after] = [words[at - 1] ?? '', words[at] ?? ''];
			const word = between(before, after, draw);
			assert.ok(before < word, `${before} < ${word}`);
			assert.ok(!after || word < after, `${word} < ${after}`);
			words.splice(at, 0, word);
		}
	}
});

test('words stay short where one writes on, and the same place twice is no error', () => {
	let word = '';
	for (let n = 0; n < 500; n += 1) word = between(word, '', last);
	assert.equal(word.length, 8);
	assert.ok(between('abc', 'abc') > 'abc');
	assert.equal(between('z'.repeat(250), '').length, 250);
});

/* drawn with 0 and with the greatest number by rakor/minutes/rules/places.py */
test('the server puts notes at the same places', () => {
	assert.equal(between('', '', first), '00000001');
	const told = [
		['', '', '00000001', '00010000'],
		['b0000000', 'd0000000', 'b0000001', 'b28zzzzz'],
		['i', 'j', 'i0000001', 'i14hzzzz'],
		['00000001', '00000002', '0000000100000001', '0000000114hzzzzz'],
		['zzzzzzzz', '', 'zzzzzzzz0001', 'zzzzzzzzzzzz'],
	];
	for (const [before, after, least, most] of told) {
		assert.equal(between(before, after, first), least);
		assert.equal(between(before, after, last), most);
	}
});
