/* Opening WhatsApp for one office marks it as passed on, and this page goes on to the next: one touch. */

export function mount(link) {
	const form = document.getElementById(link.dataset.form);
	const passed = form.querySelector("button[value=passed_on]");
	passed.hidden = true;
	/* after the click has opened WhatsApp beside this page */
	link.addEventListener("click", () => setTimeout(() => form.requestSubmit(passed)));
}
