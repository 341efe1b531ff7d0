/** Asks the composer instead of a source, and keeps every question with its answer. */
import type { AnswerLine } from '@/server/reports/bundle-lines';
import { publicUrl } from '@/server/reports/bundle-lines';
import { prepareRequest, sha256Hex } from '../http/address';
import { readExchange } from '../http/exchange';
import type { Connector, Snapshot, SourceHttp, SourceRequest } from '../sources/contract';
import { compose } from './compose';
import type { MoleculeFacts } from './facts/types';

export class ComposedHttp implements SourceHttp {
  constructor(
    private readonly source: Pick<Connector, 'id' | 'name' | 'hosts'>,
    private readonly held: readonly MoleculeFacts[],
    private readonly keep: (line: AnswerLine) => void,
  ) {}

  async ask(request: SourceRequest): Promise<Snapshot> {
    const prepared = prepareRequest(this.source, request);
    const { body: text, contentType } = compose(this.source.id, request, this.held);
    const body = Buffer.from(text);
    const sha256 = sha256Hex(body);
    const { method, url, requestBodySha256 } = prepared.key;
    this.keep({
      source: this.source.id,
      method,
      url: publicUrl(url),
      requestBodySha256,
      status: null,
      contentType,
      retrievedAt: null,
      sha256,
      bodyBase64: body.toString('base64'),
    });
    const answer = { contentType, retrievedAt: null, sha256, body, error: null, status: 200 };
    return readExchange({ ...prepared.key, ...answer }, this.source, prepared);
  }
}
