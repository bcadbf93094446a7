/* What a verdict says, in colour, word and person; and what the operator may do about it. */

const TONES = {
	in: "ok", out: "ok", recorded: "ok", insisted: "ok",
	already: "warn", other_desk: "warn", check: "warn", unknown: "warn", not_a_code: "warn", waits: "warn",
	other_event: "bad", not_admitted: "bad", old_card: "bad", revoked: "bad", held: "bad", not_saved: "bad",
};
const INSIST = new Set(["already", "unknown", "other_desk", "old_card", "revoked"]);

export const REFUSALS = new Set(["old_card", "revoked", "other_desk", "not_admitted"]);
export const SENT_AWAY = new Set(["other_desk", "not_admitted"]); // a good ticket, perhaps: nobody came in here by it
export const DEAD = new Set(["old_card", "revoked"]);

/* What a verdict says, from the page's words and the server's answer: {tone, big, line, name, role, office, foot, go}. */
export function told(verdict, answer, words, clock) {
	const known = answer?.who ?? null;
	const at = answer?.first_in_at ? clock(answer.first_in_at) : "";
	const place = answer?.place ? ` · ${answer.place}` : "";
	const own = (words[`${verdict}_line`] ?? "").replace("{place}", answer?.place ?? "");
	const line = verdict === "already" ? `${at}${place}` : verdict === "in" || verdict === "out" ? `${at} ${words.zone}` : own;
	return {
		tone: TONES[verdict] ?? "bad",
		big: words[`${verdict}_big`],
		line,
		name: known?.name ?? words[`${verdict}_name`] ?? "",
		role: known?.role ?? words[`${verdict}_help`] ?? "",
		office: known?.office ?? "",
		placing: known ? [known.placing, words[`colour_${known.colour}`]].filter(Boolean).join(" · ") : "",
		foot: answer?.alone && known ? words.alone_foot : words[`${verdict}_foot`] ?? "",
		go: TONES[verdict] === "ok" ? words.go_by_itself : words.go_on_touch,
	};
}

/* What the operator may choose after a verdict about a code: insist with a reason, or send on to the help desk. */
export function offered(verdict) {
	return [...(INSIST.has(verdict) ? ["insist"] : []), ...(TONES[verdict] === "ok" ? [] : ["help"])];
}
