import type { Person } from '../person.ts';
import { blurt, listen, pause, say } from '../script.ts';

/** Calls from a café: murmur and hiss under everything she says and while she is silent. */
export const annBecker: Person = {
  number: '+14155550104',
  name: 'Ann Becker',
  about: 'Sits in a noisy café and wants to move her appointment.',
  voice: { name: 'slt', pitchHz: 205, stretch: 1.02 },
  background: 'cafe',
  pickUp: { does: 'answer', afterMs: 4000 },
  patienceMs: 30_000,
  whenCalled: [
    pause(500),
    blurt('Hello? Ann Becker. Sorry, it is loud in here.'),
    listen(5000),
    ...conversation(),
  ],
  whenCalling: [
    listen(3000),
    ...say('Hello, this is Ann Becker. I hope you can hear me, I am in a coffee shop.'),
    listen(4000),
    ...conversation(),
  ],
};

function conversation() {
  return [
    ...say('I have an appointment on Thursday at ten, and I cannot make it.'),
    listen(6000),
    ...say('Sorry, could you say that again? They just started the coffee machine.'),
    listen(7000),
    ...say('Would Monday be possible? In the morning, if you can.'),
    listen(7000),
    pause(1500),
    ...say('Monday, half past nine. Let me write that down.'),
    pause(4000),
    ...say('Great. Thank you for your help. See you on Monday.'),
    listen(3000),
    ...say('Bye.'),
    pause(500),
  ];
}
