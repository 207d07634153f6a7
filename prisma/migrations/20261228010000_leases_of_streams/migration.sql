-- CreateTable
CREATE TABLE "stream_leases" (
    "key_id" TEXT NOT NULL,
    "stream_id" UUID NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_leases_pkey" PRIMARY KEY ("key_id","stream_id")
);
