/* Pictures to texts: the live camera where there is one, a photo where there is not; both through one decoder. */

const WIDTH = 640;
const PHOTO_WIDTH = 1600;
const REST_MS = 30;
const LATE_MS = 200;

export class Decoder {
	#asked = new Map();
	#next = 0;
	#lends = Boolean(globalThis.VideoFrame);

	constructor(address) {
		this.worker = new Worker(address, { type: "module" });
		this.worker.addEventListener("message", ({ data }) => {
			if (data.problem) this.#lends = false; // perhaps this browser's worker cannot draw a lent frame
			this.#asked.get(data.id)?.(data.text);
			this.#asked.delete(data.id);
		});
	}

	/* The text of the QR in a picture (a video's present one, a photo), or null. The page only hands it over: the worker
	   draws it smaller and reads it, so that a slow phone's page stays free. */
	async read(source, longest) {
		const picture = await (this.#lends ? lent(source) : createImageBitmap(source));
		const id = (this.#next += 1);
		return new Promise((resolve) => {
			this.#asked.set(id, resolve);
			this.worker.postMessage({ id, picture, longest }, [picture]);
		});
	}

	readFile(file) {
		return this.read(file, PHOTO_WIDTH);
	}
}

/* A video's present frame is lent as it is where the browser can, anything else is copied. */
function lent(source) {
	try {
		if (source instanceof HTMLVideoElement) return new VideoFrame(source);
	} catch {
		// this browser lends no frame of a camera
	}
	return createImageBitmap(source);
}

/* Tells when the camera has a picture that was not looked at: one that came while another was read is looked at at once. */
function pictures(video) {
	if (!video.requestVideoFrameCallback) return () => new Promise((resolve) => { setTimeout(resolve, REST_MS); });
	let fresh = false;
	let wake = () => {};
	const came = () => {
		fresh = true;
		wake();
		video.requestVideoFrameCallback(came);
	};
	video.requestVideoFrameCallback(came);
	return async () => {
		if (!fresh) {
			await new Promise((resolve) => {
				wake = resolve;
				setTimeout(resolve, LATE_MS); // a browser that stops telling, as after another camera, is not waited for
			});
		}
		fresh = false;
	};
}

/* Look at the video and call `onText` for every code seen while `ready()` holds. */
export async function follow(video, decoder, { ready, onText }) {
	const next = pictures(video);
	for (;;) {
		await next();
		if (document.hidden || !ready() || !video.videoWidth) continue;
		const text = await decoder.read(video, WIDTH).catch(() => null);
		if (text !== null && ready()) onText(text);
	}
}
