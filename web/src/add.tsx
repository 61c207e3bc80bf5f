// Handing in files and pasted text, with progress.
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Problem, address } from "./api";
import { Heading, Note, ProblemNote } from "./parts";
import { Link, toArticle } from "./route";
import { Words } from "./text";
import type { AddedFile, Adding } from "./types";

async function send(name: string, body: Blob): Promise<void> {
  await ask(address("add", { name }), {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body,
  });
}

/** The list, asked for again while anything is being read. */
function useAdding(kick: number): Adding | null {
  const [state, setState] = useState<Adding | null>(null);
  useEffect(() => {
    let timer = 0;
    let over = false;
    const look = async () => {
      const next = await ask<Adding>("add").catch(() => null);
      if (over) return;
      if (next) setState(next);
      const busy = next?.rows.some((file) => file.state === "waiting" || file.state === "reading");
      if (busy) timer = window.setTimeout(look, 400);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [kick]);
  return state;
}

function Outcome({ file }: { file: AddedFile }) {
  if (file.state === "waiting") return <>waits</>;
  if (file.state === "reading") return <>being read</>;
  if (file.state === "failed") return <>not taken: <Words>{file.problem}</Words></>;
  const [first] = file.receipts;
  const said = file.receipts.reduce((sum, receipt) => sum + receipt.attributions, 0);
  const there = { same: "there already", address: "there already, from another address" }[first?.state ?? ""];
  const words = there ?? `${said} ${said === 1 ? "statement" : "statements"}`;
  return (
    <>
      {file.receipts.length === 1 ? <Link to={toArticle(first!.id)}>read</Link> : `${file.receipts.length} articles`},{" "}
      {words}
    </>
  );
}

function List({ state }: { state: Adding }) {
  const done = state.rows.filter((file) => file.state === "done" || file.state === "failed").length;
  const busy = done < state.rows.length;
  return (
    <section aria-labelledby="handed">
      <h2 id="handed">Handed in</h2>
      <p role="status">
        {busy ? `${done} of ${state.rows.length} files read…` : `${state.rows.length} files read.`}
      </p>
      <progress max={state.rows.length} value={done} aria-label="Files read" />
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What became of it</th>
          </tr>
        </thead>
        <tbody>
          {[...state.rows].reverse().map((file) => (
            <tr key={file.id} class={file.state}>
              <td>
                <Words>{file.name}</Words>
              </td>
              <td>
                <Outcome file={file} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Form({ sent }: { sent: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const sendAll = async (files: [string, Blob][]) => {
    setProblem(null);
    try {
      for (const [index, [name, body]] of files.entries()) {
        setSending(`Sending ${index + 1} of ${files.length}`);
        await send(name, body);
        sent();
      }
    } catch (error) {
      setProblem(error as Problem);
    }
    setSending(null);
  };
  const sendFiles = (list: FileList | null | undefined) =>
    sendAll([...(list ?? [])].map((file) => [file.name, file] as [string, Blob]));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void sendFiles(event.dataTransfer?.files);
  };
  const paste = async (event: SubmitEvent) => {
    event.preventDefault();
    const text = area.current!.value;
    if (!text.trim()) return;
    await sendAll([["pasted.txt", new Blob([text])]]);
    area.current!.value = "";
  };
  return (
    <>
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label>
          Drop articles here, or choose files
          <input type="file" multiple onChange={(event) => sendFiles(event.currentTarget.files)} />
        </label>
        <p class="hint">Saved pages, plain text, JSON lines and whatever else <code>hearsay add</code> reads; 64 MiB a file.</p>
      </div>
      <form onSubmit={paste} class="paste">
        <label>
          Or paste the text of one article
          <textarea ref={area} rows={8} spellcheck={false} />
        </label>
        <button type="submit">Add the text</button>
      </form>
      {sending && <p role="status">{sending}</p>}
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

export function AddPage({ allowed }: { allowed: boolean }) {
  const [kick, setKick] = useState(0);
  const state = useAdding(kick);
  return (
    <>
      <Heading title="Add articles">Add articles</Heading>
      {allowed ? (
        <Form sent={() => setKick((n) => n + 1)} />
      ) : (
        <Note title="This page only shows">
          <p>
            Start it with <code>hearsay serve --allow-add</code> to hand in articles here, or use{" "}
            <code>hearsay add FILE…</code> in a terminal.
          </p>
        </Note>
      )}
      {!!state?.rows.length && <List state={state} />}
    </>
  );
}
