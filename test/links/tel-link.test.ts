import { describe, expect, it } from 'vitest';
import { readTelLink, telLinkAmong } from '../../electron/links/tel-link.ts';
import { seeded } from '../support/chance.ts';

const number = (link: string) => readTelLink(link)?.number ?? null;

describe('a link to a telephone number', () => {
  it.each([
    ['tel:+14155550177', '+14155550177'],
    ['TEL:+1-415-555-0177', '+14155550177'],
    ['tel:+1%20(415)%20555.0177', '+14155550177'],
    ['tel:%2B14155550177', '+14155550177'],
    ['tel:415-555-0177', '4155550177'],
    ['tel:911', '911'],
  ])('%s gives %s', (link, expected) => {
    expect(number(link)).toBe(expected);
  });

  it('may bring an extension, which is told apart', () => {
    expect(readTelLink('tel:+14155550177;ext=12-3')).toEqual({
      number: '+14155550177',
      extension: '123',
    });
  });

  it.each([
    ['keys pressed after the answer', 'tel:+14155550177;postd=pp22'],
    ['waits', 'tel:+14155550177,,123'],
    ['a code of the network', 'tel:*#06#'],
    ['call forwarding', 'tel:**21*+14155550177#'],
    ['the same, hidden', 'tel:%2A%2321%23'],
    ['an escape of an escape', 'tel:%252B14155550177'],
    ['letters', 'tel:+1-800-FLOWERS'],
    ['digits of other scripts', 'tel:+１４１５５５５０１７７'],
    ['Arabic digits', 'tel:+١٤١٥٥٥٥٠١٧٧'],
    ['a right-to-left mark', 'tel:+1415\u202e5550177'],
    ['a digit no eye sees', 'tel:+1415555\u200b0177'],
    ['a new line', 'tel:+14155550177\n'],
    ['an escaped new line', 'tel:+14155550177%0a'],
    ['NUL', 'tel:+1415555%000177'],
    ['a routing context', 'tel:5550177;phone-context=+1415'],
    ['two extensions', 'tel:+14155550177;ext=1;ext=2'],
    ['an empty extension', 'tel:+14155550177;ext=-'],
    ['a second plus sign', 'tel:+1415+5550177'],
    ['one digit', 'tel:1'],
    ['too many digits', `tel:${'1'.repeat(21)}`],
    ['no digits', 'tel:+()'],
    ['nothing', 'tel:'],
    ['an address', 'tel://+14155550177'],
    ['another scheme', 'telnet:14155550177'],
    ['a switch', '--target=+14155550177'],
    ['a script', 'javascript:tel:+14155550177'],
    ['a megabyte', `tel:${' '.repeat(1_000_000)}1`],
  ])('with %s is refused', (_name, link) => {
    expect(readTelLink(link)).toBeNull();
  });

  it('whatever it is, gives only a plus sign and ASCII digits, few of them', () => {
    const chance = seeded(3966);
    const alphabet = '0123456789+-.() ;=ext*#,pw%20%2B%00\u202e\uff11\u0661\\/?&@a\n\t';
    let understood = 0;
    for (let round = 0; round < 20_000; round += 1) {
      // Mostly what numbers are made of, or nothing random would ever be understood.
      const letters = chance() < 0.5 ? alphabet.slice(0, 16) : alphabet;
      const length = Math.floor(chance() * 30);
      const text = Array.from(
        { length },
        () => letters[Math.floor(chance() * letters.length)] ?? '',
      ).join('');
      const offered = readTelLink(`tel:${text}`);
      if (offered === null) continue;
      understood += 1;
      expect(offered.number).toMatch(/^\+?[0-9]{2,20}$/);
      expect(offered.extension ?? '1').toMatch(/^[0-9]{1,20}$/);
      expect(text).not.toMatch(/[*#,pw\\/?&@a\n\t]/);
    }
    expect(understood).toBeGreaterThan(500);
  });
});

describe('a command line', () => {
  it('offers the link that stands in it, among the switches systems add', () => {
    const words = ['/opt/Earshot/earshot', '--allow-file-access-from-files', 'tel:+14155550177'];
    expect(telLinkAmong(words)?.number).toBe('+14155550177');
  });

  it('offers nothing without one, nor a link that is refused', () => {
    expect(telLinkAmong(['/opt/Earshot/earshot', '+14155550177'])).toBeNull();
    expect(telLinkAmong(['tel:*21*1#', '--tel:+14155550177'])).toBeNull();
  });
});
