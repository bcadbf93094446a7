/* IndexedDB's requests and transactions as promises. Whatever must outlive a battery is written under STRICT. */

export const STRICT = { durability: "strict" };

export function asked(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

export function complete(transaction) {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
	});
}
