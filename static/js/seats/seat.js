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
		const { name, choice, reason } = this.element.dataset;
		return { name, choice, reason };
	}

	get seen() {
		return this.field("seen").value;
	}

	get typed() {
		const chosen = this.element.querySelector(`[name="choice-${this.key}"]:checked`);
		return { name: this.field("name").value.trim(), choice: chosen?.value ?? "", reason: this.field("reason").value.trim() };
	}

	/* something differs from what is stored: worth keeping */
	get touched() {
		const { name, choice, reason } = this.typed;
		return name !== this.saved.name || choice !== this.saved.choice || reason !== this.saved.reason;
	}

	/* complete and new: the button counts it */
	get ready() {
		const { name, choice, reason } = this.typed;
		if (choice === "decline") return choice !== this.saved.choice || reason !== this.saved.reason;
		return choice !== "" && name !== "" && (name !== this.saved.name || choice !== this.saved.choice);
	}

	get answered() {
		return this.element.querySelector("details") !== null;
	}

	choose(word) {
		const radio = this.element.querySelector(`[name="choice-${this.key}"][value="${word}"]`);
		if (radio) radio.checked = true;
	}

	fill({ name, choice, reason }) {
		this.field("name").value = name;
		this.field("reason").value = reason;
		this.choose(choice);
		const fold = this.element.querySelector("details");
		if (fold) fold.open = true;
	}
}
