/* By keyboard, on the grip: arrows move, Shift with an arrow changes the length, Enter saves, Escape takes it back. */

import { SNAP, shifted, stretched } from "./place.js";

const BY = { ArrowUp: -SNAP, ArrowDown: SNAP };
const ASIDE = { ArrowLeft: -1, ArrowRight: 1 };

export function mountKeys(card, grip) {
	grip.addEventListener("keydown", (event) => {
		if (event.key in BY) card.move((event.shiftKey ? stretched : shifted)(card.place, BY[event.key]));
		else if (event.key in ASIDE) card.move(beside(card, ASIDE[event.key]));
		else if (event.key === "Enter" || event.key === " ") card.save();
		else if (event.key === "Escape") card.reset();
		else return;
		event.preventDefault();
	});
}

function beside(card, step) {
	const { rooms } = card.measure();
	if (card.place.lane === null) return card.place;
	const here = rooms.findLastIndex((room) => room.lane <= card.place.lane);
	const room = rooms[Math.min(Math.max(here + step, 0), rooms.length - 1)];
	return { ...card.place, lane: room.lane, room: room.room, name: room.name };
}
