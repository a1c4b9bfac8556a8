import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { asOnTheWire } from './gliding-sound.ts';

const TEXT =
  'Good morning. This is the front desk speaking, how may I help you today? ' +
  'I would like to ask about the order that I placed last week, number four seven one nine. ' +
  'It has not arrived, and nobody could tell me where it is. Let me have a look for you. One moment, please. ';

/** Speech as the wire carries it: so many rounds of the same text, about 16 s each. */
export async function spokenSound(rounds: number): Promise<Int16Array> {
  const speaker = createLocalSpeaker(import.meta.filename);
  return asOnTheWire(await speaker.speak(TEXT.repeat(rounds), { name: 'slt' }));
}
