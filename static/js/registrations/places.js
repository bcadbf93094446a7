/* The two-step choice of a region, at once: regencies of every province come with the page, offices with the province.
   Until the lists are here the button of the page without JavaScript stays. */

export async function mount(box) {
	const province = box.querySelector("[name=province]");
	const regency = box.querySelector("[name=regency]");
	const office = box.querySelector("[name=office]");
	const typed = box.querySelector("[name=institution]");
	const regencies = await load(box.dataset.regencies);
	box.querySelector("[name=step]").remove();
	let offices = [];

	province.addEventListener("change", async () => {
		showRegencies();
		await loadOffices();
		showOffices();
	});
	regency.addEventListener("change", showOffices);
	office?.addEventListener("change", showTyped);
	box.addEventListener("change", remember);
	await restore();

	/* the back button brings back a province without its regencies: what was chosen is kept with the page's history */
	function remember() {
		const chosen = { regency: regency.value, office: office?.value ?? "" };
		history.replaceState({ ...history.state, chosen }, "");
	}

	async function restore() {
		const chosen = history.state?.chosen;
		if (province.value && regency.options.length === 1) showRegencies();
		await loadOffices();
		if (chosen && !regency.value) {
			regency.value = chosen.regency;
			showOffices();
			if (office) office.value = chosen.office;
		}
		showTyped();
	}

	function showRegencies() {
		const known = regencies[province.value] ?? [];
		fill(regency, known.length ? box.dataset.first : box.dataset.before, known);
	}

	async function loadOffices() {
		const asked = province.value;
		offices = [];
		if (!office || !asked) return;
		const found = await load(`${box.dataset.offices}${asked}.json`).catch(() => []);
		if (province.value === asked) offices = found;
	}

	function showOffices() {
		if (!office) return;
		const [first, chosen] = [office.options[0].text, office.value];
		const others = [...office.options].filter(({ value }) => value === "other" || value === "none");
		const here = offices.filter(([, , code]) => !regency.value || code === null || code === regency.value);
		fill(office, first, here);
		office.append(...others);
		// the office of the regency itself is what most people mean, until they say otherwise
		const own = here.find(([, , code]) => code !== null && code === regency.value);
		if (others.some(({ value }) => value === chosen)) office.value = chosen;
		else if (own && !office.value) office.value = own[0];
		showTyped();
	}

	/* an institution is typed only by who does not find it in the list */
	function showTyped() {
		if (!office) return;
		const needed = office.value === "other" || typed.value !== "" || typed.ariaInvalid === "true";
		typed.closest(".field").hidden = !needed;
	}
}

async function load(address) {
	const answer = await fetch(address);
	if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
	return answer.json();
}

function fill(select, first, entries) {
	const kept = select.value;
	select.replaceChildren(new Option(first, ""), ...entries.map(([value, text]) => new Option(text, value)));
	if (entries.some(([value]) => value === kept)) select.value = kept;
}
