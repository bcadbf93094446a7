/* After one scan: how many of the same office are missing, and with a network who, each a touch. Without one the phone
   knows the number only: whose tickets those are it cannot read. */

import { ask, line } from "./found.js";

export class Colleagues {
	#ref = "";

	constructor(desk) {
		this.desk = desk;
		desk.part("colleagues_who").addEventListener("click", () => this.#list());
	}

	/* Somebody came: say who of theirs is missing. */
	async after(ref, office) {
		const { part, words, roster, store } = this.desk;
		const missing = [];
		for (const one of roster.missing(ref)) if (!(await store.knows(one))) missing.push(one);
		this.#ref = ref;
		part("colleagues").hidden = !missing.length;
		part("colleagues_list").replaceChildren();
		const said = office ? words.colleagues_of.replace("{office}", office) : words.colleagues;
		part("colleagues_words").textContent = said.replace("{n}", missing.length);
	}

	async #list() {
		const { desk } = this;
		const { part, words } = desk;
		const found = await ask(`/scan/v1/colleagues?ref=${this.#ref}`);
		if (found.problem) part("colleagues_words").textContent = words[found.problem];
		const lines = (found.people ?? []).map((person) => line(person, async (event) => {
			event.target.closest("li").remove();
			await desk.mark(person, words.colleague_here);
		}));
		part("colleagues_list").replaceChildren(...lines);
	}
}
