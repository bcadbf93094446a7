/* By mouse or finger: the grip (or the block itself) moves an item, its lower edge changes how long it lasts. */

import { SNAP, shifted, stretched } from "./place.js";

const STARTS_AT = 4;

export function mountDrag(card, grip) {
	const edge = document.createElement("span");
	edge.className = "edge";
	edge.setAttribute("aria-hidden", "true");
	card.block.append(edge);
	pull(card, grip, move);
	pull(card, edge, (card, from, by) => stretched(from, by));
	pull(card, card.block, move, (event) => event.pointerType !== "mouse" || event.target.closest("a, button, summary, form, .edge"));
}

function move(card, from, by, room) {
	const moved = shifted(from, by);
	return card.first.lane === null ? moved : { ...moved, lane: room.lane, room: room.room, name: room.name };
}

function pull(card, handle, change, refuses = () => false) {
	handle.addEventListener("pointerdown", (event) => {
		if (event.button !== 0 || refuses(event)) return;
		event.stopPropagation();
		const from = card.place;
		const seen = card.measure();
		const began = seen.minuteAt(event.clientY);
		const { clientX, clientY } = event;
		let lifted = false;
		const follow = (next) => {
			if (!lifted && Math.hypot(next.clientX - clientX, next.clientY - clientY) < STARTS_AT) return;
			lifted = true;
			card.block.classList.add("lifted");
			const by = Math.round((seen.minuteAt(next.clientY) - began) / SNAP) * SNAP;
			card.move(change(card, from, by, seen.roomAt(next.clientX)));
		};
		const end = (last) => {
			stop.abort();
			card.block.classList.remove("lifted");
			if (last.type === "pointerup") card.save();
			else card.reset();
		};
		const stop = new AbortController();
		const { signal } = stop;
		addEventListener("pointermove", follow, { signal });
		addEventListener("pointerup", end, { signal });
		addEventListener("pointercancel", end, { signal });
		addEventListener("keydown", (key) => { if (key.key === "Escape") end(key); }, { signal });
		if (handle !== card.block) event.preventDefault();
		grabFocus(handle);
	});
}

function grabFocus(handle) {
	if (handle.matches("button")) handle.focus({ preventScroll: true });
}
