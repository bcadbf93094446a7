/* The desk: a code comes in, a record is kept on this phone, the server is asked, the verdict fills the screen. */

import { Clocks } from "./clocks.js";
import { parse, refOf } from "./code.js";
import { decide } from "./decide.js";
import { finishing, wipe } from "./farewell.js";
import { Follower } from "./follower.js";
import { guests } from "./guests.js";
import { install, recall } from "./installed.js";
import { asFact } from "./reducer.js";
import { Roster } from "./roster.js";
import { Status } from "./status.js";
import { databaseOf, nobody, wordsOf } from "./page.js";
import { openStore } from "./store.js";
import { Uplink } from "./uplink.js";
import { REFUSALS, Screen, told } from "./verdict.js";
import { listen } from "./ways.js";

const PATIENCE_MS = 1500;
const PATIENCE_ALONE_MS = 150; // the last try failed: the phone decides, a server that is back is not waited for
const BEAT_MS = 30_000;
const SAME_CODE_MS = 4000;

export async function mount(root) {
	if (!recall(root)) return nobody(root);
	install();
	const desk = new Desk(root, await openStore(databaseOf(root)));
	await desk.open();
	finishing(desk);
	guests(desk);
	await listen(root, desk);
}

class Desk {
	#busy = false;
	#last = { ref: "", at: -Infinity };
	#undoable = null;

	constructor(root, store) {
		this.root = root;
		this.store = store;
		this.part = (name) => root.querySelector(`[data-part="${name}"]`);
		this.words = { ...wordsOf(root), zone: root.dataset.clock };
		const style = { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone };
		this.clock = (millis) => new Intl.DateTimeFormat("id-ID", style).format(millis);
		this.screen = new Screen(this.part("verdict"), this.part("ready"), this.part("spoken"));
		this.clocks = new Clocks();
		this.status = new Status(this);
		this.roster = new Roster(store, root.dataset.checkpoint);
		this.follower = new Follower({ roster: this.roster, store, onState: (state) => this.status.known(state) });
		const { clocks, follower } = this;
		this.uplink = new Uplink({ store, clocks, follower, onState: (state) => this.status.network(state), onWipe: () => this.leave("wiped") });
	}

	get free() {
		return !this.#busy && !this.screen.shown && !this.left;
	}

	say(word) {
		this.part("hint").textContent = this.words[word];
	}

	async open() {
		setInterval(() => this.clocks.tick(), 1000);
		navigator.storage?.persist?.().then((kept) => { this.part("fragile").hidden = kept; });
		window.addEventListener("online", () => this.uplink.kick());
		window.addEventListener("beforeunload", (event) => { if (!this.part("pending").hidden) event.preventDefault(); });
		setInterval(() => this.#beat(), BEAT_MS);
		await this.#count(0);
		await this.follower.open();
		this.uplink.beat();
	}

	async #beat() {
		if (this.left) return;
		if (await this.follower.over()) await this.follower.forget();
		this.uplink.beat();
	}

	/* A text from the camera, a photo, a USB scanner or hands. What is no code is neither kept nor sent. */
	async scan(text, typed) {
		if (!this.free) return;
		const read = parse(text, typed);
		this.say(read.problem ? "not_a_code" : "aim");
		if (read.problem) return;
		this.#busy = true;
		const ref = await refOf(read.code);
		const again = !typed && ref === this.#last.ref && performance.now() - this.#last.at < SAME_CODE_MS;
		this.#last = { ref, at: performance.now() };
		if (!again) await this.#enter({ kind: "ticket", ref }, read.code);
		this.#busy = false;
	}

	/* Somebody found by name, whose identity the operator compared. */
	mark({ ref }) {
		return this.#once({ kind: "manual", ref, reason: this.words.found_by_name });
	}

	/* Somebody without an invitation, in four sealed lines: kept, sent, and counted by nobody before the organiser agrees. */
	guest(sealed) {
		return this.#once({ kind: "walk_in", sealed });
	}

