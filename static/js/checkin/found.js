/* People that the server found, each a touch: the line of a list, and the asking. */

/* `ticket` {word, show} is one more button, that shows the person's ticket. */
export function line(person, choose, ticket) {
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
	if (ticket) {
		const more = document.createElement("button");
		more.type = "button";
		more.className = "btn quiet";
		more.textContent = ticket.word;
		more.addEventListener("click", ticket.show);
		item.append(document.createElement("br"), more);
	}
	return item;
}

/* Returns the answer's JSON, or {problem}: the word that says why there is none. */
export async function ask(address, wish = {}) {
	try {
		const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(10_000), ...wish });
		if (response.status === 429) return { problem: "search_too_often" };
		if (response.status === 403) return { problem: "not_yours" };
		return response.ok ? await response.json() : { problem: "search_failed" };
	} catch {
		return { problem: "search_offline" };
	}
}
