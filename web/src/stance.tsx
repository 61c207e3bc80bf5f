// Stances as a shape, a colour and a word: never colour alone.

interface Look {
  word: string;
  /** SVG path within −5…5. */
  path: string;
  hollow?: boolean;
}

const CIRCLE = "M-4.5,0A4.5,4.5 0 1 1 4.5,0A4.5,4.5 0 1 1 -4.5,0Z";

const LOOKS: Record<string, Look> = {
  affirm: { word: "affirms", path: CIRCLE },
  admit: { word: "admits", path: "M-4,-4H4V4H-4Z" },
  deny: { word: "denies", path: "M-4.6,-2.6L-2.6,-4.6L0,-2L2.6,-4.6L4.6,-2.6L2,0L4.6,2.6L2.6,4.6L0,2L-2.6,4.6L-4.6,2.6L-2,0Z" },
  decline: { word: "declines to say", path: CIRCLE, hollow: true },
  urge: { word: "urges", path: "M0,-5L5,4H-5Z" },
  promise: { word: "promises", path: "M0,-5.4L5.4,0L0,5.4L-5.4,0Z" },
  ask: { word: "asks", path: "M0,5L5,-4H-5Z", hollow: true },
};
const UNKNOWN: Look = { word: "says", path: "M-2.5,0A2.5,2.5 0 1 1 2.5,0A2.5,2.5 0 1 1 -2.5,0Z" };

export const STANCES = Object.keys(LOOKS);

export function stanceWord(stance: string | null | undefined): string {
  return (stance ? LOOKS[stance] : undefined)?.word ?? UNKNOWN.word;
}

/** The bare shape, inside an <svg>. */
export function StanceShape({ stance, scale = 1 }: { stance: string | null; scale?: number }) {
  const look = (stance ? LOOKS[stance] : undefined) ?? UNKNOWN;
  return (
    <path
      class={`shape stance-${stance ?? "none"}${look.hollow ? " hollow" : ""}`}
      d={look.path}
      transform={scale === 1 ? undefined : `scale(${scale})`}
    />
  );
}

export function StanceMark({ stance }: { stance: string | null }) {
  return (
    <svg class="stance-mark" viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">
      <StanceShape stance={stance} />
    </svg>
  );
}

export function Stance({ stance }: { stance: string | null }) {
  return (
    <span class="stance">
      <StanceMark stance={stance} /> {stanceWord(stance)}
    </span>
  );
}

export function StanceKey({ shown }: { shown: Iterable<string | null> }) {
  const list = [...new Set(shown)].sort();
  return (
    <ul class="key" aria-label="What the marks mean">
      {list.map((stance) => (
        <li key={stance ?? "none"}>
          <Stance stance={stance} />
        </li>
      ))}
    </ul>
  );
}
