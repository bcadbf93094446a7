/* "Mode daftar": everybody's names, sealed on this phone's disk. A supervisor's passphrase opens them into memory alone:
   neither the key nor a name is ever written, and a page that is opened anew asks again. */

import { find, listOf } from "./listed.js";
import { keyOf, opened } from "./passphrase.js";

const REST_MS = 5 * 60_000; // tickets change all the time; the names are taken anew at most this often

export class Names {
	#since = null;
	#key = null;
	#list = null;
	#takenAt = 0;
	#worn = false;
	#busy = false;
	#turn = 0; // what was asked before the names were closed opens nothing afterwards

	/* `store` keeps {since, content}; `device` is this phone's id. */
	constructor({ store, device, onState = () => {}, get = fetchIt, wall = () => Date.now() }) {
		Object.assign(this, { store, device, onState, get, wall });
	}

	async open() {
		this.#since = (await this.store.keptNames())?.since ?? null;
		this.#say();
	}

	/* The server says since when this phone may keep the names (null: it may not), and what changed. */
	async heard({ names = null, changes = [] }) {
		this.#worn ||= changes.some((one) => !one.checkpoint);
		if (!names) return this.#since === null ? undefined : this.forget();
		const due = this.#since !== names || (this.#worn && this.wall() - this.#takenAt > REST_MS);
		return due && !this.#busy ? this.#take(names) : undefined;
	}

	/* Returns whether the passphrase opened the names; false, too, where they were closed meanwhile. */
	async unlock(typed) {
		const turn = this.#turn;
		const key = await keyOf(typed, this.device);
		if (turn !== this.#turn) return false;
		this.#key = key;
		await this.#read();
		return this.#list !== null;
	}

	/* What was opened is forgotten; what lies sealed on the disk stays. */
	close() {
		this.#turn += 1;
		this.#key = this.#list = null;
		this.#say();
	}

	/* This phone may keep the names no more. */
	async forget() {
		await this.store.dropNames();
		this.#since = null;
		this.close();
	}

	/* At most eight people who match, best first; null while the names are closed, or where they were closed meanwhile. */
	async find(query) {
		const list = this.#list;
		const found = list && (await find(list, query));
		return list === this.#list ? found : null;
	}

	/* The people with these refs; null while the names are closed. */
	of(refs) {
		const asked = new Set(refs);
		return this.#list && this.#list.people.filter((one) => asked.has(one.ref));
	}

	async #take(since) {
		this.#busy = true;
		try {
			const reply = await this.get("/scan/v1/names");
			if (reply.status !== 200) return;
			await this.store.keepNames({ since, content: await reply.arrayBuffer() });
			[this.#since, this.#takenAt, this.#worn] = [since, this.wall(), false];
			await this.#read();
		} catch {
			// the network went: what was kept stays, and the next contact tries again
		} finally {
			this.#busy = false;
		}
	}

	/* Open what is kept, where a key is at hand; a key that does not fit is forgotten. */
	async #read() {
		const [turn, key] = [this.#turn, this.#key];
		const kept = key && (await this.store.keptNames());
		const found = kept ? await opened(kept.content, key).catch(() => null) : null;
		if (turn !== this.#turn) return;
		this.#list = found && listOf(found);
		if (kept && !found) this.#key = null;
		this.#say();
	}

	#say() {
		this.onState({ kept: this.#since !== null, count: this.#list?.people.length ?? null });
	}
}

function fetchIt(address) {
	return fetch(address, { cache: "no-store", signal: AbortSignal.timeout(60_000) });
}
