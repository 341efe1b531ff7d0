import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import {
  NewWorkspaceForm,
  RenameWorkspaceForm,
  WorkspaceList,
} from '@/components/people/workspace-forms';
import { Section } from '@/components/ui/section';
import { currentWorkspace, listWorkspaces } from '@/server/workspaces/workspace';
import { create, rename, switchTo } from './actions';

export const metadata: Metadata = { title: 'Workspaces' };

export default async function WorkspacesPage() {
  const manages = await may('workspace.manage');
  const { current, all } = await forPage(async (ctx) => ({
    current: await currentWorkspace({ ctx }),
    all: await listWorkspaces({ ctx }),
  }));
  return (
    <>
      <Section
        title="Your workspaces"
        layout="margin"
        note="Each has its own jobs, papers, keys and members; nothing of one is seen in another."
      >
        <WorkspaceList workspaces={all} current={current.id} action={switchTo} />
      </Section>
      {manages && (
        <Section title={`Name of ${current.name}`} layout="margin">
          <RenameWorkspaceForm action={rename} name={current.name} />
        </Section>
      )}
      <Section title="Another workspace" layout="margin" note="You become its admin.">
        <NewWorkspaceForm action={create} />
      </Section>
    </>
  );
}
