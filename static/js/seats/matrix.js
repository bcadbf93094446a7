/* The matrix sums itself while it is typed: seats of one office, and of all offices of the level. */

export function mount(form) {
	const language = document.documentElement.lang;
	const totals = [...form.querySelectorAll("[data-total]")];
	const count = () => {
		for (const total of totals) {
			const one = sum(form, total.dataset.total);
			total.textContent = words(total.dataset.words, one, Number(total.dataset.offices), language);
		}
	};
	form.addEventListener("input", count);
	count();
}

export function sum(form, level) {
	const fields = [...form.querySelectorAll(`[data-level="${level}"]`)];
	return fields.reduce((all, field) => all + seats(field.value), 0);
}

export function seats(typed) {
	return /^[0-9]{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
}

export function words(pattern, one, offices, language) {
	const said = (number) => number.toLocaleString(language);
	return pattern.replace("{one}", said(one)).replace("{offices}", said(offices)).replace("{all}", said(one * offices));
}
