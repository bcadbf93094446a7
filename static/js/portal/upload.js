/* A material in parts over a line that breaks. The form stays a form: without a file, or where the browser cannot
   hash, it is sent as it is. */

import { send } from "./sending.js";

export function mount(form) {
	const file = form.elements.file;
	const box = form.querySelector(".sending");
	const [bar, words] = [box.querySelector("progress"), box.querySelector("[role=status]")];
	const error = form.querySelector("[data-error]");
	const button = form.querySelector("button:not([type])");
	form.addEventListener("submit", async (event) => {
		const chosen = file.files[0];
		if (!chosen || !globalThis.crypto?.subtle) return;
		event.preventDefault();
		if (button.disabled) return;
		error.hidden = true;
		if (chosen.size > Number(form.dataset.most)) return fail(form.dataset.heavy);
		button.disabled = true;
		box.hidden = false;
		const told = { reading: form.dataset.reading, sending: form.dataset.sending, waiting: form.dataset.waiting, checking: form.dataset.checking };
		try {
			const answer = await send(chosen, form, (state, sent) => show(told[state], sent, chosen.size));
			if (answer.problem) return fail(answer.problem);
			file.value = "";
			location.assign(answer.done ?? location.href);
			if (answer.done?.split("#")[0] === location.pathname) location.reload();
		} catch {
			location.reload();  // gone meanwhile: the page says what is here
		}
	});

	function show(text, sent, size) {
		bar.value = (100 * sent) / size;
		const said = text.replace("{part}", megabytes(sent)).replace("{whole}", megabytes(size));
		if (words.textContent !== said) words.textContent = said;
	}

	function fail(problem) {
		box.hidden = true;
		button.disabled = false;
		error.hidden = false;
		error.querySelector("span").textContent = problem;
	}
}

function megabytes(bytes) {
	const spoken = document.documentElement.lang === "en" ? "en" : "id";
	return (bytes / 1024 / 1024).toLocaleString(spoken, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
