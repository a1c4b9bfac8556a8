import type { Person } from '../person.ts';
import { blurt, listen, pause, say } from '../script.ts';

/** A hotline that plays hold music, with an announcement now and then. */
export const northwindSupport: Person = {
  number: '+14155550106',
  name: 'Northwind Support',
  about: 'A hotline: an announcement, then hold music that says your call is important.',
  voice: { name: 'rms', stretch: 1.0 },
  pickUp: { does: 'answer', afterMs: 1000 },
  patienceMs: 30_000,
  whenCalled: [
    pause(300),
    blurt('Welcome to Northwind Support. All our agents are busy. Please hold the line.'),
    {
      do: 'repeat',
      times: 5,
      steps: [
        { do: 'music', ms: 16_000 },
        pause(200),
        blurt('Your call is important to us. Please stay on the line.'),
        pause(200),
      ],
    },
    blurt('We are sorry. Nobody is available at the moment. Please call again later. Goodbye.'),
    pause(500),
  ],
  whenCalling: [
    listen(3000),
    ...say('This is Northwind Support, calling back about your ticket. It has been solved.'),
    listen(6000),
    ...say('Thank you for choosing Northwind. Goodbye.'),
    pause(500),
  ],
};
