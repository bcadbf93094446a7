/* A signature drawn with finger, pen or mouse. What is drawn stands in the form's hidden field at once, so a page that
   comes back with a mistake elsewhere shows it again. */

import { HEIGHT, WIDTH, add, isFull, read, written } from "./strokes.js";

export function mount(root) {
	const [field, canvas] = [root.querySelector("input[type=hidden]"), root.querySelector("canvas")];
	const [undo, clear] = [root.querySelector("[data-undo]"), root.querySelector("[data-clear]")];
	const pen = canvas.getContext("2d");
	let strokes = read(field.value);
	let drawing = null;

	const place = (event) => {
		const box = canvas.getBoundingClientRect();
		return [(event.clientX - box.left) * WIDTH / box.width, (event.clientY - box.top) * HEIGHT / box.height];
	};
	const show = () => {
		pen.clearRect(0, 0, WIDTH, HEIGHT);
		Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
		for (const stroke of strokes) line(pen, stroke);
		field.value = written(strokes);
		undo.disabled = clear.disabled = strokes.length === 0;
	};

	canvas.addEventListener("pointerdown", (event) => {
		if (drawing || event.button !== 0 || isFull(strokes)) return;
		event.preventDefault();
		drawing = { id: event.pointerId, stroke: [] };
		canvas.focus({ preventScroll: true }); // a part of the page that has the focus is not renewed meanwhile
		canvas.setPointerCapture(event.pointerId);
		strokes.push(drawing.stroke);
		add(drawing.stroke, ...place(event));
		show();
	});
	canvas.addEventListener("pointermove", (event) => {
		if (drawing?.id !== event.pointerId || isFull(strokes)) return;
		const added = (event.getCoalescedEvents?.() ?? [event]).map((one) => add(drawing.stroke, ...place(one)));
		if (added.includes(true)) show();
	});
	for (const end of ["pointerup", "pointercancel"]) {
		canvas.addEventListener(end, (event) => {
			if (drawing?.id === event.pointerId) drawing = null;
		});
	}
	undo.addEventListener("click", () => { strokes.pop(); show(); });
	clear.addEventListener("click", () => { strokes = []; show(); });
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show); // ink follows the scheme
	root.querySelector("[data-pad]").hidden = false;
	show();
}

function line(pen, stroke) {
	pen.beginPath();
	pen.moveTo(...stroke[0]);
	for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(...point);
	pen.stroke();
}
