/* Sends a form and tries again by itself while the network or the server is away. The form carries a key, so a sending
   whose answer was lost on the way is answered as the first one was. */

const [FIRST_PAUSE, LONGEST_PAUSE] = [1000, 8000];

export async function send(form, waiting) {
	for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
		const answer = await once(form);
		if (answer) return answer;
		waiting(navigator.onLine);
		await rest(pause);
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

/* until the time is over, or the phone says that there is a network again */
function rest(milliseconds) {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			window.removeEventListener("online", done);
			resolve();
		};
		const timer = setTimeout(done, milliseconds);
		window.addEventListener("online", done);
	});
}
