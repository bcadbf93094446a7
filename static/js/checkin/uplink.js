/* The outbox: sends what waits, oldest first, one batch at a time, and tells whoever waits for a record its answer.
   A scan with a network is an outbox of length one; there is no other path. */

import { newScanId } from "./scan_ids.js";

const MAX_RECORDS = 200;
const MAX_BYTES = 60_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 15_000;

export class Uplink {
	#asking = new Map();
	#running = false;
	#again = false;
	#beat = false;
	#acknowledged = 0;
	#wake = () => {};

	constructor({ store, clocks, follower = null, onState = () => {}, onWipe = () => {}, post = postBatch, sleep = wait, chance = Math.random }) {
		Object.assign(this, { store, clocks, follower, onState, onWipe, post, sleep, chance });
		this.failures = 0;
		this.ended = false;
	}

	/* The answer to one record, or null when none came within `patience` milliseconds. */
	answer(scanId, patience) {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				this.#asking.delete(scanId);
				resolve(null);
			}, patience);
			this.#asking.set(scanId, (found) => {
				clearTimeout(timer);
				this.#asking.delete(scanId);
				resolve(found);
			});
		});
	}

	/* There is something to send, or the network is back. */
	async kick() {
		if (this.ended) return;
		this.#again = true;
		this.#wake();
		if (this.#running) return;
		this.#running = true;
		try {
			while (this.#again) {
				this.#again = false;
				await this.#drain();
			}
		} catch (error) {
			if (!this.ended) throw error; // a wipe closes the database under what was under way
		} finally {
			this.#running = false;
		}
	}

	/* Ask for what is new, also when nothing waits: it shows both sides that the other is there. */
	beat() {
		this.#beat = true;
		return this.kick();
	}

	async #drain() {
		while (!this.ended) {
			const records = fitting(await this.store.waiting(MAX_RECORDS));
			if (!records.length && !this.#beat) {
				if (this.failures === 0) this.onState({ state: "online", waiting: 0 });
				return;
			}
			const pause = await this.#send(records);
			if (pause) await Promise.race([this.sleep(pause), new Promise((resolve) => { this.#wake = resolve; })]);
		}
	}

	/* Send one batch; returns how long to wait before the next try, 0 for none. */
	async #send(records) {
		const waiting = await this.store.waitingCount();
		const sentAt = this.clocks.mono();
		const wish = this.follower?.wish ?? { changes: 0 };
		let reply;
		try {
			reply = await this.post({ records, ...wish, waiting: Math.max(0, waiting - records.length) });
		} catch {
			return this.#failed(records, "offline", waiting);
		}
		if (reply.status !== 200) return this.#failed(records, reply.status === 401 ? "stranger" : "busy", waiting, reply.retryAfter);
		this.failures = 0;
		this.#beat = false;
		await this.#stored(reply.body);
		await this.#clock(reply.body.server_time, sentAt);
		if (reply.body.wipe) return this.#revoked();
		await this.follower?.heard(reply.body, wish);
		return reply.body.retry_after_ms;
	}

	/* A revoked phone sends the rest first, then wipes itself; after that nothing is sent any more. */
	async #revoked() {
		if (await this.store.waitingCount()) return 0;
		this.ended = true;
		await this.onWipe();
		return 0;
	}

	async #stored(body) {
		const known = await this.store.noted("server_epoch");
		await this.store.settle(body.records.map((answered) => answered.scan_id), body.server_epoch);
		const fell = body.ack_through < this.#acknowledged;
		this.#acknowledged = body.ack_through;
		if (known !== body.server_epoch || fell) {
			await this.store.reoffer(fell ? null : body.server_epoch);
			await this.store.note("server_epoch", body.server_epoch);
		}
		for (const answered of body.records) this.#asking.get(answered.scan_id)?.({ ...answered, change_seq: body.change_seq });
	}

	async #clock(serverTime, sentAt) {
		const heard = this.clocks.heard(serverTime, sentAt, this.clocks.mono());
		if (!heard) return;
		await this.store.append((seq) => ({ scan_id: newScanId(), device_seq: seq, kind: "clock", ...heard }));
	}

	/* Nobody waits for an answer that will not come now; the records stay and go up later under the same ids. */
	#failed(records, state, waiting, retryAfter) {
		this.failures += 1;
		for (const record of records) this.#asking.get(record.scan_id)?.(null);
		this.onState({ state, waiting });
		const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.failures - 1, 6));
		return Math.max((retryAfter ?? 0) * 1000, backoff * (0.5 + this.chance() / 2));
	}
}

/* As many of the oldest records as one request may carry. */
export function fitting(records) {
	let bytes = 0;
	return records.filter((record) => (bytes += JSON.stringify(record).length + 1) <= MAX_BYTES);
}

function wait(milliseconds) {
	return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

async function postBatch(batch) {
	const response = await fetch("/scan/v1/batches", {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify(batch),
		cache: "no-store",
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
	return { status: response.status, retryAfter, body: response.ok ? await response.json() : null };
}
