/* Mounts behaviours: <button data-module="ui/copy"> loads ./ui/copy.js and calls its mount(element), once. */

const mounted = new WeakMap();

export async function mountAll(root = document) {
	const found = [...root.querySelectorAll("[data-module]")];
	if (root instanceof Element && root.matches("[data-module]")) found.unshift(root);
	await Promise.all(found.flatMap((element) => element.dataset.module.split(" ").map((name) => mountOne(element, name))));
}

async function mountOne(element, name) {
	const names = mounted.get(element) ?? new Set();
	if (names.has(name) || !/^[a-z_]+(\/[a-z_]+)+$/.test(name)) return;
	mounted.set(element, names.add(name));
	try {
		const module = await import(`./${name}.js`);
		module.mount(element);
	} catch (error) {
		names.delete(name);
		console.error(`data-module ${name}`, error);
	}
}

if (typeof document !== "undefined") {
	document.addEventListener("htmx:load", (event) => mountAll(event.detail.elt));
	mountAll();
}
