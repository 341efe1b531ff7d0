/** Which publication types and relations of an article are notices about it. */

/**
 * Retractions, expressions of concern, errata and corrected republications, in the words of PubMed's
 * publication types and CommentsCorrections (`RetractionIn`) and of Europe PMC (`Retraction in`), both
 * on the article they are about and on the notice itself. Comments, updates and citations are none.
 */
export function isNotice(type: string): boolean {
  return NOTICES.test(type.replace(/\s+/g, ''));
}

const NOTICES =
  /^((partial)?retraction(in|of|notice|ofpublication)|retractedpublication|retractedandrepublished(in|from)|expressionofconcern(in|for)?|erratum(in|for)|publishederratum|correctedandrepublished(in|from|article)|withdraw(al|n)(in|of|publication)?)$/i;
