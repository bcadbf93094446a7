/* Sealed to the event's public key: what is written here, this phone itself cannot read again. As rakor/checkin/envelope.py:
   point (65 bytes) ‖ nonce (12) ‖ AES-256-GCM under HKDF-SHA256 of the shared secret, salted with the point. */

const INFO = new TextEncoder().encode("rakor/sealed/1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export const seal = async (publicKey, text) => base64Of(await sealed(publicKey, text));

/* The same as bytes, for a file. */
export async function sealed(publicKey, text) {
	const theirs = await crypto.subtle.importKey("raw", bytesOf(publicKey), CURVE, false, []);
	const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
	const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
	const point = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
	const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
	const way = { name: "HKDF", hash: "SHA-256", salt: point, info: INFO };
	const key = await crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const closed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text)));
	const whole = new Uint8Array(point.length + iv.length + closed.length);
	whole.set(point);
	whole.set(iv, point.length);
	whole.set(closed, point.length + iv.length);
	return whole;
}

const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
