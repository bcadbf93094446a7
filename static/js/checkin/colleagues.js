/* After one scan: how many of the same office are missing, and with a network, or while "mode daftar" is open,
   who, each a touch. Otherwise the phone knows the number only: whose tickets those are it cannot read. */

import { ask, line } from "./found.js";

export class Colleagues {
	#ref = "";
	#office = "";

	constructor(desk) {
		this.desk = desk;
		desk.part("colleagues_who").addEventListener("click", () => this.#list());
	}

	/* Somebody came: say who of theirs is missing. */
	async after(ref, office) {
		[this.#ref, this.#office] = [ref, office];
		this.desk.part("colleagues_list").replaceChildren();
		await this.#tell();
	}

	async #tell() {
		const { part, words } = this.desk;
		const ref = this.#ref;
		const missing = await this.#missing();
		if (ref !== this.#ref) return; // somebody else came meanwhile
		part("colleagues").hidden = !missing.length;
		const said = this.#office ? words.colleagues_of.replace("{office}", this.#office) : words.colleagues;
		part("colleagues_words").textContent = said.replace("{n}", missing.length);
	}

	/* Their refs; who was marked on this phone is missing no more. */
	async #missing() {
		const { roster, store } = this.desk;
		const missing = [];
		for (const one of roster.missing(this.#ref)) if (!(await store.knows(one))) missing.push(one);
		return missing;
	}

	async #list() {
		const { desk } = this;
		const { part, words } = desk;
		const told = await ask(`/scan/v1/colleagues?ref=${this.#ref}`);
		const alone = told.problem === "search_offline" && desk.names.of(await this.#missing());
		const found = alone ? { people: alone } : told;
		if (found.problem) part("colleagues_words").textContent = words[found.problem];
		const lines = (found.people ?? []).map((person) => line(person, async (event) => {
			if (!desk.scans.free) return;
			event.target.closest("li").remove();
			await desk.scans.mark(person, words.colleague_here);
			await this.#tell();
		}));
		part("colleagues_list").replaceChildren(...lines);
	}
}
