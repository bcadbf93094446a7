/* The desk's real modules, many phones in one process: node phones.mjs MODULES ADDRESS. Reads one order a line, does it,
   answers one line when nothing is under way. Each phone has its own clocks, network, cookie and disk. */

import { AsyncLocalStorage } from "node:async_hooks";
import { createInterface } from "node:readline";

import { Disk } from "./disk.mjs";

const [modules, address] = process.argv.slice(2);
const here = new AsyncLocalStorage();
const phones = new Map();
const WORDS = { refused_here: "ditolak di meja", sent_away: "bukan di meja ini" };
const real = { fetch: globalThis.fetch, now: Date.now, mono: performance.now.bind(performance) };

Date.now = () => here.getStore()?.wall ?? real.now();
performance.now = () => here.getStore()?.mono ?? real.mono();
Object.defineProperty(globalThis, "navigator", { get: () => ({ onLine: here.getStore().online }), configurable: true });
globalThis.fetch = (path, init) => here.getStore().fetch(path, init);

const [{ Clocks }, { Entry }, { Follower }, { Roster }, { openStore }, { Uplink }] = await Promise.all(
	["clocks", "entry", "follower", "roster", "store", "uplink"].map((name) => import(`${modules}/${name}.js`)),
);

class Phone {
	disk = new Disk();
	flying = 0;
	now = 0;

	constructor(order) {
		Object.assign(this, order);
		this.offlineUntil = 0;
	}

	get wall() {
		return this.now + this.skew;
	}

	get mono() {
		return this.now - this.booted_at;
	}

	get online() {
		return this.now >= this.offlineUntil;
	}

	/* A request takes time on this phone's clocks, more for some than for others. */
	async fetch(path, init = {}) {
		if (!this.online) throw new TypeError("no network");
		this.flying += 1;
		try {
			const headers = { ...init.headers, Cookie: this.cookie, Origin: address };
			const reply = await real.fetch(address + path, { ...init, headers });
			const content = await reply.arrayBuffer();
			this.now += this.rtt;
			return new Response(content.byteLength ? content : null, { status: reply.status, headers: reply.headers });
		} finally {
			this.flying -= 1;
		}
	}

	/* The app starts: whatever it knows comes from its disk. One that was killed does nothing any more, also later. */
	async start() {
		if (this.uplink) this.uplink.ended = true;
		const store = await openStore(`rakor-desk-${this.id}`, this.disk);
		const clocks = new Clocks();
		const roster = new Roster(store, this.checkpoint);
		const follower = new Follower({ roster, store });
		const uplink = new Uplink({ store, clocks, follower, sleep: () => new Promise(() => {}), chance: () => 0 });
		const place = { checkpoint: this.checkpoint, name: this.name };
		Object.assign(this, { store, roster, uplink, place, entry: new Entry({ store, clocks, roster, uplink, place, words: WORDS, door: () => follower.door }) });
		await follower.open();
	}

	async quiet() {
		for (let still = 0; still < 5; still = this.flying || this.disk.busy ? 0 : still + 1) await new Promise((resolve) => { setImmediate(resolve); });
	}
}

const ORDERS = {
	enrol: async (phone) => phone.start(),
	restart: async (phone, { booted_at }) => {
		phone.booted_at = booted_at ?? phone.booted_at;
		await phone.start();
	},
	cut: async (phone, { until }) => { phone.offlineUntil = until; },
	scan: async ({ entry, place, roster }, { ref, code, checkpoint, direction, override }) => {
		Object.assign(place, { checkpoint, direction });
		if (roster.checkpoint !== checkpoint) await roster.move(checkpoint);
		const entered = await entry.enter({ kind: "ticket", ref }, code);
		if (override) await entry.insist(entered, "atas izin panitia");
		return entered.record.scan_id;
	},
	take: async ({ entry }, { target }) => entry.take({ scan_id: target }, "keliru"),
	sync: async ({ uplink }) => { uplink.beat(); },
	kept: async ({ store }) => ({ records: await store.all(), waiting: await store.waitingCount() }),
	again: async (_phone, { records }) => {
		const body = JSON.stringify({ records, changes: 0, waiting: 0 });
		return (await fetch("/scan/v1/batches", { method: "POST", headers: { "Content-Type": "application/json" }, body })).status;
	},
};

async function obey(order) {
	if (order.do === "enrol") phones.set(order.id, new Phone(order));
	const phone = phones.get(order.id);
	phone.now = Math.max(phone.now, order.now);
	const said = await here.run(phone, () => ORDERS[order.do](phone, order));
	await phone.quiet();
	return said;
}

for await (const line of createInterface({ input: process.stdin })) {
	const said = await obey(JSON.parse(line)).then((found) => ({ said: found ?? null }), (error) => ({ failed: String(error.stack) }));
	process.stdout.write(`${JSON.stringify(said)}\n`);
}
