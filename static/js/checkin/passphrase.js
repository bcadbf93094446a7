/* What a passphrase opens, as rakor/checkin/names.py seals it: nonce (12) ‖ AES-256-GCM of zlib's form of a JSON text, under
   PBKDF2-SHA256 of the letters, salted with the device's id. */

const ROUNDS = 200_000;
const NONCE = 12;

/* The key, which no script can read. Capitals, spaces and hyphens do not matter; 0 and 1 are no letters of ours. */
export async function keyOf(typed, device) {
	const letters = typed.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replace(/[^a-z2-7]/g, "");
	const salt = Uint8Array.from(device.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
	const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(letters), "PBKDF2", false, ["deriveKey"]);
	const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
	return crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

/* What was sealed; rejects where the key is another one. */
export async function opened(content, key) {
	const [iv, text] = [content.slice(0, NONCE), content.slice(NONCE)];
	const packed = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text);
	return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}
