/* Keeps the roster of this phone up: one packed download, then changes with every answer; lets it go when its time is over. */

const CHANGES_AT_ONCE = 500;
const LIFE_WITHOUT_CONTACT_MS = 24 * 3600_000;
const NOTE_EVERY_MS = 60_000;

export class Follower {
	#busy = false;
	#notedAt = 0;

	constructor({ roster, store, names = null, onState = () => {}, get = fetchIt, wall = () => Date.now() }) {
		Object.assign(this, { roster, store, names, onState, get, wall });
		this.door = undefined;
	}

	/* What a batch asks for. */
	get wish() {
		return this.roster.ready ? { roster_seq: this.roster.seq, changes: CHANGES_AT_ONCE } : { changes: 0 };
	}

	/* Take up what is kept; a roster whose time is over is let go before it is read. */
	async open() {
		if (await this.over()) await this.letGo();
		else await this.roster.open().catch(() => this.roster.forget());
		await this.names?.open();
		this.door = await this.store.noted("door");
		this.#say();
	}

	/* True when the event's end, or a day without contact, ends what this phone may know. */
	async over() {
		const [end, contact] = await Promise.all([this.store.noted("expires_at"), this.store.noted("contact_at")]);
		return this.wall() > Math.min(end ?? Infinity, (contact ?? Infinity) + LIFE_WITHOUT_CONTACT_MS);
	}

	/* What this phone may know no more goes; after the event's end so do the copies of what the server has. */
	async letGo() {
		await this.forget();
		await this.names?.forget();
		if (this.wall() > ((await this.store.noted("expires_at")) ?? Infinity)) await this.store.purge();
	}

	async forget() {
		await this.roster.forget();
		this.#say();
	}

	/* The server answered {server_epoch, change_seq, changes, door, names} to what was wished for. */
	async heard(body, wish) {
		if (this.wall() - this.#notedAt > NOTE_EVERY_MS) {
			this.#notedAt = this.wall();
			await this.store.note("contact_at", this.wall());
		}
		await this.#let(body.door);
		this.names?.heard(body);
		if (this.roster.ready && this.roster.epoch !== body.server_epoch) await this.roster.forget();
		if (!this.roster.ready || this.roster.worn || !this.roster.local) return void this.download();
		// asked before this roster was here: what lies between the two is not in the answer
		if (!wish.changes || wish.roster_seq > this.roster.seq) return void this.catchUp();
		const last = await this.#apply(body);
		if (last < body.change_seq && body.changes.length) this.catchUp();
	}

	/* How the event lets in at this desk; kept, so that the desk decides alike when it is alone. */
	async #let(door) {
		if (!door || JSON.stringify(door) === JSON.stringify(this.door)) return;
		this.door = door;
		await this.store.note("door", door);
	}

	async #apply(body) {
		const last = body.changes.length ? body.changes.at(-1).change_seq : body.change_seq;
		await this.roster.apply(body.changes, last);
		this.#say();
		return last;
	}

	/* The whole roster, once; whatever changed since follows. */
	async download() {
		await this.#alone(async () => {
			const reply = await this.get(`/scan/v1/roster?checkpoint=${this.roster.checkpoint}`);
			if (reply.status !== 200) return;
			const end = Number(reply.headers.get("X-Rakor-Expires"));
			if (end) await this.store.note("expires_at", end);
			await this.roster.replace(await reply.arrayBuffer());
			await this.#rest();
		});
	}

	async catchUp() {
		await this.#alone(() => this.#rest());
	}

	async #rest() {
		for (;;) {
			const reply = await this.get(`/scan/v1/changes?since=${this.roster.seq}`);
			if (reply.status !== 200) return;
			const body = await reply.json();
			const last = await this.#apply(body);
			if (!body.changes.length || last >= body.change_seq) return;
		}
	}

	/* One download at a time; one that fails is tried again at the next contact. */
	async #alone(act) {
		if (this.#busy) return;
		this.#busy = true;
		try {
			await act();
		} catch {
			// the network went, or the download was torn: what was kept stays
		} finally {
			this.#busy = false;
			this.#say();
		}
	}

	#say() {
		this.onState({ ready: this.roster.ready, size: this.roster.size, seq: this.roster.seq });
	}
}

function fetchIt(address) {
	return fetch(address, { cache: "no-store", signal: AbortSignal.timeout(60_000) });
}
