/* The device's two clocks and what the server's clock said. A segment is a stretch in which both ran together; it ends
   when somebody changed the wall clock or the phone slept. */

const DRIFT_MS = 1000;
export const SKEW_SHOWN_MS = 120_000;
const SURER = 0.8;

export class Clocks {
	#offset;
	#bestRtt = Infinity;

	constructor({ wall = () => Date.now(), mono = () => performance.now(), newId = () => crypto.randomUUID() } = {}) {
		this.wall = wall;
		this.mono = mono;
		this.newId = newId;
		this.skew = 0;
		this.#begin();
	}

	#begin() {
		this.segment = this.newId();
		this.#offset = this.wall() - this.mono();
		this.#bestRtt = Infinity;
	}

	/* Call this about once a second, and before a stamp: a jump between the clocks begins a new segment. */
	tick() {
		if (Math.abs(this.wall() - this.mono() - this.#offset) > DRIFT_MS) this.#begin();
		else this.#offset = this.wall() - this.mono();
	}

	/* What a record says about its time. */
	stamp() {
		this.tick();
		return { t_wall: Math.round(this.wall()), t_mono: Math.round(this.mono()), segment: this.segment };
	}

	/* The server answered: the members of a clock record, or null where an earlier one of this segment is as sure. */
	heard(serverTime, sentAt, gotAt) {
		this.tick();
		const rtt = Math.max(1, Math.round(gotAt - sentAt));
		const middle = Math.round(sentAt + rtt / 2);
		const wallThen = Math.round(this.wall() - (this.mono() - middle));
		this.skew = wallThen - serverTime;
		if (rtt > this.#bestRtt * SURER) return null;
		this.#bestRtt = rtt;
		return { server_time: serverTime, rtt, t_wall: wallThen, t_mono: middle, segment: this.segment };
	}
}
