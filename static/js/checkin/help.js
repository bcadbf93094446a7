/* The help desk: who was sent here, whose ticket it is, that ticket on this screen, or a new one. Names stay on the screen. */

import { printing } from "./badge.js";
import { ask, line } from "./found.js";

const EVERY_MS = 10_000;
const SVG = "http://www.w3.org/2000/svg";

export function helping(desk) {
	const { part, words, root } = desk;
	const clearBadge = printing(desk);
	for (const act of ["show", "reissue"]) {
		part(`ticket_${act}`).addEventListener("click", () => open(part("ticket").dataset.ref, act));
	}
	part("ticket_close").addEventListener("click", () => {
		part("ticket").hidden = true;
		delete part("ticket").dataset.ref;
		clearBadge();
		part("ticket_picture").replaceChildren();
	});
	async function open(ref, act = "show") {
		const found = act === "reissue" ? await ask(`/scan/v1/reissue?ref=${ref}`, { method: "POST" }) : await ask(`/scan/v1/ticket?ref=${ref}`);
		part("ticket").hidden = false;
		part("ticket").dataset.ref = ref;
		clearBadge();
		part("ticket_words").textContent = found.problem ? words[found.problem] : [found.name, found.role, found.office].filter(Boolean).join(" · ");
		part("ticket_picture").replaceChildren(...(found.side ? [picture(found, words.ticket_of)] : []));
	}
	async function list() {
		if (root.dataset.help !== "yes" || desk.lock.locked || document.hidden) return;
		const found = await ask("/scan/v1/help");
		const lines = (found.cases ?? []).map((one) => {
			const said = { name: words[`${one.verdict}_line`] || words[`${one.verdict}_big`] || one.ref.slice(0, 6), role: desk.clock(one.at), office: one.place };
			return line(said, async () => {
				await desk.scans.close(one);
				await open(one.ref);
				await list();
			});
		});
		part("cases").replaceChildren(...lines);
		part("no_cases").hidden = lines.length > 0;
	}
	part("help").hidden = root.dataset.help !== "yes";
	setInterval(list, EVERY_MS);
	list();
	return open;
}

function picture({ side, path }, label) {
	const svg = document.createElementNS(SVG, "svg");
	const dark = document.createElementNS(SVG, "path");
	const said = { class: "qr", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" };
	for (const [name, value] of Object.entries(said)) svg.setAttribute(name, value);
	dark.setAttribute("d", path);
	svg.append(dark);
	return svg;
}
