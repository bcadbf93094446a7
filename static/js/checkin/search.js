/* Without a QR: type the code, or find the person by office, role or name. The server answers, counts and notes it. */

import { parse } from "./code.js";

const REST_MS = 350;
const SHORTEST = 3;

export function searchBox({ form, go, input, list, status, words, onCode, onPerson }) {
	let timer = 0;
	let asked = 0;
	const clear = () => {
		input.value = "";
		list.replaceChildren();
		status.textContent = "";
	};
	const ask = async () => {
		const query = input.value.trim();
		const mine = (asked += 1);
		if (query.length < SHORTEST || parse(query, true).code) return list.replaceChildren();
		const found = await find(query);
		if (mine !== asked) return undefined;
		status.textContent = found.problem ? words[found.problem] : found.people.length ? "" : words.nobody_found;
		return list.replaceChildren(...found.people.map((person) => row(person, () => { clear(); onPerson(person); })));
	};
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, REST_MS);
	});
	const submit = (event) => {
		event?.preventDefault();
		clearTimeout(timer);
		const typed = input.value;
		if (parse(typed, true).code) {
			clear();
			onCode(typed);
		} else ask();
	};
	form.addEventListener("submit", submit);
	go.disabled = false; // until here Enter keeps what was typed
	if (input.value) submit();
}

async function find(query) {
	try {
		const response = await fetch(`/scan/v1/search?q=${encodeURIComponent(query)}`, { cache: "no-store" });
		if (response.status === 429) return { people: [], problem: "search_too_often" };
		if (!response.ok) return { people: [], problem: "search_failed" };
		return { people: (await response.json()).people };
	} catch {
		return { people: [], problem: "search_offline" };
	}
}

function row(person, choose) {
	const item = document.createElement("li");
	const button = document.createElement("button");
	button.type = "button";
	button.className = "plain strong";
	button.textContent = [person.name, person.role].filter(Boolean).join(" · ");
	button.addEventListener("click", choose);
	const office = document.createElement("span");
	office.className = "small muted";
	office.textContent = person.office;
	item.append(button, document.createElement("br"), office);
	return item;
}