	async #once(fields) {
		if (!this.free) return;
		this.#busy = true;
		await this.#enter(fields);
		this.#busy = false;
	}

	/* Take the last scan back, with a reason. */
	async undo(reason) {
		if (!this.#undoable) return;
		await this.#take(this.#undoable, reason);
		this.#offer(null);
		this.#last.ref = "";
		this.say("taken_back");
	}

	/* Everything is sent: nothing stays on this phone, and it is a desk no more. */
	async leave(word) {
		this.left = this.uplink.ended = true;
		this.part("ready").hidden = true;
		this.part("verdict").hidden = true;
		await wipe({ store: this.store, name: databaseOf(this.root) });
		this.part("left_words").textContent = this.words[word];
		this.part("left").hidden = false;
	}

	/* Decide, keep the record, then ask; nothing is shown green before this phone, or the server, has it on disk. */
	async #enter(fields, code) {
		try {
			const line = fields.ref && this.roster.find(fields.ref);
			const alone = fields.ref ? await this.#alone(fields, line) : {};
			const known = { in_roster: Boolean(line), roster_seq: this.roster.seq ?? 0, verdict: alone.verdict };
			const base = { direction: "in", checkpoint: this.root.dataset.checkpoint };
			const record = await this.#append({ ...base, ...known, ...fields });
			const patience = this.uplink.failures ? PATIENCE_ALONE_MS : PATIENCE_MS;
			const asked = navigator.onLine ? this.uplink.answer(record.scan_id, patience) : null;
			this.uplink.kick();
			const said = (await asked) ?? { ...alone, alone: true, who: await this.#who(alone, line, code) };
			await this.#show(record, fields.sealed ? { verdict: "waits" } : said);
		} catch (error) {
			console.error(error);
			await this.screen.show("not_saved", told("not_saved", null, this.words, this.clock));
		}
		this.#last.at = performance.now();
	}

	async #show(record, said) {
		const { verdict } = said;
		const refused = REFUSALS.has(verdict);
		this.#offer(refused ? null : record);
		if (refused) await this.#take(record, this.words.refused_here);
		if (verdict === "in") await this.#count(1);
		await this.screen.show(verdict, told(verdict, said, this.words, this.clock));
	}

	/* What this phone says by itself, from its roster and its own records that the roster does not hold yet. */
	async #alone(fields, line) {
		const { checkpoint, name } = this.root.dataset;
		const kept = await this.store.about(fields.ref);
		const own = kept.filter(({ state, record }) => (!line || state === "waiting" || record.kind === "clock")
			&& (!record.checkpoint || record.checkpoint === checkpoint));
		const now = Date.now() - this.clocks.skew;
		const said = decide(line, own.map(({ record }) => asFact(record)), { ...fields, scan_id: "now", wall_at: now });
		return { ...said, first_in_at: said.first_in_at ?? now, place: said.place || name };
	}

	#who({ verdict }, line, code) {
		return REFUSALS.has(verdict) || !line || !code ? null : this.roster.unseal(line, code);
	}

	/* A scan is taken back by a fact of its own, so the record of what happened stays whole. */
	async #take(record, reason) {
		await this.#append({ kind: "void", target: record.scan_id, reason });
		this.uplink.kick();
	}

	#append(fields) {
		const stamp = this.clocks.stamp();
		const operator = this.root.dataset.operator || undefined;
		return this.store.append((seq) => ({ scan_id: crypto.randomUUID(), device_seq: seq, operator, ...stamp, ...fields }));
	}

	#offer(record) {
		this.#undoable = record;
		this.part("undo").hidden = record === null;
	}

	async #count(more) {
		const entered = ((await this.store.noted("entered")) ?? 0) + more;
		if (more) await this.store.note("entered", entered);
		this.part("count").textContent = this.words.entered.replace("{n}", entered);
	}
}
