-- AlterTable
ALTER TABLE "device_logins" ADD COLUMN     "granted_by" UUID;
