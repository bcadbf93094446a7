import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { GREEN_MS, Screen } from "../../../static/js/checkin/screen.js";

function element(parts = []) {
	const heard = {};
	return {
		hidden: true, dataset: {}, heard,
		addEventListener: (name, act) => { heard[name] = act; },
		querySelectorAll: (asked) => (asked === "[data-choice]" ? parts : []),
		contains: (target) => target === "inside",
		focus: () => {},
	};
}

function screen() {
	const [section, ready, spoken] = [element(), { hidden: false }, {}];
	const choices = Object.assign(element([{ dataset: { choice: "insist" } }]), { elements: { reason: { value: "atas izin panitia" } } });
	return { section, ready, choices, screen: new Screen(section, ready, spoken, choices) };
}

test("green makes ready again by itself after a second, and not before", async () => {
	mock.timers.enable({ apis: ["setTimeout"] });
	try {
		const { section, ready, screen: shown } = screen();
		const gone = shown.show("in", { tone: "ok", big: "MASUK" });
		mock.timers.tick(GREEN_MS - 1);
		assert.deepEqual([section.hidden, ready.hidden], [false, true]);
		mock.timers.tick(1);
		assert.deepEqual([section.hidden, ready.hidden], [true, false]);
		assert.equal(await gone, undefined);
		assert.ok(GREEN_MS <= 1200);
	} finally {
		mock.timers.reset();
	}
});

test("amber and red wait for a touch, however long", async () => {
	mock.timers.enable({ apis: ["setTimeout"] });
	try {
		for (const tone of ["warn", "bad"]) {
			const { section, screen: shown } = screen();
			const gone = shown.show("already", { tone }, ["insist"]);
			mock.timers.tick(3_600_000);
			assert.equal(section.hidden, false);
			section.heard.click({ target: "inside" });
			assert.equal(section.hidden, false);
			section.heard.click({ target: "elsewhere" });
			assert.equal(section.hidden, true);
			assert.equal(await gone, undefined);
		}
	} finally {
		mock.timers.reset();
	}
});

test("a choice closes the screen and tells what was chosen and why", async () => {
	const { choices, screen: shown } = screen();
	const gone = shown.show("old_card", { tone: "bad" }, ["insist"]);
	assert.equal(choices.hidden, false);
	choices.heard.submit({ preventDefault: () => {}, submitter: { value: "insist" } });
	assert.deepEqual(await gone, { act: "insist", reason: "atas izin panitia" });
	shown.show("other_event", { tone: "bad" });
	assert.equal(choices.hidden, true);
});
