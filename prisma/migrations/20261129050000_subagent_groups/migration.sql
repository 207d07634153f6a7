-- A session and those of the agents that it called.

-- AlterEnum
ALTER TYPE "group_kind" ADD VALUE 'subagents';
