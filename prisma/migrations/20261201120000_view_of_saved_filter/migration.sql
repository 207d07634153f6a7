-- How the client that saved a filter shows it.
ALTER TABLE "saved_filters" ADD COLUMN     "view" TEXT;
