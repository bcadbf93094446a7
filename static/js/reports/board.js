/* The wall: its clock runs by itself, its numbers come anew as soon as they change; a list shows what has room. */

import { clockOf, pulse } from "../portal/pulse.js";

export function mount(root) {
	const clocks = [...document.querySelectorAll("[data-clock]")];
	pulse(root, { tick: (now) => {
		for (const clock of clocks) {
			const words = clockOf(now, clock.dataset.clock);
			if (clock.textContent !== words) clock.textContent = words;
		}
		for (const list of root.querySelectorAll(".board-list")) fit(list);
	} });
}

/* from the end on, rows that do not fit wholly are not shown; a screen that scrolls shows all */
function fit(list) {
	const box = list.parentElement;
	const rows = [...list.children];
	for (const row of rows) row.hidden = false;
	if (getComputedStyle(box).overflow !== "hidden") return;
	while (rows.length > 1 && box.scrollHeight > box.clientHeight) rows.pop().hidden = true;
}
