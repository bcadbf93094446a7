/* The lobby's list: what begins moves up, what ends goes away, and the clocks run, with or without a network. A wall
   shows as many as have room: those that are on take turns, of those to come the first remain. */

import { clockOf, pulse } from "./pulse.js";
import { groupsOf, itemsIn, split, turnOf } from "./turns.js";

const EACH = 12_000;
const LISTED = 12;
let fitted = { key: "" };

export function mount(root) {
	const clocks = [...document.querySelectorAll("[data-clock]")];
	const most = Number(root.dataset.wall ?? 0);
	pulse(root, { tick: (now) => {
		for (const clock of clocks) write(clock, clockOf(now, clock.dataset.clock));
		const { running, coming, over } = split(itemsIn(root), now);
		for (const item of over) item.element.hidden = true;
		const room = most ? fit(root, running, coming, most, now) : { on: Infinity, next: LISTED };
		show(root, running, coming, room, now, turnOf(groupsOf(running.length, room.on), now, EACH));
	} });
}

/* fewer rows until the wall holds them; found anew only when something else is to be shown */
function fit(root, running, coming, most, now) {
	const shown = [...running, ...coming].map((item) => item.starts);
	const key = [root.dataset.version, running.length, shown, innerWidth, innerHeight, document.fonts?.status].join();
	if (fitted.key === key) return fitted.room;
	const room = { on: most, next: most };
	const tooTall = () => groupsOf(running.length, room.on).some((group) => {
		show(root, running, coming, room, now, group);
		return document.body.scrollHeight > innerHeight;
	});
	while (room.next > 1 && tooTall()) room.next -= 1;
	while (room.on > 1 && tooTall()) room.on -= 1;
	fitted = { key, room };
	return room;
}

function show(root, running, coming, room, now, turn) {
	const [nowPart, nextPart] = ["now", "next"].map((name) => root.querySelector(`[data-part=${name}]`));
	root.firstElementChild.dataset.on = Math.min(running.length, 4);
	place(nowPart, running, (index) => index >= turn.first && index < turn.last, root, now);
	place(nextPart, coming, (index) => index < room.next, root, now);
	const words = turn.of > 1 ? root.dataset.turn.replace("{n}", turn.number).replace("{all}", turn.of) : "";
	write(nowPart.querySelector("[data-turn]"), words);
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
	part.querySelector("[data-none]").hidden = items.length > 0;
}

function write(element, words) {
	if (element.textContent !== words) element.textContent = words;
}
