/* Sends what waits, one edit after the other in the order it was written, until the server says that it has it. */

const [SOON, FIRST_PAUSE, LONGEST_PAUSE, PATIENCE] = [700, 1000, 15000, 20000];

/* `told(state, words)` hears "saving", "saved", "offline", "busy", "login", "locked"; `stored(record)` what arrived. */
export function sender(outbox, { told, stored }) {
	let [timer, running, pause] = [undefined, false, FIRST_PAUSE];

	const wake = (delay = SOON) => {
		clearTimeout(timer);
		timer = setTimeout(run, delay);
	};
	async function run() {
		if (running) return;
		running = true;
		const state = await sendAll();
		running = false;
		if (state === "saved") pause = FIRST_PAUSE;
		told(state.name ?? state, state.words);
		if (state === "offline" || state === "busy" || state === "login") {
			wake(pause);
			pause = Math.min(2 * pause, LONGEST_PAUSE);
		} else if (state === "saved" && outbox.waiting().length) wake();
	}
	async function sendAll() {
		for (const record of outbox.waiting()) {
			told("saving");
			record.tried = true;
			await outbox.keep(record);
			const { state, words } = await post(record);
			if (state === "stored") {
				await outbox.drop(record.edit);
				stored(record);
			} else if (state === "refused") await outbox.keep(Object.assign(record, { refused: words }));
			else if (state === "locked") return { name: state, words };
			else return state;
		}
		return "saved";
	}
	globalThis.addEventListener?.("online", () => wake(0));
	return { wake };
}

async function post(record) {
	let response;
	try {
		const body = new URLSearchParams(record.fields);
		const headers = { Accept: "application/json" };
		response = await fetch(record.action, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
		if (response.ok) return { state: "stored" };
	} catch {
		return { state: "offline" };
	}
	if (response.type === "opaqueredirect" || response.status === 401) return { state: "login" };
	if (![403, 404, 409, 413, 422].includes(response.status)) return { state: "busy" };
	const told = await response.json().catch(() => ({}));
	const words = told.words ?? told.error?.message ?? "";
	return { state: told.outcome === "locked" ? "locked" : "refused", words };
}
