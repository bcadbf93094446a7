// The ticket code in the browser: the same parser and the same look-up key as rakor/codes.py.
// tests/checkin/code_vectors.json holds 1,000 answers that both must give.

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const LENGTH = 20;
const VERSION = "1";
const TYPED_LIMIT = 64;
const SEPARATORS = new Set(" \t\r\n-\u00a0\u2010\u2011\u2012\u2013\u2014");
const VALUE = new Map([...ALPHABET].map((character, value) => [character, value]));
const TYPED = new Map([
	...[..."abcdefghjkmnpqrstvwxyz"].map((lower) => [lower, lower.toUpperCase()]),
	...[..."Oo"].map((letter) => [letter, "0"]),
	...[..."IiLl"].map((letter) => [letter, "1"]),
]);

const doubled = (value) => (value << 1) ^ (value & 16 ? 0b100101 : 0);

/** The check value of the 19 values before it: weights are powers of a generator of the field of 32 elements. */
export function checkValue(values) {
	return values.reduce((total, value) => doubled(total ^ value), 0);
}

/** Read a code byte for byte; `typed` folds what hands and USB scanners type, a camera"s text is taken as it is.
*  Returns {code} or {problem: "length" | "alphabet" | "version" | "check"}. */
export function parse(text, typed) {
	let characters = [...text];
	if (typed) {
		if (characters.length > TYPED_LIMIT) return { problem: "length" };
		characters = characters.filter((one) => !SEPARATORS.has(one)).map((one) => TYPED.get(one) ?? one);
	}
	if (characters.length !== LENGTH) return { problem: "length" };
	const values = characters.map((one) => VALUE.get(one));
	if (values.includes(undefined)) return { problem: "alphabet" };
	if (characters[0] !== VERSION) return { problem: "version" };
	if (checkValue(values.slice(0, -1)) !== values.at(-1)) return { problem: "check" };
	return { code: characters.join("") };
}

/** The 12 bytes of the secret (90 bits, the last six bits are zero). */
export function secretOf(code) {
	let bits = 0n;
	for (const one of code.slice(1, -1)) bits = (bits << 5n) | BigInt(VALUE.get(one));
	bits <<= 6n;
	return Uint8Array.from({ length: 12 }, (_, index) => Number((bits >> BigInt(8 * (11 - index))) & 255n));
}

/** The look-up key, 24 hexadecimal characters: SHA-256("ref" ‖ secret)[:12]. */
export async function refOf(code) {
	const message = new Uint8Array(15);
	message.set([114, 101, 102]);
	message.set(secretOf(code), 3);
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", message));
	return [...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
