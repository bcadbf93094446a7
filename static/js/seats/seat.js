/* One seat of the office's form: what stands in its fields, and whether that says something new. */

export class Seat {
	constructor(element) {
		this.element = element;
		this.key = element.dataset.seat;
	}

	field(name) {
		return this.element.querySelector(`[name="${name}-${this.key}"]`);
	}

	get saved() {
		const { name, choice, reason, as } = this.element.dataset;
		return { name, choice, reason, as, who: "" };
	}

	get seen() {
		return this.field("seen").value;
	}

	get typed() {
		const chosen = this.element.querySelector(`[name="choice-${this.key}"]:checked`);
		const text = (name) => this.field(name)?.value.trim() ?? "";
		return { name: text("name"), choice: chosen?.value ?? "", reason: text("reason"), as: text("as"), who: text("who") };
	}

	/* something differs from what is stored: worth keeping */
	get touched() {
		const [typed, saved] = [this.typed, this.saved];
		return Object.keys(saved).some((name) => typed[name] !== saved[name]);
	}

	/* complete and new: the button counts it */
	get ready() {
		const { name, choice, reason, as, who } = this.typed;
		const saved = this.saved;
		if (choice === "decline") return choice !== saved.choice || reason !== saved.reason;
		if (as && as !== saved.as) return true;
		const news = name !== saved.name || choice !== saved.choice || as !== saved.as || (who !== "" && saved.name !== "");
		return choice !== "" && name !== "" && news;
	}

	get answered() {
		return this.element.querySelector("details.seat") !== null;
	}

	choose(word) {
		const radio = this.element.querySelector(`[name="choice-${this.key}"][value="${word}"]`);
		if (radio) radio.checked = true;
	}

	fill({ name, choice, reason, as, who }) {
		for (const [field, value] of Object.entries({ name, reason, as, who })) {
			if (this.field(field)) this.field(field).value = value ?? "";
		}
		this.choose(choice);
		for (const fold of this.element.querySelectorAll(as || who ? "details" : "details.seat")) fold.open = true;
	}

	/* the same name stands on an earlier seat: one touch says it is the same person */
	offer(earlier, changed) {
		const line = this.element.querySelector("[data-twin]");
		line.hidden = !earlier;
		if (!earlier) return;
		const words = line.querySelector("[data-words]");
		words.textContent = words.dataset.words.replace("{n}", earlier.element.dataset.place);
		line.querySelector("[data-join]").onclick = () => {
			this.field("as").value = earlier.key;
			this.element.querySelector("details.more").open = true;
			changed();
		};
	}
}
