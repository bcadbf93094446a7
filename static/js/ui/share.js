/* The phone's own share sheet where there is one; elsewhere the link to WhatsApp stays a link. */

export function mount(link) {
	if (!navigator.share) return;
	link.addEventListener("click", async (event) => {
		event.preventDefault();
		try {
			await navigator.share({ text: link.dataset.text, url: link.dataset.url });
		} catch (error) {
			if (error.name !== "AbortError") window.open(link.href, "_blank", "noopener");
		}
	});
}
