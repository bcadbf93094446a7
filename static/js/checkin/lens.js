/* The live camera: which one, remembered on this phone, and its light. */

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };
const BACK = { facingMode: "environment" };

export class Lens {
	#track = null;

	/* `notes` keep the choice: {noted(key), note(key, value)}. */
	constructor(video, notes, media = navigator.mediaDevices) {
		Object.assign(this, { video, notes, media });
	}

	/* Open the camera chosen last, or the one at the back; returns whether there is one. */
	async open() {
		const kept = await this.notes.noted("camera");
		return (kept ? await this.#opened({ deviceId: { exact: kept } }) : false) || this.#opened(BACK);
	}

	/* Open this one and remember it; one that does not open is not remembered. */
	async choose(id) {
		const done = await this.#opened({ deviceId: { exact: id } });
		if (done) await this.notes.note("camera", id);
		return done || this.open();
	}

	/* The cameras of this phone: [{id, label, current}]. */
	async choices() {
		const current = this.#track?.getSettings?.().deviceId;
		const found = (await this.media.enumerateDevices()).filter((one) => one.kind === "videoinput" && one.deviceId);
		return found.map((one) => ({ id: one.deviceId, label: one.label, current: one.deviceId === current }));
	}

	get hasLight() {
		return Boolean(this.#track?.getCapabilities?.().torch);
	}

	/* Returns whether the light is as asked. */
	async light(on) {
		try {
			await this.#track.applyConstraints({ advanced: [{ torch: on }] });
			return true;
		} catch {
			return false;
		}
	}

	async #opened(wish) {
		if (!this.media?.getUserMedia) return false;
		try {
			this.#track?.stop(); // many phones open one camera at a time
			const stream = await this.media.getUserMedia({ video: { ...wish, ...SIZE }, audio: false });
			[this.#track] = stream.getVideoTracks();
			this.video.srcObject = stream;
			await this.video.play();
			return true;
		} catch {
			return false;
		}
	}
}

/* The light's button and the list of cameras, each only where the phone has it. */
export async function controls(lens, { part }) {
	const [light, cameras] = [part("light"), part("cameras")];
	const show = async () => {
		const found = await lens.choices();
		light.setAttribute("aria-pressed", "false");
		light.hidden = !lens.hasLight;
		cameras.hidden = found.length < 2;
		cameras.replaceChildren(...found.map((one, number) => new Option(one.label || `${number + 1}`, one.id, one.current, one.current)));
		part("lens").hidden = light.hidden && cameras.hidden;
	};
	light.addEventListener("click", async () => {
		const on = light.getAttribute("aria-pressed") !== "true";
		if (await lens.light(on)) light.setAttribute("aria-pressed", String(on));
	});
	cameras.addEventListener("change", async () => {
		await lens.choose(cameras.value);
		await show();
	});
	await show();
}
