import assert from 'node:assert/strict';
import { test } from 'node:test';

const { folded, offerTwins } = await import('../../../static/js/seats/twins.js');

function seat(name, as = '') {
	return { typed: { name, as }, offer(earlier) { this.earlier = earlier; } };
}

test('titles behind, capitals, accents and blanks do not count', () => {
	assert.equal(folded('Zaïnal  ABIDIN Contoh, S.E., M.Si.'), folded('zainal abidin contoh'));
	assert.notEqual(folded('Agustina Contoh'), folded('Agustinus Contoh'));
	assert.notEqual(folded('محمد'), '');
});

test('the second of two equal names is offered, the first and the empty ones are not', () => {
	const seats = [seat('Agustina Contoh'), seat(''), seat('AGUSTINA CONTOH, S.E.'), seat('')];
	offerTwins(seats, () => {});
	assert.equal(seats[2].earlier, seats[0]);
	assert.deepEqual([0, 1, 3].map((n) => seats[n].earlier), [undefined, undefined, undefined]);
});

test('who is joined already is not offered again', () => {
	const seats = [seat('Agustina Contoh'), seat('Agustina Contoh', 'the first seat')];
	offerTwins(seats, () => {});
	assert.equal(seats[1].earlier, undefined);
});
