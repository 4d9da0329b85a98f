/* The server, as the page sees it: an answer, a refusal, or nothing at all. */

import { _ } from "./words.js";

const PATIENCE = 30_000;

/** The server did not answer: nobody knows whether it has heard. */
export class Away extends Error {}

/** The server said no. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? _("The server said no (%(status)s).", { status }));
    this.status = status;
    this.body = body ?? {};
    this.hint = body?.error?.hint ?? "";
  }

  get isSignedOut() {
    return this.status === 401 || this.status === 403;
  }
}

export class Server {
  #base;

  #token = document.querySelector("meta[name=csrf-token]")?.content ?? "";

  constructor(locale, article) {
    const path = article.split("/").map(encodeURIComponent).join("/");
    this.#base = `/api/${encodeURIComponent(locale)}/${path}/`;
    this.preview = `/preview/${encodeURIComponent(locale)}/${path}`;
  }

  messages() {
    return this.#ask("messages");
  }

  message(key) {
    return this.#ask(`message/${encodeURIComponent(key)}`);
  }

  /** `check`, `save`, `approve`, `withdraw` or `comment`. */
  post(what, body) {
    return this.#ask(what, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": this.#token },
      body: JSON.stringify(body),
    });
  }

  async #ask(what, options = {}) {
    let response;
    let body;
    try {
      response = await fetch(this.#base + what, { ...options, signal: AbortSignal.timeout(PATIENCE) });
      body = await response.json().catch((error) => {
        if (error instanceof SyntaxError) return null;
        throw error;
      });
    } catch (error) {
      throw new Away(String(error));
    }
    if (!response.ok || body === null) throw new Refusal(response.status, body);
    return body;
  }
}
