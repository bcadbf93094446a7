/* Where the board's hours and rooms are on the screen, taken once before something moves. */

export function measure(board) {
	const hours = [...board.querySelectorAll("[data-hour]")].map((label) => {
		const box = label.getBoundingClientRect();
		return { minute: Number(label.dataset.hour), top: box.top + parseFloat(getComputedStyle(label).marginTop) * -1 };
	});
	const last = board.getBoundingClientRect().bottom;
	const marks = [...hours, { minute: hours.at(-1).minute + 60, top: last }];
	const rooms = [...board.querySelectorAll("[data-room]")].map((head) => {
		const box = head.getBoundingClientRect();
		return { lane: Number(head.dataset.lane), room: head.dataset.room, name: head.querySelector("b").textContent, left: box.left, right: box.right };
	});
	return { minuteAt: (y) => minuteAt(marks, y), roomAt: (x) => roomAt(rooms, x), rooms };
}

/* rows grow with their words, so the hours are not equally tall: between two of them time is even */
export function minuteAt(marks, y) {
	const next = marks.findIndex((mark) => mark.top > y);
	const index = next < 0 ? marks.length - 1 : Math.max(next, 1);
	const [a, b] = [marks[index - 1], marks[index]];
	return a.minute + ((y - a.top) / Math.max(b.top - a.top, 1)) * (b.minute - a.minute);
}

export function roomAt(rooms, x) {
	const distance = (room) => Math.max(room.left - x, x - room.right, 0);
	return rooms.reduce((best, room) => (distance(room) < distance(best) ? room : best), rooms[0]);
}
