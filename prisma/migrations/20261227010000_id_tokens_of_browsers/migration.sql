-- AlterTable
ALTER TABLE "browser_sessions" ADD COLUMN     "sealed_id_token" TEXT;
