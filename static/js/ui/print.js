/* A button that prints the page it stands on; without scripts the browser's own menu does. */

export function mount(button) {
	button.hidden = false;
	button.addEventListener("click", () => window.print());
}
