/* Without a QR: type the code, or find the person by office, role or name. The server answers, counts and notes it;
   without a network the names on this phone do, where a supervisor opened them. */

import { parse } from "./code.js";
import { ask as find, line } from "./found.js";

const REST_MS = 200; // with the server's answer still under 300 ms after the last key
const SHORTEST = 3;

export function searchBox({ form, go, input, list, status, words, onCode, onPerson, onTicket, alone }) {
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
		const told = await find(`/scan/v1/search?q=${encodeURIComponent(query)}`);
		const people = told.problem === "search_offline" ? await alone(query) : null;
		const found = people ? { people } : told;
		if (mine !== asked) return undefined;
		status.textContent = found.problem ? words[found.problem] : found.people.length ? "" : words.nobody_found;
		const ticket = ({ ref }) => (people ? undefined : { word: words.show_ticket, show: () => onTicket(ref) }); // the server draws it
		return list.replaceChildren(...(found.people ?? []).map((person) => line(person, () => { clear(); onPerson(person); }, ticket(person))));
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
