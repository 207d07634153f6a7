-- Where rewinds took rows back. A constant default rewrites no row.
ALTER TABLE "sessions" ADD COLUMN     "rewinds" JSONB NOT NULL DEFAULT '[]';
