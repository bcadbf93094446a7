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

/* `line` is the roster's on this ticket, or undefined; `own` are this phone's facts about it that the roster does not hold
   yet. Returns {verdict, first_in_at, place}; `place` is empty where this very desk saw the person. */
export function decide(line, own, fact) {
	const stays = reduce([...own, ...told(line)], new Map()).intervals;
	const stay = stays.at(-1)?.end_at === null ? stays.at(-1) : null;
	const seen = { verdict: "already", first_in_at: stay?.start_at, place: stay?.opened_by === "roster-in" ? line.place : "" };
	const coming = (fact.direction ?? "in") === "in";
	if (!line) return stay && coming ? seen : { verdict: "check" };
	if (fact.kind === "ticket" && line.revoked && !fact.override) return { verdict: line.replaced ? "old_card" : "revoked" };
	if (!coming) return { verdict: "out" };
	return stay ? seen : { verdict: "in" };
}
