/* The workbench: a list of messages, the editor of one of them, and the article in its preview. */

import { choose } from "./conflict.js";
import { bar, byId, h } from "./dom.js";
import { Editor } from "./editor.js";
import { Kept } from "./kept.js";
import { List } from "./list.js";
import { Preview } from "./preview.js";
import { Away, Refusal, Server } from "./server.js";
import { same } from "./text.js";
import { _, count, ngettext } from "./words.js";

const RETRY = 3000;
const TOAST = 9000;
const NARROW = matchMedia("(width < 50rem)");
const ME = document.querySelector("meta[name=reviewer]")?.content;

class Workbench {
  #isBusy = false;

  #approved = null;

  #loads = 0;

  #retry = 0;

  #toast = 0;

  #refresh = 0;

  #writes = 0;

  #events = null;

  constructor(article) {
    this.article = { ...article, lang: article.lang ?? article.locale };
    this.kept = new Kept(`${article.locale}/${article.article}`);
    this.server = new Server(article.locale, article.article);
    this.list = new List({
      article: this.article, kept: this.kept,
      onOpen: (key, from) => this.open(key, { ...from, isFocused: true }),
    });
    this.editor = new Editor({
      article: this.article, kept: this.kept,
      on: {
        typed: (key) => this.#typed(key),
        check: (key, msgstrs) => this.#check(key, msgstrs),
        save: (how) => this.save(how),
        step: (steps) => this.step(steps),
        withdraw: (key) => this.withdraw(key),
        comment: (key, text) => this.#comment(key, text),
        load: (key) => this.#load(key),
      },
    });
    this.preview = new Preview({
      root: byId("frames"), url: this.server.preview,
      onPick: (key) => this.open(key, { from: "preview", isFocused: true }),
      onKey: (event) => this.key(event),
    });
  }

  start() {
    const place = new URL(location.href);
    this.#showHeader(this.article.progress, this.article.others ?? []);
    this.#showNotes(this.article);
    this.list.show({ filter: place.searchParams.get("filter") ?? "all" });
    const first = this.#find(place.hash.slice(1)) ?? this.list.messages.find((each) => each.state !== "approved") ?? this.list.messages[0];
    if (first) this.open(first.key, { from: "start" });
    else byId("editor").replaceChildren(h("p", { class: "empty" }, _("This article has nothing to translate.")));
    this.preview.load();
    this.#listen();
    this.#follow();
    this.#showUnsaved();
  }

