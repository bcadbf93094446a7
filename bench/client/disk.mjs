/* IndexedDB's promises in memory, for the desk's own store under Node: transactions one after the other, numbers and
   indexes as a browser keeps them. It is what a phone's disk is after a strict commit; killed tabs are another drill. */

const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const at = (value, path) => path.split(".").reduce((inner, part) => inner?.[part], value);
const order = (one, other) => (one < other ? -1 : Number(one > other));

export class Disk {
	#bases = new Map();
	busy = 0;

	open(name) {
		const request = {};
		const base = this.#bases.get(name) ?? new Base(this);
		const fresh = !this.#bases.has(name);
		this.#bases.set(name, base);
		this.busy += 1;
		setImmediate(async () => {
			request.result = base;
			request.transaction = { objectStore: (store) => base.stores.get(store) };
			if (fresh) request.onupgradeneeded?.();
			request.onsuccess();
			await turn();
			this.busy -= 1;
		});
		return request;
	}
}

class Base {
	stores = new Map();
	#last = Promise.resolve();

	constructor(disk) {
		this.disk = disk;
		this.objectStoreNames = { contains: (name) => this.stores.has(name) };
	}

	createObjectStore(name, options) {
		this.stores.set(name, new Store(options?.keyPath));
	}

	transaction() {
		const asked = [];
		const transaction = { objectStore: (name) => this.stores.get(name).within(asked) };
		this.disk.busy += 1;
		this.#last = this.#last.then(() => this.#run(transaction, asked));
		return transaction;
	}

	/* A transaction lives as long as somebody asks something in the turn of the last answer. */
	async #run(transaction, asked) {
		await turn();
		while (asked.length) {
			const { request, act } = asked.shift();
			request.result = structuredClone(act(request));
			request.onsuccess?.();
			await turn();
		}
		transaction.oncomplete?.();
		await turn();
		this.disk.busy -= 1;
	}

	close() {}
}

class Store {
	rows = new Map();
	indexes = new Map();

	constructor(keyPath) {
		this.keyPath = keyPath;
		this.indexNames = { contains: (name) => this.indexes.has(name) };
	}

	createIndex(name, path, { unique }) {
		this.indexes.set(name, { path, unique });
	}

	within(asked) {
		const ask = (act) => {
			const request = {};
			asked.push({ request, act });
			return request;
		};
		const found = (path, value) => [...this.rows].filter(([, row]) => at(row, path) === value).sort(([one], [other]) => order(one, other)).map(([, row]) => row);
		return {
			get: (key) => ask(() => this.rows.get(key)),
			put: (value, key) => ask(() => this.#put(structuredClone(value), key)),
			delete: (key) => ask(() => this.rows.delete(key)),
			clear: () => ask(() => this.rows.clear()),
			getAll: () => ask(() => [...this.rows].sort(([one], [other]) => order(one, other)).map(([, row]) => row)),
			index: (name) => {
				const { path } = this.indexes.get(name);
				return {
					get: (value) => ask(() => found(path, value)[0]),
					getAll: (value, limit) => ask(() => found(path, value).slice(0, limit)),
					count: (value) => ask(() => found(path, value).length),
					openCursor: (value) => this.#cursor(ask, () => found(path, value)),
				};
			},
		};
	}

	#put(value, key = value[this.keyPath]) {
		for (const { path, unique } of this.indexes.values()) {
			const taken = unique && [...this.rows].some(([other, row]) => other !== key && at(row, path) === at(value, path));
			if (taken) throw new Error(`${path} is taken: ${at(value, path)}`);
		}
		this.rows.set(key, value);
	}

	#cursor(ask, rows) {
		let left = null;
		const request = ask(() => undefined);
		const first = {};
		Object.defineProperty(request, "result", { get: () => first.value, set: () => {
			left ??= rows();
			const row = left.shift();
			first.value = row && {
				value: structuredClone(row),
				update: (value) => this.#put(structuredClone(value)),
				continue: () => { const next = ask(() => undefined); next.onsuccess = () => { request.result = undefined; request.onsuccess(); }; },
			};
		} });
		return request;
	}
}
