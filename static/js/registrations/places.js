/* The two-step choice of a region, at once: regencies of every province come with the page, offices with the province.
   Until the lists are here the button of the page without JavaScript stays. */

export async function mount(box) {
	const province = box.querySelector("[name=province]");
	const regency = box.querySelector("[name=regency]");
	const office = box.querySelector("[name=office]");
	const regencies = await load(box.dataset.regencies);
	box.querySelector("[name=step]").remove();
	let offices = [];

	province.addEventListener("change", async () => {
		const known = regencies[province.value] ?? [];
		fill(regency, known.length ? box.dataset.first : box.dataset.before, known);
		offices = [];
		showOffices();
		if (!office || !province.value) return;
		const asked = province.value;
		const found = await load(`${box.dataset.offices}${asked}.json`).catch(() => []);
		if (province.value !== asked) return;
		offices = found;
		showOffices();
	});
	regency.addEventListener("change", showOffices);

	async function showOffices() {
		if (!office) return;
		if (!offices.length && province.value && regency.value) {
			offices = await load(`${box.dataset.offices}${province.value}.json`).catch(() => []);
		}
		const here = offices.filter(([, , code]) => !regency.value || code === null || code === regency.value);
		const [first, last] = [office.options[0].text, office.options[office.options.length - 1]];
		fill(office, first, here);
		office.append(last);
		// the office of the regency itself is what most people mean
		const own = here.find(([, , code]) => code !== null && code === regency.value);
		if (own) office.value = own[0];
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
