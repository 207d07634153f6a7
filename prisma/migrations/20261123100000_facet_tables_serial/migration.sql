-- Roll-ups are read in milliseconds, less than a parallel plan takes to start: only scans of sessions shall have one.
ALTER TABLE "facet_deltas" SET (parallel_workers = 0);
ALTER TABLE "facet_values" SET (parallel_workers = 0);
ALTER TABLE "facet_combinations" SET (parallel_workers = 0);
ALTER TABLE "facet_labels" SET (parallel_workers = 0);
