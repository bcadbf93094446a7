/* What is on and what comes next, told from the page alone: items with a beginning and an end, and a moment. */

export function itemsIn(root) {
	return [...root.querySelectorAll("[data-starts]")].map((element) => {
		const starts = Date.parse(element.dataset.starts);
		return { element, starts, ends: element.dataset.ends ? Date.parse(element.dataset.ends) : starts };
	});
}

export function split(items, now) {
	return {
		running: items.filter((item) => item.starts <= now && now < item.ends),
		coming: items.filter((item) => item.starts > now),
		over: items.filter((item) => item.ends <= now),
	};
}

/* the item that should have ended, while the next has not begun: a session that overruns */
export function overrun(items, now, patience) {
	const { running, over } = split(items, now);
	if (running.length) return null;
	const last = over.sort((one, other) => other.ends - one.ends)[0];
	return last && now - last.ends < patience ? last : null;
}

/* a list of `count` in groups of at most `size`, each about as long as the others */
export function groupsOf(count, size) {
	const of = count > size ? Math.ceil(count / size) : 1;
	const each = Math.ceil(count / of);
	return Array.from({ length: of }, (_, group) => ({
		number: group + 1, of, first: group * each, last: Math.min((group + 1) * each, count),
	}));
}

/* the group whose turn it is */
export function turnOf(groups, now, every) {
	return groups[Math.floor(now / every) % groups.length];
}

export function clockWords(milliseconds) {
	const seconds = Math.floor(Math.abs(milliseconds) / 1000);
	const hours = Math.floor(seconds / 3600);
	const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
	return hours ? `${hours}.${parts.join(".")}` : parts.join(".");
}
