/* What lets the desk open without network: the service worker, and what the server's page said about this desk. */

const NAMES = ["device", "name", "checkpoint", "place", "operator", "help", "enrolled", "zone", "clock", "seal", "posts"];
const SCOPES = ["/desk/", "/static/"]; // the page, and the decoder's own files
const key = (path) => `rakor-desk:${path.split("/")[2]}`;

/* Fill the page that came from the phone itself from what was noted; note what the server's page says. False: no desk here. */
export function recall(root, path = location.pathname, notes = localStorage) {
	if (root.dataset.device) {
		notes.setItem(key(path), JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, root.dataset[name] ?? ""]))));
		return true;
	}
	const noted = notes.getItem(key(path));
	if (!noted) return false;
	Object.assign(root.dataset, JSON.parse(noted));
	for (const part of root.querySelectorAll("[data-desk-name]")) part.textContent = `${root.dataset.name} · ${root.dataset.place}`;
	document.title = root.dataset.name;
	return true;
}

/* Without a service worker the desk works while the page stays open. */
export async function install() {
	if (!("serviceWorker" in navigator)) return;
	for (const scope of SCOPES) {
		await navigator.serviceWorker.register("/desk/sw.js", { scope, updateViaCache: "none" }).catch(() => {});
	}
}

/* Take away everything but unsent records, which are not ours to drop. */
export async function uninstall(path = location.pathname) {
	localStorage.removeItem(key(path));
	if ("serviceWorker" in navigator) {
		for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
	}
	for (const name of await caches.keys()) if (name.startsWith("rakor-desk-")) await caches.delete(name);
}
