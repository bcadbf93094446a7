/* A code comes in, a record is kept on this phone, the server is asked, the verdict fills the screen. One at a time. */

import { parse, refOf } from "./code.js";
import { REFUSALS, offered, told } from "./verdict.js";

const SAME_CODE_MS = 4000;
const CAME = new Set(["in", "already"]);

export class Scans {
	#busy = false;
	#last = { ref: "", at: -Infinity };
	#undoable = null;

	constructor(desk) {
		this.desk = desk;
	}

	get free() {
		const { screen, lock, left } = this.desk;
		return !this.#busy && !screen.shown && !left && !lock.locked;
	}

	/* Show how many came in here before. */
	open() {
		return this.#count(0);
	}

	/* A text from the camera, a photo, a USB scanner or hands. What is no code is neither kept nor sent. */
	async scan(text, typed) {
		if (!this.free) return;
		const read = parse(text, typed);
		this.desk.say(read.problem ? "not_a_code" : this.desk.idle);
		if (read.problem) return;
		this.#busy = true;
		this.desk.lock.touched();
		const ref = await refOf(read.code);
		const again = !typed && ref === this.#last.ref && performance.now() - this.#last.at < SAME_CODE_MS;
		this.#last = { ref, at: performance.now() };
		if (!again) await this.#enter({ kind: "ticket", ref }, read.code);
		this.#busy = false;
	}

	/* Somebody found by name, whose identity the operator compared, or a colleague who stands beside. */
	mark({ ref }, reason = this.desk.words.found_by_name) {
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
		await this.desk.entry.take(this.#undoable, reason);
		this.#offer(null);
		this.#last.ref = "";
		this.desk.say("taken_back");
	}

	/* The help desk took the case up. */
	close({ scan_id }) {
		return this.desk.entry.take({ scan_id }, this.desk.words.case_closed);
	}

	/* Nothing is shown green before this phone, or the server, has it on disk. */
	async #enter(fields, code) {
		const { entry, screen, colleagues, words, clock } = this.desk;
		try {
			let entered = await entry.enter(fields, code);
			let choice = await this.#show(entered, fields.sealed ? "waits" : entered.said.verdict, fields.ref);
			if (choice?.act === "insist") {
				entered = await entry.insist(entered, choice.reason);
				choice = await this.#show(entered, entered.said.verdict === "in" ? "in" : "insisted");
			}
			if (choice?.act === "help") await this.#help(entered);
			// not waited for: the next guest stands there already
			if (CAME.has(entered.said.verdict) && fields.reason !== words.colleague_here) colleagues.after(fields.ref, entered.said.who?.office).catch(console.error);
		} catch (error) {
			console.error(error);
			await screen.show("not_saved", told("not_saved", null, words, clock));
		}
		this.#last.at = performance.now();
	}

	/* The case goes to the help desk by its ref, with the outbox like everything else. */
	async #help({ record, said }) {
		const { entry, uplink } = this.desk;
		await entry.append({ kind: "help", ref: record.ref, checkpoint: record.checkpoint, verdict: said.verdict });
		uplink.kick();
		this.desk.say("sent_to_help");
	}

	async #show({ record, said }, verdict, ref) {
		const { screen, words, clock } = this.desk;
		this.#offer(REFUSALS.has(verdict) ? null : record);
		const choice = screen.show(verdict, told(verdict, said, words, clock), ref ? offered(verdict) : []);
		if (verdict === "in") await this.#count(1).catch(console.error); // the number may be late, the verdict not
		return choice;
	}

	#offer(record) {
		this.#undoable = record;
		this.desk.part("undo").hidden = record === null;
	}

	async #count(more) {
		const { store, part, words } = this.desk;
		const entered = ((await store.noted("entered")) ?? 0) + more;
		if (more) await store.note("entered", entered);
		part("count").textContent = words.entered.replace("{n}", entered);
	}
}
