// Marks of reviewers: beside every row, and one row after the other by keys.
import { useLayoutEffect, useState } from "preact/hooks";
import { ask, useRows, type Problem } from "./api";
import { canReview } from "./can";
import { AttributionCard, Heading, Note, Answer } from "./parts";
import { STANCES, stanceWord } from "./stance";
import type { Attribution, Mark } from "./types";

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

export function ReviewPage() {
  const rows = useRows<Attribution>(canReview() ? "unreviewed" : null, { limit: 100 });
  const [at, setAt] = useState(0);
  const [marks, setMarks] = useState<Mark[]>([]);
  const [name, setName] = useState(reviewer());
  const row = rows.data?.[at];
  const say = (said: Said) => row && mark("attribution", row.id, said).then((made) => (setMarks([...marks, made]), setAt(at + 1)));
  const undo = () => {
    const last = marks[marks.length - 1];
    if (last) takeBack(last.number).then(() => (setMarks(marks.slice(0, -1)), setAt(Math.max(0, at - 1))));
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
      <Heading title="Review">Review</Heading>
      {!canReview() ? (
        <Note title="This server takes no marks">
          <p>
            Start it with <code>hearsay serve --allow-review</code>, or use <code>hearsay review</code> in a terminal.
          </p>
        </Note>
      ) : (
        <>
          <p class="lede">
            What nobody has marked yet, the least sure first. Keys: <kbd>y</kbd> right, <kbd>n</kbd> wrong, <kbd>s</kbd> skip,{" "}
            <kbd>u</kbd> undo. {marks.length > 0 && `${marks.length} marked.`}
          </p>
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
          <Answer asked={rows}>
            {() =>
              row ? (
                <>
                  <AttributionCard row={row} key={row.id} />
                  <p class="hint">confidence {row.confidence.toFixed(2)}</p>
                </>
              ) : (
                <Note title="Nothing is left">
                  <p>All of these are marked.</p>
                </Note>
              )
            }
          </Answer>
        </>
      )}
    </>
  );
}
