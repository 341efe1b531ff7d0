ALTER TABLE "papers" ADD COLUMN "analysis" smallint;--> statement-breakpoint
CREATE INDEX "papers_analysis" ON "papers" USING btree ("analysis");