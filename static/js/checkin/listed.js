/* Finding people in a list by the beginnings of words, best first: the server's rules (registrations/rules/search.py). */

const SHOWN = 8;
const SHORTEST = 2;
const MARKS = /\p{M}/gu;
const NO_WORD = /[^\p{L}\p{N}]+/gu;

export const plain = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(NO_WORD, " ").trim();

/* What the server sealed ({people, words, titles}), ready to be searched. */
export function listOf({ people, words, titles }) {
	return {
		titles: new Set(titles),
		people: people.map(([ref, name, role, office, key]) => {
			const one = { ref, name, role: words[role], office: words[office], placing: "", colour: "" };
			return { ...one, key: plain(`${key} ${one.role} ${one.office}`).split(" ") };
		}),
	};
}

/* At most eight people; a title that was typed need not be found, unless nothing else was. */
export function find({ people, titles }, query) {
	const typed = plain(query).split(" ").filter(Boolean).slice(0, 6);
	const bare = typed.filter((word) => !titles.has(word));
	const words = bare.length ? bare : typed;
	if (words.join("").length < SHORTEST) return [];
	const scored = people.map((one) => ({ one, score: scoreOf(words, one.key) })).filter(({ score }) => score);
	return scored.sort((left, right) => compare(left.score, right.score)).slice(0, SHOWN).map(({ one }) => one);
}

/* [words that are only begun, sum of the places where the words were found, words in all]; null where one is missing. */
function scoreOf(words, key) {
	let begun = 0;
	let places = 0;
	for (const word of words) {
		const place = key.findIndex((one) => one.startsWith(word));
		if (place < 0) return null;
		begun += key.includes(word) ? 0 : 1;
		places += place;
	}
	return [begun, places, key.length];
}

const compare = (left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