  #find(key) {
    return this.list.messages.find((each) => each.key === key);
  }

  /* One message */

  open(key, { from = "", isFocused = false } = {}) {
    const message = this.#find(key);
    if (!message) return;
    const left = this.editor.key;
    this.list.open(key);
    if (left !== null && left !== key) this.list.show();
    this.list.reveal();
    if (left !== key) {
      this.editor.open(message, [this.list.messages.indexOf(message) + 1, this.list.messages.length]);
      this.#showUnsaved();
      this.#load(key);
    }
    if (from !== "preview" || left !== key) this.preview.open(key);
    if (from !== "start") this.view("edit");
    if (isFocused) this.editor.focus();
    const place = new URL(location.href);
    place.hash = key;
    history.replaceState(null, "", place);
  }

  async #load(key) {
    this.#loads += 1;
    const turn = this.#loads;
    const full = await this.#tried(() => this.server.message(key));
    if (full && turn === this.#loads) this.editor.help(full);
  }

  step(steps) {
    const key = this.list.beside(steps);
    if (key) this.open(key, { isFocused: true });
    else this.say(steps > 0 ? _("This was the last message of the list.") : _("This is the first message of the list."));
    return key !== null;
  }

  #typed(key) {
    this.list.refresh(key);
    this.#showUnsaved();
  }

  #check(key, msgstrs) {
    return this.#tried(() => this.server.post("check", { key, msgstrs }), { isQuiet: true });
  }

  async #comment(key, text) {
    const answer = await this.#tried(() => this.server.post("comment", { key, text }));
    if (answer) this.say(_("The comment is sent."));
    return Boolean(answer);
  }

  /* Saving and approving */

  async save({ approve }) {
    const { key, texts, version, note } = this.editor;
    const message = this.#find(key);
    if (this.#isBusy || !message) return;
    const isNew = !same(texts, message.msgstrs) || version !== message.version;
    const isEmpty = texts.every((text) => !text.trim());
    if (!approve && !isNew && (message.state !== "fuzzy" || isEmpty)) {
      this.kept.drop("text", key);
      this.step(1);
      return;
    }
    if (approve && isEmpty) {
      this.say(_("There is no text to approve yet."));
      return;
    }
    this.#isBusy = true;
    this.#writes += 1;
    byId("editor").setAttribute("aria-busy", "true");
    try {
      const body = { key, version, msgstrs: texts, ...(approve && note ? { note } : {}) };
      const answer = await this.server.post(approve ? "approve" : "save", body);
      this.#back();
      this.#saved(key, texts, answer, approve);
    } catch (error) {
      await this.#failed(error, { key, texts, approve });
    } finally {
      this.#isBusy = false;
      byId("editor").removeAttribute("aria-busy");
    }
  }

  #saved(key, texts, answer, approve) {
    const { message } = answer;
    if (this.editor.key === key && !same(this.editor.texts, texts)) {
      this.kept.put("text", key, { version: message.version, msgstrs: this.editor.texts });
    } else this.kept.drop("text", key);
    if (approve) this.kept.drop("note", key);
    this.#take(message, answer.progress);
    this.#approved = approve ? key : this.#approved;
    const isDone = this.editor.key === key && !this.kept.get("text", key);
    const next = isDone ? this.list.beside(1) : null;
    const said = [approve ? _("Approved.") : _("Saved."), isDone && !next && _("This was the last message of the list.")];
    this.say(said.filter(Boolean).join(" "), approve ? [_("Take back"), () => this.withdraw(key)] : []);
    if (next) this.open(next, { isFocused: true });
    this.#showUnsaved();
  }

  async #failed(error, { key, texts, approve }) {
    if (error instanceof Refusal && error.status === 409 && "theirs" in error.body) {
      await this.#conflict(key, texts, error.body.theirs, approve);
    } else if (error instanceof Refusal && error.body.refused) {
      if (key === this.editor.key) this.editor.refuse(error.body.refused);
      this.say(_("Not approved: something has to be put right or confirmed."));
    } else if (error instanceof Away) this.#away();
    else this.#refused(error);
  }

  async #conflict(key, yours, theirs, approve) {
    if (!theirs) {
      this.#gone();
      return;
    }
    if (same(yours, theirs.msgstrs)) {
      /* An answer that was lost on its way: what is saved is what she typed. */
      this.#isBusy = false;
      if (!approve) this.#saved(key, yours, { message: theirs }, approve);
      else {
        this.kept.drop("text", key);
        this.#take(theirs);
        await this.save({ approve });
      }
      return;
    }
    this.#take(theirs);
    this.kept.put("text", key, { version: theirs.version, msgstrs: yours });
    const choice = await choose({ yours, theirs, article: this.article });
    if (key !== this.editor.key) this.open(key);
    if (choice === "theirs") this.editor.restore(theirs.msgstrs);
    if (choice === "edit") this.editor.offer(theirs);
    this.#typed(key);
    this.editor.focus();
    if (choice === "mine") {
      this.#isBusy = false;
      await this.save({ approve });
    }
  }

  #gone() {
    this.#notice(_("This message is not in the catalog any more. Your text is still in the editor: copy what you need."), _("Close"), () => this.#back());
  }

  async withdraw(key = this.#approved) {
    const message = this.#find(key);
    if (!message?.approval) {
      this.say(_("There is no approval to take back."));
      return;
    }
    const answer = await this.#tried(() => this.server.post("withdraw", { key, version: message.version }));
    if (!answer) return;
    this.#approved = null;
    if (answer.message) this.#take(answer.message, answer.progress);
    else await this.reload();
    this.open(key, { isFocused: true });
    this.say(_("The approval is taken back."));
  }

  /** A message as the server now has it. */
  #take(message, progress = null) {
    const { messages } = this.list;
    const place = messages.findIndex((each) => each.key === message.key);
    if (place < 0) return;
    const isText = !same(messages[place].msgstrs, message.msgstrs) || messages[place].state !== message.state;
    messages[place] = message;
    if (message.key === this.editor.key) this.editor.update(message);
    this.list.show();
    if (progress) this.#showHeader(progress);
    if (isText) this.preview.reload();
  }

  /* What others do */

  #follow() {
    const place = new URLSearchParams({ locale: this.article.locale, domain: this.article.article });
    const events = new EventSource(`/api/events?${place}`);
    this.#events = events;
    events.addEventListener("message", ({ data }) => {
      const event = JSON.parse(data);
      if (event.locale !== this.article.locale || event.domain !== this.article.article) return;
      if (event.type === "presence") this.#showOthers(event.names);
      if (event.type === "changed") this.#changed();
    });
    events.addEventListener("open", () => {
      if (!byId("notice").hidden) this.reload();
    });
    events.addEventListener("error", () => setTimeout(() => this.#lost(events), RETRY / 2));
  }

  /* The browser tries again by itself, unless the server has refused. */
  async #lost(events) {
    if (events !== this.#events || events.readyState === EventSource.OPEN) return;
    const isBack = await this.reload();
    if (isBack && events === this.#events && events.readyState === EventSource.CLOSED) this.#follow();
  }

  /* A browser has few connections to one server: tabs that nobody looks at hold none. */
  #seen() {
    this.#events?.close();
    this.#events = null;
    if (document.visibilityState === "hidden") return;
    this.#follow();
    this.reload();
  }

  #changed() {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => this.reload(), 200);
  }

  /** Ask for all messages again, as somebody saved or the server is back; whether it answered. */
  async reload() {
    const writes = this.#writes;
    const article = await this.#tried(() => this.server.messages());
    if (!article) return false;
    if (this.#isBusy || writes !== this.#writes) {
      /* Asked before something was saved here: the answer may be older than that. */
      this.#changed();
      return true;
    }
    const before = new Map(this.list.messages.map((message) => [message.key, message]));
    const { key } = this.editor;
    this.list.messages = article.messages.map((message) => {
      const known = before.get(message.key);
      return JSON.stringify(known) === JSON.stringify(message) ? known : message;
    });
    this.#showHeader(article.progress, article.others);
    this.#showNotes(article);
    const isOther = this.list.messages.some((message) => before.get(message.key) !== message);
    if (!isOther && before.size === article.messages.length) return true;
    this.list.show();
    this.preview.reload();
    this.#showUnsaved();
    const message = this.#find(key);
    if (!message) {
      if (this.kept.get("text", key)) this.#gone();
      else if (article.messages[0]) this.open(article.messages[0].key);
    } else if (before.get(key) !== message) {
      const typed = this.kept.get("text", key);
      this.editor.update(message);
      if (typed && typed.version !== message.version && !same(typed.msgstrs, message.msgstrs)) this.editor.offer(message);
      this.#load(key);
    }
    return true;
  }

  /* What goes wrong */

  async #tried(ask, { isQuiet = false } = {}) {
    try {
      const answer = await ask();
      this.#back();
      return answer;
    } catch (error) {
      if (error instanceof Away) this.#away();
      else if (!isQuiet || error.isSignedOut) this.#refused(error);
      return null;
    }
  }

  #away() {
    this.#notice(_("The server does not answer. What you typed is kept here; save again when it is back."), _("Try again"), () => this.reload());
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.reload(), RETRY);
  }

  #back() {
    clearTimeout(this.#retry);
    byId("notice").hidden = true;
  }

  #refused(error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.isSignedOut) {
      this.#notice(_("You are signed out. What you typed is kept in this tab: open the address that the program printed, in this tab."), _("Load again"), () => location.reload());
    } else this.#notice([error.message, error.hint].filter(Boolean).join(": "), _("Close"), () => this.#back());
  }

  #notice(text, words, onclick) {
    const notice = byId("notice");
    if (!notice.hidden && notice.firstElementChild?.textContent === text) return;
    notice.replaceChildren(h("span", { dir: "auto" }, text), h("button", { type: "button", onclick }, words));
    notice.hidden = false;
  }

  say(text, [words, onclick] = []) {
    const toast = byId("toast");
    clearTimeout(this.#toast);
    toast.replaceChildren(h("span", {}, text));
    if (words) toast.append(h("button", { type: "button", class: "link", "aria-keyshortcuts": "Alt+U", onclick }, words, " ", h("kbd", { "aria-hidden": "true" }, "Alt U")));
    this.#toast = setTimeout(() => toast.replaceChildren(), TOAST);
  }

  /* The frame */

  #showHeader(progress, others = null) {
    const { segments, approved, translated, fuzzy } = progress;
    byId("meter").replaceChildren(
      bar([["part-approved", approved], ["part-translated", translated - approved], ["part-fuzzy", fuzzy]], segments),
      h("span", {}, _("%(approved)s approved, %(translated)s translated of %(segments)s", {
        approved: count(approved), translated: count(translated), segments: count(segments),
      })));
    if (others) this.#showOthers(others);
  }

  #showNotes({ notes = [], outdated = false }) {
    byId("notes").replaceChildren(
      ...(outdated ? [h("p", {}, _("The English has changed since: “publish extract” brings it here."))] : []),
      ...notes.map((note) => h("p", { lang: "en", dir: "auto" }, note)));
  }

  #showOthers(everybody) {
    const names = everybody.filter((name) => name !== ME);
    byId("others").replaceChildren();
    if (names.length === 0) return;
    byId("others").append(h("span", {}, _("Also here:")), " ", ...names.flatMap((name, place) => [place ? ", " : "", h("bdi", {}, name)]));
  }

  #showUnsaved() {
    const keys = this.kept.keys("text").filter((key) => key !== this.editor.key);
    const others = keys.filter((key) => this.#find(key));
    this.#showOrphans(keys.filter((key) => !this.#find(key)));
    byId("elsewhere")?.remove();
    if (others.length === 0) return;
    byId("editor").prepend(h("p", { class: "elsewhere", id: "elsewhere" },
      h("span", {}, ngettext("%(number)s other text is not saved.", "%(number)s other texts are not saved.", others.length)),
      h("button", { type: "button", class: "link", onclick: () => this.open(others[0], { isFocused: true }) }, _("Show it"))));
  }

  /* Texts for messages that the source does not have any more: to be copied, or let go. */
  #showOrphans(keys) {
    byId("orphans")?.remove();
    if (keys.length === 0) return;
    const texts = keys.flatMap((key) => this.kept.get("text", key).msgstrs);
    const forget = () => {
      for (const key of keys) this.kept.drop("text", key);
      this.#showUnsaved();
    };
    byId("editor").prepend(h("details", { class: "elsewhere", id: "orphans" },
      h("summary", {}, _("Texts that you typed for messages that are gone")),
      texts.map((text) => h("p", { lang: this.article.lang, dir: this.article.dir }, text)),
      h("button", { type: "button", class: "link", onclick: forget }, _("Discard"))));
  }

  /** The list, the editor or the preview, where there is no room for all three. */
  view(name) {
    if (name === "list" && !NARROW.matches) return;
    byId("columns").dataset.view = name;
    for (const button of document.querySelectorAll(".views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    this.editor.fit();
  }

  #listen() {
    for (const button of document.querySelectorAll(".views button")) {
      button.addEventListener("click", () => this.view(button.dataset.view));
    }
    this.view(NARROW.matches ? "list" : "edit");
    byId("show-help").addEventListener("click", () => byId("help").showModal());
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => this.#seen());
    addEventListener("pagehide", () => this.#events?.close());
    addEventListener("pageshow", (event) => event.persisted && this.#seen());
    for (const radio of document.querySelectorAll("input[name=filter]")) {
      radio.addEventListener("change", () => {
        const place = new URL(location.href);
        place.searchParams.set("filter", this.list.filter);
        history.replaceState(null, "", place);
      });
    }
    addEventListener("beforeunload", (event) => {
      if (!this.kept.isEmpty && !this.isTurning) event.preventDefault();
    });
    for (const link of document.querySelectorAll(".menu a")) {
      link.addEventListener("click", () => {
        /* Another language of the page is the same tab, where what is typed is kept. */
        this.isTurning = true;
        link.hash = location.hash;
      });
    }
  }

  key(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const isControl = event.ctrlKey || event.metaKey;
    const isAlt = event.altKey && !isControl && !event.getModifierState("AltGraph");
    const isTyping = event.target.closest?.("textarea, input:not([type=radio]), select") !== null;
    const done = this.#pressed(event, isControl, isAlt, isTyping);
    if (done) event.preventDefault();
  }

  /** From the search to the text, from the text to its row in the list. */
  #escaped(event) {
    if (event.target.id === "search") this.editor.focus();
    else if (event.target.matches?.("textarea, #note")) {
      this.view("list");
      this.list.focus(0);
    } else return false;
    return true;
  }

  #pressed(event, isControl, isAlt, isTyping) {
    if (event.key === "Enter" && isControl && !event.altKey) {
      if (event.target.id === "comment") byId("send-comment").click();
      else if (!event.repeat) this.save({ approve: event.shiftKey });
      return true;
    }
    if (isAlt && event.key === "ArrowDown") return this.step(1) || true;
    if (isAlt && event.key === "ArrowUp") return this.step(-1) || true;
    if (isAlt && /^Digit[1-9]$/u.test(event.code)) return this.editor.insertNumber(Number(event.code.at(-1)));
    if (isAlt && event.code === "KeyU") {
      this.withdraw();
      return true;
    }
    if (event.key === "Escape") return this.#escaped(event);
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps && event.target.matches?.(".row")) return this.list.focus(steps);
    if (isTyping || isControl || event.altKey) return false;
    if (event.key === "/") {
      this.view("list");
      byId("search").focus();
      return true;
    }
    if (event.key === "?") {
      byId("help").showModal();
      return true;
    }
    return false;
  }
}

new Workbench(JSON.parse(byId("bootstrap").textContent)).start();
