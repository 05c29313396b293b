// What each page lets in: its policy stands in it, and nothing in it needs more than the policy allows.

import crypto from 'node:crypto';

/** Adds one check a page to `report`. */
export function checkPolicies(site, report) {
  for (const page of site.pages) report.add('policy', page.file, faultsOf(page));
}

/** Data is no script, and nothing in it means anything to HTML. */
function dataFaultsOf(text) {
  try {
    const types = JSON.parse(text)['@graph'].map((part) => part['@type']);
    return /[<>&]/.test(text) || types.length === 0 ? ['data holds marks or nothing'] : [];
  } catch {
    return ['data is no JSON'];
  }
}

function faultsOf({ elements }) {
  const isPolicy = ({ name, attributes }) => name === 'meta' && attributes['http-equiv'] === 'Content-Security-Policy';
  const at = elements.findIndex(isPolicy);
  if (at < 0) return ['has no policy'];
  const policy = elements[at].attributes.content;
  const faults = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    .filter((rule) => !policy.includes(rule))
    .map((rule) => `lacks ${rule}`);
  if (/unsafe|https?:|data:|\*/.test(policy)) faults.push(`is loose: ${policy}`);
  if (elements.slice(0, at).some(({ name }) => ['script', 'link', 'style', 'base'].includes(name))) faults.push('the policy comes too late');
  for (const { name, attributes, text } of elements) {
    const inline = Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on'));
    if (inline.length > 0) faults.push(`${name} has ${inline}`);
    if (name === 'script' && attributes.type === 'application/ld+json') faults.push(...dataFaultsOf(text));
    else if (name === 'script' && !attributes.src) faults.push('a script is part of the page');
    if (name === 'style' && !policy.includes(`'sha256-${crypto.createHash('sha256').update(text).digest('base64')}'`)) faults.push('a style is not in the policy');
  }
  return faults;
}
