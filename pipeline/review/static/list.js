/* The list of messages: what is shown of it, and which one is open. */

import { byId, h } from "./dom.js";
import { _, count, ngettext } from "./words.js";

const isBad = (finding) => finding.severity === "error";

const FILTERS = {
  all: () => true,
  review: (message) => message.state === "fuzzy" || message.state === "translated",
  fuzzy: (message) => message.state === "fuzzy",
  errors: (message) => message.findings.some(isBad),
  changed: (message) => message.changed,
  untranslated: (message) => message.state === "untranslated",
};

export const STATES = {
  untranslated: _("Untranslated"),
  fuzzy: _("Fuzzy"),
  translated: _("Translated"),
  approved: _("Approved"),
};

const KINDS = {
  title: _("Title"),
  description: _("Description"),
  slug: _("Page address"),
  subject: _("Subject of the mail"),
  preheader: _("First words of the mail"),
  alt: _("Text for an image"),
  section: _("Section"),
  tag: _("Tag"),
  paragraph: _("Paragraph"),
  heading: _("Heading"),
  quote: _("Quote"),
  question: _("Question"),
  answer: _("Answer"),
  contact: _("Contact"),
  "list item": _("List item"),
  "table cell": _("Table cell"),
  "table header": _("Table header"),
};

/** What a message is, in words of the page where it has some. */
export function kindOf(message) {
  const kind = message.msgctxt ?? message.kind ?? "";
  const words = KINDS[kind.replace(/ \d$/u, "")];
  return words ? h("span", {}, words) : h("span", { lang: "en", dir: "auto" }, kind);
}

export class List {
  #query = "";

  #filter = "all";

  #current = null;

  #items = new Map();

  constructor({ article, kept, onOpen }) {
    this.messages = article.messages;
    this.kept = kept;
    this.language = article.lang;
    this.source = article.source_lang ?? "en";
    this.onOpen = onOpen;
    for (const radio of document.querySelectorAll("input[name=filter]")) {
      radio.addEventListener("change", () => this.show({ filter: radio.value }));
    }
    byId("search").addEventListener("input", (event) => this.show({ query: event.target.value }));
  }

  /** Show what a filter and a search leave; the open message stays in any case. */
  show({ filter = this.#filter, query = this.#query } = {}) {
    this.#filter = filter in FILTERS ? filter : "all";
    this.#query = query;
    const focused = document.activeElement?.matches(".row") ? document.activeElement.dataset.key : null;
    const items = this.#shown().map((message) => this.#item(message));
    const list = byId("messages");
    const isAsBefore = items.length === list.children.length && items.every((item, place) => item === list.children[place]);
    if (!isAsBefore || items.length === 0) {
      const nothing = h("li", { class: "empty" }, _("No message is like that."));
      list.replaceChildren(...(items.length > 0 ? items : [nothing]));
    }
    if (focused && !isAsBefore) this.#row(focused)?.focus({ preventScroll: true });
    byId("found").textContent = ngettext("%(number)s message", "%(number)s messages", items.length);
    this.#count();
    this.#mark();
  }

  #count() {
    for (const badge of document.querySelectorAll("[data-count]")) {
      badge.textContent = count(this.messages.filter(FILTERS[badge.dataset.count]).length);
    }
    document.querySelector(`input[name=filter][value=${this.#filter}]`).checked = true;
  }

  #shown() {
    return this.messages.filter(
      (message) => message.key === this.#current || (FILTERS[this.#filter](message) && this.#holds(message)),
    );
  }

  /** Whether a message holds what is searched for, by the letters of either language. */
  #holds(message) {
    const wanted = this.#query.trim();
    const text = [message.msgctxt, message.msgid, message.msgid_plural, ...message.msgstrs].join("\n");
    return (
      text.toLowerCase().includes(wanted.toLowerCase()) ||
      text.toLocaleLowerCase(this.language).includes(wanted.toLocaleLowerCase(this.language))
    );
  }

  #row(key) {
    return this.#items.get(key)?.item.firstElementChild;
  }

  /* A message's item is made anew only where the message, or what is typed, is another. */
  #item(message) {
    const typed = this.kept.get("text", message.key);
    const known = this.#items.get(message.key);
    if (known?.message === message && known.typed === typed) return known.item;
    const item = h("li", {}, this.#made(message, typed));
    this.#items.set(message.key, { message, typed, item });
    return item;
  }

  #made(message, typed) {
    const text = (typed?.msgstrs ?? message.msgstrs).find(Boolean) ?? "";
    const errors = message.findings.filter(isBad).length;
    const warnings = message.findings.filter(({ severity }) => severity === "warning").length;
    return h(
      "button",
      { type: "button", class: "row", "data-key": message.key, onclick: () => this.onOpen(message.key, { from: "list" }) },
      h("span", { class: `state state-${message.state}`, title: STATES[message.state] },
        h("span", { class: "hidden" }, STATES[message.state])),
      h("span", { class: "row-texts" },
        h("span", { class: "row-source", lang: this.source, dir: "auto" }, message.msgid),
        h("span", { class: "row-target", lang: this.language, dir: "auto" }, text)),
      h("span", { class: "row-flags" },
        typed && h("span", { class: "flag flag-unsaved" }, _("not saved")),
        message.changed && h("span", { class: "flag" }, _("changed")),
        errors > 0 && h("span", { class: "flag flag-error" }, ngettext("%(number)s error", "%(number)s errors", errors)),
        warnings > 0 && h("span", { class: "flag flag-warning" }, ngettext("%(number)s warning", "%(number)s warnings", warnings))),
    );
  }

  /** One row anew, where it stands. */
  refresh(key) {
    const old = this.#items.get(key)?.item;
    const message = this.messages.find((each) => each.key === key);
    if (!old?.isConnected || !message) return;
    const hadFocus = old.contains(document.activeElement);
    const item = this.#item(message);
    if (item !== old) old.replaceWith(item);
    this.#mark();
    if (hadFocus) item.firstElementChild.focus();
  }

  open(key) {
    this.#current = key;
    this.#mark();
  }

  #mark() {
    const before = byId("messages").querySelector(".row[aria-current]");
    const row = this.#row(this.#current);
    if (before !== row) before?.removeAttribute("aria-current");
    row?.setAttribute("aria-current", "true");
  }

  /** Bring the row of the open message into view. */
  reveal() {
    this.#row(this.#current)?.scrollIntoView({ block: "nearest" });
  }

  /** Put the focus on the row so many steps from where it is, or from the open message. */
  focus(steps) {
    const rows = [...byId("messages").querySelectorAll(".row")];
    const from = rows.indexOf(document.activeElement);
    const place = from >= 0 ? from : rows.findIndex((row) => row.dataset.key === this.#current);
    const row = rows[place + steps];
    row?.focus();
    return Boolean(row);
  }

  /** The message so many steps further in what is shown; null at either end. */
  beside(steps) {
    const shown = this.#shown();
    const place = shown.findIndex((message) => message.key === this.#current);
    return shown[place + steps]?.key ?? null;
  }

  get filter() {
    return this.#filter;
  }
}
