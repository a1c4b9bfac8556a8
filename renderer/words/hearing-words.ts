import type { Hearing } from '../calls/hearing.ts';

/** Whether and why the other side is heard here, as a sentence. @param alone who is heard alone */
export function hearingSentence(hearing: Hearing, name: string, alone: string): string {
  switch (hearing) {
    case 'heard':
      return `You hear ${name} now.`;
    case 'words':
      return `You read ${name}.`;
    case 'no-speaker':
      return `You do not hear ${name}: no speaker.`;
    case 'no-sound':
      return `You do not hear ${name} yet.`;
    case 'held':
      return `You do not hear ${name}: on hold.`;
    case 'silenced':
      return `You do not hear ${name}: silenced here.`;
    case 'rewound':
      return `You hear what ${name} said before.`;
    case 'not-alone':
      return `You do not hear ${name}: only ${alone}.`;
  }
}
