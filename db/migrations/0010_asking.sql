CREATE TABLE "answer_passages" (
	"answer_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"role" text NOT NULL,
	"position" integer NOT NULL,
	"paper_id" uuid NOT NULL,
	"section" text NOT NULL,
	"heading" text,
	"text" text NOT NULL,
	"phrased" jsonb,
	"citations" json NOT NULL,
	"support" double precision NOT NULL,
	CONSTRAINT "answer_passages_answer_id_role_position_pk" PRIMARY KEY("answer_id","role","position")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"message" text,
	"starts" integer DEFAULT 0 NOT NULL,
	"support" double precision,
	"threshold" double precision,
	"sentences" integer DEFAULT 0 NOT NULL,
	"dropped" integer DEFAULT 0 NOT NULL,
	"dropped_phrasings" integer DEFAULT 0 NOT NULL,
	"model" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "answers_attempt" UNIQUE("message_id","attempt"),
	CONSTRAINT "answers_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "conversation_events" (
	"conversation_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "conversation_events_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "conversation_papers" (
	"conversation_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"paper_id" uuid NOT NULL,
	CONSTRAINT "conversation_papers_conversation_id_paper_id_pk" PRIMARY KEY("conversation_id","paper_id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"title" text NOT NULL,
	"scope" text NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"asked_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_position" UNIQUE("conversation_id","position"),
	CONSTRAINT "messages_tenant" UNIQUE("id","workspace_id")
);
--> statement-breakpoint
ALTER TABLE "answer_passages" ADD CONSTRAINT "answer_passages_paper_id_workspace_id_papers_id_workspace_id_fk" FOREIGN KEY ("paper_id","workspace_id") REFERENCES "public"."papers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_passages" ADD CONSTRAINT "answer_passages_answer_id_workspace_id_answers_id_workspace_id_fk" FOREIGN KEY ("answer_id","workspace_id") REFERENCES "public"."answers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_conversation_id_workspace_id_conversations_id_workspace_id_fk" FOREIGN KEY ("conversation_id","workspace_id") REFERENCES "public"."conversations"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_message_id_workspace_id_messages_id_workspace_id_fk" FOREIGN KEY ("message_id","workspace_id") REFERENCES "public"."messages"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_events" ADD CONSTRAINT "conversation_events_conversation_id_workspace_id_conversations_id_workspace_id_fk" FOREIGN KEY ("conversation_id","workspace_id") REFERENCES "public"."conversations"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_papers" ADD CONSTRAINT "conversation_papers_conversation_id_workspace_id_conversations_id_workspace_id_fk" FOREIGN KEY ("conversation_id","workspace_id") REFERENCES "public"."conversations"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_papers" ADD CONSTRAINT "conversation_papers_paper_id_workspace_id_papers_id_workspace_id_fk" FOREIGN KEY ("paper_id","workspace_id") REFERENCES "public"."papers"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_workspace_id_conversations_id_workspace_id_fk" FOREIGN KEY ("conversation_id","workspace_id") REFERENCES "public"."conversations"("id","workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_passages_paper_id_index" ON "answer_passages" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "answers_conversation_id_created_at_index" ON "answers" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "conversation_papers_paper_id_index" ON "conversation_papers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "conversations_workspace_id_asked_at_id_index" ON "conversations" USING btree ("workspace_id","asked_at" DESC NULLS LAST,"id");