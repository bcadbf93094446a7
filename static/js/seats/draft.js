/* What was typed for an office stays on this phone until it has arrived, a week at most: the seats, and whether they
   were already being sent, with the sending's own key. */

const KEPT = 7 * 24 * 3600 * 1000;
const NOTHING = { seats: {} };

export function read(key, now = Date.now()) {
	try {
		const found = JSON.parse(localStorage.getItem(key) ?? "null");
		if (found?.seats && now - found.at < KEPT) return found;
		localStorage.removeItem(key);
	} catch {
		/* no storage, or something else under our key */
	}
	return NOTHING;
}

export function keep(key, seats, sending = {}, now = Date.now()) {
	try {
		if (Object.keys(seats).length) localStorage.setItem(key, JSON.stringify({ at: now, seats, ...sending }));
		else localStorage.removeItem(key);
	} catch {
		/* no room or no storage: the page itself still holds what was typed */
	}
}

export function forget(key) {
	keep(key, {});
}
