CREATE TABLE "chunk_vector" (
	"model_id" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"chunk_id" bigint NOT NULL,
	"vector" "bytea" NOT NULL,
	CONSTRAINT "chunk_vector_model_id_chunk_id_pk" PRIMARY KEY("model_id","chunk_id")
);
--> statement-breakpoint
CREATE TABLE "embedding_model" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "embedding_model_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"dims" integer NOT NULL,
	"trained_at_n" integer NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ready_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "embedding_model_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "embedding_term" (
	"model_id" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"term_id" integer NOT NULL,
	"vector" "bytea" NOT NULL,
	CONSTRAINT "embedding_term_model_id_term_id_pk" PRIMARY KEY("model_id","term_id")
);
--> statement-breakpoint
CREATE TABLE "lex_chunk" (
	"chunk_id" bigint PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dl" smallint NOT NULL,
	"tokens" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lex_posting" (
	"workspace_id" uuid NOT NULL,
	"chunk_id" bigint NOT NULL,
	"term_id" integer NOT NULL,
	"tf" smallint NOT NULL,
	"dl" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lex_stat" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"n" integer DEFAULT 0 NOT NULL,
	"total_dl" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lex_term" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lex_term_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"workspace_id" uuid NOT NULL,
	"term" text NOT NULL,
	"df" integer NOT NULL,
	CONSTRAINT "lex_term_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
ALTER TABLE "chunk_vector" ADD CONSTRAINT "chunk_vector_model_id_workspace_id_embedding_model_id_workspace_id_fk" FOREIGN KEY ("model_id","workspace_id") REFERENCES "public"."embedding_model"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunk_vector" ADD CONSTRAINT "chunk_vector_chunk_id_workspace_id_chunks_id_workspace_id_fk" FOREIGN KEY ("chunk_id","workspace_id") REFERENCES "public"."chunks"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "embedding_model" ADD CONSTRAINT "embedding_model_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "embedding_term" ADD CONSTRAINT "embedding_term_model_id_workspace_id_embedding_model_id_workspace_id_fk" FOREIGN KEY ("model_id","workspace_id") REFERENCES "public"."embedding_model"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lex_chunk" ADD CONSTRAINT "lex_chunk_chunk_id_workspace_id_chunks_id_workspace_id_fk" FOREIGN KEY ("chunk_id","workspace_id") REFERENCES "public"."chunks"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lex_stat" ADD CONSTRAINT "lex_stat_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lex_term" ADD CONSTRAINT "lex_term_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chunk_vector_chunk_id_index" ON "chunk_vector" USING btree ("chunk_id");--> statement-breakpoint
CREATE INDEX "embedding_model_ready" ON "embedding_model" USING btree ("workspace_id","ready_at") WHERE ready_at is not null;--> statement-breakpoint
CREATE INDEX "lex_chunk_workspace_id_chunk_id_index" ON "lex_chunk" USING btree ("workspace_id","chunk_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lex_term_word" ON "lex_term" USING btree ("workspace_id","term");