/* One box ticks all of a list; it shows up only where it can work. */

export function mount(form) {
	const all = form.querySelector("[data-all] input");
	const boxes = [...form.querySelectorAll("input[name=person]")];
	all.closest("[data-all]").hidden = false;
	const follow = () => {
		const ticked = boxes.filter((box) => box.checked).length;
		all.checked = ticked === boxes.length;
		all.indeterminate = ticked > 0 && ticked < boxes.length;
	};
	all.addEventListener("change", () => {
		for (const box of boxes) box.checked = all.checked;
	});
	form.addEventListener("change", follow);
	follow();
}
