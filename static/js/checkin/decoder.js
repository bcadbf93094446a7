/* The decoder, in a worker of its own: only this script's response may compile WebAssembly (security.md §5).
   Message in: {id, bitmap, longest}, the longest width to read · out: {id, text} with text null where there is no QR. */

import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/reader/index.js";

const WASM = new URL("../../vendor/zxing/zxing_reader.wasm", import.meta.url).href;
const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true });

function pixels(bitmap, longest) {
	const scale = Math.min(1, longest / bitmap.width);
	canvas.width = Math.round(bitmap.width * scale);
	canvas.height = Math.round(bitmap.height * scale);
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	bitmap.close();
	return context.getImageData(0, 0, canvas.width, canvas.height);
}

prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });

self.addEventListener("message", async ({ data }) => {
	let text = null;
	try {
		const [found] = await readBarcodes(pixels(data.bitmap, data.longest), OPTIONS);
		text = found?.isValid ? found.text : null;
	} catch (error) {
		self.postMessage({ id: data.id, text: null, problem: String(error) });
		return;
	}
	self.postMessage({ id: data.id, text });
});
