/* What the ear and the hand are told: one bright tone for in, two low ones for look, a long one for stop. */

const TUNES = {
	ok: [[880, 0.12]],
	warn: [[440, 0.14], [440, 0.14]],
	bad: [[196, 0.5]],
};
const SHAKES = { ok: [60], warn: [80, 60, 80], bad: [400] };

let audio;

/* Browsers keep a page silent until somebody touches it: the first touch opens the sound, so that the first scan is heard. */
export function unlock(target = document) {
	const open = () => {
		try {
			audio ??= new AudioContext();
			audio.resume();
		} catch {
			// a browser without sound
		}
		globalThis.navigator?.vibrate?.(1);
	};
	for (const touch of ["pointerdown", "keydown"]) target.addEventListener(touch, open, { once: true, capture: true });
}

export function signal(tone) {
	globalThis.navigator?.vibrate?.(SHAKES[tone]);
	try {
		audio ??= new AudioContext();
		audio.resume();
		let at = audio.currentTime;
		for (const [pitch, seconds] of TUNES[tone]) {
			play(pitch, at, seconds);
			at += seconds + 0.06;
		}
	} catch {
		// a browser without sound still shows the verdict
	}
}

function play(pitch, at, seconds) {
	const oscillator = new OscillatorNode(audio, { frequency: pitch });
	const gain = new GainNode(audio, { gain: 0.2 });
	oscillator.connect(gain).connect(audio.destination);
	oscillator.start(at);
	oscillator.stop(at + seconds);
}
