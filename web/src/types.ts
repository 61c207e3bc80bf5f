// The rows of docs/format.md, as far as the page reads them.

/** Half-open, in Unicode code points of the article's text. */
export type Span = [number, number];

export interface Party {
  name: string;
  entity: string | null;
  relation: string;
}

export interface Attribution {
  type?: "attribution";
  id: string;
  document: string;
  speaker: string | null;
  speakers: string[];
  source: Span[];
  cue: Span[];
  content: Span[];
  content_text: string[];
  source_text?: string[];
  cue_text?: string[];
  kind: string;
  mode: string;
  stance: string | null;
  said_on: string | null;
  via: Party[];
  to: Party[];
  parent: string | null;
  statement: string | null;
  confidence: number;
  /** On a side of a claim: the report that it is told under. */
  folded_into?: string | null;
  path?: string;
  title?: string | null;
  outlet?: string | null;
  published?: string | null;
  cursor?: string;
}

export interface Article {
  type: "document";
  id: string;
  path: string;
  url: string | null;
  title: string | null;
  outlet: string | null;
  byline: string | null;
  published: string | null;
  language: string;
  addresses?: string[];
  snippet?: string;
  attributions?: number;
  cursor?: string;
}

export interface FullArticle extends Omit<Article, "attributions"> {
  text: string;
  attributions: Attribution[];
  blocks?: { start: number; end: number; kind: string }[];
}

export interface Statement {
  type: "statement";
  id: string;
  speaker: string | null;
  speakers: string[];
  text: string;
  said_on: string | null;
  attributions: Report[];
  first_reported: string | null;
  independent_reports: number;
  variants: Variant[];
  differs: boolean;
}

/** What a wording leaves out, adds or changes; spans are of the contents,
 * their pieces joined by line ends. */
export interface Op {
  kind: string;
  base: Span;
  other: Span;
  base_words: string;
  other_words: string;
  slight: boolean;
}

export interface Variant {
  attribution: string;
  base: string;
  ops: Op[];
  differs: boolean;
  cut: boolean;
}

/** An attribution's part in the spread of its statement. */
export interface Report extends Attribution {
  role: "first" | "own" | "copy" | "again";
  copied_from: string | null;
}

export interface Claim {
  type: "claim";
  id: string;
  about: string;
  for: (string | Attribution)[];
  against: (string | Attribution)[];
  why: string;
  confidence: number;
  statements_for: number;
  statements_against: number;
  first_for?: Attribution;
  first_against?: Attribution;
  speakers_for: string[];
  speakers_against: string[];
  cursor?: string;
}

/** A statement with its first report, in a timeline. */
export interface Moment {
  type: "statement";
  id: string;
  day: string | null;
  said_on: string | null;
  reports: number;
  independent_reports: number;
  attribution: Attribution;
  cursor?: string;
}

export interface Conflict {
  type: "conflict";
  id: string;
  claim: string;
  attributions: (string | Attribution)[];
  relation: string;
  about?: string;
  confidence: number;
  cursor?: string;
}

export interface Shift {
  type: "shift";
  id: string;
  speaker: string | null;
  claim: string;
  about?: string;
  before: string | Attribution;
  after: string | Attribution;
  confidence: number;
  cursor?: string;
}

export interface Copy {
  type: "copy";
  id: string;
  documents: string[];
  whole: boolean;
  passages: [string, number, number][];
  containment: number;
  original: string | null;
  because: string | null;
  words?: string;
  articles: { id: string; path: string | null; title: string | null; outlet: string | null; published: string | null }[];
  cursor?: string;
}

export interface Stats {
  documents: number;
  attributions: number;
  thoughts: number;
  speakers: number;
  outlets: number;
  first?: string;
  last?: string;
  /** Articles that lack a day, an outlet, text, or a language that is read. */
  without?: Record<string, number>;
  stances: Record<string, number>;
  reviewed?: { attributions: number; right: number; precision?: string };
}

export interface About {
  version: string;
  add: boolean;
  /** Whether marks of reviewers are taken. */
  review?: boolean;
  /** Paths below /api/v1/ that can be asked. */
  answers: string[];
}

export interface AddedFile {
  id: number;
  name: string;
  state: "waiting" | "reading" | "done" | "failed";
  problem: string | null;
  receipts: { id: string; path: string; state: string; attributions: number }[];
}

export interface Adding {
  rows: AddedFile[];
  waiting: number;
  articles: number;
  bytes: number;
  total_bytes: number;
}

export interface SpeakerFigures {
  type: "speaker";
  name: string | null;
  entity: string | null;
  attributions: number;
  statements: number;
  articles: number;
  outlets: number;
  first: string | null;
  last: string | null;
  share_direct: number;
  stances: Record<string, number>;
  gender: string | null;
  cursor?: string;
}

export interface OutletFigures {
  type: "outlet";
  outlet: string | null;
  articles: number;
  attributions: number;
  statements: number;
  speakers: number;
  first: string | null;
  last: string | null;
  share_direct: number;
  share_named: number;
  stances: Record<string, number>;
  cursor?: string;
}

/** What a reviewer said of a row. */
export interface Mark {
  type: "review";
  number: number;
  verdict: "right" | "wrong" | "corrected";
}

export interface Page<Row> {
  rows: Row[];
  cursor: string | null;
}

/** Two entities that may be one. */
export interface Double {
  type: "double";
  id: string;
  one: string;
  name_of_one: string;
  kind_of_one: string;
  attributions_of_one: number;
  titles_of_one: string[];
  other: string;
  name_of_other: string;
  kind_of_other: string;
  attributions_of_other: number;
  titles_of_other: string[];
  chance: number;
  evidence: string[];
  against: string[];
  said_by_one: Attribution | null;
  said_by_other: Attribution | null;
  cursor?: string;
}
