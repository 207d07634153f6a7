-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('READ', 'WRITE', 'ADMIN');

-- CreateEnum
CREATE TYPE "session_origin" AS ENUM ('user', 'eval', 'worker', 'optimization', 'training', 'world');

-- CreateEnum
CREATE TYPE "session_visibility" AS ENUM ('private', 'workspace');

-- CreateEnum
CREATE TYPE "freeze_cause" AS ENUM ('evaluation', 'user');

-- CreateEnum
CREATE TYPE "title_source" AS ENUM ('person', 'machine');

-- CreateEnum
CREATE TYPE "group_kind" AS ENUM ('worker_run', 'evaluation_item', 'workflow');

-- CreateEnum
CREATE TYPE "group_status" AS ENUM ('running', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "message_role" AS ENUM ('user', 'assistant', 'tool', 'system');

-- CreateEnum
CREATE TYPE "name_kind" AS ENUM ('agent', 'model');

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "full_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "workspace_members" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_members_pkey" PRIMARY KEY ("organization_id","workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "projects" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID,
    "workspace_id" UUID,
    "default_workspace_id" UUID,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "project_id" UUID,
    "group_id" UUID,
    "runtime_id" UUID,
    "title" TEXT,
    "title_source" "title_source",
    "agent" TEXT,
    "model" TEXT,
    "origin" "session_origin" NOT NULL DEFAULT 'user',
    "visibility" "session_visibility" NOT NULL DEFAULT 'private',
    "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "preview_text" TEXT,
    "shared_at" TIMESTAMPTZ(3),
    "shared_by_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "frozen_at" TIMESTAMPTZ(3),
    "frozen_by" "freeze_cause",
    "capabilities" JSONB,
    "turn_started_at" TIMESTAMPTZ(3),
    "evaluation_id" UUID,
    "evaluation_item_id" UUID,
    "evaluation_attempt_id" UUID,
    "last_message_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "messages" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "segment" INTEGER,
    "is_summary" BOOLEAN NOT NULL DEFAULT false,
    "role" "message_role" NOT NULL,
    "content" TEXT NOT NULL,
    "parent_id" UUID,
    "tool_call_id" TEXT,
    "tool_calls" JSONB,
    "tool_call_count" INTEGER NOT NULL DEFAULT 0,
    "metadata" JSONB,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cache_read_input_tokens" INTEGER,
    "cache_creation_input_tokens" INTEGER,
    "cost_usd" DECIMAL(20,12),
    "compacted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("organization_id","session_id","seq")
);

-- CreateTable
CREATE TABLE "tool_links" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "call_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "tool_links_pkey" PRIMARY KEY ("organization_id","session_id","call_id","seq")
);

-- CreateTable
CREATE TABLE "segments" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "agent" TEXT,
    "model" TEXT NOT NULL,
    "system_prompt" TEXT,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("organization_id","session_id","number")
);

-- CreateTable
CREATE TABLE "pins" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pins_pkey" PRIMARY KEY ("organization_id","session_id","user_id")
);

-- CreateTable
CREATE TABLE "session_groups" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "kind" "group_kind" NOT NULL,
    "title" TEXT,
    "status" "group_status" NOT NULL DEFAULT 'running',
    "worker" TEXT,
    "capability" TEXT,
    "capability_version" TEXT,
    "runtime_id" UUID,
    "evaluation_id" UUID,
    "evaluation_item_id" UUID,
    "evaluation_item_attempt_id" UUID,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_groups_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "public_names" (
    "organization_id" UUID NOT NULL,
    "kind" "name_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "public_id" TEXT NOT NULL,

    CONSTRAINT "public_names_pkey" PRIMARY KEY ("organization_id","kind","name")
);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_organization_id_slug_key" ON "workspaces"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "workspace_members_organization_id_user_id_idx" ON "workspace_members"("organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "projects_organization_id_workspace_id_slug_key" ON "projects"("organization_id", "workspace_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_idx" ON "api_keys"("organization_id");

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_updated_at_id_idx" ON "sessions"("organization_id", "workspace_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_created_at_id_idx" ON "sessions"("organization_id", "workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_last_message_at_id_idx" ON "sessions"("organization_id", "workspace_id", "last_message_at" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_message_count_id_idx" ON "sessions"("organization_id", "workspace_id", "message_count" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_created_at_id_idx" ON "sessions"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_agent_created_at_id_idx" ON "sessions"("organization_id", "agent", "created_at", "id");

-- CreateIndex, partial by hand as few sessions have one and every index costs each update.
CREATE INDEX "sessions_organization_id_group_id_idx" ON "sessions"("organization_id", "group_id") WHERE "group_id" IS NOT NULL;

-- CreateIndex, partial by hand likewise.
CREATE INDEX "sessions_organization_id_evaluation_id_evaluation_item_id_idx" ON "sessions"("organization_id", "evaluation_id", "evaluation_item_id") WHERE "evaluation_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "sessions_labels_idx" ON "sessions" USING GIN ("labels");

-- CreateIndex
CREATE INDEX "messages_organization_id_session_id_place_seq_idx" ON "messages"("organization_id", "session_id", "place", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "messages_organization_id_session_id_id_key" ON "messages"("organization_id", "session_id", "id");

-- CreateIndex
CREATE INDEX "tool_links_organization_id_session_id_seq_idx" ON "tool_links"("organization_id", "session_id", "seq");

-- CreateIndex
CREATE INDEX "session_groups_organization_id_workspace_id_idx" ON "session_groups"("organization_id", "workspace_id");

-- CreateIndex
CREATE INDEX "public_names_organization_id_kind_public_id_idx" ON "public_names"("organization_id", "kind", "public_id");

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_links" ADD CONSTRAINT "tool_links_organization_id_session_id_seq_fkey" FOREIGN KEY ("organization_id", "session_id", "seq") REFERENCES "messages"("organization_id", "session_id", "seq") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pins" ADD CONSTRAINT "pins_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_groups" ADD CONSTRAINT "session_groups_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
