/* Where a note stands: a word between its neighbours' words (the twin of rakor/minutes/rules/places.py). */

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const BASE = 36n;
const [SHORTEST, LONGEST, FURTHER] = [8, 250, 4];
const STEP = BASE ** 4n;

export function between(before, after, draw = random) {
	for (let length = Math.max(SHORTEST, before.length); length <= LONGEST; length += FURTHER) {
		const low = number(before, length);
		const high = after > before ? number(after, length) : BASE ** BigInt(length);
		const room = high - low - 1n;
		if (room >= STEP || (room > 0n && length > after.length + FURTHER)) {
			const near = after && room / 32n > STEP ? room / 32n : STEP;
			return word(low + 1n + draw(room < near ? room : near), length);
		}
	}
	return (before + DIGITS[1]).slice(0, LONGEST);
}

function random(below) {
	const words = crypto.getRandomValues(new BigUint64Array(4));
	return words.reduce((all, one) => (all << 64n) | one, 0n) % below;
}

function number(text, length) {
	return [...text.slice(0, length).padEnd(length, "0")].reduce((all, letter) => all * BASE + BigInt(DIGITS.indexOf(letter)), 0n);
}

function word(value, length) {
	return value.toString(36).padStart(length, "0");
}
