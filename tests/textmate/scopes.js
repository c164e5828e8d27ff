// Runs a TextMate grammar over texts, as Visual Studio Code does: its tokenizer and its regular expression engine.
//
//   node scopes.js GRAMMAR < texts.json > lines.json
//
// In: a list of texts, each a list of lines; a text begins anew, a line goes on where the one before it ended.
// Out: for each text and line its tokens, [start, end, scopes]: columns in UTF-16 units, scopes from the outermost to the
// innermost, without `source.apex`, joined by spaces.
"use strict";

const fs = require("fs");
const path = require("path");
const oniguruma = require("vscode-oniguruma");
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");

async function main(grammarPath) {
  const wasm = path.join(path.dirname(require.resolve("vscode-oniguruma")), "onig.wasm");
  await oniguruma.loadWASM(fs.readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => parseRawGrammar(fs.readFileSync(grammarPath, "utf8"), grammarPath),
  });
  const grammar = await registry.loadGrammar("source.apex");
  const answer = JSON.parse(fs.readFileSync(0, "utf8")).map((lines) => {
    let state = INITIAL;
    return lines.map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map((token) => [token.startIndex, token.endIndex, token.scopes.slice(1).join(" ")]);
    });
  });
  process.stdout.write(JSON.stringify(answer));
}

main(process.argv[2]).catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
