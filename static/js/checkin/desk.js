/* The desk: what it is made of, and its life from opening to leaving. A code's way from camera to verdict is in scans.js. */

import { Clocks } from "./clocks.js";
import { Colleagues } from "./colleagues.js";
import { Entry } from "./entry.js";
import { finishing, wipe } from "./farewell.js";
import { Follower } from "./follower.js";
import { guests } from "./guests.js";
import { handover } from "./handover.js";
import { helping } from "./help.js";
import { install, recall } from "./installed.js";
import { Lock } from "./lock.js";
import { listing } from "./listing.js";
import { Names } from "./names.js";
import { exporting } from "./outbox.js";
import { databaseOf, nobody, wordsOf } from "./page.js";
import { posts } from "./post.js";
import { Roster } from "./roster.js";
import { Scans } from "./scans.js";
import { Screen } from "./screen.js";
import { Status } from "./status.js";
import { openStore } from "./store.js";
import { Uplink } from "./uplink.js";
import { listen } from "./ways.js";

const BEAT_MS = 30_000;

export async function mount(root) {
	if (!recall(root)) return nobody(root);
	install();
	const desk = new Desk(root, await openStore(databaseOf(root)));
	await desk.open();
	finishing(desk);
	exporting(desk);
	guests(desk);
	await handover(desk, desk.lock);
	desk.showTicket = helping(desk);
	await listen(root, desk);
}

class Desk {
	constructor(root, store) {
		this.root = root;
		this.store = store;
		this.part = (name) => root.querySelector(`[data-part="${name}"]`);
		this.words = { ...wordsOf(root), zone: root.dataset.clock };
		const style = { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone };
		this.clock = (millis) => new Intl.DateTimeFormat("id-ID", style).format(millis);
		this.screen = new Screen(this.part("verdict"), this.part("ready"), this.part("spoken"), this.part("choices"));
		this.clocks = new Clocks();
		this.status = new Status(this);
		this.lock = new Lock(this);
		this.names = new Names({ store, device: root.dataset.device, onState: listing(this) });
		this.roster = new Roster(store, root.dataset.checkpoint);
		const { clocks, names, roster } = this;
		const follower = new Follower({ roster, names, store, onState: (state) => this.status.known(state) });
		this.follower = follower;
		this.uplink = new Uplink({ store, clocks, follower, onState: (state) => this.status.network(state), onWipe: () => this.leave("wiped") });
		const { uplink, words } = this;
		this.entry = new Entry({ store, clocks, roster, uplink, words, place: root.dataset, door: () => follower.door, named: (ref) => names.of([ref])?.[0] ?? null });
		this.colleagues = new Colleagues(this);
		this.scans = new Scans(this);
		this.idle = "aim"; // what the desk says between two scans; without a live camera another word
	}

	say(word) {
		this.part("hint").textContent = this.words[word];
	}

	async open() {
		setInterval(() => this.clocks.tick(), 1000);
		navigator.storage?.persist?.().then((kept) => { this.part("fragile").hidden = kept; });
		window.addEventListener("online", () => this.uplink.kick());
		window.addEventListener("beforeunload", (event) => { if (!this.part("pending").hidden) event.preventDefault(); });
		setInterval(() => this.#beat(), BEAT_MS);
		await this.scans.open();
		await this.lock.open();
		await this.follower.open();
		await posts({ root: this.root, part: this.part, store: this.store, words: this.words, onMove: (id) => this.#move(id) });
		this.uplink.beat();
	}

	/* The phone serves another of its checkpoints from now on. */
	async #move(checkpoint) {
		if (this.roster.checkpoint === checkpoint) return;
		this.root.dataset.checkpoint = checkpoint;
		await this.roster.move(checkpoint);
		this.uplink.beat();
	}

	async #beat() {
		if (this.left) return;
		if (await this.follower.over()) await this.follower.letGo();
		this.uplink.beat();
	}

	/* Nobody is found by name any more, and who was found leaves the screen. */
	forgetNames() {
		this.names.close();
		for (const list of ["results", "colleagues_list"]) this.part(list).replaceChildren();
	}

	/* Everything is sent: nothing stays on this phone, and it is a desk no more. */
	async leave(word) {
		this.left = this.uplink.ended = true;
		this.forgetNames();
		for (const part of ["ready", "verdict", "lock"]) this.part(part).hidden = true;
		await wipe({ store: this.store, name: databaseOf(this.root) });
		this.part("left_words").textContent = this.words[word];
		this.part("left").hidden = false;
	}
}
