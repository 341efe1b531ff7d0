/** Whether and how the molecule was withdrawn from markets. */
import { type Evidence, type Outcome, said } from '@/server/evidence/schema';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { sortedUnique } from '@/server/evidence/understand/text';
import type { Withdrawal } from './features';

/** Statuses of Drugs@FDA products on the market (openFDA drug/drugsfda, products.marketing_status). */
const MARKETED = /^(?:prescription|over-the-counter)$/i;

/** `withdrawn` is the drug database's mark on the whole substance; null where it does not say. */
export function withdrawalKind(facts: {
  withdrawnForSafety: boolean;
  withdrawn: boolean | null;
  approvedToday: boolean;
  /** openFDA has answered in full, so that no approval found means none recorded. */
  approvalsKnown: boolean;
}): Withdrawal['kind'] {
  if (facts.withdrawnForSafety) {
    if (facts.approvedToday || facts.withdrawn === false) return 'partial';
    return facts.approvalsKnown ? 'full' : 'unsure';
  }
  return facts.withdrawn === true ? 'unexplained' : 'none';
}

export function withdrawalOf(
  evidence: readonly Evidence[],
  names: readonly string[],
  openfda: Outcome,
): Withdrawal {
  const ids: string[] = [];
  let withdrawnForSafety = false;
  let withdrawn: boolean | null = null;
  let approvedToday = false;
  for (const item of evidence) {
    if (item.kind === 'warning' && /withdraw/i.test(said(item.facts.type))) {
      ids.push(item.id);
      const { toxicityClass, description } = item.facts;
      const stated = `${said(toxicityClass) ?? ''} ${said(description) ?? ''}`.trim();
      if (stated !== '' && !/^(?:commercial|efficacy|lack of efficacy|misuse)/i.test(stated)) {
        withdrawnForSafety = true;
      }
    } else if (item.kind === 'compound') {
      const flag = said(item.facts.withdrawn);
      if (flag === true) ids.push(item.id);
      if (flag !== null) withdrawn = withdrawn === true || flag;
    } else if (item.kind === 'approval') {
      approvedToday ||= item.facts.products.some(({ status }) => MARKETED.test(said(status) ?? ''));
    } else if (item.kind === 'label') {
      const { genericName, brandName } = item.facts;
      const title = [said(genericName), said(brandName)].filter((name) => name !== null);
      approvedToday ||= title.length === 0 || title.some((name) => namesMolecule(name, names));
    }
  }
  const kind = withdrawalKind({
    withdrawnForSafety,
    withdrawn: ids.length > 0 && withdrawn === null ? true : withdrawn,
    approvedToday,
    approvalsKnown: openfda === 'ok' || openfda === 'empty',
  });
  return { kind, evidenceIds: kind === 'none' ? [] : sortedUnique(ids) };
}
