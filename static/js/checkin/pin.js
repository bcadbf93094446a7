/* The PIN of the desk's screen, checked on this phone alone. A try is counted on disk before it is compared, so that
   closing the page forgives nothing. A PIN set before the phone was last enrolled is void: that is the way back in. */

const ROUNDS = 600_000;
const FREE_TRIES = 3;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/* How long to wait after so many wrong tries in a row. */
export function pauseAfter(tries) {
	return tries < FREE_TRIES ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - FREE_TRIES));
}

/* Four to eight digits that are not all alike. */
export const good = (pin) => /^\d{4,8}$/.test(pin) && new Set(pin).size > 1;

export class Pin {
	/* `notes` is {noted(key), note(key, value)}; `enrolled` says which enrolment of the phone this is. */
	constructor({ notes, enrolled, wall = () => Date.now(), rounds = ROUNDS }) {
		Object.assign(this, { notes, enrolled, wall, rounds });
	}

	async kept() {
		const kept = await this.notes.noted("pin");
		return kept?.enrolled === this.enrolled ? kept : null;
	}

	async set(pin) {
		const salt = crypto.getRandomValues(new Uint8Array(16));
		const hash = await digest(pin, salt, this.rounds);
		await this.notes.note("pin", { salt, hash, rounds: this.rounds, enrolled: this.enrolled, tries: 0, until: 0 });
	}

	/* Milliseconds until the next try; a clock that was set back lengthens nothing. */
	async wait() {
		const kept = await this.kept();
		return kept ? Math.min(pauseAfter(kept.tries), Math.max(0, kept.until - this.wall())) : 0;
	}

	async opens(pin) {
		const kept = await this.kept();
		if (!kept) return true;
		if (await this.wait()) return false;
		const tries = kept.tries + 1;
		await this.notes.note("pin", { ...kept, tries, until: this.wall() + pauseAfter(tries) });
		const right = same(await digest(pin, kept.salt, kept.rounds), kept.hash);
		if (right) await this.notes.note("pin", { ...kept, tries: 0, until: 0 });
		return right;
	}
}

async function digest(pin, salt, iterations) {
	const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
	return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base, 256));
}

const same = (left, right) => left.length === right.length && left.every((byte, place) => byte === right[place]);
