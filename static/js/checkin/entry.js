/* One scan: decided on this phone, kept on its disk, then put to the server; what the server says in time goes first. */

import { decide } from "./decide.js";
import { asFact } from "./reducer.js";
import { newScanId } from "./scan_ids.js";
import { DEAD, REFUSALS, SENT_AWAY } from "./verdict.js";

const PATIENCE_MS = 1500;
const PATIENCE_ALONE_MS = 150; // the last try failed: the phone decides, a server that is back is not waited for
const SHOWN_MS = 400; // the verdict stands on the screen, the next guest does not stand there yet

export class Entry {
	#later = 0;

	/* `place` is {checkpoint, name, operator}, read anew for every record, `door` how the event lets in; `online` says
	   whether asking makes sense, `named` whom a ref is known to be where the names are open. */
	constructor({ store, clocks, roster, uplink, place, words, door = () => undefined, online = () => navigator.onLine, named = () => null }) {
		Object.assign(this, { store, clocks, roster, uplink, place, words, door, online, named });
	}

	/* Returns {record, said} once the record is on disk; throws where this phone could not keep it. */
	async enter(fields, code) {
		const line = fields.ref && this.roster.find(fields.ref);
		const opened = line && code ? this.roster.unseal(line, code) : null; // while the disk works
		const base = { direction: this.place.direction || "in", checkpoint: this.place.checkpoint };
		const knowing = { ...base, in_roster: Boolean(line), roster_seq: this.roster.seq ?? 0 };
		let alone = {};
		const record = await this.#recorded((known) => {
			alone = fields.ref ? this.#alone(fields, line, known) : {};
			return { ...knowing, verdict: alone.verdict, ...fields };
		}, fields.ref);
		const answer = await this.#asked(record);
		const said = answer ?? { ...alone, alone: true, who: await this.#who(alone, line, fields.ref, opened) };
		if (SENT_AWAY.has(said.verdict)) await this.take(record, this.words.sent_away);
		const learnt = DEAD.has(said.verdict) && !DEAD.has(alone.verdict) && !said.alone;
		return { record: learnt ? await this.#learn(record, said) : record, said };
	}

	/* The operator lets in after all. A dead ticket counts by a named override; whatever else is to be reconciled. */
	insist({ record, said }, reason) {
		const base = { ref: record.ref, reason, direction: record.direction };
		if (!REFUSALS.has(said.verdict)) return this.enter({ ...base, kind: "manual" });
		const seq = Math.max(this.roster.seq ?? 0, said.change_seq ?? 0);
		return this.enter({ ...base, kind: "ticket", override: true, roster_seq: seq });
	}

	/* A scan is taken back by a fact of its own, so the record of what happened stays whole. */
	async take(record, reason) {
		await this.append({ kind: "void", target: record.scan_id, reason });
		this.uplink.kick();
	}

	append(fields) {
		return this.#recorded(() => fields);
	}

	/* Keep what `make` says, knowing what this phone recorded about the ticket `ref`. */
	#recorded(make, ref) {
		const stamp = this.clocks.stamp();
		const operator = this.place.operator || undefined;
		const numbered = (seq, known) => ({ scan_id: newScanId(), device_seq: seq, operator, ...stamp, ...make(known) });
		return this.store.append(numbered, ref);
	}

	/* What the server says in time, or null. Without network nobody waits for it, and the verdict goes before the try. */
	#asked(record) {
		if (!this.online()) {
			clearTimeout(this.#later);
			this.#later = setTimeout(() => this.uplink.kick(), SHOWN_MS);
			return null;
		}
		const answer = this.uplink.answer(record.scan_id, this.uplink.failures ? PATIENCE_ALONE_MS : PATIENCE_MS);
		this.uplink.kick();
		return answer;
	}

	/* The server knew that the ticket is dead, this phone did not: nobody was let in, so what says "could not know" is
	   taken back, and the refusal is recorded by what is known now. */
	async #learn(record, { verdict, change_seq }) {
		await this.take(record, this.words.refused_here);
		const { ref, checkpoint, direction } = record;
		const refused = await this.append({ kind: "ticket", ref, checkpoint, direction, in_roster: true, roster_seq: change_seq, verdict });
		this.uplink.kick();
		return refused;
	}

	/* What this phone says by itself, from its roster and its own records that the roster does not hold yet. */
	#alone(fields, line, kept) {
		const { checkpoint, name } = this.place;
		const counts = ({ verdict, override }) => !REFUSALS.has(verdict) || override;
		const own = kept.filter(({ state, record }) => (!line || state === "waiting" || record.kind === "clock")
			&& (!record.checkpoint || record.checkpoint === checkpoint) && counts(record));
		const now = Date.now() - this.clocks.skew;
		const said = decide(line, own.map(({ record }) => asFact(record)), { direction: this.place.direction || "in", ...fields, scan_id: "now", wall_at: now }, this.door());
		return { ...said, first_in_at: said.first_in_at ?? now, place: said.place || name };
	}

	#who({ verdict }, line, ref, opened) {
		if (REFUSALS.has(verdict) || !line) return null;
		return opened ?? this.named(ref);
	}
}
