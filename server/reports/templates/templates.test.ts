import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SECTIONS, slotsOf, TEMPLATES } from '.';

/**
 * Published patterns never change: old reports are rendered with them. A new wording gets a new
 * version, and its line is added here.
 */
const PUBLISHED: Record<string, string> = {
  'approval.listed@1': '02665f30dda7ae70',
  'article.retracted@1': '10cf82623cdc5a1d',
  'article.speaks@1': '9494f2ae5e014a52',
  'articles.found@1': '4f1a1ddf823235a0',
  'articles.none@1': '4df50243d2cbb9b5',
  'candidate.approved@1': 'eb904417d65faf1b',
  'candidate.standing@1': '3efb1e1b97eec5c7',
  'compound.chembl@1': '34716e539de860d7',
  'compound.development@1': 'c91fcae13d1de76d',
  'compound.opentargets@1': '3f050ea746cc1890',
  'compound.pubchem@1': '9532fb5df07f5295',
  'compound.synonyms@1': '4ab54d60e0e9f79b',
  'decision.approved@1': 'a4336fe4079f5adb',
  'decision.label@1': '2b1dc2a8d52f056c',
  'gap.contradiction@1': '7c6b97b776fcd417',
  'gap.unreported@1': '7cc0686e85c4a4a2',
  'label.boxed@1': '99149e1bee02f9a5',
  'mechanism.none@1': '236213bc7f4a3d8e',
  'mechanism.recorded@1': '4e8ebfd0e7e31dcc',
  'patent.listed@1': '788f748f246838bf',
  'patents.found@1': '3e15d6c462a7396b',
  'patents.none@1': 'd1101cd7484d5f4f',
  'potency.measured@1': '5b783406822c9131',
  'reaction.count@1': '033f0b36ce5556b2',
  'reaction.ratio@1': '3766f55bd05b68a9',
  'score.terms@1': 'cdf0df8c56bbbbab',
  'target.recorded@1': '6b19c167f3f1b947',
  'trial.analysis@1': '1bcb19a5d0131d6d',
  'trial.listed@1': '939d0874730e0cee',
  'trial.stopped@1': 'bb4902bd8f7b5f3e',
  'trials.active@1': '755096bc93ba7114',
  'trials.found@1': 'fa1ab97e0126ee03',
  'trials.none@1': '470f7e5248ed214e',
  'trials.stopped@1': '4438d2278eb7fc41',
  'warning.recorded@1': '92ce6f9422abbe0f',
};

describe('templates', () => {
  it.each(Object.entries(TEMPLATES))('%s is well formed', (id, { pattern, section, fields }) => {
    expect(id).toMatch(/^[a-z][a-z.-]*@[1-9]\d*$/);
    expect(SECTIONS).toContain(section);
    expect(slotsOf(pattern).length).toBeGreaterThan(0);
    for (const name of Object.keys(fields ?? {})) expect(slotsOf(pattern)).toContain(name);
    const brackets = pattern.replace(/\[\[(?:(?!\[\[|\]\]).)*\]\]/g, '');
    expect(brackets).not.toMatch(/\[\[|\]\]/);
    for (const [part] of pattern.matchAll(/\[\[.*?\]\]/g)) expect(slotsOf(part)).not.toEqual([]);
    expect(pattern.replace(/\{\w+\}/g, '')).not.toMatch(/[{}]/);
  });

  it('keep every published wording', () => {
    const hashes = Object.fromEntries(
      Object.entries(TEMPLATES).map(([id, { section, pattern }]) => [
        id,
        createHash('sha256').update(`${section}\n${pattern}`).digest('hex').slice(0, 16),
      ]),
    );
    expect(hashes).toEqual(PUBLISHED);
  });
});
