/* The editor of one message: its source, its text, what helps with it, and what is found in it. */

import { byId, h } from "./dom.js";
import { STATES, kindOf } from "./list.js";
import { characters, compare, difference, marked, same } from "./text.js";
import { _, count, day, ngettext } from "./words.js";

const PAUSE = 350;
const MOST_KEYS = 9;

const SEVERITIES = { error: _("Error"), warning: _("Warning"), info: _("Note") };

export class Editor {
  #message = null;

  #help = null;

  #fields = [];

  #active = 0;

  #inserts = [];

  #timer = 0;

  #turn = 0;

  #findings = [];

  #refused = [];

  #theirs = null;

  constructor({ article, kept, on }) {
    this.article = article;
    this.kept = kept;
    this.on = on;
    this.root = byId("editor");
    this.english = { lang: article.source_lang ?? "en", dir: article.source_dir ?? "ltr" };
    this.own = { lang: article.lang ?? article.locale, dir: article.dir };
  }

  get key() {
    return this.#message?.key ?? null;
  }

  get texts() {
    return this.#fields.map((field) => field.value);
  }

  get note() {
    return byId("note")?.value.trim() ?? "";
  }

  /** The version that the text in the editor goes back to. */
  get version() {
    return this.kept.get("text", this.key)?.version ?? this.#message.version;
  }

  get isTyped() {
    return this.#message !== null && !same(this.texts, this.#message.msgstrs);
  }

  /** Show a message; `place` is `[number, of how many]`. */
  open(message, place) {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#message = message;
    this.#help = null;
    this.#findings = message.findings;
    this.#refused = [];
    this.#theirs = null;
    this.#active = 0;
    this.root.replaceChildren(
      this.#head(place),
      h("div", { class: "sources" },
        h("div", { class: "source", id: "source", ...this.english }),
        h("div", { id: "previous" }, this.#previous())),
      this.#targets(),
      h("div", { class: "findings", id: "findings", role: "status", "aria-label": _("Checks") }),
      h("div", { id: "confirm" }),
      this.#actions(),
      h("div", { class: "helps", id: "helps" }));
    this.#showSource();
    this.#showFindings();
    this.#showState();
    this.root.scrollTop = 0;
    if (this.kept.get("text", message.key)) this.#check();
  }

  /** What the server knows besides: suggestions, terms, comments, earlier texts. */
  help(full) {
    if (full.key !== this.key) return;
    this.#help = full;
    this.#inserts = [];
    const seen = new Set();
    for (const term of full.terms) {
      if (!term.target || term.forbidden || seen.has(term.target)) continue;
      seen.add(term.target);
      this.#inserts.push({ text: term.target, term });
    }
    const { draft } = full;
    if (draft?.text) this.#inserts.push({ text: draft.text, texts: draft.msgstrs, whole: true, draft });
    for (const suggestion of full.suggestions) {
      this.#inserts.push({ text: suggestion.text, whole: true, suggestion });
    }
    this.#showSource();
    this.#showHelps();
    this.#count();
  }

  /** The same message as it now stands on the disk; what is typed stays. */
  update(message) {
    const typed = this.kept.get("text", message.key);
    if (!typed && message.msgstrs.length !== this.#fields.length) {
      this.open(message, this.place);
      return;
    }
    const before = this.#message;
    this.#message = message;
    if (!typed) {
      this.#fields.forEach((field, place) => {
        const text = message.msgstrs[place] ?? "";
        if (field.value !== text) field.value = text;
      });
    }
    if (!typed || same(this.texts, message.msgstrs)) this.#findings = message.findings;
    this.#refused = [];
    if (before.state !== message.state || before.approval?.date !== message.approval?.date) this.#showHead();
    byId("previous").replaceChildren(...[this.#previous()].filter(Boolean));
    if (!typed && this.#theirs) {
      this.#theirs = null;
      this.#showHelps();
    }
    this.#showFindings();
    this.#showState();
    this.#count();
  }

  focus() {
    this.#fields[this.#active]?.focus();
  }

  #head([number, all]) {
    this.place = [number, all];
    return h("header", { class: "editor-head", id: "editor-head" }, this.#headParts());
  }

  #showHead() {
    byId("editor-head").replaceChildren(...this.#headParts());
  }

  #headParts() {
    const message = this.#message;
    const [number, all] = this.place;
    const { approval } = message;
    return [
      h("h2", {}, kindOf(message), " ",
        h("span", { class: "quiet" }, _("%(number)s of %(all)s", { number: count(number), all: count(all) }))),
      h("span", { class: `pill pill-${message.state}` }, STATES[message.state]),
      h("span", { class: "steps" },
        h("button", { type: "button", class: "ghost", title: `${_("Previous message")} (Alt+↑)`, "aria-keyshortcuts": "Alt+ArrowUp", onclick: () => this.on.step(-1) },
          h("span", { "aria-hidden": "true" }, "↑"), h("span", { class: "hidden" }, _("Previous message"))),
        h("button", { type: "button", class: "ghost", title: `${_("Next message")} (Alt+↓)`, "aria-keyshortcuts": "Alt+ArrowDown", onclick: () => this.on.step(1) },
          h("span", { "aria-hidden": "true" }, "↓"), h("span", { class: "hidden" }, _("Next message")))),
      approval && h("p", { class: "approval" },
        h("span", {}, _("Approved by"), " ", h("bdi", {}, approval.reviewer),
          approval.role && h("span", {}, ", ", h("bdi", {}, approval.role)),
          h("span", { class: "quiet" }, ` · ${day(approval.date)}`),
          approval.note && h("q", { dir: "auto" }, approval.note)),
        h("button", { type: "button", class: "link", onclick: () => this.on.withdraw(message.key) }, _("Take back")))].filter(Boolean);
  }

  #previous() {
    const { previous } = this.#message;
    if (!previous?.diff) return null;
    return h("div", { class: "previous" },
      h("h3", {}, _("The English has changed")),
      h("p", { ...this.english, class: "diff" }, difference(previous.diff)));
  }

