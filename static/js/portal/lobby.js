/* The lobby's list: what begins moves up, what ends goes away, and the clocks run, with or without a network. */

import { clockOf, pulse } from "./pulse.js";
import { itemsIn, split, turnOf } from "./turns.js";

const EACH = 12_000;

export function mount(root) {
	const clocks = [...document.querySelectorAll("[data-clock]")];
	pulse(root, { tick: (now) => show(root, clocks, now) });
}

function show(root, clocks, now) {
	for (const clock of clocks) write(clock, clockOf(now, clock.dataset.clock));
	const { running, coming, over } = split(itemsIn(root), now);
	const [nowPart, nextPart] = ["now", "next"].map((name) => root.querySelector(`[data-part=${name}]`));
	const wall = Number(root.dataset.wall ?? 0);
	for (const item of over) item.element.hidden = true;
	const turn = turnOf(running.length, wall || Infinity, now, EACH);
	place(nowPart, running, wall ? (index) => index >= turn.first && index < turn.last : () => true, root, now);
	write(nowPart.querySelector("[data-turn]"), turn.groups > 1 ? root.dataset.turn.replace("{n}", turn.group + 1).replace("{all}", turn.groups) : "");
	const room = wall ? Math.max(1, wall - Math.min(running.length, wall)) : 12;
	place(nextPart, coming, (index) => index < room, root, now);
	if (root.firstElementChild.dataset.on !== String(Math.min(running.length, 4))) root.firstElementChild.dataset.on = Math.min(running.length, 4);
}

function place(part, items, isShown, root, now) {
	const list = part.querySelector("ol");
	items.forEach(({ element, starts, ends }, index) => {
		if (element.parentElement !== list) list.append(element);
		element.hidden = !isShown(index);
		const minutes = Math.ceil((starts <= now ? ends - now : starts - now) / 60_000);
		const words = starts <= now ? root.dataset.left : minutes <= 90 ? root.dataset.soon : "";
		write(element.querySelector("[data-minutes]"), words.replace("{n}", minutes));
	});
	const none = part.querySelector("[data-none]");
	if (none) none.hidden = items.length > 0;
}

function write(element, words) {
	if (element && element.textContent !== words) element.textContent = words;
}
