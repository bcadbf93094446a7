/* The desk opens without network. Kept are the files of a list and one page without anybody's data; never an answer of
   the API, never a page with data (security.md §5). The server puts BUILD, FILES and SHELL before this text. */

/* global BUILD, FILES, SHELL */
const CACHE = `rakor-desk-${BUILD}`;
const PATIENCE_MS = 4000;
const DESK = /^\/desk\/[0-9a-f-]{36}$/;
const LIVE = BUILD === "dev"; // while developing a file changes under its name

self.addEventListener("install", (event) => {
	event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
	event.waitUntil(tidy().then(() => self.clients.claim()));
});

async function fill() {
	const cache = await caches.open(CACHE);
	const known = LIVE ? [] : (await cache.keys()).map((request) => new URL(request.url).pathname);
	await cache.addAll([SHELL, ...FILES.filter((file) => !known.includes(file))].map((file) => new Request(file, { cache: "reload" })));
}

async function tidy() {
	const old = (await caches.keys()).filter((name) => name.startsWith("rakor-desk-") && name !== CACHE);
	await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
	const { pathname, origin } = new URL(event.request.url);
	if (origin !== self.location.origin || event.request.method !== "GET") return;
	if (event.request.mode === "navigate" && DESK.test(pathname)) event.respondWith(page(event));
	else if (FILES.includes(pathname)) event.respondWith(file(event.request, pathname));
});

/* The server's page where it comes in time; else the one without data, which the phone fills itself. */
async function page(event) {
	try {
		const answer = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE_MS) });
		if (answer.ok) event.waitUntil(speak(answer.headers.get("Content-Language")));
		if (answer.status < 500) return answer;
	} catch {
		// no network
	}
	return (await caches.match(SHELL)) ?? Response.error();
}

/* The page that is kept speaks the language that was chosen last. */
async function speak(language) {
	const kept = await caches.match(SHELL);
	if (!kept || kept.headers.get("Content-Language") === language) return;
	await (await caches.open(CACHE)).add(new Request(SHELL, { cache: "reload" }));
}

async function file(request, pathname) {
	const kept = await caches.match(pathname);
	if (!LIVE) return kept ?? fetch(request);
	try {
		return await fetch(request);
	} catch {
		return kept ?? Response.error();
	}
}
