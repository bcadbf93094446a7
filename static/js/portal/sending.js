/* Sends a file in parts. Every answer says how much has arrived, and from there it goes on: after a broken line, a
   restarted server, or on another day. Its SHA-256 tells the server that it is the same file. */

const PAUSES = [1, 2, 4, 8, 15, 30];
const PATIENCE = 120_000;
const FAST = 4_000;

export async function send(file, form, told, { fetching = fetch, resting = rest } = {}) {
	told("reading", 0);
	const digest = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
	const fields = new URLSearchParams({ name: file.name, size: file.size, digest });
	for (const name of ["item_id", "material_id", "is_open"]) fields.set(name, new FormData(form).get(name) ?? "");
	let arrived = 0;
	const ask = (url, body) => persist(() => fetching(url, request(body)), () => told("waiting", arrived), resting);
	const begun = await ask(form.dataset.uploads, fields);
	if (begun.problem) return begun;
	arrived = begun.arrived;
	let length = begun.segment;
	for (;;) {
		while (arrived < file.size) {
			told("sending", arrived);
			const before = performance.now();
			const part = file.slice(arrived, arrived + length);
			const answer = await ask(`${begun.url}?from=${arrived}`, part);
			if (answer.arrived > arrived) length = performance.now() - before < FAST ? Math.min(length * 2, begun.most) : begun.segment;
			arrived = answer.arrived;
		}
		told("checking", arrived);
		const answer = await ask(`${begun.url}/completion`, new URLSearchParams());
		if (answer.arrived === undefined) return answer;
		arrived = answer.arrived;
	}
}

/* goes on asking until an answer comes; only the server's own word ends it */
async function persist(ask, broken, resting) {
	for (let tries = 0; ; tries += 1) {
		try {
			const answer = await ask();
			if (answer.ok || answer.status === 409 || answer.status === 422) return await answer.json();
			if (answer.status < 500 && answer.status !== 429 && answer.status !== 408) throw new Refused(answer.status);
		} catch (error) {
			if (error instanceof Refused) throw error;
		}
		broken();
		await resting(PAUSES[Math.min(tries, PAUSES.length - 1)]);
	}
}

class Refused extends Error {}

function request(body) {
	return { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
}

/* a while, or until the device says that it is back */
function rest(seconds) {
	return new Promise((go) => {
		const timer = setTimeout(go, seconds * 1000);
		addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
	});
}

function hex(buffer) {
	return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
