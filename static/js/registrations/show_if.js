/* A question that depends on another answer appears with it. What is hidden is switched off, so nothing of it is sent. */

export function mount(form) {
	const dependants = [...form.querySelectorAll("[data-shown-by]")];

	function answer(name) {
		const source = form.elements[name];
		if (!source || source.closest("[hidden]")) return "";
		return source.type === "checkbox" ? (source.checked ? source.value : "") : source.value.trim();
	}

	function follow() {
		// in the form's order: what depends on a hidden question hides with it
		for (const box of dependants) {
			const given = answer(box.dataset.shownBy);
			const { shownValue, shownAny } = box.dataset;
			const shown = shownAny ? shownAny.split(" ").includes(given) : given === shownValue;
			box.hidden = !shown;
			for (const control of box.querySelectorAll("input, select")) control.disabled = !shown;
		}
	}

	form.addEventListener("input", follow);
	form.addEventListener("change", follow);
	follow();
}
