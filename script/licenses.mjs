/** The licences of the bundled packages: each text once, headed by the packages it covers, in a fixed order. */
export function licensesText(dependencies) {
  const byText = new Map();
  for (const dependency of dependencies) {
    const text = textOf(dependency);
    const names = byText.get(text) ?? [];
    names.push(`${dependency.name}@${dependency.version} (${dependency.license})`);
    byText.set(text, names);
  }
  const sections = [...byText].map(([text, names]) => `${names.sort().join('\n')}\n\n${text}\n`);
  return sections.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** A package without a licence must not be shipped; one without a licence file is covered by its declared name. */
function textOf({ name, license, licenseText, noticeText }) {
  if (!license) throw new Error(`${name} declares no licence`);
  const text = [licenseText, noticeText].filter(Boolean).join('\n\n') || `Licensed under ${license}.`;
  return text.replaceAll('\r\n', '\n').trim();
}
