// Answers of the installed models, or their refusal as an error with its sentence.
import { get } from "/assets/dom.js";

export async function ask(path) {
  const found = await get(path);
  if (found?.refusal) throw new Error(found.refusal);
  return found;
}
