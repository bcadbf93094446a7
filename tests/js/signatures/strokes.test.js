import assert from 'node:assert/strict';
import { test } from 'node:test';

import { add, read, written } from '../../../static/js/signatures/strokes.js';

test('what is drawn is written as the server reads it, kept inside of the field, and read back', () => {
	const stroke = [];
	assert.equal(add(stroke, 10.4, 20), true);
	assert.equal(add(stroke, 11, 21), false, 'too near to be seen');
	assert.equal(add(stroke, 700, -5), true);
	assert.equal(written([stroke, [[5, 5]]]), '10,20 600,0;5,5');
	assert.deepEqual(read('10,20 600,0;5,5'), [[[10, 20], [600, 0]], [[5, 5]]]);
	assert.deepEqual(read('<b>'), []);
});
