/**
 * Names of what is worn, plugged in or joined by radio: never part of the computer, whatever else the
 * name says ("Headset (Realtek(R) Audio)" is a headset in the computer's jack).
 */
const APART =
  /head(set|phone)|ear(phone|bud|piece)|airpods|\busb\b|bluetooth|hands-?free|bluez|jabra|plantronics|\bpoly\b|sennheiser|\bepos\b|logi(tech)?\b|yealink|webcam|hdmi|displayport|s\/?pdif|digital output|nvidia|monitor of|speakerphone|iphone|virtual|blackhole|cable/i;

/** Names that macOS, Windows and Linux give to the computer's own loudspeaker and microphone. */
const BUILT_IN = [
  // macOS: "MacBook Pro Microphone", "iMac Speakers", "Built-in Output".
  /\b(macbook|imac|mac mini|mac studio|mac pro)\b.*\b(microphone|speakers?)\b/i,
  /\bbuilt-?in\b|\binternal (microphone|mic|speakers?)\b/i,
  // Windows: "Microphone Array (Intel® Smart Sound …)", "Speakers (Realtek(R) Audio)", "Realtek HD Audio".
  /\bmicrophone array\b/i,
  /\b(realtek|conexant|synaptics|cirrus logic|smart sound|high definition audio|sst)\b/i,
  // Linux: ALSA card names, "HDA Intel PCH: ALC257 Analog (hw:0,0)", "sof-hda-dsp", and PulseAudio's.
  /\bhda[ -](intel|ati|generic)|\bsof-|\bpch\b|\bacp\d*x?\b|analog stereo|digital microphone/i,
];

/**
 * Whether a device is part of the computer, as far as its name tells: then its loudspeaker and its
 * microphone hear each other. An unknown name is taken for a device apart.
 */
export function isBuiltIn(name: string): boolean {
  return !APART.test(name) && BUILT_IN.some(known => known.test(name));
}
