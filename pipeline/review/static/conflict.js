/* Two texts of one message: hers and somebody else's, side by side, and a choice. */

import { byId, h } from "./dom.js";
import { compare, difference } from "./text.js";
import { _ } from "./words.js";

/** Ask what becomes of two texts: `mine`, `theirs`, or `edit` to go on with both in sight. */
export function choose({ yours, theirs, article }) {
  const dialog = byId("conflict");
  const text = (words) => h("p", { class: "text", lang: article.locale, dir: article.dir }, words || "—");
  const column = (title, parts) => h("section", {}, h("h3", {}, title), parts);
  return new Promise((resolve) => {
    const button = (value, words, kind) => h("button", { value, class: kind ?? null, autofocus: value === "edit" }, words);
    dialog.replaceChildren(
      h("form", { method: "dialog" },
        h("h2", { id: "conflict-title" }, _("Somebody else has saved this text meanwhile")),
        h("p", {}, _("Nothing was overwritten. Both texts are here.")),
        h("div", { class: "pair" },
          column(_("Your text"), yours.map(text)),
          column(_("The saved text"), theirs.msgstrs.map(text))),
        column(_("From theirs to yours"), yours.map((mine, place) =>
          h("p", { class: "text diff", lang: article.locale, dir: article.dir }, difference(compare(theirs.msgstrs[place] ?? "", mine))))),
        h("p", { class: "actions" },
          button("edit", _("Go on editing"), "primary"),
          button("mine", _("Save mine instead")),
          button("theirs", _("Take theirs")))));
    dialog.returnValue = "edit";
    dialog.addEventListener("close", () => resolve(dialog.returnValue || "edit"), { once: true });
    dialog.showModal();
  });
}
