/* Pictures to texts: the live camera where there is one, a photo where there is not; both through one decoder. */

const WIDTH = 640;
const PHOTO_WIDTH = 1600;
const REST_MS = 30;

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

	/* The text of the QR in a picture (video, bitmap), or null. */
	read(source, width, height, longest) {
		const scale = Math.min(1, longest / width);
		const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
		const context = canvas.getContext("2d", { willReadFrequently: true });
		context.drawImage(source, 0, 0, canvas.width, canvas.height);
		const image = context.getImageData(0, 0, canvas.width, canvas.height);
		const id = (this.#next += 1);
		return new Promise((resolve) => {
			this.#asked.set(id, resolve);
			this.worker.postMessage({ id, image }, [image.data.buffer]);
		});
	}

	async readFile(file) {
		const bitmap = await createImageBitmap(file);
		return this.read(bitmap, bitmap.width, bitmap.height, PHOTO_WIDTH);
	}
}

/* Look at the video and call `onText` for every code seen while `ready()` holds. */
export async function follow(video, decoder, { ready, onText }) {
	for (;;) {
		await new Promise((resolve) => { setTimeout(resolve, REST_MS); });
		if (document.hidden || !ready() || !video.videoWidth) continue;
		const text = await decoder.read(video, video.videoWidth, video.videoHeight, WIDTH);
		if (text !== null && ready()) onText(text);
	}
}
