import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

process.env.TZ = 'Asia/Kolkata';
const { mount } = await import('../../../static/js/registrations/own_time.js');

const element = (...shown) => {
	const children = shown.map((textContent) => ({ textContent }));
	return {
		children,
		dataset: { start: '2026-11-24T01:00:00+00:00', end: '2026-11-24T03:00:00+00:00', words: 'di jam perangkat ini' },
		append: (extra) => children.push(extra),
		get text() {
		  return children.map((child) => child.textContent).join('');
		},
	};
};

beforeEach(() => {
	process.env.TZ = 'Asia/Kolkata';
	globalThis.document = { documentElement: { lang: 'id' }, createElement: () => ({}) };
});

test('a device in a third zone adds its own time and hides nothing', () => {
	const times = element('10.00–12.00 WIT', '(08.00–10.00 WIB)');
	mount(times);
	assert.equal(times.text, '10.00–12.00 WIT(08.00–10.00 WIB) · 06.30–08.30 di jam perangkat ini');
});

test('a device in the own zone or the event’s adds nothing', () => {
	for (const zone of ['Asia/Jayapura', 'Asia/Jakarta']) {
		process.env.TZ = zone;
		const times = element('10.00–12.00 WIT', '(08.00–10.00 WIB)');
		mount(times);
		assert.equal(times.children.length, 2, zone);
	}
});

test('a time that cannot be read adds nothing', () => {
	const times = element('waktu tidak tercatat');
	times.dataset.start = '';
	mount(times);
	assert.equal(times.children.length, 1);
});
