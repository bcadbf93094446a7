/* The reducer of rakor/attendance/rules, for a desk that must decide alone: a set of facts in, presence out.
   tests/attendance/reducer_vectors.json holds 120 histories that both must answer alike. Moments are milliseconds. */

const MARKS = new Set(["ticket", "manual", "walk_in"]);
const DOUBLE_BEEP_MS = 10_000;
const TOO_CLOSE_MS = 180_000;
const NO_RTT = 2 ** 31;

const compared = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
const inOrder = (...keys) => (left, right) => keys.reduce((so, key) => so || compared(key(left), key(right)), 0);
const device = (fact) => fact.device_id ?? "";
const surest = inOrder((c) => c.rtt_ms ?? NO_RTT, (c) => c.device_seq ?? 0, (c) => c.scan_id);

/* A record of this device's own log as a fact. */
export function asFact(record) {
	return {
		...record, wall_at: record.t_wall, mono_ms: record.t_mono, server_at: record.server_time, rtt_ms: record.rtt,
		checkpoint_id: record.checkpoint, target_id: record.target, device_id: "",
	};
}

/* When a fact happened by the server's clock: {at, uncertain}. */
export function momentOf(fact, clocks) {
	if (!fact.segment) return { at: fact.wall_at, uncertain: false };
	const own = clocks.filter((clock) => device(clock) === device(fact));
	const [best] = own.filter((clock) => clock.segment === fact.segment).sort(surest);
	if (best) return { at: best.server_at + fact.mono_ms - best.mono_ms, uncertain: false };
	const best_of_each = own.filter((clock) => !own.some((other) => other.segment === clock.segment && surest(other, clock) < 0));
	const distance = (clock) => Math.abs(clock.wall_at - fact.wall_at);
	const [near] = best_of_each.sort((left, right) => distance(left) - distance(right) || surest(left, right));
	return { at: near ? near.server_at + fact.wall_at - near.wall_at : fact.wall_at, uncertain: true };
}

function ticketOf(fact, tickets) {
	return fact.ref ? tickets.get(fact.ref) : undefined;
}

export function personOf(fact, tickets) {
	return ticketOf(fact, tickets)?.registration_id ?? fact.registration_id;
}

/* Follow merges; a circle goes by its smallest member. */
function named(thing, aliases) {
	const path = [thing];
	for (;;) {
		const following = aliases[path.at(-1)];
		if (following === undefined) return path.at(-1);
		if (path.includes(following)) return path.slice(path.indexOf(following)).sort()[0];
		path.push(following);
	}
}

/* Whether a mark counts by itself, and its flags. */
function standing(fact, ticket, moment, admission) {
	const flags = moment.uncertain ? ["time_uncertain"] : [];
	const lenient = admission !== "strict";
	if (fact.kind !== "ticket") return [lenient, [...flags, fact.kind]];
	const revoked = ticket?.revoked_seq;
	const lived = ticket?.revoked_at !== undefined && !moment.uncertain && moment.at < ticket.revoked_at;
	if (revoked === undefined || lived) return [true, flags];
	if (ticket.replaced) flags.push("old_epoch");
	if ((fact.roster_seq ?? 0) < revoked) return [lenient, [...flags, "stale"]];
	return fact.override ? [lenient, [...flags, "override"]] : [false, flags];
}

/* The last word on every scan that was voided or restored; at one moment a void wins. */
function rulings(facts, clocks) {
	const words = facts.filter((fact) => (fact.kind === "void" || fact.kind === "restore") && fact.target_id)
		.map((fact) => ({ target: fact.target_id, at: momentOf(fact, clocks).at, kind: fact.kind }));
	words.sort(inOrder((word) => word.at, (word) => word.kind === "void"));
	return new Map(words.map((word) => [word.target, word.kind]));
}

/* What facts say about one registration at one checkpoint. `tickets` is a Map by ref. */
export function reduce(facts, tickets, admission = "open") {
	const known = [...new Map(facts.map((fact) => [fact.scan_id, fact])).values()];
	const clocks = known.filter((fact) => fact.kind === "clock" && fact.server_at !== undefined);
	const ruled = rulings(known, clocks);
	const flags = new Set();
	const refused = [];
	const marks = [];
	for (const fact of known) {
		if (!MARKS.has(fact.kind) || ruled.get(fact.scan_id) === "void") continue;
		const moment = momentOf(fact, clocks);
		const [counts, raised] = standing(fact, ticketOf(fact, tickets), moment, admission);
		for (const flag of raised) flags.add(flag);
		if (counts || ruled.get(fact.scan_id) === "restore") marks.push({ ...moment, fact, way: fact.direction ?? "in" });
		else refused.push(fact.scan_id);
	}
	marks.sort(inOrder((m) => m.at, (m) => device(m.fact), (m) => m.fact.device_seq ?? 0, (m) => m.fact.scan_id));
	if (refused.length) flags.add("refused");
	const voided = known.filter((fact) => MARKS.has(fact.kind) && ruled.get(fact.scan_id) === "void").map((fact) => fact.scan_id);
	return { ...walked(collapsed(marks), flags), refused: refused.sort(), voided: voided.sort(), flags: [...flags].sort() };
}

function collapsed(marks) {
	const last = new Map();
	return marks.filter((mark) => {
		const before = last.get(device(mark.fact));
		if (before && before.way === mark.way && mark.at - before.at <= DOUBLE_BEEP_MS) return false;
		return last.set(device(mark.fact), mark);
	});
}

function walked(marks, flags) {
	const intervals = [];
	const duplicates = [];
	const orphans = [];
	marks.forEach((mark, place) => {
		const open = intervals.at(-1)?.end_at === null;
		const { fact } = mark;
		if (mark.way === "in" && open) duplicates.push(fact.scan_id);
		else if (mark.way === "in") intervals.push({ start_at: mark.at, end_at: null, opened_by: fact.scan_id, auto: false });
		else if (open) Object.assign(intervals.at(-1), { end_at: mark.at, auto: fact.source === "auto" });
		else if (fact.source === "auto") return; // everybody had gone before the session's end
		else if (intervals.at(-1)?.auto) Object.assign(intervals.at(-1), { end_at: mark.at, auto: false }); // who was seen going knows better
		else orphans.push(fact.scan_id);
		if (shared(marks[place - 1], mark)) flags.add("suspect_shared");
	});
	if (orphans.length) flags.add("orphan_out");
	if (intervals.some((stay) => stay.auto)) flags.add("auto");
	const inside = intervals.at(-1)?.end_at === null;
	return { present: intervals.length > 0, inside, intervals, duplicates, orphan_outs: orphans };
}

function shared(left, right) {
	if (!left || left.way !== "in" || right.way !== "in" || left.uncertain || right.uncertain) return false;
	return device(left.fact) !== device(right.fact) && right.at - left.at <= TOO_CLOSE_MS;
}

/* The presence of every "registration checkpoint" that facts name, merged ones under their alias. */
export function reduceAll(facts, tickets, admission = "open", aliases = {}) {
	const others = facts.filter((fact) => !MARKS.has(fact.kind));
	const groups = new Map();
	for (const fact of facts) {
		const person = personOf(fact, tickets);
		if (!MARKS.has(fact.kind) || !person || !fact.checkpoint_id) continue;
		const key = `${named(person, aliases)} ${named(fact.checkpoint_id, aliases)}`;
		groups.set(key, [...(groups.get(key) ?? []), fact]);
	}
	return new Map([...groups].map(([key, marks]) => [key, reduce([...marks, ...others], tickets, admission)]));
}
