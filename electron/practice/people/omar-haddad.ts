import type { Person } from '../person.ts';
import { listen, pause, type Script, say } from '../script.ts';

/** Pays by card: reads out a number that nobody must keep. It is Visa's test number. */
export const omarHaddad: Person = {
  number: '+14155550117',
  name: 'Omar Haddad',
  about: 'Pays by card, and reads its number out.',
  voice: { name: 'rms', pitchHz: 112 },
  pickUp: { does: 'answer', afterMs: 2000 },
  patienceMs: 30_000,
  whenCalled: [pause(400), ...say('Omar Haddad speaking.'), ...payment()],
  whenCalling: [listen(2500), ...say('Hello, this is Omar Haddad.'), ...payment()],
};

function payment(): Script {
  return [
    listen(3000),
    ...say('I would like to pay for my order by card.'),
    listen(4000),
    ...say('My card number is 4111 1111 1111 1111.'),
    listen(5000),
    ...say('It is good until the end of next year.'),
    listen(6000),
    ...say('Great, then everything is paid. Thank you and goodbye.'),
    pause(600),
  ];
}
