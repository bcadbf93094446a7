/* The moderator's clock. What is left of the session stands large; after its end the time over, until the next begins. */

import { clockOf, pulse } from "./pulse.js";
import { clockWords, itemsIn, overrun, split } from "./turns.js";

const SOON = 10 * 60_000;
const LAST = 2 * 60_000;
const PATIENCE = 30 * 60_000;

export function mount(root) {
	const face = document.querySelector("[data-face]");
	const clocks = [...document.querySelectorAll("[data-clock]")];
	pulse(root, { tick: (now) => show(root, face, clocks, now) });
}

function show(root, face, clocks, now) {
	for (const clock of clocks) write(clock, clockOf(now, clock.dataset.clock));
	const items = itemsIn(root);
	const { running, coming } = split(items, now);
	const late = overrun(items, now, PATIENCE);
	const current = running.find((item) => item.element.dataset.own) ?? running[0] ?? late;
	for (const item of items) {
		item.element.hidden = item !== current && !(item.starts > now);
		item.element.classList.toggle("current", item === current);
	}
	const next = current ? null : coming[0];
	const left = current ? current.ends - now : next ? next.starts - now : 0;
	write(face.querySelector("[data-count]"), current || next ? clockWords(left) : "–");
	write(face.querySelector("[data-what]"), face.dataset[late && current === late ? "late" : current ? "left" : next ? "until" : "none"]);
	face.dataset.tone = !current ? "" : left <= 0 ? "bad" : left <= LAST ? "bad" : left <= SOON ? "warn" : "ok";
	const whole = current ? current.ends - current.starts : 0;
	face.querySelector("rect").setAttribute("width", whole ? Math.max(0, Math.min(100, (100 * left) / whole)).toFixed(1) : "0");
}

function write(element, words) {
	if (element && element.textContent !== words) element.textContent = words;
}
