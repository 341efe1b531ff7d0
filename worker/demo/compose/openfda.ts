import type { Json } from '@/server/evidence/schema';
import type { ApplicationRow, LabelRow } from '../facts/types';
import { type Asked, type Composer, json, named } from './form';

export const composeOpenfda: Composer = (asked, held) => {
  const molecules = named(asked.query.get('search') ?? '', held);
  const isBoxed = asked.query.get('search')?.includes('_exists_:boxed_warning') ?? false;
  switch (asked.path) {
    case '/drug/label.json':
      return page(
        asked,
        molecules.flatMap(({ labels }) =>
          labels.filter(({ boxedWarning }) => !isBoxed || boxedWarning.length > 0).map(label),
        ),
      );
    case '/drug/drugsfda.json':
      return page(
        asked,
        molecules.flatMap(({ applications }) => applications.map(application)),
      );
    // Counts of reports change from week to week; the demonstration holds none.
    case '/drug/event.json':
      return page(asked, []);
    default:
      return null;
  }
};

/** openFDA itself answers "nothing found" with a status of its own; composed answers have none. */
function page({ query }: Asked, results: Json[]) {
  const limit = Number(query.get('limit'));
  return json({ meta: { results: { skip: 0, limit, total: results.length } }, results });
}

function label(row: LabelRow): Json {
  return {
    set_id: row.setId,
    ...(row.effectiveTime === null ? {} : { effective_time: row.effectiveTime }),
    indications_and_usage: row.indications,
    ...(row.boxedWarning.length > 0 ? { boxed_warning: row.boxedWarning } : {}),
    openfda: {
      brand_name: [row.brandName],
      generic_name: [row.genericName],
      ...(row.manufacturer === null ? {} : { manufacturer_name: [row.manufacturer] }),
      route: row.route,
    },
  };
}

function application(row: ApplicationRow): Json {
  return {
    application_number: row.applicationNumber,
    ...(row.sponsor === null ? {} : { sponsor_name: row.sponsor }),
    products: row.products.map(({ brand, ingredient, status }) => ({
      brand_name: brand,
      active_ingredients: [{ name: ingredient }],
      ...(status === null ? {} : { marketing_status: status }),
    })),
    submissions:
      row.approvedOn === null
        ? []
        : [
            {
              submission_type: 'ORIG',
              submission_status: 'AP',
              submission_status_date: row.approvedOn,
            },
          ],
  };
}
