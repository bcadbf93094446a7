/* The panel of "mode daftar": asks for the passphrase, says whether the names are open, closes them. */

/* Returns what shows a state of the names: {kept, count}, `count` null while they are closed. */
export function listing(desk) {
	const { part, words } = desk;
	const [form, close, status] = [part("names_form"), part("names_close"), part("names_status")];
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const [field, button] = [form.elements.phrase, form.querySelector("button")];
		if (button.disabled) return;
		button.disabled = true;
		status.textContent = words.names_opening;
		const open = await desk.names.unlock(field.value);
		button.disabled = false;
		if (open || desk.lock.locked) form.reset();
		else status.textContent = words.names_wrong;
	});
	close.addEventListener("click", () => desk.names.close());
	return ({ kept, count }) => {
		part("names").hidden = !kept;
		form.hidden = count !== null;
		close.hidden = count === null;
		status.textContent = count === null ? words.names_closed : words.names_open.replace("{n}", new Intl.NumberFormat("id-ID").format(count));
	};
}
