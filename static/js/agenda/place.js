/* An item's place on the board: minutes after midnight and a room; shown by classes, kept in its form. */

export const SNAP = 15;
const DAY = 24 * 60;
const SHORTEST = 5;

export function placeOf(block) {
	const { starts, ends, lane } = block.dataset;
	return { starts: Number(starts), ends: Number(ends), lane: lane ? Number(lane) : null };
}

/* keeps the length where the start moves, and everything within the day */
export function shifted(place, by) {
	const length = place.ends - place.starts;
	const starts = Math.min(Math.max(place.starts + by, 0), DAY - 1 - length);
	return { ...place, starts, ends: starts + length };
}

export function stretched(place, by) {
	return { ...place, ends: Math.min(Math.max(place.ends + by, place.starts + SHORTEST), DAY - 1) };
}

export function show(block, form, place) {
	const first = Math.floor(place.starts / 5) * 5;
	const length = Math.max(Math.ceil((place.ends - first) / 5) * 5, SHORTEST);
	const kept = [...block.classList].filter((name) => !/^([tmde]\d+|x\d+)$/.test(name));
	const column = place.lane === null ? [] : [`x${place.lane + 1}`];
	block.className = [...kept, ...column, `t${Math.floor(first / 60)}`, `m${two(first % 60)}`,
		`d${Math.floor(length / 60)}`, `e${two(length % 60)}`].join(" ");
	form.elements.starts.value = clock(place.starts, ":");
	form.elements.ends.value = clock(place.ends, ":");
	if (place.room !== undefined) form.elements.room.value = place.room;
	const times = block.querySelector("[data-times]");
	const dot = document.documentElement.lang === "en" ? ":" : ".";
	times.textContent = times.textContent.replace(/^\S*?\d\d.\d\d\S*?\d\d.\d\d/, `${clock(place.starts, dot)}–\u2060${clock(place.ends, dot)}`);
	return place;
}

function clock(minutes, dot) {
	return `${two(Math.floor(minutes / 60))}${dot}${two(minutes % 60)}`;
}

function two(number) {
	return String(number).padStart(2, "0");
}
