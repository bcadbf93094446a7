/* The locked screen: nothing is scanned, what is unsent goes on being sent. It opens by the PIN, and locks when idle.
   The names of "mode daftar" are forgotten: a PIN is four digits, so the supervisor types the passphrase again. */

import { Pin, good } from "./pin.js";

const IDLE_MS = 5 * 60_000;
const TOUCHES = ["pointerdown", "keydown"];

export class Lock {
	#timer = 0;
	#set = false;

	constructor(desk) {
		this.desk = desk;
		this.pin = new Pin({ notes: desk.store, enrolled: desk.root.dataset.enrolled });
	}

	/* Lock at once where a PIN is set, and from now on whenever nobody touches the phone. */
	async open() {
		const { part } = this.desk;
		this.#set = Boolean(await this.pin.kept());
		part("pinless").hidden = this.#set;
		part("lock_now").hidden = !this.#set;
		part("lock_now").addEventListener("click", () => this.close());
		part("unlock").addEventListener("submit", (event) => {
			event.preventDefault();
			this.#try(event.target.elements.pin);
		});
		for (const touch of TOUCHES) document.addEventListener(touch, () => this.touched(), { capture: true, passive: true });
		if (this.#set) this.close();
	}

	get locked() {
		return !this.desk.part("lock").hidden;
	}

	/* Somebody is there, or a code was shown. */
	touched() {
		clearTimeout(this.#timer);
		if (this.#set && !this.locked) this.#timer = setTimeout(() => this.close(), IDLE_MS);
	}

	/* Take a new PIN; returns whether it is good enough. */
	async take(pin) {
		if (!good(pin)) return false;
		await this.pin.set(pin);
		this.#set = true;
		this.desk.part("pinless").hidden = true;
		this.desk.part("lock_now").hidden = false;
		this.touched();
		return true;
	}

	close() {
		if (this.desk.left) return;
		this.desk.screen.close();
		this.desk.forgetNames();
		this.desk.part("ready").hidden = true;
		this.desk.part("lock").hidden = false;
		this.#tell();
		this.desk.part("unlock").elements.pin.focus();
	}

	async #try(field) {
		const pin = field.value;
		field.value = "";
		if (await this.pin.opens(pin)) {
			this.desk.part("lock").hidden = true;
			this.desk.part("ready").hidden = false;
			return this.touched();
		}
		return this.#tell(true);
	}

	/* Say what was wrong, and count the pause down. */
	async #tell(wrong = false) {
		const { part, words } = this.desk;
		const wait = Math.ceil((await this.pin.wait()) / 1000);
		part("lock_status").textContent = wait ? words.pin_wait.replace("{n}", wait) : wrong ? words.pin_wrong : "";
		part("unlock").elements.pin.disabled = wait > 0;
		if (wait && this.locked) setTimeout(() => this.#tell(), 1000);
	}
}
