/* Every way in: USB scanner, typed code, name, photo, the demo's samples, the camera. */

import { stayAwake } from "./awake.js";
import { Decoder, follow } from "./camera.js";
import { listenToScanner } from "./keys.js";
import { Lens, controls } from "./lens.js";
import { searchBox } from "./search.js";
import { unlock } from "./signals.js";

export async function listen(root, desk) {
	const { part, words, scans } = desk;
	const decoder = new Decoder(root.dataset.decoder);
	listenToScanner((text) => scans.scan(text, true));
	searchBox({
		form: part("search"), go: part("search_go"), input: part("query"), list: part("results"), status: part("search_status"), words,
		onCode: (text) => scans.scan(text, true), onPerson: (person) => scans.mark(person), onTicket: (ref) => desk.showTicket(ref),
		alone: (query) => desk.names.find(query),
	});
	part("undo").addEventListener("submit", (event) => {
		event.preventDefault();
		scans.undo(new FormData(event.target).get("reason"));
	});
	root.addEventListener("click", (event) => {
		const code = event.target.closest("[data-code]")?.dataset.code;
		if (code) scans.scan(code, true);
	});
	if (part("samples")) part("samples").hidden = false; // a touch before this would have been lost
	part("photo").addEventListener("change", async (event) => {
		const [file] = event.target.files;
		const text = file ? await decoder.readFile(file).catch(() => null) : null;
		event.target.value = "";
		if (text === null) desk.say("photo_empty");
		else scans.scan(text, false);
	});
	unlock();
	stayAwake();
	const lens = new Lens(part("video"), desk.store);
	const live = await lens.open();
	if (live) {
		follow(part("video"), decoder, { ready: () => scans.free, onText: (text) => scans.scan(text, false) });
		await controls(lens, desk);
	}
	desk.idle = live ? "aim" : "no_camera";
	desk.say(desk.idle);
	root.dataset.ready = live ? "camera" : "no-camera";
}
