/* The verdict in full screen. Green goes by itself after a second, the others wait for a touch or for a choice. */

import { signal } from "./signals.js";

export const GREEN_MS = 1000;

export class Screen {
	#done = null;

	constructor(section, ready, spoken, choices) {
		Object.assign(this, { section, ready, spoken, choices });
		section.addEventListener("click", (event) => {
			if (!choices.contains(event.target)) this.close();
		});
		section.addEventListener("keydown", (event) => {
			if (choices.contains(event.target) || !["Enter", " ", "Escape"].includes(event.key)) return;
			event.preventDefault();
			this.close();
		});
		choices.addEventListener("submit", (event) => {
			event.preventDefault();
			this.close({ act: event.submitter.value, reason: choices.elements.reason.value });
		});
	}

	get shown() {
		return !this.section.hidden;
	}

	/* Show what was told, with the choices that `offered` names; resolves when it is gone again, with the choice made:
	   {act, reason}, or undefined. */
	show(verdict, said, offered = []) {
		this.section.className = `desk verdict ${said.tone}`;
		this.section.dataset.verdict = verdict;
		for (const part of this.section.querySelectorAll("[data-say]")) part.textContent = said[part.dataset.say] ?? "";
		const mark = `for-${verdict === "already" ? "again" : said.tone}`;
		for (const icon of this.section.querySelectorAll(".icon[class*='for-']")) icon.toggleAttribute("hidden", !icon.classList.contains(mark));
		for (const one of this.choices.querySelectorAll("[data-choice]")) one.hidden = !offered.includes(one.dataset.choice);
		this.choices.hidden = !offered.length;
		this.spoken.textContent = [said.big, said.line, said.name, said.role, said.office, said.placing].filter(Boolean).join(", ");
		this.section.hidden = false;
		this.ready.hidden = true;
		this.section.focus();
		signal(said.tone);
		const timer = said.tone === "ok" ? setTimeout(() => this.close(), GREEN_MS) : 0;
		return new Promise((resolve) => {
			this.#done = (choice) => {
				clearTimeout(timer);
				resolve(choice);
			};
		});
	}

	close(choice) {
		if (!this.shown) return;
		this.section.hidden = true;
		this.ready.hidden = false;
		this.#done?.(choice);
		this.#done = null;
	}
}
