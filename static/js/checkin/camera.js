/* Pictures to texts: the live camera where there is one, a photo where there is not; both through one decoder. */

const WIDTH = 640;
const PHOTO_WIDTH = 1600;
const REST_MS = 30;
const LATE_MS = 200;

export class Decoder {
	#asked = new Map();
	#next = 0;

	constructor(address) {
		this.worker = new Worker(address, { type: "module" });
		this.worker.addEventListener("message", ({ data }) => {
			this.#asked.get(data.id)?.(data.text);
			this.#asked.delete(data.id);
		});
	}

	/* The text of the QR in a picture (a video's present one, a photo), or null. The page only hands it over: the worker
	   draws it smaller and reads it, so that a slow phone's page stays free. */
	async read(source, longest) {
		const bitmap = await createImageBitmap(source);
		const id = (this.#next += 1);
		return new Promise((resolve) => {
			this.#asked.set(id, resolve);
			this.worker.postMessage({ id, bitmap, longest }, [bitmap]);
		});
	}

	readFile(file) {
		return this.read(file, PHOTO_WIDTH);
	}
}

/* Resolves at the camera's next picture; where the browser does not tell of one, a moment later. */
function picture(video) {
	return new Promise((resolve) => {
		setTimeout(resolve, video.requestVideoFrameCallback ? LATE_MS : REST_MS);
		video.requestVideoFrameCallback?.(resolve);
	});
}

/* Look at the video and call `onText` for every code seen while `ready()` holds. */
export async function follow(video, decoder, { ready, onText }) {
	for (;;) {
		await picture(video);
		if (document.hidden || !ready() || !video.videoWidth) continue;
		const text = await decoder.read(video, WIDTH).catch(() => null);
		if (text !== null && ready()) onText(text);
	}
}
