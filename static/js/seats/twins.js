/* The same name typed for two seats: asked, never merged by itself. Titles, capitals and blanks do not count. */

export function offerTwins(seats, changed) {
	const first = new Map();
	for (const seat of seats) {
		const name = folded(seat.typed.name);
		const earlier = seat.typed.as || !name ? undefined : first.get(name);
		seat.offer(earlier, changed);
		if (name && !earlier) first.set(name, seat);
	}
}

export function folded(name) {
	return name.split(",")[0].normalize("NFKD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}
