// A program with a sound card, for the test of the virtual one: plays a 440 Hz tone and reports
// the loudest sample its microphone gave, every 100 ms.
import { createRequire } from 'node:module';

const { AudioIO, getDevices } = createRequire(import.meta.url)('naudiodon');

const RATE_HZ = 48_000;
const PIECE_FRAMES = 480;
const device = getDevices().find(({ name }) => name === 'default');
const common = {
  sampleFormat: 16,
  sampleRate: RATE_HZ,
  deviceId: device.id,
  closeOnError: false,
  maxQueue: 2,
  framesPerBuffer: PIECE_FRAMES,
};
const speaker = new AudioIO({
  outOptions: { ...common, channelCount: 2, highwaterMark: PIECE_FRAMES * 4 },
});
const microphone = new AudioIO({
  inOptions: { ...common, channelCount: 1, highwaterMark: PIECE_FRAMES * 2 },
});

let frame = 0;
function nextPiece() {
  const piece = new Int16Array(PIECE_FRAMES * 2);
  for (let i = 0; i < PIECE_FRAMES; i++, frame++) {
    piece.fill(16_000 * Math.sin((2 * Math.PI * 440 * frame) / RATE_HZ), 2 * i, 2 * i + 2);
  }
  return Buffer.from(piece.buffer);
}

function feed() {
  while (speaker.write(nextPiece()));
  speaker.once('drain', feed);
}

let loudest = 0;
microphone.on('data', data => {
  for (let at = 0; at < data.length; at += 2) {
    loudest = Math.max(loudest, Math.abs(data.readInt16LE(at)));
  }
});
setInterval(() => {
  process.send({ loudest });
  loudest = 0;
}, 100);

speaker.start();
microphone.start();
feed();
