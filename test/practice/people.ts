import type { Person } from '../../electron/practice/person.ts';
import type { Script } from '../../electron/practice/script.ts';

/** A person for a test: silent, answers after 40 ms and stays for an hour unless told otherwise. */
export function testPerson(person: Partial<Person> & { readonly script?: Script } = {}): Person {
  const script = person.script ?? [{ do: 'pause', ms: 3_600_000 }];
  return {
    number: '+14155550121',
    name: 'Terry Test',
    about: 'A person for a test.',
    voice: { name: 'kal16' },
    pickUp: { does: 'answer', afterMs: 40 },
    patienceMs: 30_000,
    whenCalled: script,
    whenCalling: script,
    ...person,
  };
}
