import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { find, listOf } from "../../../static/js/checkin/listed.js";
import { Names } from "../../../static/js/checkin/names.js";

const DEVICE = "0065e32e-628a-48c7-9325-bb9a69a79831";
const LIST = {
	words: ["Ketua", "KPU Kabupaten Asmat", "Sekretaris", "KIP Kota Sabang", "KPU Provinsi Papua Selatan"],
	titles: ["dr", "h"],
	people: [
		["aa", "Dr. H. Añisah Contoh, M.Si.", 0, 1, "anisah contoh kabupaten asmat papua selatan"],
		["bb", "Ketut Asmara Contoh", 2, 3, "ketut asmara contoh kota sabang aceh"],
		["cc", "Budi Contoh", 2, 1, "budi contoh kabupaten asmat papua selatan"],
	],
};
const refs = (people) => people.map((one) => one.ref);

/* As rakor/checkin/names.py seals. */
async function sealed(letters, list = LIST) {
	const salt = Uint8Array.from(DEVICE.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
	const base = await webcrypto.subtle.importKey("raw", new TextEncoder().encode(letters), "PBKDF2", false, ["deriveKey"]);
	const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 200_000 };
	const key = await webcrypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
	const iv = webcrypto.getRandomValues(new Uint8Array(12));
	const text = new Uint8Array(await webcrypto.subtle.encrypt({ name: "AES-GCM", iv }, key, deflateSync(JSON.stringify(list))));
	return Uint8Array.of(...iv, ...text).buffer;
}

function made(contents) {
	const kept = new Map();
	const store = { keptNames: async () => kept.get("names"), keepNames: async (names) => kept.set("names", names), dropNames: async () => kept.delete("names") };
	const states = [];
	const now = { wall: 0, asked: 0 };
	const get = async () => {
		now.asked += 1;
		const content = contents.shift();
		if (!content) throw new TypeError("no network");
		return { status: 200, arrayBuffer: async () => content };
	};
	return { names: new Names({ store, device: DEVICE, onState: (state) => states.push(state), get, wall: () => now.wall }), kept, states, now };
}

test("words may begin anywhere, in any order, without titles and accents", async () => {
	const list = listOf(LIST);
	assert.deepEqual(refs(await find(list, "asm ket")), ["bb", "aa"]); // as the server ranks: early words first
	assert.deepEqual(refs(await find(list, "Dr. anisah")), ["aa"]);
	assert.deepEqual(refs(await find(list, "sekretaris asmat")), ["cc"]);
	assert.deepEqual(await find(list, "x"), []);
	assert.deepEqual(await find(list, "nobody"), []);
	assert.equal((await find(list, "anisah"))[0].office, "KPU Kabupaten Asmat");
});

test("the right passphrase opens the names, however it is typed; another one does not", async () => {
	const { names, states, kept } = made([await sealed("abcdefgolijk2345")]);
	await names.open();
	await names.heard({ names: 7, changes: [] });
	assert.deepEqual(states.at(-1), { kept: true, count: null });
	assert.equal(await names.find("asmat"), null);
	assert.equal(await names.unlock("abcd-efgh-ijkl-mnop"), false);
	assert.equal(await names.unlock(" ABCD efg0 1ijk-2345 "), true);
	assert.deepEqual(refs(await names.find("asmat")).sort(), ["aa", "cc"]);
	assert.deepEqual(refs(names.of(["cc", "zz"])), ["cc"]);
	assert.ok(!Buffer.from(kept.get("names").content).includes("Contoh"));
	names.close();
	assert.equal(await names.find("asmat"), null);
	assert.equal(kept.has("names"), true);
});

test("who is alike stands in the order of the list, and eight at most, the best first", async () => {
	const people = Array.from({ length: 20 }, (_, number) => [`${number}`, `Nama ${number}`, 0, 1, "nama contoh"]);
	people.push(["whole", "Nam", 0, 1, "nam contoh"]);
	assert.deepEqual(refs(await find(listOf({ ...LIST, people }), "nam")), ["whole", "0", "1", "2", "3", "4", "5", "6"]);
	assert.deepEqual(await find(listOf({ ...LIST, people }), "ama"), [], "words are found by their beginnings");
});

test("names that are closed while the passphrase is tried stay closed", async () => {
	const { names, states } = made([await sealed("abcd")]);
	await names.heard({ names: 7, changes: [] });
	const tried = names.unlock("abcd");
	names.close();
	assert.equal(await tried, false);
	assert.equal(await names.find("asmat"), null);
	assert.deepEqual(states.at(-1), { kept: true, count: null });
	assert.equal(await names.unlock("abcd"), true);
});

test("when the organiser ends the mode the names go, from memory and from disk", async () => {
	const { names, kept } = made([await sealed("abcd")]);
	await names.heard({ names: 7, changes: [] });
	await names.unlock("abcd");
	await names.heard({ names: null, changes: [] });
	assert.equal(await names.find("asmat"), null);
	assert.equal(kept.has("names"), false);
});

test("new tickets bring new names, at most every five minutes, without asking for the passphrase again", async () => {
	const less = { ...LIST, people: LIST.people.slice(0, 1) };
	const { names, now } = made([await sealed("abcd", less), await sealed("abcd")]);
	await names.heard({ names: 7, changes: [] });
	await names.unlock("abcd");
	await names.heard({ names: 7, changes: [{ change_seq: 3 }] });
	assert.equal(now.asked, 1);
	now.wall = 5 * 60_000 + 1;
	await names.heard({ names: 7, changes: [{ change_seq: 4, checkpoint: "hall" }] });
	assert.equal(now.asked, 2);
	assert.deepEqual(refs(await names.find("sekretaris asmat")), ["cc"]);
});

test("a new passphrase closes what the old one opened", async () => {
	const { names } = made([await sealed("abcd"), await sealed("efgh")]);
	await names.heard({ names: 7, changes: [] });
	await names.unlock("abcd");
	await names.heard({ names: 8, changes: [] });
	assert.equal(await names.find("asmat"), null);
	assert.equal(await names.unlock("efgh"), true);
});

test("without a network what is kept stays, and the next contact asks again", async () => {
	const { names, now } = made([]);
	await names.heard({ names: 7, changes: [] });
	await names.heard({ names: 7, changes: [] });
	assert.equal(now.asked, 2);
});
