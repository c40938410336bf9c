// A field for Python code: CodeMirror where it loads, a plain text field where it does not.

let fields = 0;

// host: an empty element. label: its name for screen readers. onRun: called at Ctrl+Enter. onChange: after each change.
export async function openEditor(host, { code, label, onRun, onChange = () => {} }) {
  const hint = document.createElement("p");
  hint.id = `editor-hint-${++fields}`;
  hint.className = "editor-hint";
  const options = { code, label, onRun, onChange, hint: hint.id };
  const codemirror = await load();
  const field = codemirror ? richField(codemirror, options) : plainField(options);
  hint.textContent = codemirror
    ? "Tab indents. Escape, then Tab, leaves the editor. Ctrl+Enter runs your code."
    : "Ctrl+Enter runs your code.";
  host.classList.add("editor");
  host.replaceChildren(field.element, hint);
  return {
    value: field.value,
    replace: field.replace,
    focus: field.focus,
    close() {
      field.close();
      host.replaceChildren();
    },
  };
}

// Offline before the first use, or in an old browser, there is no CodeMirror: the plain field does the work then.
async function load() {
  try {
    return await import("../vendor/codemirror.js");
  } catch {
    return null;
  }
}

function richField(codemirror, { code, label, onRun, onChange, hint }) {
  const { EditorView, keymap, history } = codemirror;
  const keys = [
    { key: "Mod-Enter", run: () => (onRun(), true) },
    { key: "Ctrl-Enter", run: () => (onRun(), true) },
    { key: "Escape", run: (view) => view.setTabFocusMode(true) }, // until the next change, Tab leaves
    codemirror.indentWithTab,
    ...codemirror.historyKeymap,
    ...codemirror.defaultKeymap,
  ];
  const view = new EditorView({
    doc: code,
    extensions: [
      history(),
      keymap.of(keys),
      codemirror.pythonLanguage,
      codemirror.indentUnit.of("    "),
      codemirror.syntaxHighlighting(colours(codemirror)),
      EditorView.editorAttributes.of({ class: "highlight" }),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": hint, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        view.setTabFocusMode(false);
        onChange();
      }),
      // the event itself: an update tells of a lost focus only later, when a quick reader may be back
      EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
    ],
  });
  return {
    element: view.dom,
    value: () => view.state.doc.toString(),
    replace: (text) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: codemirror.isolateHistory.of("full"), // one undo takes it back, and nothing else
      }),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

// The classes that Pygments gives to the code of the pages, so that the theme colours both alike.
function colours({ tagHighlighter, tags }) {
  return tagHighlighter([
    { tag: tags.comment, class: "c1" },
    { tag: tags.string, class: "s2" },
    { tag: tags.number, class: "mf" },
    { tag: tags.keyword, class: "k" },
    { tag: tags.operatorKeyword, class: "ow" },
    { tag: [tags.bool, tags.null], class: "kc" },
    { tag: tags.operator, class: "o" },
    { tag: tags.punctuation, class: "p" },
    { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
    { tag: tags.definition(tags.className), class: "nc" },
    { tag: [tags.variableName, tags.propertyName], class: "n" },
  ]);
}

function plainField({ code, label, onRun, onChange, hint }) {
  const field = document.createElement("textarea");
  field.value = code;
  field.rows = code.split("\n").length + 3;
  field.spellcheck = false;
  field.autocapitalize = "off";
  field.setAttribute("aria-label", label);
  field.setAttribute("aria-describedby", hint);
  field.addEventListener("input", onChange);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  });
  return {
    element: field,
    value: () => field.value,
    replace(text) {
      field.value = text;
      onChange();
    },
    focus: () => field.focus(),
    close() {},
  };
}
