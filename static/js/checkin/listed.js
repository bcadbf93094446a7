/* Finding people in a list by the beginnings of words, best first: the server's rules (registrations/rules/search.py).
   Ten thousand people are looked through at every key, on slow phones too: each has one line of words, the engine's own
   search runs over it, and the page has a turn in between. */

const SHOWN = 8;
const SHORTEST = 2;
const AT_ONCE = 500;
const MARKS = /\p{M}/gu;
const NO_WORD = /[^\p{L}\p{N}]+/gu;

export const plain = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(NO_WORD, " ").trim();

/* What the server sealed ({people, words, titles}; the search words are plain already), ready to be searched. `line` is
   " word word … ", so that a word's beginning is found by the blank before it. */
export function listOf({ people, words, titles }) {
	const found = words.map(plain);
	return {
		titles: new Set(titles),
		people: people.map(([ref, name, role, office, key]) => ({
			ref, name, role: words[role], office: words[office], placing: "", colour: "",
			line: ` ${[key, found[role], found[office]].filter(Boolean).join(" ")} `,
		})),
	};
}

const turn = () => new Promise((done) => { setTimeout(done); });

/* At most eight people; a title that was typed need not be found, unless nothing else was. */
export async function find({ people, titles }, query) {
	const typed = plain(query).split(" ").filter(Boolean).slice(0, 6);
	const bare = typed.filter((word) => !titles.has(word));
	const words = bare.length ? bare : typed;
	if (words.join("").length < SHORTEST) return [];
	const best = [];
	for (let start = 0; start < people.length; start += AT_ONCE) {
		if (start) await turn();
		for (const one of people.slice(start, start + AT_ONCE)) {
			const score = scoreOf(words, one.line);
			if (score) insert(best, { one, score });
		}
	}
	return best.map(({ one }) => one);
}

/* Keep the best eight in their order; of two that are alike the earlier one goes first. */
function insert(best, found) {
	if (best.length === SHOWN && compare(found.score, best.at(-1).score) >= 0) return;
	const place = best.findIndex(({ score }) => compare(found.score, score) < 0);
	best.splice(place < 0 ? best.length : place, 0, found);
	if (best.length > SHOWN) best.pop();
}

/* [words that are only begun, sum of the places where the words were found, length]; null where one is missing. */
function scoreOf(words, line) {
	let begun = 0;
	let places = 0;
	for (const word of words) {
		const at = line.indexOf(` ${word}`);
		if (at < 0) return null;
		begun += line.includes(` ${word} `) ? 0 : 1;
		places += blanks(line, at);
	}
	return [begun, places, line.length];
}

/* How many blanks stand before a place. */
function blanks(line, end) {
	let count = 0;
	for (let at = line.indexOf(" "); at >= 0 && at < end; at = line.indexOf(" ", at + 1)) count += 1;
	return count;
}

const compare = (left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
