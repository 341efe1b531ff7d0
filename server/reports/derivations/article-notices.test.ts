import { describe, expect, it } from 'vitest';
import type { Citation } from '@/server/evidence/schema';
import { createBody } from '../places';
import { at, slice, snapshot } from '../testing';
import { noticeLeftOut } from './article-notices';

const cited = (place: object) => ({ evidenceId: 'e', ...place }) as Citation;

describe('a retraction in PubMed XML', () => {
  const xml = snapshot(
    'pubmed',
    'https://example.org',
    `<PubmedArticleSet><PubmedArticle><ArticleTitle>Sound</ArticleTitle></PubmedArticle>
<PubmedArticle><ArticleTitle>Shaky</ArticleTitle><PublicationType UI="D016441">Retracted Publication</PublicationType>
<CommentsCorrections RefType="Cites"/><CommentsCorrections RefType="RetractionIn"/></PubmedArticle></PubmedArticleSet>`,
  );
  const body = createBody(xml.text);
  const shaky = cited(slice(xml, 'Shaky'));
  const type = cited(slice(xml, 'Retracted Publication'));
  const relation = cited(slice(xml, 'RetractionIn'));

  it('must be cited wherever the record states it', () => {
    expect(noticeLeftOut(shaky, [shaky], body)).toMatch(/retraction/);
    expect(noticeLeftOut(shaky, [shaky, type], body)).toMatch(/retraction/);
    expect(noticeLeftOut(shaky, [shaky, type, relation], body)).toBeNull();
  });

  it('of another record does not matter', () => {
    const sound = cited(slice(xml, 'Sound'));
    expect(noticeLeftOut(sound, [sound], body)).toBeNull();
  });
});

describe('a concern in Europe PMC JSON', () => {
  const json = snapshot('europepmc', 'https://example.org', {
    resultList: {
      result: [
        { title: 'Sound', pubTypeList: { pubType: ['Review'] } },
        {
          title: 'Shaky',
          commentCorrectionList: {
            commentCorrection: [{ type: 'Cites' }, { type: 'Expression of concern in' }],
          },
        },
      ],
    },
  });
  const body = createBody(json.text);

  it('must be cited', () => {
    const root = '/resultList/result/1';
    const title = cited(at(json, `${root}/title`));
    const notice = cited(at(json, `${root}/commentCorrectionList/commentCorrection/1/type`));
    expect(noticeLeftOut(title, [title], body)).toMatch(/concern/);
    expect(noticeLeftOut(title, [title, notice], body)).toBeNull();
  });

  it('of another record does not matter', () => {
    const title = cited(at(json, '/resultList/result/0/title'));
    expect(noticeLeftOut(title, [title], body)).toBeNull();
  });
});