  #showSource() {
    const message = this.#message;
    const terms = this.#help?.terms ?? [];
    const parts = marked(message.msgid, terms, {
      number: (term) => this.#number((insert) => insert.term?.target === term.target),
      onTerm: (term) => term.target && this.#insert(term.target),
      onCode: (code) => this.#insert(code),
    });
    byId("source").replaceChildren(h("p", {}, parts));
    if (message.msgid_plural) {
      byId("source").append(h("p", {}, marked(message.msgid_plural, [], { onCode: (code) => this.#insert(code) })));
    }
  }

  #targets() {
    const message = this.#message;
    const texts = this.kept.get("text", message.key)?.msgstrs ?? message.msgstrs;
    const isOne = texts.length === 1;
    this.#fields = texts.map((text, place) => {
      const field = h("textarea", {
        id: `text-${place}`, class: "target", ...this.own,
        rows: 3, spellcheck: "true", autocapitalize: "sentences", "aria-describedby": "count findings",
        oninput: () => this.#typed(),
        onfocus: () => { this.#active = place; },
      });
      field.value = text;
      return field;
    });
    return h("div", { class: "targets" },
      this.#fields.map((field, place) => [
        h("label", { for: field.id }, isOne ? _("Translation") : _("Plural form %(number)s of %(all)s", { number: place + 1, all: texts.length })),
        field,
      ]),
      h("p", { class: "under", id: "under" },
        h("span", { id: "count" }),
        h("span", { class: "unsaved", id: "unsaved" }),
        h("span", { class: "under-end" },
          h("button", { type: "button", class: "link", title: `${_("Ctrl")}+Z`, onclick: () => this.#undo() }, _("Undo")),
          h("button", { type: "button", class: "link", id: "restore", onclick: () => this.restore() }, _("Back to the saved text")))));
  }

  #actions() {
    const isMac = /Mac|iPhone|iPad/u.test(navigator.userAgent);
    const control = isMac ? "⌘" : _("Ctrl");
    return h("div", { class: "actions bottom" },
      h("button", { type: "button", id: "save", "aria-keyshortcuts": "Control+Enter", onclick: () => this.on.save({ approve: false }) },
        _("Save and next"), h("kbd", { "aria-hidden": "true" }, `${control} ↵`)),
      h("button", { type: "button", class: "primary", id: "approve", "aria-keyshortcuts": "Control+Shift+Enter", onclick: () => this.on.save({ approve: true }) },
        _("Approve and next"), h("kbd", { "aria-hidden": "true" }, `${control} ⇧ ↵`)));
  }

