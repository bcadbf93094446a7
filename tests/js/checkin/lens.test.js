import assert from "node:assert/strict";
import { test } from "node:test";

import { stayAwake } from "../../../static/js/checkin/awake.js";
import { Lens } from "../../../static/js/checkin/lens.js";
import { signal, unlock } from "../../../static/js/checkin/signals.js";

/* A phone with cameras; those in `broken` do not open. */
function phone({ ids = ["back", "front"], broken = [], torch = true } = {}) {
	const notes = new Map();
	const made = { asked: [], stopped: 0, lit: [], notes };
	const track = (id) => ({
		stop: () => { made.stopped += 1; },
		getSettings: () => ({ deviceId: id }),
		getCapabilities: () => ({ torch: torch && id === "back" }),
		applyConstraints: async ({ advanced }) => { made.lit.push(advanced[0].torch); },
	});
	const media = {
		getUserMedia: async ({ video }) => {
			const id = video.deviceId?.exact ?? "back";
			made.asked.push(id);
			if (broken.includes(id)) throw new Error("NotReadableError");
			return { getVideoTracks: () => [track(id)] };
		},
		enumerateDevices: async () => ids.map((id) => ({ kind: "videoinput", deviceId: id, label: id })),
	};
	const kept = { noted: async (key) => notes.get(key), note: async (key, value) => notes.set(key, value) };
	return Object.assign(made, { lens: new Lens({ play: async () => {} }, kept, media) });
}

test("the camera chosen once is opened again next time", async () => {
	const made = phone();
	const { lens, asked, notes } = made;
	assert.equal(await lens.open(), true);
	await lens.choose("front");
	assert.equal(notes.get("camera"), "front");
	await lens.open();
	assert.deepEqual(asked, ["back", "front", "front"]);
	assert.deepEqual((await lens.choices()).map((one) => one.current), [false, true]);
	assert.equal(made.stopped, 2);
});

test("a camera that does not open any more gives way to the one at the back, and is not remembered", async () => {
	const { lens, asked, notes } = phone({ broken: ["front"] });
	notes.set("camera", "front");
	assert.equal(await lens.open(), true);
	assert.deepEqual(asked, ["front", "back"]);
	notes.clear();
	await lens.choose("front");
	assert.equal(notes.size, 0);
});

test("the light is offered where the camera has one", async () => {
	const { lens, lit } = phone();
	await lens.open();
	assert.equal(lens.hasLight, true);
	assert.equal(await lens.light(true), true);
	assert.deepEqual(lit, [true]);
	await lens.choose("front");
	assert.equal(lens.hasLight, false);
});

test("no camera is no error", async () => {
	assert.equal(await new Lens({}, { noted: async () => undefined }, {}).open(), false);
});

test("the screen is kept on, and asked for again when the page comes back", async () => {
	const asked = [];
	const page = { visibilityState: "visible", addEventListener: (_name, act) => { page.came = act; } };
	await stayAwake(page, { request: async (what) => asked.push(what) });
	page.visibilityState = "hidden";
	await page.came();
	page.visibilityState = "visible";
	await page.came();
	assert.deepEqual(asked, ["screen", "screen"]);
	await stayAwake(page, { request: async () => { throw new Error("NotAllowedError"); } });
});

test("the first touch opens the sound, before any verdict", () => {
	let resumed = 0;
	globalThis.AudioContext = class { currentTime = 0; resume() { resumed += 1; } };
	const heard = {};
	unlock({ addEventListener: (name, act, how) => { heard[name] = { act, how }; } });
	assert.equal(resumed, 0);
	heard.pointerdown.act();
	assert.equal(resumed, 1);
	assert.equal(heard.pointerdown.how.once, true);
	signal("ok"); // a browser that cannot play still shows the verdict
	delete globalThis.AudioContext;
});
