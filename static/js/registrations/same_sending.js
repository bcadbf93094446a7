/* After the back button the same form is the same sending: its key is kept with the page's history. */

export function mount(form) {
	const field = form.elements.idempotency_key;
	const kept = history.state?.sending;
	if (kept) field.value = kept;
	else history.replaceState({ ...history.state, sending: field.value }, "");
}
