import assert from "node:assert/strict";
import { test } from "node:test";

import { posts } from "../../../static/js/checkin/post.js";

globalThis.Option = class {
	constructor(text, value) {
		Object.assign(this, { text, value });
	}
};

/* The form of the desk's page, as far as the module touches it, and the phone's notes. */
function made(list, kept) {
	const notes = new Map(kept ? [["post", kept]] : []);
	const listeners = [];
	const select = () => ({ value: "", disabled: false, parentElement: { hidden: false }, replaceChildren(...options) { this.options = options; this.value = options[0].value; } });
	const form = { hidden: true, elements: { place: select(), way: select() }, addEventListener: (_, act) => listeners.push(act) };
	const title = { textContent: "" };
	const root = { dataset: { posts: JSON.stringify(list), name: "Meja 1", place: "Hari 1" }, querySelectorAll: () => [title] };
	const moved = [];
	const store = { noted: async (key) => notes.get(key), note: async (key, value) => notes.set(key, value) };
	const started = posts({ root, part: () => form, store, words: { out_big: "KELUAR" }, onMove: async (id) => moved.push(id) });
	const choose = async (id, way) => {
		form.elements.place.value = id;
		if (way) form.elements.way.value = way;
		for (const act of listeners) await act();
	};
	return { form, root, title, notes, moved, started, choose };
}

const DAY = { id: "day", name: "Hari 1", way: "" };
const MEAL = { id: "meal", name: "Makan siang", way: "in" };
const EXIT = { id: "exit", name: "Pulang", way: "out" };

test("one post that only lets in asks nothing", async () => {
	const { form, moved, started } = made([MEAL]);
	await started;
	assert.equal(form.hidden, true);
	assert.deepEqual(moved, []);
});

test("one post with both ways asks for the way alone", async () => {
	const { form, root, title, started, choose } = made([DAY]);
	await started;
	assert.equal(form.hidden, false);
	assert.equal(form.elements.place.parentElement.hidden, true);
	await choose("day", "out");
	assert.equal(root.dataset.direction, "out");
	assert.equal(title.textContent, "Meja 1 · Hari 1 · KELUAR");
});

test("a post with one way fixes it, and every move is told and remembered", async () => {
	const { form, root, title, notes, moved, started, choose } = made([DAY, MEAL, EXIT]);
	await started;
	await choose("exit");
	assert.deepEqual([form.elements.way.value, form.elements.way.disabled], ["out", true]);
	await choose("meal");
	assert.deepEqual([root.dataset.direction, title.textContent], ["in", "Meja 1 · Makan siang"]);
	assert.deepEqual(moved, ["day", "exit", "meal"]);
	assert.deepEqual(notes.get("post"), { id: "meal", way: "in" });
});

test("the phone stands again where it stood, unless that is no post of its own any more", async () => {
	const there = made([DAY, EXIT], { id: "exit", way: "out" });
	await there.started;
	assert.deepEqual(there.moved, ["exit"]);
	const gone = made([DAY, EXIT], { id: "meal", way: "in" });
	await gone.started;
	assert.deepEqual(gone.moved, ["day"]);
});
