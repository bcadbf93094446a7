/* The desk's small print: what the phone knows, what waits, whether the server is there, whether the clock is right. */

import { SKEW_SHOWN_MS } from "./clocks.js";

export class Status {
	#offlineSince = 0;

	constructor(desk) {
		this.desk = desk;
	}

	known({ ready, size, seq }) {
		const said = ready ? this.desk.words.roster.replace("{n}", new Intl.NumberFormat("id-ID").format(size)) : this.desk.words.no_roster;
		this.desk.part("roster").textContent = said;
		this.desk.root.dataset.known = ready ? seq : "";
	}

	network({ state, waiting }) {
		const online = state === "online";
		this.#offlineSince = online ? 0 : this.#offlineSince || Date.now();
		this.desk.part("language").hidden = !online; // another language is another page, and that is on the server
		this.desk.part("pending").hidden = waiting === 0;
		const said = this.desk.words.pending.replace("{n}", waiting);
		this.desk.part("pending_words").textContent = said;
		this.desk.part("lock_pending").textContent = waiting ? said : "";
		const skewed = Math.abs(this.desk.clocks.skew) > SKEW_SHOWN_MS ? this.desk.words.skew : "";
		const since = online ? "" : this.desk.words.offline.replace("{at}", this.desk.clock(this.#offlineSince));
		this.desk.part("network").textContent = online ? skewed : state === "stranger" ? this.desk.words.stranger : since;
	}
}
