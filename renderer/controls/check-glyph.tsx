const GLYPHS = {
  ready: ['✓', 'holds'],
  waiting: ['◌', 'not known yet'],
  note: ['!', 'note'],
  failed: ['▲', 'does not hold'],
} as const;

type CheckGlyphProps = { readonly result: keyof typeof GLYPHS };

/** Whether something holds, as a sign and, for screen readers, in words. */
export function CheckGlyph({ result }: CheckGlyphProps) {
  const [glyph, words] = GLYPHS[result];
  return (
    <>
      <span className="glyph" aria-hidden="true">
        {glyph}
      </span>
      <span className="unseen">{words}:</span>
    </>
  );
}
