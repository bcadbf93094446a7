/* Sends a form and tries again by itself while the network or the server is away. The form carries a key, so a sending
   whose answer was lost on the way is answered as the first one was. */

const PAUSE = 8000;

export async function send(form, waiting) {
	for (;;) {
		const answer = await once(form);
		if (answer) return answer;
		waiting(navigator.onLine);
		await pause();
	}
}

/* the response, or nothing where it is worth another try */
async function once(form) {
	try {
		const body = new URLSearchParams(new FormData(form));
		body.append("send", "1");
		const response = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "text/html" } });
		return response.status >= 500 || response.status === 429 ? null : response;
	} catch {
		return null;
	}
}

function pause() {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			window.removeEventListener("online", done);
			resolve();
		};
		const timer = setTimeout(done, PAUSE);
		window.addEventListener("online", done);
	});
}
