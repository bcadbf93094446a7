import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { ALPHABET, parse, refOf } from '../../../static/js/checkin/code.js';

const world = JSON.parse(readFileSync(new URL('../../checkin/code_vectors.json', import.meta.url)));

test('every shared vector gives its known answer', async () => {
  const found = new Map();
  for (const ticket of world.tickets) found.set(await refOf(ticket.code), ticket.state);
  assert.equal(world.vectors.length, 1000);
  for (const vector of world.vectors) {
    const read = parse(vector.text, vector.typed);
    assert.equal(read.problem ?? 'good', vector.expect, JSON.stringify(vector.text));
    if (vector.ref === null) continue;
    const ref = await refOf(read.code);
    assert.equal(ref, vector.ref);
    assert.equal(found.get(ref) ?? 'unknown', vector.found);
  }
});

test('a wrong character or an exchange of any two is caught', () => {
  const code = world.tickets[0].code;
  for (let at = 1; at < 20; at += 1) {
    for (const other of ALPHABET) {
      if (other === code[at]) continue;
      assert.equal(parse(code.slice(0, at) + other + code.slice(at + 1), false).problem, 'check');
    }
    for (let to = at + 1; to < 20; to += 1) {
      if (code[at] === code[to]) continue;
      const places = [...code];
      [places[at], places[to]] = [places[to], places[at]];
      assert.equal(parse(places.join(''), false).problem, 'check');
    }
  }
});
