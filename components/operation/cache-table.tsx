import { Code } from '@/components/ui/code';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Table, Td, Th } from '@/components/ui/table';
import type { NamespaceStatistics } from '@/server/cache/schema';
import { formatSpan } from './words';

/** How each namespace of the cache does. */
export function CacheTable({ namespaces }: { namespaces: NamespaceStatistics[] }) {
  return (
    <Table label="Cache by namespace">
      <thead>
        <tr>
          <Th>Namespace</Th>
          <Th>Holds</Th>
          <Th numeric>Kept for</Th>
          <Th numeric>Hits</Th>
          <Th numeric>Misses</Th>
          <Th numeric>Rate</Th>
          <Th numeric>Keys</Th>
          <Th numeric>Size</Th>
        </tr>
      </thead>
      <tbody>
        {namespaces.map((one) => (
          <tr key={one.namespace}>
            <Td rowHead>
              <Code className="whitespace-nowrap">{one.namespace}</Code>
            </Td>
            <Td>
              <span className="block min-w-40">{one.holds}</span>
            </Td>
            <Td numeric>{formatSpan(one.seconds)}</Td>
            <Td numeric>{formatCount(one.hits)}</Td>
            <Td numeric>{formatCount(one.misses)}</Td>
            <Td numeric>{one.rate === null ? null : `${Math.round(one.rate * 100)} %`}</Td>
            <Td numeric>{formatCount(one.keys)}</Td>
            <Td numeric>{formatBytes(one.bytes)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
