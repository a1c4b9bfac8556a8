import { expect, it } from 'vitest';
import { plainNotes } from '../../electron/updates/plain-notes.ts';

it('keeps notes that are text already', () => {
  expect(plainNotes('## Added\n\n- Calls ring < 1 s, a && b\n')).toBe(
    '## Added\n\n- Calls ring < 1 s, a && b',
  );
});

it('makes text of HTML', () => {
  const html =
    '<h2>Added</h2>\n<ul>\n<li>Calls &amp; messages</li><li>It&#39;s <b>fast</b></li></ul><p>Bye<br>now</p>';
  expect(plainNotes(html)).toBe("Added\n\n- Calls & messages\n- It's fast\n\nBye\nnow");
});

it('leaves out scripts, comments, and tags that never end', () => {
  expect(plainNotes('a<script>alert(1)</script>b<!-- c --><img src=x onerror=alert(1)>d')).toBe(
    'abd',
  );
  expect(plainNotes('<style>p{}</style>text')).toBe('text');
});

it('shows tags that were written as text, as text', () => {
  expect(plainNotes('&lt;script&gt;alert(1)&lt;/script&gt;')).toBe('<script>alert(1)</script>');
});

it('leaves out what is not seen but turns text around', () => {
  expect(plainNotes('safe\u202egnp.exe\u0000\u001b[31m\u200b')).toBe('safegnp.exe[31m');
  expect(plainNotes('&#x202e;&#0;&#x110000;a')).toBe('a');
});

it('joins the notes of several versions', () => {
  const list = [
    { version: '1.2.0', note: '<p>Two</p>' },
    { version: '1.1.0', note: null },
    null,
    7,
  ];
  expect(plainNotes(list)).toBe('1.2.0\nTwo\n\n1.1.0');
});

it('takes anything else for no notes', () => {
  for (const foreign of [undefined, null, 7, {}, true]) expect(plainNotes(foreign)).toBe('');
});

it('keeps no more than can be read', () => {
  expect(plainNotes('a'.repeat(1_000_000))).toHaveLength(6001);
  expect(plainNotes('<script'.repeat(200_000))).toHaveLength(6001);
});
