/* Opening WhatsApp with an office's link marks it as passed on; the form beside it takes the mark back. */

export function mount(link) {
	const form = document.getElementById(link.dataset.mark);
	link.addEventListener("click", async () => {
		const button = form.querySelector("button:not([name=undo])");
		if (!button || button.disabled) return;
		const answer = await fetch(form.action, { method: "POST", headers: { "X-Requested-With": "fetch" } }).catch(() => null);
		if (!answer?.ok) return;
		button.disabled = true;
		button.querySelector("span").textContent = form.dataset.done;
	});
}
