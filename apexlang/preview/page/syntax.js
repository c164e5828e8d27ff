// Light colours for lines of a film: enough to find one's way, never in the way. Gives parts, [[class, text], …].

const STRUCTURE = /^(\s*)(FILM|USE|SET|CHARACTER|LOOK|GRADE|LIGHT|MOVE|DELIVER|TEMPLATE|VARIANT|SHOT)(?=\s|$)(.*)$/;
const HEADING = /^(\s*)((?:INT\.\/EXT\.|EXT\.\/INT\.|I\/E\.|INT\.|EXT\.|EST\.)\s.*|\.[^.].*)$/;
const PROPERTY = /^(\s*)([a-z][a-z0-9_-]*:)(?!\/\/)(.*)$/;
const SUPER = /^(\s*)(SUPER|TITLE)(\s*:)(.*)$/;
const CUE = /^(\s*)([^a-z:：()"]{1,60})(\([^)]*\))?(\s*[:：])(.*)$/;
const TRANSITION = /^(\s*)(SMASH CUT|MATCH CUT|CUT|MATCH DISSOLVE|DISSOLVE|WHIP PAN|WIPE|FADE IN|FADE OUT|FADE TO BLACK)(?=[\s,.:]|$)(.*)$/;

/** The parts of one line. */
export function parts(line) {
  if (/^\s*(\/\/|\/-|\/\*)/.test(line)) return [["remark", line]];
  const remark = line.search(/\s\/\/(?=\s|$)/);
  if (remark >= 0) return [...parts(line.slice(0, remark)), ["remark", line.slice(remark)]];
  let m;
  if (/^\s*= /.test(line)) return [["remark", line]];
  if ((m = STRUCTURE.exec(line))) return [["", m[1]], ["word", m[2]], ...labels(m[3], "bright")];
  if ((m = HEADING.exec(line))) return [["", m[1]], ...labels(m[2], "word")];
  if ((m = SUPER.exec(line))) return [["", m[1]], ["word", m[2]], ["", m[3] + m[4]]];
  if ((m = TRANSITION.exec(line))) return [["", m[1]], ["word", m[2]], ...labels(m[3], "")];
  if ((m = PROPERTY.exec(line))) return [["", m[1]], ["name", m[2]], ...labels(m[3], "")];
  if ((m = CUE.exec(line))) return [["", m[1]], ["word", m[2]], ["remark", m[3] ?? ""], ["", m[4] + m[5]]];
  return [["prose", line]];
}

/** Labels, `#desert`, among other text. */
function labels(text, rest) {
  return text.split(/((?:^|(?<=\s))#[\p{L}\p{N}_-]+#?)/u).map((part, i) => [i % 2 ? "label" : rest, part]);
}
