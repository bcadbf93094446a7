/* The desk: a code comes in, a record is kept on this phone, the server is asked, the verdict fills the screen. */

import { Decoder, watch } from "./camera.js";
import { Clocks, SKEW_SHOWN_MS } from "./clocks.js";
import { parse, refOf } from "./code.js";
import { listenToScanner } from "./keys.js";
import { asFact, reduce } from "./reducer.js";
import { searchBox } from "./search.js";
import { openStore } from "./store.js";
import { Uplink } from "./uplink.js";
import { REFUSALS, Screen, told } from "./verdict.js";

const PATIENCE_MS = 1500;
const SAME_CODE_MS = 4000;

export async function mount(root) {
	const desk = new Desk(root, await openStore(`rakor-desk-${root.dataset.device}`));
	await desk.open();
	await listen(root, desk);
}

class Desk {
	#busy = false;
	#last = { ref: "", at: -Infinity };
	#undoable = null;
	#offlineSince = 0;

	constructor(root, store) {
		this.root = root;
		this.store = store;
		this.part = (name) => root.querySelector(`[data-part="${name}"]`);
		const words = [...this.part("words").content.children];
		this.words = Object.fromEntries(words.map((one) => [one.dataset.word, one.textContent]));
		const style = { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone };
		this.clock = (millis) => new Intl.DateTimeFormat("id-ID", style).format(millis);
		this.screen = new Screen(this.part("verdict"), this.part("ready"), this.part("spoken"));
		this.clocks = new Clocks();
		this.uplink = new Uplink({ store, clocks: this.clocks, onState: (state) => this.#network(state) });
	}

	get free() {
		return !this.#busy && !this.screen.shown;
	}

	say(word) {
		this.part("hint").textContent = this.words[word];
	}

	async open() {
		setInterval(() => this.clocks.tick(), 1000);
		navigator.storage?.persist?.().then((kept) => { this.part("fragile").hidden = kept; });
		window.addEventListener("online", () => this.uplink.kick());
		window.addEventListener("beforeunload", (event) => { if (!this.part("pending").hidden) event.preventDefault(); });
		await this.#count(0);
		this.uplink.kick();
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
		if (!again) await this.#enter({ kind: "ticket", ref });
		this.#busy = false;
	}

	/* Somebody found by name, whose identity the operator compared. */
	async mark({ ref }) {
		if (!this.free) return;
		this.#busy = true;
		await this.#enter({ kind: "manual", ref, reason: this.words.found_by_name });
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

	/* Keep a record, then ask; nothing is shown green before both the phone and the server have it on disk. */
	async #enter(fields) {
		const base = { direction: "in", checkpoint: this.root.dataset.checkpoint, in_roster: false, roster_seq: 0 };
		try {
			const record = await this.#append({ ...base, ...fields });
			const asked = this.uplink.answer(record.scan_id, PATIENCE_MS);
			this.uplink.kick();
			await this.#show(record, await asked);
		} catch (error) {
			console.error(error);
			await this.screen.show("not_saved", told("not_saved", null, this.words, this.clock));
		}
		this.#last.at = performance.now();
	}

	async #show(record, answer) {
		const said = answer ?? (await this.#alone(record));
		const { verdict } = said;
		const refused = REFUSALS.has(verdict);
		this.#offer(refused ? null : record);
		if (refused) await this.#take(record, this.words.refused_here);
		if (verdict === "in") await this.#count(1);
		await this.screen.show(verdict, told(verdict, said, this.words, this.clock));
	}

	/* The server did not answer: by this phone's own records, somebody who came in here is inside; the rest is checked. */
	async #alone(record) {
		const own = (await this.store.all()).filter((one) => one.scan_id !== record.scan_id).map(asFact);
		const about = own.filter((fact) => fact.ref === record.ref || !fact.ref);
		const stay = reduce(about, new Map()).intervals.at(-1);
		if (stay?.end_at !== null) return { verdict: "check" };
		return { verdict: "already", first_in_at: stay.start_at, place: this.root.dataset.name };
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

	#network({ state, waiting }) {
		const online = state === "online";
		this.#offlineSince = online ? 0 : this.#offlineSince || Date.now();
		this.part("pending").hidden = waiting === 0;
		this.part("pending_words").textContent = this.words.pending.replace("{n}", waiting);
		const skewed = Math.abs(this.clocks.skew) > SKEW_SHOWN_MS ? this.words.skew : "";
		const since = online ? "" : this.words.offline.replace("{at}", this.clock(this.#offlineSince));
		this.part("network").textContent = online ? skewed : state === "stranger" ? this.words.stranger : since;
	}
}

/* Every way in: USB scanner, typed code, name, photo, the demo's samples, the camera. */
async function listen(root, desk) {
	const { part, words } = desk;
	const decoder = new Decoder(root.dataset.decoder);
	listenToScanner((text) => desk.scan(text, true));
	searchBox({
		form: part("search"), input: part("query"), list: part("results"), status: part("search_status"), words,
		onCode: (text) => desk.scan(text, true), onPerson: (person) => desk.mark(person),
	});
	part("undo").addEventListener("submit", (event) => {
		event.preventDefault();
		desk.undo(new FormData(event.target).get("reason"));
	});
	root.addEventListener("click", (event) => {
		const code = event.target.closest("[data-code]")?.dataset.code;
		if (code) desk.scan(code, true);
	});
	part("photo").addEventListener("change", async (event) => {
		const [file] = event.target.files;
		const text = file ? await decoder.readFile(file).catch(() => null) : null;
		event.target.value = "";
		if (text === null) desk.say("photo_empty");
		else desk.scan(text, false);
	});
	const onText = (text) => desk.scan(text, false);
	const live = await watch(part("video"), decoder, { ready: () => desk.free, onText });
	desk.say(live ? "aim" : "no_camera");
	root.dataset.ready = live ? "camera" : "no-camera";
}
