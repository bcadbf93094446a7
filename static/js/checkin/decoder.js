/* The decoder, in a worker of its own: only this script's response may compile WebAssembly (security.md §5).
   Message in: {id, image: ImageData} · out: {id, text} with text null where there is no QR. */

import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/reader/index.js";

const WASM = new URL("../../vendor/zxing/zxing_reader.wasm", import.meta.url).href;
const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });

self.addEventListener("message", async ({ data }) => {
	let text = null;
	try {
		const [found] = await readBarcodes(data.image, OPTIONS);
		text = found?.isValid ? found.text : null;
	} catch (error) {
		self.postMessage({ id: data.id, text: null, problem: String(error) });
		return;
	}
	self.postMessage({ id: data.id, text });
});
