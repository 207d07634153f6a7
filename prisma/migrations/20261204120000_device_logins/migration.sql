-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "self_revocable" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "device_logins" (
    "id" UUID NOT NULL,
    "device_hash" BYTEA NOT NULL,
    "user_hash" BYTEA NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "denied_at" TIMESTAMPTZ(3),
    "organization_id" UUID,
    "user_id" UUID,
    "workspace_id" UUID,
    "default_workspace_id" UUID,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "grant_expires_at" TIMESTAMPTZ(3),
    "token_hash" BYTEA,
    "token_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_logins_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "device_logins_device_hash_key" ON "device_logins"("device_hash");

-- CreateIndex
CREATE UNIQUE INDEX "device_logins_user_hash_key" ON "device_logins"("user_hash");

-- CreateIndex
CREATE UNIQUE INDEX "device_logins_token_hash_key" ON "device_logins"("token_hash");

-- CreateIndex
CREATE INDEX "device_logins_address_idx" ON "device_logins"("address");

-- CreateIndex
CREATE INDEX "device_logins_expires_at_idx" ON "device_logins"("expires_at");

-- AddForeignKey
ALTER TABLE "device_logins" ADD CONSTRAINT "device_logins_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "device_logins" ADD CONSTRAINT "device_logins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
