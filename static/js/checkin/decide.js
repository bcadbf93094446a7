/* What a desk shows when the server does not answer: the rules of rakor/checkin/rules.py, `decide`, in the browser.
   tests/checkin/decide_vectors.json holds the answers that both must give. */

import { reduce } from "./reducer.js";

/* The presence that the roster tells, as facts of no desk. */
function told(line) {
	const base = { kind: "ticket", device_id: "roster" };
	const facts = [];
	if (line?.first_in_at) facts.push({ ...base, scan_id: "roster-in", wall_at: line.first_in_at, direction: "in" });
	if (line?.first_in_at && line.last_out_at) facts.push({ ...base, scan_id: "roster-out", wall_at: line.last_out_at, direction: "out" });
	return facts;
}

/* The number of the desk that a ticket belongs to, where it is another; 0 where this desk may let in by it. */
export function ownerOf(ref, { admission, desk, desks }) {
	if (admission !== "owned" || !desks || !ref) return 0;
	const owner = Number(BigInt(`0x${ref}`) % BigInt(desks)) + 1;
	return owner === desk ? 0 : owner;
}

const OPEN = { admission: "open", desk: 0, desks: 0 };

/* `line` is the roster's on this ticket, or undefined; `own` are this phone's facts about it that the roster does not hold
   yet; `door` is how the event lets in at this desk. Returns {verdict, first_in_at, place}; `place` is empty where this very
   desk saw the person, and the number of the other desk where the ticket belongs to one. */
export function decide(line, own, fact, door = OPEN) {
	const stays = reduce([...own, ...told(line)], new Map(), door.admission).intervals;
	const stay = stays.at(-1)?.end_at === null ? stays.at(-1) : null;
	const seen = { verdict: "already", first_in_at: stay?.start_at, place: stay?.opened_by === "roster-in" ? line.place : "" };
	const coming = (fact.direction ?? "in") === "in";
	const owner = ownerOf(fact.ref, door);
	const strict = door.admission === "strict";
	if (!line && stay && coming) return seen;
	if (!line && owner) return { verdict: "other_desk", place: String(owner) };
	if (!line) return { verdict: strict ? "not_admitted" : "check" };
	if (fact.kind === "ticket" && line.revoked && (!fact.override || strict)) return { verdict: line.replaced ? "old_card" : "revoked" };
	if (fact.kind !== "ticket" && strict) return { verdict: "not_admitted" };
	if (!coming) return { verdict: "out" };
	if (owner && !fact.override) return { verdict: "other_desk", place: String(owner) };
	return stay ? seen : { verdict: "in" };
}
