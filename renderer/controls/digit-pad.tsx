const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

const NAMES: Readonly<Record<string, string>> = { '*': 'Star', '#': 'Hash' };

type DigitPadProps = { readonly onDigit: (digit: string) => void };

/** The twelve keys of a telephone. */
export function DigitPad({ onDigit }: DigitPadProps) {
  return (
    <div className="digit-pad">
      {KEYS.map(([digit, letters]) => (
        <button
          key={digit}
          type="button"
          className="digit"
          aria-label={NAMES[digit] ?? digit}
          onClick={() => onDigit(digit)}
        >
          <span>{digit}</span>
          <small aria-hidden="true">{letters}</small>
        </button>
      ))}
    </div>
  );
}
