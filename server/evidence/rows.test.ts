import { describe, expect, it } from 'vitest';
import { phaseWords, stageWords } from './rows';

describe('phaseWords', () => {
  it('says what the registry means', () => {
    expect(phaseWords(['PHASE1', 'PHASE2'])).toBe('Phase 1/2');
    expect(phaseWords(['NA'])).toBe('no phase');
    expect(phaseWords(null)).toBeNull();
  });
});

describe('stageWords', () => {
  it('reads both ways of writing a stage', () => {
    expect(stageWords('PHASE_1_2')).toBe('Phase 1/2');
    expect(stageWords('PHASE_3')).toBe('Phase 3');
    expect(stageWords('APPROVAL')).toBe('approved');
    expect(stageWords(4)).toBe('approved');
    expect(stageWords('2.0')).toBe('Phase 2');
    expect(stageWords(0.5)).toBe('Early phase 1');
    expect(stageWords('UNKNOWN')).toBe('unknown');
    expect(stageWords(null)).toBeNull();
  });
});
