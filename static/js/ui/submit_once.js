/* A second click within the same sending is ignored. The guard ends by itself when the page comes back, when htmx
   answers, or after ten seconds, so an error never blocks the retry. */

const PATIENCE = 10_000;

export function mount(form) {
	let timer = 0;
	const release = () => {
		clearTimeout(timer);
		delete form.dataset.sending;
		form.removeAttribute("aria-busy");
	};
	form.addEventListener("submit", (event) => {
		if (form.dataset.sending) {
			event.preventDefault();
			event.stopImmediatePropagation();
			return;
		}
		form.dataset.sending = "yes";
		form.setAttribute("aria-busy", "true");
		timer = setTimeout(release, PATIENCE);
	}, { capture: true });
	form.addEventListener("htmx:afterRequest", release);
	window.addEventListener("pageshow", release);
}
