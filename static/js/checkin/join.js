/* The one-time code comes behind the "#": no server and no log has seen it. It leaves the address as soon as it is read. */

export function mount(form, place = location, past = history) {
	const code = place.hash.slice(1);
	if (!/^[a-z2-7]{26}$/.test(code)) return;
	form.elements.code.value = code;
	past.replaceState(null, "", place.pathname);
}
