/* Lets an item be moved on the agenda's board by mouse, finger or keyboard. It only fills the little form that every
   item has and sends it: without scripts that form does the same. */

import { measure } from "./measure.js";
import { placeOf, show } from "./place.js";
import { mountDrag } from "./drag.js";
import { mountKeys } from "./keys.js";

export function mount(board) {
	const hint = document.createElement("p");
	hint.className = "sr";
	hint.setAttribute("role", "status");
	board.after(hint);
	for (const block of board.querySelectorAll("[data-block]")) {
		const form = block.querySelector("form");
		if (!form) continue;
		const first = placeOf(block);
		const card = {
			block,
			first,
			place: first,
			measure: () => measure(board),
			move(place) {
				this.place = show(block, form, place);
				hint.textContent = `${block.dataset.label}: ${block.querySelector("[data-times]").textContent}, ${place.name ?? ""}`;
			},
			reset() { this.move(first); },
			save() {
				const { starts, ends, lane } = this.place;
				if (starts !== first.starts || ends !== first.ends || lane !== first.lane) form.requestSubmit();
			},
		};
		const grip = document.createElement("button");
		grip.type = "button";
		grip.className = "grip";
		grip.setAttribute("aria-label", board.dataset.hint.replace("%(what)s", block.dataset.label));
		grip.textContent = "⠿";
		block.querySelector(".nudge").before(grip);
		mountDrag(card, grip);
		mountKeys(card, grip);
	}
}
