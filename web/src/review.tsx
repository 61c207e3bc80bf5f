// Marks of reviewers: beside every row, and one row after the other by keys.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { ask, useAnswer, useRows, type Problem } from "./api";
import { canReview } from "./can";
import { AttributionCard, Heading, Note, Answer, SaidBy, Speaker } from "./parts";
import { Link, toClaim, type Place } from "./route";
import { STANCES, stanceWord } from "./stance";
import { headingOf, Words } from "./text";
import type { Attribution, Mark, Stats } from "./types";

const WHO = "hearsay:reviewer";

function reviewer(): string {
  try {
    return localStorage.getItem(WHO) || "page";
  } catch {
    return "page";
  }
}

type Said = { verdict: "right" | "wrong" } | { verdict: "corrected"; field: string; value: string };

export async function mark(kind: string, target: string, said: Said): Promise<Mark> {
  return ask<Mark>("review", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ kind, target, reviewer: reviewer(), ...said }),
  });
}

export async function takeBack(number: number): Promise<void> {
  await ask("review", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ back: number }),
  });
}

const WORDS: Record<string, string> = { right: "marked as right", wrong: "marked as wrong", corrected: "put right" };

function Correct({ row, say, close }: { row: Attribution; say: (said: Said) => void; close: () => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const speaker = String(data.get("speaker")).trim();
    const stance = String(data.get("stance"));
    if (speaker !== (row.speaker ?? "")) say({ verdict: "corrected", field: "speaker", value: speaker });
    else if (stance !== (row.stance ?? "")) say({ verdict: "corrected", field: "stance", value: stance });
    else close();
  };
  return (
    <form class="correct" onSubmit={submit} aria-label="Put it right">
      <label>
        who said it <input name="speaker" defaultValue={row.speaker ?? ""} autocomplete="off" />
      </label>
      <label>
        stance{" "}
        <select name="stance">
          {STANCES.map((stance) => (
            <option value={stance} selected={stance === row.stance}>
              {stanceWord(stance)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Keep</button>
      <button type="button" onClick={close}>
        Cancel
      </button>
    </form>
  );
}

export function ReviewButtons({
  kind,
  target,
  name,
  row,
  done,
}: {
  kind: string;
  target: string;
  name: string;
  row?: Attribution;
  done?: (mark: Mark | null) => void;
}) {
  const [kept, keep] = useState<Mark | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [open, setOpen] = useState(false);
  if (!canReview()) return null;
  const say = (said: Said) =>
    mark(kind, target, said).then(
      (made) => (keep(made), setOpen(false), setProblem(null), done?.(made)),
      setProblem,
    );
  const back = () => kept && takeBack(kept.number).then(() => (keep(null), done?.(null)), setProblem);
  if (kept) {
    return (
      <span class="marks" role="status">
        {WORDS[kept.verdict]}{" "}
        <button type="button" class="quiet" onClick={back}>
          undo
        </button>
      </span>
    );
  }
  return (
    <span class="marks">
      <button type="button" class="quiet" onClick={() => say({ verdict: "right" })} aria-label={`Right: ${name}`}>
        ✓ right
      </button>{" "}
      <button type="button" class="quiet" onClick={() => say({ verdict: "wrong" })} aria-label={`Wrong: ${name}`}>
        ✗ wrong
      </button>{" "}
      {row && (
        <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)} aria-label={`Put right: ${name}`}>
          put right
        </button>
      )}
      {problem && <span role="alert"> {problem.message}</span>}
      {open && row && <Correct row={row} say={say} close={() => setOpen(false)} />}
    </span>
  );
}

// ---- one after the other ----

/** A row of `unreviewed`, of any kind. */
interface Unmarked {
  type: string;
  id: string;
  confidence?: number;
  about?: string;
  claim?: string;
  side?: string;
  speaker?: string | null;
  name?: string;
  kind?: string;
  reports?: number;
  attributions?: number;
  wordings?: string[];
  called?: string[];
  titles?: string[];
  attribution?: Attribution | null;
  opposite?: Attribution | null;
  before?: Attribution;
  after?: Attribution;
}

const List = ({ of }: { of: string[] | undefined }) => (
  <ul class="plain tight">
    {of?.map((words) => (
      <li>
        <Words>{words}</Words>
      </li>
    ))}
  </ul>
);

/** Of each kind: its name, what is asked, and what the answer rests on. */
const KINDS: Record<string, { word: string; ask: string; show: (row: Unmarked) => ComponentChildren }> = {
  attribution: {
    word: "attributions",
    ask: "Is this what the article says?",
    show: (row) => <AttributionCard row={row as unknown as Attribution} />,
  },
  statement: {
    word: "statements",
    ask: "Is this one utterance?",
    show: (row) => (
      <>
        {row.attribution && <SaidBy row={row.attribution} />}
        <p class="said-foot">in {row.reports} reports, in these words:</p>
        <List of={row.wordings} />
      </>
    ),
  },
  side: {
    word: "sides",
    ask: "Is it on this side of the claim?",
    show: (row) => (
      <>
        <h3>
          {row.side === "for" ? "For: " : "Against: "}
          <Link to={toClaim(row.claim!)}>
            <Words>{headingOf(row.about ?? "", [], row.attribution?.speaker)}</Words>
          </Link>
        </h3>
        <div class="versus">
          {row.attribution && <SaidBy row={row.attribution} />}
          <p class="against-word">{row.opposite ? "against" : ""}</p>
          {row.opposite && <SaidBy row={row.opposite} />}
        </div>
      </>
    ),
  },
  shift: {
    word: "shifts",
    ask: "Did they change position?",
    show: (row) => (
      <>
        <h3>
          <Words>{headingOf(row.about ?? "", [], row.speaker)}</Words>
        </h3>
        <div class="versus">
          {row.before && <SaidBy row={row.before} label="before" />}
          <p class="against-word">then</p>
          {row.after && <SaidBy row={row.after} label="after" />}
        </div>
      </>
    ),
  },
  name: {
    word: "names",
    ask: "Is this one, and rightly named?",
    show: (row) => (
      <>
        <h3>
          <Speaker name={row.name ?? null} /> <span class="count">{row.kind}</span>
        </h3>
        <p class="said-foot">said {row.attributions?.toLocaleString("en")}; called:</p>
        <List of={row.called} />
        {!!row.titles?.length && <p class="said-foot">titles:</p>}
        <List of={row.titles} />
        {row.attribution && <SaidBy row={row.attribution} />}
      </>
    ),
  },
};

function Figures({ kind }: { kind: string }) {
  const reviewed = useAnswer<Stats>("stats").data?.reviewed as Record<string, string | number> | undefined;
  if (!reviewed) return null;
  const many = KINDS[kind]!.word;
  const precision = reviewed[kind === "attribution" ? "precision" : `precision_of_${many}`];
  if (!reviewed[many]) return null;
  return (
    <p class="hint">
      {reviewed[many]} {many} reviewed so far; the program was right in {Math.round(Number(precision) * 100)} of 100.
    </p>
  );
}

export function ReviewPage({ place }: { place: Place }) {
  const asked = place.query.get("kind") ?? "attribution";
  const kind = KINDS[asked] ? asked : "attribution";
  return (
    <>
      <Heading title="Review">Review</Heading>
      {!canReview() ? (
        <Note title="This server takes no marks">
          <p>
            Start it with <code>hearsay serve --allow-review</code>, or use <code>hearsay review</code> in a terminal.
          </p>
        </Note>
      ) : (
        <>
          <nav aria-label="What to review">
            <ul>
              {Object.entries(KINDS).map(([name, { word }]) => (
                <li>
                  <Link to={name === "attribution" ? "/review" : `/review?kind=${name}`} aria-current={name === kind ? "page" : undefined}>
                    {word}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <OneByOne kind={kind} key={kind} />
        </>
      )}
    </>
  );
}

function OneByOne({ kind }: { kind: string }) {
  const rows = useRows<Unmarked>("unreviewed", { limit: 100, kind: kind === "attribution" ? "" : kind });
  const [at, setAt] = useState(0);
  const [marks, setMarks] = useState<Mark[]>([]);
  const [name, setName] = useState(reviewer());
  const [problem, setProblem] = useState<Problem | null>(null);
  const row = rows.data?.[at];
  const say = (said: Said) =>
    row && mark(kind, row.id, said).then((made) => (setMarks([...marks, made]), setAt(at + 1), setProblem(null)), setProblem);
  const undo = () => {
    const last = marks[marks.length - 1];
    if (last) takeBack(last.number).then(() => (setMarks(marks.slice(0, -1)), setAt(Math.max(0, at - 1))), setProblem);
  };
  // Before the row shows: a key that comes at once has to find its mark.
  useLayoutEffect(() => {
    const keys: Record<string, () => void> = {
      y: () => say({ verdict: "right" }),
      n: () => say({ verdict: "wrong" }),
      s: () => setAt(at + 1),
      u: undo,
    };
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
      if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <>
      <p class="lede">
        What nobody has marked yet, the least sure first. Keys: <kbd>y</kbd> right, <kbd>n</kbd> wrong, <kbd>s</kbd> skip,{" "}
        <kbd>u</kbd> undo. {marks.length > 0 && `${marks.length} marked.`}
      </p>
      <Figures kind={kind} />
      <p>
        <label>
          Your name{" "}
          <input
            value={name}
            onInput={(event) => {
              const value = (event.currentTarget as HTMLInputElement).value;
              setName(value);
              try {
                localStorage.setItem(WHO, value);
              } catch {
                /* a browser that keeps nothing */
              }
            }}
          />
        </label>
      </p>
      {problem && <p role="alert">{problem.message}</p>}
      <h2>{KINDS[kind]!.ask}</h2>
      <Answer asked={rows}>
        {() =>
          row ? (
            <>
              <div class={kind === "attribution" ? undefined : "dispute"} key={row.id}>
                {KINDS[kind]!.show(row)}
              </div>
              {kind !== "attribution" && (
                <p class="marks">
                  <button type="button" onClick={() => say({ verdict: "right" })}>
                    ✓ right
                  </button>{" "}
                  <button type="button" onClick={() => say({ verdict: "wrong" })}>
                    ✗ wrong
                  </button>
                </p>
              )}
              {row.confidence !== undefined && <p class="hint">confidence {row.confidence.toFixed(2)}</p>}
            </>
          ) : (
            <Note title="Nothing is left">
              <p>All of these are marked.</p>
            </Note>
          )
        }
      </Answer>
    </>
  );
}
