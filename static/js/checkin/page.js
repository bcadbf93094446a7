/* The desk's page: its words, its database's name, and what it says where no desk is noted. */

import { finishWiping } from "./farewell.js";

/* No desk is noted here: either this phone never was one, or its wiping was cut off before the server heard of it. */
export async function nobody(root) {
	const say = (part, word) => { root.querySelector(`[data-part="${part}"]`).textContent = wordsOf(root)[word]; };
	if (!root.dataset.gone) return say("hint", "stranger");
	await finishWiping();
	for (const part of root.querySelectorAll("section")) part.hidden = part.dataset.part !== "left";
	return say("left_words", "wiped");
}

export const databaseOf = (root) => `rakor-desk-${root.dataset.device}`;

export function wordsOf(root) {
	const words = [...root.querySelector('[data-part="words"]').content.children];
	return Object.fromEntries(words.map((one) => [one.dataset.word, one.textContent]));
}
