/* The decoder, in a worker of its own: only this script's response may compile WebAssembly (security.md §5).
   Message in: {id, picture, longest}, a frame or a bitmap and the longest width to read · out: {id, text} with text null where there is no QR. */

import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/reader/index.js";

const WASM = new URL("../../vendor/zxing/zxing_reader.wasm", import.meta.url).href;
const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true });

function pixels(picture, longest) {
	const [width, height] = [picture.displayWidth ?? picture.width, picture.displayHeight ?? picture.height];
	const scale = Math.min(1, longest / width);
	canvas.width = Math.round(width * scale);
	canvas.height = Math.round(height * scale);
	context.drawImage(picture, 0, 0, canvas.width, canvas.height);
	picture.close();
	return context.getImageData(0, 0, canvas.width, canvas.height);
}

prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });

self.addEventListener("message", async ({ data }) => {
	let text = null;
	try {
		const [found] = await readBarcodes(pixels(data.picture, data.longest), OPTIONS);
		text = found?.isValid ? found.text : null;
	} catch (error) {
		self.postMessage({ id: data.id, text: null, problem: String(error) });
		return;
	}
	self.postMessage({ id: data.id, text });
});
