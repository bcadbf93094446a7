/* Strokes in a field of 600 by 200, as the server reads them: "x,y x,y;x,y ...". */

export const WIDTH = 600;
export const HEIGHT = 200;
const APART = 3;
const MOST = 4000;

export const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

/* a point so near the last one that nobody sees it costs room and shows nothing */
export function add(stroke, x, y) {
	const last = stroke.at(-1);
	if (last && Math.hypot(x - last[0], y - last[1]) < APART) return false;
	stroke.push([within(x, WIDTH), within(y, HEIGHT)]);
	return true;
}

export const isFull = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= MOST;

export const written = (strokes) => strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";");

export function read(words) {
	if (!/^[\d, ;]+$/.test(words)) return [];
	return words.split(";").map((stroke) => stroke.split(" ").map((point) => point.split(",").map(Number)));
}
