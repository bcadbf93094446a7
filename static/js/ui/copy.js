/* Copies data-text, or the words of the element named by data-from, and says so on the button itself. */

export function mount(button) {
	const label = button.querySelector("span") ?? button;
	const words = label.textContent;
	let timer = 0;
	button.hidden = false;
	label.setAttribute("aria-live", "polite");
	button.addEventListener("click", async () => {
		if (!(await copy(text(button)))) return;
		label.textContent = button.dataset.done;
		clearTimeout(timer);
		timer = setTimeout(() => { label.textContent = words; }, 2500);
	});
}

function text(button) {
	const source = document.getElementById(button.dataset.from ?? "");
	if (!source) return button.dataset.text ?? "";
	return "value" in source ? source.value : source.innerText;
}

/* the clipboard needs HTTPS; on plain http in a hall the old way still works */
async function copy(words) {
	try {
		await navigator.clipboard.writeText(words);
		return true;
	} catch {
		return copyBySelection(words);
	}
}

function copyBySelection(words) {
	const area = document.createElement("textarea");
	area.value = words;
	area.readOnly = true;
	area.className = "sr";
	document.body.append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	return done;
}
