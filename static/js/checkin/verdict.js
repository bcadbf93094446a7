/* The full-screen verdict: colour, shape, word, tone. Green goes by itself after a second, the others wait for a touch. */

import { signal } from "./signals.js";

const TONES = {
	in: "ok", out: "ok", recorded: "ok",
	already: "warn", check: "warn", unknown: "warn", not_a_code: "warn", waits: "warn",
	other_event: "bad", old_card: "bad", revoked: "bad", held: "bad", not_saved: "bad",
};
const GREEN_MS = 1000;

export const REFUSALS = new Set(["old_card", "revoked"]);

/* What a verdict says, from the page's words and the server's answer: {tone, big, line, name, role, office, foot, go}. */
export function told(verdict, answer, words, clock) {
	const known = answer?.who ?? null;
	const at = answer?.first_in_at ? clock(answer.first_in_at) : "";
	const place = answer?.place ? ` · ${answer.place}` : "";
	const line = verdict === "already" ? `${at}${place}` : verdict === "in" || verdict === "out" ? `${at} ${words.zone}` : "";
	return {
		tone: TONES[verdict] ?? "bad",
		big: words[`${verdict}_big`],
		line: line || words[`${verdict}_line`] || "",
		name: known?.name ?? words[`${verdict}_name`] ?? "",
		role: known?.role ?? words[`${verdict}_help`] ?? "",
		office: known?.office ?? "",
		foot: answer?.alone && known ? words.alone_foot : words[`${verdict}_foot`] ?? "",
		go: TONES[verdict] === "ok" ? words.go_by_itself : words.go_on_touch,
	};
}

export class Screen {
	#done = null;

	constructor(section, ready, spoken) {
		Object.assign(this, { section, ready, spoken });
		section.addEventListener("click", () => this.close());
		section.addEventListener("keydown", (event) => {
			if (["Enter", " ", "Escape"].includes(event.key)) {
				event.preventDefault();
				this.close();
			}
		});
	}

	get shown() {
		return !this.section.hidden;
	}

	/* Show what was told and resolve when it is gone again. */
	show(verdict, said) {
		this.section.className = `desk verdict ${said.tone}`;
		this.section.dataset.verdict = verdict;
		for (const part of this.section.querySelectorAll("[data-say]")) part.textContent = said[part.dataset.say] ?? "";
		const mark = `for-${verdict === "already" ? "again" : said.tone}`;
		for (const icon of this.section.querySelectorAll(".icon")) icon.toggleAttribute("hidden", !icon.classList.contains(mark));
		this.spoken.textContent = [said.big, said.line, said.name, said.role, said.office].filter(Boolean).join(", ");
		this.section.hidden = false;
		this.ready.hidden = true;
		this.section.focus();
		signal(said.tone);
		const timer = said.tone === "ok" ? setTimeout(() => this.close(), GREEN_MS) : 0;
		return new Promise((resolve) => {
			this.#done = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	close() {
		if (!this.shown) return;
		this.section.hidden = true;
		this.ready.hidden = false;
		this.#done?.();
		this.#done = null;
	}
}
