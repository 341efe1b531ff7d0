CREATE TABLE "flag_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flag_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"flag_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"status" text NOT NULL,
	"note" text,
	"decided_by" uuid NOT NULL,
	"decided_by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"evidence_id" text NOT NULL,
	"job_id" uuid NOT NULL,
	"voter_kind" text NOT NULL,
	"voter_id" uuid NOT NULL,
	"voter_name" text NOT NULL,
	"reason" text NOT NULL,
	"comment" text,
	"status" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flags_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "rank_impressions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"ranking_version" integer NOT NULL,
	"shown" text[] NOT NULL,
	"pair_at" integer,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rankers" (
	"workspace_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"weights" jsonb NOT NULL,
	"measured" jsonb NOT NULL,
	"reason" text NOT NULL,
	"trained_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rankers_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
CREATE TABLE "vote_totals" (
	"workspace_id" uuid NOT NULL,
	"evidence_id" text NOT NULL,
	"up" integer DEFAULT 0 NOT NULL,
	"down" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "vote_totals_workspace_id_evidence_id_pk" PRIMARY KEY("workspace_id","evidence_id")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"workspace_id" uuid NOT NULL,
	"evidence_id" text NOT NULL,
	"voter_kind" text NOT NULL,
	"voter_id" uuid NOT NULL,
	"voter_name" text NOT NULL,
	"value" integer NOT NULL,
	"job_id" uuid NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"level" text,
	"cast_at" timestamp with time zone NOT NULL,
	CONSTRAINT "votes_workspace_id_evidence_id_voter_kind_voter_id_pk" PRIMARY KEY("workspace_id","evidence_id","voter_kind","voter_id")
);
--> statement-breakpoint
ALTER TABLE "flag_decisions" ADD CONSTRAINT "flag_decisions_flag_id_workspace_id_flags_id_workspace_id_fk" FOREIGN KEY ("flag_id","workspace_id") REFERENCES "public"."flags"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_job_id_workspace_id_jobs_id_workspace_id_fk" FOREIGN KEY ("job_id","workspace_id") REFERENCES "public"."jobs"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rank_impressions" ADD CONSTRAINT "rank_impressions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rank_impressions" ADD CONSTRAINT "rank_impressions_job_id_workspace_id_jobs_id_workspace_id_fk" FOREIGN KEY ("job_id","workspace_id") REFERENCES "public"."jobs"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rankers" ADD CONSTRAINT "rankers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_totals" ADD CONSTRAINT "vote_totals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_job_id_workspace_id_jobs_id_workspace_id_fk" FOREIGN KEY ("job_id","workspace_id") REFERENCES "public"."jobs"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flag_decisions_flag_id_index" ON "flag_decisions" USING btree ("flag_id");--> statement-breakpoint
CREATE UNIQUE INDEX "flags_one_open" ON "flags" USING btree ("workspace_id","evidence_id","voter_kind","voter_id","reason") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "flags_workspace_id_status_created_at_index" ON "flags" USING btree ("workspace_id","status","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "flags_job_id_index" ON "flags" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "rank_impressions_workspace_id_at_index" ON "rank_impressions" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "rank_impressions_job_id_index" ON "rank_impressions" USING btree ("job_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rankers_one_in_use" ON "rankers" USING btree ("workspace_id") WHERE status = 'in-use';--> statement-breakpoint
CREATE INDEX "votes_workspace_id_cast_at_index" ON "votes" USING btree ("workspace_id","cast_at");--> statement-breakpoint
CREATE INDEX "votes_job_id_index" ON "votes" USING btree ("job_id");