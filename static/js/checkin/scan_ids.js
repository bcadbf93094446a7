/* What a desk calls its records. */

const DIGITS = 12;

/* Return a new id, in the order of time (RFC 9562, version 7): the server's index of ids grows at its end, where ids
drawn at random would change a page of it for every scan. A wrong clock costs that, nothing else. */
export function newScanId(millis = Date.now()) {
	const time = Math.max(0, Math.trunc(millis)).toString(16).padStart(DIGITS, "0").slice(-DIGITS);
	const [variant, ...rest] = crypto.getRandomValues(new Uint8Array(10));
	const chance = rest.map((byte) => byte.toString(16).padStart(2, "0")).join("");
	return `${time.slice(0, 8)}-${time.slice(8)}-7${chance.slice(0, 3)}-${"89ab"[variant & 3]}${chance.slice(3, 6)}-${chance.slice(6)}`;
}