  #typed() {
    const message = this.#message;
    const { version } = this;
    if (same(this.texts, message.msgstrs) && version === message.version) this.kept.drop("text", message.key);
    else this.kept.put("text", message.key, { version, msgstrs: this.texts });
    this.#refused = [];
    this.#showState();
    this.#count();
    this.on.typed(message.key);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), PAUSE);
  }

  async #check() {
    this.#turn += 1;
    const turn = this.#turn;
    const { key, texts } = this;
    const answer = await this.on.check(key, texts);
    if (!answer || turn !== this.#turn || key !== this.key || !same(texts, this.texts)) return;
    this.#findings = answer.findings;
    this.#showFindings();
  }

  #showState() {
    const typed = this.kept.get("text", this.key);
    byId("unsaved").textContent = typed ? _("not saved") : "";
    byId("restore").hidden = !typed;
    this.fit();
    this.#count();
  }

  /** As high as the text, in browsers that cannot do that by a style. */
  fit() {
    if (CSS.supports("field-sizing", "content")) return;
    for (const field of this.#fields) {
      field.style.blockSize = "auto";
      field.style.blockSize = `${field.scrollHeight + 2}px`;
    }
  }

  #count() {
    const source = characters(this.#message.msgid);
    const target = Math.max(...this.texts.map(characters));
    const limit = this.#help?.limits?.characters;
    const line = byId("count");
    line.textContent = limit
      ? _("%(target)s of at most %(limit)s characters", { target: count(target), limit: count(limit) })
      : _("%(target)s characters, source %(source)s", { target: count(target), source: count(source) });
    line.classList.toggle("is-error", Boolean(limit) && target > limit);
  }

  /** What stands in the way of an approval, as the server said. */
  refuse(findings) {
    this.#refused = findings;
    this.#showFindings();
    byId("note")?.focus();
  }

  #showFindings() {
    const found = this.#refused.length > 0 ? this.#refused : this.#findings;
    const box = byId("findings");
    const shown = found.map((finding) =>
      h("p", { class: `finding finding-${finding.severity}` },
        h("strong", {}, SEVERITIES[finding.severity] ?? finding.severity), " ",
        h("span", { lang: "en", dir: "auto" }, finding.message), " ",
        h("span", { class: "quiet", lang: "en", dir: "ltr" }, finding.check)));
    const old = [...box.children].map((each) => each.textContent).join("\n");
    const fresh = shown.map((each) => each.textContent).join("\n");
    if (old !== fresh) box.replaceChildren(...shown);
    for (const field of this.#fields) {
      if (found.some((finding) => finding.severity === "error")) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.#showConfirmation(this.#refused.length > 0 || Boolean(this.kept.get("note", this.key)));
  }

  #showConfirmation(isWanted) {
    const box = byId("confirm");
    if (this.#refused.some((finding) => finding.check === "two_person")) {
      box.replaceChildren(h("p", { class: "confirm" },
        _("Another person has to approve here than the one who translated. Save it, and let a colleague approve.")));
    } else if (!isWanted) box.replaceChildren();
    else if (!byId("note")) {
      const field = h("input", {
        id: "note", dir: "auto", autocomplete: "off", maxlength: 1000,
        oninput: () => {
          if (field.value) this.kept.put("note", this.key, field.value);
          else this.kept.drop("note", this.key);
        },
      });
      field.value = this.kept.get("note", this.key) ?? "";
      box.replaceChildren(h("p", { class: "confirm" },
        h("label", { for: "note" }, _("To approve all the same, say why it is right")), field));
    }
    byId("confirm").classList.toggle("is-refused", this.#refused.length > 0);
  }

  #number(matches) {
    const place = this.#inserts.findIndex(matches);
    return place >= 0 && place < MOST_KEYS ? String(place + 1) : "";
  }

  #badge(insert) {
    const number = this.#number((each) => each === insert);
    return number && h("kbd", { title: `Alt+${number}` }, number);
  }

  #showHelps() {
    const full = this.#help;
    if (!full) {
      byId("helps").replaceChildren(...[this.#meanwhile()].filter(Boolean));
      return;
    }
    const parts = [this.#meanwhile(), this.#termList(), this.#suggestionList(), this.#comments(), this.#earlier(), this.#where()];
    byId("helps").replaceChildren(...parts.filter(Boolean));
    const comment = byId("comment");
    if (comment) comment.value = this.kept.get("comment", full.key) ?? "";
  }

  #termList() {
    const { terms } = this.#help;
    if (terms.length === 0) return null;
    const groups = Map.groupBy(terms, (term) => term.source);
    return h("section", { class: "help" }, h("h3", {}, _("Glossary")),
      h("ul", { class: "terms" }, Array.from(groups, ([source, rows]) => {
        const byTarget = new Map(rows.map((term) => [term.target, term]));
        return h("li", {}, h("span", { class: "term-source", ...this.english }, source),
          h("div", { class: "term-targets" }, Array.from(byTarget.values(), (term) => this.#term(term))));
      })));
  }

  #term(term) {
    const insert = this.#inserts.find((each) => each.term?.target === term.target);
    const target = h(term.forbidden ? "del" : "span", this.own, term.target);
    const note = term.note && h("span", { class: "quiet", dir: "auto" }, term.note);
    if (term.forbidden || !insert) return h("span", { class: "forbidden" }, target, " ", h("span", { class: "quiet" }, _("not to be used")), note && ": ", note);
    return [
      h("button", { type: "button", class: "insert", "aria-keyshortcuts": this.#shortcut(insert), onclick: () => this.#insert(insert.text) }, this.#badge(insert), target),
      note,
    ];
  }

  #shortcut(insert) {
    const number = this.#number((each) => each === insert);
    return number ? `Alt+${number}` : null;
  }

  #suggestionList() {
    const wholes = this.#inserts.filter((insert) => insert.whole);
    if (wholes.length === 0) return null;
    return h("section", { class: "help" }, h("h3", {}, _("Suggestions")),
      h("ul", { class: "suggestions" }, wholes.map((insert) => h("li", {}, this.#suggestion(insert)))));
  }

  #suggestion(insert) {
    const { suggestion, draft } = insert;
    const from = draft
      ? [h("span", { class: "score" }, _("Draft")), h("bdi", { lang: "en" }, draft.origin), draft.date && ` · ${day(draft.date)}`]
      : [h("span", { class: "score" }, `${count(Math.round(suggestion.score))} %`), h("bdi", { lang: "en" }, suggestion.origin)];
    return [
      h("p", { class: "from" }, from),
      suggestion?.diff?.some(([kind]) => kind !== "equal") && h("p", { class: "diff", ...this.english }, difference(suggestion.diff)),
      h("button", { type: "button", class: "insert whole", "aria-keyshortcuts": this.#shortcut(insert), onclick: () => this.#replaceAll(insert) },
        this.#badge(insert), h("span", this.own, insert.text)),
    ];
  }

  #comments() {
    const { comments } = this.#help;
    const field = h("textarea", {
      id: "comment", rows: 2, dir: "auto",
      oninput: () => {
        if (field.value) this.kept.put("comment", this.key, field.value);
        else this.kept.drop("comment", this.key);
      },
    });
    return h("section", { class: "help" }, h("h3", {}, _("Comments to the author")),
      comments.length > 0 && h("ul", { class: "comments" }, comments.map((comment) => h("li", {},
        h("p", { class: "from" }, h("bdi", {}, comment.name), ` · ${day(comment.date)}`),
        h("p", { dir: "auto" }, comment.text)))),
      h("p", { class: "comment-form" },
        h("label", { for: "comment" }, _("Ask or tell the author of the English")),
        field,
        h("button", { type: "button", id: "send-comment", onclick: () => this.#comment(field) }, _("Send"))));
  }

  async #comment(field) {
    const text = field.value.trim();
    if (!text) return;
    const { key } = this;
    if (!(await this.on.comment(key, text))) return;
    /* What was typed while it was on its way stays. */
    if (this.kept.get("comment", key)?.trim() === text) this.kept.drop("comment", key);
    if (key !== this.key) return;
    await this.on.load(key);
    byId("comment")?.focus();
  }

  #earlier() {
    const { history } = this.#help;
    const texts = (history ?? []).filter(({ text }) => text && !this.#message.msgstrs.includes(text));
    if (texts.length === 0) return null;
    return h("details", { class: "help" },
      h("summary", {}, ngettext("%(number)s earlier text", "%(number)s earlier texts", texts.length)),
      h("ul", { class: "suggestions" }, texts.map(({ text, msgstrs, when }) => h("li", {},
        h("p", { class: "from" }, day(when)),
        h("button", { type: "button", class: "insert whole", onclick: () => this.#replaceAll({ text, texts: msgstrs }) },
          h("span", this.own, difference(compare(this.#message.msgstrs[0] ?? "", text))))))));
  }

  #where() {
    const full = this.#help;
    const facts = [full.msgctxt && `msgctxt ${full.msgctxt}`, ...(full.occurrences ?? [])].filter(Boolean);
    const remarks = [...(full.remarks ?? []).slice(1), ...(full.translator_comments ?? [])];
    return h("section", { class: "help", lang: "en", dir: "ltr" },
      remarks.map((remark) => h("p", { class: "remark", dir: "auto" }, remark)),
      (full.notes ?? []).map((note) => h("p", { class: "finding finding-warning", dir: "auto" }, note)),
      h("p", { class: "where" }, facts.join(" · ")));
  }

  /** Show what another person saved meanwhile to whoever goes on editing. */
  offer(theirs) {
    this.#theirs = theirs.msgstrs;
    this.#showHelps();
  }

  #meanwhile() {
    if (!this.#theirs) return null;
    return h("section", { class: "help meanwhile", id: "meanwhile" },
      h("h3", {}, _("Saved by somebody else meanwhile")),
      h("ul", { class: "suggestions" }, this.#theirs.map((text, place) => h("li", {},
        h("button", { type: "button", class: "insert whole", onclick: () => this.#replace(text, place) },
          h("span", this.own, difference(compare(this.texts[place] ?? "", text))))))));
  }

  /** Insert what Alt and a number stand for; whether there was such a thing. */
  insertNumber(number) {
    const insert = this.#inserts[number - 1];
    if (!insert) return false;
    if (insert.whole) this.#replaceAll(insert);
    else this.#insert(insert.text);
    return true;
  }

  /* Through the browser's own command, so that Ctrl+Z takes it back. */
  #insert(text) {
    this.focus();
    const field = this.#fields[this.#active];
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      this.#typed();
    }
  }

  #replace(text, place = this.#active) {
    this.#active = Math.min(place, this.#fields.length - 1);
    this.focus();
    this.#fields[this.#active].select();
    if (text) this.#insert(text);
    else document.execCommand("delete");
  }

  /** A text for each form where there is one, else for the form that is worked on. */
  #replaceAll({ text, texts }) {
    if (texts?.length !== this.#fields.length) this.#replace(text);
    else texts.forEach((each, place) => this.#replace(each, place));
  }

  #undo() {
    this.focus();
    document.execCommand("undo");
  }

  /** The saved text again; Ctrl+Z brings back what was typed. */
  restore(texts = this.#message.msgstrs) {
    const { key } = this;
    this.#fields.forEach((field, place) => {
      if (field.value !== texts[place]) this.#replace(texts[place] ?? "", place);
    });
    if (same(this.texts, this.#message.msgstrs)) this.kept.drop("text", key);
    this.#typed();
  }
}
