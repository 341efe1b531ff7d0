import { Code } from '@/components/ui/code';
import { formatCount } from '@/components/ui/format';
import { Table, Td, Th } from '@/components/ui/table';
import { LIMITS, type Limit, PROCESSES_ALLOWED_FOR } from '@/server/limits/table';

const WITHOUT_REDIS: Record<Limit['withoutRedis'], string> = {
  open: 'each process lets the whole limit through',
  closed: `each process lets 1/${PROCESSES_ALLOWED_FOR} of it through`,
};

/** How much anyone may ask for, and what becomes of it while Redis is away. */
export function LimitTable() {
  return (
    <Table label="Limits">
      <thead>
        <tr>
          <Th>Limit</Th>
          <Th numeric>A minute</Th>
          <Th>Why</Th>
          <Th>While a configured Redis is away</Th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(LIMITS).map(([name, { perMinute, why, withoutRedis }]) => (
          <tr key={name}>
            <Td rowHead>
              <Code className="whitespace-nowrap">{name}</Code>
            </Td>
            <Td numeric>{formatCount(perMinute)}</Td>
            <Td>
              <span className="block min-w-40">{why}</span>
            </Td>
            <Td>
              <span className="block min-w-48">{WITHOUT_REDIS[withoutRedis]}</span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
