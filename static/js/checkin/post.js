/* Where this phone records now, among the checkpoints it serves, and whether people come or go there. */

const KEY = "post";

/* `posts`: [{id, name, way}], the phone's own first; `way` "" lets the operator choose. Calls `onMove(post, direction)`. */
export async function posts({ root, part, store, words, onMove }) {
	const list = JSON.parse(root.dataset.posts || "[]");
	const form = part("post");
	if (!list.length || (list.length === 1 && list[0].way === "in")) return;
	const kept = (await store.noted(KEY)) ?? {};
	const [place, way] = [form.elements.place, form.elements.way];
	place.replaceChildren(...list.map(({ id, name }) => new Option(name, id)));
	if (list.some(({ id }) => id === kept.id)) place.value = kept.id;
	way.value = kept.way ?? "in";
	const move = async () => {
		const post = list.find(({ id }) => id === place.value);
		if (post.way) way.value = post.way;
		way.disabled = Boolean(post.way);
		place.parentElement.hidden = list.length === 1;
		root.dataset.direction = way.value;
		root.dataset.place = post.name;
		for (const title of root.querySelectorAll("[data-desk-name]")) title.textContent = named(root, words);
		await store.note(KEY, { id: post.id, way: way.value });
		await onMove(post.id);
	};
	form.addEventListener("change", move);
	form.hidden = false;
	await move();
}

function named({ dataset }, words) {
	const title = `${dataset.name} · ${dataset.place}`;
	return dataset.direction === "out" ? `${title} · ${words.out_big}` : title;
}
