/* The desk: a code comes in, a record is kept on this phone, the server is asked, the verdict fills the screen. */

import { Clocks } from "./clocks.js";
import { parse, refOf } from "./code.js";
import { Colleagues } from "./colleagues.js";
import { Entry } from "./entry.js";
import { finishing, wipe } from "./farewell.js";
import { Follower } from "./follower.js";
import { guests } from "./guests.js";
import { handover } from "./handover.js";
import { helping } from "./help.js";
import { install, recall } from "./installed.js";
import { Lock } from "./lock.js";
import { exporting } from "./outbox.js";
import { Roster } from "./roster.js";
import { databaseOf, nobody, wordsOf } from "./page.js";
import { posts } from "./post.js";
import { Screen } from "./screen.js";
import { Status } from "./status.js";
import { openStore } from "./store.js";
import { Uplink } from "./uplink.js";
import { REFUSALS, offered, told } from "./verdict.js";
import { listen } from "./ways.js";

const BEAT_MS = 30_000;
const SAME_CODE_MS = 4000;
const CAME = new Set(["in", "already"]);

export async function mount(root) {
	if (!recall(root)) return nobody(root);
	install();
	const desk = new Desk(root, await openStore(databaseOf(root)));
	await desk.open();
	finishing(desk);
	exporting(desk);
	guests(desk);
	await handover(desk, desk.lock);
	desk.showTicket = helping(desk);
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
		this.screen = new Screen(this.part("verdict"), this.part("ready"), this.part("spoken"), this.part("choices"));
		this.clocks = new Clocks();
		this.status = new Status(this);
		this.lock = new Lock(this);
		this.colleagues = new Colleagues(this);
		this.roster = new Roster(store, root.dataset.checkpoint);
		this.follower = new Follower({ roster: this.roster, store, onState: (state) => this.status.known(state) });
		const { clocks, follower } = this;
		this.uplink = new Uplink({ store, clocks, follower, onState: (state) => this.status.network(state), onWipe: () => this.leave("wiped") });
		const { roster, uplink, words } = this;
		this.entry = new Entry({ store, clocks, roster, uplink, words, place: root.dataset, door: () => follower.door });
	}

	get free() {
		return !this.#busy && !this.screen.shown && !this.left && !this.lock.locked;
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
		await this.lock.open();
		await this.follower.open();
		await posts({ root: this.root, part: this.part, store: this.store, words: this.words, onMove: (id) => this.#move(id) });
		this.uplink.beat();
	}

	/* The phone serves another of its checkpoints from now on. */
	async #move(checkpoint) {
		if (this.roster.checkpoint === checkpoint) return;
		this.root.dataset.checkpoint = checkpoint;
		await this.roster.move(checkpoint);
		this.uplink.beat();
	}

	async #beat() {
		if (this.left) return;
		if (await this.follower.over()) await this.follower.letGo();
		this.uplink.beat();
	}

	/* A text from the camera, a photo, a USB scanner or hands. What is no code is neither kept nor sent. */
	async scan(text, typed) {
		if (!this.free) return;
		const read = parse(text, typed);
		this.say(read.problem ? "not_a_code" : "aim");
		if (read.problem) return;
		this.#busy = true;
		this.lock.touched();
		const ref = await refOf(read.code);
		const again = !typed && ref === this.#last.ref && performance.now() - this.#last.at < SAME_CODE_MS;
		this.#last = { ref, at: performance.now() };
		if (!again) await this.#enter({ kind: "ticket", ref }, read.code);
		this.#busy = false;
	}

	/* Somebody found by name, whose identity the operator compared, or a colleague who stands beside. */
	mark({ ref }, reason = this.words.found_by_name) {
		return this.#once({ kind: "manual", ref, reason });
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
		await this.entry.take(this.#undoable, reason);
		this.#offer(null);
		this.#last.ref = "";
		this.say("taken_back");
	}

	/* Everything is sent: nothing stays on this phone, and it is a desk no more. */
	async leave(word) {
		this.left = this.uplink.ended = true;
		this.part("ready").hidden = true;
		this.part("verdict").hidden = true;
		this.part("lock").hidden = true;
		await wipe({ store: this.store, name: databaseOf(this.root) });
		this.part("left_words").textContent = this.words[word];
		this.part("left").hidden = false;
	}

	/* Nothing is shown green before this phone, or the server, has it on disk. */
	async #enter(fields, code) {
		try {
			let entered = await this.entry.enter(fields, code);
			let choice = await this.#show(entered, fields.sealed ? "waits" : entered.said.verdict, fields.ref);
			if (choice?.act === "insist") {
				entered = await this.entry.insist(entered, choice.reason);
				choice = await this.#show(entered, entered.said.verdict === "in" ? "in" : "insisted");
			}
			if (choice?.act === "help") await this.#help(entered);
			if (CAME.has(entered.said.verdict) && fields.reason !== this.words.colleague_here) await this.colleagues.after(fields.ref, entered.said.who?.office);
		} catch (error) {
			console.error(error);
			await this.screen.show("not_saved", told("not_saved", null, this.words, this.clock));
		}
		this.#last.at = performance.now();
	}

	/* The case goes to the help desk by its ref, with the outbox like everything else. */
	async #help({ record, said }) {
		await this.entry.append({ kind: "help", ref: record.ref, checkpoint: record.checkpoint, verdict: said.verdict });
		this.uplink.kick();
		this.say("sent_to_help");
	}

	/* The help desk took the case up. */
	close({ scan_id }) {
		return this.entry.take({ scan_id }, this.words.case_closed);
	}

	async #show({ record, said }, verdict, ref) {
		this.#offer(REFUSALS.has(verdict) ? null : record);
		if (verdict === "in") await this.#count(1);
		return this.screen.show(verdict, told(verdict, said, this.words, this.clock), ref ? offered(verdict) : []);
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
