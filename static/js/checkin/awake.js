/* The screen stays on while the desk is looked at; a browser lets go when the page is hidden, so it is asked anew. */

export function stayAwake(page = document, lock = globalThis.navigator?.wakeLock) {
	const ask = async () => {
		if (page.visibilityState !== "visible") return;
		try {
			await lock?.request("screen");
		} catch {
			// an empty battery, or a browser that does not: the phone sleeps as it always did
		}
	};
	page.addEventListener("visibilitychange", ask);
	return ask();
}
