/** Notices that an article's own record carries, so that leaving one out of a reading is found out. */
import type { Citation, Json } from '@/server/evidence/schema';
import { atPointer, type Body } from '../places';

/** CommentsCorrections of PubMed (DTD 2026, RefType) that bear on the article itself. */
const GRAVE_RELATION =
  /^(?:(?:partial)?retractionin|retractedandrepublishedin|expressionofconcernin)$/i;
const GRAVE_TYPE = /^retracted publication$/i;

/**
 * Why a reading that begins with this title does not cite what its record says of retraction or
 * concern, or null. `cited` are all citations of the claim.
 */
export function noticeLeftOut(
  title: Citation,
  cited: readonly Citation[],
  body: Body,
): string | null {
  const missing =
    'pointer' in title ? inJson(title.pointer, title, cited, body) : inXml(title, cited, body);
  return missing ? 'leaves out a retraction or concern that the record states' : null;
}

function inXml(title: Citation, cited: readonly Citation[], body: Body): boolean {
  if (!('start' in title)) return false;
  const { text } = body;
  const from = Math.max(text.lastIndexOf('<PubmedArticle>', title.start), 0);
  const end = text.indexOf('</PubmedArticle>', title.start);
  const record = text.slice(from, end < 0 ? text.length : end);
  const marks = [
    ...record.matchAll(/\bRefType="([^"]*)"|<PublicationType\b[^<>]*>([^<>]*)</g),
  ].flatMap((mark) => {
    const [whole, relation, type] = mark;
    const isGrave =
      relation === undefined ? GRAVE_TYPE.test((type ?? '').trim()) : GRAVE_RELATION.test(relation);
    return isGrave ? [from + mark.index + whole.indexOf(relation ?? type ?? '')] : [];
  });
  const starts = new Set(
    cited.flatMap((citation) =>
      citation.snapshotSha256 === title.snapshotSha256 && 'display' in citation
        ? [citation.start]
        : [],
    ),
  );
  return marks.some((mark) => !starts.has(mark));
}

function inJson(pointer: string, title: Citation, cited: readonly Citation[], body: Body): boolean {
  const root = pointer.replace(/\/[^/]*$/, '');
  const at = (tail: string): Json | undefined => {
    try {
      return atPointer(body.json(), root + tail);
    } catch {
      return undefined;
    }
  };
  const relations = at('/commentCorrectionList/commentCorrection');
  const types = at('/pubTypeList/pubType');
  const marks = [
    ...(Array.isArray(relations) ? relations : []).map((_, index) => ({
      tail: `/commentCorrectionList/commentCorrection/${index}/type`,
      isGrave: (value: string) => GRAVE_RELATION.test(value.replace(/\s+/g, '')),
    })),
    ...(Array.isArray(types) ? types : []).map((_, index) => ({
      tail: `/pubTypeList/pubType/${index}`,
      isGrave: (value: string) => GRAVE_TYPE.test(value.trim()),
    })),
  ].filter(({ tail, isGrave }) => {
    const value = at(tail);
    return typeof value === 'string' && isGrave(value);
  });
  const places = new Set(
    cited.flatMap((citation) =>
      citation.snapshotSha256 === title.snapshotSha256 && 'pointer' in citation
        ? [citation.pointer]
        : [],
    ),
  );
  return marks.some(({ tail }) => !places.has(root + tail));
}
