/* The roster on this phone: one packed download, searched as it is (rows in the order of the refs), and the changes since.
   Nobody is readable in it: a line opens with the very code in the visitor's hand (check-in.md §4). */

import { secretOf } from "./code.js";

const MAGIC = 0x524b5231;
const ROW = 38;
const [REVOKED, REPLACED, PRESENT] = [1, 2, 4];
const NONCE = 12;
const INFO = new TextEncoder().encode("rakor/roster/1");
export const MANY_CHANGES = 2000;

export class Packed {
	constructor(buffer) {
		this.view = new DataView(buffer);
		if (buffer.byteLength < 8 || this.view.getUint32(0) !== MAGIC) throw new Error("no roster");
		this.start = 8 + this.view.getUint32(4);
		this.header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, this.start - 8)));
		this.heap = this.start + this.header.count * ROW;
		if (this.heap > buffer.byteLength) throw new Error("a torn roster");
	}

	#hex(at) {
		let text = "";
		for (let place = at; place < at + 12; place += 1) text += this.view.getUint8(place).toString(16).padStart(2, "0");
		return text;
	}

	find(ref, checkpoint) {
		let low = 0;
		let high = this.header.count - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const at = this.start + middle * ROW;
			const found = this.#hex(at);
			if (found === ref) return this.#line(ref, at, checkpoint);
			if (found < ref) low = middle + 1;
			else high = middle - 1;
		}
		return undefined;
	}

	/* The number of a ticket's office, 0 for none. Offices have no names here. */
	#office(row) {
		const bytes = (this.offices ??= atob(this.header.offices ?? ""));
		return row * 2 + 1 < bytes.length ? bytes.charCodeAt(row * 2) * 256 + bytes.charCodeAt(row * 2 + 1) : 0;
	}

	/* The refs of all tickets of the office that this one is of, without itself. */
	colleagues(ref) {
		const rows = [...Array(this.header.count).keys()];
		const own = rows.find((row) => this.#hex(this.start + row * ROW) === ref);
		const office = own === undefined ? 0 : this.#office(own);
		if (!office) return [];
		return rows.filter((row) => row !== own && this.#office(row) === office).map((row) => this.#hex(this.start + row * ROW));
	}

	/* `checkpoint`: where the desk stands now; the presence at another one says nothing here. */
	#line(ref, at, checkpoint) {
		const { view } = this;
		const flags = view.getUint8(at + 12);
		const here = flags & PRESENT && this.header.checkpoint === checkpoint;
		const from = this.heap + view.getUint32(at + 32);
		return {
			ref,
			revoked: Boolean(flags & REVOKED),
			replaced: Boolean(flags & REPLACED),
			first_in_at: here ? view.getUint32(at + 24) * 1000 : null,
			last_out_at: (here && view.getUint32(at + 28) * 1000) || null,
			place: this.header.places[view.getUint8(at + 13)] ?? "",
			sealed: new Uint8Array(view.buffer, from, view.getUint16(at + 36)),
		};
	}
}

export class Roster {
	#packed = null;
	#changed = new Map();

	constructor(store, checkpoint) {
		this.store = store;
		this.checkpoint = checkpoint;
	}

	/* Take up what this phone keeps. */
	async open() {
		const kept = await this.store.keptRoster();
		if (!kept) return;
		this.#packed = new Packed(kept.content);
		this.#changed = new Map((await this.store.keptChanges()).map((line) => [line.ref, line]));
		this.seq = kept.seq;
	}

	get ready() {
		return this.#packed !== null;
	}

	/* Whether the presence that is known is that of where the desk stands. */
	get local() {
		return this.#packed?.header.checkpoint === this.checkpoint;
	}

	/* The desk goes on at another checkpoint: the tickets stay good, the presence is forgotten until the next download. */
	async move(checkpoint) {
		this.checkpoint = checkpoint;
		const away = { first_in_at: null, last_out_at: null, place: "" };
		const lines = [...this.#changed.values()].map((line) => ({ ...line, ...away }));
		if (!this.ready) return;
		await this.store.keepChanges(lines, this.seq);
		for (const line of lines) this.#changed.set(line.ref, line);
	}

	get epoch() {
		return this.#packed?.header.server_epoch;
	}

	/* How many tickets are known, and whether so much changed that a new download is cheaper. */
	get size() {
		const base = this.#packed?.header.count ?? 0;
		return base + [...this.#changed.keys()].filter((ref) => !this.#packed.find(ref)).length;
	}

	get worn() {
		return this.#changed.size > MANY_CHANGES;
	}

	async replace(content) {
		const packed = new Packed(content);
		await this.store.keepRoster({ content, seq: packed.header.change_seq });
		this.#packed = packed;
		this.#changed.clear();
		this.seq = packed.header.change_seq;
	}

	/* Changes as the server told them, up to number `seq`, in one strict commit. */
	async apply(changes, seq) {
		if (!this.ready || seq <= this.seq) return;
		const fresh = new Map();
		for (const change of changes) {
			const line = this.#told(change, fresh.get(change.ref) ?? this.find(change.ref));
			if (line) fresh.set(change.ref, line);
		}
		await this.store.keepChanges([...fresh.values()], seq);
		for (const [ref, line] of fresh) this.#changed.set(ref, line);
		this.seq = seq;
	}

	#told(change, before) {
		const base = before ?? { ref: change.ref, revoked: false, replaced: false, first_in_at: null, last_out_at: null, place: "" };
		if (change.checkpoint) {
			if (change.checkpoint !== this.checkpoint) return before;
			const { first_in_at, place } = change;
			return { ...base, first_in_at, place, last_out_at: change.inside ? null : change.last_out_at };
		}
		const sealed = change.sealed ? Uint8Array.from(atob(change.sealed), (one) => one.charCodeAt(0)) : new Uint8Array();
		return { ...base, revoked: change.revoked_seq !== null, replaced: change.replaced, sealed };
	}

	find(ref) {
		return this.#changed.get(ref) ?? this.#packed?.find(ref, this.checkpoint);
	}

	/* The refs of the colleagues whose living tickets were not seen here yet. */
	missing(ref) {
		const refs = this.#packed?.colleagues(ref) ?? [];
		return refs.map((one) => this.find(one)).filter((line) => !line.revoked && !line.first_in_at).map((line) => line.ref);
	}

	/* Name, role, office, placing and colour of a line, with the code that was shown; null where it does not open. */
	async unseal(line, code) {
		if (!line?.sealed?.length) return null;
		try {
			const base = await crypto.subtle.importKey("raw", secretOf(code), "HKDF", false, ["deriveKey"]);
			const way = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
			const key = await crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
			const [iv, text] = [line.sealed.slice(0, NONCE), line.sealed.slice(NONCE)];
			const said = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text)));
			const [name, role, office, placing, colour] = said.map((part) => (typeof part === "number" ? this.#packed.header.words[part] : part));
			return { name, role, office, placing: placing ?? "", colour: colour ?? "" };
		} catch {
			return null;
		}
	}

	async forget() {
		await this.store.dropRoster();
		this.#packed = null;
		this.#changed.clear();
		this.seq = 0;
	}
}
