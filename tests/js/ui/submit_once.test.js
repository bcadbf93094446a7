import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

globalThis.window = new EventTarget();
mock.timers.enable({ apis: ['setTimeout'] });
const { mount } = await import('../../../static/js/ui/submit_once.js');

class Form extends EventTarget {
	dataset = {};
	attributes = {};
	setAttribute(name, value) { this.attributes[name] = value; }
	removeAttribute(name) { delete this.attributes[name]; }
}

function formThatCounts() {
	const form = new Form();
	form.sent = 0;
	mount(form);
	form.addEventListener('submit', (event) => { if (!event.defaultPrevented) form.sent += 1; });
	return form;
}

const submit = (form) => form.dispatchEvent(new Event('submit', { cancelable: true }));

test('a double click is sent once', () => {
	const form = formThatCounts();
	assert.equal(submit(form), true);
	assert.equal(submit(form), false);
	assert.equal(form.sent, 1);
	assert.equal(form.attributes['aria-busy'], 'true');
});

test('a retry after an answer is sent, good or bad', () => {
	const form = formThatCounts();
	submit(form);
	form.dispatchEvent(new Event('htmx:afterRequest'));
	submit(form);
	assert.equal(form.sent, 2);
});

test('a retry after coming back to the page is sent', () => {
	const form = formThatCounts();
	submit(form);
	window.dispatchEvent(new Event('pageshow'));
	submit(form);
	assert.equal(form.sent, 2);
});

test('a retry after a silent failure is sent ten seconds later', () => {
	const form = formThatCounts();
	submit(form);
	mock.timers.tick(9_999);
	assert.equal(submit(form), false);
	mock.timers.tick(1);
	submit(form);
	assert.equal(form.sent, 2);
});
