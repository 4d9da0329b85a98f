/* Texts as people look at them: their codes and terms marked, two of them word by word. */

import { h } from "./dom.js";
import { _ } from "./words.js";

/* Merge fields, values, tags, code, the targets of links, and the stars of emphasis. */
const CODES =
  /\{\{[^{}]*\}\}|\{%[^%]*%\}|%\(\w+\)[a-z]|%[sd]|<\/?[A-Za-z][^<>]*>|`[^`]+`|\]\([^()\s]*\)|\*\*|\{\w*\}/gu;

export const characters = (text) => Array.from(text).length;

export const same = (one, other) =>
  one.length === other.length && one.every((text, place) => text === other[place]);

/** Where terms stand: one for each place, the wanted one where a place has several. */
function termSpans(text, terms) {
  const ordered = terms.toSorted((one, other) => one.start - other.start || one.forbidden - other.forbidden);
  const spans = [];
  for (const term of ordered) {
    const { start, end } = term;
    const isInside = start >= (spans.at(-1)?.end ?? 0) && end > start && end <= text.length;
    if (isInside) spans.push({ start, end, term });
  }
  return spans;
}

function codeSpans(text, taken) {
  return Array.from(text.matchAll(CODES), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  })).filter((code) => taken.every((span) => code.end <= span.start || span.end <= code.start));
}

/** A source text with its terms and codes marked; `onCode` gets a code that was clicked. */
export function marked(text, terms, { number, onTerm, onCode }) {
  const found = termSpans(text, terms);
  const spans = [...found, ...codeSpans(text, found)].toSorted((one, other) => one.start - other.start);
  const parts = [];
  let place = 0;
  for (const { start, end, term } of spans) {
    const words = text.slice(start, end);
    parts.push(text.slice(place, start));
    if (term) {
      parts.push(h("button", { type: "button", class: "term", "data-number": number(term) || null, title: termTitle(term), onclick: () => onTerm(term) }, words));
    } else {
      parts.push(h("button", { type: "button", class: "code", title: _("Insert"), onclick: () => onCode(words) }, words));
    }
    place = end;
  }
  parts.push(text.slice(place));
  return parts.filter(Boolean);
}

const termTitle = (term) => [term.target, term.note].filter(Boolean).join(" · ");

/** A comparison `[[equal|delete|insert, text]]` as text with `<del>` and `<ins>`. */
export function difference(pieces) {
  const tags = { delete: "del", insert: "ins" };
  return pieces.map(([kind, text]) => (tags[kind] ? h(tags[kind], {}, text) : text));
}

const MOST = 4_000_000;

/** Two texts compared word by word, as `[[equal|delete|insert, text]]`. */
export function compare(old, fresh) {
  const before = old.match(/\s+|[^\s]+/gu) ?? [];
  const after = fresh.match(/\s+|[^\s]+/gu) ?? [];
  if (before.length * after.length > MOST) return [["delete", old], ["insert", fresh]];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const pieces = [];
  const add = (kind, text) => {
    const last = pieces.at(-1);
    if (last && last[0] === kind) last[1] += text;
    else pieces.push([kind, text]);
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      add("equal", before[i]);
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      add("delete", before[i]);
      i += 1;
    } else {
      add("insert", after[j]);
      j += 1;
    }
  }
  return pieces;
}
