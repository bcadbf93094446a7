/* Adds the time of this very device where it is neither the person's zone nor the event's; what stands there stays. */

export function mount(element) {
	const start = new Date(element.dataset.start);
	const shown = [...element.children].map((child) => child.textContent.replace("(", "").trim().slice(0, 5));
	const own = clock(start);
	if (Number.isNaN(start.getTime()) || shown.some((text) => text.replace(":", ".") === own.replace(":", "."))) return;
	const end = element.dataset.end ? `–${clock(new Date(element.dataset.end))}` : "";
	const extra = document.createElement("span");
	extra.className = "small muted";
	extra.textContent = ` · ${own}${end} ${element.dataset.words}`;
	element.append(extra);
}

function clock(moment) {
	const [hours, minutes] = [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, "0"));
	return document.documentElement.lang === "en" ? `${hours}:${minutes}` : `${hours}.${minutes}`;
}
