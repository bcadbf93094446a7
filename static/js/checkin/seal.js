/* Sealed to the event's public key: what is written here, this phone itself cannot read again. As rakor/checkin/envelope.py:
   point (65 bytes) ‖ nonce (12) ‖ AES-256-GCM under HKDF-SHA256 of the shared secret, salted with the point. */

const INFO = new TextEncoder().encode("rakor/sealed/1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export async function seal(publicKey, text) {
	const theirs = await crypto.subtle.importKey("raw", bytesOf(publicKey), CURVE, false, []);
	const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
	const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
	const point = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
	const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
	const way = { name: "HKDF", hash: "SHA-256", salt: point, info: INFO };
	const key = await crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text)));
	return base64Of([...point, ...iv, ...sealed]);
}

const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
