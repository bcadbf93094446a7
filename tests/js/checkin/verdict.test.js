import assert from "node:assert/strict";
import { test } from "node:test";

import { listenToScanner } from "../../../static/js/checkin/keys.js";
import { told } from "../../../static/js/checkin/verdict.js";

const words = { zone: "WIB", in_big: "MASUK", already_big: "SUDAH MASUK", already_foot: "Tidak dicatat dua kali", go_by_itself: "g", go_on_touch: "t", check_big: "PERIKSA", check_name: "Server belum menjawab" };
const clock = () => "08.12";
const who = { name: "Sari Contoh", role: "Sekretaris", office: "Kantor" };

test("a verdict says colour, word, when, where and who", () => {
	assert.deepEqual(told("already", { who, first_in_at: 1, place: "Meja 3" }, words, clock), {
		tone: "warn", big: "SUDAH MASUK", line: "08.12 · Meja 3", name: "Sari Contoh", role: "Sekretaris", office: "Kantor", placing: "", foot: "Tidak dicatat dua kali", go: "t",
	});
	const entered = told("in", { who, first_in_at: 1, place: "Meja 3" }, words, clock);
	assert.equal(entered.line, "08.12 WIB");
	assert.equal(entered.tone, "ok");
	assert.equal(told("check", null, words, clock).name, "Server belum menjawab");
	assert.equal(told("something new", null, words, clock).tone, "bad");
	const placed = { ...who, placing: "kamar 312", colour: "red" };
	assert.equal(told("in", { who: placed }, { ...words, colour_red: "kartu merah" }, clock).placing, "kamar 312 · kartu merah");
});

function keyboard() {
	let hear;
	const target = { addEventListener: (_name, listener) => { hear = listener; } };
	const time = { at: 0 };
	const press = (key, after, where = {}) => {
		time.at += after;
		hear({ key, target: where, preventDefault() {}, stopPropagation() {} });
	};
	return { target, time, press };
}

test("a USB scanner's burst is a code, hands are not", () => {
	const { target, time, press } = keyboard();
	const heard = [];
	listenToScanner((text) => heard.push(text), target, () => time.at);
	for (const key of "1J1GYVKG7XC7T79BB42Z") press(key, 5);
	press("Enter", 5);
	for (const key of "1J1GYVKG7XC7T79BB42Z") press(key, 120);
	press("Enter", 120);
	for (const key of "short") press(key, 5);
	press("Enter", 5);
	const field = { closest: () => field };
	for (const key of "1J1GYVKG7XC7T79BB42Z") press(key, 5, field);
	press("Enter", 5, field);
	assert.deepEqual(heard, ["1J1GYVKG7XC7T79BB42Z"]);
});
