/* A USB scanner types: twenty characters faster than hands can, then Enter. What is typed into a field stays there. */

const FAST_MS = 60;
const SHORTEST = 16;

export function listenToScanner(onText, target = document, now = () => performance.now()) {
	let text = "";
	let last = 0;
	target.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.altKey || event.metaKey || event.target?.closest?.("input, textarea, select")) return;
		const at = now();
		if (at - last > FAST_MS) text = "";
		last = at;
		if (event.key.length === 1) text += event.key;
		if (event.key !== "Enter" || text.length < SHORTEST) return;
		event.preventDefault();
		event.stopPropagation();
		onText(text);
		text = "";
	}, { capture: true });
}
