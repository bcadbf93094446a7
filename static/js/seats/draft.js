/* What was typed for an office stays on this phone until it has arrived: a list of seats under one key. */

export function read(key) {
	try {
		const found = JSON.parse(localStorage.getItem(key) ?? "{}");
		return found && typeof found === "object" ? found : {};
	} catch {
		return {};
	}
}

export function keep(key, seats) {
	try {
		if (Object.keys(seats).length) localStorage.setItem(key, JSON.stringify(seats));
		else localStorage.removeItem(key);
	} catch {
		/* no room or no storage: the page itself still holds what was typed */
	}
}

export function forget(key) {
	keep(key, {});
}
