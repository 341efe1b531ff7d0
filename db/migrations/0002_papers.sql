CREATE TABLE "chunks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "chunks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" uuid NOT NULL,
	"paper_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"section" text NOT NULL,
	"heading" text,
	"places" json NOT NULL,
	"text" text NOT NULL,
	"sentences" json NOT NULL,
	"text_sha256" text NOT NULL,
	CONSTRAINT "chunks_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "libraries" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_pages" (
	"paper_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"width" double precision NOT NULL,
	"height" double precision NOT NULL,
	"text" text NOT NULL,
	"text_sha256" text NOT NULL,
	"words" json NOT NULL,
	"blocks" json NOT NULL,
	"hidden" json NOT NULL,
	"error" text,
	CONSTRAINT "paper_pages_paper_id_number_pk" PRIMARY KEY("paper_id","number")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"source" text NOT NULL,
	"processing_status" text DEFAULT 'pending' NOT NULL,
	"error_code" text,
	"error_message" text,
	"local_file_path" text,
	"file_hash" text,
	"file_name" text,
	"file_bytes" bigint,
	"page_count" integer,
	"chunk_count" integer DEFAULT 0 NOT NULL,
	"title" text NOT NULL,
	"authors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"abstract" text,
	"year" integer,
	"venue" text,
	"doi" text,
	"arxiv_id" text,
	"article_doi" text,
	"language" text,
	"field_origins" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sections" json DEFAULT '[]'::json NOT NULL,
	"reference_list" json DEFAULT '[]'::json NOT NULL,
	"parse_report" json,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"sealed_password" jsonb,
	"added_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "papers_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "upload_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"slots" integer NOT NULL,
	"added_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upload_batches_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "upload_slots" (
	"batch_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"file_hash" text NOT NULL,
	"paper_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upload_slots_batch_id_number_pk" PRIMARY KEY("batch_id","number")
);
--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_paper_id_workspace_id_papers_id_workspace_id_fk" FOREIGN KEY ("paper_id","workspace_id") REFERENCES "public"."papers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "libraries" ADD CONSTRAINT "libraries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_pages" ADD CONSTRAINT "paper_pages_paper_id_workspace_id_papers_id_workspace_id_fk" FOREIGN KEY ("paper_id","workspace_id") REFERENCES "public"."papers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_id_workspace_id_jobs_id_workspace_id_fk" FOREIGN KEY ("id","workspace_id") REFERENCES "public"."jobs"("id","workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_batches" ADD CONSTRAINT "upload_batches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_batches" ADD CONSTRAINT "upload_batches_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_slots" ADD CONSTRAINT "upload_slots_batch_id_workspace_id_upload_batches_id_workspace_id_fk" FOREIGN KEY ("batch_id","workspace_id") REFERENCES "public"."upload_batches"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_slots" ADD CONSTRAINT "upload_slots_paper_id_workspace_id_papers_id_workspace_id_fk" FOREIGN KEY ("paper_id","workspace_id") REFERENCES "public"."papers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chunks_position" ON "chunks" USING btree ("paper_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_one_per_file" ON "papers" USING btree ("workspace_id","file_hash");--> statement-breakpoint
CREATE INDEX "papers_workspace_id_created_at_id_index" ON "papers" USING btree ("workspace_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "papers_workspace_id_doi_index" ON "papers" USING btree ("workspace_id","doi");--> statement-breakpoint
CREATE INDEX "papers_workspace_id_arxiv_id_index" ON "papers" USING btree ("workspace_id","arxiv_id");--> statement-breakpoint
CREATE INDEX "papers_unfinished" ON "papers" USING btree ("workspace_id","created_at") WHERE processing_status in ('pending', 'parsing', 'indexing');--> statement-breakpoint
CREATE INDEX "papers_title_trigrams" ON "papers" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "papers_tags" ON "papers" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "upload_batches_workspace_id_created_at_index" ON "upload_batches" USING btree ("workspace_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "upload_slots_paper_id_index" ON "upload_slots" USING btree ("paper_id");